"""What the database refuses is said in words."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iimprove.saving import save_checked
from learning.models import Takeaway
from tests.factories import ReflectionFactory, TakeawayFactory

pytestmark = pytest.mark.django_db


def test_a_broken_constraint_says_why():
    thing = TakeawayFactory.build(reflection=ReflectionFactory(), kinds=["how", "why", "who"])

    with pytest.raises(ValidationError, match="Choose one kind"), transaction.atomic():
        save_checked(thing)

    assert not Takeaway.objects.filter(pk=thing.pk).exists()


def test_what_no_constraint_of_the_model_says_stays_an_error():
    thing = TakeawayFactory(visibility="only_me")

    with pytest.raises(IntegrityError), transaction.atomic():
        save_checked(Takeaway(pk=thing.pk, reflection=thing.reflection))
