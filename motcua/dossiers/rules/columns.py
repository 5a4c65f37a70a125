"""The optional columns of the inbox. What a dossier is, what is to be done and when it is due is always shown."""

from collections.abc import Iterable

LABELS = {
    "applicant": "Chủ hồ sơ",
    "officer": "Người thụ lý",
    "received": "Nhận lúc",
    "field": "Lĩnh vực",
    "office": "Nơi tiếp nhận",
    "channel": "Kênh tiếp nhận",
}
DEFAULT = ("applicant", "officer")
PREFERENCE = "inbox_columns"  # its name among what a person prefers


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """The known ones of some codes, in the order in which the inbox shows them."""
    wanted = set(codes)
    return tuple(code for code in LABELS if code in wanted)
