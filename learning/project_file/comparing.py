"""A file and what the site holds: what differs, in words. The site's own stays."""

from learning.project_file import exporting, schema
from learning.project_file.values import Rows

NOT_COMPARED = {"format", "version", "not_contained"}


def differences(file, project):
    """What the file says otherwise than the project as it stands here, each with its line."""
    return sorted(_in_row(file, exporting.contents(project), schema.FILE))


def differing(row, thing, section):
    """The same for one row whose counterpart on this site is `thing`."""
    return sorted(_in_row(row, exporting.row_of(thing, section), section))


def _in_row(row, here, section):
    written = exporting.row_of(row, section)
    for key in section.keys:
        said, found = written.get(key.name), here.get(key.name)
        if key.name in NOT_COMPARED or said == found:
            continue
        if not isinstance(key.kind, Rows):
            yield row.problem(key.name, f"the file says {_words(said)}, here it is {_words(found)}.")
        elif key.kind.is_single:
            yield from _in_row(row[key.name], found, key.kind.section)
        else:
            compare = _by_name if key.kind.section.unique else _as_wholes
            yield from compare(row, key, found or [])


def _by_name(row, key, found):
    section = key.kind.section
    here = {_name(other, section): other for other in found}
    for below in row.get(key.name, []):
        counterpart = here.pop(_name(below, section), None)
        if counterpart is None:
            yield below.problem("", "this is in the file, but not here.")
        else:
            yield from _in_row(below, counterpart, section)
    for name in here:
        yield row.problem(key.name, f"“{' '.join(name)}” is here, but not in the file.")


def _as_wholes(row, key, found):
    """Rows without a name of their own are alike or not."""
    left = list(found)
    for below in row.get(key.name, []):
        written = exporting.row_of(below, key.kind.section)
        if written in left:
            left.remove(written)
        else:
            yield below.problem("", "this is in the file, but not like that here.")
    if left:
        yield row.problem(key.name, f"{len(left)} here that are not like that in the file.")


def _name(row, section):
    return tuple(str(row[key]).lower() for key in section.unique)


def _words(value):
    if value in (None, "", []):
        return "nothing"
    words = str(value)
    return f"“{words}”" if len(words) <= 80 else f"“{words[:80]}…”"
