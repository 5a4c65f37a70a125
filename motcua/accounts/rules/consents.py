"""What people may agree to. What the law or the matter itself demands needs no consent and is not here (Luật Bảo vệ dữ liệu cá
nhân 91/2025/QH15: consent is separate for each purpose, and can be withdrawn).
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """One purpose. `withdrawable`: the person may end it by a click; else `ending` says how it ends."""

    code: str
    label: str
    withdrawable: bool = True
    ending: str = ""


ASSISTANCE = "assistance"
PURPOSES: dict[str, Purpose] = {
    ASSISTANCE: Purpose(
        ASSISTANCE,
        "Cán bộ, người hỗ trợ lập hồ sơ hộ",
        withdrawable=False,
        ending="Chỉ dùng cho một lần lập hộ. Muốn dừng, rút hồ sơ đã nộp.",
    )
}
# Where somebody said yes or no -> (words, channel).
SOURCES: dict[str, tuple[str, str]] = {
    "link": ("đường dẫn trong tin", "online"),
    "one_click": ("nút hủy nhận của hộp thư", "online"),
    "account": ("tài khoản của người dân", "online"),
    "request": ("yêu cầu về dữ liệu cá nhân", "counter"),
    "counter": ("tại quầy", "counter"),
}


def add_purposes(further: Iterable[Purpose]) -> None:
    """Let an app above make its purposes known; call it from `ready()`."""
    PURPOSES.update({one.code: one for one in further})


def label_of(purpose: str) -> str:
    """What a person reads for a purpose; one that is no longer known keeps its code."""
    found = PURPOSES.get(purpose)
    return found.label if found else purpose
