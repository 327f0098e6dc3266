"""One mutant at a time is put in: here it is said which, and noted which pieces of the source were asked for.

Woven into the source by tests/mutants/weaving.py, so that one process can try them all.
"""

from functools import update_wrapper, wraps

put_in = None  # name of the mutant that stands in the source now
reached = set()  # names of those that were come upon


def is_there(name):
    """Does the piece that `name` takes away stand in its place?"""
    reached.add(name)
    return name != put_in


def permission(name, asked):
    """As `asked`; everybody may once it is taken away."""

    @wraps(asked)
    def answer(*things, **by):
        return not is_there(name) or asked(*things, **by)

    return answer


class Signed:
    """A view for those who are signed in; for everybody once that is taken away."""

    def __init__(self, name, view):
        self.name, self.view = name, view
        update_wrapper(self, view)

    def __call__(self, request, *args, **kwargs):
        return self.view(request, *args, **kwargs)

    @property
    def login_required(self):
        return is_there(self.name)
