"""Bank statements: taken in, looked at; transfers tied to charges by hand."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core import web
from motcua.core.moments import now
from motcua.core.money import dong
from motcua.core.pages import FormPage, act_page, data, done, form_page, went
from motcua.payments import actions, queries
from motcua.payments.forms.statements import LayoutForm, MatchForm, StatementForm


@login_required
@require_safe
def statements(request: StaffRequest) -> HttpResponse:
    """Statements that were taken in."""
    request.authority.require_any(Permission.FEE_VIEW)
    context = {
        "page": web.page(request, queries.statements_visible(request.authority)),
        "may_import": request.authority.has(Permission.FEE_COLLECT),
        "may_layout": request.authority.has(Permission.FEE_BOOK),
    }
    return render(request, "payments/statements.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_statement(request: StaffRequest) -> HttpResponse:
    """Take in a statement."""
    request.authority.require_any(Permission.FEE_COLLECT)
    accounts = queries.accounts_to_import(request.authority)
    files = request.FILES if request.method == "POST" else None
    form = StatementForm(data(request), files, accounts=accounts, layouts=queries.layouts())
    if made := done(request, form, actions.import_statement, at=now()):
        said = f"Đã nhập {made.name}: {made.added} giao dịch mới, {made.known} đã có."
        return went(request, said, reverse("payments:statement", args=[made.pk]))
    back = reverse("payments:statements")
    note = "" if accounts.exists() else "Chưa có tài khoản thu nào của cơ quan bạn; thêm tài khoản thu trước."
    return form_page(request, form, "Nhập sao kê ngân hàng", back=back, submit="Nhập và đối soát", note=note)


@login_required
@require_safe
def statement(request: StaffRequest, statement_id: int) -> HttpResponse:
    """One statement: what came of its lines, and those that could not be read."""
    found = queries.access_statement(request.authority, statement_id)
    transfers = found.transfers.select_related("charge", "receipt__book").order_by("line", "id")
    context = {"statement": found, "page": web.page(request, transfers, 50)}
    return render(request, "payments/statement.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_layout(request: StaffRequest) -> HttpResponse:
    """Describe how a bank writes its statements."""
    request.authority.require_any(Permission.FEE_BOOK)
    page = FormPage("Thêm mẫu sao kê", "Đã thêm mẫu sao kê.", reverse("payments:statements"))
    return act_page(request, LayoutForm(data(request)), page, actions.create_layout)


@login_required
@require_http_methods(["GET", "POST"])
def match(request: StaffRequest, transfer_id: int) -> HttpResponse:
    """Say which charges a transfer is for (?q=code or purpose)."""
    transfer = queries.access_transfer(request.authority, transfer_id)
    request.authority.require(Permission.FEE_COLLECT, transfer.agency)
    text = request.GET.get("q", "")
    found = queries.charges_to_match(transfer.agency, text, transfer.amount)
    form = MatchForm(data(request), found=found)
    if done(request, form, actions.match_by_hand, transfer.pk, at=now()):
        said = f"Đã ghép giao dịch {transfer.bank_reference}, {dong(transfer.amount)}."
        return went(request, said, reverse("payments:transfers"))
    context = {"transfer": transfer, "form": form, "found": found, "q": text}
    return render(request, "payments/match.html", context, status=422 if form.errors else 200)
