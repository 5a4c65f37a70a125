"""The register as an Excel file, written row by row so that a year of any size fits in memory."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from motcua.agencies.models import OneStopOffice
from motcua.core.identity import phone_text
from motcua.core.moments import to_local
from motcua.dossiers.models import Dossier

COLUMNS = (
    ("TT", 6), ("Mã hồ sơ", 24), ("Tên thủ tục hành chính", 46), ("Số bộ", 7), ("Tên cá nhân, tổ chức", 28),
    ("Địa chỉ, số điện thoại", 40), ("Cơ quan chủ trì giải quyết", 30), ("Ngày nhận hồ sơ", 17), ("Ngày hẹn trả", 17),
    ("Ngày có kết quả", 17), ("Ngày trả kết quả", 17), ("Ghi chú", 22),
)  # fmt: skip
MOMENT = "dd/mm/yyyy hh:mm"
PROVISIONAL = " (hẹn trả tạm tính)"


def register_book(office: OneStopOffice, year: int, dossiers: Iterable[Dossier], closing: str) -> bytes:
    """The workbook. Moments are in Vietnamese time; text is never a formula."""
    out = BytesIO()
    options = {
        "constant_memory": True,
        "in_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(f"Sổ {year}")
        bold, moment = (
            book.add_format({"bold": True, "text_wrap": True}),
            book.add_format({"num_format": MOMENT}),
        )
        for column, (_, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
        sheet.write(0, 0, f"SỔ THEO DÕI HỒ SƠ NĂM {year} – {office.name}", bold)
        for column, (title, _) in enumerate(COLUMNS):
            sheet.write(2, column, title, bold)
        line = 3
        for line, row in enumerate(_rows(dossiers), 3):
            _write(sheet, line, row, moment)
        sheet.write(line + 2, 0, closing, bold)
    return out.getvalue()


def _rows(dossiers: Iterable[Dossier]) -> Iterator[list[Any]]:
    for dossier in dossiers.iterator(chunk_size=500) if hasattr(dossiers, "iterator") else dossiers:
        party = dossier.applicant
        contact = ", ".join(part for part in (party.address, phone_text(party.phone)) if part)
        yield [
            dossier.register_number, dossier.code, dossier.version.name, dossier.copies_of_dossier, party.name, contact,
            dossier.resolving_agency.name, dossier.received_at, dossier.due_at, dossier.ready_at, dossier.returned_at,
            dossier.get_status_display() + (PROVISIONAL if dossier.due_provisional and not dossier.ended_at else ""),
        ]  # fmt: skip


def _write(sheet: Any, line: int, row: list[Any], moment: Any) -> None:
    for column, value in enumerate(row):
        if isinstance(value, datetime):
            sheet.write_datetime(line, column, to_local(value).replace(microsecond=0), moment)
        elif isinstance(value, int):
            sheet.write_number(line, column, value)
        elif value:
            sheet.write_string(line, column, str(value))
