"""Ratings and results as CSV and XLSX; no cell is a formula, no row a person."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

from motcua.core.answers import CSV, XLSX
from motcua.core.definitions import definition
from motcua.core.text import harmless
from motcua.surveys.queries.ratings import Board
from motcua.surveys.queries.surveys import Outcome
from motcua.surveys.rules.results import Results

KINDS = (("xlsx", "Excel"), ("csv", "CSV"))
Cell = str | int | Decimal | None
Line = tuple[Cell, ...]
_OF_ITEM = ("survey_item_share", "survey_item_plain", "survey_mean", "survey_index", "survey_error")
_OF_RATING = ("rating_answers", "rating_good", "rating_low", "rating_share", "rating_mean")


def _names(keys: Iterable[str]) -> tuple[str, ...]:
    """Names and units of figures, as their one definition has them."""
    known = (definition(key) for key in keys)
    return tuple(f"{one.label} ({one.unit})" for one in known)


def _head() -> Line:
    return (
        "Nhóm",
        "Yếu tố",
        "Câu hỏi",
        *_names(["survey_valid"]),
        "1",
        "2",
        "3",
        "4",
        "5",
        *_names(_OF_ITEM),
    )


def ratings_csv(board: Board) -> bytes:
    """The board of ratings, one line a topic or group."""
    named = [(topic.text, tally) for topic, tally in board.topics]
    named += [(line.name, line.tally) for line in (*board.fields, *board.officers)]
    lines: list[Line] = [("Nội dung", *_names(_OF_RATING))]
    lines += [(name, got.valid, got.good, got.low, got.percent, got.mean) for name, got in named]
    return _csv(lines)


def results_file(outcome: Outcome, kind: str) -> tuple[bytes, str]:
    """The results of a survey as a file of a kind, with its content type."""
    lines = [_head(), *_lines("Tất cả", outcome.whole)]
    for part in outcome.parts:
        lines += _lines(part.name, part.results)
    of_criterion = f"{definition('survey_points').label} (tối đa {outcome.survey.points}, bước {outcome.survey.step_text})"
    lines.append(_line(of_criterion, percent=outcome.points))
    return (_csv(lines), CSV) if kind == "csv" else (_xlsx(lines), XLSX)


def _lines(group: str, found: Results) -> Iterator[Line]:
    for factor in found.factors:
        for item in factor.items:
            counts = tuple(item.counts[mark] for mark in range(1, 6))
            yield _line(
                group, factor.title, item.text, item.valid, counts,
                percent=item.percent, plain=item.plain, mean=item.mean, index=item.index, error=item.error,
            )  # fmt: skip
        yield _line(
            group, factor.title, "Trung bình các câu", percent=factor.percent, mean=factor.mean, index=factor.index
        )  # fmt: skip
    yield _line(
        group, "", definition("survey_share").label, found.valid, percent=found.percent, error=found.error
    )


def _line(
    group: str, factor: str = "", text: str = "", valid: Cell = None, counts: Line = (None,) * 5, *,
    percent: Cell = None, plain: Cell = None, mean: Cell = None, index: Cell = None, error: Cell = None,
) -> Line:  # fmt: skip
    """A line under the heading; what is not said stays blank."""
    return group, factor, text, valid, *counts, percent, plain, mean, index, error


def _csv(lines: list[Line]) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    for line in lines:
        writer.writerow([_plain(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    """A cell of CSV, with a decimal comma as in every file of figures."""
    if isinstance(cell, str):
        return harmless(cell)
    return "" if cell is None else str(cell).replace(".", ",")


def _xlsx(lines: list[Line]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet, bold = book.add_worksheet("Kết quả"), book.add_format({"bold": True, "text_wrap": True})
        two = book.add_format({"num_format": "0.00"})
        sheet.freeze_panes(1, 3)
        sheet.set_column(0, 1, 26)
        sheet.set_column(2, 2, 46)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                value = float(cell) if isinstance(cell, Decimal) else cell
                if isinstance(value, str):
                    sheet.write_string(row, column, value, bold if row == 0 else None)
                elif value is not None:
                    sheet.write_number(row, column, value, two if isinstance(cell, Decimal) else None)
    return out.getvalue()
