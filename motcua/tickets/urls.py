"""Addresses of `tickets`: the lines of an office and the figures of its day."""

from django.urls import path

from motcua.tickets import views

app_name = "tickets"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("<int:pk>/", views.office, name="office"),
    path("<int:pk>/hang/", views.line_new, name="line_new"),
    path("hang/<int:pk>/", views.line, name="line"),
    path("hang/<int:pk>/ket-thuc/", views.line_end, name="line_end"),
]
