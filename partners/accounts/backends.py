"""Who signs in, and who is signed in: asked for by every page."""

from allauth.account import auth_backends

from iimprove.written import at_once, written_once
from partners.models import Person, Places


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    def get_user(self, user_id):
        """With their places, which nearly every page asks for."""
        found, *places = at_once((_person, user_id), *Places.asked(user_id))
        for person in filter(self.user_can_authenticate, found):
            Places.keep(person, *places)
            return person
        return None


@written_once
def _person(pk):
    return Person.objects.filter(pk=pk)
