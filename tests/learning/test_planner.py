"""What is to be asked of whom, and which mail goes out now."""

import datetime
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning import planner
from learning.defaults import DEFAULTS
from learning.planner import Existing, Experience, Key, Mailed, Occasion, Outgoing, Question, Recipient, Wanted
from learning.waves import Calendar
from tests.learning.test_waves import VILNIUS, local

C4, PROJECT, MOMENT = Occasion("activity", "C4"), Occasion("project", "I"), Occasion("moment", "m")
END = local(VILNIUS, 2019, 8, 22, 17, 0)
F2 = Key("ana", C4, "F2")
DUE, CLOSES = local(VILNIUS, 2019, 8, 23, 9, 30), local(VILNIUS, 2019, 9, 12, 17, 0)


def visit(**values):
    return Experience(**{"person": "ana", "occasion": C4, "since": END, "calendar": VILNIUS} | values)


def after(**elapsed):
    return END + datetime.timedelta(**elapsed)


def forms(experience, now):
    return sorted(key.form for key in planner.plan([experience], now))


# The plan


def test_a_visit_that_ended_is_asked_about():
    assert planner.plan([visit()], after(minutes=1)) == {F2: Wanted(DUE, CLOSES)}


@pytest.mark.parametrize("now", [after(minutes=-1), after(days=22), after(days=2000)], ids=["not over", "closed", "years ago"])
def test_outside_its_window_nobody_is_asked(now):
    assert planner.plan([visit()], now) == {}


def test_a_visit_without_a_known_end_is_not_asked_about():
    assert planner.plan([visit(since=None)], after(days=1)) == {}


def test_who_took_something_is_asked_again_after_weeks_months_and_a_year():
    assert forms(visit(named_at=after(hours=-5)), after(minutes=1)) == ["F2", "F3", "F4", "F5"]


@pytest.mark.parametrize(("named", "again"), [(10, ["F3", "F4", "F5"]), (20, ["F4", "F5"]), (100, ["F5"]), (380, [])])
def test_what_is_named_later_waits_for_the_next_wave(named, again):
    assert [form for form in forms(visit(named_at=after(days=named)), after(minutes=1)) if form != "F2"] == again


def test_an_everyday_moment_is_asked_about_again_and_not_on_the_next_day():
    assert forms(visit(occasion=MOMENT, named_at=END), after(minutes=1)) == ["F3", "F4", "F5"]


def test_before_a_project_ends_everything_is_asked_about_once():
    ends = local(VILNIUS, 2021, 8, 31, 17, 0)
    ending = visit(occasion=PROJECT, since=ends, named_at=END)

    wanted = planner.plan([ending], local(VILNIUS, 2021, 6, 10, 12, 0))

    due = local(VILNIUS, 2021, 7, 7, 9, 30)  # eight weeks before is 6 July, a holiday in Lithuania
    assert wanted == {Key("ana", PROJECT, "F4"): Wanted(due, local(VILNIUS, 2021, 9, 6, 9, 30))}
    assert planner.plan([ending], local(VILNIUS, 2021, 5, 10, 12, 0)) == {}


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"is_here": False}, "left"),
        ({"preference": "none"}, "opted_out"),
        ({"preference": "fewer"}, "opted_out"),
        ({"is_off": True}, "opted_out"),
        ({"is_here": False, "preference": "none"}, "left"),
    ],
)
def test_who_is_not_asked_still_counts_in_the_base(values, outcome):
    assert planner.plan([visit(**values)], after(days=1)) == {F2: Wanted(DUE, CLOSES, outcome)}


def test_who_wants_no_questions_may_change_their_mind_until_one_is_due():
    ana = visit(preference="none", named_at=END)

    assert {key.form: want.outcome for key, want in planner.plan([ana], after(days=15)).items()} == {
        "F2": "opted_out",
        "F3": "opted_out",
        "F4": "",
        "F5": "",
    }


@pytest.mark.parametrize(
    ("preference", "form", "wants"),
    [("all", "F2", True), ("fewer", "F2", False), ("fewer", "F3", False), ("fewer", "F4", True), ("none", "F5", False)],
)
def test_what_somebody_wants_by_mail(preference, form, wants):
    assert planner.wants(preference, form) is wants


def test_what_was_put_off_is_planned_also_when_its_window_has_closed():
    assert planner.plan([visit()], after(days=30), put_off={F2}) == {F2: Wanted(DUE, CLOSES)}


# From the prompts there are to those there should be

