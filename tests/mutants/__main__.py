"""Shows that the tests can fail (`make mutants`): takes each filter, guard, refusal and lock away in turn; a test must notice.

First all tests run as they are, to see which come upon what; then, for each mutant, those that come upon it. `ARGS=learning/views`
judges only the files that begin so. Fails where anything survives that guards what people wrote, or more than 2 in 100 of all.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.mutants.equivalent import REASONS
from tests.mutants.weaving import mutants

AT_ONCE = 2
FAR_OFF = ("browser", "faults", "learning/measures", "test_deployment.py", "test_embedded.py", "test_runner.py")  # processes of their own, or sums
AT_MOST = 0.02


def main(beginning=""):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if any(_run(folder, "reach")):
            _say("The tests fail before anything is taken away.")
            return 2
        _run(folder, "judge", "--mutants-in", beginning)
        return report(folder, beginning)


def _run(folder, step, *more):
    """The answers of as many processes as run at once, each with services of its own."""
    alike = ["-q", "-p", "tests.mutants.plugin", "-p", "no:cacheprovider", "--show-capture=no", *(f"--ignore=tests/{path}" for path in FAR_OFF)]
    command = [sys.executable, "-m", "pytest", *alike, f"--mutants={step}", f"--mutants-folder={folder}", *more]
    running = [subprocess.Popen([*command, "--mutants-part", str(number), str(AT_ONCE)]) for number in range(AT_ONCE)]
    return [process.wait() for process in running]


def report(folder, beginning):
    todo = [mutant for mutant in mutants() if mutant.name.startswith(beginning)]
    verdicts = {}
    for path in folder.glob("verdict-*"):
        if text := path.read_text():
            name, verdict, _why = json.loads(text)
            verdicts[name] = "equivalent" if verdict == "survived" and name in REASONS else verdict
    judged = {mutant: verdicts.get(mutant.name, "not judged") for mutant in todo}
    for (kind, verdict), number in sorted(Counter((mutant.kind, verdict) for mutant, verdict in judged.items()).items()):
        _say(f"{kind}: {number} {verdict}")
    for mutant, verdict in judged.items():
        if verdict != "killed":
            _say(f"{verdict}: {mutant.name} (line {mutant.line}) {REASONS.get(mutant.name, '')}".rstrip())
    wrong = [mutant for mutant, verdict in judged.items() if verdict in ("survived", "not judged")]
    wrong += [mutant for mutant, verdict in judged.items() if verdict == "killed" and mutant.name in REASONS]
    return int(any(mutant.is_about_reflections for mutant in wrong) or len(wrong) > AT_MOST * len(todo))


def _say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
