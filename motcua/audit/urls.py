"""Addresses of the log."""

from django.urls import path

from motcua.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.events, name="events"),
    path("su-kien/<int:event_id>/", views.event, name="event"),
    path("niem-phong/", views.seals, name="seals"),
    path("niem-phong/kiem-tra/", views.check, name="check"),
    path("niem-phong/moi/", views.seal, name="seal"),
]
