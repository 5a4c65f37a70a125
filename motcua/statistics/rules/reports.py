"""Report forms as data: what each column counts, how rows are grouped, from when to when the form holds.

A form is chosen by the last day of the period that it reports. Exact wording of the annexes that nobody here has read is
marked in `certainty`, which every page of the form shows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from motcua.core.errors import NotFound, RuleViolation
from motcua.core.text import fold
from motcua.statistics.rules.figures import REGISTRY


class Rows(StrEnum):
    """What a row of a report stands for."""

    LEVEL_FIELD = "level_field"
    UNIT = "unit"
    FIELD = "field"
    FIELD_PROCEDURE = "field_procedure"


# The groups that a count must be broken down by to fill such rows.
GROUPS: dict[Rows, tuple[str, ...]] = {
    Rows.LEVEL_FIELD: ("agency", "field"),
    Rows.UNIT: ("agency",),
    Rows.FIELD: ("field",),
    Rows.FIELD_PROCEDURE: ("field", "procedure"),
}
HEADS: dict[Rows, str] = {
    Rows.LEVEL_FIELD: "Lĩnh vực giải quyết",
    Rows.UNIT: "Đơn vị",
    Rows.FIELD: "Lĩnh vực giải quyết",
    Rows.FIELD_PROCEDURE: "Lĩnh vực, thủ tục hành chính",
}


@dataclass(frozen=True)
class Column:
    """A group of columns, or a leaf: a figure (`key`), room to write (`blank`), or what cannot be counted yet (`reason`)."""

    title: str
    key: str = ""
    children: tuple["Column", ...] = ()
    blank: bool = False
    reason: str = ""

    @property
    def leaves(self) -> tuple["Column", ...]:
        """The numbered columns below it, itself when it has none."""
        return tuple(leaf for child in self.children for leaf in child.leaves) if self.children else (self,)

    @property
    def depth(self) -> int:
        """How many rows of the heading it takes."""
        return 1 + max((child.depth for child in self.children), default=0)


@dataclass(frozen=True)
class HeadCell:
    """One cell of the heading: where it begins (column from 0) and how many columns and rows it covers."""

    title: str
    start: int
    columns: int
    rows: int


@dataclass(frozen=True)
class ReportForm:
    """A form. `code` names it in addresses and commands, `number` on paper; both ends of its validity are included."""

    code: str
    number: str
    title: str
    law: str
    rows: Rows
    columns: tuple[Column, ...]
    valid_from: date = date.min
    valid_to: date = date.max
    below: bool = False  # always counts everything below the agency
    only_with: str = ""  # leaves out rows in which this figure is 0
    certainty: str = ""

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The numbered columns after (1) and (2), in order."""
        return tuple(leaf for column in self.columns for leaf in column.leaves)

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that it shows."""
        return tuple(leaf.key for leaf in self.leaves if leaf.key)

    def holds_on(self, day: date) -> bool:
        """Whether it is the form of a period that ends on this day."""
        return self.valid_from <= day <= self.valid_to

    @property
    def numbers(self) -> tuple[str, ...]:
        """The row of column numbers: (1), (2), (3) = (4) + (5) + (6), ..."""
        place = {leaf.key: number for number, leaf in enumerate(self.leaves, 3) if leaf.key}
        return ("(1)", "(2)", *(_numbered(leaf, number, place) for number, leaf in enumerate(self.leaves, 3)))

    @property
    def heading(self) -> tuple[tuple[HeadCell, ...], ...]:
        """The heading, row by row, every cell with its spans."""
        depth = max(column.depth for column in self.columns)
        lines: list[list[HeadCell]] = [[] for _ in range(depth)]
        lines[0] += [HeadCell("STT", 0, 1, depth), HeadCell(HEADS[self.rows], 1, 1, depth)]
        start = 2
        for column in self.columns:
            for line, cell in _cells(column, start, 0, depth):
                lines[line].append(cell)
            start += len(column.leaves)
        return tuple(tuple(line) for line in lines)

    def with_columns(self, extra: tuple[Column, ...], **changes: object) -> "ReportForm":
        """The form with further columns at its end."""
        added = (Column("Chỉ tiêu bổ sung", children=extra),) if extra else ()
        return replace(self, columns=(*self.columns, *added), **changes)  # type: ignore[arg-type]


def _cells(column: Column, start: int, line: int, depth: int) -> Iterator[tuple[int, HeadCell]]:
    wide = len(column.leaves)
    yield line, HeadCell(column.title, start, wide, 1 if column.children else depth - line)
    for child in column.children:
        yield from _cells(child, start, line + 1, depth)
        start += len(child.leaves)


def _numbered(leaf: Column, number: int, place: Mapping[str, int]) -> str:
    terms = _terms(leaf.key, place) if leaf.key else []
    return f"({number})" + (" = " + " + ".join(f"({n})" for n in terms) if terms else "")


def _terms(key: str, place: Mapping[str, int]) -> list[int]:
    """The columns that a sum adds up; none when one of its terms has no column here."""
    found: list[int] = []
    for term in REGISTRY[key].sum_of:
        below = [place[term]] if term in place else _terms(term, place)
        if not below:
            return []
        found += below
    return found


def figure_column(key: str, title: str = "") -> Column:
    """A column of a figure; a share says so in its title. Raises RuleViolation for a figure that there is not."""
    if key not in REGISTRY:
        raise RuleViolation("Không có chỉ tiêu này trong từ điển.", field="figure")
    name = title or REGISTRY[key].label
    return Column(f"{name} (%)" if REGISTRY[key].is_share and "%" not in name else name, key)


def _leaf(title: str, key: str) -> Column:
    return Column(title, key)


_RECEIVED = Column("Số hồ sơ tiếp nhận", children=(
    _leaf("Tổng số", "received"),
    Column("Trong kỳ", children=(
        _leaf("Trực tuyến", "received_online"), _leaf("Trực tiếp, dịch vụ bưu chính", "received_direct"),
    )),
    _leaf("Từ kỳ trước", "carried"),
))  # fmt: skip
_RESOLVED = Column("Số lượng hồ sơ đã giải quyết", children=(
    _leaf("Tổng số", "resolved"), _leaf("Trước hạn", "resolved_before"), _leaf("Đúng hạn", "resolved_on"),
    _leaf("Quá hạn", "resolved_late"),
))  # fmt: skip
_OPEN = Column("Số lượng hồ sơ đang giải quyết", children=(
    _leaf("Tổng số", "open"), _leaf("Trong hạn", "open_in_time"), _leaf("Quá hạn", "open_late"),
))  # fmt: skip
_SIX = (_RECEIVED, _RESOLVED, _OPEN)
_SEVEN = (
    _leaf("Số hồ sơ quá hạn", "resolved_late"),
    Column("Nguyên nhân quá hạn", children=(
        _leaf("a. Do quy định hành chính", "late_a"), _leaf("b. Do cơ quan phối hợp", "late_b"),
        _leaf("c. Do năng lực, cơ sở vật chất", "late_c"), _leaf("d. Nguyên nhân khác", "late_d"),
    )),
    Column("Biện pháp khắc phục", blank=True),
)  # fmt: skip
_SEVEN_A = (
    Column("Số hồ sơ tiếp nhận", children=(
        _leaf("Tổng số", "received"), _leaf("Trực tiếp", "received_counter"), _leaf("Toàn trình", "received_whole"),
        _leaf("Một phần", "received_partial"), _leaf("Hình thức khác", "received_other"), _leaf("Bưu chính", "received_post"),
        _leaf("Từ kỳ trước", "carried"), _leaf("Trong đó: phi địa giới", "received_away"),
    )),
    Column("Số hồ sơ đã giải quyết", children=(
        _leaf("Tổng số", "resolved"), _leaf("Trước và đúng hạn", "resolved_in_time"),
        Column("Quá hạn", children=(
            _leaf("Có thư xin lỗi", "resolved_late_apologised"), _leaf("Chưa có thư xin lỗi", "resolved_late_plain"),
        )),
    )),
    Column("Số hồ sơ đang giải quyết", children=(
        _leaf("Tổng số", "open"), _leaf("Chưa đến hạn", "open_in_time"),
        Column("Quá hạn", children=(
            _leaf("Có thư xin lỗi", "open_late_apologised"), _leaf("Chưa có thư xin lỗi", "open_late_plain"),
        )),
    )),
    Column("Thanh toán", children=(
        _leaf("Tổng số", "paid"), _leaf("Trực tuyến", "paid_online"), _leaf("Trực tiếp", "paid_direct"),
    )),
    _leaf("Dừng xử lý", "stopped"),
    Column("Chờ tiếp nhận", children=(_leaf("Đúng hạn", "waiting_in_time"), _leaf("Quá hạn", "waiting_late"))),
    _leaf("Không được tiếp nhận", "not_accepted"),
    _leaf("Rút hồ sơ", "withdrawn"),
)  # fmt: skip

_NEW, _OLD = "Thông tư 01/2020/TT-VPCP", "Thông tư 02/2017/TT-VPCP"
_SINCE, _UNTIL = date(2020, 10, 21), date(2020, 10, 20)
_UNREAD = "Bố cục theo mẫu đang dùng trên hệ thống báo cáo; chưa đối chiếu nguyên văn phụ lục."
_BEFORE = "Mẫu trước Thông tư 01/2020/TT-VPCP có bố cục tương tự; chưa đối chiếu nguyên văn."
_HERE = "Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp giải quyết"
_UNITS = "Tình hình, kết quả giải quyết thủ tục hành chính, tổng hợp theo đơn vị"
_WHOLE = "Tình hình, kết quả giải quyết thủ tục hành chính, tổng hợp theo lĩnh vực"
_CAUSES = "Nguyên nhân quá hạn trong giải quyết thủ tục hành chính"


def _both(code: str, title: str, rows: Rows, columns: tuple[Column, ...], **more: object) -> list[ReportForm]:
    """A form of Circular 01/2020, and the one before it."""
    now = ReportForm(
        code, f"Biểu số II.{code[3:]}/VPCP/KSTT", title, _NEW, rows, columns, valid_from=_SINCE, **more
    )  # type: ignore[arg-type]
    earlier = replace(now, number=f"Biểu số {code[3:]}/VPCP/KSTT", law=_OLD, valid_from=date.min, valid_to=_UNTIL, certainty=_BEFORE)  # fmt: skip
    return [now, earlier]


FORMS: tuple[ReportForm, ...] = (
    *_both("ii-06a", _HERE, Rows.LEVEL_FIELD, _SIX),
    *_both("ii-06b", _UNITS, Rows.UNIT, _SIX, below=True, certainty=_UNREAD),
    *_both("ii-06c", _WHOLE, Rows.FIELD, _SIX, below=True, certainty=_UNREAD),
    *_both("ii-07", _CAUSES, Rows.FIELD_PROCEDURE, _SEVEN, only_with="resolved_late", certainty=_UNREAD),
    ReportForm(
        "07a-btp", "Biểu số 07a/BTP", "Kết quả giải quyết thủ tục hành chính (mẫu mở rộng năm 2026)", "Bộ Tư pháp, mẫu năm 2026",
        Rows.LEVEL_FIELD, _SEVEN_A, valid_from=date(2026, 1, 1), certainty=_UNREAD,
    ),
)  # fmt: skip
CODES: tuple[str, ...] = tuple(dict.fromkeys(form.code for form in FORMS))


def code_of(name: str) -> str:
    """The code that a name as people write it stands for: "II.06a", "06a", "07a/BTP" -> "ii-06a", "07a-btp"; else "" ."""
    plain = "".join(c for c in fold(name) if c.isalnum()).removesuffix("vpcpkstt")
    known = {code.replace("-", ""): code for code in CODES}
    return known.get(plain) or known.get(f"ii{plain}") or known.get(f"{plain}btp") or ""


def form_on(code: str, day: date) -> ReportForm:
    """The form that holds for a period ending on a day. Raises NotFound; RuleViolation when it does not hold then."""
    known = [form for form in FORMS if form.code == code]
    if not known:
        raise NotFound("Không có biểu báo cáo này.")
    for form in known:
        if form.holds_on(day):
            return form
    since = min(form.valid_from for form in known)
    raise RuleViolation(
        f"{known[0].number} chỉ dùng cho kỳ kết thúc từ ngày {since:%d-%m-%Y}. Chọn kỳ khác hoặc biểu khác.", field="period"
    )  # fmt: skip


def forms_on(day: date) -> list[ReportForm]:
    """Every form that holds on a day, in order."""
    return [form for form in FORMS if form.holds_on(day)]
