"""The known dated settings: what each means, its type, its default and where the default comes from.

A value in force on a date is a row (`DatedSetting`); the default here is used when no row exists.
`Certainty.LIKELY` marks what the law's text has still to confirm: such facts are never constants in code.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from motcua.agencies.rules.codes import NEW_FORM_SINCE
from motcua.core.errors import RuleViolation

Value = str | int | bool


class Kind(StrEnum):
    """The type of a setting's value; times are "HH:MM" local, dates "YYYY-MM-DD"."""

    TIME = "time"
    OPTIONAL_TIME = "optional_time"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    DATE = "date"


class Certainty(StrEnum):
    """How sure the default is."""

    SURE = "sure"
    LIKELY = "likely"
    DESIGN = "design"


CERTAINTY_NAMES = {
    Certainty.SURE: "theo văn bản",
    Certainty.LIKELY: "cần đối chiếu văn bản",
    Certainty.DESIGN: "lựa chọn của phần mềm",
}


@dataclass(frozen=True)
class Setting:
    """A known setting. Integers have bounds; `choices` are (value, Vietnamese name)."""

    key: str
    label: str
    kind: Kind
    default: Value
    source: str
    certainty: Certainty = Certainty.DESIGN
    choices: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 10_000
    unit: str = ""


_SEPARATION = (
    ("strict", "Luôn tách người tiếp nhận, thụ lý, ký"),
    ("same_day_exempt", "Tách, trừ thủ tục trả kết quả trong ngày"),
    ("off", "Không tách"),
)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "same_day_cutoff",
        "Giờ chót nhận hồ sơ giải quyết trong ngày",
        Kind.TIME,
        "15:00",
        "Luật Hộ tịch 2014, Điều 5",
        Certainty.SURE,
    ),
    Setting(
        "transfer_cutoff",
        "Giờ chót chuyển hồ sơ đến cơ quan giải quyết trong ngày",
        Kind.TIME,
        "15:00",
        "Nghị định 61/2018/NĐ-CP, Điều 18",
        Certainty.SURE,
    ),
    Setting(
        "reception_cutoff",
        "Giờ ngừng tiếp nhận hồ sơ trong ngày (để trống: không ngừng)",
        Kind.OPTIONAL_TIME,
        "",
        "Quy chế của cơ quan",
    ),
    Setting(
        "posting_days",
        "Thời hạn niêm yết sau khi nhận quyết định công bố",
        Kind.INTEGER,
        5,
        "Nghị định 63/2010/NĐ-CP, Điều 17; số ngày tại cấp xã cần đối chiếu",
        Certainty.LIKELY,
        high=60,
        unit="ngày làm việc",
    ),
    Setting(
        "supplement_window_days",
        "Thời hạn yêu cầu bổ sung sau tiếp nhận",
        Kind.INTEGER,
        3,
        "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 4",
        Certainty.SURE,
        high=60,
        unit="ngày làm việc",
    ),
    Setting(
        "supplement_grace_days",
        "Thời gian chờ người nộp bổ sung trước khi dừng",
        Kind.INTEGER,
        15,
        "Theo từng thủ tục, thường 15 hoặc 30 ngày",
        Certainty.LIKELY,
        low=1,
        high=365,
        unit="ngày",
    ),
    Setting(
        "acceptance_hours",
        "Thời hạn tiếp nhận hồ sơ nộp trực tuyến",
        Kind.INTEGER,
        8,
        "Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
        Certainty.SURE,
        low=1,
        high=80,
        unit="giờ làm việc",
    ),
    Setting(
        "acceptance_warning_hours",
        "Báo trưởng bộ phận khi chưa ai mở hồ sơ nộp trực tuyến, trước hạn tiếp nhận",
        Kind.INTEGER,
        2,
        "Quy chế của đơn vị",
        Certainty.DESIGN,
        high=80,
        unit="giờ làm việc",
    ),
    Setting(
        "acceptance_escalation_hours",
        "Báo trưởng bộ phận khi quá hạn tiếp nhận, sau hạn",
        Kind.INTEGER,
        0,
        "Quy chế của đơn vị",
        Certainty.DESIGN,
        high=80,
        unit="giờ làm việc",
    ),
    Setting(
        "draft_days",
        "Giữ bản nháp hồ sơ trực tuyến kể từ lần sửa cuối",
        Kind.INTEGER,
        90,
        "Quy chế của cơ quan; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (không giữ lâu hơn cần thiết)",
        low=1,
        high=730,
        unit="ngày",
    ),
    Setting(
        "draft_warning_days",
        "Báo trước khi xóa bản nháp hồ sơ trực tuyến",
        Kind.INTEGER,
        14,
        "Quy chế của cơ quan",
        low=0,
        high=90,
        unit="ngày",
    ),
    Setting(
        "upload_files",
        "Số tệp nhiều nhất của một hồ sơ trực tuyến",
        Kind.INTEGER,
        60,
        "Lựa chọn của phần mềm",
        low=1,
        high=500,
        unit="tệp",
    ),
    Setting(
        "upload_longest_side",
        "Cạnh dài nhất của ảnh giữ lại trong hồ sơ trực tuyến (A4 ở 200 dpi là 2.340)",
        Kind.INTEGER,
        2400,
        "Lựa chọn của phần mềm",
        low=800,
        high=10_000,
        unit="điểm ảnh",
    ),
    Setting(
        "report_due_days",
        "Đơn vị trực thuộc gửi báo cáo sau ngày cuối kỳ",
        Kind.INTEGER,
        5,
        "Nghị định 09/2019/NĐ-CP, Điều 12 (cơ quan nhận báo cáo quy định)",
        Certainty.LIKELY,
        high=60,
        unit="ngày",
    ),
    Setting(
        "standing_granularity",
        "So sánh trước hạn, đúng hạn, quá hạn",
        Kind.CHOICE,
        "date",
        "Thông tư 01/2020/TT-VPCP (theo ngày)",
        choices=(("date", "theo ngày"), ("minute", "theo phút")),
    ),
    Setting(
        "due_soon_days",
        "Báo sắp đến hạn khi còn",
        Kind.INTEGER,
        3,
        "Lựa chọn của phần mềm",
        high=30,
        unit="ngày làm việc",
    ),
    Setting(
        "before_due_target",
        "Mục tiêu tỷ lệ hồ sơ giải quyết trước hạn",
        Kind.INTEGER,
        50,
        "Chỉ tiêu cải cách hành chính của địa phương",
        high=100,
        unit="%",
    ),
    Setting(
        "separation_of_duties",
        "Tách người tiếp nhận, thụ lý, ký duyệt",
        Kind.CHOICE,
        "same_day_exempt",
        "Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
        choices=_SEPARATION,
    ),
    Setting(
        "code_form_new_since",
        "Mã hồ sơ dùng mã định danh dạng mới từ ngày",
        Kind.DATE,
        NEW_FORM_SINCE.isoformat(),
        "Quyết định 20/2020/QĐ-TTg",
        Certainty.LIKELY,
    ),
    Setting(
        "staff_idle_minutes",
        "Tự đăng xuất cán bộ sau thời gian không thao tác",
        Kind.INTEGER,
        60,
        "Lựa chọn của phần mềm",
        low=5,
        high=600,
        unit="phút",
    ),
    Setting(
        "delegation_max_days",
        "Thời gian ủy quyền dài nhất",
        Kind.INTEGER,
        180,
        "Lựa chọn của phần mềm",
        low=1,
        high=1_830,
        unit="ngày",
    ),
    Setting(
        "totp_for_all_staff",
        "Bắt buộc xác thực hai lớp với mọi cán bộ",
        Kind.BOOLEAN,
        False,
        "Quy chế an toàn thông tin của cơ quan",
    ),
    Setting(
        "reception_backdate_minutes",
        "Được ghi lùi thời điểm tiếp nhận tối đa",
        Kind.INTEGER,
        30,
        "Lựa chọn của phần mềm",
        high=480,
        unit="phút",
    ),
    Setting(
        "late_supplement",
        "Yêu cầu bổ sung sau thời hạn cho phép",
        Kind.CHOICE,
        "flag",
        "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 4 (pháp luật chuyên ngành có thể khác)",
        choices=(("flag", "cho làm và đánh dấu"), ("refuse", "không cho làm")),
    ),
    Setting(
        "supplement_expiry",
        "Khi người nộp không bổ sung đúng hạn",
        Kind.CHOICE,
        "stop",
        "Thông tư 03/2025/TT-VPCP, Mẫu số 05",
        Certainty.LIKELY,
        choices=(("stop", "tự dừng giải quyết và lập thông báo"), ("remind", "để người thụ lý quyết định")),
    ),
    Setting(
        "correction_working_days",
        "Thời hạn sửa sai sót của kết quả",
        Kind.INTEGER,
        3,
        "Nghị định 61/2018/NĐ-CP, Điều 21 (thời hạn do cơ quan đặt)",
        low=1,
        high=30,
        unit="ngày làm việc",
    ),
)

