"""What happens to an activity: made, changed, moved, cancelled, held. Every change leaves an event; a changed plan leaves its reason."""

from django.db import transaction

from iimprove.clock import today
from partners.dates import activity_dates, in_language_of
from partners.models import Activity, ActivityPartner, Event, PlanChange
from partners.models.event import record

DATES = ("starts_on", "ends_on", "month_on", "alternatives")


@transaction.atomic
def create_activity(activity, *, host, guests, by):
    activity.save()
    _set_sides(activity, host, guests)
    _record(Event.Verb.ACTIVITY_CREATED, activity, by=by)
    return activity


@transaction.atomic
def change_activity(activity, *, by, sides=None):
    """Save changed facts: a correction, not a change of plan. `sides`: (host, guests), or None to leave them as they are."""
    before = _dates(Activity.objects.get(pk=activity.pk))
    activity.save()
    if sides is not None:
        _set_sides(activity, *sides)
    after = _dates(activity)
    _record(Event.Verb.ACTIVITY_CHANGED, activity, by=by, details={"before": before, "after": after} if before != after else {})


@transaction.atomic
def move(activity, *, reason, by):
    """Save new dates and a new place; what was planned before stays, in words, with the reason."""
    before = Activity.objects.get(pk=activity.pk)
    activity.status, activity.status_reason = Activity.Status.MOVED, reason
    activity.save()
    _keep_plan(before, PlanChange.Kind.MOVED, reason, by)
    _record(Event.Verb.ACTIVITY_MOVED, activity, by=by, details={"before": _dates(before), "after": _dates(activity)})


@transaction.atomic
def cancel(activity, *, reason, by):
    _keep_plan(activity, PlanChange.Kind.CANCELLED, reason, by)
    activity.status, activity.status_reason = Activity.Status.CANCELLED, reason
    activity.save()
    _record(Event.Verb.ACTIVITY_CANCELLED, activity, by=by)


@transaction.atomic
def restore(activity, *, reason, by):
    """Take a cancellation back: the status is what it was before."""
    _plan_again(activity)
    _keep_plan(activity, PlanChange.Kind.RESTORED, reason, by)
    _record(Event.Verb.ACTIVITY_RESTORED, activity, by=by)


@transaction.atomic
def hold(activity, *, by):
    """Say that it took place. Why it was moved stays readable among its changes of plan."""
    activity.status, activity.status_reason = Activity.Status.HELD, ""
    activity.save()
    _record(Event.Verb.ACTIVITY_HELD, activity, by=by)


def end(activity, *, by):
    """Say that today is its last day, where that was not known."""
    activity.ends_on = today()
    change_activity(activity, by=by)


@transaction.atomic
def unhold(activity, *, by):
    """Take back that it took place: the status is what it was before. What was recorded and written about it stays."""
    _plan_again(activity)
    _record(Event.Verb.ACTIVITY_UNHELD, activity, by=by)


def _plan_again(activity):
    moved = activity.plan_changes.filter(kind=PlanChange.Kind.MOVED).first()
    activity.status = Activity.Status.MOVED if moved else Activity.Status.PLANNED
    activity.status_reason = moved.reason if moved else ""
    activity.save()


def _set_sides(activity, host, guests):
    """Keep the rows of partners that stay; a partner may change sides."""
    wanted = dict.fromkeys(guests, ActivityPartner.Side.GUEST) | ({host: ActivityPartner.Side.HOST} if host else {})
    activity.sides.exclude(partner__in=wanted).delete()
    activity.sides.filter(side=ActivityPartner.Side.HOST).exclude(partner=host).update(side=ActivityPartner.Side.GUEST)
    for partner, side in sorted(wanted.items(), key=lambda item: item[1], reverse=True):  # guests first: there is one host at any time
        activity.sides.update_or_create(partner=partner, defaults={"side": side})


def _keep_plan(activity, kind, reason, by):
    with in_language_of(activity.project):
        planned = " · ".join(filter(None, [activity_dates(activity), activity.place]))
    activity.plan_changes.create(project=activity.project, kind=kind, planned=planned[:300], reason=reason, by=by)


def _dates(activity):
    values = {name: getattr(activity, name) for name in DATES}
    return {name: [str(day) for day in value] if isinstance(value, list) else str(value) for name, value in values.items() if value}


def _record(verb, activity, *, by, details=None):
    record(verb, by=by, project=activity.project, activity=activity, details=details or {})
