"""Addresses of the citizen's site."""

from django.urls import path

from motcua.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("thu-tuc/", views.catalogue, name="catalogue"),
    path("thu-tuc/<str:code>/", views.procedure, name="procedure"),
    path("tra-cuu/", views.track, name="track"),
    path("xac-minh/", views.verify, name="verify"),
    path("xac-minh/<str:token>/", views.verify_token, name="verify_token"),
    path("tro-giup/", views.help_page, name="help"),
]
