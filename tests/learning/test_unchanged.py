"""Figures kept in memory: found anew the moment something changed that they count, and never those of another reader. docs/adr/0011."""

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.models import ChangeMark, Confirmation, LeftOut, Takeaway
from learning.unchanged import unchanged
from partners.models import Attendance
from tests.factories import AttendanceFactory, FollowUpFactory, MembershipFactory, ProjectFactory, PromptFactory
from tests.learning import circle
from tests.learning.worth import AT_THE_END, people, say

pytestmark = pytest.mark.django_db
ANSWERS = ("learning_takeaway", "learning_followup", "learning_prompt")


@pytest.fixture
def around():
    return circle.build()


def page(client, around, reader="colleague", **query):
    client.force_login(around.people[reader])
    return client.get(reverse("learning:project_value", args=[around.project.slug]), query).context["told"]


def kinds(told):
    """What the page says of kinds, and how many things it counts behind each."""
    figure = next(figure for figure in told.shared if figure.name == "kinds")
    return {row.label: row.cells for row in figure.rows if row.cells != (0,)}, {story.label: story.count for story in figure.stories}


def shared_by(around, number):
    return [say(around, person) for person in people(around, number)]


def test_what_did_not_change_is_not_read_again(client, around):
    shared_by(around, 3)
    first = kinds(page(client, around))
    with CaptureQueriesContext(connection) as queries:
        again = kinds(page(client, around))

    assert again == first
    assert [query["sql"] for query in queries if any(f'FROM "{table}"' in query["sql"] for table in ANSWERS)] == []


def test_an_answer_more_is_on_the_page_at_once(client, around):
    shared_by(around, 3)
    assert kinds(page(client, around)) == ({"A person or contact": (3.0,)}, {"A person or contact": 3})

    shared_by(around, 1)
    assert kinds(page(client, around)) == ({"A person or contact": (4.0,)}, {"A person or contact": 4})


def test_the_page_of_an_activity_keeps_its_figures_until_an_answer_comes_or_its_end_is_moved(client, around):
    def told():
        figures = client.get(reverse("learning:activity_detail", args=[around.project.slug, around.activity.code])).context["figures"]
        return {figure.name: (figure.sentence, figure.basis) for figure in figures}

    client.force_login(around.people["colleague"])
    shared_by(around, 3)
    first = told()
    with CaptureQueriesContext(connection) as queries:
        assert told() == first
    assert [query["sql"] for query in queries if 'FROM "learning_prompt"' in query["sql"]] == []

    shared_by(around, 1)
    second = told()
    type(around.activity).objects.filter(pk=around.activity.pk).update(ends_on=around.activity.ends_on + datetime.timedelta(days=1))
    third = told()

    assert first["kinds"] != second["kinds"]
    assert second["kinds"] == third["kinds"]
    assert second["M2"] != third["M2"]


def test_what_is_kept_to_oneself_again_is_gone_from_the_page_at_once(client, around):
    *_, last = shared_by(around, 4)
    page(client, around)
    Takeaway.objects.filter(pk=last.pk).update(visibility="only_me")

    assert kinds(page(client, around)) == ({"A person or contact": (3.0,)}, {"A person or contact": 3})


def test_who_is_left_out_is_counted_no_more_at_once(client, around):
    *_, last = shared_by(around, 4)
    page(client, around)
    LeftOut.objects.create(project=around.project, person=last.reflection.author)

    assert kinds(page(client, around))[0] == {"A person or contact": (3.0,)}


def test_each_reader_is_told_of_the_things_they_may_read_themselves(client, around):
    shared_by(around, 3)
    say(around, around.people["author"], visibility="organisation")

    assert kinds(page(client, around, "colleague"))[1] == {"A person or contact": 4}
    assert kinds(page(client, around, "other"))[1] == {"A person or contact": 3}
    assert kinds(page(client, around, "associate"))[1] == {}
    assert kinds(page(client, around, "colleague"))[1] == {"A person or contact": 4}


def test_who_comes_to_an_organisation_reads_its_things_and_who_leaves_it_does_not(client, around):
    shared_by(around, 3)
    say(around, around.people["author"], visibility="organisation")
    assert kinds(page(client, around, "other"))[1] == {"A person or contact": 3}

    place = MembershipFactory(person=around.people["other"], partner=around.home)
    assert kinds(page(client, around, "other"))[1] == {"A person or contact": 4}

    place.delete()
    assert kinds(page(client, around, "other"))[1] == {"A person or contact": 3}


