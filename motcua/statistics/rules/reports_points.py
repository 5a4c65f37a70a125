"""The tables of Circular 01/2018/TT-VPCP: nine criteria of each agency, five of each officer."""

from datetime import date

from motcua.agencies.rules.permissions import Permission
from motcua.statistics.rules.layout import Column, ReportForm, Rows
from motcua.statistics.rules.points import AGENCY, OFFICER, TITLES, UNKNOWN, key_of

_LAW, _SINCE = "Thông tư 01/2018/TT-VPCP, Điều 13–15", date(2019, 1, 6)
_AFTER = "Từ ngày 01-7-2025 Nghị định 118/2025/NĐ-CP thay Nghị định 61/2018/NĐ-CP: chưa đối chiếu bộ chỉ số còn áp dụng."


def _criterion(index: int) -> Column:
    title = f"{index}. {TITLES[index]}"
    return Column(title, reason=UNKNOWN[index]) if index in UNKNOWN else Column(title, key_of(index))


def _columns(indices: tuple[int, ...], key: str, scale: int, said: str) -> tuple[Column, ...]:
    return (
        Column("Hồ sơ được đánh giá", "tt01_dossiers"),
        Column("Giá trị chỉ số (0–2 điểm)", children=tuple(map(_criterion, indices))),
        Column(f"Tổng điểm (thang {scale})", key),
        Column(said, text="band"),
    )


POINT_FORMS: tuple[ReportForm, ...] = (
    ReportForm(
        "tt01-2018", "Đánh giá TT 01/2018, cơ quan", "Đánh giá việc giải quyết thủ tục hành chính của cơ quan, đơn vị", _LAW,
        Rows.UNIT, _columns(AGENCY, "tt01_agency", 18, "Xếp loại"), valid_from=_SINCE, certainty=_AFTER,
    ),
    ReportForm(
        "tt01-2018-cb", "Đánh giá TT 01/2018, cán bộ", "Đánh giá việc giải quyết thủ tục hành chính của cán bộ, công chức", _LAW,
        Rows.OFFICER, _columns(OFFICER, "tt01_officer", 10, "Mức hoàn thành"), valid_from=_SINCE, certainty=_AFTER,
        requires=Permission.DOSSIER_SUPERVISE.value,
    ),
)  # fmt: skip
