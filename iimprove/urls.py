"""Addresses: what stands where is said once, in each app's urls.py."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from iimprove import health, mailbox

urlpatterns = [
    path("", include("learning.urls")),
    path("", include("partners.urls")),
    path("", include("changemakers.urls")),
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("healthz/", health.healthz, name="healthz"),
]
if settings.LOCAL:
    urlpatterns += mailbox.urlpatterns
