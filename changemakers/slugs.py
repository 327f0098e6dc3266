"""Short addresses for names in any European language."""

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
