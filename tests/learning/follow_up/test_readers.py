"""What became of a thing is read by nobody the thing itself is not read by."""

import pytest

from learning.models import FollowUp
from tests.factories import FollowUpFactory
from tests.learning import circle
from tests.learning.follow_up.asking import asked, send
from tests.learning.test_answer import arrive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("level", "share", "expected"), [("partnership", "thing", "partnership"), ("partnership", "only_me", "only_me"), ("only_me", "thing", "only_me")]
)
def test_it_is_shared_as_far_as_its_thing_or_not_at_all(client, around, level, share, expected):
    thing = around.takeaway(visibility=level)
    send(client, asked(around), data={"thing": [thing.pk], f"state-{thing.pk}": "tried", "share": share})

    row = FollowUp.objects.get()
    assert row.visibility == expected
    assert around.readers_of(row) <= around.readers_of(thing)


def test_dots_show_each_reader_what_that_reader_may_read(client, around):
    circle.accept(around.people["colleague"])
    thing = around.takeaway(title="Shared keys", visibility="partnership")
    FollowUpFactory(takeaway=thing, state="tried", visibility="partnership")
    FollowUpFactory(takeaway=thing, state="in_use", wave="m12")

    def line_of(person):
        client.force_login(person)
        text = client.get(around.activity.get_absolute_url()).content.decode()
        return text.split('class="dots"')[1].split("</ol>")[0].count("dot-reached")

    assert line_of(around.author) == 4
    assert line_of(around.people["colleague"]) == 3, "said, tried, told; not that it is in use"


def test_one_can_be_left_out_of_the_figures_with_the_same_form(client, around, keys):
    prompt = asked(around)
    send(client, prompt, data={"thing": [keys.pk], f"state-{keys.pk}": "tried", "leave_out": "on"})

    assert around.author.left_out.get().project == around.project
    assert 'name="leave_out"' not in arrive(client, prompt).content.decode()
