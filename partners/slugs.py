"""Short addresses for names in any European language."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

UNDECOMPOSED = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th"}
)


def free_slug(name, *, among, otherwise):
    """`name` as an address that no row of `among` has: iwona-zajac, iwona-zajac-2. `otherwise`: for a name without such letters."""
    stem = slugify(name.translate(UNDECOMPOSED))[:50].strip("-") or otherwise
    taken = set(among.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


def save_with_free_slug(row, *, name, among, otherwise):
    """Save a new row at an address of its own. Of two namesakes at the same moment, the later takes the next address."""
    row.slug = free_slug(name, among=among, otherwise=otherwise)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.slug = free_slug(name, among=among, otherwise=otherwise)
        row.save()
