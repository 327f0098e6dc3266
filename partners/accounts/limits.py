"""How often somebody may be wrong about one account, whichever way they try."""

from contextlib import contextmanager

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit


@contextmanager
def counted_try(email):
    """A try for the account at `email`; it counts unless the block ends well. Raises ValidationError when it was one too many.

    Wrong codes and wrong passwords share one count.
    """
    adapter = get_adapter()
    adapter.pre_authenticate(context.request, email=email)
    yield
    adapter._rollback_login_failed_rl_usage()


def may_send_code(request, email):
    """Whether one more code may go to `email`, asked from here."""
    return ratelimit.consume(request, action="request_login_code", key=email.lower())
