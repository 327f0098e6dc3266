"""allauth's addresses, ours first where we do something else there."""

from allauth.account.internal.decorators import login_not_required
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from partners.accounts import views

to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("login/code/", to_sign_in, name="account_request_login_code"),
    path("login/code/confirm/", views.sign_in_code, name="account_confirm_login_code"),
    path("logout/", views.sign_out, name="account_logout"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("reauthenticate/code/", views.confirm_by_code, name="account_reauthenticate_code"),
    path("language/", views.language, name="set_language"),
]
if settings.LOCAL:
    urlpatterns += [path("demo/<uuid:person>/", views.demo_sign_in, name="demo_sign_in")]
urlpatterns += [path("", include("allauth.urls"))]
