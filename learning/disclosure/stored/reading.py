"""What is read of each table: keys, taps and dates, none of the texts; as plain tuples, because there may be very many."""

from collections import defaultdict, namedtuple
from itertools import islice

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Count, Exists, F, Func, OuterRef, Q, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from learning.models import Confirmation, LeftOut, Prompt, Takeaway
from partners.models import Attendance

AT_ONCE = 1000  # rows
CONFIRMS = [Confirmation.Said.SAW, Confirmation.Said.TOO]


class Instant(Func):
    """Read as whole microseconds: exact (until the year 2255), and several times as fast as PostgreSQL's text."""

    template = "(date_part('epoch', %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()


class SomeOf(ArrayAgg):
    """Three of a group as text, or all where there are fewer."""

    template = f"({ArrayAgg.template})[1:3]::text[]"


class Text(Cast):
    """A key as text, which Python finds in a set ten times as fast as a UUID."""

    def __init__(self, name):
        super().__init__(name, TextField())


OF_REFLECTION = ("key", "person", "submitted", "activity_id", "gave", "visibility", "counts_when_few")
OF_TAKEAWAY = ("key", "person", "kinds", "will_use", "has_plan", "is_kept", "practice_id", "taken_from_id", "visibility")
OF_ITS_REFLECTION = {
    "submitted": Instant("reflection__submitted_at"),
    "happened_on": F("reflection__happened_on"),
    "activity_id": F("reflection__activity"),
    "partner_id": F("reflection__partner_then"),
    "counts_when_few": F("reflection__counts_when_few"),
}
OF_OPEN_TAKEAWAY = ("key", "person", "kinds", "will_use", "visibility", "activity_id", "counts_when_few")
OF_FOLLOW_UP = ("key", "thing", "observed", "wave", "state", "effect", "evidence", "is_confirmed", "visibility", "counts_when_few")
OF_PROMPT = ("who", "form", "project_id", "due", "outcome", "activity_id")
ALIKE = ("form", "project_id", "outcome", "activity_id")
HAS_PLAN = ~Q(plan_when="") | ~Q(plan_then="")


def reflections(told):
    return _reflections(told.order_by())


def last_that_gave(told):
    """Of each person the last that says what it gave."""
    return _reflections(told.filter(gave__isnull=False).order_by("author_id", "-submitted_at", "-pk").distinct("author_id"))


def _reflections(told):
    return _read(told.annotate(key=Text("pk"), person=Text("author"), submitted=Instant("submitted_at")), OF_REFLECTION)


def takeaways(things, *, key=F):
    return _read(_takeaways(things, key), (*OF_TAKEAWAY, *OF_ITS_REFLECTION))


def takeaways_in_parts(things, most, *, key=F):
    """Lists of at most so many; PostgreSQL keeps the rest meanwhile."""
    rows = _takeaways(things, key).values_list(*OF_TAKEAWAY, *OF_ITS_REFLECTION, named=True).iterator(chunk_size=most)
    while part := list(islice(rows, most)):
        yield part


def _takeaways(things, key):
    things = things.annotate(key=key("pk"), person=key("reflection__author"), has_plan=HAS_PLAN, is_kept=Q(kept_at__isnull=False))
    return things.order_by().annotate(**OF_ITS_REFLECTION)


def open_takeaways(things):
    """Of each only what shared figures count."""
    things = things.annotate(key=Text("pk"), person=Text("reflection__author"), **{name: OF_ITS_REFLECTION[name] for name in OF_OPEN_TAKEAWAY[-2:]})
    return _read(things.order_by(), OF_OPEN_TAKEAWAY)


def sources(takeaways, *, key=F):
    """{takeaway: partners named as where it comes from} of the `takeaways`, given by their keys."""
    found = defaultdict(set)
    named = Takeaway.source_partners.through.objects.filter(takeaway__in=constant(takeaways)).annotate(key=key("takeaway"))
    for takeaway, partner in named.values_list("key", "partner"):
        found[takeaway].add(partner)
    return {takeaway: frozenset(partners) for takeaway, partners in found.items()}


def follow_ups(said, takeaways, *, key=F):
    """Of `said`, what became of the `takeaways`, given by their keys."""
    said = said.filter(takeaway__in=constant(takeaways)).annotate(
        key=key("pk"),
        thing=key("takeaway"),
        observed=Instant("observed_at"),
        is_confirmed=Exists(Confirmation.objects.filter(follow_up=OuterRef("pk"), said__in=CONFIRMS)),
        counts_when_few=F("reflection__counts_when_few"),
    )
    return _read(said.order_by(), OF_FOLLOW_UP)


def prompts(about):
    asked = Prompt.objects.filter(about).order_by().annotate(who=Text("person"), due=Instant("due_at"))
    return _read(asked, OF_PROMPT)


def prompts_alike(activities, *, due_by, without):
    """Counted together: there are more prompts than of anything else. `without`: people who are left out."""
    due = Prompt.objects.filter(activity__in=activities, due_at__lte=due_by).exclude(person__in=without).order_by()
    counted = due.values(*ALIKE).annotate(count=Count("pk"), people=SomeOf("person"))
    return counted.values_list(*ALIKE, "count", "people", named=True)


def attendances(activities):
    return _read(_there(activities).annotate(who=Text("person")), ("who", "activity"))


def people_there(activities, *, without):
    """{activity, and None for all of them: how many people took part}; `without` those who are left out."""
    there = _there(activities).exclude(person__in=without)
    at_each = there.values_list("activity").annotate(people=Count("pk"))  # nobody is at one twice
    return {None: there.values("person").distinct().count(), **dict(at_each)}


def _there(activities):
    return Attendance.objects.filter(activity__in=activities).exclude(state=Attendance.State.ABSENT).order_by()


def left_out(project):
    return frozenset(LeftOut.objects.filter(project=project).annotate(who=Text("person")).values_list("who", flat=True))


def _read(rows, columns):
    """One after another of what PostgreSQL has sent: a list of them all would be as much again. No column here needs Django to convert it."""
    try:
        query = rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return
    row = namedtuple("Row", columns)
    with connection.cursor() as cursor:
        cursor.execute(*query)
        while part := cursor.fetchmany(AT_ONCE):
            yield from map(row._make, part)


def constant(keys):
    """The `keys` of what was read, as one constant: so the index is used, however much there is of others, and however many they are."""
    return RawSQL("SELECT unnest(%s::uuid[])", ["{" + ",".join(map(str, keys)) + "}"])
