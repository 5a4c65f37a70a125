"""The queue of an office: taking a number at its kiosk, the screen that calls, one's own number on the telephone.

Every page goes by itself without a script: the kiosk returns to its start, screen and telephone look again, by the header
`Refresh` or what stands for it in `noscript`.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import access_office
from motcua.core.errors import NotFound, RuleViolation, TooMany
from motcua.core.moments import legal_date, now
from motcua.portal.queries.queue import priorities, said, slip_data
from motcua.portal.throttle import TAKING, Guesses, Turns
from motcua.printing import qr
from motcua.printing.actions import render as print_form
from motcua.tickets import actions
from motcua.tickets.models import QueueLine, Ticket
from motcua.tickets.queries.board import Place, board, place_of
from motcua.tickets.queries.hours import why_closed
from motcua.tickets.queries.lines import lines_with_waiting
from motcua.tickets.queries.turns import access_by_token, is_kiosk_of, kiosk_token, ticket_link, ticket_token

FORM = require_http_methods(["GET", "HEAD", "POST"])
KIOSK = "ki-ot"  # the cookie of a machine that gives numbers out
YEAR = 365 * 24 * 3600
IDLE, SHOWN, AGAIN = 45, 25, 15  # seconds


def gives_numbers(request: HttpRequest, office: OneStopOffice) -> bool:
    """Whether this machine gives out the office's numbers: anywhere else they would be taken by who is not there."""
    return is_kiosk_of(request.COOKIES.get(KIOSK, ""), office)


@never_cache
@FORM
def take(request: HttpRequest, office: int) -> HttpResponse:
    """Choose a line, answer one question, take the number."""
    place, at = access_office(office), now()
    if is_kiosk_of(request.GET.get("may", ""), place):
        return _made_kiosk(place)
    if not gives_numbers(request, place):
        return render(request, "portal/queue/elsewhere.html", {"office": place})
    lines = lines_with_waiting(place, legal_date(at))
    chosen = _chosen(lines, request.POST.get("hang", "") or request.GET.get("hang", ""))
    refusal: RuleViolation | None = why_closed(place, at)
    status = 200
    if request.method == "POST" and chosen:
        try:
            made = _take(request, chosen, at)
            return redirect("portal:queue_taken", office, ticket_token(made))
        except RuleViolation as refused:  # said on this page, which returns to its start by itself
            refusal, status = refused, 429 if isinstance(refused, TooMany) else 422
    home = reverse("portal:queue", args=[office])
    context = {"office": place, "home": home, "lines": lines, "chosen": chosen, "priorities": priorities(), "said": said(refusal)}  # fmt: skip
    answer = render(request, "portal/queue/take.html", context, status=status)
    answer["Refresh"] = f"{IDLE}; url={home}"
    return answer


def _take(request: HttpRequest, line: QueueLine, at: datetime) -> Ticket:
    turns = Turns(request, TAKING)
    if words := turns.barred():
        raise TooMany(words, turns.wait)
    made = actions.take_ticket(line.pk, priority=request.POST.get("uu-tien", "")[:8], actor=None, at=at)
    turns.taken()
    return made


def _made_kiosk(office: OneStopOffice) -> HttpResponse:
    """The machine remembers that it gives numbers out; its address no longer says so."""
    answer = redirect("portal:queue", office.pk)
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(KIOSK, kiosk_token(office), YEAR, secure=secure, httponly=True, samesite="Lax")
    return answer


def _chosen(lines: list[QueueLine], text: str) -> QueueLine | None:
    return next((line for line in lines if str(line.pk) == text), None)


@never_cache
@require_safe
def taken(request: HttpRequest, office: int, token: str) -> HttpResponse:
    """The number, to be remembered, photographed or printed; then the start again."""
    place, found = access_office(office), _ticket(request, token)
    if found.line.office_id != place.pk:
        raise NotFound
    home = reverse("portal:queue", args=[office])
    context = {
        "office": place,
        "home": home,
        "ticket": found,
        "token": token,
        "place": place_of(found, now()),
    }
    context["code"] = qr.svg(ticket_link(found), size=220, label="QR")
    answer = render(request, "portal/queue/taken.html", context)
    answer["Refresh"] = f"{SHOWN}; url={home}"
    return answer


@never_cache
@require_safe
def calling(request: HttpRequest, office: int) -> HttpResponse:
    """The screen on the wall."""
    return _calling(request, office, "calling")


@never_cache
@require_safe
def calling_now(request: HttpRequest, office: int) -> HttpResponse:
    """Fragment: what the screen shows now."""
    return _calling(request, office, "_calling")


def _calling(request: HttpRequest, office: int, page: str) -> HttpResponse:
    place = access_office(office)
    context = {"office": place, "board": board(place, now()), "again": AGAIN}
    return render(request, f"portal/queue/{page}.html", context)


@never_cache
@require_safe
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """One's own number on the telephone."""
    return _own(request, token, "ticket")


@never_cache
@require_safe
def ticket_now(request: HttpRequest, token: str) -> HttpResponse:
    """Fragment: where the number stands now."""
    return _own(request, token, "_place")


def _own(request: HttpRequest, token: str, page: str) -> HttpResponse:
    found = _ticket(request, token)
    place: Place = place_of(found, now())
    context = {"ticket": found, "place": place, "token": token, "office": found.line.office, "again": AGAIN}
    return render(request, f"portal/queue/{page}.html", context)


@never_cache
@require_safe
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """The slip for a printer of 80 mm."""
    found = _ticket(request, token)
    pdf = print_form("queue_ticket", slip_data(found))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="so-{found}.pdf"'
    return answer


def _ticket(request: HttpRequest, token: str) -> Ticket:
    """The ticket of a token; who tries tokens is stopped."""
    guesses = Guesses(request, "ticket")
    if words := guesses.barred():
        raise NotFound(words)
    try:
        return access_by_token(token)
    except NotFound as unknown:
        guesses.failed()
        raise NotFound(_("Không có số thứ tự này. Quét lại mã trên phiếu.")) from unknown
