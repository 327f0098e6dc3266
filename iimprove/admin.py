"""The plain admin for those who run the installation. It changes facts; what people wrote for each other is not here."""

from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iimprove import bounces
from iimprove.models import Bounce, Mail

LIBRARIES = ["django.contrib.auth.admin", "allauth.account.admin", "allauth.mfa.admin", "allauth.usersessions.admin"]
for library in LIBRARIES:  # they register when they are imported: now, so that it can be taken back
    import_module(library)
admin.site.unregister([Group, EmailAddress, Authenticator, UserSession])  # secrets, sessions, and rights that nobody asks for here


class PlatformAdmin(admin.ModelAdmin):
    """Every platform admin may see and change, nobody deletes: rows are ended, withdrawn, cancelled."""

    show_facets = admin.ShowFacets.NEVER

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(PlatformAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """The outbox: where each mail is, never what it says."""

    list_display = ["queued_at", "message", "to", "state", "attempts", "next_attempt_at", "sent_at"]
    list_filter = ["state", "message"]
    search_fields = ["to"]
    fields = ["message", "to", "language", "state", "attempts", "queued_at", "due_at", "next_attempt_at", "begun_at", "sent_at", "error"]
    readonly_fields = fields
    actions = ["send_again"]

    @admin.action(description=_("Send failed mails again"))
    def send_again(self, request, mails):
        count = mails.send_again()
        messages.success(request, ngettext("%(count)s mail is queued again.", "%(count)s mails are queued again.", count) % {"count": count})


@admin.register(Bounce)
class BounceAdmin(ReadOnlyAdmin):
    """What came back, and to which addresses nothing is sent any more."""

    list_display = ["at", "address", "is_permanent", "words", "lifted_at"]
    list_filter = ["is_permanent"]
    search_fields = ["address"]
    fields = ["address", "at", "is_permanent", "words", "lifted_at"]
    readonly_fields = fields
    actions = ["try_again"]

    @admin.action(description=_("Try these addresses again"))
    def try_again(self, request, found):
        count = sum(map(bounces.lift, set(found.values_list("address", flat=True))))
        messages.success(
            request,
            ngettext("%(count)s bounced mail stops nothing any more.", "%(count)s bounced mails stop nothing any more.", count) % {"count": count},
        )
