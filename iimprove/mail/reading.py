"""What the mails of a batch are about, and what else their messages need: read for many of them at once, and not long before they leave."""

import time
from collections import defaultdict
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType

from iimprove.mail.limit import Hangs
from iimprove.mail.messages import registered

FRESH = 1  # second for which what was read may be relied on: who has left or stopped since gets no mail


class Reader:
    """For the mails of one batch, in the order in which they are sent."""

    def __init__(self, batch):
        self.batch, self.found = batch, {}

    def context(self, mail):
        """What `mail` is filled with. Raises what its message's function raises."""
        message = registered(mail.message)
        if message.read is None:
            return message.context(mail.about, mail.facts)
        if mail.pk not in self.found or time.monotonic() - self.found[mail.pk].at > FRESH:
            self._read_from(mail)
        found = self.found.pop(mail.pk)
        return message.context(found.about, mail.facts, found.known)

    def _read_from(self, mail):
        """For `mail` and those like it that come after; where one of them cannot be read, for `mail` alone.

        A mail at its second attempt is read alone, so that one that hangs takes no other with it.
        """
        later = self.batch[self.batch.index(mail) + 1 :] if mail.attempts < 2 else []
        rest = [mail, *(other for other in later if other.message == mail.message and not other.attempts)]
        try:
            self.found |= _read(rest)
        except Hangs:
            raise
        except Exception:
            self.found |= _read([mail])


class Found(NamedTuple):
    at: float
    about: object
    known: object


def _read(mails):
    """{id of a mail: Found}"""
    at, abouts = time.monotonic(), _abouts(mails)
    known = registered(mails[0].message).read([(abouts.get(mail.pk), mail.facts) for mail in mails])
    return {mail.pk: Found(at, abouts.get(mail.pk), one) for mail, one in zip(mails, known, strict=True)}


def _abouts(mails):
    """{id of a mail: the row it is about}, in one query for each kind of row; rows that are gone are left out."""
    by_type = defaultdict(list)
    for mail in mails:
        if mail.about_type_id:
            by_type[mail.about_type_id].append(mail)
    found = {}
    for type_id, group in by_type.items():
        rows = ContentType.objects.get_for_id(type_id).model_class()._base_manager.in_bulk({mail.about_id for mail in group})
        by_id = {str(pk): row for pk, row in rows.items()}
        found |= {mail.pk: by_id[mail.about_id] for mail in group if mail.about_id in by_id}
    return found
