from django.urls import path

from learning.views import partner

app_name = "learning"
urlpatterns = [
    path("o/<slug:partner>/", partner.partner_detail, name="partner_detail"),
    path("o/<slug:partner>/members/", partner.member_list, name="member_list"),
]
