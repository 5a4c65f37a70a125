"""The data of the printed board and QR sheet."""

from datetime import date
from typing import Any

from django.conf import settings

from motcua.core.errors import RuleViolation
from motcua.procedures.models import PostingPlace, ProcedureVersion
from motcua.procedures.queries.diffs import basis_line, limit_line, paper_line
from motcua.procedures.queries.facts import limits_of
from motcua.procedures.queries.fees import as_line
from motcua.procedures.queries.postings import due_versions
from motcua.procedures.queries.sheet import fee_words
from motcua.procedures.rules.fees import applicable, thousands
from motcua.procedures.rules.limits import describe

FEEDBACK = "Phản ánh, kiến nghị về quy định hành chính: Cổng Dịch vụ công quốc gia, hoặc gặp Bộ phận Một cửa"
MOST_ON_A_BOARD = 400


def public_url(code: str) -> str:
    """The public page of a procedure, behind its QR code."""
    return f"{settings.PUBLIC_URL}/thu-tuc/{code}/"


def _versions(place: PostingPlace, day: date, field: str) -> list[ProcedureVersion]:
    rows = due_versions(place, day)
    if field:
        rows = rows.filter(field__name=field)
    rows = rows.prefetch_related(
        "channels", "papers", "results", "legal_bases", "procedure__fees__exemptions"
    )
    found = list(rows[: MOST_ON_A_BOARD + 1])
    if not found:
        raise RuleViolation(
            "Không có thủ tục nào để in. Khai báo nơi thực hiện thủ tục tại cơ quan này trước."
        )
    if len(found) > MOST_ON_A_BOARD:
        raise RuleViolation(f"Quá {MOST_ON_A_BOARD} thủ tục trong một bảng. Chọn một lĩnh vực rồi in.")
    return found


def _form(place: PostingPlace, title: str, day: date) -> dict[str, Any]:
    return {
        "form_title": title,
        "form_number": "",
        "agency": place.agency.name,
        "place": place.agency.place_name or place.agency.name,
        "date": day,
        "feedback": FEEDBACK,
    }


def board_data(place: PostingPlace, day: date, field: str = "", layout: str = "table") -> dict[str, Any]:
    """The board of everything in force that concerns a place, perhaps of one field."""
    area_ids = tuple(reversed(place.agency.chain_ids))
    rows = [_posted(version, day, area_ids) for version in _versions(place, day, field)]
    form = _form(place, "Niêm yết công khai thủ tục hành chính", day)
    return form | {"layout": layout, "field": field, "procedures": rows}


def _posted(version: ProcedureVersion, day: date, area_ids: tuple[int, ...]) -> dict[str, Any]:
    papers = [paper for paper in version.papers.all() if not paper.note_only]
    return {
        "code": version.procedure.code,
        "name": version.name,
        "papers": [paper_line(paper) for paper in papers],
        "sets": version.copies_of_dossier,
        "forms": [paper.form_name for paper in papers if paper.form_name],
        "steps": [line for line in version.steps_text.splitlines() if line.strip()],
        "time_limit": "; ".join(dict.fromkeys(_limits(version))),
        "fee": _fees(version, day, area_ids),
        "submit": ", ".join(rule.get_channel_display() for rule in version.channels.all()),
        "agency": version.agency_text,
        "result": "; ".join(result.name for result in version.results.all() if result.name),
        "conditions": version.conditions,
        "online_level": version.get_online_level_display(),
        "legal_bases": [basis_line(basis) for basis in version.legal_bases.all()],
        "url": public_url(version.procedure.code),
    }


def _limits(version: ProcedureVersion) -> list[str]:
    rules = list(version.channels.all())
    texts = {describe(rule.amount, rule.unit, rule.unit_text) for rule in rules}
    if len(texts) == 1 and not any(rule.variants for rule in rules):
        return list(texts)
    return [limit_line(rule.get_channel_display(), row) for rule in rules for row in limits_of(rule)]


def _fees(version: ProcedureVersion, day: date, area_ids: tuple[int, ...]) -> str:
    """What holds at the place through any of the channels; without a schedule what the catalogue itself says."""
    lines = [as_line(fee) for fee in version.procedure.fees.all()]
    rules = list(version.channels.all())
    found = {
        line.id: line
        for rule in rules
        for line in applicable(lines, channel=rule.channel, area_ids=area_ids, on=day)
    }
    texts = [f"{line.name}: {fee_words(line)}" for line in found.values()]
    stated = [f"{thousands(rule.fee_dong)} đồng" for rule in rules if rule.fee_dong]
    return "; ".join(texts or dict.fromkeys(stated)) or "Không"


def qr_data(place: PostingPlace, day: date, field: str = "") -> dict[str, Any]:
    """A QR code for each procedure in force that concerns a place."""
    versions = _versions(place, day, field)
    items = [
        {"name": v.name, "url": public_url(v.procedure.code), "code": v.procedure.code} for v in versions
    ]
    return _form(place, "Mã QR tra cứu thủ tục hành chính", day) | {"items": items}
