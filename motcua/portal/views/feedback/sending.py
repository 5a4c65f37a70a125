"""Sending feedback, one question a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.feedback import actions, queries
from motcua.feedback.rules.paths import PATHS
from motcua.feedback.rules.paths import other_path as path_of
from motcua.feedback.rules.sending import SenderData
from motcua.portal.forms.feedback import CheckForm, ContentForm, PlaceForm, SenderForm, TopicForm
from motcua.portal.throttle import Guesses
from motcua.portal.views.feedback import draft as drafts
from motcua.portal.views.feedback import frame

SENDS = "feedback-send"
KNOWN = ("ho-so", "thu-tuc", "kenh")  # what a page that leads here may tell: dossier, procedure, kiosk


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What feedback is, what it is not, how long it takes; from a dossier's page with its code."""
    known = {name: request.GET[name][:60] for name in KNOWN if request.GET.get(name)}
    frame.clear(request)
    request.session.pop(drafts.KIOSK, None)
    context = {"known": urlencode(known), "latest": queries.published()[:3]}
    return render(request, "portal/feedback/start.html", context)


View = Callable[..., HttpResponse]


def needs(*names: str) -> Callable[[View], View]:
    """A step that rests on earlier ones leads back to the beginning without them."""

    def decorate(view: View) -> View:
        @wraps(view)
        def step(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            kept = drafts.of(request)
            return (
                view(request, *args, **kwargs) if all(kept.get(n) for n in names) else frame.to_start(request)
            )

        return step

    return decorate


def _page(request: HttpRequest, form: forms.Form, title: str, back: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, **more}
    return frame.shown(request, "step", context, 422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest) -> HttpResponse:
    """What it is about. Complaints and denunciations are shown their own path."""
    if request.method == "GET" and set(KNOWN) & set(request.GET):
        frame.stand_at(request)
        drafts.begin(request)
    elif not drafts.of(request):
        if frame.office_of(request):
            return frame.to_start(request)
        drafts.begin(request)
    kept = drafts.of(request)
    form = TopicForm(
        request.POST or None, topics=queries.topics_on(today()), initial={"topic": kept.get("topic")}
    )
    if request.method == "POST" and form.is_valid():
        if form.path:
            return redirect("portal:feedback_other_path", form.path)
        drafts.keep(request, topic=form.cleaned_data["topic"])
        return redirect("portal:feedback_content")
    return _page(request, form, _("Gửi phản ánh, kiến nghị"), "portal:feedback_start")


@require_safe
def other_path(request: HttpRequest, key: str) -> HttpResponse:
    """Where a complaint or a denunciation goes; who still wants to send feedback may."""
    if key not in PATHS:
        raise NotFound()
    typed = bool(drafts.of(request).get("content"))
    return frame.shown(request, "other_path", {"path": PATHS[key], "typed": typed})


@needs("topic")
@require_http_methods(["GET", "POST"])
def content(request: HttpRequest) -> HttpResponse:
    """What happened. Words of a complaint or denunciation lead past its own path once."""
    kept = drafts.of(request)
    form = ContentForm(request.POST or None, initial=kept)
    if drafts.topic_of(kept).kind != "conduct":
        del form.fields["officer_words"]
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        drafts.keep(request, content=got["content"], officer_words=got.get("officer_words", ""))
        path = path_of(got["content"])
        if path and kept.get("warned") != path.key:
            drafts.keep(request, warned=path.key)
            return redirect("portal:feedback_other_path", path.key)
        return redirect("portal:feedback_place")
    return _page(request, form, drafts.topic_of(kept).name, "portal:feedback_topic", foreign=True)


@needs("content")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Which agency and where."""
    kept, office = drafts.of(request), frame.office_of(request)
    known = {"agency": office.agency_id, **kept} if office else kept
    form = PlaceForm(request.POST or None, agencies=queries.agencies_to_choose(today()), initial=known)
    if request.method == "POST" and form.is_valid():
        drafts.keep(request, **form.cleaned_data)
        return redirect("portal:feedback_similar")
    return _page(request, form, _("Gửi đến đâu?"), "portal:feedback_content")


@needs("agency")
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Published answers that are alike or near; nothing alike, nothing asked."""
    kept = drafts.of(request)
    found = queries.similar(kept["content"], int(kept["agency"]), *drafts.place(kept))
    if not found:
        return redirect("portal:feedback_sender")
    return frame.shown(request, "similar", {"found": found})


@needs("agency")
@require_http_methods(["GET", "POST"])
def sender(request: HttpRequest) -> HttpResponse:
    """Who sends; nobody must say."""
    form = SenderForm(request.POST or None, initial=drafts.of(request))
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        drafts.keep(request, **got, asked_sender=True)
        return redirect("portal:feedback_check")
    note = _("Ghi họ tên và ít nhất một cách liên hệ thì phản ánh mới được tiếp nhận và trả lời. Không ghi thì chỉ dùng làm thông tin. Tên bạn được giữ kín, người bị phản ánh không xem được.")  # fmt: skip
    return _page(request, form, _("Bạn là ai?"), "portal:feedback_place", note=note)


@needs("asked_sender")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Everything once more, with files; then it is sent."""
    kept = drafts.of(request)
    form = CheckForm(request.POST or None, request.FILES or None)
    brake = Guesses(request, SENDS)
    if request.method == "POST" and (words := brake.barred()):
        form = CheckForm({})
        form.add_error(None, words)
        return _checked(request, form, kept, 429)
    if request.method == "POST" and (form := CheckForm(request.POST, request.FILES)).is_valid():
        brake.failed()  # every sending counts: a person sends few
        made = attempt(
            form,
            actions.send,
            drafts.data(kept),
            uploads=form.cleaned_data.get("files", []),
            actor=None,
            at=now(),
        )
        if made and not form.errors:
            request.session[drafts.RECEIPT] = {
                "code": made.feedback.code,
                "secret": made.shown,
                "pk": made.feedback.pk,
            }
            request.session[drafts.OPEN] = made.feedback.pk
            del request.session[drafts.KEPT]
            return redirect("portal:feedback_sent")
    return _checked(request, form, kept, 422 if form.errors else 200)


def _checked(request: HttpRequest, form: forms.Form, kept: dict[str, Any], status: int) -> HttpResponse:
    person = SenderData(
        kept.get("name", ""), kept.get("phone", ""), kept.get("email", ""), kept.get("sender_address", "")
    )
    context = {
        "form": form,
        "kept": kept,
        "topic": drafts.topic_of(kept),
        "agency": drafts.agency_name(kept),
        "person": person,
    }
    if frame.office_of(request):
        del form.fields["files"]  # a kiosk's files are nobody's business
    return frame.shown(request, "check", context, status)