NOTHING = planner.Changes({}, {}, [])
LATER = Wanted(DUE + datetime.timedelta(days=7), CLOSES + datetime.timedelta(days=7))


def existing(outcome="", **values):
    return Existing(DUE, CLOSES, outcome, id=7, **values)


@given(st.lists(st.sampled_from(["ana", "ben", "eva"])), st.integers(0, 30 * 24))
def test_planning_again_changes_nothing(people, hours):
    wanted = planner.plan([visit(person=person, named_at=END) for person in people], after(hours=hours))
    there = {key: Existing(want.due_at, want.closes_at, want.outcome) for key, want in wanted.items()}

    assert planner.changes(wanted, there) == NOTHING


@pytest.mark.parametrize("outcome", ["answered", "silent", "opted_out", "undeliverable"])
def test_what_is_settled_stays(outcome):
    assert planner.changes({F2: LATER}, {F2: existing(outcome)}) == NOTHING
    assert planner.changes({}, {F2: existing(outcome)}) == NOTHING


def test_dates_that_moved_move_the_prompt():
    assert planner.changes({F2: LATER}, {F2: existing()}).change == {7: LATER}


@pytest.mark.parametrize("why", ["is_put_off", "is_asked"])
def test_what_was_put_off_or_asked_keeps_its_dates(why):
    assert planner.changes({F2: LATER}, {F2: existing(**{why: True})}) == NOTHING


def test_who_left_and_came_back_has_what_they_put_off_until_the_day_they_chose():
    chosen = Existing(after(days=24), after(days=31), "left", is_put_off=True, id=7)

    assert [chosen.keeps_own_window(after(days=days)) for days in (25, 31)] == [True, False]
    wanted = planner.plan([visit()], after(days=25), put_off={F2})
    assert planner.changes(wanted, {F2: chosen}).change == {7: Wanted(chosen.due_at, chosen.closes_at)}


def test_who_comes_back_when_that_day_is_over_is_asked_within_the_new_window():
    assert planner.changes({F2: LATER}, {F2: existing("left", is_put_off=True)}).change == {7: LATER}


def test_a_visit_that_does_not_take_place_is_cancelled_and_may_come_back():
    assert planner.changes({}, {F2: existing()}).cancel == [7]
    assert planner.changes({F2: LATER}, {F2: existing("cancelled", is_asked=True)}).change == {7: LATER}


# The mail

FRIDAY, NEXT_TUESDAY, NEXT_WEDNESDAY = (local(VILNIUS, 2019, 8, day, 9, 31) for day in (23, 27, 28))


def ask(*questions, now=FRIDAY, **values):
    return planner.next_mail(Recipient("ana", VILNIUS, questions, **values), now)


def question(**values):
    return Question(**{"id": 1, "form": "F2", "due_at": DUE, "closes_at": CLOSES} | values)


def asked(*days, **values):
    """Asked on these days of August: first, then reminded."""
    kinds = ["first", *["reminder"] * len(days)]
    mailed = tuple(Mailed(local(VILNIUS, 2019, 8, day, 9, 31), kind) for day, kind in zip(days, kinds, strict=False))
    return question(mailed=mailed, **values)


def first(*ids):
    return Outgoing("ana", "questions", tuple((pk, "first") for pk in ids))


REMINDER = Outgoing("ana", "questions", ((1, "reminder"),))


def test_a_question_is_asked_at_the_hour_that_was_chosen():
    assert ask(question()) == first(1)
    assert ask(question(), now=local(VILNIUS, 2019, 8, 26, 9, 0)) is None
    assert ask(question(), now=local(VILNIUS, 2019, 8, 26, 17, 59)) == first(1)
    assert ask(question(), now=local(VILNIUS, 2019, 8, 26, 18, 0)) is None


@pytest.mark.parametrize(
    ("so_far", "now", "mail"),
    [
        ([23], 26, None),
        ([23], 27, REMINDER),  # four days after
        ([23, 27], 30, None),
    ],
)
def test_reminders_come_after_four_days(so_far, now, mail):
    assert ask(asked(*so_far), now=local(VILNIUS, 2019, 8, now, 9, 31)) == mail


def test_the_second_reminder_comes_after_ten_days_and_no_third():
    assert ask(asked(23, 27), now=local(VILNIUS, 2019, 9, 2, 9, 31)) == REMINDER
    assert ask(asked(23, 27, 30), now=local(VILNIUS, 2019, 9, 10, 9, 31)) is None


