"""What became of an own thing: said at any time, without being asked; shared, or taken back."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learning import policies
from learning.actions.deletion import UNDO, delete, undo_delete
from learning.actions.follow_ups import came_of_it as keep
from learning.actions.visibility import set_visibility
from learning.dots import with_dots
from learning.forms.follow_up import CameOfItForm
from learning.models import FollowUp, Takeaway, Visibility
from partners.guards import own_view


@own_view
def came_of_it(request, takeaway):
    """What is known of it so far, and what came of it now."""
    own = Takeaway.objects.submitted().filter(reflection__author=request.user)
    takeaway = get_object_or_404(own.select_related("reflection__activity", "reflection__project"), pk=takeaway)
    form = CameOfItForm(request.POST or None, takeaway=takeaway)
    if form.is_valid() and _keep(form, request):
        messages.success(request, _("Kept, with the date of today. What was known before stays as it was."))
        return redirect("learning:came_of_it", takeaway.pk)
    rows = takeaway.follow_ups.select_related("activity__project", "reader", "takeaway__reflection__partner_then").latest_first()
    return render(
        request,
        "learning/follow_up.html",
        {
            "thing": with_dots([takeaway], request.user)[0],
            "form": form,
            "follow_ups": rows.filter(deleted_at=None).prefetch_related("confirmations__person"),
            "deleted": rows.filter(deleted_at__gt=timezone.now() - UNDO),
            "key": uuid.uuid4(),
        },
    )


@own_view
@require_POST
def follow_up_share(request, follow_up):
    """To whoever may read the thing itself, or to nobody any more."""
    row = _own(request, follow_up, deleted_at=None)
    thing = row.takeaway
    shares = row.visibility == Visibility.ONLY_ME
    set_visibility(row, thing.visibility if shares else Visibility.ONLY_ME, by=request.user, reader=thing.reader if shares else None)
    messages.success(request, _("Whoever may read the thing reads this, too.") if shares else _("Only you read it now."))
    return redirect("learning:came_of_it", row.takeaway_id)


@own_view
@require_POST
def follow_up_delete(request, follow_up):
    row = _own(request, follow_up, deleted_at=None)
    delete(row, by=request.user)
    messages.success(request, _("Taken away. Nobody can read it now. You can have it back below for some days."))
    return redirect("learning:came_of_it", row.takeaway_id)


@own_view
@require_POST
def follow_up_restore(request, follow_up):
    row = _own(request, follow_up, deleted_at__isnull=False)
    undo_delete(row, by=request.user)
    messages.success(request, _("It is there again, read by whom it was read before."))
    return redirect("learning:came_of_it", row.takeaway_id)


def _own(request, follow_up, **state):
    rows = FollowUp.objects.filter(
        takeaway__reflection__author=request.user, takeaway__deleted_at=None, takeaway__reflection__deleted_at=None, **state
    )
    return get_object_or_404(rows.select_related("takeaway__reflection"), pk=follow_up)


def _keep(form, request):
    if not policies.can_submit(by=request.user):
        form.add_error(None, _("Before your first own note, read what holds for notes: open Note. Then say this."))
        return False
    try:
        keep(form.said(), by=request.user, client_key=uuid.UUID(request.POST.get("client_key", "")), shares=form.shares)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except ValueError as error:
        raise PermissionDenied from error
    return True
