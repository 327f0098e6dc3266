import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from learning.models.search import SearchQuerySet, Words, WordsOfAnswers, beginning_with, search_field
from learning.models.visibility import AT_LEAST_ORGANISATION, AT_LEAST_PARTNERSHIP, Shared, readable, shared_constraints
from partners.models import Activity, Partner, Project
from partners.models.fields import LongText


class ReflectionQuerySet(SearchQuerySet):
    def visible_to(self, person):
        """One's own; sent to me; my organisation's; what all partners of a project read; approved public. Drafts: only one's own."""
        return self.filter(readable(person))

    def submitted(self):
        return self.filter(submitted_at__isnull=False, deleted_at=None)

    def drafts(self):
        return self.filter(submitted_at=None, deleted_at=None)

    def deleted_by(self, person):
        """What its author can still take back."""
        return self.filter(author=person, deleted_at__isnull=False)

    def found_by(self, person, text, *, of_few=False):
        """What holds all words of `text` where `person` reads them: in another's note, what it answers to questions is its author's alone."""
        said = Q(answers={}) | Q(words=beginning_with(text))  # looked at once more only where there is something to keep
        return self.search(text, of_few=of_few).annotate(words=Words("text")).filter(Q(author=person) | said)

    def latest_first(self):
        """The timeline: by the day it happened, then by when it was written."""
        return self.order_by("-happened_on", "-created_at", "pk")


class Reflection(Shared):
    """What one person records in one go: a note, an answer to a prompt; about an activity or about an everyday moment.

    It happened on one day and was written on another. Until it is submitted it is a draft, which only its author can read.
    """

    class Starter(models.TextChoices):
        LINE = "line", _("A line")
        QUESTIONS = "questions", _("Questions")
        STORY = "story", _("A story")
        LETTER = "letter", _("A letter")
        TOGETHER = "together", _("Ask each other")

    class Medium(models.TextChoices):
        TYPED = "typed", _("Typed")
        SPOKEN = "spoken", _("Spoken")
        PHOTO = "photo", _("Photo")

    class Gave(models.IntegerChoices):
        COST = -1, _("It cost more than it gave")
        LITTLE = 0, _("Little that was new")
        SOMETHING = 1, _("Something")
        A_LOT = 2, _("A lot")

    class ShownAs(models.TextChoices):
        NAME = "name", _("With my name")
        ROLE = "role", _("Without my name, by my role")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, db_index=False, related_name="reflections")
    client_key = models.UUIDField(default=uuid.uuid4, editable=False, help_text=_("Made by the form: the same form sent twice is one reflection."))
    partner_then = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("For whom the author worked."))
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, db_index=False, related_name="reflections", verbose_name=_("project"))
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, db_index=False, related_name="reflections", verbose_name=_("activity")
    )
    prompt = models.ForeignKey("Prompt", models.SET_NULL, null=True, blank=True, related_name="reflections")
    starter = models.CharField(_("starter"), max_length=10, choices=Starter, default=Starter.LINE)
    medium = models.CharField(_("medium"), max_length=8, choices=Medium, default=Medium.TYPED)
    instrument = models.CharField(max_length=8, blank=True, help_text=_("The form and version whose words were read: F2.1"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    happened_on = models.DateField(_("happened on"), default=today)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    gave = models.SmallIntegerField(_("What did it give you?"), choices=Gave, null=True, blank=True)
    text = LongText(_("text"), help_text=_("What is more than the things one takes: the story, the letter, a long note."))
    answers = models.JSONField(default=dict, blank=True, help_text=_("Context by question code, read as it stands and never counted."))
    draft = models.JSONField(default=dict, blank=True, help_text=_("The form as typed so far; empty once submitted."))
    shown_as = models.CharField(_("shown"), max_length=4, choices=ShownAs, default=ShownAs.NAME)
    counts_when_few = models.BooleanField(_("Count my taps in this visit's figures, also when we are few."), default=False)
    search = search_field(Words("text"), WordsOfAnswers("answers"), WordsOfAnswers("draft"))

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("note"), _("notes")
        ordering = ["-happened_on", "-created_at", "pk"]
        constraints = [
            *shared_constraints("reflection"),
            models.UniqueConstraint(fields=["author", "client_key"], name="one_reflection_per_client_key"),
            models.CheckConstraint(condition=Q(activity=None) | Q(project__isnull=False), name="reflection_activity_implies_project"),
            models.CheckConstraint(
                condition=~Q(visibility__in=AT_LEAST_PARTNERSHIP) | Q(project__isnull=False),
                name="reflection_partnership_implies_project",
                violation_error_message=_("Choose the project whose partners may read it."),
            ),
            models.CheckConstraint(
                condition=~Q(visibility__in=[AT_LEAST_ORGANISATION[0], AT_LEAST_ORGANISATION[-1]]) | Q(partner_then__isnull=False),
                name="reflection_organisation_implies_partner",
                violation_error_message=_("You work for no organisation that could read or check it."),
            ),
            models.CheckConstraint(condition=Q(gave__isnull=True) | Q(gave__in=[-1, 0, 1, 2]), name="reflection_gave_known"),
            models.CheckConstraint(condition=Q(submitted_at=None) | Q(draft={}), name="reflection_draft_until_submitted"),
        ]
        indexes = [  # these begin with author, activity and project: the foreign keys need no index of their own
            GinIndex(fields=["search"], name="reflection_search"),
            models.Index(fields=["author", "-happened_on", "-created_at"], name="reflection_timeline"),
            models.Index(fields=["author", "-created_at"], condition=Q(submitted_at=None, deleted_at=None), name="reflection_drafts"),
            models.Index(fields=["activity", "submitted_at"], name="reflection_of_activity"),
            models.Index(fields=["project", "submitted_at"], name="reflection_of_project"),
            models.Index(fields=["submitted_at"], condition=Q(visibility="public", approved_at__isnull=False), name="reflection_public"),
            GinIndex(fields=["search"], condition=Q(visibility="public", approved_at__isnull=False), name="reflection_public_search"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="reflection_deleted"),
        ]

    def __str__(self):
        return f"{self.author}, {self.happened_on}"

    @property
    def told(self):
        """Of a note, of a thing, of what became of it: the note that says who wrote it, for whom, in which project."""
        return self

    @property
    def is_draft(self):
        return self.submitted_at is None

    @property
    def is_invented(self):
        """A sample person wrote it: marked wherever it is shown."""
        return self.author.is_sample if self.author_id else self.project_id is not None and self.project.is_sample

    @property
    def method(self):
        """How it was made: starter and medium."""
        return self.starter, self.medium
