"""Which released figures of a project strangers read, too."""

from django.db import transaction

from learning.models import PublicFigure
from partners.models import Event
from partners.models.event import record


@transaction.atomic
def publish_figures(project, names, *, by):
    """Exactly those of these `names` are public from now on; the others are taken back."""
    names, before = set(names), set(project.public_figures.values_list("name", flat=True))
    PublicFigure.objects.bulk_create(PublicFigure(project=project, name=name, published_by=by) for name in sorted(names - before))
    project.public_figures.filter(name__in=before - names).delete()
    for verb, changed in ((Event.Verb.PUBLISHED, names - before), (Event.Verb.UNPUBLISHED, before - names)):
        if changed:
            record(verb, by=by, project=project, details={"figures": sorted(changed)})
