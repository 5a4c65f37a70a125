"""Addresses of `holdings`."""

from django.urls import path

from motcua.holdings import views

app_name = "holdings"
urlpatterns = [
    path("", views.results, name="results"),
    path("lap-ho/", views.assist, name="assist"),
    path("<int:pk>/", views.result, name="result"),
    path("<int:pk>/thu-hoi/", views.revoke, name="revoke"),
    path("<int:pk>/thay-the/", views.replace, name="replace"),
]
