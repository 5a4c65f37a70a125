"""Staff help somebody who is present to file online: who it is, the code on their phone, what is begun and sent, the end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts import actions as accounts
from motcua.accounts.models import Assistance
from motcua.accounts.queries import visit_now
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, now
from motcua.core.pages import data, went
from motcua.filing import actions, queries
from motcua.portal import signing_in
from motcua.portal.actions.sign_in import send_assist_code
from motcua.portal.forms.sign_in import CodeForm
from motcua.portal.queries.assisting import offered
from motcua.portal.queries.catalogue import sheet
from motcua.portal.throttle import BEGINNING, Turns
from motcua.portal.views.filing import shown
from motcua.portal.web import HelperRequest, goes_to, helper_required

WAITING = "assist_code"  # in the session: the number of the code that the person's phone got, never the code


def current(request: HelperRequest) -> Assistance:
    """The visit that goes on. Raises NotFound when there is none."""
    if found := visit_now(request.user, now()):
        return found
    raise NotFound("Không có lượt hỗ trợ nào đang mở. Bắt đầu lượt mới ở mục Lập hồ sơ hộ.")


@helper_required
@require_http_methods(["GET", "HEAD"])
def visit(request: HelperRequest) -> HttpResponse:
    """Who is helped now, what has been begun and sent for them, and which procedure comes next."""
    found = visit_now(request.user, now())
    if found is None:
        return redirect("holdings:assist")
    text = request.GET.get("q", "")[:200]
    context = {
        "visit": found,
        "filed": queries.filed_in(found),
        "q": text,
        "versions": offered(text, legal_date(now())) if text.strip() else [],
    }
    return render(request, "portal/assisting/visit.html", context)


@helper_required
@require_http_methods(["GET", "POST"])
def start(request: HelperRequest, code: str) -> HttpResponse:
    """What is needed, and the button that begins."""
    at = now()
    found, version = current(request), sheet(code, legal_date(at)).version
    if request.method == "POST":
        Turns(request, BEGINNING).take()
        made = actions.start_for(found.pk, version, actor=request.user, at=at)
        return goes_to(request, "file_resume", made.pk)
    context = shown.start_page(request.user, version, request.GET, at) | {"visit": found}
    return render(request, "portal/assisting/start.html", context)


@helper_required
@require_POST
def send(request: HelperRequest) -> HttpResponse:
    """Send a code to the phone of who is helped."""
    found = current(request)
    row = send_assist_code(found.pk, ip=signing_in.network_address(request), actor=request.user, at=now())
    request.session[WAITING] = row.pk
    return goes_to(request, "visit_confirm")


@helper_required
@require_http_methods(["GET", "POST"])
def confirm(request: HelperRequest) -> HttpResponse:
    """The code, as the person reads it out."""
    found, code_id = current(request), request.session.get(WAITING)
    if code_id is None:
        return goes_to(request, "drafts")
    form = CodeForm(data(request))
    if form.is_valid():
        ip, by = signing_in.network_address(request), request.user
        typed = form.cleaned_data["code"]
        if attempt(form, accounts.confirm_assisted, found.pk, code_id, typed, ip=ip, actor=by, at=now()):
            del request.session[WAITING]
            return went(request, _confirmed(found), reverse("assisting:drafts"))
    context = {"form": form, "visit": found}
    return render(request, "portal/assisting/confirm.html", context, status=422 if form.errors else 200)


def _confirmed(visit: Assistance) -> str:
    visit.refresh_from_db()
    if visit.citizen_id:
        return "Người dân đã xác nhận. Hồ sơ bắt đầu từ bây giờ được điền sẵn từ tài khoản và nằm ngay trong tài khoản của họ."
    return "Người dân đã xác nhận bằng mã trên điện thoại."


@helper_required
@require_POST
def end(request: HelperRequest) -> HttpResponse:
    """The person leaves."""
    accounts.end_assistance(current(request).pk, actor=request.user, at=now())
    request.session.pop(WAITING, None)
    messages.success(request, "Đã kết thúc lượt hỗ trợ. Những gì đã khai không còn mở được từ đây.")
    return redirect("holdings:assist")
