"""The page, the spreadsheet, the PDF, the CSV and the JSON show the same figures and hide the same ones: read as a person or a program gets them."""

import csv
import datetime
import io
import json
import random
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from learning.actions.releases import release_due
from learning.models import FollowUp, Obstacle, Release, ReportPack
from tests.learning import circle
from tests.learning.worth import AT_THE_END, NOW, asked, people, say

pytestmark = pytest.mark.django_db
BARS = ("M3.", "M4.", "M5 ", "M11.")
STATES = [state.value for state in FollowUp.State]
EFFECTS = ["", *(effect.value for effect in FollowUp.Effect)]


def some_project(seed):
    """Up to sixteen people who share, tick, keep to themselves, are silent or leave; few enough here and there for figures to be hidden."""
    around, chance = circle.build(), random.Random(seed)
    other = around.project.partners.exclude(pk=around.home.pk).first()
    for person in people(around, (0, 4, 6, 9, 12, 16)[seed]):
        asked(around, person, chance.choice(["answered", "silent", "left"]))
        if chance.random() < 0.9:
            _speak(around, chance, person, other)
    release_due(NOW)
    return around


def _speak(around, chance, person, other):
    level = chance.choice(["partnership", "partnership", "partnership", "organisation", "only_me"])
    thing = say(
        around, person, [chance.choice(["who", "how", "why"])], visibility=level, gave=chance.choice([-1, 0, 1, 2]), will_use=chance.randrange(3)
    )
    if chance.random() < 0.3:
        type(thing.reflection).objects.filter(pk=thing.reflection_id).update(counts_when_few=True)
    if chance.random() < 0.5:
        thing.source_partners.add(other)
    for wave, days in (("w2", 15), ("m3", 92), ("m12", 370)):
        if chance.random() < 0.7:
            said = {"state": chance.choice(STATES), "effect": chance.choice(EFFECTS), "evidence": chance.randrange(3)}
            at = AT_THE_END + datetime.timedelta(days=days)
            FollowUp.objects.create(takeaway=thing, wave=wave, observed_at=at, visibility=chance.choice([level, "only_me"]), **said)
        if chance.random() < 0.5:
            Obstacle.objects.create(person=person, activity=around.activity, wave=wave, codes=[chance.choice(["time", "money"])])


