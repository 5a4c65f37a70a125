"""A table of figures as a workbook: the real heading with its merged cells, ready to print on A4 landscape."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from motcua.core.moments import to_local
from motcua.statistics.output.sheets import Sheet, Shown

FONT = "Times New Roman"
# Thousands by dots whatever the language of the office suite; counts stay numbers that can be added up.
COUNT = r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"
SHARE, SMALL_SHARE, TENTHS = "0.00", '0.00"*"', "0.0"
A4 = 9
TOP = 5  # rows above the heading


def xlsx_bytes(sheet: Sheet, at: datetime) -> bytes:
    """The workbook. Text is never a formula."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": sheet.title, "author": sheet.agency, "created": to_local(at)})
        _Page(book, sheet).write()
    return out.getvalue()


def mask_of(cell: Shown) -> str:
    """How a number is shown."""
    if not isinstance(cell.value, Decimal):
        return COUNT
    if cell.small:
        return SMALL_SHARE
    return TENTHS if cell.value.as_tuple().exponent == -1 else SHARE


class _Page:
    """The one page, written from the top down."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.page = book.add_worksheet(sheet.code)
        self.formats: dict[tuple[Any, ...], Any] = {}

    def write(self) -> None:
        self._set_up()
        self._title()
        self._foot(self._body(self._heading()))

    def style(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            common = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
            self.formats[key] = self.book.add_format({**common, **wanted})
        return self.formats[key]

    def _set_up(self) -> None:
        page = self.page
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        page.center_horizontally()
        page.set_footer(f"&L&8{self.sheet.number}&R&8Trang &P/&N")
        page.set_column(0, 0, 7)
        page.set_column(1, 1, 44)
        page.set_column(2, self.sheet.last, 11)
        for column in self.sheet.texts:
            page.set_column(2 + column, 2 + column, 30)

    def _merge(self, row: int, first: int, last: int, text: str, style: Any, rows: int = 1) -> None:
        if first == last and rows == 1:
            self.page.write_string(row, first, text, style)
        else:
            self.page.merge_range(row, first, row + rows - 1, last, text, style)

    def _title(self) -> None:
        sheet, italic = self.sheet, self.style(italic=True, align="center")
        self._merge(0, 0, 1, sheet.agency.upper(), self.style(bold=True))
        self._merge(0, 2, sheet.last, f"{sheet.number}\n{sheet.law}", self.style(align="right"))
        self._merge(
            1, 0, sheet.last, sheet.title.upper(), self.style(bold=True, font_size=13, align="center")
        )
        self._merge(2, 0, sheet.last, sheet.period, italic)
        self._merge(3, 0, sheet.last, sheet.scope, italic)
        self._merge(4, 0, sheet.last, f"Đơn vị tính: {sheet.unit}", self.style(italic=True, align="right"))
        self.page.set_row(0, 30)
        self.page.set_row(1, 34)

    def _heading(self) -> int:
        bold = self.style(bold=True, align="center", border=1)
        small = self.style(italic=True, align="center", border=1, font_size=8)
        for row, line in enumerate(self.sheet.head, TOP):
            for cell in line:
                self._merge(row, cell.start, cell.start + cell.columns - 1, cell.title, bold, cell.rows)
            self.page.set_row(row, 32)
        numbers = TOP + len(self.sheet.head)
        for column, number in enumerate(self.sheet.numbers):
            self.page.write_string(numbers, column, number, small)
        self.page.set_row(numbers, 24)
        self.page.repeat_rows(TOP, numbers)
        self.page.freeze_panes(numbers + 1, 2)
        return numbers + 1

    def _body(self, row: int) -> int:
        for row, line in enumerate(self.sheet.rows, row):  # noqa: B020 - goes on from the heading
            bold = line.is_bold
            self.page.write_string(row, 0, line.mark, self.style(bold=bold, align="center", border=1))
            self.page.write_string(row, 1, line.label, self.style(bold=bold, border=1))
            for column, cell in enumerate(line.cells, 2):
                self._cell(row, column, cell, bold)
        return row + 2

    def _cell(self, row: int, column: int, cell: Shown, bold: bool) -> None:
        common = {"bold": bold, "border": 1, "align": "left" if column - 2 in self.sheet.texts else "right"}
        if cell.value is None:
            write = self.page.write_string if cell.text else self.page.write_blank
            write(row, column, cell.text or None, self.style(**common))
        else:
            style = self.style(num_format=mask_of(cell), **common)
            self.page.write_number(row, column, float(cell.value), style)

    def _foot(self, row: int) -> None:
        last, half = self.sheet.last, self.sheet.last // 2 + 1
        for note in self.sheet.notes:
            self._merge(row, 0, last, note, self.style(italic=True))
            self.page.set_row(row, 15 * (1 + len(note) // 140))
            row += 1
        centre, italic = self.style(bold=True, align="center"), self.style(italic=True, align="center")
        self._merge(row + 1, half, last, "……, ngày … tháng … năm ……", italic)
        self._merge(row + 2, 0, half - 1, "NGƯỜI LẬP BIỂU", centre)
        self._merge(row + 2, half, last, "THỦ TRƯỞNG ĐƠN VỊ", centre)
        self._merge(row + 3, 0, half - 1, "(Ký, ghi rõ họ tên)", italic)
        self._merge(row + 3, half, last, "(Ký, đóng dấu, ghi rõ họ tên)", italic)
