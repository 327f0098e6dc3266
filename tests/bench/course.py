"""What is measured, in its order: at each size the pages, the notes, a release; at the last one also a project with very many answers."""

import gc
import os
import sys
import time
from dataclasses import dataclass, field
from functools import partial

from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from iimprove import assets
from learning import disclosure
from learning.actions.releases import release_if_due
from learning.models import Reflection
from partners.models import Attendance, Project
from tests.bench.asking import PAGES, ask, download
from tests.bench.noting import noted
from tests.bench.readers import first_projects, readers, writers
from tests.bench.site import web
from tests.faults.processes import most_memory

IN_ONE_PROJECT = 250  # reflections
READ, EACH, CLIENTS = 3, 4, 8  # projects that are read, by so many people each; people who note
LARGE = 10  # the large project holds a tenth of all
NOTING = 3  # times as long as a page is asked for
CHANGED = "value, changed"  # the page when something has changed each time


@dataclass
class Found:
    pages: dict = field(default_factory=dict)  # size → page → Page
    noted: dict = field(default_factory=dict)  # size → Noted
    released: dict = field(default_factory=dict)  # size → seconds
    answers: int = 0  # in the large project
    statistics: float = 0  # seconds
    statistics_page: object = None
    lines: int = 0  # of the CSV file of the large project
    writing: float = 0  # seconds until its last line was here
    filled: float = 0  # seconds for the last size
    memory: tuple = (0, 0)  # MB: a web process's own share, and all it sees


def course(var, postgres, sizes, seconds):
    call_command("migrate", verbosity=0)
    assets.collect_if_changed()
    found = Found()
    for size in sizes:
        large = size // LARGE if size == sizes[-1] else 0
        found.filled = timed(lambda size=size, large=large: _fill(size, large))
        say(f"{size:,} reflections are there; filling took {found.filled:.0f} s")
        _at_one_size(var, postgres, size, seconds, found)
    _of_one_project(var, postgres, seconds, found)
    return found


def timed(action):
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _fill(size, large):
    wanted = size - large - Reflection.objects.count()
    call_command("fill", projects=max(wanted // IN_ONE_PROJECT, READ + 1), reflections=wanted, verbosity=0)
    if large:
        call_command("fill", projects=1, reflections=large, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    os.sync()  # gigabytes are on their way to the disk: not while it is measured


def _at_one_size(var, postgres, size, seconds, found):
    *read, written = first_projects(READ + 1)
    found.released[size] = sum(map(_release, read)) / READ
    with web(var) as child:
        port = int(os.environ["PORT"])
        measured = partial(ask, port, readers(read, EACH), seconds=seconds, postgres=postgres)
        found.pages[size] = {}
        for name, path in PAGES.items():
            found.pages[size][name] = page = measured(path)
            say(f"  {name}: {page.median:.1f} ms, processor {page.work:.1f} ms")
        found.pages[size][CHANGED] = page = measured(PAGES["value"], before=partial(_change, read))
        say(f"  {CHANGED}: {page.median:.1f} ms, processor {page.work:.1f} ms")
        found.noted[size] = noted(port, writers(written, CLIENTS), seconds * NOTING, postgres)
        found.memory = max(found.memory, most_memory(child.popen.pid))


def _change(projects):
    """Something of what figures count, so that they are found anew; it stays as it was."""
    for project in projects:
        Attendance.objects.filter(pk=Attendance.objects.filter(activity__project=project).order_by("pk").values("pk")[:1]).update(state=F("state"))


def _of_one_project(var, postgres, seconds, found):
    project = Project.objects.order_by("pk").last()
    found.answers = project.reflections.submitted().count()
    _release(project)
    gc.freeze()  # as gunicorn.conf.py does
    gc.set_threshold(10_000, 5, 5)
    found.statistics = min(timed(lambda: _statistics(project)) for _ in range(3))
    with web(var) as child:
        port = int(os.environ["PORT"])
        people = readers([project], EACH)
        found.statistics_page = ask(port, people, PAGES["value"], seconds, postgres)
        found.lines, found.writing = min((download(port, reader) for reader in people), key=lambda took: took[1])
        found.memory = max(found.memory, most_memory(child.popen.pid))


def _statistics(project):
    """All that the page of a project's value computes anew from its answers."""
    return disclosure.said(*disclosure.stored_said(project.activities.all()))


def _release(project):
    """Seconds for a release of all its figures."""
    project.releases.all().delete()
    return timed(lambda: release_if_due(project, timezone.now()))
