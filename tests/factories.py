"""What the tests are about: real rows, made briefly. Traits name states of life."""

import datetime

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone
from factory.django import DjangoModelFactory

from changemakers.models import Changemaker, Choice, Practice, PracticeStage
from iimprove.clock import today
from learning.models import CheckIn, FollowUp, Prompt, Reflection, Reply, Takeaway
from partners.models import (
    Activity,
    ActivityPartner,
    Attendance,
    Baseline,
    Headcount,
    Invitation,
    Membership,
    Partner,
    Person,
    Project,
    ProjectPartner,
    ProjectRole,
    WriteUp,
)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence("person{}@example.org".format)
    name = factory.Sequence("Person {}".format)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)

    @classmethod
    def together(cls, **people):
        """{name: person} from {name: values}: however many they are, they take as many statements."""
        sure = [name for name, values in people.items() if values.pop("second_factor", False)]
        made = {name: cls.build(**values) for name, values in people.items()}
        for person in made.values():
            person.set_unusable_password()
        Person.objects.bulk_create(made.values())
        EmailAddress.objects.bulk_create(_address(person) for person in made.values())
        Authenticator.objects.bulk_create(_authenticator(made[name]) for name in sure)
        return made

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        """The address is confirmed, as it is for everybody who has signed in once."""
        if create:
            _address(self).save()

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        """`second_factor=True`: has set one up, as admins and coordinators must."""
        if extracted:
            _authenticator(self).save()


def _address(person):
    return EmailAddress(user=person, email=person.email, verified=True, primary=True)


