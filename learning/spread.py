"""How far a changemaker's practices have come, and what people took from them: as far as a reader may know it."""

from dataclasses import dataclass
from functools import cached_property

from changemakers.models import PracticeStage, last_stages
from learning import disclosure, figures
from learning.dots import with_dots
from learning.models import Takeaway, Visibility
from partners.models import Partner, Places


@dataclass(frozen=True)
class Line:
    """What one organisation last said of each practice; None where it has not said: that is not known, and no "never heard of it"."""

    partner: Partner
    is_owner: bool
    cells: tuple


class Spread:
    """Partners of the projects in which the changemaker is chosen, as `reader` may know them."""

    def __init__(self, changemaker, reader):
        self.changemaker, self.reader = changemaker, reader
        self.practices = list(changemaker.practices.all())

    @cached_property
    def _choices(self):
        return list(self.changemaker.choices.open_to(self.reader).select_related("project"))

    @cached_property
    def _owners(self):
        return frozenset(choice.partner_id for choice in self._choices)

    @cached_property
    def _partners(self):
        """Those who chose the changemaker first."""
        partners = Partner.objects.filter(projects__in=[choice.project_id for choice in self._choices]).distinct()
        return sorted(partners, key=lambda partner: (partner.pk not in self._owners, str(partner)))

    @property
    def has_others(self):
        return any(partner.pk not in self._owners for partner in self._partners)

    @property
    def is_sample(self):
        return any(choice.project.is_sample for choice in self._choices)

    @cached_property
    def _stages(self):
        return list(PracticeStage.objects.visible_to(self.reader).standing().filter(practice__in=self.practices).as_said())

    def lines(self):
        """The grid: a line per organisation."""
        last = last_stages(self._stages)
        return [
            Line(partner, partner.pk in self._owners, tuple((practice, last.get((partner.pk, practice.pk))) for practice in self.practices))
            for partner in self._partners
        ]

    def entries(self):
        """All that was said inside the reader's projects, the latest first; also what was taken back."""
        rows = PracticeStage.objects.told_to(self.reader).filter(practice__in=self.practices)
        return sorted(rows.select_related("partner", "practice").as_said(), key=lambda row: row.known_on, reverse=True)

    @property
    def things(self):
        """Shared things about these practices that the reader may read."""
        readable = Takeaway.objects.visible_to(self.reader).submitted().exclude(visibility=Visibility.ONLY_ME)
        return readable.filter(practice__in=self.practices)

    def cards(self, things):
        """`things` with what became of them; `project_inside`: where the reader follows that."""
        projects, cards = Places.of(self.reader).projects, with_dots(things, self.reader)
        for card in cards:
            card.project_inside = projects.get(card.reflection.project_id)
        return cards

    def figures(self):
        """M12 of each practice; none where nobody but those who chose the changemaker takes part."""
        if not self.has_others:
            return []
        things = self.things.filter(reflection__partner_then__in=self._partners)
        rows = disclosure.with_stages(disclosure.stored_cards(things, to=self.reader), self._stages)
        partners = {partner.pk: partner for partner in self._partners}
        found = [disclosure.practice_cards(rows, practice.pk, self._owners, partners.keys()) for practice in self.practices]
        return [figures.told_spread(figure, practice, partners) for figure, practice in zip(found, self.practices, strict=True)]
