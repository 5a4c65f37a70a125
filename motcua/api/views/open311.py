"""Open311 GeoReport v2 at /api/open311/v2/: services, definition, requests in and out, tokens; JSON and XML."""

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from motcua.api import actions, queries
from motcua.api.models import ApiKey
from motcua.api.rules import open311 as rules
from motcua.api.rules.open311 import BadRequest
from motcua.api.throttle import Hits
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, now
from motcua.feedback.queries import topic_by_code
from motcua.feedback.rules.sending import FeedbackData, SenderData
from motcua.feedback.rules.states import Channel

TYPES = {"json": "application/json; charset=utf-8", "xml": "application/xml; charset=utf-8"}


def _answer(form: str, root: str, content: Any, status: int = 200) -> HttpResponse:
    body = rules.as_xml(root, content) if form == "xml" else json.dumps(content, ensure_ascii=False).encode()
    answer = HttpResponse(body, content_type=TYPES[form], status=status)
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def speaks(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The two formats, the brake, and errors as the standard writes them."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, form: str, **kwargs: Any) -> HttpResponse:
        if form not in TYPES:
            return _answer("json", "errors", rules.errors([BadRequest(404, "use .json or .xml")]), 404)
        try:
            Hits(request).require_room()
            return view(request, *args, form=form, **kwargs)
        except BadRequest as error:
            return _answer(form, "errors", rules.errors([error]), error.code)
        except RuleViolation as error:
            return _answer(form, "errors", rules.errors([error]), 400)
        except NotFound:
            return _answer(form, "errors", rules.errors([BadRequest(404, "not found")]), 404)

    return spoken


@csrf_exempt
@require_safe
@speaks
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where everything is."""
    here = f"{settings.PUBLIC_URL}/api/open311/v2"
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": here,
        "changeset": "2026-11-22T00:00:00Z",
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    content = {
        "changeset": "2026-11-22T00:00:00Z",
        "contact": here,
        "key_service": here,
        "endpoints": [endpoint],
    }
    return _answer(form, "discovery", content)


@csrf_exempt
@require_safe
@speaks
def services(request: HttpRequest, form: str) -> HttpResponse:
    """What may be said."""
    day = legal_date(now())
    queries.agency_for(request.GET.get("jurisdiction_id", ""), day)
    return _answer(form, "services", queries.services(day))


@csrf_exempt
@require_safe
@speaks
def service(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The definition of one service."""
    topic = topic_by_code(code, legal_date(now()))
    return _answer(form, "service_definition", queries.definition_of(topic))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@speaks
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """Send one in with a key; or read what is published."""
    at = now()
    return _post(request, form, at) if request.method == "POST" else _list(request, form, at)


def _list(request: HttpRequest, form: str, at: datetime) -> HttpResponse:
    asked = request.GET
    start, end = (rules.moment(asked.get(name, ""), name) for name in ("start_date", "end_date"))
    start, end = rules.span(start, end, at)
    wanted = queries.Wanted(
        start,
        end,
        rules.words(asked.get("service_request_id", "")),
        rules.words(asked.get("service_code", "")),
        rules.statuses(asked.get("status", "")),
        queries.agency_for(asked.get("jurisdiction_id", ""), legal_date(at)),
        rules.number(asked.get("page", ""), 1, rules.MOST_PAGES, "page"),
        rules.number(asked.get("page_size", ""), rules.PAGE, rules.MOST_PAGE, "page_size"),
    )
    rows = queries.requests_found(wanted, _key(asked, at))
    return _answer(form, "service_requests", [queries.shown(row) for row in rows])


def _key(given: Mapping[str, str], at: datetime) -> ApiKey | None:
    return queries.key_of(given.get("api_key", ""), legal_date(at))


def _post(request: HttpRequest, form: str, at: datetime) -> HttpResponse:
    given = request.POST
    if not given.get("api_key"):
        raise BadRequest(400, "api_key was not provided")
    if (key := _key(given, at)) is None:
        Hits(request).failed()
        raise BadRequest(403, "api_key is not valid")
    receipt = actions.post_request(key, _data(given, key, at), actor=None, at=at)
    notice = "Theo dõi bằng mã phản ánh và mã bí mật."
    made = {
        "service_request_id": receipt.feedback.code,
        "token": str(receipt.feedback.key),
        "service_notice": f"{notice} Mã bí mật: {receipt.shown}",
        "account_id": None,
    }
    return _answer(form, "service_requests", [made], 201)


def _data(given: Mapping[str, str], key: ApiKey, at: datetime) -> FeedbackData:
    day = legal_date(at)
    if not given.get("service_code"):
        raise BadRequest(400, "service_code was not provided")
    topic = topic_by_code(given["service_code"], day)
    lat, long = (
        rules.degree(given.get("lat", ""), "lat", 90),
        rules.degree(given.get("long", ""), "long", 180),
    )
    address = given.get("address_string", "") or given.get("address_id", "")
    if (lat is None or long is None) and not address:
        raise BadRequest(400, "lat and long, address_string or address_id must be provided")
    name = rules.full_name(given.get("first_name", "")[:60], given.get("last_name", "")[:60])
    sender = SenderData(name, given.get("phone", "")[:20], given.get("email", "")[:200])
    agency = queries.agency_for(given.get("jurisdiction_id", ""), day) or key.agency
    if not agency.path.startswith(key.agency.path):
        raise BadRequest(403, "this api_key may not post to that jurisdiction_id")
    return FeedbackData(
        uuid.uuid4(),
        Channel.API,
        topic.pk,
        agency.pk,
        given.get("description", ""),
        sender,
        address[:300],
        lat,
        long,
    )


@csrf_exempt
@require_safe
@speaks
def one(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """One request that is published, or was sent in by the key given."""
    at = now()
    rows = queries.requests_found(queries.Wanted(at, at, [code[:70]]), _key(request.GET, at))
    if not rows:
        raise NotFound()
    return _answer(form, "service_requests", [queries.shown(row) for row in rows])


@csrf_exempt
@require_safe
@speaks
def token(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """The code that a posting got."""
    found = queries.status_of_token(token)
    if found is None:
        raise NotFound()
    return _answer(form, "service_requests", [{"service_request_id": found.code, "token": str(found.key)}])
