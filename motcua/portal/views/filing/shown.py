"""What the pages of filing show, put together for templates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.accounts.models import User
from motcua.accounts.queries import profile_of
from motcua.core.errors import NotFound
from motcua.core.identity import phone_text
from motcua.core.moments import legal_date, to_local
from motcua.dossiers.queries import Desk
from motcua.eforms.queries import replaced_paper
from motcua.eforms.rules.answers import summary
from motcua.eforms.rules.english import in_english
from motcua.filing import actions
from motcua.filing.actions import Saved
from motcua.filing.models import Application
from motcua.filing.queries import Journey, access_application, drafts_of, online_offered, places
from motcua.filing.queries.changes import is_outdated
from motcua.filing.queries.prefill import earlier, settled
from motcua.filing.rules import steps as rules
from motcua.portal.forms.documents import document_name
from motcua.portal.forms.filing import CasePage, DeliveryPage, ForPage, OfficePage, PartyPage
from motcua.portal.views.filing import money
from motcua.procedures.models import ProcedureVersion

Context = tuple[str, dict[str, Any]]


def start_page(user: Any, version: ProcedureVersion, asked: QueryDict, at: datetime) -> dict[str, Any]:
    """What one reads before beginning."""
    citizen = getattr(user, "is_citizen", False)
    day = legal_date(at)
    mine: QuerySet[Application] | list[Application] = []
    if citizen:
        mine = drafts_of(user, at).filter(procedure=version.procedure)[:3]
    by_form = replaced_paper(version)
    papers = [one for one in version.papers.all() if not one.note_only and one != by_form]
    return {
        "version": version,
        "citizen": citizen,
        "offered": online_offered(version, day),
        "papers": papers,
        "drafts": mine,
        "case": asked.get("truong-hop", "")[:600],
        "exemption": asked.get("mien-giam", "")[:200],
    }


def open_journey(user: User, application_id: UUID, at: datetime) -> Journey | None:
    """One's own draft, brought to what is in force now; None when it has been sent. Raises NotFound."""
    application = access_application(user, application_id, at)
    if not application.is_draft:
        return None
    if application.expires_at <= at:
        raise NotFound("Bản nháp này đã hết hạn. Bắt đầu lại từ trang thủ tục.")
    desk = Desk(user, at)
    if is_outdated(application, desk):
        actions.carry_over(application_id, actor=user, at=at)
        application = access_application(user, application_id, at)
    return Journey(application, user, at, desk)


def again(journey: Journey, saved: Saved) -> Journey:
    """The same filing after saving, with what was read already."""
    newest = access_application(journey.owner, journey.application.pk, journey.at)
    return Journey(newest, journey.owner, journey.at, journey.desk)


def resume_at(user: User, application: Application, at: datetime) -> str:
    """The page on which one stopped."""
    journey = Journey(application, user, at)
    return rules.resume_at(journey.steps, application.position, application.done)


def next_step(user: User, application: Application, step: str, at: datetime) -> str:
    """The page after one that was saved; back to checking when everything has been gone through once."""
    steps = Journey(application, user, at).steps
    following = rules.next_of(steps, step)
    return rules.REVIEW if not rules.open_steps(steps, application.done) else following


def page(
    journey: Journey,
    step: str,
    given: Mapping[str, Any] | None = None,
    saved: Saved | None = None,
    *,
    stays: bool = False,
) -> Context:
    """Template and context of a page. Raises NotFound for one that this filing does not have."""
    if step not in journey.steps:
        raise NotFound()
    kind = "section" if rules.section_of(step) else step
    errors = {} if saved is None or stays or saved.stale else saved.errors
    place = journey.steps.index(step)
    context = {
        "journey": journey,
        "application": journey.application,
        "version": journey.application.version,
        "step": step,
        "number": place + 1,
        "total": len(journey.steps),
        "previous": rules.previous_of(journey.steps, step),
        "stale": bool(saved and saved.stale),
        "saved_at": to_local(journey.application.updated_at),
        **_PAGES[kind](journey, step, given, errors),
    }
    return f"portal/filing/{_TEMPLATES.get(kind, 'page')}.html", context


