"""Signals: patterns by which a clock could be dressed up. Each has a definition, a threshold that a civil servant may set, and a
base to hold it against. A signal is a reason to open dossiers, never an accusation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.agencies.rules.settings import Certainty, Kind, Setting
from motcua.statistics.rules.things import Subject, Thing

SOURCE = "lựa chọn của phần mềm; cơ quan thanh tra, kiểm tra có thể đặt khác"


@dataclass(frozen=True)
class Signal:
    """One pattern. `base` says what its cases are a share of; `thresholds` are what may be set; `whose` says whose names
    stand beside the cases: whoever did the act that is looked at.
    """

    code: str
    title: str
    words: str
    base: str
    thresholds: tuple[Setting, ...] = ()
    whose: str = "người tiếp nhận"

    def limits(self, values: Mapping[str, Any]) -> list[int]:
        """The thresholds in force, in order; the shipped value stands in for one that is not among `values`."""
        return [int(values.get(setting.key, setting.default)) for setting in self.thresholds]


PREFIX = "Dấu hiệu: "  # So that they stand together on the page of settings.


def _threshold(code: str, label: str, default: int, unit: str, *, low: int = 1, high: int = 1000) -> Setting:
    return Setting(
        f"signal_{code}",
        f"{PREFIX}{label}",
        Kind.INTEGER,
        default,
        SOURCE,
        Certainty.DESIGN,
        low=low,
        high=high,
        unit=unit,
    )


_RECEIVED, _RESOLVED = "hồ sơ tiếp nhận", "hồ sơ đã giải quyết"

SIGNALS: tuple[Signal, ...] = (
    Signal(
        "supplement_at_the_end", "Yêu cầu bổ sung sát hạn",
        "yêu cầu bổ sung sau tiếp nhận khi chỉ còn rất ít giờ đến hạn trả: đồng hồ được tính lại từ đầu; thời hạn ngắn thì lúc nào cũng sát hạn nên không tính",
        "yêu cầu bổ sung sau tiếp nhận",
        (
            _threshold("supplement_at_the_end", "yêu cầu bổ sung khi còn không quá", 24, "giờ đến hạn"),
            _threshold("supplement_long_enough", "yêu cầu bổ sung sát hạn chỉ xét thời hạn từ", 3, "ngày"),
        ),
        whose="người yêu cầu bổ sung",
    ),
    Signal(
        "supplement_again", "Yêu cầu bổ sung nhiều lần",
        "một hồ sơ bị yêu cầu bổ sung nhiều lần, kể cả trước khi tiếp nhận", "hồ sơ có yêu cầu bổ sung",
        (_threshold("supplement_again", "một hồ sơ bị yêu cầu bổ sung từ", 2, "lần", low=2),),
        whose="người yêu cầu bổ sung lần cuối",
    ),
    Signal(
        "supplement_at_once", "Bổ sung xong trong vài phút",
        "yêu cầu bổ sung được ghi là đã đủ chỉ sau vài phút: có thể chỉ để tính lại thời hạn",
        "yêu cầu bổ sung đã hoàn thành",
        (_threshold("supplement_at_once", "bổ sung xong trong vòng", 30, "phút"),),
        whose="người yêu cầu bổ sung",
    ),
    Signal(
        "refused_and_refiled", "Từ chối rồi nộp lại",
        "hồ sơ bị từ chối, cùng người nộp lại cùng thủ tục ít ngày sau", "hồ sơ bị từ chối",
        (_threshold("refused_and_refiled", "từ chối rồi nộp lại trong vòng", 30, "ngày"),),
        whose="người từ chối",
    ),
    Signal(
        "stopped_and_refiled", "Dừng hoặc rút rồi nộp lại",
        "hồ sơ dừng giải quyết hoặc rút, cùng người nộp lại cùng thủ tục ít ngày sau", "hồ sơ dừng, rút",
        (_threshold("stopped_and_refiled", "dừng, rút rồi nộp lại trong vòng", 30, "ngày"),),
        whose="người cho dừng, cho rút",
    ),
    Signal(
        "ready_without_result", "Có kết quả mà không có giấy tờ kết quả",
        "hồ sơ được ghi đã có kết quả nhưng không có giấy tờ kết quả nào được ký", "hồ sơ đã có kết quả",
        whose="người ghi đã có kết quả",
    ),
    Signal(
        "ready_before_signature", "Báo có kết quả trước ngày ký",
        "giấy tờ kết quả có ngày ký sau ngày hồ sơ được ghi đã có kết quả", "hồ sơ đã có kết quả",
        (_threshold("ready_before_signature", "ngày ký sau ngày báo có kết quả từ", 1, "ngày"),),
        whose="người ghi đã có kết quả",
    ),
    Signal(
        "taken_in_late", "Tiếp nhận muộn hồ sơ trực tuyến",
        "hồ sơ nộp trực tuyến được ghi tiếp nhận lâu sau khi nộp: thời hạn giải quyết bắt đầu muộn", "hồ sơ trực tuyến được tiếp nhận",
        (_threshold("taken_in_late", "tiếp nhận sau khi nộp trực tuyến quá", 24, "giờ"),),
    ),
    Signal(
        "taken_in_after_call", "Tiếp nhận muộn sau khi gọi số",
        "hồ sơ tại quầy được ghi tiếp nhận lâu sau khi gọi số thứ tự của người nộp: thời hạn giải quyết bắt đầu muộn; "
        "một số có nhiều hồ sơ thì hồ sơ sau tính từ lúc ghi hồ sơ trước, thời gian chờ đến lượt không tính",
        "hồ sơ được tiếp nhận theo số thứ tự",
        (_threshold("taken_in_after_call", "tiếp nhận sau khi gọi số quá", 30, "phút"),),
    ),
    Signal(
        "apology_too_late", "Xin lỗi, hẹn lại muộn",
        "phiếu xin lỗi lập khi đã quá hạn hoặc còn chưa đến một ngày làm việc (Nghị định 61/2018/NĐ-CP, Điều 19)", "lần hẹn lại",
        whose="người lập phiếu xin lỗi",
    ),
    Signal(
        "closed_in_bulk", "Kết thúc hàng loạt cuối kỳ",
        "trong ngày chốt báo cáo (ngày 14 hoặc ngày cuối tháng) cơ quan kết thúc nhiều hồ sơ bất thường", _RESOLVED,
        (
            _threshold("closed_in_bulk", "số hồ sơ kết thúc trong ngày chốt kỳ từ", 20, "hồ sơ"),
            _threshold("closed_in_bulk_times", "số hồ sơ kết thúc trong ngày chốt kỳ từ", 3, "lần ngày thường"),
        ),
        whose="người kết thúc hồ sơ",
    ),
    Signal(
        "same_second", "Giao và nhận trong cùng một giây",
        "việc của hồ sơ được ghi giao và nhận trong cùng một giây: có thể một người bấm thay cả bên giao và bên nhận; "
        "bước đầu tại quầy và kết quả người giải quyết tự mang ra quầy không phải bàn giao nên không tính", _RESOLVED,
        (_threshold("same_second", "một hồ sơ giao và nhận trong cùng một giây từ", 1, "lần"),),
        whose="người nhận việc đó lần cuối",
    ),
    Signal(
        "never_left_the_counter", "Không rời quầy mà mất nhiều ngày",
        "hồ sơ giải quyết ngay tại quầy, không bàn giao cho ai, nhưng mất nhiều ngày", _RESOLVED,
        (_threshold("never_left_the_counter", "không bàn giao nhưng mất từ", 2, "ngày"),),
    ),
)  # fmt: skip

# Said on the register: what it cannot show, and where to look.
NOT_SEEN = (
    "Không thấy được: hồ sơ của người không lấy số, hoặc được ghi “không theo số”. "
    "Trang Hàng chờ, số thứ tự cho biết mỗi quầy có bao nhiêu số có hồ sơ."
)

BY_CODE: dict[str, Signal] = {signal.code: signal for signal in SIGNALS}
THRESHOLDS: tuple[Setting, ...] = tuple(setting for signal in SIGNALS for setting in signal.thresholds)


def _figures_of(one: Signal) -> tuple[Thing, ...]:
    """The three numbers beside a signal, as figures of the registry."""
    key = f"signal_{one.code}"
    return (
        Thing(key, one.title, one.words, SOURCE, Subject.SIGNAL, "trường hợp", short="Có dấu hiệu"),
        Thing(f"{key}_base", f"{one.title}: số đem ra so", f"{one.base} trong kỳ", SOURCE, Subject.SIGNAL, "trường hợp", short="Trên tổng"),
        Thing(f"{key}_rate", f"{one.title}: tỷ lệ", f"có dấu hiệu / {one.base}", SOURCE, Subject.SIGNAL, "%", share_of=(key, f"{key}_base"), short="Tỷ lệ"),
    )  # fmt: skip


SIGNAL_FIGURES: tuple[Thing, ...] = tuple(figure for one in SIGNALS for figure in _figures_of(one))
