"""Who signs in, and who is signed in: asked for by every page."""

from allauth.account import auth_backends

from iimprove.written import written_once
from partners.models import Person


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    def get_user(self, user_id):
        return next(filter(self.user_can_authenticate, _person(user_id)), None)


@written_once
def _person(pk):
    return Person.objects.filter(pk=pk)
