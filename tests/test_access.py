"""Who may open what: one row per address, one column per actor. An address without a row fails, and so does a row without address.

Codes: 200, 302 (to the sign-in page for a stranger, onwards for others), 403 (may know, may not do), 404 (does not exist for you, or is not for
you to read). `post` marks what only a POST opens. Objects are those of tests/world.py: a project that is not published, seen from its own
people and from next door.
"""

import pytest
from django.conf import settings
from django.db import transaction
from django.template.base import Template
from django.test import Client
from django.urls import reverse

from tests import world as worlds
from tests.routes import our_routes
from tests.world import ACTORS

pytestmark = pytest.mark.django_db

# fmt: off
ACCESS = {
    # stranger, outsider, leaver, associate, member, admin, other, other_admin, coordinator, educator, platform
    "learning:home":                       ("get",  200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:project_detail":             ("get",  404, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:activity_list":              ("get",  404, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:activity_detail":            ("get",  404, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:visit_matrix":               ("get",  404, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:project_value":              ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:project_things":             ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:project_value_figures":      ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:project_value_cards":        ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:project_value_calls":        ("get",  302, 404, 404, 404, 404, 404, 404, 404, 200, 404, 404),
    "learning:project_figures":            ("get",  404, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:public_figures":             ("get",  302, 404, 404, 404, 404, 404, 404, 404, 200, 404, 404),
    "learning:leave_me_out":               ("post", 302, 404, 404, 302, 302, 302, 302, 302, 302, 302, 404),
    "learning:report_desk":                ("get",  302, 404, 404, 404, 404, 404, 404, 404, 200, 404, 404),
    "learning:report_ask":                 ("post", 302, 404, 404, 404, 404, 404, 404, 404, 302, 404, 404),
    "learning:report_file":                ("get",  302, 404, 404, 404, 404, 404, 404, 404, 200, 404, 404),
    "learning:room":                       ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:trace":                      ("get",  404, 404, 404, 404, 200, 200, 200, 200, 200, 200, 404),
    "learning:gap_list":                   ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:question_queue":             ("get",  302, 404, 404, 404, 404, 200, 404, 200, 200, 404, 404),
    "learning:question_again":             ("post", 302, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "learning:question_letters":           ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "learning:question_numbers":           ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "learning:question_remind":            ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "learning:question_trial":             ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "learning:project_partner_list":       ("get",  404, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:partner_detail":             ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:member_list":                ("get",  302, 404, 404, 404, 200, 200, 404, 404, 200, 404, 404),
    "learning:note":                       ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:note_draft":                 ("post", 302, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "learning:my_notes":                   ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:my_export":                  ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:my_questions":               ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:my_questions_again":         ("post", 302, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "learning:my_sharing":                 ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:note_detail":                ("get",  302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:note_kept":                  ("get",  302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:note_edit":                  ("get",  302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:note_readers":               ("get",  302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:note_taps":                  ("post", 302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "learning:note_delete":                ("post", 302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "learning:note_restore":               ("post", 302, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "learning:came_of_it":                 ("get",  302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:follow_up_share":             ("post", 302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "learning:follow_up_delete":            ("post", 302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "learning:follow_up_restore":           ("post", 302, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "learning:note_narrow":                ("get",  302, 404, 404, 404, 403, 404, 404, 404, 404, 404, 404),
    "learning:thing_narrow":               ("get",  302, 404, 404, 404, 403, 200, 403, 403, 200, 403, 404),
    "learning:to_check":                   ("get",  302, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404),
    "learning:search":                     ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:activity_qr":                ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:activity_figures":            ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:answer":                     ("get",  302, 302, 302, 302, 302, 302, 302, 302, 302, 302, 302),
    "learning:answer_instead":             ("get",  302, 302, 302, 302, 302, 302, 302, 302, 302, 302, 302),
    "learning:unsubscribe":                ("get",  200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:answer_begin":               ("get",  404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:answer_form":                ("get",  404, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "learning:answer_draft":               ("post", 404, 404, 404, 404, 403, 404, 404, 404, 404, 404, 404),
    "learning:answer_thanks":              ("get",  404, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "learning:answer_later":               ("get",  404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:answer_decline":             ("get",  404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:answer_stop":                ("get",  404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:answer_fewer":               ("get",  404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:answer_settings":            ("get",  404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404),
    "learning:answer_undo":                ("post", 404, 404, 404, 404, 403, 404, 404, 404, 404, 404, 404),
    "learning:pause":                      ("get",  302, 302, 302, 302, 302, 302, 302, 302, 302, 302, 302),
    "learning:pause_answer":               ("get",  404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "learning:answer_again":               ("post", 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:card_take":                  ("post", 302, 404, 404, 404, 403, 302, 302, 302, 302, 302, 404),
    "learning:card_leave":                 ("post", 302, 404, 404, 404, 302, 302, 302, 302, 302, 302, 404),
    "learning:card_reply":                 ("post", 302, 404, 404, 404, 302, 302, 302, 302, 302, 302, 404),
    "learning:reply_delete":               ("post", 302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "partners:project_list":               ("get",  200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "partners:project_edit":               ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "partners:project_period":             ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "partners:project_publish":            ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "partners:project_unpublish":          ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "partners:project_publish_held":       ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "partners:project_partner_add":        ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "partners:project_partner_edit":       ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "partners:project_partner_remove":     ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "partners:project_role_give":          ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "partners:project_role_end":           ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "partners:activity_create":            ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "partners:activity_edit":              ("get",  302, 404, 404, 403, 403, 200, 403, 200, 200, 403, 404),
    "partners:activity_move":              ("get",  302, 404, 404, 403, 403, 200, 403, 200, 200, 403, 404),
    "partners:activity_cancel":            ("get",  302, 404, 404, 403, 403, 403, 403, 403, 200, 403, 404),
    "partners:activity_restore":           ("get",  302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "partners:activity_held":              ("get",  302, 404, 404, 403, 403, 200, 403, 200, 200, 403, 404),
    "partners:activity_unhold":            ("get",  302, 404, 404, 403, 403, 302, 403, 302, 302, 403, 404),
    "partners:activity_ended":             ("post", 302, 404, 404, 403, 403, 403, 403, 403, 403, 403, 404),
    "partners:i_was_there":                ("post", 302, 404, 404, 403, 302, 302, 302, 302, 302, 302, 404),
    "partners:i_was_not_there":            ("post", 302, 404, 404, 403, 302, 302, 302, 302, 302, 302, 404),
    "partners:activity_publish":           ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "partners:activity_unpublish":         ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "partners:attendance_edit":            ("get",  302, 404, 404, 403, 403, 200, 403, 200, 200, 403, 404),
    "partners:headcount_edit":             ("get",  302, 404, 404, 403, 403, 200, 403, 200, 200, 403, 404),
    "partners:write_up_create":            ("get",  302, 404, 404, 403, 200, 200, 200, 200, 403, 403, 404),
    "partners:write_up_revise":            ("get",  302, 404, 404, 403, 200, 200, 403, 403, 403, 403, 404),
    "partners:write_up_publish":           ("post", 302, 404, 404, 403, 403, 302, 403, 403, 403, 403, 404),
    "partners:write_up_unpublish":         ("post", 302, 404, 404, 403, 403, 302, 403, 403, 403, 403, 404),
    "partners:invitation_accept":          ("get",  200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "partners:welcome":                    ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "partners:my_settings":                ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "partners:my_absences":                ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "partners:absence_remove":             ("post", 302, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404),
    "partners:my_security":                ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "partners:my_places":                  ("get",  302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:check_in":                   ("get",  302, 404, 404, 404, 200, 200, 404, 404, 200, 404, 404),
    "learning:memory_list":                ("get",  302, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "learning:memory_act":                 ("post", 302, 404, 404, 404, 302, 302, 404, 404, 404, 404, 404),
    "learning:memory_link":                ("post", 302, 404, 404, 404, 422, 422, 404, 404, 404, 404, 404),
    "learning:memory_artefact":            ("post", 302, 404, 404, 404, 302, 302, 404, 404, 404, 404, 404),
    "partners:partner_edit":               ("get",  302, 404, 404, 403, 403, 200, 403, 403, 200, 403, 404),
    "partners:event_list":                 ("get",  302, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404),
    "partners:membership_edit":            ("get",  302, 404, 404, 403, 403, 200, 403, 403, 200, 403, 404),
    "partners:membership_end":             ("get",  302, 404, 404, 403, 403, 200, 403, 403, 200, 403, 404),
    "partners:membership_resume":          ("get",  302, 404, 404, 403, 403, 403, 403, 403, 403, 403, 404),
    "partners:second_factor_reset":        ("get",  302, 404, 404, 403, 403, 302, 403, 403, 302, 403, 404),
    "partners:invitation_create":          ("get",  302, 404, 404, 403, 403, 200, 403, 403, 200, 403, 404),
    "partners:invitation_import":          ("get",  302, 404, 404, 403, 403, 200, 403, 403, 200, 403, 404),
    "partners:invitation_sample":          ("get",  302, 404, 404, 403, 403, 200, 403, 403, 200, 403, 404),
    "partners:invitation_resend":          ("post", 302, 404, 404, 403, 403, 302, 403, 403, 302, 403, 404),
    "partners:invitation_withdraw":        ("post", 302, 404, 404, 403, 403, 302, 403, 403, 302, 403, 404),
    "partners:baseline_detail":            ("get",  302, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "partners:baseline_write":             ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
    "partners:project_event_list":         ("get",  302, 404, 404, 404, 404, 404, 404, 404, 200, 404, 404),
    "changemakers:changemaker_list":       ("get",  200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "learning:changemaker_detail":         ("get",  404, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "learning:changemaker_stages":         ("get",  404, 404, 404, 200, 200, 200, 200, 200, 200, 200, 404),
    "changemakers:stage_record":           ("get",  302, 404, 404, 403, 403, 200, 403, 200, 200, 403, 404),
    "changemakers:stage_take_back":        ("post", 302, 404, 404, 403, 403, 302, 403, 403, 403, 403, 404),
    "changemakers:changemaker_publish":    ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "changemakers:changemaker_unpublish":  ("post", 302, 404, 404, 403, 403, 403, 403, 403, 302, 403, 404),
    "changemakers:choice_list":            ("get",  302, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "changemakers:choice_create":          ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
    "changemakers:choice_edit":            ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
    "changemakers:choice_choose":          ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
    "changemakers:choice_end":             ("get",  302, 404, 404, 403, 403, 403, 403, 403, 403, 403, 404),
    "changemakers:choice_drop":            ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
    "changemakers:changemaker_edit":       ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
    "changemakers:practice_create":        ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
    "changemakers:practice_edit":          ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
    "changemakers:practice_delete":        ("get",  302, 404, 404, 403, 403, 200, 403, 403, 403, 403, 404),
}
# fmt: on


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def hollow_pages(monkeypatch):
    """Codes alone are asked for: nothing is rendered. tests/test_canaries.py opens the same pages whole, as the same people."""
    monkeypatch.setattr(Template, "_render", lambda _template, _context: "")


def may_open(name, actor):
    """Does the address `name` answer `actor` with what is asked for?"""
    method, *codes = ACCESS.get(name, ("get", *[200] * len(ACTORS)))
    return method == "get" and codes[ACTORS.index(actor)] == 200


def as_actor(client, world, actor):
    if person := world.people[actor]:
        client.force_login(person)
    return client


def test_every_address_states_its_access():
    assert sorted(route.name for route in our_routes()) == sorted(ACCESS)


def test_every_view_carries_a_guard():
    assert [route.name for route in our_routes() if not hasattr(route.view, "guard")] == []


@pytest.mark.usefixtures("hollow_pages")
@pytest.mark.parametrize("actor", ACTORS)
def test_access(actor, world, client):
    as_actor(client, world, actor)

    assert {route.name: answer_to(client, world, route) for route in our_routes()} == {
        name: (method, codes[ACTORS.index(actor)]) for name, (method, *codes) in ACCESS.items()
    }


def answer_to(client, world, route):
    """The method the table names for this address, and what it answers; whatever it wrote is taken back."""
    method = ACCESS[route.name][0] if route.name in ACCESS else "get"
    with transaction.atomic():
        code = getattr(client, method)(reverse(route.name, kwargs=world.arguments(route))).status_code
        transaction.set_rollback(True)
    return method, code


@pytest.mark.usefixtures("hollow_pages")
@pytest.mark.parametrize("actor", ["member", "admin", "other_admin", "coordinator"])
def test_what_is_next_door_does_not_exist(actor, world, client):
    """Through one's own address, with the key of an object next door."""
    as_actor(client, world, actor)

    found = []
    for route in our_routes():
        for name in set(route.parameters) & OBJECTS:
            if set(route.parameters) - {name}:
                url = reverse(route.name, kwargs=world.arguments(route, foreign={name}))
                for answer in (client.get(url), client.post(url)):
                    if answer.status_code not in (302, 403, 404, 405) or is_redirect_onwards(answer):
                        found.append((route.name, name, answer.status_code))
    assert found == []


OBJECTS = {
    "follow_up",
    "card",
    "takeaway",
    "artefact",
    "pack",
    "reply",
    "membership",
    "role",
    "absence",
    "headcount",
    "write_up",
    "baseline",
    "invitation",
    "reflection",
    "choice",
    "practice",
    "stage",
    "changemaker",
    "project",
    "partner",
}


def is_redirect_onwards(answer):
    return answer.status_code == 302 and reverse("account_login") not in answer["Location"]


def test_the_address_of_a_button_opened_as_a_page_says_so(world, client):
    """After signing in again one is led to where the button was to lead."""
    as_actor(client, world, "coordinator")

    answer = client.get(reverse("partners:project_publish", args=[world.things["project"]]))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "press it again" in answer.content.decode()


@pytest.mark.parametrize("rubbish", ["\0", "ż' %"])
def test_no_page_breaks_on_a_query_of_rubbish(rubbish, world):
    """PostgreSQL takes no NUL; pages and choices may be anything."""
    query = dict.fromkeys(["q", "kind", "status", "partner", "country", "changemaker", "of", "page", "next"], rubbish)

    opened = {name: client.get(url, query).status_code for name, client, url in pages_once(world)}

    assert [name for name, code in opened.items() if code >= 500] == []
    assert len(opened) > 80


def test_a_cookie_of_rubbish_is_no_session(client):
    cookie = f'{settings.SESSION_COOKIE_NAME}="\\000 and more"'

    shown = client.get("/", headers={"cookie": cookie})

    assert (shown.status_code, shown.wsgi_request.user.is_authenticated) == (200, False)


def pages_once(world, actors=("coordinator", "admin", "member", "stranger")):
    """(name, client, address) of every page that one of `actors` may open, for the first of them who may."""
    clients = {actor: as_actor(Client(), world, actor) for actor in actors}
    for route in our_routes():
        if actor := next((actor for actor in clients if may_open(route.name, actor)), None):
            yield route.name, clients[actor], reverse(route.name, kwargs=world.arguments(route))
