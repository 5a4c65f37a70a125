"""What people choose to receive, and what partners tell: pages and doors without an account."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.core.pages import data
from motcua.notifications import actions, queries
from motcua.notifications.forms import ChoicesForm
from motcua.notifications.keys import secret_of
from motcua.notifications.rules import signing
from motcua.notifications.rules.events import purpose_of

LONGEST = 8 * 1024


@never_cache
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest, token: str) -> HttpResponse:
    """Language and what to receive. Opening the page changes nothing: mail programmes open links by themselves."""
    contact = queries.access_contact(token)
    form = ChoicesForm(data(request), contact=contact)
    if form.is_bound and form.is_valid():
        actions.choose(
            contact, agreed=form.agreed, language=form.cleaned_data["language"], actor=None, at=now()
        )
        messages.success(request, "Đã lưu lựa chọn của bạn. · Your choices are saved.")
        return redirect("notifications:choices", token)
    context = {"form": form, "contact": contact}
    return render(request, "notifications/choices.html", context, status=422 if form.errors else 200)


@csrf_exempt
@require_POST
def one_click(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The "unsubscribe" of mail programmes (RFC 8058): they POST without a session."""
    contact = queries.access_contact(token)
    purpose = purpose_of(kind, "email")
    if not purpose:
        raise NotFound()
    actions.choose(contact, agreed={purpose: False}, source="one_click", actor=None, at=now())
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def report(request: HttpRequest, code: str) -> HttpResponse:
    """A delivery report, signed by the provider's secret, taken once. Whoever cannot sign learns nothing."""
    provider = queries.access_provider_by_code(code, today())
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return JsonResponse({"error": "too_large"}, status=413)
    at = now()
    wrong = signing.fault(secret_of(provider), request.headers, "POST", request.path, request.body, at=at)
    if wrong:
        queries.note_forgery(provider, wrong)
        return JsonResponse({"error": "signature"}, status=403)
    try:
        said = json.loads(request.body)
        key, state, reason = (str(said.get(name, "")) for name in ("id", "state", "reason"))
    except (ValueError, AttributeError):
        return JsonResponse({"error": "body"}, status=400)
    nonce = request.headers[signing.NONCE][:80]
    taken = actions.take_report(provider, nonce=nonce, key=key, state=state, reason=reason, actor=None, at=at)
    return JsonResponse({"state": taken}, status=422 if taken == actions.Taken.UNKNOWN else 200)
