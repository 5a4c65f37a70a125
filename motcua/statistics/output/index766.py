"""The index of Decision 766 as files: the board of a scope, the ranking of those below; XLSX, PDF, CSV, JSON of the same cells."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.core.errors import NotFound
from motcua.core.moments import to_local
from motcua.core.text import harmless
from motcua.statistics.output.files import KINDS, File
from motcua.statistics.output.names import BELOW, file_name
from motcua.statistics.output.paper import pdf_bytes
from motcua.statistics.output.sheets import Row as PrintedRow
from motcua.statistics.output.sheets import Sheet as Printed
from motcua.statistics.output.sheets import Shown
from motcua.statistics.output.words import period_words, scope_words
from motcua.statistics.output.xlsx import xlsx_bytes
from motcua.statistics.rules.index766 import CODE, STATE_WORDS, Line, Sums, plain, rule_words
from motcua.statistics.rules.index766_board import NUMBER, Board
from motcua.statistics.rules.index766_ranking import LABELS, Place, Ranking, ranking_code
from motcua.statistics.rules.index766_sheet import (
    BOARD_HEAD,
    BOARD_TEXTS,
    Row,
    Sheet,
    board_rows,
    cell_text,
    head_of,
    ranking_rows,
    texts_of_ranking,
)
from motcua.statistics.rules.stages import Spread

SMALL_NOTE = "Dấu * sau tỷ lệ: tính trên dưới 30, chưa đủ để so sánh."


@dataclass(frozen=True)
class Made:
    """An index filled in, with the code and kind of its period ("" for free dates)."""

    found: Board | Ranking
    period: str = ""
    basis: str = ""


def write_index(made: Made, kind: str, mark: str = "") -> File:
    """The index as a file of a kind, with a mark in its name. Raises NotFound for a kind that there is not."""
    if kind not in KINDS:
        raise NotFound("Không có dạng tệp này.")
    found = made.found
    code = ranking_code(found.kind) if isinstance(found, Ranking) else CODE
    reach = BELOW if isinstance(found, Board) and found.below else ""
    name = file_name(
        kind, code, found.agency_code, found.window, reach, mark, period=made.period, basis=made.basis
    )
    return File(name, KINDS[kind][0], _WRITERS[kind](made))


def sheet_of(found: Board | Ranking) -> Sheet:
    """The cells that every file takes."""
    return _ranking_sheet(found) if isinstance(found, Ranking) else _board_sheet(found)


def printed(found: Board | Ranking) -> Printed:
    """The same cells as they are printed."""
    table = sheet_of(found)
    return Printed(
        code=NUMBER, number=NUMBER, law=found.scheme.law, title=table.title, agency=found.agency, unit="điểm", head=table.head,
        period=f"Kỳ: {period_words(found.window)}", scope=f"Phạm vi: {scope_words(found.agency, found.below)}",
        numbers=tuple(f"({n})" for n in range(1, table.width + 1)), rows=tuple(_printed(row) for row in table.rows),
        notes=tuple(filter(None, table.notes)), texts=table.texts,
    )  # fmt: skip


def _printed(row: Row) -> PrintedRow:
    cells = (Shown(cell_text(cell), cell if isinstance(cell, int | Decimal) else None) for cell in row.cells)
    return PrintedRow(row.kind, row.mark, row.label, tuple(cells))


def _board_sheet(board: Board) -> Sheet:
    return Sheet(board.scheme.name, BOARD_HEAD, board_rows(board), tuple(notes_of(board)), BOARD_TEXTS)


def _days_words(days: Spread) -> str:
    mean, p50, p90 = map(cell_text, (days.average, days.p50, days.p90))
    return (
        f"Thời gian giải quyết trung bình: {mean} ngày; trung vị: {p50} ngày; P90 (chín phần mười số hồ sơ không vượt): {p90} ngày. "
        "Kể cả ngày nghỉ và thời gian tạm dừng."
    )


def notes_of(board: Board, *, beside_the_table: bool = False) -> list[str]:
    """What stands under the board: the totals both ways, why something has no points, what the reader must know. Beside a
    table that says why, and how sure each component is, those are left out.
    """
    found = [_totals(board)]
    if board.days.average is not None:
        found.append(_days_words(board.days))
    if not beside_the_table:
        found += _together(
            (line, f"{STATE_WORDS[line.state].lower()}; {line.reason}.")
            for line in board.lines
            if line.reason and line.points is None
        )
        found += _together(
            (line, f"điểm, chỉ tiêu {line.component.certainty}.")
            for line in board.lines
            if line.component.certainty
        )
    found += _together(
        (line, line.component.measure.caveat) for line in board.lines if line.points is not None
    )
    found += [SMALL_NOTE] if any(line.is_small for line in board.lines) else []
    found += [f"Nguồn của bộ chỉ số: {board.scheme.source}."] if board.scheme.source else []
    return [*found, counted_line(board)]


def _together(said: Iterable[tuple[Line, str]]) -> list[str]:
    """Each thing said once, with the codes of all components that it is said of."""
    found: dict[str, list[str]] = {}
    for line, text in said:
        if text:
            found.setdefault(text, []).append(line.component.code)
    return [f"{', '.join(codes)}: {text}" for text, codes in found.items()]


def _totals(board: Board) -> str:
    sums = board.sums
    if sums.rescaled is None:
        return "Chưa thành phần nào tính được nên chưa có chỉ số."
    both = f"Đạt {cell_text(sums.earned)} trên {plain(sums.possible)} điểm tính được; quy đổi về {plain(sums.points)} điểm: {cell_text(sums.rescaled)}."
    return f"{both} Chỉ số lấy theo {rule_words(board.missing)}: {cell_text(board.value)}, xếp loại {board.band.lower() or 'chưa có'}."


def counted_line(found: Board | Ranking) -> str:
    """When it was counted; that the period still runs."""
    moment = f"{to_local(found.at):%H:%M ngày %d-%m-%Y}"
    return (
        f"Kỳ chưa kết thúc: số liệu đến {moment}."
        if found.live
        else f"Số liệu như khi kỳ kết thúc, lập lúc {moment}."
    )


def _ranking_sheet(ranking: Ranking) -> Sheet:
    title = "Xếp hạng chất lượng phục vụ người dân, doanh nghiệp"
    label = LABELS.get(ranking.kind, "").lower()
    notes = tuple(ranking_notes(ranking))
    full = f"{title}: {label}" if label else title
    return Sheet(full, head_of(ranking), ranking_rows(ranking), notes, texts_of_ranking(ranking))


def ranking_notes(ranking: Ranking) -> list[str]:
    """How it is reckoned, what to mind, when."""
    sourced = [
        "Cơ quan đã gửi chỉ số của kỳ này thì xếp theo chỉ số đã gửi; cơ quan khác tính trực tiếp từ dữ liệu khi chốt."
    ]
    return [
        f"Chỉ số lấy theo {rule_words(ranking.missing)}. Cơ quan bằng điểm nhau cùng hạng.",
        "Cột của nhóm để trống: không thành phần nào của nhóm tính được.",
        *(sourced if ranking.sourced else []),
        counted_line(ranking),
    ]


# Files -----------------------------------------------------------------------------------------------------------------


def _xlsx(made: Made) -> bytes:
    return xlsx_bytes(printed(made.found), made.found.at)


def _pdf(made: Made) -> bytes:
    return pdf_bytes(printed(made.found))


def _csv(made: Made) -> bytes:
    """UTF-8 with a byte order mark; numbers with a decimal comma and no other marks."""
    sheet, out = sheet_of(made.found), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f"({n}) {title}" for n, title in enumerate(sheet.titles, 1)])
    for row in sheet.rows:
        writer.writerow([row.mark, harmless(row.label), *(_plain(cell) for cell in row.cells)])
    return ("\ufeff" + out.getvalue()).encode()


def _plain(cell: Any) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    return "" if cell is None else str(cell).replace(".", ",")


def _json(made: Made) -> bytes:
    return (json.dumps(as_data(made), ensure_ascii=False, indent=1) + "\n").encode()


def as_data(made: Made) -> dict[str, Any]:
    """The index as plain data; decimals as text so that nothing is rounded on the way, null where nothing can be reckoned."""
    found = made.found
    window, scheme = found.window, found.scheme
    head = {
        "index": {"code": CODE, "name": scheme.name, "law": scheme.law, "set_since": scheme.since, "source": scheme.source},
        "scope": {"agency": found.agency, "code": found.agency_code, "below": found.below},
        "period": {
            "code": made.period, "basis": made.basis, "label": window.label, "from": window.start.isoformat(),
            "to": window.end.isoformat(), "closed": not found.live,
        },
        "generated_at": found.at.isoformat(),
        "missing_components": found.missing,
    }  # fmt: skip
    return head | (_ranking_data(found) if isinstance(found, Ranking) else _board_data(found))


def _board_data(board: Board) -> dict[str, Any]:
    return {
        "total": _sums(board.sums)
        | {"index": _text(board.value), "band": board.band, "trend": _text(board.trend)},
        "average_days": _text(board.days.average),
        "median_days": _text(board.days.p50),
        "p90_days": _text(board.days.p90),
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                **_sums(sums),
                "components": [_line(line) for line in lines],
            }
            for group, lines, sums in board.groups
        ],
        "notes": [note for note in notes_of(board) if note],
    }


def _ranking_data(ranking: Ranking) -> dict[str, Any]:
    return {
        "kind": ranking.kind,
        "rows": [
            {
                "rank": place.rank, "agency": place.agency.name, "code": place.agency.code, "index": _text(place.value),
                "band": place.band, "trend": _text(place.trend), **_sums(place.sums),
                "components": [_line(line) for line in place.lines], **_source(place),
            }
            for place in ranking.places
        ],
    }  # fmt: skip


def _source(place: Place) -> dict[str, Any]:
    """Which frozen index a place comes from; null for one that was reckoned. Nothing in a ranking that takes none."""
    share = place.share
    if share is None:
        return {}
    kept = {"report": share.report, "number": share.number, "hash": share.hash, "sent_on": share.sent_on}
    return {"source": kept if share.report else None, "source_note": place.said}


def _sums(sums: Sums) -> dict[str, Any]:
    return {
        "points": _text(sums.points),
        "computable": _text(sums.possible),
        "earned": _text(sums.earned),
        "rescaled": _text(sums.rescaled),
    }


def _line(line: Line) -> dict[str, Any]:
    component, measure = line.component, line.component.measure
    ratio = line.ratio if line.ratio and line.ratio.whole else None
    return {
        "code": component.code, "name": component.name, "measure": measure.key, "points": _text(component.points),
        "target": _text(component.target), "numerator": ratio.part if ratio else None,
        "denominator": ratio.whole if ratio else None, "unit": measure.of.value, "rate": _text(line.rate),
        "earned": _text(line.points), "state": line.state.value, "reason": line.reason, "caveat": measure.caveat,
        "certainty": component.certainty,
    }  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


_WRITERS: dict[str, Callable[[Made], bytes]] = {"xlsx": _xlsx, "pdf": _pdf, "csv": _csv, "json": _json}
