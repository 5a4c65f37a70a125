"""Data of the printed forms of a dossier, by the schemas of `printing.rules.forms`.

What a numbered slip says is frozen in `Notice.data` when it is issued, on the form set of that day
(`rules.forms_by_date`); `slip_data` adds only the address behind the QR code. Control slip, register and hand-over
list are drawn from the rows as they are. Dates are ISO text: legal dates, and local moments of Viet Nam.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.core import moments
from motcua.core.identity import phone_text
from motcua.dossiers.models import Dossier, DossierPaper, DossierTask, Handover, Notice, ResultPaper
from motcua.dossiers.queries.access import tasks_of
from motcua.dossiers.queries.verify import (
    control_slip_token,
    handover_token,
    notice_token,
    register_token,
    verify_url,
)
from motcua.dossiers.rules import lateness
from motcua.dossiers.rules.forms_by_date import Form, form_for
from motcua.dossiers.rules.states import TaskState
from motcua.procedures.rules.fees import Bill
from motcua.workdays.rules.clock import standing
from motcua.workdays.rules.limits import Limit, Unit

_DELIVERY = {"counter": "counter", "post": "post", "online": "electronic"}
_DELIVERY_NAMES = {"counter": "Trực tiếp", "post": "Bưu chính", "online": "Điện tử"}
_OUTCOMES = {"before": "early", "on": "on_time", "late": "late"}


# Parts shared by the forms --------------------------------------------------------------------------------------------


def heading(
    kind: str, dossier: Dossier | None, agency: Agency | OneStopOffice, number: int | None, day: date
) -> dict[str, Any]:
    """Title, form number, issuer, number and code, as of a legal date."""
    form = form_for(kind, day)
    label = f"{form.label} ({form.source})" if form.label else ""
    if isinstance(agency, OneStopOffice):
        parent: Agency | None = agency.agency
        place = agency.agency.place_name
    else:
        parent, place = agency.parent, agency.place_name
    return {
        "form_title": form.title,
        "form_number": label,
        "agency": agency.name,
        "parent_agency": parent.name if parent else "",
        "number": f"{number:02d}" if number else "",
        "symbol": form.suffix if number else "",
        "place": place,
        "date": day.isoformat(),
        "code": (dossier.code or dossier.temporary_number) if dossier else "",
        "template_version": foot(form),
    }


def foot(form: Form) -> str:
    """What stands at the foot: "Mẫu số 01 – Thông tư 03/2025/TT-VPCP"."""
    return " – ".join(part for part in (form.label, form.source) if part)


def person(dossier: Dossier) -> dict[str, Any]:
    """Whose dossier it is."""
    party = dossier.applicant
    return {"applicant": party.name, "address": party.address, "phone": party.phone, "email": party.email}


def matter(dossier: Dossier) -> dict[str, Any]:
    """What is asked for."""
    return {"procedure": dossier.version.name, "procedure_code": dossier.procedure.code}


def limit_text(dossier: Dossier) -> str:
    """The dossier's time limit in words; empty without one."""
    unit = Unit(dossier.limit_unit or Unit.NONE)
    return "" if unit is Unit.NONE else Limit(dossier.limit_amount or 0, unit).describe()  # type: ignore[arg-type]  # a unit that counts has an amount


def _case(text: str) -> str:
    """A case as a slip names it: without the marks that the portal's lists put around it, short enough for a line or two."""
    clean = text.strip("*-: ")
    return clean if len(clean) <= 160 else f"{clean[:159]}…"


def due_note(dossier: Dossier) -> str:
    """What stands behind a due date that rests on a calendar not yet announced."""
    return "Lịch nghỉ còn dự kiến" if dossier.due_provisional else ""


def iso(moment: datetime | None) -> str | None:
    """An aware moment as local ISO text."""
    return moments.to_local(moment).isoformat(timespec="minutes") if moment else None


