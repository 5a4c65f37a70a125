"""Messages between the holder and the office."""

from datetime import datetime

from django.contrib import messages as banner
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import access_held
from motcua.dossiers.queries.talk import of_citizen
from motcua.portal.forms.mine import MessageForm
from motcua.portal.uploads import kept
from motcua.portal.web import CitizenRequest, citizen_required


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: CitizenRequest, dossier_id: int) -> HttpResponse:
    """Read what the office wrote (it learns that), and write back."""
    at = now()
    found = access_held(request.user, dossier_id, at)
    posted = request.method == "POST"
    form = MessageForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid() and _sent(request, found, form, at):
        banner.success(request, _("Đã gửi tin nhắn."))
        return redirect("portal:mine_messages", found.pk)
    if request.method == "GET":
        actions.mark_messages_read(found.pk, actor=request.user, at=at)
    context = {"dossier": found, "talk": of_citizen(found), "form": form}
    return render(request, "portal/mine/messages.html", context, status=422 if form.errors else 200)


def _sent(request: CitizenRequest, found: Dossier, form: MessageForm, at: datetime) -> bool:
    files = kept(form, "files", form.cleaned_data["files"], request.user, at)
    if not form.errors:
        ids = [file.pk for file in files]
        attempt(
            form,
            actions.write_to_office,
            found.pk,
            form.cleaned_data["body"],
            file_ids=ids,
            actor=request.user,
            at=at,
        )
    return not form.errors
