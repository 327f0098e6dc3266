from django.urls import path

from partners.views import baseline, event, invitations, membership, partner

app_name = "partners"
urlpatterns = [
    path("o/<slug:partner>/edit/", partner.partner_edit, name="partner_edit"),
    path("o/<slug:partner>/events/", event.event_list, name="event_list"),
    path("o/<slug:partner>/members/<uuid:membership>/", membership.membership_edit, name="membership_edit"),
    path("o/<slug:partner>/members/<uuid:membership>/end/", membership.membership_end, name="membership_end"),
    path("o/<slug:partner>/members/<uuid:membership>/resume/", membership.membership_resume, name="membership_resume"),
    path("o/<slug:partner>/invitations/add/", invitations.invitation_create, name="invitation_create"),
    path("o/<slug:partner>/invitations/import/", invitations.invitation_import, name="invitation_import"),
    path("o/<slug:partner>/invitations/sample.csv", invitations.invitation_sample, name="invitation_sample"),
    path("o/<slug:partner>/invitations/<uuid:invitation>/resend/", invitations.invitation_resend, name="invitation_resend"),
    path("o/<slug:partner>/invitations/<uuid:invitation>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("o/<slug:partner>/baseline/<slug:project>/", baseline.baseline_detail, name="baseline_detail"),
    path("o/<slug:partner>/baseline/<slug:project>/write/", baseline.baseline_write, name="baseline_write"),
    path("p/<slug:project>/events/", event.project_event_list, name="project_event_list"),
]
