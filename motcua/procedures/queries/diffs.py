"""Versions as legal sheets, and what changed between two of them."""

from motcua.core.text import source_note
from motcua.procedures.models import ChannelRule, LegalBasis, Paper, ProcedureVersion
from motcua.procedures.queries.facts import limits_of
from motcua.procedures.rules.completeness import LimitPart, VersionParts
from motcua.procedures.rules.diff import PartChange, Sheet, compare
from motcua.procedures.rules.facts import LimitRow
from motcua.procedures.rules.fees import thousands
from motcua.procedures.rules.limits import describe

ABOUT = (
    ("Tên thủ tục", "name"), ("Cấp thực hiện", "levels_text"), ("Loại thủ tục", "category"),
    ("Quyết định công bố", "decision_number"), ("Cơ quan công bố", "issuer"), ("Cơ quan thực hiện", "agency_text"),
    ("Cơ quan có thẩm quyền", "competent_authority"), ("Cơ quan được ủy quyền", "delegated_authority"),
    ("Cơ quan phối hợp", "coordinating_agencies"), ("Địa chỉ tiếp nhận", "reception_address"),
    ("Trình tự thực hiện", "steps_text"), ("Yêu cầu, điều kiện", "conditions"), ("Lý do một phần", "partial_reason"),
)  # fmt: skip


def sheet_of(version: ProcedureVersion) -> Sheet:
    """A version as labels and texts or lines; papers carry their case."""
    texts = {label: getattr(version, name) for label, name in ABOUT}
    return {
        **texts,
        "Lĩnh vực": version.field.name,
        "Đối tượng thực hiện": list(version.audiences),
        "Thủ tục liên quan": sorted(procedure.code for procedure in version.related.all()),
        "Mức độ trực tuyến": version.get_online_level_display(),
        "Số bộ hồ sơ": str(version.copies_of_dossier),
        "Thời hạn và phí theo cách thức": [
            line for rule in version.channels.all() for line in channel_lines(rule)
        ],
        "Thành phần hồ sơ": [paper_line(paper) for paper in version.papers.all()],
        "Kết quả thực hiện": [result_line(r.name, r.code) for r in version.results.all()],
        "Căn cứ pháp lý": [basis_line(basis) for basis in version.legal_bases.all()],
    }


def channel_lines(rule: ChannelRule) -> list[str]:
    """The limits of a channel in words: "Trực tiếp: 3 ngày làm việc; phí, lệ phí 8.000 đồng"."""
    return [_channel_line(rule.get_channel_display(), row) for row in limits_of(rule)]


def limit_line(channel: str, row: LimitRow) -> str:
    """One limit in words: "Trực tiếp (Có xác minh): 8 ngày làm việc"."""
    case = f" ({row.case})" if row.case else ""
    return f"{channel}{case}: {describe(row.amount, row.unit, row.unit_text)}"


def _channel_line(channel: str, row: LimitRow) -> str:
    fee = "" if row.fee_dong is None else f"; phí, lệ phí {thousands(row.fee_dong)} đồng"
    more = f". {row.description}" if row.description else ""
    return f"{limit_line(channel, row)}{fee}{more}"


def paper_line(paper: Paper) -> str:
    """A paper in words: "[Trường hợp] tên (1 bản chính, 1 bản sao). Ghi chú: …"."""
    case = f"[{paper.case}] " if paper.case else ""
    counts = [f"{n} {word}" for n, word in ((paper.originals, "bản chính"), (paper.copies, "bản sao")) if n]
    if paper.presented_only:
        counts = ["xuất trình"]
    named = f"{case}{paper.name} ({', '.join(counts)})" if counts else f"{case}{paper.name}"
    return f"{named}. Ghi chú: {paper.note}" if paper.note else named


def result_line(name: str, code: str) -> str:
    """A result in words: "Giấy khai sinh (KQ.G15.000031)"."""
    return f"{name} ({code})".strip() if code else name


def basis_line(basis: LegalBasis) -> str:
    """A document in words: "60/2014/QH13: Luật Hộ tịch"."""
    return source_note(f"{basis.number}: {basis.title}" if basis.title else basis.number)


def diff_versions(before: ProcedureVersion, after: ProcedureVersion) -> tuple[PartChange, ...]:
    """What the newer of two versions changed."""
    return compare(sheet_of(before), sheet_of(after))


def parts_of(version: ProcedureVersion) -> VersionParts:
    """A version as the check of completeness wants it."""
    return VersionParts(
        name=version.name,
        steps_text=version.steps_text,
        agency_text=version.agency_text,
        audiences=version.audiences,
        limits=[
            LimitPart(rule.channel, row.amount, row.unit, row.case)
            for rule in version.channels.all()
            for row in limits_of(rule)
        ],
        paper_names=[paper.name for paper in version.papers.all()],
        results=[result.name for result in version.results.all()],
        legal_bases=[basis.number for basis in version.legal_bases.all()],
        online_level=version.online_level,
        partial_reason=version.partial_reason,
        copies_of_dossier=version.copies_of_dossier,
    )
