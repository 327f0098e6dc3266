"""How long it takes: what the mail promises is computed from the questions this person will see, and kept."""

import math

TAP, TEXT = 10, 45  # seconds; VALUE_MODEL §3 [PEW]


def seconds(form, *, things=0):
    """`things`: how many own things are listed. With none, one is added in words.

    Counted: what is in sight at first and asked of everybody. A thing that is ticked is a tap.
    """
    count = max(1, min(things, form.most_things))
    return sum(_seconds(question, things, count) for question in form.questions if question.is_promised)


def minutes(form, *, things=0):
    """Whole minutes, rounded up: at least one."""
    return max(1, math.ceil(seconds(form, things=things) / 60))


def _seconds(question, things, count):
    if question.type == "things":
        return count * TAP if things else TEXT
    return (TEXT if question.type.is_written else TAP) * (count if question.is_per_thing else 1)
