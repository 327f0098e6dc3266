"""The plain admin: who opens it, what it never shows, people and partners as tables."""

import io

import openpyxl
import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tablib import Dataset

from changemakers.models import Changemaker, Choice
from iimprove import bounces
from iimprove.mail import Mail
from iimprove.models import Bounce
from partners.models import Activity, Event, Invitation, Membership, Partner, Person, Project, ProjectPartner, ProjectRole
from partners.resources import FORMATS, PartnerResource, PersonResource, guarded, unguarded
from tests.factories import (
    ActivityFactory,
    ChangemakerFactory,
    ChoiceFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    ProjectPartnerFactory,
    ProjectRoleFactory,
)

pytestmark = pytest.mark.django_db
CSV_FORMAT, XLSX_FORMAT = FORMATS
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''=1"]
PLAIN = ["River//Cities", "I_Improve", "Livet Bitch!", "Iwona Zając", "'quoted'", ""]


@pytest.fixture
def platform(client):
    person = PersonFactory(is_staff=True, second_factor=True)
    client.force_login(person)
    return person


@pytest.fixture
def rows(db):
    """At least one row of each kind."""
    part = ProjectPartnerFactory()
    ProjectRoleFactory(project=part.project)
    MembershipFactory(partner=part.partner)
    ActivityFactory(project=part.project, host=part.partner)
    InvitationFactory(partner=part.partner)
    ChoiceFactory(project=part.project, partner=part.partner, reasons="Reasons Canary", changemaker=ChangemakerFactory())
    Mail.objects.create(message="invitation", to="ona@example.org", language="en", state="failed", attempts=9)
    bounces.record("ona@example.org", event_id="1", is_permanent=True, words="no such user")
    Event.objects.create(verb="joined")


MODELS = [
    *(
        f"partners_{name}"
        for name in ("project", "partner", "person", "membership", "projectrole", "projectpartner", "activity", "invitation", "event")
    ),
    "iimprove_mail",
    "iimprove_bounce",
    "changemakers_changemaker",
    "changemakers_choice",
]


@pytest.mark.parametrize("model", MODELS)
def test_platform_admin_opens_list_and_row(platform, rows, client, model):
    listing = client.get(reverse(f"admin:{model}_changelist"))
    row = listing.context["cl"].queryset.first()

    page = client.get(reverse(f"admin:{model}_change", args=[row.pk]))

    assert (listing.status_code, page.status_code) == (200, 200)
    assert "Reasons Canary" not in listing.content.decode() + page.content.decode()


@pytest.mark.parametrize("model", [Event, Mail, Bounce, Invitation, Choice, Activity])
def test_what_is_only_looked_up_takes_no_change(platform, rows, client, model):
    name, row = f"admin:{model._meta.app_label}_{model._meta.model_name}", model.objects.first()

    assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert client.get(reverse(f"{name}_add")).status_code == 403


def test_only_our_own_models_are_in_the_admin():
    assert {model._meta.app_label for model in admin.site._registry} == {"partners", "iimprove", "changemakers"}


def test_nothing_is_deleted(platform, rows, client):
    answers = {
        client.post(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_delete", args=[model.objects.first().pk]), {"post": "yes"}
        ).status_code
        for model in (
            Project,
            Partner,
            Person,
            Membership,
            ProjectRole,
            ProjectPartner,
            Activity,
            Invitation,
            Event,
            Mail,
            Bounce,
            Changemaker,
            Choice,
        )
    }

    assert answers == {403}


def test_coordinators_and_partner_admins_do_not_get_in(client):
    for person in [ProjectRoleFactory(coordinator=True).person, MembershipFactory(admin=True).person]:
        client.force_login(person)
        assert client.get(reverse("admin:index")).status_code == 302


def test_send_again_queues_failed_mails_only(platform, client):
    failed, sent = (
        Mail.objects.create(message="invitation", to="o@example.org", language="en", state=state, attempts=9) for state in ("failed", "sent")
    )

    client.post(reverse("admin:iimprove_mail_changelist"), {"action": "send_again", "_selected_action": [failed.pk, sent.pk]})

    assert list(Mail.objects.order_by("state").values_list("state", "attempts")) == [("queued", 0), ("sent", 9)]


def test_an_address_is_tried_again(platform, rows, client):
    client.post(reverse("admin:iimprove_bounce_changelist"), {"action": "try_again", "_selected_action": [Bounce.objects.get().pk]})

    assert bounces.of(["ona@example.org"]) == {}


def test_a_second_spell_at_the_same_time_is_refused_in_words(platform, client):
    there = MembershipFactory()

    page = client.post(
        reverse("admin:partners_membership_add"),
        {"person": there.person.pk, "partner": there.partner.pk, "role": "member", "contract": "", "started_on": "2019-01-01"},
    )

    assert "This person has a place at this organisation in that time already." in page.content.decode()


