from django.contrib import admin
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.tmp_storages import CacheStorage

from iimprove.admin import PlatformAdmin, ReadOnlyAdmin
from partners.actions import accounts
from partners.models import Activity, ActivityPartner, Event, Invitation, Membership, Partner, Person, Project, ProjectPartner, ProjectRole
from partners.models.event import record
from partners.resources import FORMATS, PartnerResource, PersonResource

Verb = Event.Verb


class RecordedAdmin(PlatformAdmin):
    """Each change leaves an event, as it does on the site. `about`: what of the row the event is about."""

    about = ()

    def verb(self, form, *, is_new):
        return Verb.PROFILE_CHANGED

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.changed_data:
            about = {name: obj if name == obj._meta.model_name else getattr(obj, name) for name in self.about}
            record(self.verb(form, is_new=not change), by=request.user, details={"fields": form.changed_data}, **about)


class TableAdmin(ImportExportMixin, RecordedAdmin):
    """In and out as a table. The uploaded file waits for its confirmation in the database, which every web process reads."""

    import_formats = export_formats = FORMATS
    export_form_class = ExportForm
    tmp_storage_class = CacheStorage

    def get_export_data(self, file_format, request, queryset, **kwargs):
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        record(Verb.EXPORTED, by=request.user, details={"what": self.opts.model_name, "count": queryset.count()})
        return data


@admin.register(Partner)
class PartnerAdmin(TableAdmin):
    about = ["partner"]
    resource_classes = [PartnerResource]
    list_display = ["short_name", "name", "city", "country"]
    search_fields = ["name", "short_name", "city"]
    fields = ["slug", "name", "short_name", "kind", "city", "country", "languages", "time_zone", "website", "about"]
    prepopulated_fields = {"slug": ["short_name"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        """A short address does not change: links point to it."""
        return ["slug"] if obj else []


@admin.register(Person)
class PersonAdmin(TableAdmin):
    about = ["person"]
    resource_classes = [PersonResource]
    list_display = ["name", "email", "language", "is_active", "is_staff", "is_sample"]
    list_filter = ["is_active", "is_staff", "is_sample"]
    search_fields = ["name", "email"]
    fields = ["email", "name", "language", "time_zone", "is_active", "is_staff"]

    def get_readonly_fields(self, request, obj=None):
        """People change their address themselves: the new one must be confirmed."""
        return ["email"] if obj else []

    def save_model(self, request, obj, form, change):
        """Who is new signs in by a code. Accounts are closed and opened by the actions that end or record what hangs on them."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data:
            (accounts.reopen_account if obj.is_active else accounts.close_account)(obj, by=request.user)


@admin.register(Membership)
class MembershipAdmin(RecordedAdmin):
    about = ["person", "partner"]
    list_display = ["person", "partner", "role", "job_title", "started_on", "expected_end_on", "ended_on"]
    list_filter = ["role", "partner"]
    list_select_related = ["person", "partner"]
    search_fields = ["person__name", "person__email"]
    autocomplete_fields = ["person", "partner"]
    fields = ["person", "partner", "role", "job_title", "contract", "started_on", "expected_end_on", "ended_on"]

    def verb(self, form, *, is_new):
        if is_new:
            return Verb.JOINED
        if "ended_on" in form.changed_data:
            return Verb.LEFT if form.instance.ended_on else Verb.DATES_CHANGED
        return Verb.ROLE_CHANGED if "role" in form.changed_data else Verb.DATES_CHANGED


@admin.register(ProjectRole)
class ProjectRoleAdmin(RecordedAdmin):
    about = ["person", "project"]
    list_display = ["person", "project", "role", "started_on", "ended_on"]
    list_filter = ["role", "project"]
    list_select_related = ["person", "project"]
    autocomplete_fields = ["person", "project"]
    fields = ["person", "project", "role", "started_on", "ended_on"]

    def verb(self, form, *, is_new):
        return Verb.PROJECT_ROLE_GIVEN if is_new or not form.instance.ended_on else Verb.PROJECT_ROLE_ENDED


@admin.register(Project)
class ProjectAdmin(RecordedAdmin):
    about = ["project"]
    list_display = ["short_name", "programme", "grant_reference", "starts_on", "ends_on", "is_sample"]
    search_fields = ["short_name", "name", "grant_reference"]
    fields = ["slug", "short_name", "name", "programme", "key_action", "grant_reference", "working_language", "starts_on", "ends_on", "period_note"]
    prepopulated_fields = {"slug": ["short_name"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(ProjectPartner)
class ProjectPartnerAdmin(RecordedAdmin):
    about = ["project", "partner"]
    list_display = ["project", "partner", "part", "note"]
    list_filter = ["project", "part"]
    list_select_related = ["project", "partner"]
    autocomplete_fields = ["project", "partner"]
    fields = ["project", "partner", "part", "note"]

    def verb(self, form, *, is_new):
        return Verb.PARTNER_ADDED if is_new else Verb.ROLE_CHANGED


class SideInline(admin.TabularInline):
    model = ActivityPartner
    extra = 0
    fields = ["partner", "side"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return True


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    """To look things up: coordinators and partners keep activities right, on the site, with reasons."""

    list_display = ["code", "title", "project", "kind", "status", "starts_on", "ends_on", "place"]
    list_filter = ["project", "kind", "status"]
    list_select_related = ["project"]
    search_fields = ["code", "title", "place"]
    fields = ["project", "code", "kind", "title", "place", "country", "starts_on", "ends_on", "status", "published_at"]
    inlines = [SideInline]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "partner", "role", "project", "project_role", "sent_at", "bounced_at", "accepted_at", "withdrawn_at"]
    list_filter = ["partner", "project"]
    list_select_related = ["partner", "project"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "partner", "role", "project", "project_role", "sent_at", "bounced_at", "accepted_at", "withdrawn_at"]


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "person", "partner", "project", "activity", "by"]
    list_filter = ["verb", "partner", "project"]
    list_select_related = ["person", "partner", "project", "activity", "by"]
    date_hierarchy = "at"
    fields = ["at", "by", "verb", "person", "partner", "project", "activity", "details"]
