from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from partners.models import Event
from partners.models.event import record


def write(baseline, *, by):
    """Save a new version; the earlier ones stay as they are. Raises ValidationError if that version was written meanwhile."""
    baseline.by = by
    try:
        with transaction.atomic():
            baseline.save(force_insert=True)
            record(Event.Verb.BASELINE_WRITTEN, by=by, partner=baseline.partner, project=baseline.project, details={"version": baseline.version})
    except IntegrityError as error:
        raise ValidationError(_("Somebody saved a version at the same moment. Load the page again in a new tab, then save yours here.")) from error
