"""Looking for names as people type them: without accents, in any case, from any side."""

from functools import reduce
from operator import or_

from django.db.models import Q

MOST_WORDS = 8


def holding(rows, words, fields):
    """Those of the queryset `rows` that hold each of the `words` somewhere in `fields`: "Snipiskes zajac" finds Šnipiškės and Zając."""
    for word in words.split()[:MOST_WORDS]:
        held = reduce(or_, (Q(**{f"{field}__unaccent__icontains": word}) for field in fields))
        rows = rows.filter(pk__in=rows.model.objects.filter(held))
    return rows
