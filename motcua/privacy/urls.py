"""Addresses of `privacy`."""

from django.urls import path

from motcua.privacy.views import queue, retention

app_name = "privacy"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("moi/", queue.new, name="new"),
    path("thoi-han/", retention.retention, name="retention"),
    path("thoi-han/<slug:code>/", retention.rule, name="rule"),
    path("<int:request_id>/", queue.item, name="item"),
    path("<int:request_id>/hien/", queue.reveal, name="reveal"),
    path("<int:request_id>/viec/<slug:act>/", queue.act, name="act"),
]
