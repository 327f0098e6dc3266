"""Full-text search in any of the languages: without accents, by beginnings of words."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVectorExact, SearchVectorField
from django.db import models
from django.db.models import Func, Value

CONFIG = "simple_unaccent"  # made in the first migration: no language's endings or stop words, no accents
JOINTS = "/_.@-"  # River//Cities, I_Improve, an address: each part is a word


class Words(Func):
    """The words of a text column."""

    template = f"to_tsvector('{CONFIG}', translate(%(expressions)s, '{JOINTS}', '{' ' * len(JOINTS)}'))"
    output_field = SearchVectorField()


class WordsOfAnswers(Func):
    """The words of all texts in a JSON column; its codes and numbers are left out where they are not texts."""

    template = f"jsonb_to_tsvector('{CONFIG}', %(expressions)s, '[\"string\"]')"
    output_field = SearchVectorField()


class Together(Func):
    """The words of several vectors."""

    template = "%(expressions)s"
    arg_joiner = " || "
    output_field = SearchVectorField()


def search_field(*expressions):
    """A column that PostgreSQL keeps up to date; nothing else ever holds a copy of the words."""
    return models.GeneratedField(expression=Together(*expressions), output_field=SearchVectorField(), db_persist=True)


def beginning_with(text):
    """Rows in which some word begins with each word of `text`; None if it has no word."""
    words = re.findall(r"[^\W_]+", text)
    return SearchQuery(Value(" & ".join(f"{word}:*" for word in words)), config=CONFIG, search_type="raw") if words else None


@SearchVectorField.register_lookup
class Holds(SearchVectorExact):
    """The same as `=`, looked at row by row: PostgreSQL finds no index for it."""

    lookup_name = "holds"

    def as_sql(self, compiler, connection):
        words, params = self.process_lhs(compiler, connection)
        query, values = self.process_rhs(compiler, connection)
        return f"ts_match_vq({words}, {query})", [*params, *values]


class SearchQuerySet(models.QuerySet):
    def search(self, text, *, of_few=False):
        """What holds all words of `text`, also as beginnings of words; nothing for a text without any word.

        `of_few`: other conditions leave few rows. To look at these takes less than to find, by the index, all on the site that have a word.
        """
        query = beginning_with(text)
        return self.filter(**{"search__holds" if of_few else "search": query}) if query else self.none()
