"""The lake: which files an export writes, what stands in each column, and what its manifest says.

Every dossier is one row that never depends on when it is read. What held only between two moments (a due date before it was moved,
a clock at rest, an agency before its successor) stands in `spells`: a spell holds for every window that closes after `since`, up to and
with `until`. Moments are UTC; columns that end with `_on` are legal dates of Viet Nam.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from motcua.core.errors import RuleViolation

SCHEMA: Final = 1
MANIFEST: Final = "manifest.json"
PART: Final = "part-0.parquet"
Columns = tuple[tuple[str, str, str], ...]  # name, type, what it says

_WHO: Columns = (("dossier_id", "int64", "số của hồ sơ trong cơ sở dữ liệu; không phải mã hồ sơ"),)
DOSSIERS: Columns = (
    *_WHO,
    ("status", "string", "trạng thái lúc xuất"),
    ("fate", "string", "kết thúc ra sao: resolved, refused, stopped, withdrawn, not_accepted; chưa kết thúc: open, waiting"),
    ("channel", "string", "kênh tiếp nhận: counter, online, post"),
    ("procedure_id", "int64", "thủ tục"),
    ("procedure_code", "string", "mã thủ tục"),
    ("online_level", "string", "mức độ trực tuyến của phiên bản thủ tục"),
    ("field_id", "int64", "lĩnh vực"),
    ("field_name", "string", "tên lĩnh vực"),
    ("agency_id", "int64", "cơ quan giải quyết lúc kết thúc, hoặc hiện nay khi chưa kết thúc"),
    ("agency_code", "string", "mã định danh cơ quan giải quyết"),
    ("agency_name", "string", "tên cơ quan giải quyết"),
    ("agency_path", "string", "đường dẫn từ cơ quan gốc, dạng /1/4/9/"),
    ("receiving_agency_id", "int64", "cơ quan tiếp nhận"),
    ("office_id", "int64", "bộ phận một cửa"),
    ("office_name", "string", "tên bộ phận một cửa"),
    ("away", "bool", "tiếp nhận phi địa giới"),
    ("submitted_at", "moment", "lúc nộp"),
    ("received_at", "moment", "lúc tiếp nhận"),
    ("received_on", "date", "ngày tiếp nhận"),
    ("acceptance_due_at", "moment", "hạn tiếp nhận"),
    ("original_due_at", "moment", "hạn trả ban đầu"),
    ("original_due_on", "date", "ngày hẹn trả ban đầu"),
    ("due_at", "moment", "hạn trả hiện nay"),
    ("due_on", "date", "ngày hẹn trả hiện nay"),
    ("due_provisional", "bool", "hạn tạm tính"),
    ("ready_at", "moment", "lúc có kết quả"),
    ("ended_at", "moment", "lúc kết thúc"),
    ("ended_on", "date", "ngày kết thúc"),
    ("returned_at", "moment", "lúc trả kết quả"),
    ("apologised_at", "moment", "lúc lập phiếu xin lỗi đầu tiên"),
    ("late_cause", "string", "nguyên nhân quá hạn đã ghi"),
    ("limit_amount", "decimal", "thời hạn"),
    ("limit_unit", "string", "đơn vị thời hạn"),
    ("statutory_amount", "decimal", "thời hạn theo quy định"),
    ("statutory_unit", "string", "đơn vị thời hạn theo quy định"),
    ("payment", "string", "tình trạng phí, lệ phí lúc xuất"),
    ("delivery", "string", "hình thức nhận kết quả"),
    ("is_digitised", "bool", "mọi giấy tờ đã nộp lúc xuất đã có bản quét hoặc bản điện tử"),
    ("stage", "int32", "bước hiện tại"),
)  # fmt: skip
SPELLS: Columns = (
    *_WHO,
    ("kind", "string", "due, rest, agency, acceptance, asked, corrected, came_back, paid_online, paid_direct"),
    ("since", "moment", "giữ cho kỳ đóng sau lúc này; trống là từ đầu"),
    ("until", "moment", "giữ cho kỳ đóng đến hết lúc này; trống là đến nay"),
    ("moment", "moment", "due, acceptance: hạn khi đó; rest, asked: lúc đồng hồ dừng"),
    ("moment_on", "date", "ngày của lúc ấy"),
    ("agency_id", "int64", "agency: cơ quan giải quyết khi đó"),
)  # fmt: skip
TASKS: Columns = (
    *_WHO,
    ("task_id", "int64", "số của công việc"),
    ("stage", "int32", "bước"),
    ("stage_name", "string", "tên bước"),
    ("stage_kind", "string", "loại bước"),
    ("round", "int32", "lượt"),
    ("name", "string", "công việc"),
    ("agency_id", "int64", "cơ quan thực hiện"),
    ("role_code", "string", "vai trò"),
    ("at_office", "bool", "tại bộ phận một cửa"),
    ("officer", "string", "bí danh của công chức"),
    ("hours", "decimal", "số giờ làm việc theo quy trình"),
    ("state", "string", "tình trạng"),
    ("given_at", "moment", "lúc giao"),
    ("taken_at", "moment", "lúc nhận"),
    ("due_at", "moment", "hạn của bước"),
    ("done_at", "moment", "lúc hoàn thành"),
    ("outcome", "string", "kết quả"),
    ("late_cause", "string", "nguyên nhân quá hạn"),
)  # fmt: skip
EVENTS: Columns = (
    *_WHO,
    ("seq", "int32", "số thứ tự trong nhật ký của hồ sơ"),
    ("kind", "string", "hành động"),
    ("at", "moment", "thời điểm"),
    ("officer", "string", "bí danh của người làm; trống là hệ thống"),
)  # fmt: skip
PARTIES: Columns = (
    *_WHO,
    ("code", "string", "mã hồ sơ"),
    ("kind", "string", "đối tượng"),
    ("name", "string", "chủ hồ sơ"),
    ("identity_number", "string", "số định danh"),
    ("tax_code", "string", "mã số thuế"),
    ("birth_date", "date", "ngày sinh"),
    ("gender", "string", "giới tính"),
    ("phone", "string", "số điện thoại"),
    ("email", "string", "thư điện tử"),
    ("address", "string", "địa chỉ"),
    ("content", "string", "nội dung yêu cầu"),
)  # fmt: skip
# Tables with a folder per province and year of reception; and small ones of one file.
TABLES: dict[str, Columns] = {"dossiers": DOSSIERS, "spells": SPELLS, "tasks": TASKS, "events": EVENTS}
PERSONAL: dict[str, Columns] = {"parties": PARTIES}
LISTS: dict[str, Columns] = {
    "agencies": (
        ("id", "int64", "số"), ("code", "string", "mã định danh"), ("name", "string", "tên"), ("kind", "string", "loại"),
        ("level", "string", "cấp"), ("rank", "int32", "thứ bậc của cấp"), ("parent_id", "int64", "trực thuộc"),
        ("path", "string", "đường dẫn"), ("successor_id", "int64", "cơ quan kế thừa"),
        ("valid_from", "date", "hiệu lực từ"), ("valid_to", "date", "hiệu lực đến"),
    ),
    "fields": (("id", "int64", "số"), ("name", "string", "tên lĩnh vực")),
    "procedures": (
        ("procedure_id", "int64", "thủ tục"), ("code", "string", "mã"), ("number", "int32", "phiên bản"),
        ("name", "string", "tên"), ("valid_from", "date", "hiệu lực từ"),
    ),
    "settings": (
        ("id", "int64", "số"), ("key", "string", "tham số"), ("agency_id", "int64", "cơ quan; trống là chung"),
        ("value", "string", "giá trị, dạng JSON"), ("valid_from", "date", "hiệu lực từ"), ("valid_to", "date", "hiệu lực đến"),
    ),
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Place:
    """A partition: a province's dossiers received (or, not received, filed) in a year."""

    province: str
    year: int

    def path(self, table: str) -> str:
        """Its one file of a table, under the lake's folder."""
        return f"{table}/province={self.province}/year={self.year}/{PART}"