def _office(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    application = journey.application
    now = f"{application.office_id}-{application.resolving_id}" if application.office_id else ""
    choices = [(one.key, one.label) for one in places(journey.desk, application.version)]
    return {"form": OfficePage(choices, given or {"place": now}, errors), "title": _("Bạn nộp ở đâu?")}


def _case(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    application = journey.application
    values = given or {"case": application.case, "limit_case": application.limit_case}
    form = CasePage(journey.cases, journey.limit_cases, values, errors)
    return {"form": form, "title": _("Trường hợp của bạn là gì?")}


def _for(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    own = journey.visit.full_name if journey.visit else _("Cho tôi")
    choices = [(one.key, own if one.is_self else one.name) for one in journey.parties]
    choices.append(("other", _("Cho người khác: tôi nộp thay")))
    form = ForPage(choices, given or {"acting": journey.application.acting}, errors)
    return {"form": form, "title": _("Bạn nộp hồ sơ cho ai?")}


def _party(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    application = journey.application
    fixed = settled(journey, application.acting)
    form = PartyPage(application.acting, fixed, {**application.party, **(given or {}), **fixed}, errors)
    own = application.acting == "self"
    return {
        "form": form,
        "title": _("Thông tin của bạn") if own else _("Thông tin của chủ hồ sơ"),
        "fixed": bool(fixed),
    }


def _delivery(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    values = given or {
        "address": journey.application.party.get("address", ""),
        **journey.application.delivery,
    }
    return {"form": DeliveryPage(values, errors), "title": _("Nhận kết quả")}


def _section(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    key = rules.section_of(step)
    section = journey.schema.section(key) if journey.schema else None
    if section is None:
        raise NotFound()
    answers = journey.application.answers
    first, form = journey.filled.sections[0].key == key, journey.application.form_version
    asked = journey.account if first and not given else None
    last = earlier(asked, form.form_id, journey.at) if asked and form else None
    return {
        "section": section,
        "title": _read(section.schema).section(key).title,
        "answers": {**answers, key: given} if given else answers,
        "errors": errors,
        "uploads": {str(one.pk): one.name for one in journey.uploads} if _has_files(section) else {},
        "earlier": last,
    }


def _read(schema: Any) -> Any:
    """The form in the reader's language, where it has English words."""
    return in_english(schema) if schema and schema.english and get_language() == "en" else schema


def _has_files(section: Any) -> bool:
    return any(one.type == "file" for one in section.fields)


def _papers(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    lines = [line for line in journey.papers if not line.requirement.note_only]
    rows = [(line, journey.offers.get(line.requirement.id, [])) for line in lines]
    return {"lines": lines, "rows": rows, "errors": errors, "title": _("Giấy tờ gửi kèm")}


def _review(journey: Journey, step: str, given: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    schema = _read(journey.schema)
    sections = summary(schema, journey.application.answers, journey.context) if schema else []
    return {
        "title": _("Kiểm tra lại trước khi nộp"),
        "problems": journey.problems,
        "sections": [(one, rules.SECTION + one.key) for one in sections],
        "language": "vi" if schema is journey.schema else "en",
        "party_rows": party_rows(journey.application),
        "acting": _acting(journey),
        "lines": [line for line in journey.papers if not line.requirement.note_only],
        "delivery": delivery_words(journey.application),
        "key": uuid4(),
        "fees": money.fee_rows(journey),
        "fee_total": money.total(journey),
        "asks_fees": journey.fee_questions.any,
        "pays_now": journey.charges_when_filed,
        "has_cases": bool(journey.cases),
        "has_limit_cases": bool(journey.limit_cases),
    }


_PAGES = {
    rules.OFFICE: _office,
    rules.CASE: _case,
    rules.FOR: _for,
    rules.PARTY: _party,
    "section": _section,
    rules.FEES: money.fees_page,
    rules.PAPERS: _papers,
    rules.DELIVERY: _delivery,
    rules.REVIEW: _review,
}
_TEMPLATES = {"section": "section", rules.FEES: "fees", rules.PAPERS: "papers", rules.REVIEW: "review"}


def party_rows(application: Application) -> list[tuple[str, str]]:
    """The applicant as one reads it again."""
    party, of_company = application.party, application.acting.startswith("organisation/")
    genders = {"male": _("Nam"), "female": _("Nữ")}
    rows = [
        (_("Tên tổ chức") if of_company else _("Họ, chữ đệm và tên"), party.get("name", "")),
        (_("Mã số thuế"), party.get("tax_code", "") if of_company else ""),
        (_("Giấy tờ tùy thân"), document_name(party.get("identity_country", ""))),
        (_("Số giấy tờ"), "" if of_company else party.get("identity_number", "")),
        (_("Ngày sinh"), party.get("birth_date", "")),
        (_("Giới tính"), genders.get(party.get("gender", ""), "")),
        (_("Số điện thoại"), party.get("phone", "")),
        (_("Thư điện tử"), party.get("email", "")),
        (_("Địa chỉ"), party.get("address", "")),
        (
            _("Giấy ủy quyền, quan hệ"),
            party.get("authorisation", "") if application.acting == "other" else "",
        ),
    ]
    return [(label, value) for label, value in rows if value]


def _acting(journey: Journey) -> str:
    if journey.application.acting == "other":
        return _("Cho người khác: tôi nộp thay")
    found = journey.party
    return (_("Cho tôi") if found.is_self and not journey.visit else found.name) if found else "–"


def delivery_words(application: Application) -> str:
    """How the result is received, in words."""
    ways = {
        "online": _("Bản điện tử, trong tài khoản của tôi"),
        "counter": _("Đến nhận tại nơi nộp hồ sơ"),
        "post": _("Bưu điện mang đến"),
    }
    way = application.delivery.get("way", "")
    address = application.delivery.get("address", "") if way == "post" else ""
    return ": ".join(filter(None, (ways.get(way, ""), address)))


def autosaved(saved: Saved) -> dict[str, Any]:
    """What the script is told after saving."""
    at = to_local(saved.application.updated_at)
    return {
        "revision": saved.application.revision,
        "saved_at": f"{at:%H:%M}",
        "stale": saved.stale,
        "message": _("Hồ sơ này vừa được sửa trên một thiết bị khác lúc %(time)s.")
        % {"time": f"{at:%H:%M %d/%m/%Y}"}
        if saved.stale
        else _("Đã lưu lúc %(time)s") % {"time": f"{at:%H:%M}"},
    }


def submission_key(text: str) -> UUID:
    """The key of the page that sends; a new one for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def done_page(application: Application) -> dict[str, Any]:
    """The acknowledgement."""
    dossier = application.dossier
    helped = application.assistance if application.owner.is_staff_member else None
    profile = profile_of(application.owner)
    reached = [
        phone_text(profile.phone) if profile and profile.phone else "",
        phone_text(helped.phone) if helped else "",
        profile.email if profile else "",
    ]
    return {
        "application": application,
        "dossier": dossier,
        "version": application.version,
        "reached": [one for one in reached if one],
        "delivery": delivery_words(application),
        **money.offer(dossier),
    }
