"""The report of an import in words, for the command and the page."""

from motcua.procedures.actions.importing import ImportReport, Outcome, RowReport

LABELS = {
    Outcome.CREATED: "tạo mới",
    Outcome.NEW_VERSION: "phiên bản mới",
    Outcome.UNCHANGED: "không đổi",
    Outcome.REFUSED: "từ chối",
}
SHOWN = 500


def report_rows(report: ImportReport) -> tuple[tuple[tuple[RowReport, str], ...], int]:
    """Rows with something to say and what became of them, the refused first, at most 500; and how many more there are."""
    telling = sorted(
        (row for row in report.rows if row.notes), key=lambda row: row.outcome != Outcome.REFUSED
    )
    return tuple((row, LABELS[row.outcome]) for row in telling[:SHOWN]), max(0, len(telling) - SHOWN)


def row_line(row: RowReport) -> str:
    """One row: line, code, what became of it, what is wrong and what to do."""
    notes = " | ".join(str(note) for note in row.notes)
    return (
        f"dòng {row.line} · {row.code or '(không mã)'} · {LABELS[row.outcome]}{': ' if notes else ''}{notes}"
    )


def summary(report: ImportReport) -> str:
    """The sums of an import."""
    parts = ", ".join(f"{LABELS[outcome]} {report.counts[outcome]}" for outcome in Outcome)
    return f"Tổng {len(report.rows)} dòng: {parts}."


def conclusion(report: ImportReport, dry_run: bool) -> str:
    """Whether anything was written, and what to do when not."""
    if report.applied:
        if not report.counts[Outcome.CREATED] + report.counts[Outcome.NEW_VERSION]:
            return "Danh mục không có gì thay đổi."
        skipped = f" Đã bỏ qua {report.refused} dòng bị từ chối." if report.refused else ""
        return f"Đã ghi vào danh mục.{skipped}"
    if dry_run:
        return "Chạy thử: chưa ghi gì."
    return "Chưa ghi gì vì có dòng bị từ chối. Sửa các dòng đó, hoặc bỏ qua dòng lỗi (--skip-bad) để nhập các dòng còn lại."
