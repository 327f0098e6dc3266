"""Saving a row that the database checks."""

from django.db import IntegrityError, transaction


def save_checked(row):
    """Save `row`; if the database refuses it, raise the ValidationError in which its constraints say why.

    Asking for each constraint before, as `full_clean` does, takes three queries each; here the database is asked once.
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.validate_constraints()
        raise
