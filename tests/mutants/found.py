"""What stands between a person and what is not theirs, each time it stands in the source, and the source without it."""

import ast
from dataclasses import dataclass
from pathlib import Path

APPS = ("learning", "changemakers", "partners")
NARROWS = {"visible_to", "readable_by"}  # querysets: what is left out without them may be read
TERMS = {"own", "of_reflection"}  # the conditions of readable()
REFUSES = {"PermissionDenied", "Http404", "otherwise", "NoLongerWanted", "ValidationError"}
GUARDS = {"partner_view", "project_view", "activity_view"}
EVERYBODY = "(lambda *_things, **_by: True)"
OPEN = '__import__("partners.guards", fromlist=["public_view"]).public_view'


@dataclass(frozen=True)
class Mutant:
    """One piece of a file, and what is put in its place."""

    path: str
    line: int
    kind: str
    start: int  # in bytes, as `end` is
    end: int
    instead: str

    def __str__(self):
        return f"{self.path}:{self.line} {self.kind}"

    @property
    def is_about_reflections(self):
        """Of these none may survive."""
        return self.path.startswith("learning/")

    def put_in(self, source):
        return source[: self.start] + self.instead.encode() + source[self.end :]


def mutants(root):
    """All mutants of the project in `root`, by file and line."""
    paths = sorted(path for app in APPS for path in (root / app).rglob("*.py") if "migrations" not in path.parts)
    return [mutant for path in paths for mutant in _of_file(path, path.relative_to(root).as_posix())]


def _of_file(path: Path, name):
    source = path.read_bytes()
    lines = [0]
    for line in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))

    def mutant(kind, node, instead, *, after=None):
        start = lines[node.lineno - 1] + node.col_offset if after is None else lines[after.end_lineno - 1] + after.end_col_offset
        return Mutant(name, node.lineno, kind, start, lines[node.end_lineno - 1] + node.end_col_offset, instead)

    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found += _narrowing(node, mutant)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TERMS:
            found.append(mutant("condition", node, "Q()"))
        if isinstance(node, ast.If) and _refuses(node):
            found.append(mutant("refusal", node.test, "False"))
        if isinstance(node, ast.FunctionDef):
            found += [found for decorator in node.decorator_list for found in _guard(decorator, mutant)]
    return sorted(found, key=lambda mutant: mutant.start)


def _narrowing(call, mutant):
    if call.func.attr in NARROWS:
        yield mutant("filter", call, ".all()", after=call.func.value)
    if call.func.attr == "select_for_update":
        yield mutant("lock", call, ".all()", after=call.func.value)


def _refuses(node):
    """`if …: raise` of what keeps somebody out."""
    if len(node.body) != 1 or not isinstance(node.body[0], ast.Raise) or node.body[0].exc is None:
        return False
    raised = node.body[0].exc.func if isinstance(node.body[0].exc, ast.Call) else node.body[0].exc
    return (raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "")) in REFUSES


def _guard(decorator, mutant):
    if isinstance(decorator, ast.Name) and decorator.id == "own_view":
        yield mutant("guard", decorator, OPEN)
    if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id in GUARDS and decorator.args:
        yield mutant("guard", decorator.args[0], EVERYBODY)
