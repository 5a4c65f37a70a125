"""The page of the demonstration; it exists only where one was loaded."""

from django.urls import path

from motcua.scenarios import views

app_name = "scenarios"
urlpatterns = [path("", views.demonstration, name="demonstration")]
