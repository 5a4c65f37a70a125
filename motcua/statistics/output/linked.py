"""Coverage of one-stop across agencies as files: the levels, their counters; XLSX, PDF, CSV, JSON of the same cells."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.core.errors import NotFound
from motcua.core.moments import to_local
from motcua.core.text import harmless
from motcua.statistics.output.files import KINDS, File
from motcua.statistics.output.names import BELOW, file_name
from motcua.statistics.output.paper import pdf_bytes
from motcua.statistics.output.sheets import Row, Sheet, Shown
from motcua.statistics.output.words import period_words, scope_words
from motcua.statistics.output.xlsx import xlsx_bytes
from motcua.statistics.queries.linked import OF_COUNTERS, OF_DOSSIERS, Linked
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules.figures import REGISTRY, rests_on_few, text, value
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import HeadCell
from motcua.statistics.rules.tables import Kind
from motcua.statistics.rules.work import LINKED_LAW

CODE, TITLE = "mot-cua-lien-thong", "Bộ phận Một cửa theo cơ chế liên thông"
LEVELS = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
COLUMNS = (*OF_COUNTERS, *OF_DOSSIERS)
SMALL_NOTE = "Dấu * sau tỷ lệ: tính trên dưới 30, chưa đủ để so sánh."


@dataclass(frozen=True)
class Coverage:
    """What was found of a scope in a window, by level. `at` is when it was counted (aware, UTC)."""

    scope: Scope
    window: Window
    at: datetime
    levels: Mapping[str, Linked]

    @property
    def whole(self) -> Counter[str]:
        """The figures of all levels together."""
        whole: Counter[str] = Counter()
        for found in self.levels.values():
            whole.update(found.counts)
        return whole

    @property
    def notes(self) -> tuple[str, ...]:
        """How it is counted, what rests on few, when."""
        said = tuple(f"{REGISTRY[key].label}: {REGISTRY[key].words}." for key in COLUMNS)
        return (*said, SMALL_NOTE, f"Số liệu lúc {to_local(self.at):%H:%M ngày %d-%m-%Y}.")


def write_linked(found: Coverage, kind: str) -> File:
    """The coverage as a file of a kind. Raises NotFound for a kind that there is not."""
    if kind not in KINDS:
        raise NotFound("Không có dạng tệp này.")
    scope = found.scope
    name = file_name(kind, CODE, scope.agency.code, found.window, BELOW if scope.below else "")
    return File(name, KINDS[kind][0], _WRITERS[kind](found))


def sheet_of(found: Coverage) -> Sheet:
    """The table: each level with its counters, all together last."""
    heads = ["Mã", "Cấp, cơ quan có Bộ phận Một cửa", *(REGISTRY[key].label for key in COLUMNS)]
    scope = found.scope
    return Sheet(
        code=CODE, number="Liên thông", law=LINKED_LAW, title=TITLE, agency=scope.agency.name, period=f"Kỳ: {period_words(found.window)}",
        scope=f"Phạm vi: {scope_words(scope.agency.name, scope.below)}", unit="bộ phận, hồ sơ, %",
        head=(tuple(HeadCell(title, column, 1, 1) for column, title in enumerate(heads)),),
        numbers=tuple(f"({n})" for n in range(1, len(heads) + 1)), rows=tuple(_rows(found)), notes=found.notes,
    )  # fmt: skip


def _rows(found: Coverage) -> Iterator[Row]:
    for level, linked in found.levels.items():
        yield Row(Kind.SECTION, "", LEVELS[level], _cells(linked.counts, COLUMNS))
        for agency in linked.counters:
            yield Row(Kind.ROW, agency.code, agency.name, _cells(linked.of(agency), OF_DOSSIERS))
    yield Row(Kind.TOTAL, "", "Tổng cộng", _cells(found.whole, COLUMNS))


def _cells(counts: Mapping[str, int], shown: tuple[str, ...]) -> tuple[Shown, ...]:
    """Of one counter there is nothing to say in the columns that count counters."""
    return tuple(
        Shown(text(key, counts), value(key, counts), rests_on_few(key, counts)) if key in shown else Shown("")
        for key in COLUMNS
    )


def _csv(found: Coverage) -> bytes:
    """UTF-8 with a byte order mark; numbers with a decimal comma and no other marks."""
    sheet, out = sheet_of(found), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f"({n}) {cell.title}" for n, cell in enumerate(sheet.head[0], 1)])
    for row in sheet.rows:
        numbers = ("" if cell.value is None else str(cell.value).replace(".", ",") for cell in row.cells)
        writer.writerow([row.mark, harmless(row.label), *numbers])
    return ("\ufeff" + out.getvalue()).encode()


def _json(found: Coverage) -> bytes:
    return (json.dumps(_data(found), ensure_ascii=False, indent=1) + "\n").encode()


def _data(found: Coverage) -> dict[str, Any]:
    scope, window = found.scope, found.window
    return {
        "title": TITLE,
        "law": LINKED_LAW,
        "scope": {"agency": scope.agency.name, "code": scope.agency.code, "below": scope.below},
        "period": {"label": window.label, "from": window.start.isoformat(), "to": window.end.isoformat()},
        "generated_at": found.at.isoformat(),
        "figures": {key: {"label": REGISTRY[key].label, "words": REGISTRY[key].words} for key in COLUMNS},
        "levels": [
            {
                "level": level,
                **_numbers(linked.counts, COLUMNS),
                "counters": [
                    {"agency": a.name, "code": a.code, **_numbers(linked.of(a), OF_DOSSIERS)}
                    for a in linked.counters
                ],
            }
            for level, linked in found.levels.items()
        ],
        "total": _numbers(found.whole, COLUMNS),
    }


def _numbers(counts: Mapping[str, int], keys: tuple[str, ...]) -> dict[str, Any]:
    """Shares as text so that nothing is rounded on the way, null where there is nothing to divide by."""
    found = {key: value(key, counts) for key in keys}
    return {key: n if n is None or isinstance(n, int) else str(n) for key, n in found.items()}


_WRITERS: dict[str, Callable[[Coverage], bytes]] = {
    "xlsx": lambda found: xlsx_bytes(sheet_of(found), found.at),
    "pdf": lambda found: pdf_bytes(sheet_of(found)),
    "csv": _csv,
    "json": _json,
}
