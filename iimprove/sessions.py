"""Sessions as Django keeps them in the database; every page asks for one, by a query that is written once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from iimprove.written import written_once


class SessionStore(db.SessionStore):
    def load(self):
        for data in _data(self.session_key, timezone.now()):
            return self.decode(data)
        self._session_key = None
        return {}

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isalnum()  # a cookie may hold anything, a NUL too, of which PostgreSQL takes none


@written_once
def _data(key, now):
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data", flat=True)
