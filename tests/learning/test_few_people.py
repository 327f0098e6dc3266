"""None, one, two, four or five people; nobody there, all silent, all gone, all to themselves; one partner: every page says so in honest words."""

import html
import re

import pytest
from django.urls import reverse

from learning.actions.releases import release_due
from tests.learning import circle
from tests.learning.worth import NOW, asked, people, say

pytestmark = pytest.mark.django_db
NONSENSE = re.compile(r"\b(of 0|0 of 0|between 0 and 0|nan|None|inf)\b|%\(|\.\.|\(\)|: \.|“”")
FEW = "Hidden to protect people: fewer than five of them can be counted."
FEW_SHARE = "Hidden to protect people: too few of them let it be counted."
NOTHING = "No data: nobody has shared anything of this."


def some(number, **how):
    return lambda around: [say(around, person, **how) for person in people(around, number)]


def silent(around):
    for person in people(around, 6):
        asked(around, person, "silent")


def gone(around):
    for person in people(around, 6):
        say(around, person)
        for form in ("F3", "F4"):
            asked(around, person, "left", form=form)


def absent(around):
    people(around, 6)
    around.activity.attendances.update(state="absent")


def alone(around):
    some(5)(around)
    around.project.parts.exclude(partner=around.home).delete()


CIRCUMSTANCES = {  # who there is: (what they do, what the page of the value says, what it does not say)
    "nobody": (some(0), ["nobody is recorded as having been at any activity", NOTHING], [FEW, FEW_SHARE, "; released on"]),
    "absent": (absent, ["nobody is recorded as having been at any activity", NOTHING], [FEW, FEW_SHARE, "people counted"]),
    "one": (some(1), [FEW, FEW_SHARE], ["; released on", "nobody is recorded as having been"]),
    "two": (some(2), [FEW, FEW_SHARE], ["; released on"]),
    "four": (some(4), [FEW, "Most often: A person or contact."], ["; released on"]),
    "five": (some(5), ["Got something, and expects to use something: 5 of 5. 5 people counted, of 5"], [FEW_SHARE, "100 %"]),
    "silent": (silent, ["At once: 0 of 6 have answered.", FEW, "Fewer than half of them noted something"], ["nobody is recorded as having been"]),
    "gone": (
        gone,
        [
            "At once: got something, expects to use it: 6 of 6.",
            "At the project's end: 0 of 6; of 6 it is not known, so it is between 0 and 6 of 6.",
            "After three months: 0 of 6 have answered.",
        ],
        [],
    ),
    "to themselves": (some(6, visibility="only_me"), [NOTHING], [FEW_SHARE, "Behind it, what you may read"]),
    "one partner": (alone, ["5 people counted, of 5"], ["Who took things from whom", "Between partners"]),
}


def text(page):
    body = re.sub(r"(?s)<(script|style|svg|nav|select|head)\b.*?</\1>", "", page.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("who", CIRCUMSTANCES)
def test_every_page_has_honest_words(who, client):
    around, (happens, said, unsaid) = circle.build(), CIRCUMSTANCES[who]
    happens(around)
    release_due(NOW)
    client.force_login(around.people["coordinator"])
    names = ("project_value", "project_value_cards", "project_value_calls", "public_figures", "report_desk", "question_queue", "gap_list", "room")
    pages = {name: text(client.get(reverse(f"learning:{name}", args=[around.project.slug]))) for name in names}
    pages["activity"] = text(client.get(around.activity.get_absolute_url()))

    assert {name: found.group() for name, page in pages.items() if (found := NONSENSE.search(page))} == {}
    assert [words for words in said if words not in pages["project_value"]] == []
    assert [words for words in unsaid if words in pages["project_value"]] == []


def test_the_report_calls_hidden_hidden_and_not_missing(client):
    around = circle.build()
    some(2)(around)
    release_due(NOW)
    client.force_login(around.people["coordinator"])
    later = text(client.get(reverse("learning:report_desk", args=[around.project.slug]))).split("What became of it", 2)[2]

    assert f"From first worth to what is left: {FEW}" in later.split("What went otherwise than planned")[0]
    assert "Nothing is kept about this yet." not in later.split("What went otherwise than planned")[0]
