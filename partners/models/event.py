from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Who changed people, roles, dates, visibility or consent, and when. Never content. Append-only."""

    class Verb(models.TextChoices):
        INVITED = "invited", _("invited")
        INVITATION_WITHDRAWN = "invitation_withdrawn", _("invitation withdrawn")
        INVITATION_BOUNCED = "invitation_bounced", _("invitation bounced")
        JOINED = "joined", _("joined")
        ROLE_CHANGED = "role_changed", _("role changed")
        DATES_CHANGED = "dates_changed", _("dates changed")
        LEFT = "left", _("left")
        PROJECT_ROLE_GIVEN = "project_role_given", _("role in the project given")
        PROJECT_ROLE_ENDED = "project_role_ended", _("role in the project ended")
        SECOND_FACTOR_RESET = "second_factor_reset", _("second factor reset")
        EMAIL_CHANGED = "email_changed", _("e-mail address changed")
        ACCOUNT_CLOSED = "account_closed", _("account closed")
        ACCOUNT_REOPENED = "account_reopened", _("account opened again")
        PARTNER_ADDED = "partner_added", _("partner added")
        PARTNER_REMOVED = "partner_removed", _("partner removed")
        PROFILE_CHANGED = "profile_changed", _("details changed")
        PERIOD_CHANGED = "period_changed", _("project period changed")
        ACTIVITY_CREATED = "activity_created", _("activity created")
        ACTIVITY_CHANGED = "activity_changed", _("activity changed")
        ACTIVITY_MOVED = "activity_moved", _("activity moved")
        ACTIVITY_CANCELLED = "activity_cancelled", _("activity cancelled")
        ACTIVITY_RESTORED = "activity_restored", _("activity takes place after all")
        ACTIVITY_HELD = "activity_held", _("activity took place")
        ACTIVITY_UNHELD = "activity_unheld", _("activity did not take place")
        ATTENDANCE_RECORDED = "attendance_recorded", _("attendance recorded")
        HEADCOUNT_RECORDED = "headcount_recorded", _("head-count recorded")
        WRITE_UP_WRITTEN = "write_up_written", _("write-up written")
        WRITE_UP_REVISED = "write_up_revised", _("write-up revised")
        BASELINE_WRITTEN = "baseline_written", _("baseline written")
        PUBLISHED = "published", _("published")
        UNPUBLISHED = "unpublished", _("taken back from the public")
        CHANGEMAKER_CONSIDERED = "changemaker_considered", _("changemaker considered")
        CHANGEMAKER_CHOSEN = "changemaker_chosen", _("changemaker chosen")
        CHANGEMAKER_ENDED = "changemaker_ended", _("work with a changemaker ended")
        QUESTIONS_CHANGED = "questions_changed", _("questions asked otherwise")
        REMINDED = "reminded", _("reminder sent to those who have not answered")
        MAIL_TRIED_AGAIN = "mail_tried_again", _("mail tried again")
        IMPORTED = "imported", _("imported")
        EXPORTED = "exported", _("exported")

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=24, choices=Verb)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="events")
    partner = models.ForeignKey("partners.Partner", models.CASCADE, null=True, blank=True, related_name="events")
    project = models.ForeignKey("partners.Project", models.CASCADE, null=True, blank=True, related_name="events")
    activity = models.ForeignKey("partners.Activity", models.SET_NULL, null=True, blank=True, related_name="events")
    details = models.JSONField(default=dict, blank=True, help_text=_("Old and new dates, roles, states. No text anybody wrote."))

    class Meta:
        verbose_name, verbose_name_plural = _("event"), _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["partner", "-at"], name="event_partner_at"),
            models.Index(fields=["project", "-at"], name="event_project_at"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_verb_display()}"


def record(verb, *, by, **about):
    """Leave an event in the caller's transaction. `about`: person, partner, project, activity, details."""
    return Event.objects.create(verb=verb, by=by, **about)
