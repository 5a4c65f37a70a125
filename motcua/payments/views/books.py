"""Receipt books and bank accounts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core import web
from motcua.core.moments import now, today
from motcua.core.pages import FormPage, act_page, data, done, form_page, went
from motcua.payments import actions, queries
from motcua.payments.forms.counter import AccountForm, BookForm, EndAccountForm, TransferForm
from motcua.payments.forms.statements import ResolveForm
from motcua.payments.views.common import agencies_for


@login_required
@require_safe
def books(request: StaffRequest) -> HttpResponse:
    """All books that I may see."""
    request.authority.require_any(Permission.FEE_VIEW)
    may_open = request.authority.has(Permission.FEE_BOOK)
    context = {"books": queries.books_visible(request.authority)[:200], "may_open": may_open}
    return render(request, "payments/books.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_book(request: StaffRequest) -> HttpResponse:
    """Open a book."""
    agencies = agencies_for(request, Permission.FEE_BOOK)
    form = BookForm(data(request), agencies=agencies, initial={"year": today().year})
    if made := done(request, form, actions.open_book, at=now()):
        return went(request, f"Đã mở quyển {made}.", reverse("payments:books"))
    return form_page(request, form, "Mở quyển biên lai", back=reverse("payments:books"), submit="Mở quyển")


@login_required
@require_http_methods(["GET", "POST"])
def close_book(request: StaffRequest, book_id: int) -> HttpResponse:
    """Close a book after asking."""
    book = queries.access_book(request.authority, book_id)
    request.authority.require(Permission.FEE_BOOK, book.agency)
    if request.method == "POST":
        actions.close_book(book.pk, actor=request.user, at=now())
        return went(request, f"Đã đóng quyển {book}.", reverse("payments:books"))
    context = {
        "title": f"Đóng quyển biên lai {book}",
        "question": f"Số đã dùng đến {book.last_number:07d}. Quyển đã đóng không cấp số nữa.",
        "action": "Đóng quyển",
        "danger": True,
        "back_url": reverse("payments:books"),
    }
    return render(request, "core/confirm.html", context)


@login_required
@require_safe
def accounts(request: StaffRequest) -> HttpResponse:
    """All collecting accounts that I may see."""
    request.authority.require_any(Permission.FEE_VIEW)
    may_open = request.authority.has(Permission.FEE_BOOK)
    context = {
        "accounts": queries.accounts_visible(request.authority)[:200],
        "may_open": may_open,
        "today": today(),
    }
    return render(request, "payments/accounts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_account(request: StaffRequest) -> HttpResponse:
    """Name the account that collects from a date on."""
    agencies = agencies_for(request, Permission.FEE_BOOK)
    form = AccountForm(data(request), agencies=agencies, initial={"valid_from": today()})
    back = reverse("payments:accounts")
    if made := done(request, form, actions.open_account, at=now()):
        return went(request, f"Đã ghi tài khoản {made}.", back)
    note = "Tài khoản đang thu của cơ quan kết thúc vào ngày liền trước."
    return form_page(request, form, "Thêm tài khoản thu", back=back, note=note)


@login_required
@require_http_methods(["GET", "POST"])
def end_account(request: StaffRequest, account_id: int) -> HttpResponse:
    """Say until when an account collects."""
    account = queries.access_account(request.authority, account_id)
    request.authority.require(Permission.FEE_BOOK, account.agency)
    title, said = f"Ngừng thu qua tài khoản {account}", f"Đã ghi ngày kết thúc của tài khoản {account}."
    page = FormPage(title, said, to=reverse("payments:accounts"))
    return act_page(request, EndAccountForm(data(request)), page, actions.end_account, account.pk)


@login_required
@require_safe
def transfers(request: StaffRequest) -> HttpResponse:
    """Incoming transfers: those to look into, or all."""
    request.authority.require_any(Permission.FEE_VIEW)
    only_open = request.GET.get("xem") != "tat-ca"
    found = queries.transfers_visible(request.authority, only_open=only_open)
    waiting = queries.transfers_visible(request.authority, only_open=True)
    tabs = [
        {
            "label": "Cần xử lý",
            "href": "?",
            "count": web.count_text(web.count_up_to(waiting)),
            "active": only_open,
        },
        {"label": "Tất cả", "href": "?xem=tat-ca", "count": None, "active": not only_open},
    ]
    context = {
        "page": web.page(request, found),
        "tabs": tabs,
        "may_record": request.authority.has(Permission.FEE_COLLECT),
        "may_resolve": request.authority.agency_ids(Permission.FEE_REFUND),
        "may_match": request.authority.agency_ids(Permission.FEE_COLLECT),
    }
    return render(request, "payments/transfers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_transfer(request: StaffRequest) -> HttpResponse:
    """Record a line of the bank statement; it is matched at once."""
    agencies = agencies_for(request, Permission.FEE_COLLECT)
    books = queries.books_in_use(request.authority, today().year)
    form = TransferForm(data(request), agencies=agencies, books=books, initial={"paid_on": today()})
    if made := done(request, form, actions.record_transfer, at=now()):
        return went(
            request, f"Đã ghi giao dịch: {made.get_outcome_display()}.", reverse("payments:transfers")
        )
    return form_page(
        request,
        form,
        "Ghi giao dịch chuyển khoản",
        back=reverse("payments:transfers"),
        submit="Ghi và đối soát",
    )


@login_required
@require_http_methods(["GET", "POST"])
def resolve(request: StaffRequest, transfer_id: int) -> HttpResponse:
    """Note what was done about a transfer that did not match."""
    transfer = queries.access_transfer(request.authority, transfer_id)
    request.authority.require(Permission.FEE_REFUND, transfer.agency)
    title = f"Xử lý giao dịch {transfer.bank_reference}"
    said = f"Đã ghi cách xử lý giao dịch {transfer.bank_reference}."
    page = FormPage(title, said, to=reverse("payments:transfers"))
    return act_page(request, ResolveForm(data(request)), page, actions.resolve_transfer, transfer.pk)
