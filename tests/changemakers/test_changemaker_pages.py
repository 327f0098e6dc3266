"""The public list and page of changemakers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.models import Event
from tests.factories import (
    ChangemakerFactory,
    ChoiceFactory,
    MembershipFactory,
    PracticeFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("changemakers:changemaker_list")


def names(answer):
    return [changemaker.name for changemaker in answer.context["page"].object_list]


@pytest.fixture
def public(db):
    """Published, and chosen in a published project."""
    part = ProjectPartnerFactory(project__published=True, partner__slug="river-cities")
    changemaker = ChangemakerFactory(name="Iwona Zając", slug="iwona-zajac", what="muralist", place="Gdańsk", country="PL", published=True)
    return ChoiceFactory(project=part.project, partner=part.partner, changemaker=changemaker, chosen=True, reasons="Reason shown.", change="A wall.")


@pytest.mark.parametrize("words", ["Zajac", "zając", "ZAJĄC iwona", "gdansk", "Gdańsk muralist", "painted wall"])
def test_search_finds_accents_aside(public, client, words):
    PracticeFactory(changemaker=public.changemaker, name="The wall that was painted over")
    ChangemakerFactory(name="Livet Bitch!", published=True)

    assert names(client.get(LIST, {"q": words})) == ["Iwona Zając"]


@pytest.mark.parametrize("words", ["xyz", "%", "_", "' OR 1=1", "a " * 5000])
def test_search_survives_anything(public, client, words):
    answer = client.get(LIST, {"q": words, "partner": words, "country": words})

    assert (answer.status_code, names(answer)) == (200, [])


def test_nul_is_refused(client):
    assert client.get(LIST, {"q": "\0"}).status_code == 400


def test_list_is_in_the_order_of_a_dictionary(client):
    for name in ["Zofia", "Šnipiškės", "solna", "Stockholm", "Łucja"]:
        ChangemakerFactory(name=name, published=True)

    assert names(client.get(LIST)) == ["Łucja", "Šnipiškės", "solna", "Stockholm", "Zofia"]


@pytest.mark.parametrize("query", [{"partner": "river-cities"}, {"country": "PL"}])
def test_list_is_filtered(public, client, query):
    ChangemakerFactory(country="SE", published=True)

    assert names(client.get(LIST, query)) == ["Iwona Zając"]


def test_list_of_strangers_holds_what_is_published_alone(public, client):
    ChoiceFactory(project=public.project, changemaker__name="Canary", chosen=True)

    answer = client.get(LIST)

    assert names(answer) == ["Iwona Zając"]
    assert "Canary" not in answer.content.decode()


def test_list_does_not_tell_by_its_filter_who_considers_somebody_public(public, client):
    considering = ChoiceFactory(project=public.project, partner__slug="secret-admirer", changemaker=public.changemaker)

    answer = client.get(LIST, {"partner": considering.partner.slug})

    assert names(answer) == []
    assert considering.partner.name not in answer.content.decode()


def test_list_answers_htmx_with_the_results_alone(public, client):
    answer = client.get(LIST, {"q": "zajac"}, headers={"HX-Request": "true"}).content.decode()

    assert "Iwona Zając" in answer
    assert "<html" not in answer


def test_list_is_paged_and_takes_as_many_queries_for_many_as_for_one(public, client):
    def queries_with(count):
        for _number in range(count):
            ChoiceFactory(project=public.project, changemaker=ChangemakerFactory(published=True), chosen=True)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    assert queries_with(1) == queries_with(30)
    assert "Page 2 of 2" in client.get(LIST, {"page": 2}).content.decode()


def test_empty_list_says_why(client):
    assert "No changemaker to be read yet" in client.get(LIST).content.decode()


def test_page_shows_steps_evidence_and_what_is_missing(public, client):
    PracticeFactory(changemaker=public.changemaker, steps=["Ask", "Listen"], must_not_be_lost="The words stay theirs.", language="pl")

    page = client.get(public.changemaker.get_absolute_url()).content.decode()

    assert "The words stay theirs." in page
    assert '<section class="stack" lang="pl">' in page
    assert "Reason shown." in page
    assert page.count("Nothing recorded yet.") == 2  # innovation and community


def test_page_of_strangers_ends_with_the_sentence_and_the_grant_number(public, client):
    page = client.get(public.changemaker.get_absolute_url()).content.decode()

    assert "does not constitute an endorsement of the contents" in page
    assert public.project.grant_reference in page


def test_page_hides_choices_in_projects_that_are_not_public(public, client):
    ChoiceFactory(project=ProjectFactory(), partner__name="Hidden Canary", changemaker=public.changemaker, chosen=True, reasons="Reason canary.")

    page = client.get(public.changemaker.get_absolute_url()).content.decode()

    assert "canary" not in page.lower()


def test_page_keeps_candidates_reasons_among_the_partner_s_members(public, client):
    candidacy = ChoiceFactory(project=public.project, changemaker=public.changemaker, reasons="Reason canary.")
    coordinator = ProjectRoleFactory(project=public.project, coordinator=True).person

    def page_of(person):
        client.force_login(person)
        return client.get(public.changemaker.get_absolute_url()).content.decode()

    assert "Reason canary." in page_of(MembershipFactory(partner=candidacy.partner).person)
    assert "Reason canary." not in page_of(coordinator)
    assert "Reason canary." not in page_of(MembershipFactory(partner=public.partner).person)


def test_page_does_not_exist_for_strangers_before_it_is_published(client):
    assert client.get(ChangemakerFactory().get_absolute_url()).status_code == 404


def test_page_shows_a_source_as_a_link_only_if_it_is_one(public, client):
    public.changemaker.sources = [{"url": "javascript:alert(1)", "what": "trap"}, {"url": "https://example.org/a", "what": "talk"}]
    public.changemaker.save()

    page = client.get(public.changemaker.get_absolute_url()).content.decode()

    assert "javascript:" not in page
    assert 'href="https://example.org/a"' in page


@pytest.mark.parametrize("name", ["changemaker_publish", "changemaker_unpublish"])
def test_publishing_is_the_coordinator_s_and_leaves_an_event(name, client):
    choice = ChoiceFactory(changemaker=ChangemakerFactory(published=name == "changemaker_unpublish"), chosen=True)
    client.force_login(ProjectRoleFactory(project=choice.project, coordinator=True).person)

    client.post(reverse(f"changemakers:{name}", args=[choice.project.slug, choice.changemaker.slug]))

    choice.changemaker.refresh_from_db()
    assert choice.changemaker.is_published is (name == "changemaker_publish")
    assert list(Event.objects.values_list("verb", "project")) == [(name.removeprefix("changemaker_") + "ed", choice.project.pk)]


def test_publishing_a_candidate_is_impossible(client):
    candidate = ChoiceFactory()
    client.force_login(ProjectRoleFactory(project=candidate.project, coordinator=True).person)

    answer = client.post(reverse("changemakers:changemaker_publish", args=[candidate.project.slug, candidate.changemaker.slug]))

    candidate.changemaker.refresh_from_db()
    assert (answer.status_code, candidate.changemaker.is_published) == (404, False)


def test_candidates_page_is_for_members(public, client):
    ChoiceFactory(project=public.project, partner=public.partner, changemaker__name="Candidate Canary")
    url = reverse("changemakers:choice_list", args=[public.partner.slug])

    def answer_to(person):
        client.force_login(person)
        return client.get(url)

    assert "Candidate Canary" in answer_to(MembershipFactory(partner=public.partner).person).content.decode()
    assert answer_to(ProjectRoleFactory(project=public.project, coordinator=True).person).status_code == 404
    assert answer_to(MembershipFactory().person).status_code == 404
