"""Who may read what somebody wrote: the one place where it is decided. docs/adr/0006, VALUE_MODEL §10, RELIABILITY §4."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Places
from partners.models.fields import paired


class Visibility(models.TextChoices):
    """How far a text goes. Every level but "one person" holds the readers of the levels before it."""

    ONLY_ME = "only_me", _("Only me")
    PERSON = "person", _("One person")
    ORGANISATION = "organisation", _("Everybody at my organisation")
    PARTNERSHIP = "partnership", _("All partners")
    PUBLIC = "public", _("Anyone on the internet")


AT_LEAST_ORGANISATION = [Visibility.ORGANISATION, Visibility.PARTNERSHIP, Visibility.PUBLIC]
AT_LEAST_PARTNERSHIP = [Visibility.PARTNERSHIP, Visibility.PUBLIC]
WIDTH = {level: width for width, level in enumerate(Visibility.values)}


def is_narrower(level, than):
    """Is nobody added by going from `than` to `level`, whoever the readers are? One person may stand outside an organisation."""
    return level != Visibility.PERSON and WIDTH[level] < WIDTH[than]


@dataclass(frozen=True)
class Reach:
    """Through what somebody reads: the organisations they work for, and the projects whose "all partners" they belong to."""

    partners: tuple = ()
    projects: tuple = ()

    @classmethod
    def of(cls, person):
        """As it is today. Associated partners do not belong to "all partners"."""
        places = Places.of(person)
        return cls(tuple(sorted(places.partners)), tuple(sorted(places.fully_in)))


def readable(person, *, shared="", told="", reach=None):
    """The rows `person` (maybe anonymous) may read, as a Q.

    `shared` leads to the row that says who may read it, `told` to the reflection that says who wrote it, for which partner and
    project. Both may be the row itself. The person's few partners and projects are looked up first and stand in the query as
    constants: so PostgreSQL uses the indexes, and a plan does not depend on how many people there are.
    """

    def own(**conditions):
        return Q(**{shared + name: value for name, value in conditions.items()})

    def of_reflection(**conditions):
        return Q(**{told + name: value for name, value in conditions.items()})

    there = of_reflection(deleted_at=None) & own(deleted_at=None)
    submitted = of_reflection(submitted_at__isnull=False)
    public = own(visibility=Visibility.PUBLIC, approved_at__isnull=False)
    if person.is_anonymous or not person.is_active:
        return there & submitted & public
    reach = reach or Reach.of(person)
    return there & (
        of_reflection(author=person)
        | submitted
        & (
            own(visibility=Visibility.PERSON, reader=person)
            | own(visibility__in=AT_LEAST_ORGANISATION) & of_reflection(partner_then__in=reach.partners)
            | own(visibility__in=AT_LEAST_PARTNERSHIP) & of_reflection(project__in=reach.projects)
            | public
        )
    )


class Shared(models.Model):
    """What its author lets others read: set per thing, at any time, acting at once. Wider only by the author."""

    visibility = models.CharField(_("who may read this"), max_length=12, choices=Visibility, default=Visibility.ONLY_ME)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reader"))
    approved_at = models.DateTimeField(null=True, blank=True, editable=False, help_text=_("Checked by the organisation: public from then on."))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    deleted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("Read by nobody from then on; gone for good some days later.")
    )

    class Meta:
        abstract = True

    @property
    def is_awaiting_approval(self):
        return self.visibility == Visibility.PUBLIC and self.approved_at is None

    @property
    def is_public(self):
        return self.visibility == Visibility.PUBLIC and self.approved_at is not None

    @property
    def is_shared(self):
        """Somebody besides the author may read it."""
        return self.visibility != Visibility.ONLY_ME


def shared_constraints(name):
    """The constraints of a Shared model; an abstract model's own would all need the same name."""
    return [
        models.CheckConstraint(
            condition=Q(visibility=Visibility.PERSON, reader__isnull=False) | ~Q(visibility=Visibility.PERSON) & Q(reader=None),
            name=f"{name}_reader_iff_one_person",
            violation_error_message=_("Say who may read it."),
        ),
        models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name=f"{name}_visibility_known"),
        models.CheckConstraint(condition=Q(approved_at=None) | Q(visibility=Visibility.PUBLIC), name=f"{name}_only_public_is_approved"),
        paired("approved_at", "approved_by", name=f"{name}_approved_at_and_by"),
    ]