def iso_day(moment: datetime | None) -> str | None:
    """The legal date of an aware moment as ISO text."""
    return moments.legal_date(moment).isoformat() if moment else None


# Numbered slips: built once, then frozen ------------------------------------------------------------------------------


def receipt(dossier: Dossier, papers: Iterable[DossierPaper], bill: Bill, clerk: User) -> dict[str, Any]:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (NĐ 61/2018, Điều 17; TT 01/2018, Mẫu số 01)."""
    submitter = dossier.submitter or dossier.applicant
    return {
        **person(dossier),
        **matter(dossier),
        "papers": [_paper(p) for p in papers],
        "sets": dossier.copies_of_dossier,
        "case": _case(dossier.case),
        "time_limit": " – ".join(part for part in (limit_text(dossier), _case(dossier.limit_case)) if part),
        "received_at": iso(dossier.received_at),
        "due_at": iso(dossier.due_at),
        "due_note": due_note(dossier),
        "delivery": [_DELIVERY[dossier.delivery]],
        "delivery_place": dossier.office.name if dossier.delivery == "counter" else "",
        "channel": dossier.channel,
        "fees": [{"name": due.line.name, "amount": due.dong} for due in bill.dues],
        "fee_total": bill.total_dong,
        "submitter_name": submitter.name,
        "submitter_capacity": dossier.authorisation if dossier.submitter else "",
        "officer_name": clerk.full_name,
        "book": str(dossier.register_year),
        "book_entry": str(dossier.register_number),
        "contact": " – ".join(
            part for part in (phone_text(dossier.office.phone), dossier.office.address) if part
        ),
        "copies": 2,
    }


def _paper(paper: DossierPaper) -> dict[str, Any]:
    note = "Chỉ xuất trình" if paper.presented_only else paper.waiver
    return {
        "name": paper.name,
        "originals": paper.originals,
        "copies": paper.copies,
        "electronic": paper.electronic,
        "note": note,
    }


def supplement(
    dossier: Dossier, reason: str, items: list[dict[str, Any]], respond_by: date | None, officer: User
) -> dict[str, Any]:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu số 02)."""
    return {
        **person(dossier),
        **matter(dossier),
        "missing": [_missing(item) for item in items],
        "reason": reason,
        "respond_by": respond_by.isoformat() if respond_by else None,
        "contact": {"officer": officer.full_name, "phone": dossier.office.phone},
        "signer": {"titles": ["Người hướng dẫn"], "name": officer.full_name},
        "copies": 2,
    }


def _missing(item: dict[str, Any] | str) -> dict[str, Any]:
    if isinstance(item, str):
        return {"name": item}
    kept = ("name", "originals", "certified", "photocopies", "note")
    return {key: value for key, value in item.items() if key in kept and value not in (None, "")}


def rejection(
    dossier: Dossier, reason: str, legal_basis: str, guidance: str, officer: User
) -> dict[str, Any]:
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ (Mẫu số 03)."""
    return {
        **person(dossier),
        **matter(dossier),
        "reason": reason,
        "legal_basis": legal_basis,
        "guidance": guidance,
        "received_on": iso_day(dossier.received_at),
        "contact": {"officer": officer.full_name, "phone": dossier.office.phone},
        "signer": {"titles": ["Người lập phiếu"], "name": officer.full_name},
        "copies": 2,
    }


def apology(
    dossier: Dossier, reason: str, was_due: datetime | None, day: date, signer: User
) -> dict[str, Any]:
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả / Văn bản xin lỗi và đề nghị gia hạn (Mẫu số 04), signed by the head."""
    return {
        **person(dossier),
        **matter(dossier),
        "received_on": iso_day(dossier.received_at),
        "due_on": iso_day(was_due),
        "reason": reason,
        "new_due": iso_day(dossier.due_at),
        "wording": "extension"
        if form_for("apology_notice", day).source.startswith("Thông tư 03/2025")
        else "apology",
        "signer": {"titles": ["Thủ trưởng cơ quan"], "name": signer.full_name},
    }