@dataclass(frozen=True, order=True)
class Part:
    """A file of the lake as its manifest tells of it: rows, bytes, SHA-256 of its content."""

    path: str
    rows: int
    size: int
    sha256: str

    @property
    def table(self) -> str:
        """The table that it belongs to."""
        return self.path.split("/")[0].removesuffix(".parquet")

    @property
    def year(self) -> int | None:
        """The year of its partition; None for a list."""
        found = [step.removeprefix("year=") for step in self.path.split("/") if step.startswith("year=")]
        return int(found[0]) if found else None


@dataclass(frozen=True)
class Manifest:
    """What a lake holds. `as_of` is the moment to which its figures stand (aware, UTC)."""

    as_of: datetime
    personal: bool
    parts: tuple[Part, ...]
    schema: int = SCHEMA

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return sum(part.rows for part in self.parts if part.table == table)

    @property
    def hash(self) -> str:
        """One hash over all content; the same for the same data, whenever it was written."""
        lines = "".join(f"{part.sha256}  {part.path}\n" for part in sorted(self.parts))
        return hashlib.sha256(lines.encode()).hexdigest()

    def dump(self) -> str:
        """The manifest as JSON."""
        tables = {part.table for part in self.parts}
        data = {
            "schema": self.schema, "as_of": self.as_of.isoformat(), "personal": self.personal, "hash": self.hash,
            "rows": {table: self.rows(table) for table in sorted(tables)},
            "columns": {name: _words(columns) for name, columns in (TABLES | PERSONAL | LISTS).items() if name in tables},
            "files": [asdict(part) for part in sorted(self.parts)],
        }  # fmt: skip
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _words(columns: Columns) -> list[dict[str, str]]:
    return [{"name": name, "type": kind, "meaning": words} for name, kind, words in columns]


