"""The CSV form: reading and writing."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from motcua.core.text import as_written, harmless
from motcua.procedures.rules import cells
from motcua.procedures.rules.facts import Channels, Facts, LimitRow, ResultFact
from motcua.procedures.rules.levels import LEVEL_NAMES, unknown_levels
from motcua.procedures.rules.notes import MAX_SMALL, Note, Notes
from motcua.procedures.rules.portal import (
    ISSUER_CODES,
    NATIONAL_ISSUERS,
    Parsed,
    Row,
    UnreadableFile,
    settle_duplicates,
)
from motcua.workdays.rules.limits import VIETNAMESE, Unit

PREFIXES = {"online": "truc_tuyen", "post": "buu_chinh", "counter": "truc_tiep"}
COLUMNS = (
    "ma_tthc", "ten_tthc", "linh_vuc", "cap_thuc_hien", "loai_tthc", "so_quyet_dinh", "nguon_bo", "doi_tuong",
    "co_quan_thuc_hien", "truc_tuyen_thoi_gian", "truc_tuyen_don_vi", "truc_tuyen_phi_vnd", "buu_chinh_thoi_gian",
    "buu_chinh_don_vi", "buu_chinh_phi_vnd", "truc_tiep_thoi_gian", "truc_tiep_don_vi", "truc_tiep_phi_vnd",
    "so_dong_cach_thuc", "so_giay_to", "ma_ket_qua", "so_van_ban", "portal_id",
)  # fmt: skip
REQUIRED = ("ma_tthc", "ten_tthc")
# part of Facts, column, Vietnamese label, longest text
TEXTS = (
    ("levels_text", "cap_thuc_hien", "Cấp thực hiện", 200),
    ("category", "loai_tthc", "Loại thủ tục", 120),
    ("decision_number", "so_quyet_dinh", "Số quyết định", 120),
    ("agency_text", "co_quan_thuc_hien", "Cơ quan thực hiện", 5000),
    ("portal_id", "portal_id", "Mã trên cổng", 60),
)
COUNTS = (
    ("channel_count", "so_dong_cach_thuc", "Số dòng cách thức"),
    ("paper_count", "so_giay_to", "Số giấy tờ"),
    ("basis_count", "so_van_ban", "Số văn bản"),
)
# Items begin with a capital; a comma inside brackets, or before a small letter, belongs to its item.
_COMMA = re.compile(r",\s*(?=[^\W\d_])")
_BRACKET = re.compile(r"[()]")
csv.field_size_limit(1_000_000)

Cells = dict[str, str]


def parse(text: str) -> Parsed:
    """Read the CSV form. Raises UnreadableFile when there is no usable header."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header = _header(reader)
    notes = _header_notes(header)
    rows = settle_duplicates(_rows(reader, header))
    return Parsed("csv", rows, notes)


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        header = [name.strip().lower().lstrip("\ufeff") for name in next(reader, [])]
    except csv.Error:
        header = []
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise UnreadableFile(
            f"Dòng đầu của tệp CSV thiếu cột {', '.join(missing)}. Dòng đầu phải là tên cột: {', '.join(COLUMNS[:4])}…"
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise UnreadableFile(f"Cột {', '.join(twice)} có hai lần trong dòng đầu. Xóa cột thừa.")
    return header


def _header_notes(header: list[str]) -> tuple[Note, ...]:
    extra = [name for name in header if name and name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in header]
    found = []
    if extra:
        found.append(Note(False, f"Cột lạ không dùng đến: {', '.join(extra)}"))
    if missing:
        found.append(
            Note(False, f"Tệp không có cột {', '.join(missing)}", "Phần này của các thủ tục được giữ nguyên")
        )
    return tuple(found)


def _rows(reader: Iterator[list[str]], header: list[str]) -> Iterator[Row]:
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]  # csv.reader, seen as an iterator
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _broken(
                line, f"Không đọc được dòng CSV ({error})", "Kiểm tra dấu ngoặc kép và dấu phân cách"
            )
            continue
        if any(value.strip() for value in values):
            yield _row(line, header, values)


def _broken(line: int, what: str, advice: str, code: str = "") -> Row:
    return Row(line, code, None, (Note(True, what, advice),))


def _row(line: int, header: list[str], values: list[str]) -> Row:
    if len(values) != len(header):
        what = f"Dòng có {len(values)} ô, dòng đầu có {len(header)} cột"
        return _broken(line, what, "Kiểm tra dấu phân cách, dấu ngoặc kép", values[0][:40].strip())
    notes = Notes()
    facts = _facts(dict(zip(header, map(as_written, values), strict=True)), notes)
    return Row(line, facts.code, None if notes.refused else facts, tuple(notes))


