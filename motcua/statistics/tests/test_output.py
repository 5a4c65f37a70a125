"""Reports as files: each opened again and compared with the table, cell by cell."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from motcua.core.errors import NotFound
from motcua.dossiers.testing import World, moment
from motcua.printing.tests.tools import flat_text, needs_poppler, pages_of, text_of
from motcua.statistics.output import KINDS, write
from motcua.statistics.queries import Scope, build
from motcua.statistics.rules.periods import Kind as Long
from motcua.statistics.rules.periods import Period
from motcua.statistics.rules.reports import CODES, figure_column, form_on
from motcua.statistics.rules.tables import ReportTable, Share

PERIOD = Period(Long.YEAR, 2026)
LATER = moment(days=90)
SHARES = (figure_column("on_time_rate"), figure_column("online_rate"))


def report(world: World, code: str) -> ReportTable:
    form = form_on(code, PERIOD.end)
    form = form.with_columns(SHARES) if form.counts_dossiers else form
    return build(
        form, Scope(world.province, below=True), PERIOD.window, LATER, period=PERIOD.code, basis="law"
    )


def opened(table: ReportTable):
    return openpyxl.load_workbook(BytesIO(write(table, "xlsx").content)).active


@pytest.mark.parametrize("code", CODES)
def test_every_cell_of_the_workbook_is_that_of_the_table(world: World, code: str) -> None:
    table = report(world, code)
    sheet, form = opened(table), table.form
    first = 6 + len(form.heading)
    assert [cell.value for cell in sheet[first]] == list(form.numbers)
    for row, line in enumerate(table.all_lines, first + 1):
        mark, label, *cells = (cell.value for cell in sheet[row])
        assert (mark or "", label) == (line.mark, line.label)
        for found, cell in zip(cells, table.cells(line), strict=True):
            wanted = cell.text if cell.value is None else cell.value
            assert (Decimal(str(found)) if isinstance(wanted, Decimal) else found or wanted) == wanted


@pytest.mark.parametrize("code", CODES)
def test_the_workbook_merges_the_heading_as_the_form_says(world: World, code: str) -> None:
    table = report(world, code)
    sheet = opened(table)
    merged = {(r.min_row, r.min_col, r.size["columns"], r.size["rows"]) for r in sheet.merged_cells.ranges}
    for row, line in enumerate(table.form.heading, 6):
        for cell in line:
            assert sheet.cell(row, cell.start + 1).value == cell.title
            if (cell.columns, cell.rows) != (1, 1):
                assert (row, cell.start + 1, cell.columns, cell.rows) in merged


def test_the_workbook_prints_on_one_a4_landscape_page_wide_with_its_heading_repeated(world: World) -> None:
    sheet = opened(report(world, "ii-06a"))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$6:$9"
    assert sheet["C10"].number_format == r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"
    words = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "Đơn vị tính: hồ sơ"} <= set(words)
    assert "Kỳ báo cáo: năm 2026 (từ ngày 15-12-2025 đến ngày 14-12-2026)" in words


@pytest.mark.parametrize("code", CODES)
def test_the_csv_reads_back_as_the_table(world: World, code: str) -> None:
    table = report(world, code)
    content = write(table, "csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert head[0] == "(1) STT"
    assert len(head) == len(table.form.numbers)
    assert [[r[0], r[1], *r[2:]] for r in rows] == [
        [line.mark, line.label, *(c.text if c.value is None else str(c.value).replace(".", ",") for c in table.cells(line))]
        for line in table.all_lines
    ]  # fmt: skip


def test_the_csv_names_its_columns_on_one_line(world: World) -> None:
    head = write(report(world, "ii-06a"), "csv").content.decode("utf-8-sig").splitlines()[0]
    names = next(csv.reader([head]))
    assert names[2:5] == [
        "(3) Số hồ sơ tiếp nhận, Tổng số",
        "(4) Số hồ sơ tiếp nhận, Trong kỳ, Trực tuyến",
        "(5) Số hồ sơ tiếp nhận, Trong kỳ, Trực tiếp, dịch vụ bưu chính",
    ]


@pytest.mark.parametrize("code", CODES)
def test_the_json_holds_keys_period_scope_moment_and_form(world: World, code: str) -> None:
    table = report(world, code)
    data = json.loads(write(table, "json").content)
    assert data["form"]["code"] == code
    assert data["scope"] == {"agency": "Tỉnh Lam Sơn", "code": "H40", "below": True}
    assert data["period"] == {
        "code": "2026", "basis": "law", "label": "năm 2026", "from": "2025-12-15", "to": "2026-12-14", "closed": True,
    }  # fmt: skip
    assert data["generated_at"] == LATER.isoformat()
    assert data["broken_identities"] == []
    figures = [row["figures"] for row in data["rows"]] + [data["total"]]
    for line, found in zip(table.all_lines, figures, strict=True):
        values = {c.column.key: c.value for c in table.cells(line) if c.column.key}
        assert found == {k: str(v) if isinstance(v, Decimal) else v for k, v in values.items()}
    assert [c["number"] for c in data["columns"]] == list(range(3, 3 + len(table.form.leaves)))


@needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_the_paper_says_what_the_table_says(world: World, code: str) -> None:
    table = report(world, code)
    pdf = write(table, "pdf").content
    text = flat_text(pdf)
    assert table.form.number in text
    assert "Kỳ báo cáo: năm 2026 (từ ngày 15-12-2025 đến ngày 14-12-2026)" in text
    assert "NGƯỜI LẬP BIỂU" in text
    assert pages_of(pdf) == 1
    lines = [" ".join(line.split()) for line in text_of(pdf, "-layout").splitlines()]
    unknown = [c for c in table.cells(table.all_lines[-1]) if c.column.reason]
    last = " ".join(["Tổng cộng", *(c.text for c in table.cells(table.all_lines[-1]) if c.text)])
    assert last in lines or unknown  # words wrap in their narrow columns: the notes say them in full
    assert all(cell.column.reason in text for cell in unknown)


def test_the_name_of_a_file_says_form_agency_and_period(world: World) -> None:
    table = report(world, "ii-06a")
    assert [write(table, kind).name for kind in KINDS] == [
        f"ii-06a-h40-2026-truc-thuoc.{kind}" for kind in KINDS
    ]
    free = build(table.form, Scope(world.commune), PERIOD.window, LATER)
    assert write(free, "csv").name == "ii-06a-h4012-20251215-20261214.csv"
    with pytest.raises(NotFound):
        write(table, "docx")


def test_no_two_counts_share_a_name(world: World) -> None:
    """The same code of a period is other days by the calendar; own dossiers, those below too, the sum of what was sent, an amendment."""
    of_law = build(
        form_on("ii-06a", PERIOD.end), Scope(world.province), PERIOD.window, LATER, period="2026", basis="law"
    )
    tables = [
        of_law, replace(of_law, basis="calendar"), replace(of_law, below=True),
        replace(of_law, below=True, shares=(Share(1, "UBND xã"),)), replace(of_law, agency_code="H40.12"),
    ]  # fmt: skip
    names = [write(table, "csv").name for table in tables] + [write(of_law, "csv", "lan-2").name]
    assert names == [
        "ii-06a-h40-2026.csv", "ii-06a-h40-20251215-20261214.csv", "ii-06a-h40-2026-truc-thuoc.csv",
        "ii-06a-h40-2026-tong-hop.csv", "ii-06a-h4012-2026.csv", "ii-06a-h40-2026-lan-2.csv",
    ]  # fmt: skip


def test_text_that_looks_like_a_formula_stays_text(world: World) -> None:
    world.commune.name = "=1+1"
    world.commune.save(update_fields=["name"])
    table = build(form_on("ii-06b", date(2026, 11, 30)), Scope(world.commune), PERIOD.window, LATER)
    assert "=1+1" in [
        cell.value for row in opened(table).iter_rows() for cell in row if cell.data_type == "s"
    ]
