"""What was published of each locality, figure by figure, and by which statistic the software answers it (MISSION of the project,
systems 1 to 25). Sums that the plan demands are worked out from the streams, so that they hold at every scale.
"""

from collections.abc import Callable
from datetime import date

from motcua.agencies.models import OneStopOffice
from motcua.dossiers.models import Notice
from motcua.procedures.models import Offering
from motcua.procedures.queries import resolving_agencies
from motcua.procedures.queries.versions import access_procedure
from motcua.scenarios.localities import cu_mgar, kim_long, que_son, thanh_binh, thuan_bac
from motcua.scenarios.localities.figures import ABOVE, AT_LEAST, BELOW, Claim, Ground, Later, Value
from motcua.scenarios.localities.plan import Locality, scaled_streams, share
from motcua.scenarios.localities.voices import VOICES
from motcua.statistics.rules.periods import Basis, Kind, Period, Window
from motcua.statistics.rules.shares import percent

REGISTRY = "sổ định nghĩa số liệu"


def sums(locality: Locality, *keys: str, part: str = "total") -> Callable[[float], int]:
    """What some streams (by key, or by group before "/") add up to at a scale."""

    def at(scale: float) -> int:
        found = (
            s for s in scaled_streams(locality.streams, scale) if s.key in keys or s.key.split("/")[0] in keys
        )
        return sum(getattr(s, part) for s in found)

    return at


# Procedures of communes of which another agency does a part.
LINKED = frozenset({"T-XA-000101-TT", "T-XA-000102-TT", "2.001023"})


def covered(locality: Locality, group: str) -> Callable[[float], Value]:
    """How many counters of a group have linked procedures among what comes to them at a scale: "17/17" at full size."""

    def at(scale: float) -> Value:
        found = [s for s in scaled_streams(locality.streams, scale) if s.key.startswith(group)]
        planned = [dict(zip(s.weights, share(s.total, list(s.weights.values())), strict=True)) for s in found]
        linked = [p for p in planned if LINKED & p.keys()]
        return f"{sum(any(p[code] for code in LINKED) for p in linked)}/{len(linked)}"

    return at


def fixed(wanted: Value) -> Callable[[float], Value]:
    """The same at every scale."""
    return lambda scale: wanted


# Quế Sơn 2017 ----------------------------------------------------------------------------------------------------------

_QS, _2017 = que_son.LOCALITY, Window(date(2017, 1, 1), date(2017, 12, 31))
FIELD_GROUPS = {
    "Đất đai": "đất đai",
    "Chứng thực": "tư pháp",
    "Hộ tịch": "tư pháp",
    "Nuôi con nuôi": "tư pháp",
}
QUE_SON = (
    Claim(1, "Hồ sơ tiếp nhận năm 2017", "2.604", sums(_QS, "district"), lambda g: g.number("received_new", _2017), f"{REGISTRY}: received_new, II.06a cột 4 + 5"),
    Claim(1, "Giải quyết đúng hạn", "2.561", sums(_QS, "district", part="in_time"), lambda g: g.number("resolved_in_time", _2017), f"{REGISTRY}: resolved_in_time"),
    Claim(1, "Còn lại (kịch bản: quá hạn)", "43", sums(_QS, "district", part="late"), lambda g: g.number("resolved_late", _2017), f"{REGISTRY}: resolved_late, II.06a cột 10"),
    Claim(1, "Tỷ lệ đúng hạn (%)", "98,35", lambda s: percent(sums(_QS, "district", part="in_time")(s), sums(_QS, "district")(s)), lambda g: g.share("on_time_rate", _2017), f"{REGISTRY}: on_time_rate"),
    Claim(1, "Lĩnh vực nhiều hồ sơ nhất", "đất đai, tư pháp", fixed("đất đai, tư pháp"), lambda g: g.busiest(_2017, FIELD_GROUPS, 2), "biểu II.06a theo lĩnh vực; tư pháp gồm hộ tịch, chứng thực"),
    Claim(7, "Cắt giảm tổng thời gian (%)", "từ 30 trở lên", fixed(30), lambda g: g.cut(date(2017, 12, 31)), "bảng cắt giảm thời hạn: 1 − ΣT mới / ΣT cũ", AT_LEAST),
    Claim(1, "Đẳng thức của biểu II.06a bị vi phạm", "", fixed(0), lambda g: g.broken(_2017), "biểu II.06a"),
    Later(4, "Trung tâm hành chính công (đề án)", "quý II/2018", "reform"),
    Later(11, "Văn bản rà soát / hết hiệu lực / đề nghị bãi bỏ", "50 / 6 / 25", "legal_review"),
    Later(15, "Tổ kiểm tra theo Quyết định 340, Chỉ thị 26", "QĐ 340", "reform"),
    Later(16, "Bồi dưỡng: đại biểu HĐND xã / đối tượng 3 / CBCC", "319 / 16 / 60", "workforce"),
    Later(22, "Thư điện tử, mạng nội bộ huyện đến cơ sở", "có", "correspondence"),
)  # fmt: skip

