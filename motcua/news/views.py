"""The editors' screens: articles with pictures and reads, documents of boards with deadlines."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import agencies_at
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core import web
from motcua.core.attempts import attempt
from motcua.core.moments import now, to_local, today
from motcua.core.pages import FormPage, act_page, data, form_page, went
from motcua.files.queries import url_for
from motcua.news import actions, queries
from motcua.news import forms as shapes
from motcua.news.models import Article, PublishedDocument

FORM = require_http_methods(["GET", "POST"])


def _editors(request: StaffRequest) -> None:
    """Raise NotFound for who may neither write nor publish anywhere."""
    if not request.authority.has(Permission.NEWS_PUBLISH):
        request.authority.require_any(Permission.NEWS_EDIT)


def _sent(request: StaffRequest, form: Any) -> bool:
    """Whether the form was sent and is well formed."""
    return request.method == "POST" and form.is_valid()


def _agencies(request: StaffRequest) -> Any:
    return agencies_at(today()).filter(request.authority.where(Permission.NEWS_EDIT)).order_by("path")


@login_required
@require_safe
def articles(request: StaffRequest) -> HttpResponse:
    """Articles of one's agencies, with how often each was read."""
    _editors(request)
    status, text = request.GET.get("trang-thai", ""), request.GET.get("q", "")[:200]
    page = web.page(request, queries.drafts_within(request.authority, status=status, text=text))
    context = {"page": page, "statuses": Article.Status.choices, "status": status, "q": text}
    return render(request, "news/articles.html", context)


@login_required
@FORM
def new_article(request: StaffRequest) -> HttpResponse:
    """Write an article."""
    _editors(request)
    form = shapes.NewArticleForm(data(request), agencies=_agencies(request))
    if _sent(request, form):
        agency_id = form.cleaned_data["agency"].pk
        made = attempt(
            form, actions.write_article, agency_id, form.data_given(), actor=request.user, at=now()
        )
        if made:
            return went(request, "Đã lưu bản nháp.", reverse("news:article", args=[made.pk]))
    return form_page(request, form, "Viết tin bài", back=reverse("news:articles"))


@login_required
@require_safe
def article(request: StaffRequest, pk: int) -> HttpResponse:
    """One article as it will be read, with what may be done with it."""
    found = queries.access_draft(pk, request.authority)
    picture = queries.picture_of(found)
    context = {
        "article": found,
        "picture": url_for(picture, request.user) if picture else "",
        "days": queries.reads_by_day(found),
        "may_publish": request.authority.can(Permission.NEWS_PUBLISH, found.agency),
        "may_edit": request.authority.can(Permission.NEWS_EDIT, found.agency),
    }
    return render(request, "news/article.html", context)


@login_required
@FORM
def edit_article(request: StaffRequest, pk: int) -> HttpResponse:
    """Change an article."""
    found = queries.access_draft(pk, request.authority)
    moments = {
        name: to_local(value) if (value := getattr(found, name)) else None
        for name in ("begins_at", "ends_at", "shown_until")
    }
    form = shapes.ArticleForm(data(request), initial=vars(found) | moments)
    back = reverse("news:article", args=[pk])
    given = form.data_given() if _sent(request, form) else None
    if given and attempt(form, actions.edit_article, pk, given, actor=request.user, at=now()):
        return went(request, "Đã lưu.", back)
    return form_page(request, form, f"Sửa: {found.title}", back=back)


