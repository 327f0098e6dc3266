"""What a project will ask by mail, as things stand now, under numbers that need not be its own yet."""

import datetime
from collections import defaultdict

from learning.facts.existing import read_existing
from learning.facts.experiences import read_facts
from learning.facts.recipients import read_lately, read_paused, read_questions
from learning.models import Prompt
from learning.planner import SETTLED, Question, Recipient, becomes, plan, wants

AHEAD = datetime.timedelta(days=400)


def read_upcoming(project, now, defaults):
    """One Recipient for everybody whom `project` will ask under `defaults`; also about activities that are still to come.

    What other projects ask of the same people is not known here.
    """
    facts = read_facts(now, project=project, until=now + AHEAD, defaults=defaults)
    existing = read_existing(now, project=project)
    put_off = {key for key, row in existing.items() if row.keeps_own_window(now)}
    wanted = plan(facts.experiences, now, put_off, known_by=now + AHEAD)
    asked = _asked(project, now, facts.things)
    people = {experience.person: experience for experience in facts.experiences}
    questions = defaultdict(list)
    for key, want in wanted.items():
        row = existing.get(key)
        if not want.outcome and not (row and row.outcome in SETTLED) and wants(people[key.person].preference, key.form):
            questions[key.person].append(_question(key, becomes(row, want) if row else want, asked.get(row and row.id), facts.things, defaults))
    lately, paused = read_lately(now), read_paused()
    return [
        Recipient(person, people[person].calendar, tuple(found), tuple(lately[str(person)]))
        for person, found in questions.items()
        if person not in paused
    ]


def _asked(project, now, things):
    """{id of an open prompt: its Question}"""
    prompts = Prompt.objects.open().filter(outcome=Prompt.Outcome.NONE).with_project().filter(in_project=project.pk)
    return {question.id: question for questions in read_questions(prompts, now, things).values() for question in questions}


def _question(key, want, asked, things, defaults):
    return Question(
        id=key,
        form=key.form,
        due_at=want.due_at,
        closes_at=want.closes_at,
        things=things.get((key.person, key.occasion), 0),
        mailed=asked.mailed if asked else (),
        nudged_at=asked.nudged_at if asked else None,
        is_put_off=bool(asked and asked.is_put_off),
        defaults=defaults,
    )