# Thanh Bình 2012 -------------------------------------------------------------------------------------------------------

_TB = thanh_binh.LOCALITY
_HALF = Period(Kind.HALF, 2012, 1, Basis.CALENDAR).window
THANH_BINH = (
    Claim(24, "Hồ sơ huyện tiếp nhận 6 tháng đầu 2012", "", sums(_TB, "district"), lambda g: g.number("received_new", _HALF), f"{REGISTRY}: received_new, kỳ 2012-H1"),
    Claim(24, "Giải quyết đúng hạn", "", sums(_TB, "district", part="in_time"), lambda g: g.number("resolved_in_time", _HALF), f"{REGISTRY}: resolved_in_time"),
    Claim(24, "Giải quyết quá hạn", "", sums(_TB, "district", part="late"), lambda g: g.number("resolved_late", _HALF), f"{REGISTRY}: resolved_late"),
    Claim(24, "Đang giải quyết cuối kỳ", "", sums(_TB, "district", part="open"), lambda g: g.number("open", _HALF), f"{REGISTRY}: open"),
    Claim(24, "Hồ sơ thị trấn Thanh Bình tiếp nhận", "", sums(_TB, "town"), lambda g: g.number("received_new", _HALF, "xa01"), f"{REGISTRY}: received_new"),
    Claim(25, "Các cấp chính quyền trong kịch bản", "tỉnh, huyện, xã", fixed("tỉnh, huyện, xã"), lambda g: _tiers(g), "cấp của cơ quan, có ngày hiệu lực"),
    Claim(1, "Giấy giao cho dân khi tiếp nhận (thời QĐ 93/2007)", "", fixed(thanh_binh.RECEIPT), lambda g: _titles(), "tiêu đề ghi trong từng giấy đã lập"),
    Claim(5, "Thủ tục theo mức độ trực tuyến thời đó", "mức độ 1 đến 4", fixed(f"mức 1: {len(thanh_binh.TOWN)}, mức 2: {len(thanh_binh.DISTRICT)}, mức 3: 0, mức 4: 0"), lambda g: _levels(g), "nơi thực hiện thủ tục, mức độ tại cơ quan"),
    Claim(5, "Hồ sơ nộp trực tuyến", "", fixed(0), lambda g: g.number("received_online", _HALF, below=True), f"{REGISTRY}: received_online"),
    Claim(24, "Đẳng thức của biểu II.06a bị vi phạm", "", fixed(0), lambda g: g.broken(_HALF, below=True), "biểu II.06a"),
    Later(21, "Đơn vị được cấp chứng chỉ ISO", "8 đơn vị và thị trấn Thanh Bình", "reform (quản lý chất lượng)"),
    Later(18, "Rà soát chức năng, nhiệm vụ, biên chế", "có", "workforce"),
    Later(24, "Hạn chế, nguyên nhân, kế hoạch 6 tháng cuối năm", "5 nhóm hạn chế", "reform"),
)  # fmt: skip


def _tiers(g: Ground) -> str:
    names = {"province": "tỉnh", "district": "huyện", "commune": "xã"}
    return ", ".join(dict.fromkeys(names[a.level.code] for a in g.agencies.values() if a.level))


def _titles() -> str:
    rows = Notice.objects.filter(kind=Notice.Kind.RECEIPT).order_by()
    return ", ".join(sorted(set(rows.values_list("data__form_title", flat=True))))


def _levels(g: Ground) -> str:
    rows = Offering.objects.filter(agency__in=[g.agencies["district"].pk, g.agencies["xa01"].pk])
    found = list(rows.values_list("online_level", flat=True))
    return ", ".join(f"mức {n}: {found.count(f'level_{n}')}" for n in range(1, 5))


# Kim Long 2018 ---------------------------------------------------------------------------------------------------------

