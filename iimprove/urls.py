"""Addresses: what stands where is said once, in each app's urls.py."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from iimprove import health, mailbox, metrics
from iimprove.mail.events import webhooks

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # with limits and the second factor, as every other page

urlpatterns = [
    path("", include("learning.urls")),
    path("", include("partners.urls")),
    path("", include("changemakers.urls")),
    path("account/", include("partners.accounts.urls")),
    path("admin/", admin.site.urls),
    path("healthz/", health.healthz, name="healthz"),
    path("metrics/", metrics.metrics, name="metrics"),
    *webhooks(settings.MAIL_PROVIDER, settings.ANYMAIL["WEBHOOK_SECRET"]),
]
if settings.LOCAL:
    urlpatterns += mailbox.urlpatterns
