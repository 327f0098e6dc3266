"""Shows that the tests can fail (`make mutants`): takes each filter, guard, refusal and lock away in turn, and runs the tests that should notice.

In a copy of the tree, with services and a database of its own. `ARGS=learning/views` takes only the files that begin so. Fails where anything
survives that guards what people wrote, or more than 2 in 100 of all.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from iimprove import embedded
from tests.mutants.found import mutants

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (".git", ".venv", "node_modules", "var*", "__pycache__")
EVERYWHERE = ["tests/test_canaries.py", "tests/test_access.py"]
NEAR = {  # beginning of a path → the tests that notice first, before those of its own name and those of everywhere
    "learning/models/": ["tests/learning/test_visibility.py"],
    "learning/policies.py": ["tests/learning/test_reflection.py"],
    "learning/emails/": ["tests/learning/test_prompt.py", "tests/learning/test_cards.py"],
    "learning/disclosure/": ["tests/learning/measures/test_disclosure.py"],
    "learning/actions/": ["tests/learning/test_reflection.py", "tests/learning/test_cards.py", "tests/learning/test_prompt.py"],
    "learning/planner/": ["tests/learning/test_prompt.py"],
    "partners/guards.py": ["tests/test_access.py"],
}
AT_MOST = 0.02
TESTS_FAILED = 1  # anything else means that they did not run


def main(beginning=""):
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT))
        for name in (".venv", "node_modules"):
            (tree / name).symlink_to(ROOT / name)
        with embedded.services(Path(folder) / "var", durable=False):
            return _judge(tree, [mutant for mutant in mutants(tree) if mutant.path.startswith(beginning)])


def _judge(tree, todo):
    every = sorted({test for mutant in todo for test in _tests(tree, mutant)})
    if _run(tree, every, "--create-db"):
        _say("The tests fail before anything is taken away.")
        return 2
    survivors = []
    for number, mutant in enumerate(todo, 1):
        began = time.monotonic()
        killed = _is_killed(tree, mutant)
        survivors += [] if killed else [mutant]
        _say(f"{number}/{len(todo)} {'killed  ' if killed else 'SURVIVED'} {mutant} ({time.monotonic() - began:.0f} s)")
    return _report(todo, survivors)


def _is_killed(tree, mutant):
    path = tree / mutant.path
    source = path.read_bytes()
    path.write_bytes(mutant.put_in(source))
    try:
        return _run(tree, _tests(tree, mutant)) == TESTS_FAILED
    finally:
        path.write_bytes(source)


def _tests(tree, mutant):
    """The files of tests to run, those first that are likely to notice."""
    app, *_folders, file = Path(mutant.path).parts
    own = sorted(path.relative_to(tree).as_posix() for path in (tree / "tests" / app).glob(f"test_*{Path(file).stem.removeprefix('my_')}*.py"))
    near = [test for beginning, tests in NEAR.items() if mutant.path.startswith(beginning) for test in tests]
    everywhere = EVERYWHERE[::-1] if mutant.kind == "guard" else EVERYWHERE
    tests = {"guard": [*everywhere, *own], "lock": ["tests/test_races.py", *own, *near]}.get(mutant.kind, [*near, *own, *everywhere])
    return [test for test in dict.fromkeys(tests) if (tree / test).exists()]


def _run(tree, tests, *more):
    var = tree.parent / "var"
    environment = os.environ | {"LOCAL": "1", "VAR": str(var), "IIMPROVE_TEST_SERVICES": "1", "SECRET_KEY": "x" * 50, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--reuse-db", *more, *tests]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, check=False).returncode


def _report(todo, survivors):
    for kind, number in Counter(mutant.kind for mutant in todo).items():
        _say(f"{kind}: {number - sum(mutant.kind == kind for mutant in survivors)} of {number} killed")
    for mutant in survivors:
        _say(f"survived: {mutant}")
    return int(any(mutant.is_about_reflections for mutant in survivors) or len(survivors) > AT_MOST * len(todo))


def _say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