def _authenticator(person):
    return Authenticator(user=person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    slug = factory.Sequence("partner-{}".format)
    name = factory.Sequence("Partner {}".format)
    short_name = factory.SelfAttribute("name")
    city = "Vilnius"
    country = "LT"


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(published_at=factory.LazyFunction(timezone.now))

    slug = factory.Sequence("project-{}".format)
    short_name = factory.Sequence("Project {}".format)
    grant_reference = "2018-1-SE01-KA204-039139"
    starts_on = datetime.date(2018, 9, 1)
    ends_on = datetime.date(2021, 8, 31)


class ProjectPartnerFactory(DjangoModelFactory):
    class Meta:
        model = ProjectPartner

    class Params:
        lead = factory.Trait(part="lead")
        associated = factory.Trait(part="associated")

    project = factory.SubFactory(ProjectFactory)
    partner = factory.SubFactory(PartnerFactory)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        admin = factory.Trait(role="admin", person=factory.SubFactory(PersonFactory, second_factor=True))
        ended = factory.Trait(ended_on=factory.LazyFunction(lambda: today() - datetime.timedelta(days=1)))

    person = factory.SubFactory(PersonFactory)
    partner = factory.SubFactory(PartnerFactory)
    started_on = datetime.date(2018, 1, 1)


class ProjectRoleFactory(DjangoModelFactory):
    class Meta:
        model = ProjectRole

    class Params:
        coordinator = factory.Trait(role="coordinator", person=factory.SubFactory(PersonFactory, second_factor=True))
        educator = factory.Trait(role="educator")
        ended = factory.Trait(ended_on=factory.LazyFunction(lambda: today() - datetime.timedelta(days=1)))

    person = factory.SubFactory(PersonFactory)
    project = factory.SubFactory(ProjectFactory)
    role = "coordinator"
    started_on = datetime.date(2018, 1, 1)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    class Params:
        to_project = factory.Trait(partner=None, role="", project=factory.SubFactory(ProjectFactory), project_role="educator")

    email = factory.Sequence("guest{}@example.org".format)
    partner = factory.SubFactory(PartnerFactory)
    role = "member"
    sent_by = factory.SubFactory(PersonFactory)


class ActivityFactory(DjangoModelFactory):
    """`ActivityFactory(host=partner, guests=[partner, …])`; the partners join the project if they are not in it."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    class Params:
        held = factory.Trait(status="held")
        unknown = factory.Trait(starts_on=None, ends_on=None, place="")
        published = factory.Trait(published_at=factory.LazyFunction(timezone.now))

    project = factory.SubFactory(ProjectFactory)
    code = factory.Sequence("X{}".format)
    kind = "bilateral_meeting"
    place = "Vilnius"
    starts_on = datetime.date(2019, 3, 19)
    ends_on = datetime.date(2019, 3, 22)

    @factory.post_generation
    def host(self, create, extracted, **kwargs):
        if extracted:
            _side(self, extracted, "host")

    @factory.post_generation
    def guests(self, create, extracted, **kwargs):
        for partner in extracted or []:
            _side(self, partner, "guest")


def _side(activity, partner, side):
    ProjectPartner.objects.get_or_create(project=activity.project, partner=partner)
    ActivityPartner.objects.create(activity=activity, partner=partner, side=side)


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    person = factory.SubFactory(PersonFactory)
    activity = factory.SubFactory(ActivityFactory)
    state = "attended"


class HeadcountFactory(DjangoModelFactory):
    class Meta:
        model = Headcount

    activity = factory.SubFactory(ActivityFactory)
    role = factory.Sequence("librarians {}".format)
    number = 12


class WriteUpFactory(DjangoModelFactory):
    class Meta:
        model = WriteUp

    class Params:
        public = factory.Trait(public_at=factory.LazyFunction(timezone.now))

    activity = factory.SubFactory(ActivityFactory)
    partner = factory.SubFactory(PartnerFactory)
    text = factory.Sequence("We walked along the river {}.".format)


class BaselineFactory(DjangoModelFactory):
    class Meta:
        model = Baseline

    project = factory.SubFactory(ProjectFactory)
    partner = factory.SubFactory(PartnerFactory)
    improve = "How we listen to neighbours."


class ChangemakerFactory(DjangoModelFactory):
    class Meta:
        model = Changemaker

    class Params:
        published = factory.Trait(published_at=factory.LazyFunction(timezone.now))

    slug = factory.Sequence("changemaker-{}".format)
    name = factory.Sequence("Changemaker {}".format)
    kind = "person"


class ChoiceFactory(DjangoModelFactory):
    class Meta:
        model = Choice

    class Params:
        chosen = factory.Trait(state="chosen")

    project = factory.SubFactory(ProjectFactory)
    partner = factory.SubFactory(PartnerFactory)
    changemaker = factory.SubFactory(ChangemakerFactory)


class PracticeFactory(DjangoModelFactory):
    class Meta:
        model = Practice

    changemaker = factory.SubFactory(ChangemakerFactory)
    slug = factory.Sequence("practice-{}".format)
    name = factory.Sequence("Practice {}".format)
    steps = ["Ask", "Listen"]


class PracticeStageFactory(DjangoModelFactory):
    class Meta:
        model = PracticeStage

    practice = factory.SubFactory(PracticeFactory)
    partner = factory.SubFactory(PartnerFactory)
    stage = "tried"


class CheckInFactory(DjangoModelFactory):
    class Meta:
        model = CheckIn

    project = factory.SubFactory(ProjectFactory)
    partner = factory.SubFactory(PartnerFactory)
    wanted = "How neighbours are asked."


class ReflectionFactory(DjangoModelFactory):
    """Submitted, about an everyday moment unless an activity is given, read by its author alone."""

    class Meta:
        model = Reflection

    class Params:
        unfinished = factory.Trait(submitted_at=None)
        deleted = factory.Trait(deleted_at=factory.LazyFunction(timezone.now))
        public = factory.Trait(visibility="public", approved_at=factory.LazyFunction(timezone.now))

    author = factory.SubFactory(PersonFactory)
    submitted_at = factory.LazyFunction(timezone.now)
    text = factory.Sequence("We sat by the water until it was dark {}.".format)
    project = factory.LazyAttribute(lambda row: row.activity.project if row.activity else None)
    activity = None


class TakeawayFactory(DjangoModelFactory):
    class Meta:
        model = Takeaway

    class Params:
        public = factory.Trait(visibility="public", approved_at=factory.LazyFunction(timezone.now))

    reflection = factory.SubFactory(ReflectionFactory)
    title = factory.Sequence("Neighbours hold the keys {}".format)
    kinds = ["why"]
    will_use = 1


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    takeaway = factory.SubFactory(TakeawayFactory)
    wave = "m3"
    state = "tried"


class PromptFactory(DjangoModelFactory):
    """Due now and open for three weeks."""

    class Meta:
        model = Prompt

    person = factory.SubFactory(PersonFactory)
    activity = factory.SubFactory(ActivityFactory)
    form = "F2"
    due_at = factory.LazyFunction(timezone.now)
    closes_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=21))


class ReplyFactory(DjangoModelFactory):
    class Meta:
        model = Reply

    takeaway = factory.SubFactory(TakeawayFactory)
    author = factory.SubFactory(PersonFactory)
    text = "Who holds them where you work?"
