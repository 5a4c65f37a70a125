"""A person's store: their results and papers, downloads, links by which they let somebody see one."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.core.pages import data
from motcua.core.web import page
from motcua.files.queries import read
from motcua.files.shelf import stream
from motcua.holdings import actions
from motcua.holdings.models import HeldPaper
from motcua.holdings.queries import access_held_paper, access_shared, papers_of, shares_of
from motcua.portal.forms.held import ShareForm
from motcua.portal.throttle import Guesses
from motcua.portal.web import CitizenRequest, citizen_required

MADE = "held_shared_link"


@never_cache
@require_safe
@citizen_required
def store(request: CitizenRequest) -> HttpResponse:
    """Everything that one holds, newest first."""
    day = today()
    found = page(request, papers_of(request.user, day))
    rows = [(one, one.state_on(day).value) for one in found.rows]
    context = {"page": found, "rows": rows, "profile": request.user.profile}
    return render(request, "portal/held/store.html", context)


@never_cache
@citizen_required
def paper(request: CitizenRequest, key: str) -> HttpResponse:
    """One paper: what it is, its file, its QR page, the links that show it."""
    day = today()
    found = access_held_paper(request.user, key, day)
    form = ShareForm(data(request))
    if form.is_valid():
        fields = form.cleaned_data
        made = attempt(form, actions.share, key, fields["days"], fields["note"], actor=request.user, at=now())
        if made:
            request.session[MADE] = request.build_absolute_uri(reverse("portal:held_shared", args=[made[1]]))
            messages.success(request, _("Đã tạo đường dẫn. Chép lại ngay: đường dẫn chỉ hiện một lần."))
            return redirect("portal:held_paper", key)
    context = {
        "paper": found,
        "state": found.state_on(day).value,
        "form": form,
        "link": request.session.pop(MADE, "") if request.method == "GET" else "",
        "shares": shares_of(found, now()),
    }
    return render(request, "portal/held/paper.html", context, status=422 if form.errors else 200)


@require_safe
@citizen_required
def download(request: CitizenRequest, key: str) -> HttpResponse:
    """The file, signed as it was issued."""
    return _file(access_held_paper(request.user, key, today()))


def _file(found: HeldPaper) -> HttpResponse:
    content = read(found.file)
    response = FileResponse(
        stream(content), as_attachment=True, filename=found.file.name, content_type=found.file.media_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # answers of files are answers


@require_POST
@citizen_required
def end_share(request: CitizenRequest, key: str, pk: int) -> HttpResponse:
    """A link opens nothing any more."""
    actions.end_share(key, pk, actor=request.user, at=now())
    messages.success(request, _("Đã thu hồi đường dẫn."))
    return redirect("portal:held_paper", key)


@never_cache
@require_safe
def shared(request: HttpRequest, secret: str) -> HttpResponse:
    """What the holder lets somebody see. Only looking costs nothing; opening the file is counted."""
    guesses = Guesses(request, "shared")
    if words := guesses.barred():
        return render(request, "portal/held/shared.html", {"words": words}, status=429)
    try:
        found = access_shared(secret, now())
    except NotFound:
        guesses.failed()
        raise
    state = found.paper.state_on(today()).value
    context = {"share": found, "paper": found.paper, "state": state, "secret": secret}
    response = render(request, "portal/held/shared.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def shared_file(request: HttpRequest, secret: str) -> HttpResponse:
    """The file behind a shared link; counted."""
    guesses = Guesses(request, "shared")
    if guesses.barred():
        raise NotFound()
    opened = actions.open_share(secret, ip=request.META.get("REMOTE_ADDR", ""), actor=None, at=now())
    return _file(opened.paper)
