"""`python -m iimprove.embedded COMMAND ...` runs a command with the local services up; they are started only if the site is not running.
The command finds psql, pg_dump and pg_restore on its PATH, set to the local database.
`python -m iimprove.embedded --remove` deletes the local database.
"""

import os
import subprocess
import sys
from pathlib import Path

from iimprove.embedded import Trouble, postgres, services
from iimprove.embedded.folder import is_in_use, not_ours


def main(var, command):
    if command == ["--remove"]:
        return remove(var)
    if is_in_use(var):
        return call(var, command)
    with services(var):
        return call(var, command)


def call(var, command):
    return subprocess.call(command, env={**os.environ, **postgres.tools_environment(var)})


def remove(var):
    if is_in_use(var):
        raise Trouble(f"I_Improve runs on the data folder {var}; stop it first.")
    for folder in (var, *var.glob("test*")):
        postgres.remove(folder)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(os.environ.get("VAR") or "var").resolve(), sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except PermissionError as error:
        sys.exit(not_ours(error))
    except KeyboardInterrupt:
        sys.exit(130)
