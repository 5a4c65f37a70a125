"""The nine criteria of Circular 01/2018/TT-VPCP, articles 13–15: points 0, 1, 2; index values; sums and what they are called.

Nothing here knows a dossier: facts come as numbers and words. A criterion that cannot be judged has no point and is left out;
the sum is then stretched to the full scale over the criteria that remain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from motcua.agencies.rules.settings import Certainty, Kind, Setting
from motcua.statistics.rules.things import Subject, Thing

TENTH = Decimal("0.1")
MOST = 2
OFFICER, AGENCY = (1, 2, 3, 4, 7), (1, 2, 3, 4, 5, 6, 7, 8, 9)
TITLES: dict[int, str] = {
    1: "Thời gian giải quyết so với quy định",
    2: "Thời gian của từng cơ quan trong quy trình",
    3: "Số lần liên hệ để hoàn thiện hồ sơ",
    4: "Số cơ quan phải liên hệ ngoài nơi tiếp nhận",
    5: "Tiếp nhận, giải quyết tại Bộ phận Một cửa",
    6: "Công khai thủ tục",
    7: "Thái độ phục vụ",
    8: "Xử lý phản ánh, kiến nghị",
    9: "Tiến độ cung cấp dịch vụ công trực tuyến",
}
_WORDS: dict[int, str] = {
    1: "mỗi hồ sơ đã giải quyết: 2 trước hạn, 1 đúng hạn, 0 quá hạn; hồ sơ đã hẹn lại được xét theo hạn trước khi hẹn lại",
    2: "mỗi hồ sơ, các việc của cơ quan (hoặc của người) trong quy trình: 2 mọi việc xong trước hạn của bước, 1 có việc xong đúng ngày hạn, 0 có việc quá hạn",
    3: "mỗi hồ sơ: 2 không phải bổ sung, 1 bổ sung một lần, 0 hơn một lần",
    4: "mỗi hồ sơ: 2 chỉ liên hệ nơi tiếp nhận, 1 thêm một cơ quan, 0 hơn một; thông báo nghĩa vụ tài chính tính là một lần liên hệ cơ quan khác",
    5: "2 khi tỷ lệ thủ tục làm trọn quy trình tại Bộ phận Một cửa đạt mức của cấp, 1 khi mọi thủ tục được tiếp nhận tại Bộ phận Một cửa, 0 khi không",
    6: "mỗi thủ tục đang thực hiện: 2 niêm yết cả tại chỗ và điện tử, 1 một hình thức, 0 chưa; trung bình",
    7: "mỗi hồ sơ: 2 trước hạn và không có phản ánh đúng, 1 đúng hạn và không có, 0 có phản ánh đúng",
    8: "2 không có hoặc 100% phản ánh xử lý đúng hạn, 1 từ 90%, 0 dưới 90% hoặc còn phản ánh quá hạn cuối kỳ; phản ánh xác minh là không đúng không tính",
    9: "2 khi tỷ lệ thủ tục trực tuyến và tỷ lệ hồ sơ trực tuyến đạt mức và không hồ sơ trực tuyến nào trễ, 1 khi tỷ lệ hồ sơ trực tuyến đạt mức thấp, 0 khi dưới",
}  # fmt: skip
UNKNOWN: dict[int, str] = {}  # criteria that rest on what the software does not hold yet
_LAW = "Thông tư 01/2018/TT-VPCP"


def key_of(index: int) -> str:
    """The figure of the registry that holds a criterion."""
    return f"tt01_{index}"


def _index(number: int) -> Thing:
    unit = Subject.OFFERING if number in (5, 6) else Subject.POINT
    return Thing(key_of(number), f"Chỉ số {number}: {TITLES[number]}", f"{_WORDS[number]}; một chữ số thập phân", f"{_LAW}, Điều 13–14", unit, "điểm", per=10)  # fmt: skip


_RESCALED = "chỉ số chưa tính được được loại ra và quy đổi về thang đầy đủ"
POINT_FIGURES: tuple[Thing, ...] = (
    *map(_index, TITLES),
    Thing("tt01_dossiers", "Hồ sơ được đánh giá", "hồ sơ đã giải quyết trong kỳ", f"{_LAW}, Điều 13", Subject.POINT, "hồ sơ"),
    Thing("tt01_officer", "Tổng điểm của cán bộ, công chức", f"tổng các chỉ số 1, 2, 3, 4, 7, thang 10; {_RESCALED}", f"{_LAW}, Điều 15", Subject.POINT, "điểm", per=10),
    Thing("tt01_agency", "Tổng điểm của cơ quan", f"tổng chín chỉ số, thang 18; {_RESCALED}", f"{_LAW}, Điều 15", Subject.POINT, "điểm", per=10),
)  # fmt: skip


def time_point(side: str) -> int:
    """Criteria 1 and 2: "before", "on" or after ("late...") what is laid down."""
    return {"before": 2, "on": 1}.get(side, 0)


def contact_point(contacts: int) -> int:
    """Criteria 3 and 4: none, one, more."""
    return max(0, MOST - contacts)


def office_point(whole: int, received: int, offered: int, least_percent: int) -> int | None:
    """Criterion 5. `whole`: procedures done from end to end at the one-stop office; `received`: handed in there."""
    if not offered:
        return None
    if 100 * whole >= least_percent * offered:
        return 2
    return 1 if received == offered else 0


def publicity_point(on_site: bool, electronic: bool) -> int:
    """Criterion 6: posted where citizens come, and electronically."""
    return int(on_site) + int(electronic)


def attitude_point(side: str, founded_complaints: int) -> int | None:
    """Criterion 7. Late without a founded complaint has no place in the table of the circular: it is left out."""
    if founded_complaints:
        return 0
    return time_point(side) if side in ("before", "on") else None


def feedback_point(on_time: int, handled: int, least_percent: int, *, prolonged: bool = False) -> int:
    """Criterion 8. Unfounded feedback is not among `handled`."""
    if prolonged:
        return 0
    if on_time == handled:
        return 2
    return 1 if 100 * on_time >= least_percent * handled else 0


@dataclass(frozen=True)
class Online:
    """Criterion 9's facts: procedures offered, those that may be filed online (levels 3–4), dossiers received, online ones,
    online ones that are or were late.
    """

    offered: int
    through_net: int
    received: int
    online: int
    late: int


def online_point(facts: Online, procedures: int, high: int, low: int) -> int | None:
    """Criterion 9. Shares in per cent; None when nothing is offered or nothing was received."""
    if not facts.offered or not facts.received:
        return None
    enough = 100 * facts.through_net >= procedures * facts.offered
    if enough and 100 * facts.online >= high * facts.received and not facts.late:
        return 2
    return 1 if 100 * facts.online >= low * facts.received else 0


def index_value(points: int, count: int) -> Decimal | None:
    """Points over dossiers, one decimal, half up; None without any."""
    return (Decimal(points) / count).quantize(TENTH, ROUND_HALF_UP) if count else None


def score(values: Mapping[int, Decimal | None], indices: Iterable[int]) -> Decimal | None:
    """The sum over the criteria that could be judged, stretched to the scale of all of them; None when there are none."""
    asked = tuple(indices)
    known = [found for index in asked if (found := values.get(index)) is not None]
    if not known:
        return None
    return (sum(known, Decimal(0)) * len(asked) / len(known)).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Band:
    """A class and from how many tenths of a point it begins."""

    name: str
    least: int


def band(found: Decimal | None, bands: Iterable[Band]) -> str:
    """The first class whose least sum is reached; "" without a sum. `bands` stand highest first, the last begins at 0."""
    if found is None:
        return ""
    return next(one.name for one in bands if found * 10 >= one.least)


def officer_bands(limits: Mapping[str, int]) -> tuple[Band, ...]:
    """Article 15: what an officer's sum of at most 10 says."""
    return (
        Band("Hoàn thành 100% nhiệm vụ", limits["tt01_officer_full"]),
        Band("Hoàn thành từ 70% đến dưới 100% nhiệm vụ", limits["tt01_officer_most"]),
        Band("Hoàn thành dưới 70% nhiệm vụ", 0),
    )


