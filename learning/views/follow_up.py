"""What became of an own thing: said at any time, without being asked."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from learning import policies
from learning.actions.follow_ups import came_of_it as keep
from learning.dots import with_dots
from learning.forms.follow_up import CameOfItForm
from learning.models import Takeaway
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
    follow_ups = takeaway.follow_ups.filter(deleted_at=None).select_related("activity__project", "reader", "takeaway__reflection").latest_first()
    context = {"thing": with_dots([takeaway], request.user)[0], "form": form, "follow_ups": follow_ups, "key": uuid.uuid4()}
    return render(request, "learning/follow_up.html", context)


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