_KL = kim_long.LOCALITY
_2018 = Window(date(2018, 1, 1), date(2018, 12, 31))
_UNTIL, _SINCE = Window(date(2018, 1, 1), date(2018, 5, 1)), Window(date(2018, 5, 2), date(2018, 12, 31))
KIM_LONG = (
    Claim(8, "Giải quyết từ 01-01 đến 01-5-2018", "", sums(_KL, "before"), lambda g: g.number("resolved", _UNTIL), f"{REGISTRY}: resolved"),
    Claim(8, "Tỷ lệ trước hạn trước kế hoạch khắc phục (%)", "dưới 50", fixed(50), lambda g: g.share("before_rate", _UNTIL), f"{REGISTRY}: before_rate", BELOW),
    Claim(8, "Giải quyết từ 02-5 đến 31-12-2018", "", sums(_KL, "after"), lambda g: g.number("resolved", _SINCE), f"{REGISTRY}: resolved"),
    Claim(8, "Tỷ lệ trước hạn sau kế hoạch khắc phục (%)", "trên 50", fixed(50), lambda g: g.share("before_rate", _SINCE), f"{REGISTRY}: before_rate", ABOVE),
    Claim(8, "Trong đó trước hạn", "", sums(_KL, "after", part="before"), lambda g: g.number("resolved_before", _SINCE), f"{REGISTRY}: resolved_before, II.06a cột 8"),
    Claim(2, "Xã theo cơ chế một cửa liên thông", "có", covered(_KL, "after"), lambda g: g.coverage(_SINCE, "commune"), f"{REGISTRY}: linked_rate, hồ sơ có việc do cơ quan khác làm"),
    Later(12, "Kế hoạch khắc phục ngày 02-5-2018 sau Chỉ số CCHC 2017", "công văn 185", "reform"),
    Claim(9, "Phản ánh, kiến nghị về quy định hành chính năm 2018 (kịch bản chọn 5)", "có", fixed(len(VOICES[_KL.name])), lambda g: g.things("feedback_regulation", _2018), f"{REGISTRY}: feedback_regulation, II.05"),
    Claim(9, "Trong đó trả lời đúng hạn", "", fixed(len(VOICES[_KL.name])), lambda g: g.things("feedback_done_on_time", _2018), f"{REGISTRY}: feedback_done_on_time"),
    Claim(23, "Số lượt đọc bài tuyên truyền", "965", fixed(965), lambda g: g.reads(_2018), "số lượt đọc từng ngày của các tin bài tuyên truyền cải cách hành chính"),
    Later(11, "Rà soát văn bản do xã ban hành", "hằng năm", "legal_review"),
)  # fmt: skip

# Thuận Bắc 2019 --------------------------------------------------------------------------------------------------------

_NT, _2019 = thuan_bac.LOCALITY, Window(date(2019, 1, 1), date(2019, 12, 31))
_EARLY, _AFTER = Window(date(2019, 1, 1), date(2020, 2, 29)), Window(date(2020, 3, 1), date(2020, 6, 30))
THUAN_BAC = (
    Claim(1, "Hồ sơ đã giải quyết năm 2019", "1.510", sums(_NT, "district", part="in_time"), lambda g: g.number("resolved", _2019), f"{REGISTRY}: resolved, II.06a cột 7"),
    Claim(1, "Tỷ lệ đúng hạn (%)", "100", fixed(100), lambda g: g.share("on_time_rate", _2019), f"{REGISTRY}: on_time_rate"),
    Claim(1, "Quá hạn", "0", fixed(0), lambda g: g.number("resolved_late", _2019) + g.number("open_late", _2019), f"{REGISTRY}: resolved_late + open_late"),
    Claim(2, "Xã theo cơ chế một cửa, một cửa liên thông", "6/6", covered(_NT, "communes/"), lambda g: g.coverage(_2019, "commune"), f"{REGISTRY}: linked_rate, hồ sơ tiếp nhận tại xã có việc do cơ quan khác làm xong"),
    Claim(3, "Công an, BHXH tại quầy huyện ngày 29-02-2020", "chưa", fixed("chưa"), lambda g: _at_counter(g, date(2020, 2, 29)), "nơi thực hiện thủ tục và quầy, theo ngày"),
    Claim(3, "Công an, BHXH tại quầy huyện ngày 01-3-2020", "có", fixed("có"), lambda g: _at_counter(g, date(2020, 3, 1)), "nơi thực hiện thủ tục và quầy, theo ngày"),
    Claim(3, "Hồ sơ Công an, BHXH tiếp nhận trước 01-3-2020", "0", fixed(0), lambda g: _vertical(g, _EARLY), f"{REGISTRY}: received_new của hai cơ quan"),
    Claim(3, "Hồ sơ Công an, BHXH tiếp nhận 01-3 đến 30-6-2020", "", sums(_NT, "vertical"), lambda g: _vertical(g, _AFTER), f"{REGISTRY}: received_new của hai cơ quan"),
    Claim(5, "Tỷ lệ trực tuyến mức độ 3 năm 2019 (%)", "thấp", fixed(10), lambda g: g.share("online_rate", _2019), f"{REGISTRY}: online_rate", BELOW),
    Claim(10, "Điểm khảo sát hài lòng của tỉnh", "20/20", fixed("20/20"), lambda g: g.polled_points, f"{REGISTRY}: survey_points, tối đa 20"),
    Claim(10, "Người không hài lòng ở ít nhất một câu", "0", fixed(0), lambda g: g.polled.whole.discontent, f"{REGISTRY}: survey_discontent"),
    Later(19, "Tinh giản biên chế 2015–2021", "10 %", "workforce"),
    Later(13, "Chỉ số CCHC, PAPI", "nâng hạng", "reform"),
)  # fmt: skip