BY_KEY: dict[str, Setting] = {setting.key: setting for setting in SETTINGS}


def add_settings(further: Iterable[Setting]) -> None:
    """Make settings known that belong to an app above; called once, from its `ready()`."""
    BY_KEY.update({setting.key: setting for setting in further})


def known_setting(key: str) -> Setting:
    """The setting of this key. Raises RuleViolation for an unknown one."""
    try:
        return BY_KEY[key]
    except KeyError:
        raise RuleViolation(f"Không có tham số “{key}”. Chọn một tham số trong danh sách.") from None


def check_value(key: str, text: str) -> Value:
    """The value that a person typed, in the type of the setting. Raises RuleViolation with what to type
    instead.
    """
    setting = known_setting(key)
    return _PARSERS[setting.kind](setting, text.strip())


def describe(key: str, value: Value) -> str:
    """The value as a person reads it: "15:00", "3 ngày làm việc", "có"."""
    setting = known_setting(key)
    if setting.kind == Kind.BOOLEAN:
        return "có" if value else "không"
    if setting.kind == Kind.DATE:
        return f"{date.fromisoformat(str(value)):%d-%m-%Y}"
    name = dict(setting.choices).get(str(value), str(value))
    return f"{name} {setting.unit}".strip() or "để trống"


def _time(setting: Setting, text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[:hg](\d{2})", text, re.ASCII)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise RuleViolation(f"{setting.label}: nhập giờ dạng 15:00.", field="value")
    return time(int(found[1]), int(found[2])).strftime("%H:%M")


def _optional_time(setting: Setting, text: str) -> str:
    return _time(setting, text) if text else ""


def _integer(setting: Setting, text: str) -> int:
    number = int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else -1
    if not setting.low <= number <= setting.high:
        raise RuleViolation(f"{setting.label}: nhập số từ {setting.low} đến {setting.high}.", field="value")
    return number


def _boolean(setting: Setting, text: str) -> bool:
    values = {"1": True, "true": True, "có": True, "0": False, "false": False, "không": False}
    if text.lower() not in values:
        raise RuleViolation(f"{setting.label}: chọn có hoặc không.", field="value")
    return values[text.lower()]


def _choice(setting: Setting, text: str) -> str:
    if text not in dict(setting.choices):
        names = ", ".join(name for _, name in setting.choices)
        raise RuleViolation(f"{setting.label}: chọn một trong: {names}.", field="value")
    return text


def _date(setting: Setting, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise RuleViolation(f"{setting.label}: chọn một ngày.", field="value") from None


_PARSERS: dict[Kind, Callable[[Setting, str], Value]] = {
    Kind.TIME: _time,
    Kind.OPTIONAL_TIME: _optional_time,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
    Kind.DATE: _date,
}
