"""Who would read it, in words with head-counts, so that nobody shares without knowing with whom."""

from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import Visibility
from partners.models import Membership, ProjectPartner, ProjectRole


@dataclass(frozen=True)
class Level:
    """One choice of "who may read this". Its words may be lazy: heads are counted only where they are shown."""

    value: str
    words: str


def levels(person, *, partner, project):
    """What `person` can choose for a note written for `partner` (or none) in `project` (or none), narrowest first."""
    found = [Level(Visibility.ONLY_ME, _("Only me")), Level(Visibility.PERSON, _("One person"))]
    if partner:
        found.append(Level(Visibility.ORGANISATION, lazy(_organisation, str)(partner)))
    if project:
        found.append(Level(Visibility.PARTNERSHIP, lazy(_partnership, str)(partner, project)))
    if partner and project:
        words = _("Anyone on the internet (after %(organisation)s has checked; until then all partners)") % {"organisation": partner}
        found.append(Level(Visibility.PUBLIC, words))
    return found


def _organisation(partner):
    memberships = list(Membership.objects.current().filter(partner=partner).order_by().values_list("person", "role"))
    count = len({person for person, _role in memberships})
    admins = any(role == Membership.Role.ADMIN for _person, role in memberships)
    words = (
        ngettext(
            "Everybody at %(organisation)s (%(count)s person, whoever leads it too)",
            "Everybody at %(organisation)s (%(count)s people, whoever leads it too)",
            count,
        )
        if admins
        else ngettext("Everybody at %(organisation)s (%(count)s person)", "Everybody at %(organisation)s (%(count)s people)", count)
    )
    return words % {"organisation": partner, "count": count}


def _partnership(partner, project):
    """Counts those who read it: lead and full partners, coordinators, educators, and the author's own organisation."""
    parts = project.parts.exclude(part=ProjectPartner.Part.ASSOCIATED).order_by()
    partners = set(parts.values_list("partner", flat=True)) | ({partner.pk} if partner else set())
    people = set(Membership.objects.current().filter(partner__in=partners).order_by().values_list("person", flat=True))
    people |= set(ProjectRole.objects.current().filter(project=project).order_by().values_list("person", flat=True))
    return _("All partners (%(people)s in %(organisations)s)") % {
        "people": ngettext("%(count)s person", "%(count)s people", len(people)) % {"count": len(people)},
        "organisations": ngettext("%(count)s organisation", "%(count)s organisations", len(partners)) % {"count": len(partners)},
    }
