"""What is measured: at each size a release; the pages of all sizes in turns; notes at each; of the last one also a project with very many answers."""

import gc
import os
import sys
import time
from contextlib import ExitStack
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
from tests.bench.asking import PAGES, Asking, download, in_turns
from tests.bench.noting import noted
from tests.bench.readers import first_projects, readers, writers
from tests.bench.site import copied, web
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
    statistics_first: float = 0  # seconds of the slowest page, when its process had not found the figures yet
    lines: int = 0  # of the CSV file of the large project
    writing: float = 0  # seconds until its last line was here
    filled: float = 0  # seconds for the last size
    memory: tuple = (0, 0)  # MB: a web process's own share, and all it sees


def course(var, postgres, sizes, seconds):
    call_command("migrate", verbosity=0)
    assets.collect_if_changed()
    found, databases = Found(), {}
    for size in sizes:
        large = size // LARGE if size == sizes[-1] else 0
        found.filled = timed(lambda size=size, large=large: _fill(size, large))
        say(f"{size:,} reflections are there; filling took {found.filled:.0f} s")
        *read, written = first_projects(READ + 1)
        found.released[size] = sum(map(_release, read)) / READ
        if not databases:
            people = readers(read, EACH), writers(written, CLIENTS)
        if size != sizes[-1]:
            copied(f"of_{size}")
        databases[size] = f"of_{size}" if size != sizes[-1] else "default"
    with ExitStack() as stack:
        webs = {size: stack.enter_context(web(var, database)) for size, database in databases.items()}
        _at_each_size(webs, databases, people, postgres, seconds, found)
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


def _at_each_size(webs, databases, people, postgres, seconds, found):
    """Pages in turns, so that none is asked for in better minutes than the others."""
    reading, writing = people
    projects = [reader.project for reader in reading[::EACH]]
    for name, path in [*PAGES.items(), (CHANGED, PAGES["value"])]:
        askings = {}
        for size, (_child, port) in webs.items():
            changes = {"before": partial(_change, projects, databases[size])} if name == CHANGED else {}
            askings[size] = Asking(port, reading, path, postgres, **changes)
        in_turns(askings.values(), seconds)
        for size, asking in askings.items():
            found.pages.setdefault(size, {})[name] = asking.page
        say(f"  {name}: " + "; ".join(f"{asking.page.median:.1f} ms, processor {asking.page.work:.1f} ms" for asking in askings.values()))
    for size, (child, port) in webs.items():
        found.noted[size] = noted(port, writing, seconds * NOTING, postgres, databases[size])
        found.memory = max(found.memory, most_memory(child.popen.pid))


def _change(projects, database):
    """Something of what figures count, so that they are found anew; it stays as it was."""
    there = Attendance.objects.using(database)
    for slug in projects:
        there.filter(pk=there.filter(activity__project__slug=slug).order_by("pk").values("pk")[:1]).update(state=F("state"))


def _of_one_project(var, postgres, seconds, found):
    project = Project.objects.order_by("pk").last()
    found.answers = project.reflections.submitted().count()
    _release(project)
    gc.freeze()  # as gunicorn.conf.py does
    gc.set_threshold(10_000, 5, 5)
    found.statistics = min(timed(lambda: _statistics(project)) for _ in range(3))
    with web(var, "default") as (child, port):
        people = readers([project], EACH)
        asking = Asking(port, people, PAGES["value"], postgres)
        asking.go_on(seconds)
        found.statistics_page, found.statistics_first = asking.page, asking.slowest / 1000
        found.lines, found.writing = min((download(port, reader) for reader in people), key=lambda took: took[1])
        found.memory = max(found.memory, most_memory(child.popen.pid))


def _statistics(project):
    """All that the page of a project's value computes anew from its answers."""
    return disclosure.said(*disclosure.stored_said(project.activities.all()))


def _release(project):
    """Seconds for a release of all its figures."""
    project.releases.all().delete()
    return timed(lambda: release_if_due(project, timezone.now()))
