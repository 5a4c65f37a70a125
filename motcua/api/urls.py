"""Addresses of `api`."""

from django.urls import path

from motcua.api.views import open311, openapi

app_name = "api"
_V2 = "open311/v2"
urlpatterns = [
    path("openapi.json", openapi.openapi, name="openapi"),
    path(f"{_V2}/discovery.<str:form>", open311.discovery, name="discovery"),
    path(f"{_V2}/services.<str:form>", open311.services, name="services"),
    path(f"{_V2}/services/<slug:code>.<str:form>", open311.service, name="service"),
    path(f"{_V2}/requests.<str:form>", open311.requests, name="requests"),
    path(f"{_V2}/requests/<str:code>.<str:form>", open311.one, name="request"),
    path(f"{_V2}/tokens/<str:token>.<str:form>", open311.token, name="token"),
]
