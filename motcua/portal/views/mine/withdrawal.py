"""Taking a dossier back: at once before reception, by the office's confirmation after it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.queries import access_held
from motcua.portal.forms.mine import WithdrawForm
from motcua.portal.web import CitizenRequest, citizen_required


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: CitizenRequest, dossier_id: int) -> HttpResponse:
    """Asks first. Before reception the dossier is withdrawn at once; afterwards the office gives it back."""
    at = now()
    found = access_held(request.user, dossier_id, at)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if found.received_at is None:
            attempt(form, actions.confirm_withdrawal, found.pk, actor=request.user, at=at)
        else:
            attempt(
                form,
                actions.request_withdrawal,
                found.pk,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                at=at,
            )
        if not form.errors:
            messages.success(request, _("Đã ghi nhận việc rút hồ sơ."))
            return redirect("portal:mine_dossier", found.pk)
    context = {"dossier": found, "form": form}
    return render(request, "portal/mine/withdraw.html", context, status=422 if form.errors else 200)


@require_POST
@citizen_required
def cancel_withdrawal(request: CitizenRequest, dossier_id: int) -> HttpResponse:
    """Keep the dossier going after all."""
    at = now()
    found = access_held(request.user, dossier_id, at)
    actions.cancel_withdrawal(found.pk, actor=request.user, at=at)
    messages.success(request, _("Hồ sơ tiếp tục được giải quyết."))
    return redirect("portal:mine_dossier", found.pk)
