"""Where a piece of a file goes that comes in parts, some of them twice (a network that breaks off)."""

from enum import StrEnum

from motcua.core.errors import RuleViolation

PART_BYTES = 512 * 1024


class Fate(StrEnum):
    """What becomes of a part."""

    TAKE = "take"
    KNOWN = "known"  # it was here already: nothing to do, no harm
    GAP = "gap"  # it would leave a hole: the sender must ask where to go on


def fate_of(*, offset: int, size: int, received: int, total: int) -> Fate:
    """What to do with `size` bytes that begin at `offset`, when `received` bytes of `total` are here without a hole.

    Raises RuleViolation for a part that is empty, too large or runs past the end.
    """
    if not 0 < size <= PART_BYTES or offset < 0 or offset + size > total:
        raise RuleViolation(
            "Phần tệp gửi lên không đúng kích thước. Chọn lại tệp và tải lên lại.", field="file"
        )
    if offset == received:
        return Fate.TAKE
    return Fate.KNOWN if offset + size <= received else Fate.GAP


def require_announced(name: str, size: int, sha256: str, limit: int) -> None:
    """Raise RuleViolation when a file that is to come is nameless, empty, too large or announced without its hash."""
    if not name.strip():
        raise RuleViolation("Tệp chưa có tên. Chọn lại tệp.", field="file")
    if size <= 0:
        raise RuleViolation("Tệp rỗng. Chọn lại tệp.", field="file")
    if size > limit:
        raise RuleViolation(
            f"Tệp lớn hơn {limit // (1024 * 1024)} MB. Giảm dung lượng hoặc tách thành nhiều tệp.",
            field="file",
        )
    if sha256 and (len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef")):
        raise RuleViolation("Mã kiểm tra của tệp không đúng. Chọn lại tệp và tải lên lại.", field="file")


def require_room(count: int, most: int) -> None:
    """Raise RuleViolation when a draft has as many files as it may have."""
    if count >= most:
        raise RuleViolation(
            f"Một hồ sơ gửi kèm nhiều nhất {most} tệp. Ghép các trang vào một tệp PDF rồi tải lên.",
            field="file",
        )
