"""Addresses of messages."""

from django.urls import path

from motcua.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("cua-toi/", views.mine, name="mine"),
    path("<int:message_id>/gui-lai/", views.send_again, name="send_again"),
    path("mau/", views.templates, name="templates"),
    path("mau/<int:template_id>/", views.template, name="template"),
]
