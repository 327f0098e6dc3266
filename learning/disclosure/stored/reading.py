"""What is read of each table: keys, taps and dates, none of the texts; as plain tuples, because there may be very many."""

import datetime
from collections import defaultdict

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, DateTimeField, Exists, F, Func, OuterRef, Q, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from learning.models import Confirmation, LeftOut, Prompt, Takeaway
from partners.models import Attendance

CONFIRMS = [Confirmation.Said.SAW, Confirmation.Said.TOO]
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class Instant(Func):
    """Read as whole microseconds: exact, and several times as fast as PostgreSQL's text."""

    template = "(extract(epoch from %(expressions)s) * 1000000)::bigint"
    output_field = DateTimeField()

    def convert_value(self, value, expression, connection):
        return None if value is None else EPOCH + datetime.timedelta(microseconds=value)


class SomeOf(ArrayAgg):
    """Three of a group, or all where there are fewer."""

    template = f"({ArrayAgg.template})[1:3]"


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
OF_FOLLOW_UP = ("key", "thing", "observed", "wave", "state", "effect", "evidence", "is_confirmed", "visibility", "counts_when_few")
OF_PROMPT = ("who", "form", "project_id", "due", "outcome", "activity_id")
ALIKE = ("form", "project_id", "outcome", "activity_id")
HAS_PLAN = ~Q(plan_when="") | ~Q(plan_then="")


def reflections(told):
    told = told.annotate(key=Text("pk"), person=Text("author"), submitted=Instant("submitted_at"))
    return list(told.order_by().values_list(*OF_REFLECTION, named=True))


def takeaways(things, *, key=F):
    things = things.annotate(key=key("pk"), person=key("reflection__author"), has_plan=HAS_PLAN, is_kept=Q(kept_at__isnull=False))
    return list(things.order_by().annotate(**OF_ITS_REFLECTION).values_list(*OF_TAKEAWAY, *OF_ITS_REFLECTION, named=True))


def sources(read, *, key=F):
    """{takeaway: partners named as where it comes from} of the takeaways that were `read`."""
    found = defaultdict(set)
    named = Takeaway.source_partners.through.objects.filter(takeaway__in=keys(read)).annotate(key=key("takeaway"))
    for takeaway, partner in named.values_list("key", "partner"):
        found[takeaway].add(partner)
    return {takeaway: frozenset(partners) for takeaway, partners in found.items()}


def follow_ups(said, read, *, key=F):
    """Of `said`, what became of the takeaways that were `read`."""
    said = said.filter(takeaway__in=keys(read)).annotate(
        key=key("pk"),
        thing=key("takeaway"),
        observed=Instant("observed_at"),
        is_confirmed=Exists(Confirmation.objects.filter(follow_up=OuterRef("pk"), said__in=CONFIRMS)),
        counts_when_few=F("reflection__counts_when_few"),
    )
    return list(said.values_list(*OF_FOLLOW_UP, named=True))


def prompts(about):
    asked = Prompt.objects.filter(about).order_by().annotate(who=Text("person"), due=Instant("due_at"))
    return asked.values_list(*OF_PROMPT, named=True)


def prompts_alike(activities, *, due_by, without):
    """Counted together: there are more prompts than of anything else. `without`: people who are left out."""
    due = Prompt.objects.filter(activity__in=activities, due_at__lte=due_by).exclude(person__in=without).order_by()
    counted = due.values(*ALIKE).annotate(count=Count("pk"), people=SomeOf(Text("person")))
    return counted.values_list(*ALIKE, "count", "people", named=True)


def attendances(activities):
    there = Attendance.objects.filter(activity__in=activities).exclude(state=Attendance.State.ABSENT).order_by()
    return there.annotate(who=Text("person")).values_list("who", "activity")


def left_out(project):
    return frozenset(LeftOut.objects.filter(project=project).annotate(who=Text("person")).values_list("who", flat=True))


def keys(read):
    """The keys of what was read, as one constant: so the index is used, however much there is of others, and however many they are."""
    return RawSQL("SELECT unnest(%s::uuid[])", ["{" + ",".join(str(row.key) for row in read) + "}"])