def load(text: str) -> Manifest:
    """A manifest read again. Raises RuleViolation when it is none, of another form, or does not agree with itself."""
    try:
        data: Mapping[str, Any] = json.loads(text)
        parts = tuple(Part(**part) for part in data["files"])
        found = Manifest(datetime.fromisoformat(data["as_of"]), data["personal"], parts, data["schema"])
        told = data["hash"]
    except (ValueError, KeyError, TypeError) as error:
        raise RuleViolation(f"Tệp {MANIFEST} của kho không đọc được. Xuất lại toàn bộ kho.") from error
    if found.schema != SCHEMA:
        raise RuleViolation(
            f"Kho theo mẫu {found.schema}, phần mềm này đọc mẫu {SCHEMA}. Xuất lại toàn bộ kho."
        )
    if found.hash != told:
        raise RuleViolation(
            f"Tệp {MANIFEST} của kho không khớp với mã băm của chính nó. Xuất lại toàn bộ kho."
        )
    return found


def kept(before: Manifest, years: Iterable[int], personal: bool) -> tuple[Part, ...]:
    """What an export that rewrites some years leaves as it is; personal data only if they are still asked for."""
    touched = {*years, None}
    return tuple(
        part for part in before.parts if part.year not in touched and (personal or part.table not in PERSONAL)
    )


def require_continuation(before: Manifest, since: datetime, personal: bool) -> None:
    """Raise RuleViolation unless an export of what changed since a moment completes what is there."""
    if since > before.as_of:
        raise RuleViolation(
            f"Kho được xuất lần trước lúc {before.as_of:%Y-%m-%d %H:%M} UTC: chọn --since không sau ngày đó, "
            "hoặc xuất lại toàn bộ.", field="since",
        )  # fmt: skip
    if personal and not before.personal:
        raise RuleViolation("Kho đang có không có dữ liệu cá nhân. Bỏ --since để xuất lại toàn bộ với --personal.", field="since")  # fmt: skip
