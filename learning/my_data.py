"""Everything of mine in one ZIP: JSON to take elsewhere, HTML to read (Art. 15 and 20 GDPR).

Every foreign key to a person is declared here, as mine or as why it is not in the file; tests/learning/test_my_data.py finds what is not.
"""

import io
import json
import zipfile

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation

MINE = {  # model → the way from its row to the person
    "learning.Reflection": "author",
    "learning.Takeaway": "reflection__author",
    "learning.FollowUp": "takeaway__reflection__author",
    "learning.Artefact": "takeaway__reflection__author",
    "learning.Carrier": "person",
    "learning.Obstacle": "person",
    "learning.Passing": "person",
    "learning.Change": "person",
    "learning.Confirmation": "person",
    "learning.KeepMark": "person",
    "learning.SwitchedOff": "person",
    "learning.Pause": "person",
    "learning.Unsubscription": "person",
    "learning.Reply": "author",
    "learning.Prompt": "person",
    "learning.NoticeAcceptance": "person",
    "learning.ConsentChange": "person",
    "learning.LeftOut": "person",
    "learning.CheckIn": "by",
    "changemakers.PracticeStage": "by",
    "partners.Membership": "person",
    "partners.ProjectRole": "person",
    "partners.Attendance": "person",
    "partners.Absence": "person",
    "partners.WriteUp": "author",
    "partners.Baseline": "by",
    "partners.Event": "by",
    "account.EmailAddress": "user",
    "usersessions.UserSession": "user",
    "mfa.Authenticator": "user",
}
HISTORY = {  # what a note or a thing said before, and who could read it
    "learning.Revision": ("reflection__author", "takeaway__reflection__author"),
    "learning.VisibilityChange": ("reflection__author", "takeaway__reflection__author", "follow_up__takeaway__reflection__author"),
}
SAID_BY_EVENTS = "that I did this stands among my events"
OTHERS = "somebody else's words, sent to me: I read them on the site, they are not mine to take"
NOT_MINE = {
    ("learning.Reflection", "reader"): OTHERS,
    ("learning.Takeaway", "reader"): OTHERS,
    ("learning.FollowUp", "reader"): OTHERS,
    ("learning.Reflection", "approved_by"): "a check of somebody else's words",
    ("learning.Takeaway", "approved_by"): "a check of somebody else's words",
    ("learning.FollowUp", "approved_by"): "a check of somebody else's words",
    ("learning.VisibilityChange", "reader"): "stands in the history of somebody else's thing; of my own it is in the file",
    ("learning.VisibilityChange", "by"): "stands in the history of somebody else's thing; of my own it is in the file",
    ("learning.Artefact", "checked_by"): "a check of somebody else's thing",
    ("learning.Nudge", "by"): SAID_BY_EVENTS,
    ("learning.ReportPack", "asked_by"): SAID_BY_EVENTS,
    ("learning.PublicFigure", "published_by"): SAID_BY_EVENTS,
    ("learning.QuestionSettings", "changed_by"): SAID_BY_EVENTS,
    ("learning.QuestionSettings", "sender"): "that my name stands on the mails of a project: said on the page of its questions",
    ("changemakers.Changemaker", "published_by"): SAID_BY_EVENTS,
    ("partners.Person_groups", "person"): "unused: rights come from memberships and roles",
    ("partners.Person_user_permissions", "person"): "unused: rights come from memberships and roles",
    ("partners.Project", "published_by"): SAID_BY_EVENTS,
    ("partners.Activity", "published_by"): SAID_BY_EVENTS,
    ("partners.Attendance", "recorded_by"): SAID_BY_EVENTS,
    ("partners.Event", "person"): "written by others about me: shown on the organisation's page of events, asked for at the organisation",
    ("partners.Membership", "ended_by"): SAID_BY_EVENTS,
    ("partners.Invitation", "sent_by"): SAID_BY_EVENTS,
    ("partners.Invitation", "accepted_by"): "my memberships and roles say the same",
    ("partners.Invitation", "withdrawn_by"): SAID_BY_EVENTS,
    ("partners.PlanChange", "by"): SAID_BY_EVENTS,
    ("partners.WriteUp", "public_by"): SAID_BY_EVENTS,
    ("partners.WriteUpRevision", "replaced_by"): "my organisation's text; the text of today is in the file",
    ("admin.LogEntry", "user"): "what a platform admin did to other people's rows",
}
SECRET = {"search", "nonce", "password", "session_key", "data", "user", "person", "author"}  # not words of mine, or keys that open something
OF_OTHERS = {"approved_by", "checked_by"}  # who looked at my words: a colleague's name, which I may have no right to read any more
OF_PERSON = (
    "name",
    "email",
    "language",
    "time_zone",
    "send_at",
    "mail_preference",
    "titles_in_mail",
    "calendar_in_mail",
    "private_address",
    "joined_at",
    "is_sample",
    "last_login",
)


def packed(person):
    """The bytes of the ZIP, in the person's language."""
    with translation.override(person.language):
        data = collected(person)
        page = render_to_string("learning/my_data.html", {"person": person, "data": data, "at": timezone.now(), "titles": _titles()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr("my-data.html", page)
        for artefact in apps.get_model("learning.Artefact").objects.filter(takeaway__reflection__author=person).exclude(file=""):
            with artefact.file.open() as file:
                archive.writestr(f"files/{artefact.file.name}", file.read())
    return out.getvalue()


def collected(person):
    """{model: its rows}, as plain values; who I am comes first."""
    paths = {label: (path,) for label, path in MINE.items()} | HISTORY
    me = {"partners.Person": [{name: getattr(person, name) for name in OF_PERSON}]}
    return me | {label: _rows(apps.get_model(label), ways, person) for label, ways in paths.items()}


def _rows(model, ways, person):
    fields = [field for field in model._meta.concrete_fields if field.name not in SECRET | OF_OTHERS]
    found = model.objects.none()
    for way in ways:
        found = found | model.objects.filter(**{way: person})
    related = [field.name for field in fields if field.is_relation and not _is_here(field)]
    return [{field.name: _plain(row, field) for field in fields} for row in found.select_related(*related).order_by("pk").distinct()]


def _plain(row, field):
    """As JSON holds it; of another row its name, or its id where it is in the file itself."""
    if field.is_relation and _is_here(field):
        return getattr(row, field.attname) and str(getattr(row, field.attname))
    value = getattr(row, field.name)
    if field.is_relation:
        return value if value is None else str(value)
    if field.get_internal_type() == "FileField":
        return value.name
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else field.value_to_string(row)


def _is_here(field):
    return field.related_model._meta.app_label == "learning"


def _titles():
    return {label: str(apps.get_model(label)._meta.verbose_name_plural) for label in ["partners.Person", *MINE, *HISTORY]}