def test_what_was_put_off_is_asked_anew_and_its_reminders_are_not():
    later = asked(23, 27, 30, due_at=local(VILNIUS, 2019, 9, 3, 9, 30), is_put_off=True)
    again = replace(later, mailed=(*later.mailed, Mailed(local(VILNIUS, 2019, 9, 3, 9, 31))))

    assert ask(later, now=local(VILNIUS, 2019, 9, 3, 9, 31)) == first(1)
    assert ask(again, now=local(VILNIUS, 2019, 9, 11, 9, 31)) is None


def test_a_coordinator_may_bring_the_next_reminder_forward_and_not_add_one():
    nudge = {"nudged_at": local(VILNIUS, 2019, 8, 26, 8, 0)}

    assert ask(asked(23, **nudge), now=local(VILNIUS, 2019, 8, 26, 9, 31)) == REMINDER
    assert ask(asked(23, 26, **nudge), now=NEXT_TUESDAY) is None
    assert ask(asked(19, 20, 23, **nudge), now=local(VILNIUS, 2019, 8, 26, 9, 31)) is None


def test_fresh_questions_come_before_old_ones_and_reminders_last():
    reminded = asked(23, id=1, things=2)
    year, weeks, fresh = (question(id=number, form=form, things=2) for number, form in [(2, "F5"), (3, "F3"), (4, "F2")])
    shift = replace(DEFAULTS, quiet=replace(DEFAULTS.quiet, season_shift=frozenset()))

    mail = ask(reminded, *(replace(row, defaults=shift) for row in (year, weeks)), fresh, now=NEXT_TUESDAY)

    assert mail.asks == ((4, "first"), (3, "first"), (2, "first"))


def test_few_things_in_all_questions_of_one_form():
    many = [question(id=number, form="F3", things=2, due_at=local(VILNIUS, 2019, 9, 3, 9, 30)) for number in (1, 2)]
    small = question(id=3, form="F3", things=1, due_at=local(VILNIUS, 2019, 9, 4, 9, 30))

    assert ask(*many, small, now=local(VILNIUS, 2019, 9, 5, 9, 31)) == first(1, 3)


def test_one_mail_a_day_and_two_in_any_seven_days():
    yesterday, this_morning, last_friday = (local(VILNIUS, 2019, 8, day, 9, 31) for day in (27, 28, 23))

    assert ask(question(), now=NEXT_WEDNESDAY, mailed_at=(yesterday,)) == first(1)
    assert ask(question(), now=NEXT_WEDNESDAY, mailed_at=(this_morning,)) is None
    assert ask(question(), now=NEXT_WEDNESDAY, mailed_at=(last_friday, yesterday)) is None
    assert ask(question(), now=local(VILNIUS, 2019, 8, 30, 9, 31), mailed_at=(last_friday, yesterday)) == first(1)


def test_in_august_only_what_was_put_off_until_then_is_asked_again():
    later = question(form="F3", due_at=DUE - datetime.timedelta(days=30))

    assert ask(later) is None
    assert ask(replace(later, is_put_off=True)) == first(1)


def test_who_is_paused_is_asked_how_often_once_and_nothing_else():
    assert ask(question(), is_paused=True, is_to_be_asked_how_often=True) == Outgoing("ana", "pause")
    assert ask(question(), is_paused=True) is None


def test_news_wait_for_a_day_without_questions():
    assert ask(question(), has_news=True) == first(1)
    assert ask(has_news=True) == Outgoing("ana", "taken")
    assert ask(has_news=True, mailed_at=(FRIDAY,)) is None


def test_a_preview_counts_the_mails_of_each_day_if_nobody_answers():
    people = [Recipient(name, VILNIUS, (question(),)) for name in ("ana", "ben")]

    assert planner.preview(people, END) == [(date(2019, 8, 23), 2), (date(2019, 8, 27), 2), (date(2019, 9, 2), 2)]


def test_a_preview_keeps_to_the_load():
    questions = tuple(question(id=day, due_at=local(VILNIUS, 2019, 8, day, 9, 30)) for day in (26, 27, 28))
    own = replace(DEFAULTS, reminders=replace(DEFAULTS.reminders, max=0))
    ana = Recipient("ana", Calendar("Europe/Vilnius", "LT"), tuple(replace(row, defaults=own) for row in questions))

    assert planner.preview([ana], END) == [(date(2019, 8, 26), 1), (date(2019, 8, 27), 1), (date(2019, 9, 2), 1)]
