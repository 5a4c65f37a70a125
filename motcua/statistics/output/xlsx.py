"""A report as a workbook: the real heading with its merged cells, ready to print on A4 landscape."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from motcua.core.moments import to_local
from motcua.statistics.output.words import foot_lines, period_line, scope_line
from motcua.statistics.rules.tables import Cell, Kind, ReportTable

FONT = "Times New Roman"
# Thousands by dots whatever the language of the office suite; counts stay numbers that can be added up.
COUNT = r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"
SHARE, SMALL_SHARE = "0.00", '0.00"*"'
A4 = 9
TOP = 5  # rows above the heading
BOLD = (Kind.SECTION, Kind.TOTAL)


def xlsx_bytes(table: ReportTable) -> bytes:
    """The workbook. Text is never a formula."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {"title": table.form.title, "author": table.agency, "created": to_local(table.at)}
        )
        _Sheet(book, table).write()
    return out.getvalue()


class _Sheet:
    """The one sheet, written from the top down."""

    def __init__(self, book: Any, table: ReportTable) -> None:
        self.book, self.table = book, table
        self.sheet = book.add_worksheet(table.form.code)
        self.last = 1 + len(table.form.leaves)  # the last column, from 0
        self.formats: dict[tuple[Any, ...], Any] = {}

    def write(self) -> None:
        self._page()
        self._title()
        first = self._heading()
        end = self._body(first)
        self._foot(end)

    def style(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **wanted})  # fmt: skip
        return self.formats[key]

    def _page(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.set_footer("&L&8" + self.table.form.number + "&R&8Trang &P/&N")
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 1, 42)
        sheet.set_column(2, self.last, 11)

    def _merge(self, row: int, first: int, last: int, text: str, style: Any, rows: int = 1) -> None:
        if first == last and rows == 1:
            self.sheet.write_string(row, first, text, style)
        else:
            self.sheet.merge_range(row, first, row + rows - 1, last, text, style)

    def _title(self) -> None:
        table, centre = self.table, self.style(bold=True, font_size=13, align="center", text_wrap=True)
        self._merge(0, 0, 1, table.agency.upper(), self.style(bold=True, text_wrap=True))
        self._merge(0, 2, self.last, f"{table.form.number}\n{table.form.law}", self.style(align="right", text_wrap=True))  # fmt: skip
        self.sheet.set_row(0, 30)
        self._merge(1, 0, self.last, table.form.title.upper(), centre)
        self.sheet.set_row(1, 34)
        self._merge(2, 0, self.last, period_line(table), self.style(italic=True, align="center"))
        self._merge(3, 0, self.last, scope_line(table), self.style(italic=True, align="center"))
        self._merge(4, 0, self.last, "Đơn vị tính: hồ sơ", self.style(italic=True, align="right"))

    def _heading(self) -> int:
        heading, style = self.table.form.heading, self.style(bold=True, align="center", border=1, text_wrap=True)  # fmt: skip
        for row, line in enumerate(heading, TOP):
            for cell in line:
                self._merge(row, cell.start, cell.start + cell.columns - 1, cell.title, style, cell.rows)
            self.sheet.set_row(row, 32)
        numbers = TOP + len(heading)
        small = self.style(italic=True, align="center", border=1, font_size=8, text_wrap=True)
        for column, number in enumerate(self.table.form.numbers):
            self.sheet.write_string(numbers, column, number, small)
        self.sheet.set_row(numbers, 24)
        self.sheet.repeat_rows(TOP, numbers)
        self.sheet.freeze_panes(numbers + 1, 2)
        return numbers + 1

    def _body(self, row: int) -> int:
        for row, line in enumerate(self.table.all_lines, row):  # noqa: B020 - goes on from the heading
            bold = line.kind in BOLD
            self.sheet.write_string(row, 0, line.mark, self.style(bold=bold, align="center", border=1))
            self.sheet.write_string(row, 1, line.label, self.style(bold=bold, border=1, text_wrap=True))
            for column, cell in enumerate(self.table.cells(line), 2):
                self._cell(row, column, cell, bold)
        return row + 2

    def _cell(self, row: int, column: int, cell: Cell, bold: bool) -> None:
        common = {"bold": bold, "border": 1, "align": "right"}
        if cell.value is None:
            self.sheet.write_string(row, column, cell.text, self.style(**common))
        elif isinstance(cell.value, Decimal):
            number = SMALL_SHARE if cell.small else SHARE
            self.sheet.write_number(row, column, float(cell.value), self.style(num_format=number, **common))
        else:
            self.sheet.write_number(row, column, cell.value, self.style(num_format=COUNT, **common))

    def _foot(self, row: int) -> None:
        for line in foot_lines(self.table):
            self._merge(row, 0, self.last, line, self.style(italic=True, text_wrap=True))
            self.sheet.set_row(row, 15 * (1 + len(line) // 150))
            row += 1
        half, centre = self.last // 2 + 1, self.style(bold=True, align="center")
        self._merge(
            row + 1, half, self.last, "……, ngày … tháng … năm ……", self.style(italic=True, align="center")
        )
        self._merge(row + 2, 0, half - 1, "NGƯỜI LẬP BIỂU", centre)
        self._merge(row + 2, half, self.last, "THỦ TRƯỞNG ĐƠN VỊ", centre)
        note = self.style(italic=True, align="center")
        self._merge(row + 3, 0, half - 1, "(Ký, ghi rõ họ tên)", note)
        self._merge(row + 3, half, self.last, "(Ký, đóng dấu, ghi rõ họ tên)", note)
