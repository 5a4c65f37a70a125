"""The units of a province or district, for filling in an address with JavaScript."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.places import queries as places


@require_safe
@cache_control(public=True, max_age=86400)
def units(request: HttpRequest) -> JsonResponse:
    """Codes and names under ?trong=CODE in the set ?bo=before|since; districts, else communes; public as the law is."""
    day = places.day_of_era("before" if request.GET.get("bo") == "before" else "since")
    above = request.GET.get("trong", "")[:10]
    rows = places.districts(above, day) or places.communes(above, day)
    return JsonResponse({"units": [[row.code, row.name] for row in rows]})
