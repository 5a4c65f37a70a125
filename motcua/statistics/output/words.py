"""What the outputs say alike: names of columns, of the period, of the scope."""

from motcua.core.moments import to_local
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import Column
from motcua.statistics.rules.tables import ReportTable


def leaf_titles(columns: tuple[Column, ...], above: tuple[str, ...] = ()) -> list[str]:
    """The full title of every numbered column: "Số hồ sơ tiếp nhận, trong kỳ, trực tuyến"."""
    found: list[str] = []
    for column in columns:
        path = (*above, column.title)
        found += leaf_titles(column.children, path) if column.children else [", ".join(path)]
    return found


def flat_titles(table: ReportTable) -> list[str]:
    """Column names on one line: "(1) STT", "(2) Lĩnh vực", "(3) Số hồ sơ tiếp nhận, tổng số", ..."""
    heads = [cell.title for cell in table.form.heading[0][:2]]
    return [f"({n}) {title}" for n, title in enumerate((*heads, *leaf_titles(table.form.columns)), 1)]


def period_line(table: ReportTable) -> str:
    """ "Kỳ báo cáo: quý I năm 2026 (từ ngày 15-12-2025 đến ngày 14-3-2026)"."""
    return f"Kỳ báo cáo: {period_words(table.window)}"


def period_words(window: Window) -> str:
    """ "quý I năm 2026 (từ ngày 15-12-2025 đến ngày 14-03-2026)"."""
    days = f"từ ngày {window.start:%d-%m-%Y} đến ngày {window.end:%d-%m-%Y}"
    return f"{window.label} ({days})" if window.label else days


def scope_line(table: ReportTable) -> str:
    """Whose dossiers are counted."""
    return f"Phạm vi: {scope_words(table.agency, table.below)}"


def scope_words(agency: str, below: bool) -> str:
    """The agency, with all below it or without."""
    return agency + (" và các cơ quan, đơn vị trực thuộc" if below else "")


def counted_line(table: ReportTable) -> str:
    """When it was counted; that the period still runs."""
    moment = f"{to_local(table.at):%H:%M ngày %d-%m-%Y}"
    if table.live:
        return f"Kỳ chưa kết thúc: số liệu đến {moment}."
    return f"Số liệu như khi kỳ kết thúc, lập lúc {moment}."


def foot_lines(table: ReportTable) -> list[str]:
    """Everything that stands under the table."""
    more = [table.form.certainty] if table.form.certainty else []
    faults = [f"Số liệu không khớp: {said}" for said in table.broken]
    return [*faults, *table.notes, *more, counted_line(table)]
