"""Dated settings of the index: what the decision leaves open, or what nobody here has read word for word."""

from motcua.agencies.rules.settings import Certainty, Kind, Setting
from motcua.statistics.rules.index766 import MISSING_SETTING, Missing

SETTINGS: tuple[Setting, ...] = (
    Setting(
        MISSING_SETTING, "Chỉ số 766: thành phần chưa tính được", Kind.CHOICE, Missing.RESCALE.value,
        "Quyết định 766/QĐ-TTg (cách xử lý thành phần không có số liệu cần đối chiếu)", Certainty.LIKELY,
        choices=((Missing.RESCALE.value, "bỏ ra và quy đổi về 100 điểm"), (Missing.COUNT_ZERO.value, "tính 0 điểm")),
    ),
)  # fmt: skip
