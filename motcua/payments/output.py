"""A reconciliation to take along: CSV and XLSX. Text is never a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO

import xlsxwriter

from motcua.core.text import harmless
from motcua.payments.queries.reconciling import Figure, Span
from motcua.payments.rules.reconcile import Difference

HEADING = ["Ngày", "Chênh lệch", "Về", "Hệ thống (đồng)", "Bên kia (đồng)", "Giải trình"]
Cell = str | int
Rows = Sequence[tuple[Difference, str]]


def _lines(span: Span, figures: Iterable[Figure], rows: Rows) -> Iterator[list[Cell]]:
    yield [f"BẢNG ĐỐI SOÁT {span.agency.name}"]
    yield [f"Từ {span.first:%d/%m/%Y} đến {span.last:%d/%m/%Y}"]
    yield []
    yield ["Số liệu", "Số lượng", "Số tiền (đồng)"]
    for one in figures:
        yield [one.label, one.number, one.amount]
    yield []
    yield [*HEADING]
    for found, note in rows:
        ours = "" if found.ours is None else found.ours
        theirs = "" if found.theirs is None else found.theirs
        yield [f"{found.day:%d/%m/%Y}", found.words, found.name, ours, theirs, note]


def sheet_csv(span: Span, figures: Iterable[Figure], rows: Rows) -> bytes:
    """UTF-8 with its mark, as spreadsheets want it."""
    out = StringIO()
    writer = csv.writer(out)
    for line in _lines(span, figures, rows):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in line])
    return out.getvalue().encode("utf-8-sig")


def sheet_xlsx(span: Span, figures: Iterable[Figure], rows: Rows) -> bytes:
    """One sheet, ready to print on A4 landscape."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Đối soát")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate((34, 46, 30, 18, 18, 50)):
            sheet.set_column(column, column, width)
        for number, line in enumerate(_lines(span, figures, rows)):
            for column, cell in enumerate(line):
                sheet.write(number, column, cell)
    return out.getvalue()
