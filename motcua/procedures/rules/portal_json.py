"""The JSON form: reading and writing."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from motcua.procedures.rules import cells
from motcua.procedures.rules.facts import CHANNELS, Channels, Facts, PaperFact, ResultFact, channel_rows
from motcua.procedures.rules.notes import Note, Notes
from motcua.procedures.rules.portal import Parsed, Row, UnreadableFile, settle_duplicates
from motcua.procedures.rules.portal_csv import PREFIXES, unit_words

KEYS = ("ma", "ten", "linh_vuc", "cach_thuc", "thanh_phan", "ket_qua", "can_cu")
# Written only when the rows known here are fewer than the source counted; the portal's own extract does not have it.
ROW_COUNT = "so_dong_cach_thuc"
CHANNEL_OF = {words: channel for channel, words in PREFIXES.items()}
_SPACE = re.compile(r"[\s\ufeff]*")
_RESUME = re.compile(r"\n[ \t]*(?=\{)")
_DECODER = json.JSONDecoder()


def parse(text: str) -> Parsed:
    """Read the JSON form. Raises UnreadableFile when it is not a list; a broken entry is one refused row."""
    start = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches everywhere, if only nothing
    if text[start : start + 1] != "[":
        raise UnreadableFile(
            "Tệp JSON phải là một danh sách thủ tục, bắt đầu bằng dấu “[”. Kiểm tra lại tệp."
        )
    extra: set[str] = set()
    rows = settle_duplicates(_rows(text, start + 1, extra))
    notes = (Note(False, f"Trường lạ không dùng đến: {', '.join(sorted(extra))}"),) if extra else ()
    return Parsed("json", rows, notes)


def _rows(text: str, position: int, extra: set[str]) -> Iterator[Row]:
    """Each entry of the list with its line; after a broken one, go on at the next line that opens an entry."""
    line, counted = 1, 0
    while True:
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]  # it matches everywhere, if only nothing
        line += text.count("\n", counted, position)
        counted = position
        if text[position : position + 1] == "]":
            yield from _after_end(line, text[position + 1 :])
            return
        try:
            entry, end = _DECODER.raw_decode(text, position)
            after = _SPACE.match(text, end).end()  # type: ignore[union-attr]  # it matches everywhere, if only nothing
            if text[after : after + 1] not in (",", "]"):
                raise json.JSONDecodeError("thiếu dấu “,” hoặc “]”", text, after)
        except (json.JSONDecodeError, RecursionError) as error:
            yield _broken(line, text, position, error)
            resume = _RESUME.search(text, position + 1)
            if resume is None:
                return
            position = resume.end()
            continue
        yield _row(line, entry, extra)
        position = after + 1 if text[after] == "," else after


def _after_end(line: int, rest: str) -> Iterator[Row]:
    if rest.strip(" \t\r\n\ufeff"):
        note = Note(
            True, "Sau dấu “]” kết thúc danh sách còn dữ liệu", "Kiểm tra dấu ngoặc vuông, tệp có thể bị ghép"
        )
        yield Row(line, "", None, (note,))


def _broken(line: int, text: str, position: int, error: Exception) -> Row:
    truncated = not text[position:].rstrip().endswith("]")
    where = (
        f"dòng {error.lineno} cột {error.colno}"
        if isinstance(error, json.JSONDecodeError)
        else f"dòng {line}"
    )
    if truncated and not _RESUME.search(text, position + 1):
        note = Note(True, f"Tệp bị cắt cụt ở {where}", "Tải lại tệp đầy đủ rồi nhập lại")
    else:
        note = Note(True, f"Mục không đúng cú pháp JSON ở {where}", "Kiểm tra dấu ngoặc, dấu phẩy")
    return Row(line, "", None, (note,))


def _row(line: int, entry: Any, extra: set[str]) -> Row:
    notes = Notes()
    if not isinstance(entry, dict):
        notes.refuse("Mục không phải là một thủ tục", "Mỗi mục có dạng {“ma”: …, “ten”: …}")
        return Row(line, "", None, tuple(notes))
    extra |= entry.keys() - {*KEYS, ROW_COUNT}
    facts = _facts(entry, notes)
    return Row(line, facts.code, None if notes.refused else facts, tuple(notes))


def _facts(entry: dict[str, Any], notes: Notes) -> Facts:
    code = cells.code(entry.get("ma"), notes)
    name = cells.text(entry.get("ten"), "Tên thủ tục", 2000, notes)
    if not name and not notes.refused:
        notes.refuse("Thiếu tên thủ tục", "Ghi tên thủ tục theo quyết định công bố")
    return Facts(
        code,
        name,
        field=cells.text(entry["linh_vuc"], "Lĩnh vực", 200, notes) if "linh_vuc" in entry else None,
        channels=_channels(entry, notes),
        first_rows_only=entry.get(ROW_COUNT) is not None,
        channel_count=None
        if entry.get(ROW_COUNT) is None
        else cells.count(entry[ROW_COUNT], "Số dòng cách thức", notes),
        papers=_papers(entry, notes),
        results=_results(entry, notes),
        bases=_bases(entry, notes),
    )


def _list(entry: dict[str, Any], key: str, label: str, notes: Notes) -> list[Any] | None:
    """The list under a key; None when the file does not say, noted when it is no list."""
    value = entry.get(key)
    if value is None:
        return None
    if not isinstance(value, list):
        notes.refuse(f"{label} ({key}) không phải là một danh sách", "Ghi trong ngoặc vuông")
        return None
    return value


def _channels(entry: dict[str, Any], notes: Notes) -> Channels | None:
    rows = _list(entry, "cach_thuc", "Cách thức thực hiện", notes)
    if rows is None:
        return None
    found: Channels = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, list) or len(row) != 4:
            notes.refuse(
                f"Cách thức thứ {number} không đủ bốn phần", "Ghi [cách thức, thời hạn, đơn vị, phí]"
            )
            continue
        channel = CHANNEL_OF.get(row[0]) if isinstance(row[0], str) else None
        if channel is None:
            notes.refuse(
                f"Cách thức “{str(row[0])[:40]}” không có", f"Dùng một trong: {', '.join(CHANNEL_OF)}"
            )
            continue
        found[channel] = (*found.get(channel, ()), cells.limit(row[1], row[2], row[3], channel, notes))
    return {channel: found[channel] for channel in CHANNELS if channel in found}


def _papers(entry: dict[str, Any], notes: Notes) -> tuple[PaperFact, ...] | None:
    groups = _list(entry, "thanh_phan", "Thành phần hồ sơ", notes)
    if groups is None:
        return None
    return tuple(paper for group in groups for paper in _group(group, notes))


def _group(group: Any, notes: Notes) -> Iterator[PaperFact]:
    if not isinstance(group, dict):
        notes.refuse("Nhóm thành phần hồ sơ không đúng dạng", "Ghi {“nhom”: …, “giay_to”: […]}")
        return
    case = cells.text(group.get("nhom"), "Tên nhóm giấy tờ", 600, notes)
    rows = _list(group, "giay_to", "Giấy tờ", notes) or []
    if not rows:
        notes.warn(f"Nhóm “{case[:40]}” không có giấy tờ nào, bỏ qua")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, list) or len(row) not in (3, 4):
            told = "Ghi [tên, số bản chính, số bản sao], thêm ghi chú nếu có"
            notes.refuse(f"Giấy tờ thứ {number} không đủ ba phần", told)
            continue
        name = cells.text(row[0], f"Tên giấy tờ thứ {number}", 10_000, notes)
        if not name:
            notes.refuse(f"Giấy tờ thứ {number} không có tên", "Ghi tên giấy tờ")
        short = f"“{name[:30]}”"
        yield PaperFact(
            case,
            name,
            cells.count(row[1], f"Số bản chính {short}", notes),
            cells.count(row[2], f"Số bản sao {short}", notes),
            cells.text(row[3], f"Ghi chú {short}", 1000, notes) if len(row) == 4 else None,
        )


def _results(entry: dict[str, Any], notes: Notes) -> tuple[ResultFact, ...] | None:
    rows = _list(entry, "ket_qua", "Kết quả", notes)
    if rows is None:
        return None
    found = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, list) or len(row) != 2:
            notes.refuse(f"Kết quả thứ {number} không đủ hai phần", "Ghi [tên, mã]")
            continue
        name = cells.text(row[0], "Tên kết quả", 600, notes)
        code = cells.text(row[1], "Mã kết quả", 40, notes)
        if name or code:
            # A code without a name does not take away a name that is known.
            found.append(ResultFact(code, name or None))
    return tuple(found)


def _bases(entry: dict[str, Any], notes: Notes) -> tuple[str, ...] | None:
    rows = _list(entry, "can_cu", "Căn cứ pháp lý", notes)
    if rows is None:
        return None
    numbers = [cells.text(row, "Số ký hiệu văn bản", 120, notes) for row in rows]
    return tuple(number for number in numbers if number)


def write(all_facts: Iterable[Facts]) -> str:
    """Facts in the JSON form, one procedure a line as the portal's own extract."""
    lines = [json.dumps(_written(facts), ensure_ascii=False, separators=(",", ":")) for facts in all_facts]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _written(facts: Facts) -> dict[str, Any]:
    """What is not known row by row is left out, so that reading the file again takes nothing away."""
    entry: dict[str, Any] = {
        "ma": facts.code,
        "ten": facts.name,
        "linh_vuc": facts.field,
        "cach_thuc": _limits(facts),
    }
    if facts.channel_count not in (None, channel_rows(facts.channels)):
        entry[ROW_COUNT] = facts.channel_count
    papers, bases = facts.papers or (), facts.bases or ()
    if facts.paper_count in (None, len(papers)):
        entry["thanh_phan"] = [
            {"nhom": case, "giay_to": [_paper_row(p) for p in rows]}
            for case, rows in groupby(papers, key=lambda p: p.case)
        ]
    entry["ket_qua"] = [[r.name or "", r.code] for r in facts.results or ()]
    if facts.basis_count in (None, len(bases)):
        entry["can_cu"] = list(bases)
    return entry


def _paper_row(paper: PaperFact) -> list[Any]:
    """The portal's own three parts; the note after them where there is one, which the portal's extract does not have."""
    row = [paper.name, paper.originals, paper.copies]
    return [*row, paper.note] if paper.note else row


def _limits(facts: Facts) -> list[list[Any]]:
    return [
        [PREFIXES[channel], None if row.amount is None else float(row.amount), unit_words(row), row.fee_dong]
        for channel, rows in (facts.channels or {}).items()
        for row in rows
    ]
