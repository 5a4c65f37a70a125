"""The dated settings of ratings and surveys."""

from motcua.agencies.rules.settings import Certainty, Kind, Setting

_OURS = "Lựa chọn của phần mềm"
RATING_DAYS, RATING_MINIMUM, OFFICER_MINIMUM, SURVEY_MINIMUM = (
    "rating_days", "rating_min_sample", "rating_officer_min_sample", "survey_min_sample",
)  # fmt: skip

SETTINGS: tuple[Setting, ...] = (
    Setting(
        RATING_DAYS, "Đánh giá hồ sơ được trong thời gian sau khi có kết quả", Kind.INTEGER, 90, _OURS,
        Certainty.DESIGN, low=1, high=365, unit="ngày",
    ),
    Setting(
        RATING_MINIMUM, "Số lượt đánh giá ít nhất mới hiện số liệu của cơ quan, lĩnh vực", Kind.INTEGER, 5, _OURS,
        Certainty.DESIGN, low=3, high=1000, unit="lượt",
    ),
    Setting(
        OFFICER_MINIMUM, "Số lượt đánh giá ít nhất mới hiện số liệu của một cán bộ, công chức", Kind.INTEGER, 10, _OURS,
        Certainty.DESIGN, low=3, high=1000, unit="lượt",
    ),
    Setting(
        SURVEY_MINIMUM, "Số phiếu khảo sát ít nhất mới hiện số liệu của một nhóm", Kind.INTEGER, 10, _OURS,
        Certainty.DESIGN, low=3, high=1000, unit="phiếu",
    ),
)  # fmt: skip
