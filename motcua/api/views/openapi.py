"""The description of the public interfaces for programmes and their makers."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from motcua.api import queries


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=3600)
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1 at /api/openapi.json; readable from every site, as what it describes is public."""
    body = json.dumps(queries.description(), ensure_ascii=False)
    return HttpResponse(body, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})
