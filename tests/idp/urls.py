"""Addresses of the provider, and a way in for its people that needs no password."""

from allauth.idp.urls import urlpatterns as idp
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def come_in(request: HttpRequest, name: str) -> HttpResponse:
    """Sign somebody in at the provider."""
    user = get_user_model().objects.get(username=name)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("in")


urlpatterns = [
    path("vao/<str:name>/", come_in),
    path("", include((idp, "idp"))),
    path("accounts/", include("allauth.account.urls")),
]
