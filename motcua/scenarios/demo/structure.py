"""Agencies of the fictional province of Tân Lam: a district until 30-6-2025, two communes since 1-7-2025.

Every name is invented; codes begin with H99, which no province has.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

LONG_AGO = date(2015, 1, 1)
DISTRICT_END = date(2025, 6, 30)
TWO_LEVELS = date(2025, 7, 1)
REFORM = "Nghị quyết số 01/NQ-HĐND ngày 10-06-2025 (minh họa) về sắp xếp đơn vị hành chính tỉnh Tân Lam"
SEATING = "Quyết định số 12/QĐ-UBND ngày 20-06-2025 (minh họa)"


@dataclass(frozen=True)
class Node:
    """One agency of the plan; `key` names it in this file."""

    key: str
    name: str
    kind: str
    parent: str = ""
    code: str = ""
    level: str = ""
    sector: str = ""
    valid_from: date = LONG_AGO
    address: str = ""
    place_name: str = ""
    phone: str = ""


PROVINCE = (
    Node("province", "Ủy ban nhân dân tỉnh Tân Lam", "committee", "", "H99", "province",
         address="Số 1 đường Độc Lập, phường Tân Lam", place_name="Tân Lam", phone="02990000001"),
    Node("province_office", "Văn phòng Ủy ban nhân dân tỉnh", "division", "province", "H99.01", "province",
         address="Số 1 đường Độc Lập, phường Tân Lam", place_name="Tân Lam", phone="02990000033"),
    Node("environment", "Sở Nông nghiệp và Môi trường", "department", "province", "H99.02", "province"),
    Node("land", "Văn phòng Đăng ký đất đai tỉnh", "centre", "environment", "H99.02.01", "province", "land"),
    Node("justice", "Sở Tư pháp", "department", "province", "H99.03", "province"),
    Node("construction", "Sở Xây dựng", "department", "province", "H99.04", "province"),
    Node("finance", "Sở Tài chính", "department", "province", "H99.05", "province"),
    Node("tax", "Thuế tỉnh Tân Lam", "vertical", "province", "G12.18.99", "province", "tax"),
    Node("insurance", "Bảo hiểm xã hội tỉnh Tân Lam", "vertical", "province", "G24.99", "province", "insurance"),
    Node("police", "Công an tỉnh Tân Lam", "vertical", "province", "G01.99", "province", "police"),
)  # fmt: skip

DISTRICT = (
    Node("district", "Ủy ban nhân dân huyện Suối Ngọc", "committee", "province", "H99.12", "district",
         address="Khu 2, thị trấn Suối Ngọc", place_name="Suối Ngọc", phone="02990000012"),
    Node("district_justice", "Phòng Tư pháp huyện Suối Ngọc", "division", "district", "H99.12.01", "district"),
    Node("district_land", "Chi nhánh Văn phòng Đăng ký đất đai huyện Suối Ngọc", "centre", "district", "H99.12.02", "district", "land"),
    Node("district_finance", "Phòng Tài chính - Kế hoạch huyện Suối Ngọc", "division", "district", "H99.12.03", "district"),
    Node("district_tax", "Chi cục Thuế huyện Suối Ngọc", "vertical", "district", "G12.18.99.12", "district", "tax"),
    Node("district_police", "Công an huyện Suối Ngọc", "vertical", "district", "G01.99.12", "district", "police"),
    Node("district_insurance", "Bảo hiểm xã hội huyện Suối Ngọc", "vertical", "district", "G24.99.12", "district", "insurance"),
    Node("upper", "Ủy ban nhân dân xã Ngọc Thượng", "committee", "district", "H99.12.21", "commune",
         address="Thôn Trung, xã Ngọc Thượng", place_name="Ngọc Thượng"),
    Node("town", "Ủy ban nhân dân thị trấn Suối Ngọc", "committee", "district", "H99.12.22", "commune",
         address="Khu 1, thị trấn Suối Ngọc", place_name="Suối Ngọc"),
)  # fmt: skip


class _Common(TypedDict):
    """What all agencies of a commune share."""

    level: str
    valid_from: date
    place_name: str


def commune(key: str, name: str, code: str, place: str, address: str, phone: str) -> tuple[Node, ...]:
    """A commune of today with its office, two divisions and the police at the same place."""
    common: _Common = {"level": "commune", "valid_from": TWO_LEVELS, "place_name": place}
    return (
        Node(key, f"Ủy ban nhân dân {name}", "committee", "province", code, address=address, phone=phone, **common),
        Node(f"{key}_office", f"Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {name}", "division", key, f"{code}.01", **common),
        Node(f"{key}_economy", f"Phòng Kinh tế {name}", "division", key, f"{code}.02", **common),
        Node(f"{key}_culture", f"Phòng Văn hóa - Xã hội {name}", "division", key, f"{code}.03", **common),
        Node(f"{key}_police", f"Công an {name}", "vertical", key, f"G01.99.{code[-2:]}", sector="police", **common),
    )  # fmt: skip


TODAY = (
    *commune("suoi_ngoc", "xã Suối Ngọc", "H99.31", "Suối Ngọc", "Thôn Trung, xã Suối Ngọc", "02990000031"),
    *commune("tan_lam", "phường Tân Lam", "H99.32", "Tân Lam", "Số 8 đường Hoa Ban, phường Tân Lam", "02990000032"),
    Node("local_tax", "Thuế cơ sở 1 tỉnh Tân Lam", "vertical", "province", "G12.18.99.01", "province", "tax", TWO_LEVELS),
    Node("local_insurance", "Bảo hiểm xã hội cơ sở Suối Ngọc", "vertical", "province", "G24.99.01", "province", "insurance", TWO_LEVELS),
    Node("local_land", "Chi nhánh Văn phòng Đăng ký đất đai khu vực Suối Ngọc", "centre", "environment", "H99.02.02", "province", "land", TWO_LEVELS),
)  # fmt: skip

# Who carries on the work of what ended on 30-6-2025.
SUCCESSORS = {
    "district_justice": "suoi_ngoc_culture",
    "district_land": "local_land",
    "district_finance": "suoi_ngoc_economy",
    "district_tax": "local_tax",
    "district_police": "police",
    "district_insurance": "local_insurance",
    "upper": "suoi_ngoc",
    "town": "suoi_ngoc",
    "district": "suoi_ngoc",
}


@dataclass(frozen=True)
class OfficeNode:
    """A one-stop office of the plan and the agencies seated there, each from its own date."""

    key: str
    agency: str
    name: str
    kind: str
    seats: tuple[tuple[str, date], ...]
    valid_from: date = LONG_AGO


OFFICES = (
    OfficeNode(
        "district_desk", "district", "Bộ phận Tiếp nhận và Trả kết quả huyện Suối Ngọc", "office",
        (("district", LONG_AGO), ("district_land", LONG_AGO), ("district_tax", LONG_AGO),
         ("district_police", date(2020, 3, 1)), ("district_insurance", date(2020, 3, 1))),
    ),
    OfficeNode("upper_desk", "upper", "Bộ phận Một cửa xã Ngọc Thượng", "office", (("upper", LONG_AGO),)),
    OfficeNode("town_desk", "town", "Bộ phận Một cửa thị trấn Suối Ngọc", "office", (("town", LONG_AGO),)),
    OfficeNode(
        "suoi_ngoc_desk", "suoi_ngoc", "Trung tâm Phục vụ hành chính công xã Suối Ngọc", "centre",
        (("suoi_ngoc", TWO_LEVELS), ("suoi_ngoc_police", TWO_LEVELS), ("local_land", TWO_LEVELS),
         ("local_tax", TWO_LEVELS), ("local_insurance", TWO_LEVELS)), TWO_LEVELS,
    ),
    OfficeNode(
        "tan_lam_desk", "tan_lam", "Trung tâm Phục vụ hành chính công phường Tân Lam", "centre",
        (("tan_lam", TWO_LEVELS), ("tan_lam_police", TWO_LEVELS), ("local_land", TWO_LEVELS),
         ("local_tax", TWO_LEVELS), ("local_insurance", TWO_LEVELS)), TWO_LEVELS,
    ),
    OfficeNode(
        "province_desk", "province_office", "Trung tâm Phục vụ hành chính công tỉnh Tân Lam", "centre",
        (("environment", LONG_AGO), ("land", LONG_AGO), ("justice", LONG_AGO), ("construction", LONG_AGO),
         ("finance", LONG_AGO), ("tax", LONG_AGO), ("insurance", LONG_AGO), ("police", LONG_AGO)),
    ),
)  # fmt: skip
