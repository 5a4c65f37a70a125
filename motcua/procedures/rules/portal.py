"""The two forms of file in which the national portal's catalogue is passed around, read and written.

CSV: one procedure a line, the first limit of each channel, counts of papers and documents.
JSON: a list of procedures with every limit, paper, result and document.
Every row yields facts, or notes that say why not; nothing here touches a database.
"""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from motcua.procedures.rules.facts import Facts, part_hashes
from motcua.procedures.rules.notes import Note

NATIONAL_ISSUERS = {
    "bo-cong-an": "Bộ Công an",
    "bo-giao-duc-dao-tao": "Bộ Giáo dục và Đào tạo",
    "bo-khoa-hoc-cong-nghe": "Bộ Khoa học và Công nghệ",
    "bo-noi-vu": "Bộ Nội vụ",
    "bo-nong-nghiep-mt": "Bộ Nông nghiệp và Môi trường",
    "bo-tai-chinh": "Bộ Tài chính",
    "bo-tu-phap": "Bộ Tư pháp",
    "bo-xay-dung": "Bộ Xây dựng",
    "bo-y-te": "Bộ Y tế",
    "ngan-hang-nha-nuoc": "Ngân hàng Nhà nước Việt Nam",
    "toa-an-nhan-dan": "Tòa án nhân dân",
}
ISSUER_CODES = {name: code for code, name in NATIONAL_ISSUERS.items()}


class UnreadableFile(Exception):
    """The file as a whole cannot be read. The message is Vietnamese: what is wrong and what to do."""


@dataclass(frozen=True)
class Row:
    """One row of a file. `line` is where it starts; `facts` is None when it is refused."""

    line: int
    code: str
    facts: Facts | None
    notes: tuple[Note, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the row cannot be taken."""
        return self.facts is None


@dataclass(frozen=True)
class Parsed:
    """A file read: its form ("csv" or "json"), its rows, and what is to be said of the file as a whole."""

    form: str
    rows: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = field(default_factory=tuple)


def decode(raw: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, or UTF-16 with one. Raises UnreadableFile: other encodings are
    never guessed, because a wrong guess spoils Vietnamese letters silently."""
    if not raw.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise UnreadableFile("Tệp rỗng. Kiểm tra lại tệp đã xuất.")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, name = "utf-16", "UTF-16"
    else:
        encoding, name = "utf-8-sig", "UTF-8"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"Tệp không phải {name} (byte lạ ở dòng {line}; có thể là Windows-1258, TCVN3 hoặc VNI). "
            "Mở bằng phần mềm đã tạo tệp và lưu lại dạng “CSV UTF-8” hoặc JSON UTF-8 rồi nhập lại."
        ) from None


def settle_duplicates(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows with the same code: a word-for-word repetition is skipped, different ones are all refused (which is right?)."""
    rows = tuple(rows)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.facts:
            groups.setdefault(row.code, []).append(row)
    marked = {id(row): _settled(row, group) for group in groups.values() if len(group) > 1 for row in group}
    return tuple(found for row in rows if (found := marked.get(id(row), row)) is not None)


def _settled(row: Row, group: list[Row]) -> Row | None:
    first = group[0]
    lines = ", ".join(str(other.line) for other in group if other is not row)
    if len({tuple(sorted(part_hashes(r.facts).items())) for r in group if r.facts}) > 1:
        what = f"Mã {row.code} có nhiều dòng khác nhau trong tệp (dòng {lines})"
        return replace(row, facts=None, notes=(*row.notes, Note(True, what, "Giữ lại một dòng đúng")))
    if row is not first:
        return None
    return replace(
        row,
        notes=(*row.notes, Note(False, f"Mã {row.code} lặp lại nguyên văn ở dòng {lines}, chỉ lấy một lần")),
    )
