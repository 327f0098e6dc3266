import json
from dataclasses import dataclass, field

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iimprove.clock import today
from partners.dates import last_possible_day
from partners.models import Attendance, Membership, Partner, Person

STATES = [*Attendance.State.choices, ("", _("Not recorded"))]


@dataclass
class Group:
    """The people of one partner, or (partner None) those who come for the project itself."""

    partner: Partner | None
    rows: list = field(default_factory=list)  # (Person, name of its field)
    more: str = ""  # name of the field for somebody who is not listed


class AttendanceForm(forms.Form):
    """One page for who was there: a row for each person who worked for a side on those days or is recorded already.

    An admin has the own people only, a coordinator everybody. What names anybody else is refused as a whole. What somebody else
    recorded since the page was opened (`seen`) is kept where nothing was changed here, and told where both changed it.
    """

    seen = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, activity, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity, self.by = activity, by
        self.recorded = {row.person_id: row for row in activity.attendances.select_related("person", "partner")}
        self.groups = [self._group(side.partner) for side in activity.sides.all() if by.is_coordinator or side.partner_id in by.admin_of]
        if by.is_coordinator:
            self.groups.append(self._project_group())
        self.initial["seen"] = {name: self.fields[name].initial for name in self._row_names()}

    def clean(self):
        cleaned = super().clean()
        foreign = [name for name in self.data if name.startswith(("state-", "more-")) and name not in self.fields]
        if foreign:
            raise forms.ValidationError(
                _("Somebody in this list is not yours to record. Nothing was saved; please load the page again."), code="foreign"
            )
        if isinstance(cleaned.get("seen"), dict):
            self._heed_others(cleaned, cleaned["seen"])
        taken = {}
        for group in self.groups:
            for person, name in group.rows:
                if not cleaned.get(name):
                    continue
                elsewhere = taken.setdefault(person.pk, self._recorded_out_of_reach(person) or group.partner)
                if elsewhere != group.partner:
                    self.add_error(name, _("Recorded for %(partner)s already.") % {"partner": elsewhere})
        return cleaned

    @property
    def rows(self):
        """(person, partner, state) as record_attendance wants them; those who are taken off come first."""
        rows = []
        for group in self.groups:
            for person, name in group.rows:
                if (state := self.cleaned_data[name]) or self._is_recorded(person, group.partner):
                    rows.append((person, group.partner, state))
            if person := self.cleaned_data.get(group.more):
                rows.append((person, group.partner, Attendance.State.ATTENDED))
        chosen = {person.pk for person, _partner, state in rows if state}
        return [row for row in rows if row[2] or row[0].pk not in chosen]

    def sections(self):
        """For the template: partner, bound rows, bound field for more."""
        return [
            {"partner": group.partner, "rows": [(person, self[name]) for person, name in group.rows], "more": self[group.more]}
            for group in self.groups
        ]

    def _heed_others(self, cleaned, seen):
        """Refused once: saved again, what is chosen here replaces what is there now."""
        for name in self._row_names():
            before, now, chosen = seen.get(name, ""), self.fields[name].initial, cleaned.get(name)
            if before == now or chosen in (None, now):
                continue
            if chosen == before:
                cleaned[name] = now
            else:
                label = dict(STATES)[now]
                self.add_error(name, _("Somebody recorded “%(state)s” since you opened this page. Save again to replace it.") % {"state": label})
        self.data = self.data.copy()
        self.data["seen"] = json.dumps(self.initial["seen"])

    def _row_names(self):
        return [name for group in self.groups for _person, name in group.rows]

    def _is_recorded(self, person, partner):
        return person.pk in self.recorded and self.recorded[person.pk].partner == partner

    def _recorded_out_of_reach(self, person):
        """The partner for which somebody is recorded, if it is none of those on this page."""
        row = self.recorded.get(person.pk)
        return row.partner if row and row.partner not in [group.partner for group in self.groups] else None

    def _group(self, partner):
        memberships = Membership.objects.filter(partner=partner)
        here = Q(pk__in=memberships.filter(_during(self.activity)).values("person"), is_active=True)
        return self._fill(Group(partner), people=here, others=Q(pk__in=memberships.values("person")))

    def _project_group(self):
        """Coordinators and educators who come for nobody's employer."""
        roles = self.activity.project.roles
        employed = Membership.objects.current().filter(partner__parts__project=self.activity.project)
        without = Q(pk__in=roles.current().values("person")) & ~Q(pk__in=employed.values("person"))
        return self._fill(Group(None), people=without, others=Q(pk__in=roles.values("person")))

    def _fill(self, group, *, people, others):
        mine = [row.person_id for row in self.recorded.values() if row.partner == group.partner]
        key = group.partner.slug if group.partner else "project"
        rows = list(Person.objects.filter(people | Q(pk__in=mine)).distinct())
        for person in rows:
            name = f"state-{key}-{person.pk}"
            initial = self.recorded[person.pk].state if person.pk in mine else ""
            self.fields[name] = forms.ChoiceField(label=person.name, choices=STATES, required=False, initial=initial, widget=forms.RadioSelect)
            group.rows.append((person, name))
        group.more = f"more-{key}"
        self.fields[group.more] = forms.ModelChoiceField(
            Person.objects.filter(others).exclude(pk__in=[person.pk for person in rows]).exclude(pk__in=self.recorded),
            label=gettext("Somebody else was there"),
            required=False,
            empty_label=gettext("nobody else"),
        )
        return group


def _during(activity):
    """Memberships that ran on any day of the activity; of today, where no day is known."""
    first = activity.sorts_on or today()
    last = last_possible_day(activity) or first
    return (Q(started_on=None) | Q(started_on__lte=last)) & (Q(ended_on=None) | Q(ended_on__gt=first))
