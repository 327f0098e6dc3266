"""pytest, trying one mutant after the other in one process (`-p tests.mutants.plugin`).

`--mutants=reach` runs the tests as they are and notes which pieces of the source each comes upon, and how long it takes.
`--mutants=judge` puts each mutant in and runs the tests that come upon it until one fails; that one must pass again without it.
Several processes can share a folder: each takes the next mutant that nobody has taken.
"""

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants import switches, weaving

weaving.install()


def pytest_addoption(parser):
    group = parser.getgroup("mutants")
    group.addoption("--mutants", choices=["reach", "judge"])
    group.addoption("--mutants-folder", type=Path, help="where the processes keep what they found")
    group.addoption("--mutants-part", type=int, nargs=2, default=(0, 1), help="of the tests, for `reach`: number, of how many")
    group.addoption("--mutants-in", default="", help="how the names of those to judge begin")


def pytest_configure(config):
    if config.option.mutants == "reach":
        config.pluginmanager.register(Reach(config.option.mutants_folder, *config.option.mutants_part))
    if config.option.mutants == "judge":
        config.pluginmanager.register(Judge(config.option.mutants_folder, config.option.mutants_in))


class Reach:
    """{name of a test: [seconds, names of the mutants it comes upon]}, of the tests that pass."""

    def __init__(self, folder, number, parts):
        self.path, self.number, self.parts, self.found, self.failed = folder / f"reach-{number}.json", number, parts, {}, set()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        items[:] = items[self.number :: self.parts]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        switches.reached.clear()
        began = time.monotonic()
        answer = yield
        if switches.reached:
            self.found[item.nodeid] = [time.monotonic() - began, sorted(switches.reached)]
        return answer

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self):
        self.path.write_text(json.dumps({test: found for test, found in self.found.items() if test not in self.failed}))


class Judge:
    def __init__(self, folder, beginning):
        self.folder, self.beginning, self.noticed = folder, beginning, Counter()
        self.reach = {test: found for path in folder.glob("reach-*.json") for test, found in json.loads(path.read_text()).items()}

    def pytest_runtestloop(self, session):
        tests = {item.nodeid: item for item in session.items if item.nodeid in self.reach}
        todo = weaving.mutants()
        for number, mutant in enumerate(todo):
            if mutant.name.startswith(self.beginning) and self._is_mine(number):
                began = time.monotonic()
                verdict = self._verdict(mutant, tests)
                (self.folder / f"verdict-{number}").write_text(json.dumps([mutant.name, *verdict]))
                self._say(
                    session, f"{number + 1}/{len(todo)} {' '.join(verdict)}: {mutant.name} (line {mutant.line}, {time.monotonic() - began:.0f} s)"
                )
        return True

    def _is_mine(self, number):
        try:
            (self.folder / f"verdict-{number}").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _verdict(self, mutant, tests):
        """ "killed" and by which test, or "survived" and how many did not notice."""
        coming = [tests[test] for test, (_seconds, names) in self.reach.items() if mutant.name in names and test in tests]
        for item in sorted(coming, key=self._cost):
            if _fails(item, mutant.name) and not _fails(item, None):
                self.noticed[item.nodeid] += 1
                return "killed", f"by {item.nodeid}"
        return "survived", f"{len(coming)} tests"

    def _cost(self, item):
        """Short tests first, and those that have noticed much."""
        return self.reach[item.nodeid][0] / (1 + self.noticed[item.nodeid])

    def _say(self, session, line):
        session.config.pluginmanager.get_plugin("terminalreporter").write_line(line)


def _fails(item, name):
    switches.put_in = name
    try:
        return any(report.failed for report in runtestprotocol(item, log=False, nextitem=item.session))
    finally:
        switches.put_in = None
