"""What is known under each heading of the final report, in one reading of the database."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from changemakers.models import Choice
from learning import disclosure, figures
from learning.models import FollowUp, Takeaway
from learning.report import facts
from learning.report.block import Block, Quote
from learning.report.check_ins import check_ins
from learning.templatetags.notes import signed
from partners import gaps
from partners.dates import in_time
from partners.models import Activity

DISSEMINATING = {Activity.Kind.RESULT_SHARING, Activity.Kind.LAB, Activity.Kind.WORKSHOP, Activity.Kind.AUDIENCE_ACTIVITY}
GAPS = {  # heading → what is missing there
    "activities": {gaps.Kind.OVERDUE, gaps.Kind.DATES, gaps.Kind.DATES_IN_PART, gaps.Kind.HOST, gaps.Kind.GUESTS, gaps.Kind.PLACE},
    "participants": {gaps.Kind.ATTENDANCE, gaps.Kind.HEADCOUNT},
    "learning": {gaps.Kind.WRITE_UP},
}
MANY = 40  # quotes under one heading


def blocks(project, period, *, by):
    """The blocks for `period` of `project`; `by`: a ProjectStanding, for the forms that close a gap. The figures are everybody's."""
    chosen = period.activities(project)
    rows = chosen.select_related("project").prefetch_related("sides__partner", "attendances__partner", "headcounts")
    activities = sorted(rows, key=in_time)
    held = [activity for activity in activities if activity.status != Activity.Status.CANCELLED]
    missing = _missing(chosen, by)
    at_once, later = _figures(project, chosen, period)
    things, stories = _quotes(chosen)
    return [
        Block("activities", _("What took place"), tuple(map(facts.what_and_where, held)), missing=missing["activities"]),
        Block("participants", _("Who took part"), tuple(_participants(held)), missing=missing["participants"]),
        Block("learning", _("What was learned"), figures=at_once, quotes=things, missing=missing["learning"]),
        Block("later", _("What became of it"), figures=later, quotes=stories),
        Block("deviations", _("What went otherwise than planned"), tuple(_deviations(project, activities, period))),
        Block("dissemination", _("How it was passed on"), tuple(_passed_on(held))),
        Block("organisations", _("What it changed in the organisations"), tuple(_chosen(project)), missing=_partner_gaps(project, by)),
        check_ins(project, period, by=by),
    ]


def _participants(activities):
    """First all together, then activity by activity."""
    for role, count, unknown in facts.everybody(activities):
        yield facts.in_all(role, count, unknown)
    yield from filter(None, map(facts.who_came, activities))


def _deviations(project, activities, period):
    changes = [
        change for change in project.plan_changes.select_related("activity", "project").order_by("at", "pk") if _is_in(change, activities, period)
    ]
    yield from map(facts.deviation, changes)
    yield from facts.cancelled_without_word(activities, changes)


def _is_in(change, activities, period):
    return change.activity in activities if change.activity_id else not period.key


def _passed_on(activities):
    for activity in activities:
        if activity.kind in DISSEMINATING:
            yield facts.what_and_where(activity)
            yield from filter(None, [facts.who_came(activity)])


def _chosen(project):
    for choice in Choice.objects.filter(project=project, state=Choice.State.CHOSEN).select_related("partner", "changemaker"):
        yield _("%(partner)s chose %(changemaker)s as its changemaker.") % {"partner": choice.partner.name, "changemaker": choice.changemaker}


def _figures(project, chosen, period):
    """Of the whole project what was released; of a year what people let be counted about its activities."""
    if period.key:
        said, _at_each = disclosure.said(*disclosure.stored_said(chosen))
        shared = figures.told_plain(said)
        return tuple(told for told in shared if told.name != "state"), tuple(told for told in shared if told.name == "state")
    since, released = disclosure.released(project)
    return (tuple(figures.told_at_once(since, released)), tuple(figures.told_later(since, released))) if released else ((), ())


def _quotes(activities):
    """What anybody may read: things, and stories of what became of them."""
    anybody = AnonymousUser()
    things = Takeaway.objects.visible_to(anybody).submitted().filter(reflection__activity__in=activities).exclude(title="")
    things = things.select_related("reflection__author", "reflection__partner_then").latest_first()[:MANY]
    stories = FollowUp.objects.visible_to(anybody).filter(takeaway__reflection__activity__in=activities, deleted_at=None, texts__has_key="story")
    stories = stories.select_related("takeaway__reflection__author", "takeaway__reflection__partner_then").latest_first()[:MANY]
    told = tuple(_quote(row.texts["story"], row.takeaway.reflection) for row in stories if row.texts["story"])
    return tuple(_quote(row.title, row.reflection) for row in things), told


def _quote(words, told):
    return Quote(words, signed(told, is_inside=False), told.language)


def _missing(activities, by):
    """Heading → ((words, address), ...)."""
    found = gaps.activity_gaps(activities)
    return {key: tuple((_of_activity(gap), gaps.closed_at(gap, by=by)) for gap in found if gap.kind in kinds) for key, kinds in GAPS.items()}


def _of_activity(gap):
    words = f"{gap.activity.code}: {gap.kind.label}"
    return f"{words} ({', '.join(map(str, gap.partners))})" if gap.partners else words


def _partner_gaps(project, by):
    chosen = set(Choice.objects.filter(project=project, state=Choice.State.CHOSEN).values_list("partner", flat=True))
    found = [gap for gap in gaps.partner_gaps(project, with_changemaker=chosen) if gap.kind in (gaps.Kind.BASELINE, gaps.Kind.CHANGEMAKER)]
    return tuple((f"{gap.partners[0]}: {gap.kind.label}", gaps.closed_at(gap, by=by)) for gap in found)
