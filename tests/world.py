"""A small world in which everything that may leak carries a canary: a word found nowhere else, that says whose it is.

One project with a host (River//Cities), a guest (Laimikis) and an associated partner, and a second project next door of which
nobody here may see anything. `World.people` names the actors of RELIABILITY.md §4.
"""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from iimprove.clock import today
from learning.models import Artefact, Pause, ReportPack
from learning.models.unsubscription import unsubscribe_token
from partners.models import Absence, PlanChange, WriteUpRevision
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    BaselineFactory,
    ChangemakerFactory,
    CheckInFactory,
    ChoiceFactory,
    FollowUpFactory,
    HeadcountFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    PracticeFactory,
    PracticeStageFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
    PromptFactory,
    ReflectionFactory,
    ReplyFactory,
    TakeawayFactory,
    WriteUpFactory,
)

ACTORS = ("stranger", "outsider", "leaver", "associate", "member", "admin", "other", "other_admin", "coordinator", "educator", "platform")


@dataclass
class World:
    project: object = None
    host: object = None
    guest: object = None
    elsewhere: object = None  # the other project, with `elsewhere_host` and what belongs to them
    elsewhere_host: object = None
    people: dict = field(default_factory=dict)  # actor → Person; "stranger" → None
    things: dict = field(default_factory=dict)  # parameter of an address → value, here
    foreign: dict = field(default_factory=dict)  # the same, next door

    def arguments(self, route, *, foreign=()):
        """Arguments for `route`: what is here, and of those named in `foreign` what is next door."""
        return {name: (self.foreign if name in foreign else self.things)[name] for name in route.parameters}


def build():
    world = World()
    world.project, world.host, world.guest, world.people, world.things = _project("here", "rivercities", "laimikis")
    world.elsewhere, world.elsewhere_host, _guest, people, world.foreign = _project("nextdoor", "quayside", "harbour")
    world.people |= {
        "stranger": None,
        "outsider": people["admin"],
        "platform": PersonFactory(**_named("platform-here", is_staff=True, is_superuser=True, second_factor=True)),
    }
    return world


def _named(word, **values):
    return {
        "name": f"Canary-name-{word}",
        "email": f"canary-mail-{word}@example.org",
        "private_address": f"canary-private-{word}@example.org",
        **values,
    }


def _project(word, host_slug, guest_slug):
    project = ProjectFactory(slug=f"project-{word}", short_name=f"Canary-project-{word}", about=f"Canary-about-{word}")
    host = PartnerFactory(slug=host_slug, name=f"Canary-host-{word}", about=f"Canary-hostabout-{word}")
    guest = PartnerFactory(slug=guest_slug, name=f"Canary-guest-{word}")
    associated = PartnerFactory(slug=f"associated-{word}", name=f"Canary-associated-{word}")
    ProjectPartnerFactory(project=project, partner=host, lead=True)
    ProjectPartnerFactory(project=project, partner=guest)
    ProjectPartnerFactory(project=project, partner=associated, associated=True)

    people, roles = _people(word, project, host, guest, associated)
    activity, plans = _activity(word, project, host, guest, people)
    card, notes = _notes(word, host, activity, people)
    CheckInFactory(project=project, partner=host, wanted=f"Canary-checkin-{word}", story=card, why=f"Canary-checkinwhy-{word}")
    baseline = BaselineFactory(project=project, partner=host, improve=f"Canary-baseline-{word}")
    pack = ReportPack.objects.create(project=project, kind="pdf", language="en", asked_by=people["coordinator"], file=b"%PDF", made_at=timezone.now())
    things = {
        "project": project.slug,
        "partner": host.slug,
        "guest": guest.slug,
        "associated": associated.slug,
        "baseline": baseline.pk,
        "pack": pack.pk,
        "instead": "later",
        "verb": "keep",
    }
    return project, host, guest, people, things | roles | plans | notes | _changemakers(word, project, host, guest, people)


def _people(word, project, host, guest, associated):
    """Who is who, and what addresses name of them."""
    people = PersonFactory.together(
        member=_named(f"member-{word}"),
        admin=_named(f"admin-{word}", second_factor=True),
        leaver=_named(f"leaver-{word}"),
        other=_named(f"other-{word}"),
        other_admin=_named(f"otheradmin-{word}", second_factor=True),
        associate=_named(f"associate-{word}"),
        coordinator=_named(f"coordinator-{word}", second_factor=True),
        educator=_named(f"educator-{word}"),
    )
    membership = MembershipFactory(person=people["member"], partner=host, job_title=f"Canary-job-{word}")
    MembershipFactory(person=people["admin"], partner=host, role="admin")
    MembershipFactory(person=people["leaver"], partner=host, ended=True)
    MembershipFactory(person=people["other"], partner=guest)
    MembershipFactory(person=people["other_admin"], partner=guest, role="admin")
    MembershipFactory(person=people["associate"], partner=associated)
    role = ProjectRoleFactory(person=people["coordinator"], project=project, role="coordinator")
    ProjectRoleFactory(person=people["educator"], project=project, role="educator")
    absence = Absence.objects.create(person=people["member"], starts_on=today(), ends_on=today())
    invitation = InvitationFactory(
        partner=host, email=f"canary-invited-{word}@example.org", name=f"Canary-invitedname-{word}", sent_by=people["admin"]
    )
    return people, {
        "membership": membership.pk,
        "role": role.pk,
        "absence": absence.pk,
        "invitation": invitation.pk,
        "token": invitation.token,
    }


