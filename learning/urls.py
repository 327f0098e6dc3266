from django.urls import path

from learning.views import activity, home, partner, project

app_name = "learning"
urlpatterns = [
    path("", home.home, name="home"),
    path("p/<slug:project>/", project.project_detail, name="project_detail"),
    path("p/<slug:project>/activities/", activity.activity_list, name="activity_list"),
    path("p/<slug:project>/activities/<slug:code>/", activity.activity_detail, name="activity_detail"),
    path("p/<slug:project>/visits/", project.visit_matrix, name="visit_matrix"),
    path("p/<slug:project>/gaps/", project.gap_list, name="gap_list"),
    path("p/<slug:project>/partners/", project.project_partner_list, name="project_partner_list"),
    path("o/<slug:partner>/", partner.partner_detail, name="partner_detail"),
    path("o/<slug:partner>/members/", partner.member_list, name="member_list"),
]
