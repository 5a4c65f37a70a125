"""Addresses of files."""

from django.urls import path

from motcua.files import views

app_name = "files"
urlpatterns = [
    path("cach-ly/", views.quarantine, name="quarantine"),
    path("cach-ly/<int:file_id>/", views.release, name="release"),
    path("<str:token>/", views.open_file, name="open"),
]
