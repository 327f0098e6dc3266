"""What a partner wrote at the start, and each rereading: old versions stay."""

import pytest
from django.urls import reverse

from partners.models import Baseline, Event
from tests.factories import BaselineFactory, MembershipFactory, PersonFactory, ProjectFactory, ProjectPartnerFactory, ProjectRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(db):
    return ProjectPartnerFactory()


@pytest.fixture
def admin(part):
    return MembershipFactory(partner=part.partner, admin=True).person


def read(client, part):
    return client.get(reverse("partners:baseline_detail", args=[part.partner.slug, part.project.slug]))


def write(client, part, **data):
    return client.post(
        reverse("partners:baseline_write", args=[part.partner.slug, part.project.slug]), {"language": "en", "written_on": "2019-01-01"} | data
    )


def test_write_the_first_version(part, admin, client):
    client.force_login(admin)

    write(client, part, version=1, improve="How we listen.")

    assert list(Baseline.objects.values_list("version", "improve", "by")) == [(1, "How we listen.", admin.pk)]
    assert list(Event.objects.values_list("verb", "details")) == [("baseline_written", {"version": 1})]


def test_write_nothing_is_refused_at_the_field(part, admin, client):
    client.force_login(admin)

    assert write(client, part, version=1).context["form"].errors == {"improve": ["Write at least one of the three."]}


def test_reread_adds_a_version_and_leaves_the_first_as_it_was(part, admin, client):
    BaselineFactory(project=part.project, partner=part.partner, improve="Then.")
    client.force_login(admin)

    write(client, part, version=2, improve="Now.", what_changed="Two visits.")

    assert list(Baseline.objects.order_by("version").values_list("version", "improve")) == [(1, "Then."), (2, "Now.")]


def test_reread_needs_what_changed_and_nothing_else(part, admin, client):
    BaselineFactory(project=part.project, partner=part.partner)
    client.force_login(admin)

    assert write(client, part, version=2, improve="Now.").context["form"].errors == {"what_changed": ["This field is required."]}
    assert write(client, part, version=2, what_changed="Nothing.").status_code == 302


def test_reread_in_two_tabs_overwrites_nothing_and_keeps_the_text(part, admin, client):
    BaselineFactory(project=part.project, partner=part.partner)
    client.force_login(admin)
    write(client, part, version=2, what_changed="The first tab.")

    page = write(client, part, version=2, what_changed="The second tab.")

    assert "Somebody saved a version while you were writing." in page.content.decode()
    assert "The second tab." in page.content.decode()
    assert page.context["form"]["version"].value() == 3
    assert write(client, part, version=3, what_changed="The second tab.").status_code == 302
    assert list(Baseline.objects.order_by("version").values_list("what_changed", flat=True)) == ["", "The first tab.", "The second tab."]


def test_write_refuses_a_text_that_is_too_long_and_keeps_it(part, admin, client):
    client.force_login(admin)

    page = write(client, part, version=1, improve="ą" * 20_001)

    assert list(page.context["form"].errors) == ["improve"]
    assert "ą" * 20_001 in page.content.decode()


def test_reread_shows_each_text_as_it_was_last_written(part, admin, client):
    BaselineFactory(project=part.project, partner=part.partner, improve="Listen.", project_idea="Story walks.")
    BaselineFactory(project=part.project, partner=part.partner, version=2, improve="Give back.", what_changed="The walks.")
    client.force_login(admin)

    page = client.get(reverse("partners:baseline_write", args=[part.partner.slug, part.project.slug]))

    assert [(text, version.version) for _label, text, version in page.context["standing_texts"]] == [("Give back.", 2), ("Story walks.", 1)]


@pytest.mark.parametrize(
    ("actor", "code"),
    [("member", 200), ("another partner's member", 200), ("coordinator", 200), ("educator", 200), ("member next door", 404), ("nobody's", 404)],
)
def test_baseline_is_read_by_everybody_in_the_project(part, client, actor, code):
    BaselineFactory(project=part.project, partner=part.partner)
    person = {
        "member": lambda: MembershipFactory(partner=part.partner).person,
        "another partner's member": lambda: MembershipFactory(partner=ProjectPartnerFactory(project=part.project).partner).person,
        "coordinator": lambda: ProjectRoleFactory(project=part.project, coordinator=True).person,
        "educator": lambda: ProjectRoleFactory(project=part.project, educator=True).person,
        "member next door": lambda: MembershipFactory(partner=ProjectPartnerFactory().partner).person,
        "nobody's": PersonFactory,
    }[actor]()
    client.force_login(person)

    assert read(client, part).status_code == code


def test_baseline_of_a_project_one_is_not_in_does_not_exist_though_the_partner_is_known(part, client):
    """A partner in two projects: who knows it from one does not learn of the other."""
    other = ProjectPartnerFactory(partner=part.partner, project=ProjectFactory())
    BaselineFactory(project=other.project, partner=part.partner)
    client.force_login(MembershipFactory(partner=ProjectPartnerFactory(project=part.project).partner).person)

    assert read(client, part).status_code == 200
    assert read(client, other).status_code == 404


def test_only_admins_of_the_partner_write(part, client):
    for person in [MembershipFactory(partner=part.partner).person, ProjectRoleFactory(project=part.project, coordinator=True).person]:
        client.force_login(person)
        assert write(client, part, version=1, improve="Canary.").status_code == 403
    assert not Baseline.objects.exists()


def test_texts_carry_their_language(part, admin, client):
    BaselineFactory(project=part.project, partner=part.partner, language="lt", improve="Upė")
    client.force_login(admin)

    assert '<article class="write-up stack" lang="lt">' in read(client, part).content.decode()
