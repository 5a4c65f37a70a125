"""Addresses of the citizen's site."""

from django.urls import path

from motcua.portal.views import catalogue, language, tracking

app_name = "portal"
urlpatterns = [
    path("", catalogue.home, name="home"),
    path("thu-tuc/", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/<str:code>/", catalogue.procedure, name="procedure"),
    path("tra-cuu/", tracking.track, name="track"),
    path("xac-minh/", tracking.verify, name="verify"),
    path("xac-minh/<str:token>/", tracking.verify_token, name="verify_token"),
    path("ngon-ngu/", language.language, name="language"),
    path("tro-giup/", catalogue.help_page, name="help"),
]
