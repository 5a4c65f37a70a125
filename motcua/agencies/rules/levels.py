"""Levels of government as data. The district ended on 30-6-2025 (Luật Tổ chức chính quyền địa phương
2025).
"""

from dataclasses import dataclass
from datetime import date

# Not a date of law: it stands for "already there when the records of any installation begin".
BEFORE_RECORDS = date(2000, 1, 1)


@dataclass(frozen=True)
class LevelData:
    """A level of government in force from `valid_from` to `valid_to`, both inclusive."""

    code: str
    name: str
    rank: int
    source: str
    valid_from: date = BEFORE_RECORDS
    valid_to: date | None = None


LEVELS: tuple[LevelData, ...] = (
    LevelData("central", "Trung ương", 1, "Hiến pháp 2013"),
    LevelData("province", "Tỉnh, thành phố trực thuộc trung ương", 2, "Hiến pháp 2013, Điều 110"),
    LevelData(
        "district",
        "Huyện, quận, thị xã, thành phố thuộc tỉnh",
        3,
        "Luật Tổ chức chính quyền địa phương 72/2025/QH15: từ 1-7-2025 còn hai cấp",
        valid_to=date(2025, 6, 30),
    ),
    LevelData("commune", "Xã, phường, thị trấn, đặc khu", 4, "Hiến pháp 2013, Điều 110"),
)
