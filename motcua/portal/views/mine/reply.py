"""Answering a request to correct: a page that shows only what is asked."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.attempts import attempt
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Desk, access_held
from motcua.dossiers.queries.forms import corrected
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.states import Payment
from motcua.eforms.rules.posted import read, stays
from motcua.files.models import StoredFile
from motcua.portal.forms.mine import ReplyForm
from motcua.portal.queries.asked import Asked, AskedPaper, answers_of, asked_of
from motcua.portal.uploads import kept, of_ticket, ticket
from motcua.portal.views.mine.fees import FeesAnew
from motcua.portal.web import CitizenRequest, citizen_required


@dataclass
class Reply:
    """What was sent of a reply: the answers by section, the files, and what is wrong with either."""

    asked: Asked
    form: ReplyForm
    given: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    files: dict[int, StoredFile] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)
    fees: FeesAnew | None = None

    def papers(self) -> tuple[PaperData, ...]:
        """The papers as the act takes them."""
        return tuple(p.as_data(self.files[p.number].pk) for p in self.asked.papers if p.number in self.files)

    @property
    def is_whole(self) -> bool:
        """Whether it may be sent in."""
        return not (self.errors or self.missing or self.form.errors or (self.fees and self.fees.errors))


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: CitizenRequest, dossier_id: int) -> HttpResponse:
    """Only the questions and papers that were pointed at; sent in together."""
    at = now()
    found = access_held(request.user, dossier_id, at)
    asked = asked_of(found, Desk(request.user, at))
    sent = Reply(asked, ReplyForm(request.POST if request.method == "POST" else None))
    sent.fees = FeesAnew(asked.fees, request.POST or None) if asked.fees else None
    if request.method == "POST":
        stay = _read(request, sent, at)
        if not stay and sent.is_whole and _done(request, found, sent, at):
            messages.success(request, _("Đã gửi phần bổ sung. Cán bộ sẽ kiểm tra lại hồ sơ của bạn."))
            return redirect("portal:mine_dossier", found.pk)
        return _page(request, found, sent, 200 if stay else 422)
    return _page(request, found, sent, 200)


def _read(request: CitizenRequest, sent: Reply, at: datetime) -> bool:
    """Take in answers and files; whether a button was pressed that only changes the page."""
    sections = sent.asked.sections()
    sent.form.is_valid()
    sent.given = {section.key: read(section, request.POST) for section in sections}
    if sent.asked.form is not None:
        sent.errors = _errors(request, sent, at)
    for paper in sent.asked.papers:
        _take(request, sent, paper, at)
    if stays(request.POST):
        sent.errors, sent.missing = {}, set()
        return True
    return False


def _errors(request: CitizenRequest, sent: Reply, at: datetime) -> dict[str, str]:
    """What is wrong with the answers; fields that they have made necessary are read too."""
    form = sent.asked.form
    assert form is not None
    _answers, errors = corrected(form, sent.asked.fields, sent.given, at)
    if errors:
        sent.given = {one.key: read(one, request.POST) for one in sent.asked.sections(errors)}
        _answers, errors = corrected(form, sent.asked.fields, sent.given, at)
    return errors


def _take(request: CitizenRequest, sent: Reply, paper: AskedPaper, at: datetime) -> None:
    """The file of one paper: new, or taken in before an error brought the page back."""
    upload = request.FILES.get(paper.field_name)
    if upload is not None:
        for file in kept(sent.form, "", [upload], request.user, at):
            sent.files[paper.number] = file
    elif earlier := of_ticket(request.POST.get(f"{paper.field_name}-da-tai", ""), request.user):
        sent.files[paper.number] = earlier
    if paper.number not in sent.files:
        sent.missing.add(paper.number)


def _done(request: CitizenRequest, found: Dossier, sent: Reply, at: datetime) -> bool:
    attempt(
        sent.form,
        actions.answer_correction,
        found.pk,
        answers=sent.given,
        papers=sent.papers(),
        fees=sent.fees.stated if sent.fees else None,
        actor=request.user,
        at=at,
    )
    return not sent.form.errors


def _page(request: CitizenRequest, found: Dossier, sent: Reply, status: int) -> HttpResponse:
    papers = [
        {
            "paper": paper,
            "file": sent.files.get(paper.number),
            "ticket": ticket(sent.files[paper.number], request.user) if paper.number in sent.files else "",
            "missing": paper.number in sent.missing,
        }
        for paper in sent.asked.papers
    ]
    context = {
        "dossier": found,
        "asked": sent.asked,
        "sections": sent.asked.sections(sent.errors),
        "answers": answers_of(sent.asked, sent.given),
        "errors": sent.errors,
        "papers": papers,
        "form": sent.form,
        "fees": sent.fees,
        "pays_now": found.payment != Payment.NONE,
        "has_errors": status == 422,
    }
    return render(request, "portal/mine/reply.html", context, status=status)
