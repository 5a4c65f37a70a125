"""What the demonstration says of itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Status
from motcua.scenarios.demo import people


@require_safe
def demonstration(request: HttpRequest) -> HttpResponse:
    """Who to sign in as, and a dossier to look up as a citizen. Public: everything in it is invented."""
    open_now = Dossier.objects.filter(status=Status.IN_REVIEW).select_related("applicant")
    return render(
        request,
        "scenarios/demonstration.html",
        {
            "groups": people.GROUPS,
            "first": people.FIRST,
            "password": people.PASSWORD,
            "example": open_now.order_by("-received_at").first(),
        },
    )
