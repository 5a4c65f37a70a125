"""Names of administrative units as people write them."""

from datetime import date

from motcua.core.text import fold

# Luật Tổ chức chính quyền địa phương 72/2025/QH15: no district level from this day on.
TWO_LEVELS_SINCE = date(2025, 7, 1)
THREE_LEVELS_UNTIL = date(2025, 6, 30)
KINDS = ("thanh pho", "thi xa", "thi tran", "dac khu", "tinh", "quan", "huyen", "phuong", "xa")
SHORT_KINDS = ("tp.", "tp", "tx.", "tx", "tt.", "tt", "q.", "h.", "p.", "x.", "t.")


def short(name: str) -> str:
    """A name without its kind, folded: "Phường Phúc Xá" and "P. Phúc Xá" give "phuc xa"; "Quận 1" gives "1"."""
    text = fold(name)
    for kind in (*KINDS, *SHORT_KINDS):
        if text.startswith(f"{kind} ") or (kind.endswith(".") and text.startswith(kind)):
            return text[len(kind) :].strip() or text
    return text


def joined(*names: str) -> str:
    """An address on one line, from the smallest part to the largest, blank parts left out."""
    return ", ".join(name for name in names if name)
