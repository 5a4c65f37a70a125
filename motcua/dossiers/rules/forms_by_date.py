"""Which form a paper is printed on, by the dossier's date: the law of that day, never of today (DOMAIN 2.4).

Until 04/05/2015 the papers that Quyết định 93/2007/QĐ-TTg speaks of (it annexes no forms: titles by its articles [likely]);
until 05/01/2019 the forms annexed to Quyết định 09/2015/QĐ-TTg and the regulations under it; Thông tư 01/2018/TT-VPCP from
06/01/2019; Thông tư 03/2025/TT-VPCP from 01/07/2025.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its number in the set ("" where the set gives none), title, the circular, and the suffix of its own numbers."""

    kind: str
    number: str
    title: str
    source: str
    suffix: str = ""

    @property
    def label(self) -> str:
        """E.g. "Mẫu số 01"; empty when the set has no number for it."""
        return f"Mẫu số {self.number}" if self.number else ""


_SUFFIX = {
    "receipt_slip": "TNHS",
    "supplement_request": "HDHS",
    "rejection_notice": "TCHS",
    "apology_notice": "PXL",
    "error_apology": "PXL",
    "stop_notice": "TBD",
}
# Kinds with one suffix are numbered in one row, or two papers would have the same number.
_ROWS = {"error_apology": "apology_notice"}
_RECEIPT = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_SUPPLEMENT = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
_REJECTION = "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
_APOLOGY = "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
_APOLOGY_2025 = "Văn bản xin lỗi và đề nghị gia hạn"
_ERROR = "Văn bản xin lỗi về sai sót trong kết quả"
_CONTROL = "Phiếu kiểm soát quá trình giải quyết hồ sơ"
_REGISTER = "Sổ theo dõi hồ sơ"
_STOP = "Thông báo dừng giải quyết hồ sơ"

Q_2007 = "Quyết định 93/2007/QĐ-TTg"
Q_2015, C_2018, C_2025 = "Quyết định 09/2015/QĐ-TTg", "Thông tư 01/2018/TT-VPCP", "Thông tư 03/2025/TT-VPCP"

# First day in force, source, kind -> (number, title). Later sets replace earlier ones whole.
SETS: tuple[tuple[date, str, dict[str, tuple[str, str]]], ...] = (
    (
        date.min,
        Q_2007,
        {
            "receipt_slip": ("", "Giấy biên nhận hồ sơ và hẹn trả kết quả"),
            "supplement_request": ("", "Phiếu hướng dẫn hoàn thiện hồ sơ"),
            "rejection_notice": ("", "Thông báo trả lại hồ sơ"),
            "apology_notice": ("", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
            "error_apology": ("", _ERROR),
            "stop_notice": ("", _STOP),
            "control_slip": ("", "Phiếu theo dõi quá trình giải quyết hồ sơ"),
            "register": ("", _REGISTER),
        },
    ),
    (
        date(2015, 5, 5),
        Q_2015,
        {
            "receipt_slip": ("", _RECEIPT),
            "supplement_request": ("", "Phiếu hướng dẫn hoàn thiện hồ sơ"),
            "rejection_notice": ("", "Thông báo trả lại hồ sơ"),
            "apology_notice": ("", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
            "error_apology": ("", _ERROR),
            "stop_notice": ("", _STOP),
            "control_slip": ("", _CONTROL),
            "register": ("", _REGISTER),
        },
    ),
    (
        date(2019, 1, 6),
        C_2018,
        {
            "receipt_slip": ("01", _RECEIPT),
            "supplement_request": ("02", _SUPPLEMENT),
            "rejection_notice": ("03", _REJECTION),
            "apology_notice": ("04", _APOLOGY),
            "error_apology": ("", _ERROR),
            "control_slip": ("05", _CONTROL),
            "register": ("06", _REGISTER),
            "stop_notice": ("", _STOP),
        },
    ),
    (
        date(2025, 7, 1),
        C_2025,
        {
            "receipt_slip": ("01", _RECEIPT),
            "supplement_request": ("02", _SUPPLEMENT),
            "rejection_notice": ("03", _REJECTION),
            "apology_notice": ("04", _APOLOGY_2025),
            "error_apology": ("", _ERROR),
            "stop_notice": ("05", _STOP),
            "control_slip": ("06", _CONTROL),
            "register": ("07", _REGISTER),
        },
    ),
)
KINDS = tuple(SETS[-1][2])
# No set has a form for an apology for an error: its source is the decree that asks for it; earlier ones ask for none.
_DECREES = {
    Q_2007: "",
    Q_2015: "",
    C_2018: "Nghị định 61/2018/NĐ-CP, Điều 21",
    C_2025: "Nghị định 118/2025/NĐ-CP",
}


def form_for(kind: str, day: date) -> Form:
    """The form of this kind in force on a legal date (the day on which the paper is issued). Raises KeyError."""
    source, forms = next((name, forms) for first, name, forms in reversed(SETS) if first <= day)
    number, title = forms[kind]
    source = _DECREES[source] if kind == "error_apology" else source
    return Form(kind, number, title, source, _SUFFIX.get(kind, ""))


def row_of(kind: str) -> str:
    """The kind under whose name the numbers of this kind run on."""
    return _ROWS.get(kind, kind)


def kind_of_number(number: str, day: date) -> str | None:
    """Which kind a form number meant on a date: "05" is the control slip before 01/07/2025, the stop notice since."""
    return next((kind for kind in KINDS if form_for(kind, day).number == number), None)
