"""Kinds of files that are taken, and how to tell them apart."""

from collections.abc import Collection
from dataclasses import dataclass

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
HEIC = "image/heic"  # what phones of one maker take; kept as JPEG
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

EXTENSIONS = {
    "pdf": PDF,
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "heic": HEIC,
    "heif": HEIC,
    "docx": DOCX,
    "xlsx": XLSX,
    "odt": ODT,
    "ods": ODS,
}
IMAGES = frozenset({JPEG, PNG, HEIC})
ACCEPTED = "pdf, jpg, png, heic, docx, xlsx, odt, ods"
# The first brand of the "ftyp" box (ISO/IEC 23008-12).
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
ZIP_MARK = b"PK\x03\x04"
MAX_PARTS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Archive:
    """What a zip container holds: names of parts, their unpacked size in bytes, its "mimetype" part."""

    names: frozenset[str]
    unpacked: int
    mimetype: str = ""


def kind_of(head: bytes, archive: Archive | None) -> str | None:
    """The media type that the content shows; None for one that is not taken. `head`: the first 1,024 bytes."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return HEIC
    return _kind_of_archive(archive) if archive else None


def _kind_of_archive(archive: Archive) -> str | None:
    if archive.mimetype in (ODT, ODS):
        return archive.mimetype
    if "[Content_Types].xml" not in archive.names:
        return None
    if "word/document.xml" in archive.names:
        return DOCX
    return XLSX if "xl/workbook.xml" in archive.names else None


def problem(name: str, size: int, limit: int, kind: str | None, archive: Archive | None) -> str:
    """Why a file cannot be taken, in Vietnamese; empty when it can. Sizes in bytes."""
    if size == 0:
        return "Tệp rỗng. Chọn lại tệp."
    if size > limit:
        return f"Tệp lớn hơn {limit // (1024 * 1024)} MB. Giảm dung lượng hoặc tách thành nhiều tệp."
    if kind is None:
        return f"Loại tệp này không được nhận. Chỉ nhận: {ACCEPTED}."
    if EXTENSIONS.get(extension(name)) != kind:
        return "Phần mở rộng của tên tệp không khớp với nội dung. Kiểm tra lại tệp gốc rồi chọn lại."
    return _archive_problem(archive) if archive else ""


def _archive_problem(archive: Archive) -> str:
    if len(archive.names) > MAX_PARTS or archive.unpacked > MAX_UNPACKED:
        return "Tệp giải nén ra quá lớn nên không được nhận."
    if has_macros(archive.names):
        return "Tệp có chứa macro nên không được nhận. Lưu lại ở dạng không có macro hoặc PDF."
    return ""


def has_macros(names: Collection[str]) -> bool:
    """Whether an office file carries programs."""
    return any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names)


def extension(name: str) -> str:
    """The last part of a name after the dot, lower case; empty when there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def named_for(name: str, kind: str) -> str:
    """The name with the extension of what the file has become: "giay.heic" kept as JPEG is "giay.jpg"."""
    if EXTENSIONS.get(extension(name)) == kind:
        return name
    ending = next(ending for ending, known in EXTENSIONS.items() if known == kind)
    return f"{name.rpartition('.')[0]}.{ending}"
