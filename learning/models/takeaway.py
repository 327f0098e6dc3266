import uuid
from fractions import Fraction

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Regex
from django.utils.translation import gettext_lazy as _

from changemakers.models import Practice
from learning.models.reflection import Reflection
from learning.models.search import SearchQuerySet, Words, search_field
from learning.models.visibility import Shared, readable, shared_constraints
from partners.models import Partner

TITLE = 300  # characters; what is longer becomes the text of its reflection


class Kind(models.TextChoices):
    """Kinds of knowledge, VALUE_MODEL §2.1: Lundvall & Johnson's four, Blackler's "encultured", LifeComp's personal area."""

    WHAT = "what", _("A fact, tool or example")
    WHY = "why", _("A reason why")
    HOW = "how", _("Something I can do")
    WHO = "who", _("A person or contact")
    PLACE = "place", _("A feel for a place")
    ME = "me", _("Something about me")
    OTHER = "other", _("Something else")

    @property
    def definition(self):
        return DEFINITIONS[self]


DEFINITIONS = {
    Kind.WHAT: _("a fact, tool, place, funding source or example I did not know"),
    Kind.WHY: _("why something works or fails"),
    Kind.HOW: _("something I can now do, or do better"),
    Kind.WHO: _("a person or group, what they can do, how to work with them"),
    Kind.PLACE: _("how things work in another organisation, city or culture"),
    Kind.ME: _("my own strengths, limits, values or role"),
    Kind.OTHER: _("none of these"),
}


def weights(kinds):
    """How much of a takeaway is of each kind: one kind weighs all, two a half each. "Something else" is uncoded and weighs nothing.

    Fractions, so that the weights of a coded takeaway sum to exactly 1.
    """
    coded = [kind for kind in kinds if kind != Kind.OTHER]
    return {kind: Fraction(1, len(coded)) for kind in coded}


# Not kinds__0=F("kinds__1"): Django 5.2 forgets brackets around the array when it validates that in Python.
TWICE_THE_SAME = Regex(Func(F("kinds"), Value(" "), function="array_to_string", output_field=models.TextField()), r"^(\w+) \1$")


class TakeawayQuerySet(SearchQuerySet):
    def visible_to(self, person):
        """As for reflections, by the takeaway's own level; those of drafts and of deleted reflections are read by nobody else, or nobody."""
        return self.filter(readable(person, told="reflection__"))

    def submitted(self):
        return self.filter(reflection__submitted_at__isnull=False, reflection__deleted_at=None, deleted_at=None)

    def deleted_by(self, person):
        return self.filter(reflection__author=person, deleted_at__isnull=False)

    def latest_first(self):
        return self.order_by("-reflection__happened_on", "-reflection__created_at", "position", "pk")


class Takeaway(Shared):
    """One thing a person takes with them: the unit that is followed over time. It may be a doubt; it may have no words, only a kind."""

    class WillUse(models.IntegerChoices):
        NO = 0, _("Probably not")
        PERHAPS = 1, _("Perhaps, too early to say")
        YES = 2, _("Yes, and I know where")

    class Handover(models.TextChoices):
        WRITE = "write", _("I could write it down")
        SHOW = "show", _("I could show it")
        MEET = "meet", _("They must meet the person or see the place")
        CANNOT = "cannot", _("Not yet")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reflection = models.ForeignKey(Reflection, models.CASCADE, related_name="takeaways")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("What do you want to keep?"), max_length=TITLE, blank=True)
    kinds = ArrayField(models.CharField(max_length=5, choices=Kind), verbose_name=_("What kind of thing is it?"), default=list, blank=True)
    is_doubt = models.BooleanField(_("a question or a doubt"), default=False)
    will_use = models.SmallIntegerField(_("Will you use it?"), choices=WillUse, null=True, blank=True)
    handover = models.CharField(_("Could you hand it over?"), max_length=6, choices=Handover, blank=True)
    source_partners = models.ManyToManyField(Partner, related_name="+", blank=True, verbose_name=_("Where does it come from?"))
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="takeaways", verbose_name=_("practice"))
    plan_when = models.CharField(_("When is the next chance to use it?"), max_length=300, blank=True)
    plan_then = models.CharField(_("What will you do then?"), max_length=300, blank=True)
    importance = models.SmallIntegerField(_("How much would it be missed?"), null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True, editable=False, help_text=_("Ticked as worth keeping when the visit was over."))
    taken_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="taken_by", editable=False)
    search = search_field(Words("title"))

    objects = TakeawayQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("what I take with me"), _("what we take with us")
        ordering = ["reflection", "position", "pk"]
        constraints = [
            *shared_constraints("takeaway"),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=Kind.values) & Q(kinds__len__lte=2) & ~Q(TWICE_THE_SAME),
                name="takeaway_one_or_two_kinds",
                violation_error_message=_("Choose one kind, or two."),
            ),
            models.CheckConstraint(condition=Q(will_use__isnull=True) | Q(will_use__in=[0, 1, 2]), name="takeaway_will_use_known"),
            models.CheckConstraint(condition=~Q(taken_from=F("pk")), name="takeaway_taken_from_another"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="takeaway_search"),
            models.Index(fields=["reflection"], condition=Q(visibility="public", approved_at__isnull=False), name="takeaway_public"),
            GinIndex(fields=["search"], condition=Q(visibility="public", approved_at__isnull=False), name="takeaway_public_search"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="takeaway_deleted"),
        ]

    def __str__(self):
        return self.title or " · ".join(str(Kind(kind).label) for kind in self.kinds)

    @property
    def told(self):
        return self.reflection

    @property
    def weights(self):
        return weights(self.kinds)

    @property
    def is_live(self):
        """Its author expects to use it, or perhaps to: it is asked about again."""
        return self.will_use is not None and self.will_use >= self.WillUse.PERHAPS
