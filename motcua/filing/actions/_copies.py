"""The copy of an application as it was sent, printed and signed for the office that took it in."""

from datetime import datetime
from typing import Any

from motcua.core.countries import country_name
from motcua.core.moments import legal_date, to_local
from motcua.core.money import dong
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.fees import LABELS
from motcua.eforms.rules.answers import summary
from motcua.filing.models import Application
from motcua.filing.queries.journey import PARTY_LABELS, Journey
from motcua.payments.models import Charge
from motcua.payments.queries import charges_of, pay_link
from motcua.printing.actions import render
from motcua.printing.sign import sign_pdf

_GENDERS = {"male": "Nam", "female": "Nữ"}
_WAYS = {
    "online": "Bản điện tử, trong tài khoản",
    "counter": "Đến nhận tại nơi nộp hồ sơ",
    "post": "Bưu chính công ích",
}
NOTE = "Bản sao do hệ thống lập từ nội dung người nộp đã gửi, ký số bằng chứng thư của cơ quan."


def signed_copy(journey: Journey, dossier: Dossier, at: datetime) -> bytes:
    """The PDF of what was sent and became the dossier. Raises RuleViolation when the office's key cannot sign now."""
    application, office = journey.application, journey.application.office
    assert office is not None  # nothing is sent without one
    assert dossier.submitted_at is not None
    data = {
        "form_title": "Bản sao hồ sơ nộp trực tuyến",
        "form_number": "",
        "agency": office.name,
        "parent_agency": office.agency.name,
        "place": office.agency.place_name,
        "date": legal_date(dossier.submitted_at).isoformat(),
        "code": dossier.temporary_number,
        "procedure": application.version.name,
        "procedure_code": application.version.procedure.code,
        "temporary_number": dossier.temporary_number,
        "office": office.name,
        "submitted_at": _minute(dossier.submitted_at),
        "answer_by": _minute(dossier.acceptance_due_at) if dossier.acceptance_due_at else None,
        "sections": _sections(journey),
        "note": NOTE,
    }
    pdf = render("filed_application", data)
    reason = f"Bản sao hồ sơ nộp trực tuyến {dossier.temporary_number}"
    return sign_pdf(pdf, reason=reason, signer_name=office.agency.name, at=at, agency=office.agency.name)


def _minute(moment: datetime) -> str:
    return to_local(moment).isoformat(timespec="minutes")


def _cases(application: Application) -> tuple[tuple[str, str], ...]:
    return ("Trường hợp", application.case), ("Trường hợp về thời hạn", application.limit_case)


def _sections(journey: Journey) -> list[dict[str, Any]]:
    found = [_section("Chủ hồ sơ", _party(journey))]
    if cases := [row for row in _cases(journey.application) if row[1]]:
        found.append(_section("Trường hợp", cases))
    if journey.schema:
        parts = summary(journey.schema, journey.application.answers, journey.context)
        found += [
            _section(one.title, [(label, said) for _, label, said in one.rows]) for one in parts if one.rows
        ]
    if journey.bill.dues:
        found.append(_section("Phí, lệ phí", [*_fees(journey), *_payment(journey.application.dossier)]))
    papers = [(line.name, _paper(line)) for line in journey.papers if not line.requirement.note_only]
    found.append(_section("Giấy tờ gửi kèm", papers or [("Giấy tờ", "Không có")]))
    way, address = (journey.application.delivery.get(key, "") for key in ("way", "address"))
    said = _WAYS.get(way, "") + (f": {address}" if way == "post" else "")
    return [*found, _section("Nhận kết quả", [("Cách nhận", said)])]


def _fees(journey: Journey) -> list[tuple[str, str]]:
    rows = [(LABELS[name], str(number)) for name, number in journey.fee_quantities.items()]
    if journey.exemption:
        rows.append(("Đề nghị miễn, giảm vì", journey.exemption.reason))
    return [*rows, ("Dự kiến phải nộp", dong(journey.bill.total_dong))]


def _payment(dossier: Dossier | None) -> list[tuple[str, str]]:
    """How to pay what was charged when it was sent, as far as it is not paid yet."""
    charges = list(charges_of(f"dossier/{dossier.pk}")) if dossier else []
    due = [one for one in charges if one.state == Charge.State.DUE]
    rows = [(f"Nội dung chuyển khoản ({one})", one.key) for one in due]
    return [*rows, ("Nộp tiền tại", pay_link(due[0]))] if due else []


def _section(title: str, rows: list[tuple[str, str]]) -> dict[str, Any]:
    return {"title": title, "rows": [{"label": label, "value": value} for label, value in rows]}


def _party(journey: Journey) -> list[tuple[str, str]]:
    party = {**journey.application.party}
    party["gender"] = _GENDERS.get(party.get("gender", ""), "")
    if country := party.get("identity_country"):
        party["identity_country"] = f"Hộ chiếu của {country_name(country)}"
    return [(label, party[key]) for key, label in PARTY_LABELS.items() if party.get(key)]


def _paper(line: Any) -> str:
    if line.by_form:
        return "Theo tờ khai điện tử"
    if line.files:
        return "; ".join(one.name for one in line.files)
    return "Xuất trình khi nhận kết quả" if line.requirement.presented_only else "Không gửi"