def _activity(word, project, host, guest, people):
    """A visit with all that is recorded of one."""
    activity = ActivityFactory(
        project=project, code="C4", title=f"Canary-activity-{word}", programme=f"Canary-programme-{word}", host=host, guests=[guest], status="planned"
    )
    PlanChange.objects.create(project=project, activity=activity, kind="moved", planned="March", reason=f"Canary-reason-{word}")
    AttendanceFactory(person=people["member"], partner=host, activity=activity)
    AttendanceFactory(person=people["other"], partner=guest, activity=activity)
    headcount = HeadcountFactory(activity=activity, role=f"Canary-headcount-{word}")
    write_up = WriteUpFactory(activity=activity, partner=host, author=people["member"], text=f"Canary-writeup-{word}", revised_at=timezone.now())
    WriteUpRevision.objects.create(write_up=write_up, text=f"Canary-revision-{word}", replaced_at=timezone.now() - datetime.timedelta(days=1))
    return activity, {"code": activity.code, "headcount": headcount.pk, "write_up": write_up.pk}


def _notes(word, host, activity, people):
    """What the member noted, at every level, and was asked; a card with all around it."""
    own = ReflectionFactory(author=people["member"], partner_then=host, activity=activity, text=f"Canary-note-{word}")
    TakeawayFactory(reflection=own, title=f"Canary-thing-{word}")
    unfinished = {"keep-new": [f"Canary-draft-{word}"]}
    ReflectionFactory(author=people["member"], partner_then=host, activity=activity, unfinished=True, text="", draft=unfinished)
    for level, reader in (("person", people["other"]), ("organisation", None), ("partnership", None)):
        TakeawayFactory(reflection=own, title=f"Canary-{level}thing-{word}", visibility=level, reader=reader)
    prompt = PromptFactory(person=people["member"], activity=activity)
    pause = Pause.objects.create(person=people["member"])
    told = ReflectionFactory(author=people["member"], partner_then=host, activity=activity)
    card = TakeawayFactory(reflection=told, title=f"Canary-card-{word}", visibility="partnership")
    artefact = Artefact.objects.create(takeaway=card, link=f"https://example.org/Canary-artefact-{word}")
    reply = ReplyFactory(takeaway=card, author=people["member"], text=f"Canary-reply-{word}")
    return card, {
        "reflection": own.pk,
        "prompt": prompt.pk,
        "prompt_token": prompt.token,
        "pause_token": pause.token,
        "mail_token": unsubscribe_token(prompt.person, "news"),
        "card": card.pk,
        "takeaway": card.pk,
        "follow_up": FollowUpFactory(takeaway=card).pk,
        "artefact": artefact.pk,
        "reply": reply.pk,
    }


def _changemakers(word, project, host, guest, people):
    """One the host chose, with a practice that has come some way; one it only considers."""
    changemaker = ChangemakerFactory(slug=f"changemaker-{word}", name=f"Canary-changemaker-{word}")
    chosen_practice = PracticeFactory(changemaker=changemaker, summary=f"Canary-practice-{word}")
    stage = PracticeStageFactory(practice=chosen_practice, partner=host, by=people["admin"], note=f"Canary-stagenote-{word}")
    PracticeStageFactory(practice=chosen_practice, partner=guest, taken_back_at=timezone.now(), note=f"Canary-takenback-{word}")
    ChoiceFactory(project=project, partner=host, changemaker=changemaker, chosen=True, reasons=f"Canary-choice-{word}")
    candidate = ChangemakerFactory(slug=f"candidate-{word}", name=f"Canary-candidate-{word}")
    practice = PracticeFactory(changemaker=candidate, summary=f"Canary-candidatepractice-{word}")
    choice = ChoiceFactory(project=project, partner=host, changemaker=candidate, reasons=f"Canary-candidatereason-{word}")
    return {
        "changemaker": changemaker.slug,
        "candidate": candidate.slug,
        "choice": choice.pk,
        "practice": practice.pk,
        "stage": stage.pk,
    }
