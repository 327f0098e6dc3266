"""People and organisations as tables, in and out, for platform admins. No cell of an export is a formula in a spreadsheet program."""

import datetime
import re

from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export import resources
from import_export.formats import base_formats
from import_export.results import RowResult

from partners.forms.spreadsheet import decoded, delimiter_of
from partners.models import Event, Partner, Person
from partners.models.event import record

FORMULA = re.compile(r"'*[=+\-@\t\r\n\0]")  # how a cell begins that a spreadsheet program may run; the quotes keep the way back exact
QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r\n\0]")
NOT_FOR_CELLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")
NATIVE = (int, float, datetime.date, datetime.time, type(None))


def guarded(value):
    """A cell that is read as text: an apostrophe before what looks like a formula."""
    if isinstance(value, NATIVE):
        return value
    text = NOT_FOR_CELLS.sub("\ufffd", str(value))
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(value):
    """What `guarded` was given."""
    return value[1:] if isinstance(value, str) and QUOTED_FORMULA.match(value) else value


class CSV(base_formats.CSV):
    """Parted by commas, semicolons or tabs, as spreadsheet programs of different countries save it."""

    def create_dataset(self, in_stream, **kwargs):
        text = decoded(in_stream) if isinstance(in_stream, bytes) else in_stream
        return super().create_dataset(text, delimiter=delimiter_of(text.split("\n")), **kwargs)


FORMATS = [CSV, base_formats.XLSX]


class PlainDiff(resources.Diff):
    """What changes, without the colours the library writes into the page: our policy for pages forbids them."""

    def as_html(self):
        pairs = zip(self.left, self.right, strict=False)
        return [_difference("" if self.new else old, new) for old, new in pairs]


def _difference(old, new):
    if str(old) == str(new):
        return format_html("{}", new)
    return format_html("<del>{}</del> <ins>{}</ins>", old, new) if old else format_html("<ins>{}</ins>", new)


class SafeResource(resources.ModelResource):
    def export_field(self, field, instance, **kwargs):
        return guarded(super().export_field(field, instance, **kwargs))

    def before_import_row(self, row, **kwargs):
        for name, value in row.items():
            row[name] = "" if value is None else unguarded(value)  # an empty cell of an XLSX file

    @classmethod
    def get_diff_class(cls):
        return PlainDiff

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        if not self._is_dry_run(kwargs):
            counts = {kind: result.totals[kind] for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)}
            record(Event.Verb.IMPORTED, by=kwargs.get("user"), details={"what": self._meta.model._meta.model_name, **counts})

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True
        store_instance = False


class PartnerResource(SafeResource):
    class Meta(SafeResource.Meta):
        model = Partner
        import_id_fields = ["slug"]
        fields = ["slug", "name", "short_name", "kind", "city", "country", "languages", "time_zone", "website", "about"]


class PersonResource(SafeResource):
    """Accounts by their address. Nobody is written to; who is new signs in by a code when told to."""

    class Meta(SafeResource.Meta):
        model = Person
        import_id_fields = ["email"]
        fields = ["email", "name", "language", "time_zone"]

    def before_import_row(self, row, **kwargs):
        super().before_import_row(row, **kwargs)
        row["email"] = str(row.get("email") or "").strip().lower()
        if not row["email"]:
            raise ValueError(_("There is no e-mail address in this line."))

    def init_instance(self, row=None):
        person = super().init_instance(row)
        person.set_unusable_password()
        return person
