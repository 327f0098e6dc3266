import uuid

from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from iimprove.search import holding
from partners.models import Partner, Project
from partners.models.fields import LongText, in_order, paired
from partners.models.published import Published

SEARCHED = ["name", "name_note", "what", "place", "practices__name"]


class ChangemakerQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def visible_to(self, person):
        """Published; chosen in a project of one's own; candidates only for members of the partner that considers them."""
        if person.is_anonymous:
            return self.published()
        return self.filter(Q(published_at__isnull=False) | Q(pk__in=Choice.objects.visible_to(person).values("changemaker")))

    def by_name(self):
        """As in a dictionary: Šnipiškės between Solna and Stockholm."""
        return self.order_by(Lower(Unaccent("name")), "pk")

    def matching(self, words):
        """Those whose name, work, place or practice holds each of the words, accents aside."""
        return holding(self, words, SEARCHED)


class Changemaker(Published):
    """An outsider with new methods, a person or an organisation, who helps an organisation develop itself."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")

    slug = models.SlugField(_("short address"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=160)
    name_note = models.CharField(_("about the name"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    what = models.CharField(_("who they are"), max_length=200, blank=True, help_text=_("In a few words: visual artist, game design studio."))
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    website = models.URLField(_("website"), blank=True)
    about = LongText(_("about"))
    credit = models.CharField(_("credit"), max_length=300, blank=True, help_text=_("How they want to be named where the practice is used."))
    sources = models.JSONField(_("sources"), default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChangemakerQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("changemaker"), _("changemakers")
        ordering = ["name", "pk"]
        constraints = [paired("published_at", "published_by", name="changemaker_published_at_and_by")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("learning:changemaker_detail", args=[self.slug])

    @property
    def whereabouts(self):
        return ", ".join(filter(None, [self.place, self.country.name]))


class ChoiceQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Made public with project and changemaker; made in a project of one's own; candidates only for members of the partner."""
        open_ones = Q(state__in=MADE) & _is_open_to(person)
        if person.is_anonymous:
            return self.filter(open_ones)
        return self.filter(Q(partner__in=person.memberships.current().values("partner")) | open_ones)

    def open_to(self, person):
        """Those made in a project of one's own, or in public; not what one's organisation chose in a project it has left."""
        return self.made().filter(_is_open_to(person))

    def made(self):
        """Chosen, or chosen once; not what is only considered."""
        return self.filter(state__in=MADE)


def _is_open_to(person):
    public = Q(project__published_at__isnull=False, changemaker__published_at__isnull=False)
    return public if person.is_anonymous else public | Q(project__in=Project.objects.of(person))


class Choice(models.Model):
    """A partner considers, chooses and at some time stops working with a changemaker, in a project. Candidates are that partner's own affair."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate")
        CHOSEN = "chosen", _("Chosen")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="choices")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="choices")
    changemaker = models.ForeignKey(Changemaker, models.CASCADE, related_name="choices")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CANDIDATE)
    reasons = LongText(_("reasons"), help_text=_("Why this candidate; why chosen, or not."))
    basis = models.CharField(_("how we know"), max_length=500, blank=True, help_text=_("Stated somewhere, or concluded: from what?"))
    change = LongText(_("evidence for change"))
    innovation = LongText(_("evidence for innovation"))
    community = LongText(_("evidence for community"))
    chosen_on = models.DateField(_("chosen on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_reason = LongText(_("why it ended"))

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("choice"), _("choices")
        ordering = ["partner__short_name", "state", "changemaker__name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "partner", "changemaker"], name="one_choice_per_changemaker"),
            models.UniqueConstraint(
                fields=["project", "partner"],
                condition=Q(state="chosen"),
                name="one_chosen_changemaker",
                violation_error_message=_("A changemaker is chosen already: end that work first."),
            ),
            in_order("chosen_on", "ended_on", name="choice_in_order"),
        ]

    def __str__(self):
        return f"{self.partner} → {self.changemaker}"

    @property
    def is_candidate(self):
        return self.state == self.State.CANDIDATE

    @property
    def is_chosen(self):
        return self.state == self.State.CHOSEN


MADE = [Choice.State.CHOSEN, Choice.State.ENDED]
