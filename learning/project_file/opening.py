"""A file on disk → the text of the project file: plain YAML, or project.yaml in a ZIP."""

import zipfile
import zlib
from pathlib import Path

from learning.project_file.reading import Problem, Refused

LARGEST = 20 * 1024 * 1024  # bytes, unpacked
MOST_FILES = 1000
NAME = "project.yaml"


def text_of(path):
    """Raises Refused for what is too large, is no text, or is packed otherwise than docs/project-file.md says."""
    path = Path(path)
    if not path.is_file():
        raise _refused("There is no such file.")
    with path.open("rb") as file:
        is_zip = zipfile.is_zipfile(file)
        file.seek(0)
        data = _unpacked(file) if is_zip else _read(file)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise _refused("This is not text in UTF-8.", line=data.count(b"\n", 0, error.start) + 1) from None


def _unpacked(file):
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) > MOST_FILES:
                raise _refused(f"The ZIP holds {len(names):,} files, at most {MOST_FILES:,} are read.")
            if names.count(NAME) != 1:
                raise _refused(f"The ZIP should hold one {NAME}, not in a folder.")
            if others := [name for name in names if name not in (NAME, "media/")]:
                raise _refused(f"The ZIP also holds {others[0]}; this version of the site can read neither media nor other files yet.")
            with archive.open(NAME) as packed:
                return _read(packed)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise _refused(f"The ZIP cannot be read: {error}.") from None


def _read(file):
    """Counts what really comes out, whatever the ZIP says of its size."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _refused(f"The file is larger than {LARGEST // 1024 // 1024} MB.")
    return data


def _refused(what, line=1):
    return Refused([Problem(line, "", what)])