@login_required
@FORM
def picture(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a picture to an article."""
    queries.access_draft(pk, request.authority)
    form = shapes.PictureForm(data(request), request.FILES or None)
    back = reverse("news:article", args=[pk])
    if _sent(request, form):
        given = form.cleaned_data
        if attempt(
            form,
            actions.set_picture,
            pk,
            given["picture"],
            words=given["words"],
            actor=request.user,
            at=now(),
        ):
            return went(request, "Đã lưu ảnh.", back)
    return form_page(request, form, "Ảnh của tin bài", back=back, submit="Tải lên")


@login_required
@FORM
def publish_article(request: StaffRequest, pk: int) -> HttpResponse:
    """Put an article before the public."""
    found = queries.access_draft(pk, request.authority)
    request.authority.require(Permission.NEWS_PUBLISH, found.agency)
    page = FormPage(
        f"Đăng: {found.title}", "Đã đăng tin bài.", to=reverse("news:article", args=[pk]), submit="Đăng"
    )
    return act_page(request, shapes.PublishForm(data(request)), page, actions.publish_article, pk)


@login_required
@FORM
def withdraw_article(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an article off the site."""
    found = queries.access_draft(pk, request.authority)
    request.authority.require(Permission.NEWS_PUBLISH, found.agency)
    to = reverse("news:article", args=[pk])
    page = FormPage(f"Gỡ: {found.title}", "Đã gỡ tin bài.", to=to, submit="Gỡ", danger=True)
    return act_page(request, shapes.ReasonForm(data(request)), page, actions.withdraw_article, pk)


@login_required
@require_safe
def boards(request: StaffRequest) -> HttpResponse:
    """Boards, what is late, and the documents of one's agencies."""
    _editors(request)
    rows = queries.documents_within(request.authority)
    context = {
        "boards": queries.boards(),
        "page": web.page(request, rows),
        "late": queries.documents_late(request.authority, today())[:20],
        "today": today(),
    }
    return render(request, "news/boards.html", context)


@login_required
@FORM
def new_document(request: StaffRequest, slug: str) -> HttpResponse:
    """Enter a document for a board."""
    _editors(request)
    board = queries.access_board(slug)
    form = shapes.NewDocumentForm(data(request), board=board, agencies=_agencies(request))
    if _sent(request, form):
        ids = (board.pk, form.cleaned_data["agency"].pk)
        made = attempt(form, actions.draft_document, *ids, form.data_given(), actor=request.user, at=now())
        if made:
            return went(request, "Đã lập tài liệu.", reverse("news:document", args=[made.pk]))
    return form_page(request, form, f"Thêm tài liệu: {board.name}", back=reverse("news:boards"))


@login_required
@require_safe
def document(request: StaffRequest, pk: int) -> HttpResponse:
    """One document with its deadline."""
    found = queries.access_document(pk, request.authority)
    can = request.authority.can
    context = {
        "document": found,
        "may_publish": can(Permission.NEWS_PUBLISH, found.agency),
        "may_edit": can(Permission.NEWS_EDIT, found.agency)
        and found.status == PublishedDocument.Status.DRAFT,
        "late": found.status == PublishedDocument.Status.DRAFT
        and found.due_on is not None
        and found.due_on < today(),
    }
    return render(request, "news/document.html", context)


@login_required
@FORM
def edit_document(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a document that is not public yet."""
    found = queries.access_document(pk, request.authority)
    form = shapes.DocumentForm(data(request), initial=vars(found), board=found.board)
    back = reverse("news:document", args=[pk])
    given = form.data_given() if _sent(request, form) else None
    if given and attempt(form, actions.edit_document, pk, given, actor=request.user, at=now()):
        return went(request, "Đã lưu.", back)
    return form_page(request, form, f"Sửa: {found.title}", back=back)


@login_required
@FORM
def document_file(request: StaffRequest, pk: int) -> HttpResponse:
    """Put the file to a document."""
    queries.access_document(pk, request.authority)
    form = shapes.FileForm(data(request), request.FILES or None)
    back = reverse("news:document", args=[pk])
    file = form.cleaned_data["file"] if _sent(request, form) else None
    if file and attempt(form, actions.attach_file, pk, file, actor=request.user, at=now()):
        return went(request, "Đã lưu tệp.", back)
    return form_page(request, form, "Tệp của tài liệu", back=back, submit="Tải lên")


@login_required
@FORM
def publish_document(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a document public."""
    found = queries.access_document(pk, request.authority)
    request.authority.require(Permission.NEWS_PUBLISH, found.agency)
    to = reverse("news:document", args=[pk])
    page = FormPage(f"Công khai: {found.title}", "Đã công khai tài liệu.", to=to, submit="Công khai")
    return act_page(request, forms.Form(data(request)), page, actions.publish_document, pk)


@login_required
@FORM
def remove_document(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a document down."""
    found = queries.access_document(pk, request.authority)
    request.authority.require(Permission.NEWS_PUBLISH, found.agency)
    to = reverse("news:document", args=[pk])
    page = FormPage(f"Gỡ: {found.title}", "Đã gỡ tài liệu.", to=to, submit="Gỡ", danger=True)
    return act_page(request, shapes.ReasonForm(data(request)), page, actions.remove_document, pk)
