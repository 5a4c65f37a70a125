"""Signals: patterns by which a clock could be dressed up. Each has a definition, a threshold that a civil servant may set, and a
base to hold it against. A signal is a reason to open dossiers, never an accusation.
"""

from dataclasses import dataclass

from motcua.agencies.rules.settings import Certainty, Kind, Setting

SOURCE = "lựa chọn của phần mềm; cơ quan thanh tra, kiểm tra có thể đặt khác"


@dataclass(frozen=True)
class Signal:
    """One pattern. `base` says what its cases are a share of; `threshold` is None where nothing is to be set."""

    code: str
    title: str
    words: str
    base: str
    threshold: Setting | None = None


def _threshold(code: str, label: str, default: int, unit: str, *, low: int = 1, high: int = 1000) -> Setting:
    return Setting(
        f"signal_{code}",
        label,
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
        "yêu cầu bổ sung sau tiếp nhận khi chỉ còn rất ít giờ đến hạn trả: đồng hồ được tính lại từ đầu (thời hạn từ 3 ngày)",
        "yêu cầu bổ sung sau tiếp nhận",
        _threshold("supplement_at_the_end", "Dấu hiệu: yêu cầu bổ sung khi còn không quá", 24, "giờ đến hạn"),
    ),
    Signal(
        "supplement_again", "Yêu cầu bổ sung nhiều lần",
        "một hồ sơ bị yêu cầu bổ sung từ hai lần, kể cả trước khi tiếp nhận", "hồ sơ có yêu cầu bổ sung",
    ),
    Signal(
        "supplement_at_once", "Bổ sung xong trong vài phút",
        "yêu cầu bổ sung được ghi là đã đủ chỉ sau vài phút: có thể chỉ để tính lại thời hạn",
        "yêu cầu bổ sung đã hoàn thành",
        _threshold("supplement_at_once", "Dấu hiệu: bổ sung xong trong vòng", 30, "phút"),
    ),
    Signal(
        "refused_and_refiled", "Từ chối rồi nộp lại",
        "hồ sơ bị từ chối, cùng người nộp lại cùng thủ tục ít ngày sau", "hồ sơ bị từ chối",
        _threshold("refused_and_refiled", "Dấu hiệu: từ chối rồi nộp lại trong vòng", 30, "ngày"),
    ),
    Signal(
        "stopped_and_refiled", "Dừng hoặc rút rồi nộp lại",
        "hồ sơ dừng giải quyết hoặc rút, cùng người nộp lại cùng thủ tục ít ngày sau", "hồ sơ dừng, rút",
        _threshold("stopped_and_refiled", "Dấu hiệu: dừng, rút rồi nộp lại trong vòng", 30, "ngày"),
    ),
    Signal(
        "ready_without_result", "Có kết quả mà không có giấy tờ kết quả",
        "hồ sơ được ghi đã có kết quả nhưng không có giấy tờ kết quả nào được ký", _RESOLVED,
    ),
    Signal(
        "ready_before_signature", "Báo có kết quả trước ngày ký",
        "giấy tờ kết quả có ngày ký sau ngày hồ sơ được ghi đã có kết quả", _RESOLVED,
        _threshold("ready_before_signature", "Dấu hiệu: ngày ký sau ngày báo có kết quả từ", 1, "ngày"),
    ),
    Signal(
        "taken_in_late", "Tiếp nhận muộn hồ sơ trực tuyến",
        "hồ sơ nộp trực tuyến được ghi tiếp nhận lâu sau khi nộp: thời hạn giải quyết bắt đầu muộn", "hồ sơ trực tuyến được tiếp nhận",
        _threshold("taken_in_late", "Dấu hiệu: tiếp nhận sau khi nộp trực tuyến quá", 24, "giờ"),
    ),
    Signal(
        "apology_too_late", "Xin lỗi, hẹn lại muộn",
        "phiếu xin lỗi lập khi đã quá hạn hoặc còn chưa đến một ngày làm việc (Nghị định 61/2018/NĐ-CP, Điều 19)", "lần hẹn lại",
    ),
    Signal(
        "closed_in_bulk", "Kết thúc hàng loạt cuối kỳ",
        "trong ngày chốt báo cáo (ngày 14 hoặc ngày cuối tháng) cơ quan kết thúc nhiều hồ sơ bất thường", _RESOLVED,
        _threshold("closed_in_bulk", "Dấu hiệu: số hồ sơ kết thúc trong ngày chốt kỳ từ", 20, "hồ sơ"),
    ),
    Signal(
        "same_second", "Nhiều bước hoàn thành cùng một giây",
        "từ ba bước của một hồ sơ được ghi hoàn thành trong cùng một giây: giao nhận có thể chỉ trên máy", _RESOLVED,
    ),
    Signal(
        "never_left_the_counter", "Không rời quầy mà mất nhiều ngày",
        "hồ sơ giải quyết ngay tại quầy, không bàn giao cho ai, nhưng mất nhiều ngày", _RESOLVED,
        _threshold("never_left_the_counter", "Dấu hiệu: không bàn giao nhưng mất từ", 2, "ngày"),
    ),
)  # fmt: skip

BY_CODE: dict[str, Signal] = {signal.code: signal for signal in SIGNALS}
THRESHOLDS: tuple[Setting, ...] = tuple(signal.threshold for signal in SIGNALS if signal.threshold)
