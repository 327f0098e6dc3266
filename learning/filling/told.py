"""What people of an invented project noted, answered and said again later."""

import datetime
import random

from django.utils import timezone

from learning.defaults import DEFAULTS
from learning.filling import chances
from learning.filling.copying import Copying, array
from learning.filling.words import Words
from learning.models import Carrier, Confirmation, FollowUp, KeepMark, Obstacle, Prompt, Reflection, Takeaway, VisibilityChange

FORMS = {"t0": "F2", "w2": "F3", "m3": "F4", "m12": "F5"}
AFTER = {"t0": 1, "w2": DEFAULTS.waves.w2, "m3": DEFAULTS.waves.m3, "m12": DEFAULTS.waves.m12}  # days from the end to the question
OPEN = {"t0": DEFAULTS.waves.f2_close, "w2": DEFAULTS.waves.close, "m3": DEFAULTS.waves.close, "m12": DEFAULTS.waves.close}
MANY = 20_000  # reflections held in memory
NINE = datetime.time(9, 30, tzinfo=datetime.UTC)


TABLES = {
    Prompt: "id person_id activity_id form due_at closes_at state outcome answered_at nonce",
    Reflection: "id client_key author_id partner_then_id project_id activity_id prompt_id starter language happened_on created_at submitted_at "
    "gave text visibility approved_at approved_by_id counts_when_few",
    Takeaway: "id reflection_id position title kinds will_use plan_when plan_then visibility approved_at approved_by_id kept_at",
    Takeaway.source_partners.through: "takeaway_id partner_id",
    FollowUp: "id takeaway_id reflection_id wave observed_at state effect evidence visibility",
    Confirmation: "follow_up_id person_id said at",
    Obstacle: "person_id activity_id wave codes",
    Carrier: "takeaway_id person_id since confirmed_at",
    KeepMark: "takeaway_id person_id",
    VisibilityChange: "id reflection_id takeaway_id follow_up_id kind before after at by_id",
}  # in the order in which they are written: triggers look at the rows that others refer to


