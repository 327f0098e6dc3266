"""The code that confirms who is at the keyboard, for accounts without a second factor. Kept in the session, as allauth keeps its own."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import LOGIN_BY_CODE_MAX_ATTEMPTS, LOGIN_BY_CODE_TIMEOUT
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import record_authentication

from partners.accounts.letters import send_now

STATE = "confirmation_code"


class Confirmation(AbstractCodeVerificationProcess):
    def __init__(self, request, state):
        self.request = request
        super().__init__(max_attempts=LOGIN_BY_CODE_MAX_ATTEMPTS, timeout=LOGIN_BY_CODE_TIMEOUT, state=state, user=request.user)

    @classmethod
    def begin(cls, request):
        process = cls(request, cls.initial_state(request.user, request.user.email))
        process.state["code"] = get_adapter().generate_login_code()
        process.send()
        process.persist()

    @classmethod
    def resume(cls, request):
        state = request.session.get(STATE)
        return cls(request, state).abort_if_invalid() if state else None

    def send(self):
        send_now("confirmation_code", to=self.state["email"], code=self.code)

    def persist(self):
        self.request.session[STATE] = self.state

    def abort(self):
        self.request.session.pop(STATE, None)

    def finish(self):
        self.abort()
        record_authentication(self.request, self.request.user, method="code", email=self.state["email"], reauthenticated=True)
