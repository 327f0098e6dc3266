"""Considering, choosing, ending; describing the changemaker and the practices."""

import pytest
from django.urls import reverse

from changemakers.models import Changemaker, Choice, Practice
from iimprove.clock import today
from partners.models import Event
from tests.factories import ChangemakerFactory, ChoiceFactory, MembershipFactory, PracticeFactory, ProjectPartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(db):
    return ProjectPartnerFactory()


@pytest.fixture
def admin(part, client):
    person = MembershipFactory(partner=part.partner, admin=True).person
    client.force_login(person)
    return person


@pytest.fixture
def candidate(part):
    return ChoiceFactory(project=part.project, partner=part.partner)


def address(name, choice, *more):
    return reverse(f"changemakers:{name}", args=[choice.partner.slug, choice.pk, *more])


def add(client, part, query="", **data):
    return client.post(
        reverse("changemakers:choice_create", args=[part.partner.slug]) + query, {"project": part.project.pk, "reasons": "Why."} | data
    )


def test_consider_somebody_new(part, admin, client):
    add(client, part, **{"new-name": "Iwona Zając", "new-kind": "person"})

    choice = Choice.objects.get()
    assert (choice.state, choice.changemaker.slug, choice.reasons) == ("candidate", "iwona-zajac", "Why.")
    assert list(Event.objects.values_list("verb", "partner", "project", "details")) == [("changemaker_considered", part.partner.pk, None, {})]


@pytest.mark.parametrize(("name", "slug"), [("Livet Bitch!", "livet-bitch"), ("Łódź Øst", "lodz-ost"), ("河", "changemaker")])
def test_consider_gives_a_short_address(part, admin, client, name, slug):
    add(client, part, **{"new-name": name, "new-kind": "organisation"})

    assert Changemaker.objects.get().slug == slug


def test_consider_a_namesake_gives_another_address(part, admin, client):
    ChangemakerFactory(name="Iwona Zając", slug="iwona-zajac")

    add(client, part, **{"new-name": "Iwona Zając", "new-kind": "person"})

    assert Choice.objects.get().changemaker.slug == "iwona-zajac-2"


def test_consider_somebody_known(part, admin, client):
    known = ChangemakerFactory(published=True)

    add(client, part, f"?changemaker={known.slug}")

    assert (Choice.objects.get().changemaker, Changemaker.objects.count()) == (known, 1)


def test_consider_twice_is_refused_in_words_and_keeps_the_input(part, admin, candidate, client):
    page = add(client, part, f"?changemaker={candidate.changemaker.slug}", reasons="Kept.")

    assert page.context["form"].non_field_errors() == [f"{candidate.changemaker} is on your list in this project already."]
    assert "Kept." in page.content.decode()


def test_consider_does_not_find_another_partner_s_candidate(part, admin, client):
    secret = ChoiceFactory(project=part.project, changemaker__name="Canary Kowalska").changemaker

    found = client.get(reverse("changemakers:choice_create", args=[part.partner.slug]) + "?q=canary").context["found"]
    add(client, part, f"?changemaker={secret.slug}")

    assert list(found) == []
    assert secret.choices.count() == 1


def test_consider_in_a_project_one_is_not_in_is_refused(part, admin, client):
    elsewhere = ProjectPartnerFactory().project

    page = add(client, part, project=elsewhere.pk, **{"new-name": "Iwona", "new-kind": "person"})

    assert list(page.context["form"].errors) == ["project"]
    assert not Changemaker.objects.exists()


def test_choose_tells_the_project(candidate, admin, client):
    client.post(address("choice_choose", candidate), {"reasons": "Because.", "change": "A wall.", "chosen_on": "2019-03-20"})

    candidate.refresh_from_db()
    assert (candidate.state, candidate.change, candidate.chosen_on.isoformat()) == ("chosen", "A wall.", "2019-03-20")
    assert list(Event.objects.values_list("verb", "partner", "project")) == [("changemaker_chosen", candidate.partner.pk, candidate.project.pk)]


def test_choose_needs_reasons(candidate, admin, client):
    page = client.post(address("choice_choose", candidate), {"reasons": "", "change": "Kept."})

    assert page.context["form"].errors == {"reasons": ["This field is required."]}
    assert "Kept." in page.content.decode()