def _vertical(g: Ground, window: Window) -> int:
    return sum(g.number("received_new", window, key) for key in ("police", "insurance"))


def _at_counter(g: Ground, day: date) -> str:
    """Whether the district's counter takes every procedure of the two agencies on a day: "có", "chưa", or "một phần"."""
    office = OneStopOffice.objects.get(pk=g.office("desk").pk)
    codes = [*thuan_bac.POLICE, *thuan_bac.INSURANCE]
    taken = [bool(resolving_agencies(access_procedure(code), office, day)) for code in codes]
    return "có" if all(taken) else "một phần" if any(taken) else "chưa"


# Cư M'gar 2018 to mid-2019 ----------------------------------------------------------------------------------------------

_CM, _SPAN = cu_mgar.LOCALITY, Window(date(2018, 1, 1), date(2019, 6, 30))
CU_MGAR = (
    Claim(1, "Tiếp nhận 01-01-2018 đến 30-6-2019 (kịch bản chọn 272.129)", "hơn 272.000", sums(_CM, "all"), lambda g: g.number("received_new", _SPAN, below=True), f"{REGISTRY}: received_new, cả xã, thị trấn"),
    Claim(1, "Đã giải quyết đúng hạn", "gần hết", sums(_CM, "all", part="in_time"), lambda g: g.number("resolved_in_time", _SPAN, below=True), f"{REGISTRY}: resolved_in_time"),
    Claim(1, "Đang giải quyết ngày 30-6-2019", "129", sums(_CM, "all", part="open"), lambda g: g.number("open", _SPAN, below=True), f"{REGISTRY}: open, II.06a cột 11"),
    Claim(1, "Quá hạn", "0", fixed(0), lambda g: sum(g.number(k, _SPAN, below=True) for k in ("resolved_late", "open_late")), f"{REGISTRY}: resolved_late + open_late"),
    Claim(2, "Xã, thị trấn theo cơ chế liên thông", "17/17", covered(_CM, "all/"), lambda g: g.coverage(_SPAN, "commune"), f"{REGISTRY}: linked_rate, hồ sơ tiếp nhận tại xã có việc do cơ quan khác làm xong"),
    Claim(2, "Cấp huyện theo cơ chế liên thông", "có", fixed("1/1"), lambda g: g.coverage(_SPAN, "district"), f"{REGISTRY}: linked_rate, hồ sơ tiếp nhận tại huyện có việc do cơ quan khác làm xong"),
    Claim(5, "Tỷ lệ trực tuyến mức độ 3, 4 (%)", "thấp", fixed(5), lambda g: g.share("online_rate", _SPAN, below=True), f"{REGISTRY}: online_rate", BELOW),
    Claim(1, "Đẳng thức của biểu II.06a bị vi phạm", "", fixed(0), lambda g: g.broken(_SPAN, below=True), "biểu II.06a, gồm cả cơ quan trực thuộc"),
    Later(7, "Thủ tục rà soát: tư pháp / nội vụ huyện / nội vụ xã", "25 / 22 / 12", "reform (kiểm soát thủ tục)"),
    Later(14, "Đoàn kiểm tra 1798 ngày 27-9-2019", "4 nơi kiểm tra", "reform"),
    Later(22, "Cơ quan dùng phần mềm quản lý văn bản", "100 %", "correspondence"),
    Claim(9, "Phản ánh, kiến nghị về công chức (kịch bản chọn 4)", "có", fixed(len(VOICES[_CM.name])), lambda g: g.things("feedback_conduct", _SPAN, below=True), f"{REGISTRY}: feedback_conduct, II.05"),
    Claim(9, "Trong đó đã có kết quả xử lý, đúng hạn", "", fixed(len(VOICES[_CM.name])), lambda g: g.things("feedback_done_on_time", _SPAN, below=True), f"{REGISTRY}: feedback_done_on_time"),
    Later(17, "Đánh giá, phân loại công chức", "chưa sát", "workforce"),
)  # fmt: skip

PUBLISHED: dict[str, tuple[Claim | Later, ...]] = {
    _QS.name: QUE_SON, _TB.name: THANH_BINH, _KL.name: KIM_LONG, _NT.name: THUAN_BAC, _CM.name: CU_MGAR,
}  # fmt: skip
