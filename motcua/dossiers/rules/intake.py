"""What a person brings to the counter, and whether it is complete (NĐ 61/2018, Điều 17; DOMAIN 13, trap 18)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.core.errors import RuleViolation


@dataclass(frozen=True, slots=True)
class PartyData:
    """A person or organisation as stated. `kind`: citizen, enterprise, household, organisation. `identity_country`: who issued
    the passport whose number it is (three letters); empty where nobody asked, and for a number of Viet Nam.
    """

    kind: str
    name: str
    identity_number: str = ""
    tax_code: str = ""
    birth_date: date | None = None
    gender: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    identity_country: str = ""


@dataclass(frozen=True, slots=True)
class PaperData:
    """A paper handed in. `waiver`: why a required paper was not asked for (e.g. in a database; NĐ 224/2026). `replaces_id`: the
    paper of the dossier whose place it takes when something is corrected.
    """

    name: str
    paper_id: int | None = None
    originals: int = 0
    copies: int = 0
    electronic: int = 0
    presented_only: bool = False
    file_id: int | None = None
    waiver: str = ""
    replaces_id: int | None = None

    @property
    def is_there(self) -> bool:
        """Whether it was handed in, presented, or lawfully waived."""
        return bool(
            self.originals
            or self.copies
            or self.electronic
            or self.presented_only
            or self.waiver
            or self.file_id
        )

    @property
    def is_electronic(self) -> bool:
        """Whether it came electronically, or with a scan (NĐ 107/2021/NĐ-CP)."""
        return bool(self.electronic or self.file_id)


@dataclass(frozen=True, slots=True)
class Intake:
    """One dossier as received. `resolving_agency_id` None: found from who offers the procedure at this office.

    `case`: the alternative that the papers are grouped by; `limit_case`: the one that the time limit is made for. The two
    are chosen apart. `fee_quantities`: "cases", "copies", "pages" -> how many. `received_at`: aware; None is the moment of the act.
    `form_version_id`, `answers`: the electronic form as filled in. `holder_id`: the account that follows the dossier from now
    on, as `holder_right` (owner, representative, helper). `assistance_id`: the visit in which a member of staff files online on
    behalf of a citizen who is present.
    """

    office_id: int
    procedure_id: int
    channel: str
    applicant: PartyData
    papers: tuple[PaperData, ...] = ()
    resolving_agency_id: int | None = None
    case: str = ""
    limit_case: str = ""
    submitter: PartyData | None = None
    authorisation: str = ""
    content: str = ""
    copies_of_dossier: int = 1
    delivery: str = "counter"
    fee_quantities: Mapping[str, int] = field(default_factory=dict)
    exemption_reason: str = ""
    received_at: datetime | None = None
    postal_number: str = ""
    external_code: str = ""
    form_version_id: int | None = None
    answers: Mapping[str, Any] | None = None
    holder_id: int | None = None
    holder_right: str = "owner"
    assistance_id: int | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A paper that the procedure's version asks for, as values. Rows that are only notes ask for nothing."""

    id: int
    name: str
    case: str = ""
    required: bool = True
    presented_only: bool = False
    note_only: bool = False
    originals: int = 1
    copies: int = 0
    available_in_database: str = ""
    note: str = ""

    @property
    def asks(self) -> bool:
        """Whether it must be there: not a note, not optional, not already in a state database (once only)."""
        counted = self.originals or self.copies or self.presented_only
        return self.required and not self.note_only and bool(counted) and not self.available_in_database


def cases_of(requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """The alternative cases that a version's papers are grouped by, in order; empty when there is one list for all."""
    return tuple(dict.fromkeys(r.case for r in requirements if r.case))


def for_case(requirements: Iterable[Requirement], case: str) -> tuple[Requirement, ...]:
    """The papers asked for in a case: those of the case and those of all cases."""
    return tuple(r for r in requirements if r.case in ("", case))


def missing(
    requirements: Sequence[Requirement], case: str, papers: Iterable[PaperData]
) -> tuple[Requirement, ...]:
    """Required papers that are not there. Papers are matched by id, or by name where they carry none."""
    brought = [p for p in papers if p.is_there]
    ids, names = {p.paper_id for p in brought}, {p.name for p in brought if p.paper_id is None}
    return tuple(
        r for r in for_case(requirements, case) if r.asks and r.id not in ids and r.name not in names
    )


def cases_of_limit_alone(timed: Iterable[str], cases: Collection[str]) -> tuple[str, ...]:
    """The cases that only the time limit knows: one that the papers know too is chosen with them and brings its limit along."""
    return tuple(case for case in timed if case not in cases)


def case_of_limit(timed: Collection[str], case: str, limit_case: str) -> str:
    """The case whose limit counts, "" for the general limit: the one chosen for the limit, else that of the papers when a
    limit is made for it. `timed`: cases with a limit of their own. Raises RuleViolation for a case that has none.
    """
    if limit_case and limit_case not in timed:
        raise RuleViolation(
            "Chọn trường hợp về thời hạn: " + ("; ".join(timed) or "thủ tục này có một thời hạn chung") + ".",
            field="limit_case",
        )
    return limit_case or (case if case in timed else "")


def require_case(requirements: Sequence[Requirement], case: str) -> None:
    """Raise RuleViolation when the procedure's papers have alternative cases and none of them, or an unknown one, was chosen."""
    known = cases_of(requirements)
    if (known and case not in known) or (case and not known):
        raise RuleViolation(
            "Chọn trường hợp nộp hồ sơ: " + ("; ".join(known) or "thủ tục này không chia trường hợp") + ".",
            field="case",
        )


def require_complete(requirements: Sequence[Requirement], case: str, papers: Iterable[PaperData]) -> None:
    """Raise RuleViolation that lists what is missing and proposes the supplement request: an incomplete dossier is not
    received, and not refused either (NĐ 61/2018, Điều 17 khoản 1 điểm a: hướng dẫn bổ sung, Mẫu số 02).
    """
    require_case(requirements, case)
    gaps = missing(requirements, case, papers)
    if gaps:
        raise RuleViolation(
            f"Hồ sơ chưa đủ thành phần, còn thiếu: {'; '.join(r.name for r in gaps)}. "
            "Lập phiếu yêu cầu bổ sung, hoàn thiện hồ sơ cho người nộp, hoặc ghi lý do không phải nộp ở từng giấy tờ.",
            field="papers",
        )


def require_parties(intake: Intake) -> None:
    """Raise RuleViolation when the applicant has no name, or somebody else submits without authorisation or relation."""
    if not intake.applicant.name.strip():
        raise RuleViolation("Nhập họ tên hoặc tên tổ chức của chủ hồ sơ.", field="applicant")
    if intake.submitter and not intake.submitter.name.strip():
        raise RuleViolation("Nhập họ tên người nộp hồ sơ.", field="submitter")
    if intake.submitter and not intake.authorisation.strip():
        raise RuleViolation(
            "Người nộp khác chủ hồ sơ: ghi giấy ủy quyền hoặc quan hệ (ông, bà, cha, mẹ, con, vợ, chồng, anh, chị, em ruột).",
            field="authorisation",
        )


def require_counts(intake: Intake) -> None:
    """Raise RuleViolation when a number of copies is impossible."""
    if intake.copies_of_dossier < 1:
        raise RuleViolation("Số bộ hồ sơ phải từ 1.", field="copies_of_dossier")
    if any(min(p.originals, p.copies, p.electronic) < 0 for p in intake.papers):
        raise RuleViolation("Số bản giấy tờ không được âm.", field="papers")