def stop(
    dossier: Dossier, reason: str, legal_basis: str, papers: Iterable[DossierPaper], signer: User
) -> dict[str, Any]:
    """Thông báo dừng giải quyết hồ sơ (TT 03/2025/TT-VPCP, Mẫu số 05)."""
    return {
        **person(dossier),
        **matter(dossier),
        "received_on": iso_day(dossier.received_at),
        "reason": reason,
        "legal_basis": legal_basis,
        "returned_papers": [p.name for p in papers if p.originals],
        "signer": {"titles": ["Thủ trưởng cơ quan"], "name": signer.full_name},
    }


def slip_data(notice: Notice) -> dict[str, Any]:
    """What a slip says, as issued, with the address behind its QR code and the form of its day at the foot."""
    form = form_for(notice.kind, moments.legal_date(notice.issued_at))
    return {
        **notice.data,
        "template_version": foot(form),
        "verify_url": verify_url(notice_token(notice.pk)),
    }


# Drawn from the rows as they are --------------------------------------------------------------------------------------


def control_slip_data(
    dossier: Dossier, tasks: list[DossierTask] | None = None, *, by_minute: bool = False
) -> dict[str, Any]:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: one row for each task given, in order (TT 01/2018, Mẫu số 05; TT 03/2025,
    Mẫu số 06).
    """
    rows = tasks if tasks is not None else tasks_of(dossier)
    given = [t for _, _, t in sorted((t.given_at, t.pk, t) for t in rows if t.given_at)]
    day = dossier.received_on or moments.legal_date(dossier.submitted_at)  # type: ignore[arg-type]  # one of the two is there
    return {
        **heading("control_slip", dossier, dossier.office, None, day),
        **person(dossier),
        **matter(dossier),
        "resolving_agency": dossier.resolving_agency.name,
        "received_at": iso(dossier.received_at),
        "due_at": iso(dossier.due_at),
        "time_limit": limit_text(dossier),
        "due_note": due_note(dossier),
        "passes": [_pass(t, by_minute) for t in given],
        "blank_rows": 0 if dossier.ended_at else 3,
        "verify_url": verify_url(control_slip_token(dossier.pk, len(given))),
    }


def _pass(task: DossierTask, by_minute: bool) -> dict[str, Any]:
    cause = lateness.CAUSES[task.late_cause][1] if task.late_cause in lateness.CAUSES else ""
    return {
        "agency": f"{task.agency.name} – {task.name}",
        "giver": str(task.given_by or ""),
        "given_at": iso(task.given_at),
        "receiver": str(task.taken_by or ""),
        "received_at": iso(task.taken_at),
        "outcome": task_outcome(task, by_minute=by_minute),
        "note": "; ".join(part for part in (cause, task.note) if part),
    }


def task_outcome(task: DossierTask, *, by_minute: bool = False) -> str:
    """ "early", "on_time", "late" of a task that is done; empty while it is not."""
    if task.state != TaskState.DONE or not task.done_at:
        return ""
    due = moments.to_local(task.due_at) if task.due_at else None
    return _OUTCOMES[standing(due, moments.to_local(task.done_at), by_minute=by_minute).value]


def register_data(
    office: OneStopOffice, year: int, rows: Iterable[Dossier], day: date, *, closed: bool = False
) -> dict[str, Any]:
    """Sổ theo dõi hồ sơ of an office and a year; `rows` as `queries.register` gives them."""
    found = list(rows)
    last = max((d.register_number or 0 for d in found), default=0)
    return {
        **heading("register", None, office, None, day),
        "period": f"Năm {year}",
        "book": str(year),
        "rows": [_register_row(d) for d in found],
        "closed": closed,
        "verify_url": verify_url(register_token(office.pk, year, day, len(found), last)),
    }


def _register_row(dossier: Dossier) -> dict[str, Any]:
    party = dossier.applicant
    sent = sorted((t.given_at, t.pk, t) for t in dossier.tasks.all() if t.given_at and not t.at_office)
    first = sent[0][2] if sent else None
    return {
        "code": dossier.code,
        "procedure": dossier.version.name,
        "sets": dossier.copies_of_dossier,
        "applicant": party.name,
        "contact": ", ".join(part for part in (party.address, phone_text(party.phone)) if part),
        "agency": dossier.resolving_agency.name,
        "received_on": iso_day(dossier.received_at),
        "due_on": iso_day(dossier.due_at),
        "sent_on": iso_day(first.given_at) if first else None,
        "sent_to": str(first.taken_by or "") if first else "",
        "result_on": iso_day(dossier.ready_at),
        "returned_on": iso_day(dossier.returned_at),
        "returned_by": _DELIVERY_NAMES[dossier.delivery] if dossier.returned_at else "",
        "signed_by": dossier.returned_to,
        "note": _remarks(
            dossier.get_status_display() if dossier.ended_at and not dossier.ready_at else "", dossier
        ),
    }


def _remarks(text: str, dossier: Dossier) -> str:
    """The remark of a row in a list, and that its due date is provisional while the dossier is open."""
    late = "hẹn trả tạm tính" if dossier.due_provisional and not dossier.ended_at else ""
    joined = "; ".join(part for part in (text, late) if part)
    return joined[:1].upper() + joined[1:]


def handover_data(handover: Handover, tasks: Iterable[DossierTask]) -> dict[str, Any]:
    """Danh sách bàn giao hồ sơ (NĐ 61/2018, Điều 18), with giver and receiver; `tasks` with dossier, version, applicant."""
    day = moments.legal_date(handover.given_at)
    office = handover.office
    agency = office.agency if office else handover.to_agency
    return {
        "form_title": "Danh sách bàn giao hồ sơ",
        "form_number": "",
        "agency": office.name if office else agency.name,
        "parent_agency": agency.name if office else "",
        "place": agency.place_name,
        "number": handover.number,
        "date": day.isoformat(),
        "from_agency": office.name if office else "",
        "to_agency": handover.to_agency.name,
        "given_at": iso(handover.given_at),
        "received_at": iso(handover.received_at),
        "rows": [_handover_row(t) for t in tasks],
        "giver": {"titles": ["Người giao"], "name": str(handover.giver)},
        "receiver": {"titles": ["Người nhận"], "name": str(handover.receiver or "")},
        "verify_url": verify_url(handover_token(handover.pk)),
    }


def _handover_row(task: DossierTask) -> dict[str, Any]:
    dossier = task.dossier
    return {
        "code": dossier.code,
        "procedure": dossier.version.name,
        "applicant": dossier.applicant.name,
        "papers": sum(1 for p in dossier.papers.all() if (p.originals or p.copies) and not p.presented_only),
        "received_on": iso_day(dossier.received_at),
        "due_on": iso_day(dossier.due_at),
        "note": _remarks(task.name, dossier),
    }


def result_notice_data(result: ResultPaper) -> dict[str, Any]:
    """A result to sign, for results that have no file of their own: kind, number, whom it concerns, signer."""
    dossier = result.dossier
    agency = dossier.resolving_agency
    return {
        "form_title": result.name,
        "form_number": "",
        "agency": agency.name,
        "number": result.number,
        "place": agency.place_name,
        "date": result.signed_on.isoformat(),
        "code": dossier.code,
        "verify_url": verify_url(result.token),
        "details": [
            {"label": "Người đề nghị", "value": dossier.applicant.name},
            {"label": "Thủ tục", "value": f"{dossier.procedure.code} – {dossier.version.name}"},
            {"label": "Mã hồ sơ", "value": dossier.code or ""},
        ],
        "recipients": ["Như trên", "Lưu: HS"],
        "signer": {"titles": [result.signer_title or "Thủ trưởng cơ quan"], "name": result.signer.full_name},
    }