def agency_bands(limits: Mapping[str, int]) -> tuple[Band, ...]:
    """Article 15: what an agency's sum of at most 18 says."""
    return (
        Band("Xuất sắc", 10 * limits["tt01_agency_excellent"]),
        Band("Tốt", 10 * limits["tt01_agency_good"]),
        Band("Khá", 10 * limits["tt01_agency_fair"]),
        Band("Trung bình", 10 * limits["tt01_agency_average"]),
        Band("Yếu", 0),
    )


def _limit(key: str, label: str, default: int, unit: str, article: str, high: int = 100) -> Setting:
    return Setting(
        f"tt01_{key}", f"Đánh giá theo Thông tư 01/2018: {label}", Kind.INTEGER, default, f"{_LAW}, {article}", Certainty.SURE,
        high=high, unit=unit,
    )  # fmt: skip


POINT_SETTINGS: tuple[Setting, ...] = (
    _limit("whole_province", "thủ tục làm trọn tại Bộ phận Một cửa, cấp tỉnh, từ", 20, "%", "Điều 13"),
    _limit("whole_district", "thủ tục làm trọn tại Bộ phận Một cửa, cấp huyện, từ", 50, "%", "Điều 13"),
    _limit("whole_commune", "thủ tục làm trọn tại Bộ phận Một cửa, cấp xã, từ", 100, "%", "Điều 13"),
    _limit("feedback", "phản ánh xử lý đúng hạn được 1 điểm, từ", 90, "%", "Điều 13"),
    _limit("online_procedures", "thủ tục trực tuyến được 2 điểm, từ", 20, "%", "Điều 13"),
    _limit("online_high", "hồ sơ trực tuyến được 2 điểm, từ", 30, "%", "Điều 13"),
    _limit("online_low", "hồ sơ trực tuyến được 1 điểm, từ", 15, "%", "Điều 13"),
    _limit("officer_full", "cán bộ hoàn thành 100% nhiệm vụ, từ", 50, "phần mười điểm", "Điều 15"),
    _limit("officer_most", "cán bộ hoàn thành từ 70% nhiệm vụ, từ", 35, "phần mười điểm", "Điều 15"),
    _limit("agency_excellent", "cơ quan xuất sắc, từ", 15, "điểm", "Điều 15", 18),
    _limit("agency_good", "cơ quan tốt, từ", 12, "điểm", "Điều 15", 18),
    _limit("agency_fair", "cơ quan khá, từ", 9, "điểm", "Điều 15", 18),
    _limit("agency_average", "cơ quan trung bình, từ", 6, "điểm", "Điều 15", 18),
)
