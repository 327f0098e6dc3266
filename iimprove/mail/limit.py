import signal
import threading
from contextlib import contextmanager


class Hangs(Exception):
    """A message's function did not come to an end."""


@contextmanager
def at_most(seconds, error):
    """Raise `error` in what runs within when `seconds` are over. Works in the main thread alone, where workers work; elsewhere no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(_signal, _frame):
        raise error

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