class Figures(HTMLParser):
    """The figures of a page: (title, what it says, [[heading, ...]], [[label, cell, ...]]); a cell is its number as the chart reads it."""

    def __init__(self, text):
        super().__init__()
        self.found, self.into, self.cell = [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "article":
            self.found.append({"title": [], "said": [], "heads": [], "rows": []})
        if not self.found:
            return
        figure = self.found[-1]
        if tag == "p" and attrs.get("class") == "kicker":
            self.into = figure["title"]
        elif tag == "h3":
            self.into = figure["said"]
        elif tag == "th" and attrs.get("scope") == "col":
            figure["heads"].append([])
            self.into = figure["heads"][-1]
        elif tag == "th":
            figure["rows"].append([[]])
            self.into = figure["rows"][-1][0]
        elif tag == "td" and figure["rows"]:
            figure["rows"][-1].append([attrs["data-value"]] if "data-value" in attrs else [])
            self.into = None if "data-value" in attrs else figure["rows"][-1][-1]

    def handle_data(self, data):
        if self.into is not None:
            self.into.append(data)

    def handle_endtag(self, tag):
        if tag in ("p", "h3", "th", "td"):
            self.into = None

    def lines(self):
        """As the CSV holds them, but for of whom and when."""
        for figure in self.found:
            title, said = _words(figure["title"]), _words(figure["said"])
            if not figure["rows"]:
                yield title, "", "", "", said
            for label, *cells in figure["rows"]:
                if len(cells) == 1 < len(figure["heads"]) or not figure["heads"]:
                    yield title, _words(label), "", "", _words(cells[0])
                    continue
                for head, cell in zip(figure["heads"], cells, strict=True):
                    if _words(cell):
                        yield title, _words(label), _words(head), _words(cell), ""


def _words(parts):
    return " ".join("".join(parts).split())


@pytest.fixture(params=range(6))
def seen(request, client):
    """All five, as a coordinator gets them."""
    around = some_project(request.param)
    client.force_login(around.people["coordinator"])
    page = client.get(reverse("learning:project_value", args=[around.project.slug]))
    table = client.get(reverse("learning:project_value_figures", args=[around.project.slug])).content.decode().removeprefix("\ufeff")
    out = io.StringIO()
    call_command("measures", around.project.slug, "--json", stdout=out)
    return {
        "told": page.context["told"],
        "page": list(Figures(page.content.decode()).lines()),
        "csv": [tuple(line) for line in csv.reader(io.StringIO(table))][1:],
        "json": json.loads(out.getvalue()),
        "xlsx": _file(client, around, "xlsx"),
        "pdf": _file(client, around, "pdf"),
    }


def _file(client, around, kind):
    client.post(reverse("learning:report_ask", args=[around.project.slug]), {"kind": kind})
    call_command("make_reports")
    pack = ReportPack.objects.get(project=around.project, kind=kind)
    return client.get(reverse("learning:report_file", args=[around.project.slug, pack.pk])).content


def test_five_ways_to_read_show_the_same_and_hide_the_same(seen):
    assert seen["page"] == [(*line[:4], line[6]) for line in seen["csv"]]
    released = [*seen["told"].at_once, *seen["told"].later]
    assert released

    sheet = load_workbook(io.BytesIO(seen["xlsx"]))["Figures"]
    lines = [tuple("" if cell is None else str(cell) for cell in row[1:]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert lines == [tuple(map(str, line)) for line in seen["csv"][: len(lines)]]
    assert {line[0] for line in lines} == {told.title for told in released}

    paper = _squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(seen["pdf"])).pages))
    assert [told.title for told in released if _squeezed(_on_paper(told)) not in paper] == []

    assert _bars(row for told in released for row in told.rows) == _bars_of(seen["json"]["released"])
    assert _answers(seen["told"].later) == [
        "hidden" if figure["hidden"] else figure["value"]["answered"] for key, figure in seen["json"]["released"].items() if key.startswith("M1 ")
    ]
    assert _shared(seen["told"].shared) == _shared_of(seen["json"]["shared"])


def _on_paper(told):
    """A figure as it stands in the PDF: nothing between its title and its last cell but this."""
    rows = "".join(row.label + (row.why if row.hidden else "".join(map(str, row.cells))) for row in told.rows)
    heads = "".join(str(column.label) for column in told.columns)
    return told.title + told.sentence + told.ground + (heads + rows if heads else "")


def _squeezed(text):
    return "".join(text.split())


def _bars(rows):
    """{number: how much yes, no, unknown, counted, of} of every bar that is shown."""
    return {row.of: list(row.cells) for row in rows if row.of.startswith(BARS)}


def _bars_of(released):
    shown = {key: figure for key, figure in released.items() if figure["bar"] and not figure["hidden"]}
    return {key: [figure["bar"][name] for name in ("yes", "no", "unknown")] + [figure["n"], figure["base"]] for key, figure in shown.items()}


def _answers(later):
    figure = next(told for told in later if told.name == "M1")
    return [row.cells[0] if row.cells else "hidden" for row in figure.rows] or ["hidden"] * 5


def _shared(told):
    """{number: how much} of what people let be counted when they are few."""
    return {row.of: float(row.cells[0]) for figure in told for row in figure.rows if row.of and figure.name in ("kinds", "gave", "will_use", "state")}


def _shared_of(shared):
    amounts = {}
    for name in ("kinds", "gave", "will_use", "state"):
        if not shared[name]["hidden"]:
            amounts |= {f"{name} {code}": round(amount, 1) for code, amount in shared[name]["value"]}
    missing = {f"gave {code}": 0.0 for code in ("a_lot", "something", "little")} if not shared["gave"]["hidden"] else {}
    return missing | amounts


def test_the_projects_tried_have_figures_of_every_kind():
    """Else the test above would compare nothing: some hidden, some shown, some with hidden people in them."""
    for seed in range(6):
        some_project(seed)
    kinds = [figure["hidden"]["of"] if figure["hidden"] else "shown" for row in Release.objects.all() for figure in row.figures]

    assert {"shown", "protected", "no_data"} <= set(kinds)
    assert kinds.count("shown") > 60