def _facts(row: Cells, notes: Notes) -> Facts:
    code = cells.code(row["ma_tthc"], notes)
    name = cells.text(row["ten_tthc"], "Tên thủ tục", 2000, notes)
    if not name and not notes.refused:
        notes.refuse("Thiếu tên thủ tục", "Ghi tên thủ tục theo quyết định công bố")
    texts = {part: cells.text(row[c], label, size, notes) for part, c, label, size in TEXTS if c in row}
    for level in unknown_levels(texts.get("levels_text") or ""):
        notes.warn(
            f"Không có cấp thực hiện “{level[:60]}”", f"Ghi một trong: {', '.join(LEVEL_NAMES.values())}"
        )
    counts = {part: _count(row[c], label, notes) for part, c, label in COUNTS if c in row}
    return Facts(
        code,
        name,
        field=_field(row, notes),
        issuer=_issuer(row, notes),
        audiences=split_audiences(cells.text(row["doi_tuong"], "Đối tượng", 5000, notes))
        if "doi_tuong" in row
        else None,
        channels=_channels(row, notes),
        first_rows_only=True,
        results=_results(row, notes),
        **texts,  # type: ignore[arg-type]  # the parts that the file has
        **counts,  # type: ignore[arg-type]  # the parts that the file has
    )


def _field(row: Cells, notes: Notes) -> str | None:
    if "linh_vuc" not in row:
        return None
    found = cells.text(row["linh_vuc"], "Lĩnh vực", 200, notes)
    if not found:
        notes.warn("Không ghi lĩnh vực", "Xếp lĩnh vực trên màn hình danh mục")
    return found


def _issuer(row: Cells, notes: Notes) -> str | None:
    if "nguon_bo" not in row:
        return None
    found = cells.text(row["nguon_bo"], "Nguồn (bộ)", 200, notes)
    return NATIONAL_ISSUERS.get(found, found)


def _count(value: str, label: str, notes: Notes) -> int | None:
    number = cells.decimal(value, label, notes)
    if number is None:
        return None
    if number != int(number) or number > MAX_SMALL:
        notes.refuse(f"{label} “{value[:40]}” không phải số nguyên hợp lệ", "Sửa lại số")
        return None
    return int(number)


def split_audiences(text: str) -> tuple[str, ...]:
    """ "Doanh nghiệp, Cán bộ, công chức" as ("Doanh nghiệp", "Cán bộ, công chức")."""
    items: list[str] = []
    for piece in _pieces(text):
        if items and piece[:1].islower():
            items[-1] += f", {piece}"
        elif piece:
            items.append(piece)
    return tuple(items)


def _pieces(text: str) -> Iterator[str]:
    """The text cut at commas that stand before a letter and outside brackets. In one pass, whatever is in the text."""
    brackets = [(m.start(), m.group()) for m in _BRACKET.finditer(text)]
    start = passed = 0
    for comma in _COMMA.finditer(text):
        while passed < len(brackets) and brackets[passed][0] < comma.end():
            passed += 1
        if passed < len(brackets) and brackets[passed][1] == ")":
            continue
        yield text[start : comma.start()]
        start = comma.end()
    yield text[start:]


def _channels(row: Cells, notes: Notes) -> Channels | None:
    known: Channels = {}
    for channel, prefix in PREFIXES.items():
        names = [f"{prefix}_{end}" for end in ("thoi_gian", "don_vi", "phi_vnd")]
        if names[0] not in row:
            continue
        amount, unit, fee = (row.get(name, "") for name in names)
        given = any(value.strip() for value in (amount, unit, fee))
        known[channel] = (cells.limit(amount, unit, fee, channel, notes),) if given else ()
    return known or None


def _results(row: Cells, notes: Notes) -> tuple[ResultFact, ...] | None:
    if "ma_ket_qua" not in row:
        return None
    codes = [cells.text(c, "Mã kết quả", 40, notes) for c in row["ma_ket_qua"].split("|")]
    return tuple(ResultFact(code, None) for code in codes if code)


def write(all_facts: Iterable[Facts]) -> str:
    """Facts in the CSV form, the first limit of each channel; lines end as the portal's do (CRLF)."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in _written(f).items()} for f in all_facts)
    return buffer.getvalue()


def _cell(value: object) -> object:
    return harmless(value) if isinstance(value, str) else value


def _written(facts: Facts) -> dict[str, object]:
    issuer = facts.issuer or ""
    row: dict[str, object] = {
        "ma_tthc": facts.code,
        "ten_tthc": facts.name,
        "linh_vuc": facts.field,
        "nguon_bo": ISSUER_CODES.get(issuer, issuer),
        "doi_tuong": ", ".join(facts.audiences or ()),
        "ma_ket_qua": "|".join(r.code for r in facts.results or () if r.code),
    }
    row |= {column: getattr(facts, part) or "" for part, column, _, _ in TEXTS}
    row |= {column: getattr(facts, part) for part, column, _ in COUNTS}
    for channel, prefix in PREFIXES.items():
        rows = (facts.channels or {}).get(channel)
        row |= _limit(prefix, rows[0]) if rows else {}
    return row


def _limit(prefix: str, limit: LimitRow) -> dict[str, object]:
    return {
        f"{prefix}_thoi_gian": "" if limit.amount is None else cells.plain(limit.amount),
        f"{prefix}_don_vi": unit_words(limit),
        f"{prefix}_phi_vnd": "" if limit.fee_dong is None else limit.fee_dong,
    }


def unit_words(limit: LimitRow) -> str:
    """The unit as the portal writes it; the source's own words when it is not known here."""
    return VIETNAMESE[Unit(limit.unit)] if limit.unit else limit.unit_text
