"""What `make crawl` looked at, in numbers, below its result."""


def pytest_terminal_summary(terminalreporter):
    counted = [dict(report.user_properties) for report in terminalreporter.getreports("passed") if report.when == "call"]
    looks = [row for row in counted if "answers" in row]
    if looks:
        answers, pairs = (sum(row[name] for row in looks) for name in ("answers", "pairs"))
        terminalreporter.write_line(f"{answers:,} answers read, {pairs:,} (actor, address, word) pairs compared.")
