"""The declaration → the tables of docs/project-file.md; a test keeps the two alike.

`python manage.py shell -c "from learning.project_file.describing import tables; print(tables())"`
"""

from learning.project_file.schema import sections


def tables():
    """Markdown: every section with its keys."""
    return "\n\n".join(_table(section) for section in sections())


def _table(section):
    lines = [f"### `{section.name}`" if section.name != "the file" else "### The file", "", section.about, ""]
    if section.unique:
        lines += [f"A row is named by {' and '.join(f'`{name}`' for name in section.unique)}, given once.", ""]
    lines += ["| key | type | what it is |", "|---|---|---|", *map(_line, section.keys)]
    return "\n".join(lines)


def _line(key):
    marks = [mark for mark, holds in [("required", key.is_required), ("sample only", key.is_sample_only)] if holds]
    name = f"`{key.name}`" + (f" ({', '.join(marks)})" if marks else "")
    return f"| {name} | {key.kind.words} | {_sentence(key.about)} |"


def _sentence(words):
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?")) else ".")
