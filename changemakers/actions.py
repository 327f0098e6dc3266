"""Considering, choosing and publishing changemakers. What is only considered leaves no trace in a project's log."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from changemakers.models import Changemaker, Choice, PracticeStage
from partners.models import Event
from partners.models.event import record
from partners.slugs import save_with_free_slug


@transaction.atomic
def consider(choice, *, by):
    """Put a new candidate on the partner's list."""
    if choice.changemaker._state.adding:
        new = choice.changemaker
        save_with_free_slug(new, name=new.name, among=Changemaker.objects, otherwise="changemaker")
    choice.save(force_insert=True)
    record(Event.Verb.CHANGEMAKER_CONSIDERED, by=by, partner=choice.partner)


def choose(choice, *, by):
    """Choose a candidate: from now on the whole project reads the reasons and evidence. Raises ValidationError if another is chosen."""
    choice.state = Choice.State.CHOSEN
    try:
        with transaction.atomic():
            choice.save()
            _record(Event.Verb.CHANGEMAKER_CHOSEN, choice, by)
    except IntegrityError as error:
        raise ValidationError(_("A changemaker is chosen already: end that work first.")) from error


@transaction.atomic
def end(choice, *, by):
    """End the work with the chosen changemaker; reasons, evidence and dates stay to be read."""
    choice.state = Choice.State.ENDED
    choice.save()
    _record(Event.Verb.CHANGEMAKER_ENDED, choice, by)


@transaction.atomic
def drop(choice):
    """Take a candidate off the list, and the changemaker with it if nobody else has to do with it."""
    changemaker = choice.changemaker
    choice.delete()
    stages = PracticeStage.objects.filter(practice__changemaker=changemaker)
    if not (changemaker.is_published or changemaker.choices.exists() or stages.exists()):
        changemaker.delete()


@transaction.atomic
def publish(changemaker, *, project, by):
    changemaker.published_at, changemaker.published_by = timezone.now(), by
    changemaker.save(update_fields=["published_at", "published_by"])
    record(Event.Verb.PUBLISHED, by=by, project=project, details={"changemaker": changemaker.slug})


@transaction.atomic
def unpublish(changemaker, *, project, by):
    changemaker.published_at = changemaker.published_by = None
    changemaker.save(update_fields=["published_at", "published_by"])
    record(Event.Verb.UNPUBLISHED, by=by, project=project, details={"changemaker": changemaker.slug})


@transaction.atomic
def record_stages(stages, *, by):
    """Say how far practices have come at a partner, in front of the whole project."""
    for stage in stages:
        stage.by = by
        stage.save(force_insert=True)


def take_back(stage):
    """It counts no more, and its note is read by nobody; that it was said stays."""
    stage.taken_back_at = timezone.now()
    stage.save(update_fields=["taken_back_at"])


def _record(verb, choice, by):
    record(verb, by=by, partner=choice.partner, project=choice.project, details={"changemaker": choice.changemaker.slug})
