"""How often one may try: exact per account, generous per address, blind to the broker and to what a client says of itself."""

import datetime

import pytest
import redis
import time_machine
from django.conf import settings as configured
from django.core.cache import cache

from tests.factories import PersonFactory
from tests.partners.signing import CODE, LOGIN, ask_for_code, code_in, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
TOO_MANY = "Too many wrong tries"
NOON = datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC)


def wrong(client, person, number, **extra):
    """`number` wrong passwords; what the last page says."""
    for _ in range(number):
        response = client.post(LOGIN, {"login": person.email, "password": "wrong horse battery"}, **extra)
    return response.content.decode()


def test_thirty_people_behind_one_address_sign_in_within_two_minutes(client, mailoutbox):
    with time_machine.travel(NOON) as clock:
        browsers = [(type(client)(), PersonFactory()) for _ in range(30)]
        for browser, person in browsers:
            sign_in(browser, person, mailoutbox)
            clock.shift(2)

        assert all(is_signed_in(browser) for browser, _person in browsers)


def test_thirty_who_press_the_button_in_the_same_minute_all_get_their_code(client, mailoutbox):
    with time_machine.travel(NOON, tick=False):
        answers = [ask_for_code(type(client)(), PersonFactory().email).status_code for _ in range(30)]

    assert answers == [302] * 30
    assert len(mailoutbox) == 30


def test_five_wrong_passwords_lock_the_account_for_five_minutes(client):
    person = PersonFactory(password=PASSWORD)
    with time_machine.travel(NOON, tick=False):
        assert TOO_MANY not in wrong(client, person, 5)
        assert TOO_MANY in client.post(LOGIN, {"login": person.email, "password": PASSWORD}).content.decode()
    with time_machine.travel(NOON + datetime.timedelta(minutes=5, seconds=1), tick=False):
        client.post(LOGIN, {"login": person.email, "password": PASSWORD})
        assert is_signed_in(client)


def test_wrong_codes_and_wrong_passwords_are_one_count(client, mailoutbox):
    person = PersonFactory(password=PASSWORD)
    wrong(client, person, 3)
    for _ in range(2):
        other = type(client)()
        ask_for_code(other, person.email)
        other.post(CODE, {"code": "0000-0000"})

    ask_for_code(client, person.email)
    response = client.post(CODE, {"code": code_in(mailoutbox[-1])})

    assert TOO_MANY in response.content.decode()
    assert not is_signed_in(client)


def test_right_code_does_not_count(client, mailoutbox):
    person = PersonFactory()
    for minute in range(6):
        with time_machine.travel(NOON + datetime.timedelta(seconds=40 * minute), tick=False):
            browser = type(client)()
            sign_in(browser, person, mailoutbox)
            assert is_signed_in(browser)


def test_who_says_to_come_from_elsewhere_is_counted_where_they_are(client):
    for number in range(10):
        wrong(client, PersonFactory(password=PASSWORD), 1, headers={"X-Forwarded-For": f"10.0.0.{number}"})

    assert TOO_MANY in wrong(client, PersonFactory(password=PASSWORD), 1, headers={"X-Forwarded-For": "10.0.0.99"})


def test_behind_a_proxy_only_its_own_word_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        wrong(client, PersonFactory(password=PASSWORD), 1, headers={"X-Forwarded-For": f"10.0.0.{number}, 192.0.2.7"})

    assert TOO_MANY in wrong(client, PersonFactory(password=PASSWORD), 1, headers={"X-Forwarded-For": "10.0.0.99, 192.0.2.7"})
    assert TOO_MANY not in wrong(client, PersonFactory(password=PASSWORD), 1, headers={"X-Forwarded-For": "10.0.0.99, 192.0.2.8"})


def test_counts_survive_an_emptied_broker(client):
    person = PersonFactory(password=PASSWORD)
    wrong(client, person, 5)

    redis.Redis.from_url(configured.REDIS_URL).flushall()

    assert TOO_MANY in wrong(client, person, 1)


def test_counts_are_not_pushed_out_by_many_others(client):
    person = PersonFactory(password=PASSWORD)
    wrong(client, person, 5)

    for number in range(400):
        cache.set(f"filler-{number}", number)

    assert TOO_MANY in wrong(client, person, 1)


def test_one_address_gets_three_codes_a_minute(client, mailoutbox):
    person = PersonFactory()
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            ask_for_code(type(client)(), person.email)

    assert len(mailoutbox) == 3


def test_flood_is_answered_with_429_in_words(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        wrong(client, PersonFactory(), 1)

    response = client.post(LOGIN, {"login": "a@example.org"})

    assert response.status_code == 429
    assert "Wait a few minutes" in response.content.decode()
