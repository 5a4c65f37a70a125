"""What the demonstration says of itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.core.moments import now
from motcua.scenarios.demo import citizens, people
from motcua.scenarios.demo.story import example


@require_safe
def demonstration(request: HttpRequest) -> HttpResponse:
    """Who to sign in as, and a dossier to look up as a citizen. Public: everything in it is invented."""
    return render(
        request,
        "scenarios/demonstration.html",
        {
            "groups": people.GROUPS,
            "first": people.FIRST,
            "password": people.PASSWORD,
            "example": example(),
            "citizens": citizens.CITIZENS,
            "codes": citizens.recent_codes(now()),
        },
    )
