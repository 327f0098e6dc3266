"""All addresses of the site, and an empty page: what every page costs before anything is shown."""

from django.http import HttpResponse
from django.urls import path

from iimprove.urls import urlpatterns as of_the_site

urlpatterns = [path("empty/", lambda request: HttpResponse("")), *of_the_site]
