"""Who would read it, in words with head-counts, so that nobody shares without knowing with whom."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iimprove.clock import today
from iimprove.written import at_once, written_once
from learning.models import Visibility
from partners.models import Membership, ProjectPartner, ProjectRole

NONE = 0  # the key of no row


@dataclass(frozen=True)
class Level:
    """One choice of "who may read this". Its words may be lazy: heads are counted only where they are shown."""

    value: str
    words: str


def levels(person, *, partner, project):
    """What `person` can choose for a note written for `partner` (or none) in `project` (or none), narrowest first."""
    heads = Heads(partner, project)
    found = [Level(Visibility.ONLY_ME, _("Only me")), Level(Visibility.PERSON, _("One person"))]
    if partner:
        found.append(Level(Visibility.ORGANISATION, _organisation_later(heads)))
    if project:
        found.append(Level(Visibility.PARTNERSHIP, _partnership_later(heads)))
    if partner and project:
        words = _("Anyone on the internet (after %(organisation)s has checked; until then all partners)") % {"organisation": partner}
        found.append(Level(Visibility.PUBLIC, words))
    return found


class Heads:
    """Who reads what is written for `partner` (or none) in `project` (or none); looked up once, where it is asked for."""

    def __init__(self, partner, project):
        self.partner, self.project = partner, project

    @cached_property
    def partners(self):
        """Ids of the author's own organisation, and of the lead and full partners."""
        own = {self.partner.pk} if self.partner else set()
        return own | set(_full_partners(self.project.pk)) if self.project else own

    @cached_property
    def _found(self):
        day = today()
        return at_once((_members, day, *(self.partners or [NONE])), (_in_charge, self.project.pk if self.project else NONE, day))

    @property
    def own(self):
        """{person: role} at the author's own organisation."""
        return {person: role for person, partner, role in self._found[0] if partner == self.partner.pk}

    @property
    def people(self):
        """All of these organisations, coordinators and educators."""
        members, in_charge = self._found
        return {person for person, _partner, _role in members} | set(in_charge)


def _organisation(heads):
    count, admins = len(heads.own), Membership.Role.ADMIN in heads.own.values()
    words = (
        ngettext(
            "Everybody at %(organisation)s (%(count)s person, whoever leads it too)",
            "Everybody at %(organisation)s (%(count)s people, whoever leads it too)",
            count,
        )
        if admins
        else ngettext("Everybody at %(organisation)s (%(count)s person)", "Everybody at %(organisation)s (%(count)s people)", count)
    )
    return words % {"organisation": heads.partner, "count": count}


def _partnership(heads):
    people, partners = len(heads.people), len(heads.partners)
    return _("All partners (%(people)s in %(organisations)s)") % {
        "people": ngettext("%(count)s person", "%(count)s people", people) % {"count": people},
        "organisations": ngettext("%(count)s organisation", "%(count)s organisations", partners) % {"count": partners},
    }


_organisation_later, _partnership_later = lazy(_organisation, str), lazy(_partnership, str)


@written_once
def _full_partners(project):
    return ProjectPartner.objects.filter(project=project).exclude(part=ProjectPartner.Part.ASSOCIATED).order_by().values_list("partner", flat=True)


@written_once
def _members(day, *partners):
    return Membership.objects.current(day).filter(partner__pk__in=partners).order_by().values_list("person", "partner", "role")


@written_once
def _in_charge(project, day):
    return ProjectRole.objects.current(day).filter(project=project).order_by().values_list("person", flat=True)
