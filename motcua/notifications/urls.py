"""Addresses of messages."""

from django.urls import path

from motcua.notifications.views import outbox, providers, public, templates

app_name = "notifications"
urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("cua-toi/", outbox.mine, name="mine"),
    path("gui-lai-tat-ca/", outbox.send_all_again, name="send_all_again"),
    path("<int:message_id>/", outbox.message, name="message"),
    path("<int:message_id>/gui-lai/", outbox.send_again, name="send_again"),
    path("mau/", templates.templates, name="templates"),
    path("mau/<int:template_id>/", templates.template, name="template"),
    path("nha-cung-cap/", providers.providers, name="providers"),
    path("nha-cung-cap/moi/", providers.new, name="provider_new"),
    path("nha-cung-cap/<int:provider_id>/", providers.provider, name="provider"),
    path("gui-thu/", providers.test, name="test"),
    path("lua-chon/<str:token>/", public.choices, name="choices"),
    path("thoi-nhan/<str:token>/<slug:kind>/", public.one_click, name="one_click"),
    path("bao-nhan/<slug:code>/", public.report, name="report"),
]
