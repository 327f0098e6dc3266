"""What stands between a person and what is not theirs, each time it stands in the source, and a switch for each.

`install()` has the apps imported with these switches: `rows.visible_to(person)` becomes `rows.visible_to(person) if there else rows.all()`.
"""

import ast
import sys
from collections import Counter
from dataclasses import dataclass
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

from tests.mutants import switches

ROOT = Path(__file__).resolve().parents[2]
APPS = ("learning", "changemakers", "partners")
NARROWS = {"visible_to": "filter", "readable_by": "filter", "select_for_update": "lock"}  # methods of querysets
TERMS = {"own", "of_reflection"}  # the conditions of readable()
REFUSES = {"PermissionDenied", "Http404", "otherwise", "NoLongerWanted", "ValidationError"}
GUARDS = {"partner_view", "project_view", "activity_view"}


@dataclass(frozen=True)
class Mutant:
    """One piece of the source that is taken away. `name` holds no line, so that it outlives other changes."""

    name: str
    kind: str
    path: str
    line: int

    @property
    def is_about_reflections(self):
        """Of these none may survive."""
        return self.path.startswith("learning/")


def install():
    """From now on the apps are imported with their switches."""
    sys.meta_path.insert(0, _Finder)


def mutants():
    """All of the project, by file and line."""
    return [mutant for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if _is_woven(path) for mutant in _Weaver.of(path).mutants]


def _is_woven(path):
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in APPS and "migrations" not in path.parts


class _Finder(PathFinder):
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if fullname.partition(".")[0] not in APPS:
            return None
        spec = super().find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader) and _is_woven(Path(spec.loader.path)):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    def get_code(self, fullname):
        return compile(_Weaver.of(Path(self.path)).tree, self.path, "exec")

    def exec_module(self, module):
        module._switches = switches
        super().exec_module(module)


class _Weaver(ast.NodeTransformer):
    """One file, woven: `tree` and the `mutants` in it."""

    @classmethod
    def of(cls, path):
        weaver = cls(path.relative_to(ROOT).as_posix())
        weaver.tree = ast.fix_missing_locations(weaver.visit(ast.parse(path.read_bytes())))
        weaver.mutants.sort(key=lambda mutant: mutant.line)
        return weaver

    def __init__(self, path):
        self.path, self.inside, self.counted, self.mutants = path, [], Counter(), []

    def visit_FunctionDef(self, node):
        return self.visit_ClassDef(node)

    def visit_ClassDef(self, node):
        self.inside.append(node.name)
        self.generic_visit(node)
        node.decorator_list = [self._signed(decorator) for decorator in node.decorator_list]
        self.inside.pop()
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in NARROWS:
            everything = ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], [])
            return ast.IfExp(self._is_there(NARROWS[node.func.attr], node), node, everything)
        if isinstance(node.func, ast.Name) and node.func.id in TERMS:
            return ast.IfExp(self._is_there("condition", node), node, ast.Call(ast.Name("Q", ast.Load()), [], []))
        if isinstance(node.func, ast.Name) and node.func.id in GUARDS and node.args:
            node.args[0] = self._switch("permission", self._name("guard", node), node.args[0])
        return node

    def visit_If(self, node):
        self.generic_visit(node)
        if _refuses(node):
            node.test = ast.BoolOp(ast.And(), [self._is_there("refusal", node), node.test])
        return node

    def _signed(self, decorator):
        if not isinstance(decorator, ast.Name) or decorator.id != "own_view":
            return decorator
        signed = self._switch("Signed", self._name("guard", decorator), ast.Call(decorator, [ast.Name("view", ast.Load())], []))
        return ast.Lambda(ast.arguments([], [ast.arg("view")], None, [], [], None, []), signed)

    def _is_there(self, kind, node):
        return self._switch("is_there", self._name(kind, node))

    def _switch(self, what, *arguments):
        return ast.Call(ast.Attribute(ast.Name("_switches", ast.Load()), what, ast.Load()), list(arguments), [])

    def _name(self, kind, node):
        place = f"{self.path}::{'.'.join(self.inside) or 'module'} {kind}"
        self.counted[place] += 1
        name = f"{place} {self.counted[place]}" if self.counted[place] > 1 else place
        self.mutants.append(Mutant(name, kind, self.path, node.lineno))
        return ast.Constant(name)


def _refuses(node):
    """`if …: raise` of what keeps somebody out."""
    if len(node.body) != 1 or not isinstance(node.body[0], ast.Raise) or node.body[0].exc is None:
        return False
    raised = node.body[0].exc.func if isinstance(node.body[0].exc, ast.Call) else node.body[0].exc
    return (raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "")) in REFUSES
