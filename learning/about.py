"""What a question from the project is about: an activity, an everyday moment, a whole project, or what a colleague says (F7)."""

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from learning.models import FollowUp, Prompt, Takeaway
from learning.own_defaults import defaults_of
from partners import dates
from partners.templatetags.activities import activity_name


def name(prompt):
    """What it is about, in a few words, to the person who is asked."""
    if prompt.activity:
        return activity_name(prompt.activity)
    if prompt.moment:
        return _("what you noted on %(day)s") % {"day": dates.day(prompt.moment.happened_on)}
    if prompt.project:
        return _("the whole of %(project)s") % {"project": prompt.project}
    return _("what a colleague said came of something")


def headline(prompt):
    """The question as one sentence."""
    if prompt.follow_up_id:
        return _("Is it so?")
    if prompt.form == Prompt.Form.AFTER:
        return _("What do you take with you from %(activity)s?") % {"activity": activity_name(prompt.activity)}
    if prompt.moment:
        return _("What became of what you noted on %(day)s?") % {"day": dates.day(prompt.moment.happened_on)}
    if prompt.project:
        return _("What became of what you took with you in %(project)s?") % {"project": prompt.project}
    return _("What became of what you took from %(activity)s?") % {"activity": activity_name(prompt.activity)}


def project_of(prompt):
    """The project it belongs to; None for a moment outside of any."""
    if prompt.follow_up:
        return prompt.follow_up.takeaway.reflection.project
    return prompt.project or (prompt.activity or prompt.moment).project


def occasion_of(prompt):
    """What an answer's own rows are about, as their model names it."""
    return {"activity": prompt.activity, "moment": prompt.moment, "project": prompt.project}


def own_things(prompt):
    """Everything the person took from it."""
    own = Takeaway.objects.submitted().filter(reflection__author=prompt.person_id)
    if prompt.project_id:
        return own.filter(reflection__project=prompt.project_id)
    return own.filter(reflection__activity=prompt.activity_id) if prompt.activity_id else own.filter(reflection=prompt.moment_id)


def things_of(prompt):
    """The own things to ask about again, the longest not asked about first: the live ones; at a project's end all that were not stopped.

    Each knows its last state and since when.
    """
    last = FollowUp.objects.filter(takeaway=OuterRef("pk"), deleted_at=None).latest_first()
    own = own_things(prompt).annotate(last_state=Subquery(last.values("state")[:1]), last_at=Subquery(last.values("observed_at")[:1]))
    not_stopped = Q(last_state=None) | ~Q(last_state=FollowUp.State.STOPPED)
    asked = own.filter(not_stopped if prompt.project_id else Q(will_use__gte=Takeaway.WillUse.PERHAPS))
    return asked.select_related("reflection").order_by(F("last_at").asc(nulls_first=True), "reflection__happened_on", "position", "pk")


def most_things(prompt):
    """How many of them one answer asks about, as the project wants it."""
    load = defaults_of(project_of(prompt)).load
    return load.things_f3 if prompt.form == Prompt.Form.WEEKS else load.things_f4
