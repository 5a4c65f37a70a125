"""The agencies that every district of that time had, and its counters, so that a locality's module names only its own."""

from collections.abc import Iterable, Sequence
from datetime import date

from motcua.scenarios.demo.structure import Node, OfficeNode

# key, name ("… {place}"), kind, sector
DIVISIONS: tuple[tuple[str, str, str, str], ...] = (
    ("office", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {}", "division", ""),
    ("justice", "Phòng Tư pháp {}", "division", ""),
    ("environment", "Phòng Tài nguyên và Môi trường {}", "division", ""),
    ("labour", "Phòng Lao động - Thương binh và Xã hội {}", "division", ""),
    ("finance", "Phòng Tài chính - Kế hoạch {}", "division", ""),
    ("infrastructure", "Phòng Kinh tế và Hạ tầng {}", "division", ""),
    ("culture", "Phòng Văn hóa và Thông tin {}", "division", ""),
    ("education", "Phòng Giáo dục và Đào tạo {}", "division", ""),
    ("home", "Phòng Nội vụ {}", "division", ""),
    ("farming", "Phòng Nông nghiệp và Phát triển nông thôn {}", "division", ""),
    ("health", "Phòng Y tế {}", "division", ""),
    ("inspectorate", "Thanh tra {}", "division", ""),
    ("land", "{} {}", "centre", "land"),
    ("tax", "Chi cục Thuế {}", "vertical", "tax"),
    ("police", "Công an {}", "vertical", "police"),
    ("insurance", "Bảo hiểm xã hội {}", "vertical", "insurance"),
)
# Those whose procedures people ask for; some districts name more.
DISTRICT_DIVISIONS = ("justice", "environment", "labour", "finance", "infrastructure")
BRANCH = "Chi nhánh Văn phòng Đăng ký đất đai"


def district(
    province: tuple[str, str], name: str, code: str, since: date, *, land: str = BRANCH, seat: str = ""
) -> tuple[Node, ...]:
    """A province, a district in it (`name` "huyện Quế Sơn") and the district's divisions, branches and vertical agencies."""
    said, above = province
    rows = [
        Node("province", f"Ủy ban nhân dân {said}", "committee", "", above, "province", valid_from=since, place_name=said),
        Node("district", f"Ủy ban nhân dân {name}", "committee", "province", code, "district", valid_from=since,
             place_name=seat or name, address=f"Trung tâm {name}, {said}"),
    ]  # fmt: skip
    for key, title, kind, sector in DIVISIONS:
        full = f"{land} {name}" if key == "land" else title.format(name)
        rows.append(Node(key, full, kind, "district", "", "district", sector, valid_from=since))
    return tuple(rows)


def communes(names: Sequence[str], code: str, since: date, *, parent: str = "district") -> tuple[Node, ...]:
    """Committees of communes and towns ("xã Quế Xuân 1", "thị trấn Đông Phú"); keys xa01, xa02, ... in this order."""
    return tuple(
        Node(f"xa{n:02d}", f"Ủy ban nhân dân {name}", "committee", parent, f"{code}.{20 + n}", "commune",
             valid_from=since, place_name=name)
        for n, name in enumerate(names, 1)
    )  # fmt: skip


def counters(names: Sequence[str], title: str, since: date) -> tuple[OfficeNode, ...]:
    """A counter in each commune; keys q01, q02, ..."""
    return tuple(
        OfficeNode(f"q{n:02d}", f"xa{n:02d}", f"{title} {name}", "office", ((f"xa{n:02d}", since),), since)
        for n, name in enumerate(names, 1)
    )


def codes_of(*groups: Iterable[str]) -> tuple[str, ...]:
    """All codes of some lists, each once, in order."""
    return tuple(dict.fromkeys(code for group in groups for code in group))
