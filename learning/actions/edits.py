"""A note or a thing, mended by its author: what it said before is kept, for the author alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import policies
from learning.actions.visibility import ask_again, set_visibility
from learning.models import Reflection, Revision, Takeaway, Visibility
from learning.models.visibility import WIDTH

OF_REFLECTION = {"text", "answers", "gave", "language", "happened_on"}
OF_TAKEAWAY = {"title", "kinds", "is_doubt", "will_use", "handover", "plan_when", "plan_then", "practice", "importance"}
READ_BY_OTHERS = {"text", "answers", "title"}  # what an organisation checked before it became public


@transaction.atomic
def edit_reflection(reflection, *, by, **changes):
    """Change any of OF_REFLECTION. Who may read it stays; what was public is checked again if its words changed."""
    return _edit(Reflection.objects.select_for_update().get(pk=reflection.pk), OF_REFLECTION, changes, by)


@transaction.atomic
def edit_takeaway(takeaway, *, by, source_partners=None, **changes):
    """Change any of OF_TAKEAWAY; `source_partners`: the partners it comes from, or None to leave them."""
    takeaway = Takeaway.objects.select_for_update(of=["self"]).select_related("reflection").get(pk=takeaway.pk)
    _edit(takeaway, OF_TAKEAWAY, changes, by)
    if source_partners is not None:
        takeaway.source_partners.set(source_partners)
    return takeaway


@transaction.atomic
def move_to(reflection, *, activity=None, project=None, by):
    """It belongs to another activity, another project, or none. What another project's partners would come to read is narrowed first."""
    reflection = Reflection.objects.select_for_update().get(pk=reflection.pk)
    project = activity.project if activity else project
    if not policies.can_edit(reflection, by=by) or (project and not policies.can_note(project, by=by)):
        raise PermissionDenied(_("You cannot move this there."))
    if project != reflection.project:
        for thing in [reflection, *reflection.takeaways.all()]:
            if WIDTH[thing.visibility] >= WIDTH[Visibility.PARTNERSHIP]:
                set_visibility(thing, Visibility.ONLY_ME, by=by)
        reflection.refresh_from_db()
    reflection.activity, reflection.project = activity, project
    reflection.save(update_fields=["activity", "project"])
    return reflection


def _edit(thing, allowed, changes, by):
    if not policies.can_edit(thing, by=by):
        raise PermissionDenied(_("This is not yours."))
    if unknown := changes.keys() - allowed:
        raise TypeError(f"not edited in this way: {', '.join(sorted(unknown))}")
    changed = {name: value for name, value in changes.items() if value != getattr(thing, name)}
    if not changed:
        return thing
    _keep_before(thing, changed)
    for name, value in changed.items():
        setattr(thing, name, value)
    if isinstance(thing, Reflection):
        thing.edited_at = timezone.now()
    thing.full_clean(exclude=["reflection"], validate_unique=False)
    thing.save()
    if changed.keys() & READ_BY_OTHERS:
        ask_again(thing, by=by)
    return thing


def _keep_before(thing, names):
    """Not of drafts: nobody ever read them."""
    if thing.told.is_draft:
        return
    before = {name: _plain(getattr(thing, name)) for name in names}
    Revision.objects.create(**{"reflection" if thing.told is thing else "takeaway": thing}, before=before)


def _plain(value):
    return value if value is None or isinstance(value, (str, int, bool, list, dict)) else str(value)
