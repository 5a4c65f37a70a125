"""Addresses of the queue: the machine that gives numbers out, the screen on the wall, one's own number on the telephone."""

from django.urls import path

from motcua.portal.views import queue

urlpatterns = [
    path("lay-so/<int:office>/", queue.take, name="queue"),
    path("lay-so/<int:office>/<str:token>/", queue.taken, name="queue_taken"),
    path("goi-so/<int:office>/", queue.calling, name="calling"),
    path("goi-so/<int:office>/luc-nay/", queue.calling_now, name="calling_now"),
    path("so-thu-tu/<str:token>/", queue.ticket, name="ticket"),
    path("so-thu-tu/<str:token>/luc-nay/", queue.ticket_now, name="ticket_now"),
    path("so-thu-tu/<str:token>/phieu.pdf", queue.slip, name="ticket_slip"),
]