def test_choose_a_second_one_is_refused_in_words(part, candidate, admin, client):
    ChoiceFactory(project=part.project, partner=part.partner, chosen=True)

    page = client.post(address("choice_choose", candidate), {"reasons": "Because."})

    assert page.context["form"].non_field_errors() == ["A changemaker is chosen already: end that work first."]
    candidate.refresh_from_db()
    assert candidate.state == "candidate"


def test_end_keeps_what_was_written(part, admin, client):
    choice = ChoiceFactory(project=part.project, partner=part.partner, chosen=True, reasons="Because.")

    client.post(address("choice_end", choice), {"ended_on": today().isoformat(), "ended_reason": "Moved away."})

    choice.refresh_from_db()
    assert (choice.state, choice.reasons, choice.ended_reason) == ("ended", "Because.", "Moved away.")
    assert Event.objects.get().verb == "changemaker_ended"


def test_end_before_the_choice_is_refused(part, admin, client):
    choice = ChoiceFactory(project=part.project, partner=part.partner, chosen=True, chosen_on="2019-03-20")

    page = client.post(address("choice_end", choice), {"ended_on": "2019-03-19", "ended_reason": "x"})

    assert page.context["form"].errors == {"ended_on": ["This is before the day of the choice."]}


def test_drop_removes_the_candidate_and_the_changemaker_nobody_else_knows(candidate, admin, client):
    client.post(address("choice_drop", candidate))

    assert not Changemaker.objects.exists()


def test_drop_leaves_a_changemaker_others_know(candidate, admin, client):
    ChoiceFactory(changemaker=candidate.changemaker)

    client.post(address("choice_drop", candidate))

    assert Changemaker.objects.get() == candidate.changemaker


def test_practice_takes_one_step_a_line(candidate, admin, client):
    client.post(address("practice_create", candidate), {"name": "Story walk", "language": "en", "steps": " Ask \n\n Listen\r\nGive back "})

    practice = Practice.objects.get()
    assert (practice.slug, practice.steps) == ("story-walk", ["Ask", "Listen", "Give back"])


@pytest.mark.parametrize(
    ("steps", "message"), [("x\n" * 41, "41 steps: at most 40."), ("ok\n" + "x" * 1001, "Step 2 is longer than 1000 characters.")]
)
def test_practice_refuses_steps_nobody_would_read(candidate, admin, client, steps, message):
    page = client.post(address("practice_create", candidate), {"name": "Story walk", "language": "en", "steps": steps})

    assert page.context["form"].errors == {"steps": [message]}
    assert not Practice.objects.exists()


def test_practice_keeps_its_address_when_renamed(candidate, admin, client):
    practice = PracticeFactory(changemaker=candidate.changemaker, slug="walk")

    client.post(address("practice_edit", candidate, practice.pk), {"name": "Story walk", "language": "en", "steps": "Ask"})

    practice.refresh_from_db()
    assert (practice.slug, practice.name) == ("walk", "Story walk")


def test_practice_of_somebody_else_is_not_found(candidate, admin, client):
    foreign = PracticeFactory()

    assert client.post(address("practice_delete", candidate, foreign.pk)).status_code == 404
    assert Practice.objects.get() == foreign


@pytest.mark.parametrize("name", ["choice_edit", "choice_choose", "choice_end", "choice_create", "changemaker_edit", "practice_create"])
def test_back_without_saving_leads_back(name, client):
    choice = ChoiceFactory(chosen=name not in ("choice_choose", "choice_create"))
    client.force_login(MembershipFactory(partner=choice.partner, admin=True).person)
    arguments = [choice.partner.slug] if name == "choice_create" else [choice.partner.slug, choice.pk]
    person = name in ("changemaker_edit", "practice_create")
    back = choice.changemaker.get_absolute_url() if person else reverse("changemakers:choice_list", args=[choice.partner.slug])

    page = client.get(reverse(f"changemakers:{name}", args=arguments)).content.decode()

    assert f'<a class="btn btn-quiet" href="{back}">Back without saving</a>' in page


@pytest.mark.parametrize("name", ["changemaker_edit", "practice_create"])
def test_whom_another_organisation_chose_is_not_described(admin, candidate, client, name):
    ChoiceFactory(project=candidate.project, changemaker=candidate.changemaker, chosen=True)

    assert client.get(address(name, candidate)).status_code == 403