def test_when_an_activity_is_cancelled_or_another_chosen_the_page_follows(client, around):
    shared_by(around, 3)
    page(client, around)

    assert kinds(page(client, around, kind="lab"))[0] == {}
    type(around.activity).objects.filter(pk=around.activity.pk).update(status="cancelled", status_reason="storm")
    assert kinds(page(client, around))[0] == {}


def test_what_depends_on_the_clock_alone_is_at_most_a_quarter_of_an_hour_old():
    found = iter(range(9))
    for moment, number in (("09:15", 0), ("09:29", 0), ("09:30", 1), ("09:44", 1)):
        with time_machine.travel(f"2026-11-22 {moment}Z", tick=False):
            assert unchanged("of the clock", find=lambda: next(found)) == number


def test_who_asks_while_it_is_found_waits_for_it():
    found = []

    def find():
        time.sleep(0.2)
        found.append("once")
        return "figures"

    with ThreadPoolExecutor(4) as askers:
        told = list(askers.map(lambda _number: unchanged("slow", find=find), range(4)))

    assert (told, found) == (["figures"] * 4, ["once"])


CHANGES = {
    "attendance": lambda around, thing: AttendanceFactory(activity=around.activity, partner=around.home),
    "attendance changed": lambda around, thing: Attendance.objects.filter(activity=around.activity).update(state="absent"),
    "attendance gone": lambda around, thing: Attendance.objects.filter(activity=around.activity).delete(),
    "left out": lambda around, thing: LeftOut.objects.create(project=around.project, person=around.author),
    "note": lambda around, thing: around.reflection(),
    "note changed": lambda around, thing: type(thing.reflection).objects.filter(pk=thing.reflection_id).update(counts_when_few=True),
    "thing": lambda around, thing: around.takeaway(),
    "thing deleted": lambda around, thing: Takeaway.objects.filter(pk=thing.pk).update(deleted_at=AT_THE_END),
    "source": lambda around, thing: thing.source_partners.add(around.home),
    "what became of it": lambda around, thing: FollowUpFactory(takeaway=thing),
    "confirmation": lambda around, thing: Confirmation.objects.create(
        follow_up=thing.follow_ups.first(), person=around.people["colleague"], said="saw"
    ),
    "question about an activity": lambda around, thing: PromptFactory(person=around.author, activity=around.activity),
    "question about a moment": lambda around, thing: PromptFactory(person=around.author, activity=None, moment=thing.reflection),
    "question about the project": lambda around, thing: PromptFactory(person=around.author, activity=None, project=around.project),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_what_is_counted_renews_the_mark_of_its_project(change, around):
    thing, elsewhere = say(around, people(around, 1)[0]), circle.build()
    FollowUpFactory(takeaway=thing)
    say(elsewhere, elsewhere.author)
    before, not_here = ChangeMark.objects.of(around.project), ChangeMark.objects.of(elsewhere.project)

    CHANGES[change](around, thing)

    assert ChangeMark.objects.of(around.project) != before
    assert ChangeMark.objects.of(elsewhere.project) == not_here


def test_what_goes_to_another_project_renews_the_marks_of_both(around):
    told, there = around.reflection(activity=None, project=around.project), ProjectFactory()
    before = ChangeMark.objects.of(around.project)
    type(told).objects.filter(pk=told.pk).update(project=there)

    assert ChangeMark.objects.of(around.project) != before
    assert ChangeMark.objects.of(there) != ()


def test_a_change_that_is_taken_back_leaves_no_mark_that_comes_again(around):
    say(around, around.author)
    with transaction.atomic():
        say(around, around.author)
        taken_back = ChangeMark.objects.of(around.project)
        transaction.set_rollback(True)
    say(around, around.author)

    assert ChangeMark.objects.of(around.project) != taken_back


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_one_time_do_not_wait_for_each_other():
    around = circle.build()
    say(around, around.author)
    is_written, may_go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            around.reflection()
            is_written.set()
            may_go_on.wait(20)
        connection.close()

    other = threading.Thread(target=slow)
    other.start()
    assert is_written.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
    around.reflection()
    in_between = ChangeMark.objects.of(around.project)
    may_go_on.set()
    other.join()

    assert len(ChangeMark.objects.of(around.project)) == 2
    assert ChangeMark.objects.of(around.project) != in_between
