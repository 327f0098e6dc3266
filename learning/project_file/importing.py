"""A project file → rows: all of it, in one transaction, or nothing."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from changemakers.models import Changemaker, Choice, Practice, PracticeStage
from learning.project_file import schema
from learning.project_file.checking import check
from learning.project_file.comparing import differences, differing
from learning.project_file.importing_notes import make_notes, taken_ids
from learning.project_file.reading import Problem, Refused, read
from partners.models import (
    Activity,
    ActivityPartner,
    Attendance,
    Baseline,
    Event,
    Headcount,
    Membership,
    Partner,
    Person,
    PlanChange,
    Project,
    ProjectPartner,
    ProjectRole,
    WriteUp,
)
from partners.models.event import record


@dataclass
class Outcome:
    """What an import did: made the project, or found it here and compared. `notes` say what differs and stays as it is here."""

    project: Project
    is_new: bool
    notes: list = field(default_factory=list)


def import_text(text):
    """Make the file's project; where it is here already, write nothing and say what differs. Raises Refused with every problem."""
    file, problems = read(text)
    if file is not None:
        problems += [*check(file), *_refused_here(file)]
    if problems:
        raise Refused(problems)
    here = Project.objects.filter(slug=file["project"]["slug"]).first()
    if here:
        return Outcome(here, is_new=False, notes=differences(file, here))
    if problems := [*_taken_addresses(file), *taken_ids(file)]:
        raise Refused(problems)
    try:
        with transaction.atomic():
            return _create(file)
    except DatabaseError as error:  # a rule of the database, or somebody else at this very moment
        raise Refused([Problem(1, "", f"The database refused it: {' '.join(str(error).split())}")]) from error


def _refused_here(file):
    if file.get("sample") and not settings.LOCAL:
        yield file.problem("sample", "Only local mode imports a sample: its people are invented, and can be signed in as by anybody.")


def _taken_addresses(file):
    """An import never writes in the name of somebody who has an account."""
    rows = {row["email"]: row for row in file.get("people", [])}
    taken = Person.objects.filter(email__in=rows).values_list("email", flat=True)
    return [rows[email].problem("email", f"There is an account with the address {email} here already.") for email in taken]


def _create(file):
    file_project = file["project"]
    project = Project.objects.create(is_sample=file.get("sample", False), **schema.PROJECT.fields(file_project), **_published(file_project))
    making = _Making(project)
    making.partners_of(file)
    making.people_of(file)
    making.plan_changes_of(file_project, activity=None)
    for row in file.get("activities", []):
        making.activity(row)
    making.baselines_of(file)
    making.changemakers_of(file)
    making.stages_of(file)
    make_notes(file, project, making)
    record(Event.Verb.IMPORTED, by=None, project=project, details={"not_contained": file.get("not_contained", {})})
    return Outcome(project, is_new=True, notes=making.notes)


class _Making:
    """What is already made of the file, by the names the file calls it."""

    def __init__(self, project):
        self.project, self.notes = project, []
        self.partners, self.people, self.changemakers = {}, {None: None}, {}
        self.activities, self.practices = {None: None}, {None: None}

    def partners_of(self, file):
        for row in file.get("partners", []):
            partner = Partner.objects.filter(slug=row["slug"]).first()
            if partner:
                self.notes += differing(row, _part(partner, row), schema.PARTNER_SECTION)
            else:
                partner = Partner.objects.create(**schema.PARTNER_SECTION.fields(row, via="partner"))
            self.partners[partner.slug] = partner
            ProjectPartner.objects.create(project=self.project, partner=partner, **schema.PARTNER_SECTION.fields(row))

    def people_of(self, file):
        """Sample people: no password, the address confirmed, so that they can be signed in as."""
        for row in file.get("people", []):
            person = Person.objects.create_user(is_sample=True, **schema.PEOPLE.fields(row))
            person.emailaddress_set.create(email=person.email, verified=True, primary=True)
            self.people[person.email] = person
            Membership.objects.bulk_create(
                Membership(person=person, partner=self.partners[spell["partner"]], **schema.MEMBERSHIP.fields(spell))
                for spell in row.get("memberships", [])
            )
            ProjectRole.objects.bulk_create(
                ProjectRole(person=person, project=self.project, **schema.PROJECT_ROLE.fields(role)) for role in row.get("project_roles", [])
            )

    def plan_changes_of(self, row, *, activity):
        PlanChange.objects.bulk_create(
            PlanChange(project=self.project, activity=activity, by=self.people[change.get("by")], **schema.PLAN_CHANGE.fields(change))
            for change in row.get("plan_changes", [])
        )

    def activity(self, row):
        activity = Activity.objects.create(project=self.project, **schema.ACTIVITIES.fields(row), **_published(row))
        self.activities[activity.code] = activity
        sides = [(row["host"], ActivityPartner.Side.HOST)] if row.get("host") else []
        sides += [(guest, ActivityPartner.Side.GUEST) for guest in row.get("guests", [])]
        ActivityPartner.objects.bulk_create(ActivityPartner(activity=activity, partner=self.partners[name], side=side) for name, side in sides)
        Attendance.objects.bulk_create(
            Attendance(
                activity=activity,
                person=self.people[one["person"]],
                partner=self.partners.get(one.get("partner")),
                **schema.ATTENDANCE.fields(one),
            )
            for one in row.get("attendance", [])
        )
        Headcount.objects.bulk_create(Headcount(activity=activity, **schema.HEADCOUNT.fields(one)) for one in row.get("headcounts", []))
        WriteUp.objects.bulk_create(
            WriteUp(
                activity=activity,
                partner=self.partners[one["partner"]],
                author=self.people[one.get("author")],
                public_at=timezone.now() if one.get("public") else None,
                **schema.WRITE_UP.fields(one),
            )
            for one in row.get("write_ups", [])
        )
        self.plan_changes_of(row, activity=activity)

    def baselines_of(self, file):
        Baseline.objects.bulk_create(
            Baseline(project=self.project, partner=self.partners[row["partner"]], by=self.people[row.get("by")], **schema.BASELINES.fields(row))
            for row in file.get("baselines", [])
        )

    def changemakers_of(self, file):
        for row in file.get("changemakers", []):
            changemaker = Changemaker.objects.filter(slug=row["slug"]).first()
            if changemaker:
                self.notes += differing(row, changemaker, schema.CHANGEMAKERS)
            else:
                changemaker = Changemaker.objects.create(**schema.CHANGEMAKERS.fields(row), **_published(row))
                Practice.objects.bulk_create(
                    Practice(changemaker=changemaker, **schema.PRACTICE.fields(practice)) for practice in row.get("practices", [])
                )
            self.changemakers[changemaker.slug] = changemaker
            self.practices |= {f"{changemaker.slug}/{practice.slug}": practice for practice in changemaker.practices.all()}
        Choice.objects.bulk_create(
            Choice(
                project=self.project,
                partner=self.partners[row["partner"]],
                changemaker=self.changemakers[row["changemaker"]],
                **schema.CHOICES.fields(row),
            )
            for row in file.get("choices", [])
        )

    def stages_of(self, file):
        """What another project here knows already is not said twice."""
        for row in file.get("stages", []):
            of = {"practice": self.practices[row["practice"]], "partner": self.partners[row["partner"]]}
            PracticeStage.objects.get_or_create(**of, **schema.STAGES.fields(row))


def _published(row):
    return {"published_at": timezone.now()} if row.get("published") else {}


def _part(partner, row):
    """The partner of this site as it would stand in the project."""
    return ProjectPartner(partner=partner, part=row["part"], note=row.get("note", ""))
