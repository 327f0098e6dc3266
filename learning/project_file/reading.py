"""YAML text → rows, and a problem with its line for everything that cannot be read."""

import difflib
from dataclasses import dataclass, replace

import yaml

from learning.project_file.schema import FILE, VERSION
from learning.project_file.values import TAG, Counts, ListOf, Rows, Texts, Wrong, seen

DEEPEST = 20  # levels of nesting; the format itself needs six
MOST_EVENTS = 1_000_000  # keys and values, about; the demo has 17,000
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class Problem:
    """Something to mend in the file before it can be imported."""

    line: int
    where: str
    what: str

    def __str__(self):
        return f"line {self.line}: {self.where}: {self.what}" if self.where else f"line {self.line}: {self.what}"


class Refused(Exception):
    """The file is not imported; nothing was written."""

    def __init__(self, problems):
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} problems")


class Row(dict):
    """The values of a row, and where they stand: `where` in words, `line`, and `lines` by key."""

    def __init__(self, where, line):
        super().__init__()
        self.where, self.line, self.lines = where, line, {}

    def problem(self, key, what):
        """A problem with the value of `key`, or with the row itself."""
        where = " › ".join(filter(None, [self.where, key]))
        return Problem(self.lines.get(key, self.line), where, what)


def read(text):
    """The file as a Row and the problems found; where the YAML itself is broken, None and what breaks it."""
    try:
        _refuse_what_grows(text)
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, [Problem(mark.line + 1 if mark else 1, "", f"This is not YAML: {error.problem or error.context}.")]
    except yaml.YAMLError as error:
        return None, [Problem(1, "", f"This is not YAML: {' '.join(str(error).split())}.")]
    except Refused as refused:
        return None, refused.problems
    if not isinstance(node, yaml.MappingNode):
        return None, [Problem(1, "", "This is not a project file: it should begin with “format: iimprove-project”.")]
    reader = Reader()
    row = reader.row(node, FILE, "")
    reader.problems += _of_another_version(row)
    return row, reader.problems


def _refuse_what_grows(text):
    """A few lines with aliases can stand for gigabytes, deep nesting for an exhausted stack, many small values for all memory."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=Loader)):
        if number > MOST_EVENTS:
            raise Refused([Problem(event.start_mark.line + 1, "", "The file holds more keys and values than any project has.")])
        if isinstance(event, yaml.AliasEvent):
            raise Refused([Problem(event.start_mark.line + 1, "", f"The alias *{event.anchor}: write the value out, aliases are not read.")])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise Refused([Problem(event.start_mark.line + 1, "", f"Nested more than {DEEPEST} levels deep.")])


def _of_another_version(row):
    version = row.get("version")
    if version not in (None, VERSION):
        yield row.problem("version", f"This site reads version {VERSION} of the format, not {version}.")


class Reader:
    """Walks the nodes along the declaration and gathers the problems."""

    def __init__(self):
        self.problems = []

    def row(self, node, section, where):
        row = Row(where, _line(node))
        if not isinstance(node, yaml.MappingNode):
            self.problems.append(row.problem("", f"{seen(node)} instead of keys with values."))
            return row
        for name, value in self.pairs(node, row):
            key = section.by_name.get(name)
            if key is None:
                self.problems.append(row.problem(name, f"This key is not known here{_meant(name, section.by_name)}."))
            else:
                self.value(row, key, value)
        for key in section.keys:
            if key.is_required and key.name not in row.lines:
                self.problems.append(row.problem("", f"The key “{key.name}” is missing."))
        return row

    def pairs(self, node, row):
        """Names with their value nodes; a name given twice is a problem, the first one counts."""
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append(Problem(_line(key), row.where, "A key must be a word."))
            elif key.value in row.lines:
                self.problems.append(Problem(_line(key), row.where, f"The key “{key.value}” is given twice."))
            else:
                row.lines[key.value] = _line(key)
                yield key.value, value

    def value(self, row, key, node):
        try:
            if not _is_nothing(node):
                value = self.read(key.kind, node, row, key.name)
                if key.is_required and value == "":
                    raise Wrong("This may not be empty.")
                row[key.name] = value
            elif key.is_required:
                raise Wrong("This may not be empty.")
        except Wrong as wrong:
            problem = row.problem(key.name, str(wrong))
            self.problems.append(replace(problem, line=wrong.line or problem.line))

    def read(self, kind, node, row, name):
        where = " › ".join(filter(None, [row.where, name]))
        if isinstance(kind, Rows):
            if kind.is_single:
                return self.row(node, kind.section, where)
            return [self.row(item, kind.section, f"{where} {_name(item, kind.section, number)}") for number, item in enumerate(_items(node), 1)]
        if isinstance(kind, ListOf):
            return [self.item(kind.item, item) for item in _items(node)]
        if isinstance(kind, Texts):
            return self.texts(node, kind.item)
        if isinstance(kind, Counts):
            return self.counts(node, row, name)
        return kind.read(node)

    def item(self, kind, node):
        try:
            return kind.read(node)
        except Wrong as wrong:
            wrong.line = _line(node)
            raise

    def counts(self, node, row, name):
        if not isinstance(node, yaml.MappingNode):
            raise Wrong(f"{seen(node)} instead of {Counts.words}.")
        for key, value in node.value:
            if not (isinstance(key, yaml.ScalarNode) and value.tag == f"{TAG}int" and value.value.isascii() and value.value.isdigit()):
                raise Wrong(f"Names with whole numbers belong here: line {_line(key)} is something else.")
        return {key.value: int(value.value) for key, value in node.value}

    def texts(self, node, item):
        if not isinstance(node, yaml.MappingNode):
            raise Wrong(f"{seen(node)} instead of {Texts.words}.")
        return {self.item(item, name): self.answer(value, item) for name, value in node.value}

    def answer(self, node, item):
        return [self.item(item, chosen) for chosen in node.value] if isinstance(node, yaml.SequenceNode) else self.item(item, node)


def _items(node):
    if not isinstance(node, yaml.SequenceNode):
        raise Wrong(f"{seen(node)} instead of a list.")
    return node.value


def _name(node, section, number):
    """What a row is called in problems: its unique keys where they can be read, else its number."""
    if isinstance(node, yaml.MappingNode):
        found = {key.value: value.value for key, value in node.value if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)}
        if section.unique and all(found.get(name) for name in section.unique):
            return " ".join(found[name] for name in section.unique)[:60]
    return f"#{number}"


def _is_nothing(node):
    return isinstance(node, yaml.ScalarNode) and node.tag == f"{TAG}null"


def _line(node):
    return node.start_mark.line + 1


def _meant(name, known):
    close = difflib.get_close_matches(name, known, n=1)
    return f" (meant: {close[0]}?)" if close else ""