class Telling:
    """Holds what is told until `write`, which copies it table by table."""

    def __init__(self, rng: random.Random):
        self.rng, self.words, self.now = rng, Words(rng), timezone.now()
        self.rows = {model: Copying(model, columns) for model, columns in TABLES.items()}

    def write(self):
        for copying in self.rows.values():
            copying.flush()

    def tell(self, place, reflections):
        """So many reflections: the answers about the activities that are over, then everyday moments."""
        left = reflections - self._about_visits(place, reflections)
        everybody = place.everybody
        for _ in range(left):
            person, partner = self.rng.choice(everybody)
            day = place.project.starts_on + datetime.timedelta(days=self.rng.random() * (self.now.date() - place.project.starts_on).days)
            self._note(place, person, partner, at=self._on(day))
            self._write_if_many()

    def _write_if_many(self):
        if len(self.rows[Reflection]) >= MANY:
            self.write()

    def _about_visits(self, place, most):
        told = 0
        for activity, host, present in place.visits:
            for person, partner in present:
                things = []
                for wave in FORMS:
                    if told < most and (asked := self._ask(person, activity, wave)):
                        prompt, at = asked
                        if wave == "t0":
                            things = self._note(place, person, partner, at=at, activity=activity, host=host, prompt=prompt)
                        else:
                            self._follow_up(place, person, partner, activity, things, wave, at, prompt)
                        told += 1
                self._write_if_many()
        return told

    def _ask(self, person, activity, wave):
        """(prompt, when it was answered); None where it is not due, or was not answered."""
        due_at = datetime.datetime.combine(activity.ends_on + datetime.timedelta(days=AFTER[wave]), NINE)
        closes_at = due_at + datetime.timedelta(days=OPEN[wave])
        if due_at > self.now:
            return None
        at = due_at + (min(closes_at, self.now) - due_at) * self.rng.random() ** 2
        is_answered = self.rng.random() < chances.ANSWERS[wave]
        is_open = closes_at > self.now
        outcome = Prompt.Outcome.ANSWERED.value if is_answered else "" if is_open else chances.UNANSWERED.draw(self.rng)
        prompt = self._id()
        self.rows[Prompt].add(
            prompt, person.pk, activity.pk, FORMS[wave], due_at, closes_at, "open" if is_open else "closed", outcome, at if is_answered else None, "-"
        )
        return (prompt, at) if is_answered else None

    def _note(self, place, person, partner, *, at, activity=None, host=None, prompt=None):
        """A reflection with its things: [(takeaway, visibility, will_use)]."""
        visibility, reflection, language = chances.VISIBILITY.draw(self.rng), self._id(), self._language(person)
        approval = self._approval(visibility, place, at)
        self._reflect(place, person, partner, at, activity, prompt, reflection, language, chances.GAVE.draw(self.rng), visibility, approval)
        count = chances.HOW_MANY_THINGS.draw(self.rng)
        return [self._thing(place, person, at, host, reflection, language, visibility, approval, position) for position in range(count)]

    def _reflect(self, place, person, partner, at, activity, prompt, reflection, language, gave, visibility, approval):
        self.rows[Reflection].add(
            reflection,
            self._id(),
            person.pk,
            partner.pk,
            place.project.pk,
            activity and activity.pk,
            prompt,
            "questions" if prompt else "line",
            language,
            activity.ends_on if activity else at.date(),
            at,
            at,
            gave,
            self.words.text(language) if gave is not None else "",
            visibility,
            *approval,
            self.rng.random() < chances.COUNTS_WHEN_FEW,
        )
        self._changed(visibility, at, person, reflection=reflection)

    def _thing(self, place, person, at, host, reflection, language, visibility, approval, position):
        takeaway, will_use = self._id(), chances.WILL_USE.draw(self.rng)
        plan = ("(invented) soon", "(invented) try it") if will_use == Takeaway.WillUse.YES and self.rng.random() < 0.5 else ("", "")
        kinds = array(filter(None, [chances.KINDS.draw(self.rng)]))
        self.rows[Takeaway].add(
            takeaway, reflection, position, self.words.title(language), kinds, will_use, *plan, visibility, *approval, at if host else None
        )
        if host and self.rng.random() < chances.NAMES_THE_HOST:
            self.rows[Takeaway.source_partners.through].add(takeaway, host.pk)
        self._changed(visibility, at, person, takeaway=takeaway)
        if visibility != "only_me":
            self._held(place, takeaway, at)
        return takeaway, visibility, will_use

    def _held(self, place, takeaway, at):
        """By a colleague, or marked as to be kept."""
        for chance, add in ((chances.HAS_CARRIER, self._carry), (chances.IS_KEPT, self._keep)):
            if self.rng.random() < chance:
                add(takeaway, self.rng.choice(place.everybody)[0], at)

    def _carry(self, takeaway, person, at):
        self.rows[Carrier].add(takeaway, person.pk, at.date(), at)

    def _keep(self, takeaway, person, _at):
        self.rows[KeepMark].add(takeaway, person.pk)

    def _follow_up(self, place, person, partner, activity, things, wave, at, prompt):
        reflection = self._id()
        self._reflect(place, person, partner, at, activity, prompt, reflection, self._language(person), None, "only_me", (None, None))
        for takeaway, widest, will_use in things:
            if will_use == Takeaway.WillUse.NO:
                continue
            state, follow_up = chances.STATES[wave].draw(self.rng), self._id()
            is_applied = state in ("tried", "in_use", "stopped", "other")
            visibility = widest if widest != "public" and self.rng.random() < chances.SHARES_FOLLOW_UP else "only_me"
            effect, evidence = (chances.EFFECT.draw(self.rng), chances.EVIDENCE.draw(self.rng)) if is_applied else ("", 0)
            self.rows[FollowUp].add(follow_up, takeaway, reflection, wave, at, state, effect, evidence, visibility)
            self._changed(visibility, at, person, follow_up=follow_up)
            if is_applied and self.rng.random() < chances.IS_CONFIRMED:
                self.rows[Confirmation].add(follow_up, self.rng.choice(place.everybody)[0].pk, "saw", at)
        if self.rng.random() < chances.SAYS_WHAT_HINDERS:
            self.rows[Obstacle].add(person.pk, activity.pk, wave, array([chances.OBSTACLE.draw(self.rng)]))

    def _changed(self, visibility, at, person, *, reflection=None, takeaway=None, follow_up=None):
        if visibility != "only_me":
            self.rows[VisibilityChange].add(self._id(), reflection, takeaway, follow_up, "set", "only_me", visibility, at, person.pk)

    def _approval(self, visibility, place, at):
        """Of what is public: when it was checked, and by whom."""
        if visibility == "public" and self.rng.random() < chances.IS_APPROVED:
            return at, place.people[place.partners[0]][0].pk
        return None, None

    def _language(self, person):
        return "en" if self.rng.random() < chances.IN_ENGLISH else person.language

    def _on(self, day):
        return min(datetime.datetime.combine(day, NINE), self.now)

    def _id(self):
        return f"{self.rng.getrandbits(128):032x}"
