"""Internal processes as a JSON file: {"quy_trinh": [{"ma", "co_quan", "quyet_dinh", "cac_buoc": [...]}, ...]}.

Agencies are named by their identifier codes, so that a file made in one installation reads in another.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.procedures.rules import cells
from motcua.procedures.rules.notes import Note, Notes
from motcua.procedures.rules.portal import UnreadableFile
from motcua.procedures.rules.process import FINANCE, RESULT, REVIEW, SIGNATURE

KINDS = (REVIEW, FINANCE, SIGNATURE, RESULT)
PLACES = ("resolving", "office", "division", "police", "insurance", "tax", "land", "parent", "fixed")


@dataclass(frozen=True)
class TaskRow:
    """A task of a file. `agency_code` only with place "fixed"."""

    name: str
    place: str
    role_code: str
    hours: Decimal
    division_name: str = ""
    agency_code: str = ""
    is_lead: bool = True
    required: bool = True


@dataclass(frozen=True)
class StageRow:
    """A stage of a file."""

    name: str
    kind: str
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True)
class ProcessRow:
    """A process of a file; `agency_code` empty for a model process."""

    line: int
    code: str
    agency_code: str = ""
    document: str = ""
    source: str = ""
    stages: tuple[StageRow, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the row cannot be taken."""
        return any(note.refuses for note in self.notes)


@dataclass(frozen=True)
class ParsedProcesses:
    """A file of processes, read."""

    rows: tuple[ProcessRow, ...]
    notes: tuple[Note, ...] = ()
    form: str = "processes"


def parse(text: str) -> ParsedProcesses:
    """Read a file of processes. Raises UnreadableFile."""
    try:
        whole = json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" ở dòng {error.lineno} cột {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFile(
            f"Tệp JSON không đúng cú pháp{where}. Tải lại hoặc sửa tệp rồi nhập lại."
        ) from None
    entries = whole.get("quy_trinh")
    if not isinstance(entries, list):
        raise UnreadableFile("Tệp JSON không có danh sách “quy_trinh”. Kiểm tra lại tệp.")
    return ParsedProcesses(tuple(_row(number, entry) for number, entry in enumerate(entries, 1)))


def _row(number: int, entry: Any) -> ProcessRow:
    notes = Notes()
    if not isinstance(entry, dict):
        notes.refuse("Mục không phải là một quy trình", "Mỗi mục có “ma” và “cac_buoc”")
        return ProcessRow(number, "", notes=tuple(notes))
    code = cells.code(entry.get("ma"), notes)
    stages = tuple(_stage(stage, notes) for stage in _list(entry, "cac_buoc", notes))
    agency = cells.text(entry.get("co_quan"), "Mã cơ quan", 35, notes)
    document = cells.text(entry.get("quyet_dinh"), "Quyết định", 200, notes)
    source = cells.text(entry.get("nguon"), "Nguồn", 300, notes)
    return ProcessRow(number, code, agency, document, source, stages, tuple(notes))


def _list(entry: dict[str, Any], key: str, notes: Notes) -> list[Any]:
    value = entry.get(key)
    if isinstance(value, list):
        return value
    notes.refuse(f"Thiếu danh sách “{key}”", "Ghi trong ngoặc vuông")
    return []


def _stage(entry: Any, notes: Notes) -> StageRow:
    if not isinstance(entry, dict):
        notes.refuse("Có bước không đúng dạng", "Mỗi bước có “ten”, “loai”, “cong_viec”")
        return StageRow("", REVIEW, ())
    name = cells.text(entry.get("ten"), "Tên bước", 300, notes)
    kind = _choice(entry.get("loai", REVIEW), KINDS, "Loại bước", notes)
    return StageRow(name, kind, tuple(_task(task, notes) for task in _list(entry, "cong_viec", notes)))


def _task(entry: Any, notes: Notes) -> TaskRow:
    if not isinstance(entry, dict):
        notes.refuse("Có công việc không đúng dạng", "Mỗi công việc có “ten”, “noi”, “vai_tro”, “gio”")
        return TaskRow("", "resolving", "", Decimal(0))
    return TaskRow(
        name=cells.text(entry.get("ten"), "Tên công việc", 300, notes),
        place=_choice(entry.get("noi", "resolving"), PLACES, "Nơi làm", notes),
        role_code=cells.text(entry.get("vai_tro"), "Vai trò", 50, notes),
        hours=_hours(entry.get("gio"), notes),
        division_name=cells.text(entry.get("phong"), "Tên phòng", 160, notes),
        agency_code=cells.text(entry.get("co_quan"), "Mã cơ quan", 35, notes),
        is_lead=entry.get("chu_tri", True) is not False,
        required=entry.get("bat_buoc", True) is not False,
    )


def _hours(value: Any, notes: Notes) -> Decimal:
    hours = cells.decimal(value, "Số giờ", notes)
    if hours is None or hours > 99_999 or hours != hours.quantize(Decimal("0.01")):
        notes.refuse(f"Số giờ “{str(value)[:20]}” không đúng", "Ghi số giờ làm việc, tối đa hai số lẻ")
        return Decimal(0)
    return hours


def _choice(value: Any, choices: tuple[str, ...], label: str, notes: Notes) -> str:
    if value in choices:
        return str(value)
    notes.refuse(f"{label} “{str(value)[:30]}” không có", f"Dùng một trong: {', '.join(choices)}")
    return choices[0]


def write(rows: Iterable[ProcessRow]) -> str:
    """Processes as a file that `parse` reads."""
    return json.dumps({"quy_trinh": [_written(row) for row in rows]}, ensure_ascii=False, indent=1) + "\n"


def _written(row: ProcessRow) -> dict[str, Any]:
    return {
        "ma": row.code,
        "co_quan": row.agency_code,
        "quyet_dinh": row.document,
        "nguon": row.source,
        "cac_buoc": [
            {
                "ten": stage.name,
                "loai": stage.kind,
                "cong_viec": [_written_task(task) for task in stage.tasks],
            }
            for stage in row.stages
        ],
    }


def _written_task(task: TaskRow) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "ten": task.name,
        "noi": task.place,
        "vai_tro": task.role_code,
        "gio": float(task.hours) if task.hours % 1 else int(task.hours),
    }
    if task.division_name:
        entry["phong"] = task.division_name
    if task.agency_code:
        entry["co_quan"] = task.agency_code
    if not task.is_lead:
        entry["chu_tri"] = False
    if not task.required:
        entry["bat_buoc"] = False
    return entry
