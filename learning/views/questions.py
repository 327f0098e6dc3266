"""The questions of a project, for those who look after them: what goes out and what is stuck, as counts; never who has not answered."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from learning import disclosure, emails, policies
from learning.actions.preview import preview
from learning.actions.questions import keep_letters, keep_numbers, nudge, nudged_until, send_again, settings_of
from learning.forms.questions import LettersForm, NumbersForm, RemindForm
from learning.models import Prompt
from learning.own_defaults import defaults_of
from learning.undelivered import undelivered
from partners.dates import in_time
from partners.guards import project_view

DAYS_SHOWN = 10


@project_view(policies.can_read_queue, otherwise=Http404)
def question_queue(request, project):
    now, by = timezone.now(), request.standing
    context = {
        "project": project,
        "groups": _groups(project, by, disclosure.queue(project)),
        "days": disclosure.mails_by_day(preview(project, settings_of(project).values, now))[:DAYS_SHOWN],
        "undelivered": undelivered(project, by=by, now=now),
        "may_change": policies.can_change_questions(project, by=by),
    }
    return render(request, "learning/question_queue.html", context)


def _groups(project, by, figures):
    """[(activity or None, [(what is asked, Figure)])], the latest activity first; what is about none of them comes last."""
    lines = defaultdict(list)
    for about, form in sorted(figures, key=lambda key: key[1]):
        lines[about].append((Prompt.Form(form).label, figures[about, form]))
    activities = sorted(project.activities.readable_by(by).with_partners(), key=in_time, reverse=True)
    groups = [(activity, lines[activity.pk]) for activity in activities if activity.pk in lines]
    return groups + ([(None, lines[None])] if None in lines else [])


@project_view(policies.can_change_questions)
def question_letters(request, project):
    form = LettersForm(request.POST or None, instance=settings_of(project))
    if form.is_valid():
        keep_letters(form.instance, by=request.user)
        messages.success(request, _("Saved. It holds for every mail from now on."))
        return redirect("learning:question_queue", project.slug)
    return render(request, "learning/question_letters.html", {"project": project, "form": form})


@project_view(policies.can_change_questions)
def question_numbers(request, project):
    """Nothing is saved that was not looked at first: the first button shows on which days how many mails would go out."""
    now, planned = timezone.now(), None
    form = NumbersForm(request.POST or None, defaults=defaults_of(project))
    if form.is_valid():
        if "save" in request.POST:
            keep_numbers(project, form.values(), by=request.user)
            messages.success(request, _("Saved. What has not gone out yet follows it."))
            return redirect("learning:question_queue", project.slug)
        planned = disclosure.mails_by_day(preview(project, form.values(), now))[:DAYS_SHOWN]
    days = disclosure.mails_by_day(preview(project, settings_of(project).values, now))[:DAYS_SHOWN] if planned is not None else []
    return render(request, "learning/question_numbers.html", {"project": project, "form": form, "planned": planned, "days": days})


@project_view(policies.can_change_questions)
@require_POST
def question_trial(request, project):
    emails.trial(project, request.user)
    messages.success(request, _("A test mail is on its way to %(address)s.") % {"address": request.user.email})
    return redirect("learning:question_queue", project.slug)


@project_view(policies.can_read_queue, otherwise=Http404)
@require_POST
def question_again(request, project):
    """An address is mended: to whoever looks after it, nobody else's exists."""
    found = {str(each.person.pk): each.person for each in undelivered(project, by=request.standing, now=timezone.now())}
    if (person := found.get(request.POST.get("person", ""))) is None:
        raise Http404
    send_again(person, by=request.user, project=project)
    messages.success(request, _("Mail to %(address)s is tried again.") % {"address": person.email})
    return redirect("learning:question_queue", project.slug)


@project_view(policies.can_change_questions)
def question_remind(request, project):
    """Reminds without saying whom: it says how many were asked, not how many have answered."""
    now = timezone.now()
    asked = disclosure.asked_now(project, now)
    activities = {str(activity.pk): activity for activity in project.activities.filter(pk__in=asked.keys() - {None})}
    form = RemindForm(request.POST or None, choices=_about(project, activities, asked))
    if form.is_valid():
        activity = activities.get(form.cleaned_data["about"])
        try:
            nudge(project, activity, by=request.user, now=now)
        except ValidationError as error:
            form.add_error("about", error)
        else:
            messages.success(request, _("Whoever has not answered is reminded, within the limits that hold for all mail."))
            return redirect("learning:question_queue", project.slug)
    until = nudged_until(project, None, now)
    return render(request, "learning/question_remind.html", {"project": project, "form": form, "until": until, "is_asked": bool(asked)})


def _about(project, activities, asked):
    """What can be chosen, each with the most mails it can be: those who were asked, whoever has answered."""
    if not asked:
        return []
    whole = ("all", _("All of %(project)s: %(mails)s") % {"project": project, "mails": _at_most(asked[None])})
    return [whole, *((pk, f"{activity}: {_at_most(asked[activity.pk])}") for pk, activity in activities.items())]


def _at_most(figure):
    if figure.hidden:
        return _("at most two mails")
    return ngettext("at most %(count)s mail", "at most %(count)s mails", figure.value) % {"count": figure.value}
