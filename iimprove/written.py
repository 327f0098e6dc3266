"""Queries whose SQL is written once in each process. For a query that every page asks, Django takes longer to write it than PostgreSQL to answer."""

from copy import copy
from functools import cache, wraps

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression


def written_once(build):
    """`build` makes a queryset of some values; this makes it a function that gives the list of its rows.

    `build` sees the values only as expressions, so what it does cannot depend on them. None of them may be None; keys are among several as
    `partner__pk__in=partners`.
    """
    written = cache(lambda count: Written(build(*map(Given, range(count)))))

    @wraps(build)
    def rows(*values):
        try:
            return list(written(len(values)).rows(values))
        except EmptyResultSet:  # one of nothing: there is no SQL for that
            return []

    rows.queryset = build
    return rows


class Given(Expression):
    """Stands in a query for the value at `position`."""

    def __init__(self, position):
        super().__init__()
        self.position = position

    def as_sql(self, compiler, connection):
        return "%s", (self,)


class Written:
    """A queryset and its SQL. Its rows are read as Django reads them."""

    def __init__(self, queryset):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, self.params = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([column for column, *_name in self.compiler.select])

    def rows(self, values):
        return self.queryset._iterable_class(Asked(self, values))

    def compiler_for(self, values, using):
        """As Django makes one for each query, but this one need not think."""
        compiler = copy(self.compiler)
        params = tuple(values[param.position] if isinstance(param, Given) else param for param in self.params)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.sql, params)
        compiler.get_converters = lambda columns: self.converters
        return compiler


class Asked:
    """What Django reads rows of: the queryset, its query, and where to ask it."""

    _known_related_objects = {}

    def __init__(self, written, values):
        self.written, self.values = written, values
        self.db, self._fields = written.queryset.db, written.queryset._fields
        self.query = self

    def get_compiler(self, using):
        return self.written.compiler_for(self.values, using)
