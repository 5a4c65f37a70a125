"""Addresses of the citizen's site."""

from django.urls import path

from motcua.portal.views import catalogue

app_name = "portal"
urlpatterns = [
    path("", catalogue.home, name="home"),
    path("thu-tuc/", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/<str:code>/", catalogue.procedure, name="procedure"),
    path("tro-giup/", catalogue.help_page, name="help"),
]
