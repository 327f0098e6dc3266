from django.contrib import admin

from changemakers.models import Changemaker, Choice
from iimprove.admin import ReadOnlyAdmin
from partners.admin import RecordedAdmin


@admin.register(Changemaker)
class ChangemakerAdmin(RecordedAdmin):
    list_display = ["name", "kind", "what", "place", "country", "published_at"]
    search_fields = ["name", "place"]
    fields = ["slug", "name", "name_note", "kind", "what", "place", "country", "website", "about", "credit"]
    prepopulated_fields = {"slug": ["name"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(Choice)
class ChoiceAdmin(ReadOnlyAdmin):
    """That there is one; the reasons are read by the partner, and by the project once chosen."""

    list_display = ["partner", "changemaker", "project", "state", "chosen_on", "ended_on"]
    list_filter = ["project", "state"]
    list_select_related = ["partner", "changemaker", "project"]
    fields = ["partner", "changemaker", "project", "state", "chosen_on", "ended_on"]