def test_a_membership_added_leaves_an_event(platform, client):
    person, partner = PersonFactory(), PartnerFactory()

    client.post(reverse("admin:partners_membership_add"), {"person": person.pk, "partner": partner.pk, "role": "admin", "contract": ""})

    assert Membership.objects.get().role == "admin"
    assert list(Event.objects.values_list("verb", "by", "person", "partner")) == [("joined", platform.pk, person.pk, partner.pk)]


def test_closing_an_account_ends_its_places(platform, client):
    place = MembershipFactory()
    kept = {field: getattr(place.person, field) for field in ("email", "name", "language", "time_zone")}

    client.post(reverse("admin:partners_person_change", args=[place.person.pk]), kept)

    place.refresh_from_db()
    assert (place.person.is_active, place.is_ended) == (False, True)


# As tables


@pytest.mark.parametrize("value", [*FORMULAS, *PLAIN])
def test_guarded_cell_comes_back_as_it_was(value):
    assert unguarded(guarded(value)) == value


@pytest.mark.parametrize("value", FORMULAS)
def test_no_cell_of_a_csv_begins_like_a_formula(value):
    PartnerFactory(name=value)

    exported = CSV_FORMAT().export_data(PartnerResource().export())

    names = [row["name"] for row in Dataset().load(exported, format="csv").dict]
    assert names == [f"'{value}"]


@pytest.mark.parametrize("value", FORMULAS)
def test_no_cell_of_an_xlsx_is_a_formula(value):
    PartnerFactory(name=value)

    exported = XLSX_FORMAT().export_data(PartnerResource().export(force_native_type=True))

    cell = openpyxl.load_workbook(io.BytesIO(exported)).active["B2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


@pytest.mark.parametrize("format", FORMATS)
def test_export_then_import_changes_nothing(format):
    for value in ["=1+1", "-1", "Iwona Zając", "River//Cities"]:
        PartnerFactory(name=value, languages=["sv", "en"])
    before = list(Partner.objects.order_by("pk").values())
    exported = format().export_data(PartnerResource().export(force_native_type=format is XLSX_FORMAT))

    result = PartnerResource().import_data(format().create_dataset(exported), raise_errors=True)

    assert [row.import_type for row in result.rows] == ["skip"] * 4
    assert list(Partner.objects.order_by("pk").values()) == before


def people(text, client, *, confirm=True):
    url = reverse("admin:partners_person_import")
    page = client.post(url, {"import_file": SimpleUploadedFile("people.csv", text.encode("utf-8-sig")), "format": "0", "resource": "0"})
    if not confirm or "confirm_form" not in page.context:
        return page
    return client.post(reverse("admin:partners_person_process_import"), page.context["confirm_form"].initial, follow=True)


def test_import_makes_accounts_and_mails_nobody(platform, client):
    people("email;name;language\nOna@Example.org;=1+1;lt\n", client)

    person = Person.objects.get(email="ona@example.org")
    assert (person.name, person.language, person.has_usable_password()) == ("=1+1", "lt", False)
    assert not Mail.objects.exists()
    assert Event.objects.get().details == {"what": "person", "new": 1, "update": 0}


def test_import_shows_first_and_writes_nothing(platform, client):
    page = people("email,name\nona@example.org,Ona\n", client, confirm=False)

    assert "ona@example.org" in page.content.decode()
    assert not Person.objects.filter(email="ona@example.org").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("email,name,language\nbroken,Ona,en\n", "Enter a valid email address."),
        ("email,name,language\nona@example.org,Ona,xx\n", "is not a valid choice"),
        ("email,name,language\n,Ona,en\n", "There is no e-mail address in this line."),
        ("name,language\nOna,en\n", "email"),
    ],
)
def test_import_names_what_is_wrong_and_writes_nothing(platform, client, text, words):
    page = people(text, client)

    assert words in page.content.decode()
    assert list(Person.objects.all()) == [platform]


def test_import_gives_nobody_a_password_or_a_role(platform, client):
    people("email,name,is_staff,is_superuser,password\nona@example.org,Ona,1,1,secret\n", client)

    person = Person.objects.get(email="ona@example.org")
    assert (person.is_staff, person.is_superuser, person.has_usable_password()) == (False, False, False)


def test_import_keeps_the_password_of_who_is_there_already(platform, client):
    person = PersonFactory(email="ona@example.org", password="a password of her own")

    people("email,name\nona@example.org,Ona Nowa\n", client)

    person.refresh_from_db()
    assert (person.name, person.check_password("a password of her own")) == ("Ona Nowa", True)


def test_export_leaves_an_event(platform, client):
    client.post(
        reverse("admin:partners_person_export"),
        {"format": "0", "resource": "0"} | {f"personresource_{name}": "on" for name in PersonResource().fields},
    )

    assert Event.objects.get().verb == "exported"
