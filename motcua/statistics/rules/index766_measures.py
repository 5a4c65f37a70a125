"""What the components of the index count: numerator and denominator in words, and why some cannot be counted yet.

Measures over dossiers name two figures of the registry; the others count procedures at agencies, postings and decisions
(`queries.index766_catalogue`, `queries.postings`, `queries.publication`). Which component uses which measure is data.
"""

from dataclasses import dataclass
from enum import StrEnum


class Of(StrEnum):
    """What is counted, as a person reads it."""

    DOSSIERS = "hồ sơ"
    PROCEDURES = "thủ tục"
    POSTINGS = "lượt niêm yết"
    DECISIONS = "quyết định"
    FEEDBACK = "phản ánh"
    RATINGS = "phần vạn"


@dataclass(frozen=True)
class Measure:
    """One measure. `figures` are the keys of the registry for numerator and denominator.

    `awaits`: why it cannot be counted yet; `nothing`: what it means when the denominator is nought; `caveat`: what the
    reader must know; `is_final`: what fell short cannot be made good any more.
    """

    key: str
    part: str
    whole: str
    of: Of = Of.DOSSIERS
    figures: tuple[str, str] | None = None
    awaits: str = ""
    nothing: str = "trong kỳ không phát sinh"
    caveat: str = ""
    is_final: bool = False
    is_info: bool = False


_SYNC = "phần mềm chưa kết nối Cổng Dịch vụ công quốc gia nên chưa có trạng thái đồng bộ của hồ sơ"
_POPULATION = "chưa kết nối Cơ sở dữ liệu quốc gia về dân cư"
_HERE = "Mỗi thủ tục tại mỗi cơ quan giải quyết được đếm một lần."

UNCOUNTED_REUSE = (
    "kho giấy tờ của tổ chức, cá nhân đã có và ghi giấy tờ lấy lại khi nộp trực tuyến, nhưng thống kê chưa đếm theo hồ sơ; "
    "dùng lại khi tiếp nhận tại quầy chưa được ghi"
)
NO_RATINGS = "chưa có lượt đánh giá nào đưa vào số liệu của kỳ: phải hết tháng và đủ số lượt tối thiểu"

_LIST: tuple[Measure, ...] = (
    Measure(
        "decisions_on_time", "Quyết định công bố ban hành trước ngày hiệu lực đủ số ngày quy định",
        "Quyết định công bố ban hành trong kỳ của cơ quan", Of.DECISIONS, is_final=True,
        nothing="cơ quan không ban hành quyết định công bố nào trong kỳ",
        caveat="Ngày hiệu lực là ngày ghi trong quyết định: phần mềm không giữ ngày hiệu lực của văn bản quy định thủ tục.",
    ),
    Measure(
        "postings_on_time", "Lượt niêm yết xong trong thời hạn",
        "Lượt phải niêm yết xong trong kỳ, kể cả còn nợ từ trước", Of.POSTINGS, is_final=True,
        nothing="trong kỳ không có lượt niêm yết nào đến hạn",
        caveat="Một lượt là một thủ tục tại một nơi niêm yết (bảng, màn hình, trang thông tin).",
    ),
    Measure(
        "contents_complete", "Thủ tục có đủ nội dung theo Điều 8 Nghị định 63/2010/NĐ-CP",
        "Thủ tục cơ quan giải quyết, còn hiệu lực cuối kỳ", Of.PROCEDURES, caveat=_HERE,
        nothing="cơ quan không giải quyết thủ tục nào",
    ),
    Measure("synced", "Hồ sơ đã đồng bộ", "Hồ sơ tiếp nhận trong kỳ", awaits=_SYNC),
    Measure(
        "progress", "Hồ sơ giải quyết trước và đúng hạn", "Hồ sơ đã giải quyết và hồ sơ đang quá hạn cuối kỳ",
        figures=("resolved_in_time", "progress_base"), is_final=True,
        nothing="trong kỳ không giải quyết hồ sơ nào và không có hồ sơ quá hạn",
    ),
    Measure("average_time", "Số ngày từ tiếp nhận đến khi có kết quả", "Hồ sơ đã giải quyết trong kỳ", figures=("resolved", "resolved"), is_info=True),
    Measure(
        "online_offered", "Thủ tục cung cấp trực tuyến toàn trình, một phần (mức độ 3, 4)",
        "Thủ tục cơ quan giải quyết, còn hiệu lực cuối kỳ", Of.PROCEDURES, nothing="cơ quan không giải quyết thủ tục nào",
        caveat=f"Danh mục chưa ghi thủ tục nào đủ điều kiện trực tuyến nên lấy mọi thủ tục làm mẫu số. {_HERE}",
    ),
    Measure(
        "online_used", "Thủ tục trực tuyến có hồ sơ nộp trực tuyến tiếp nhận trong kỳ", "Thủ tục cung cấp trực tuyến cuối kỳ",
        Of.PROCEDURES, nothing="cơ quan không có thủ tục trực tuyến", caveat=_HERE,
    ),
    Measure(
        "online_dossiers", "Hồ sơ nộp trực tuyến", "Hồ sơ tiếp nhận trong kỳ của thủ tục trực tuyến",
        figures=("online_of_offered", "offered_online"),
        nothing="trong kỳ không tiếp nhận hồ sơ nào của thủ tục trực tuyến",
        caveat="Hệ số đồng bộ của Cổng Dịch vụ công quốc gia chưa có, tạm coi là 1.",
    ),
    Measure(
        "payment_offered", "Thủ tục có thu phí, lệ phí mà cơ quan có tài khoản nhận thanh toán trực tuyến",
        "Thủ tục cơ quan giải quyết có nghĩa vụ tài chính, còn hiệu lực cuối kỳ", Of.PROCEDURES,
        nothing="cơ quan không có thủ tục có nghĩa vụ tài chính", caveat=_HERE,
    ),
    Measure(
        "payment_used", "Thủ tục có hồ sơ thanh toán trực tuyến trong kỳ", "Thủ tục có nghĩa vụ tài chính được thanh toán trực tuyến",
        Of.PROCEDURES, nothing="cơ quan chưa có thủ tục nào được thanh toán trực tuyến", caveat=_HERE,
    ),
    Measure(
        "fee_online", "Hồ sơ thanh toán trực tuyến", "Hồ sơ tiếp nhận trong kỳ có nghĩa vụ tài chính",
        figures=("paid_online", "fee_owed"), nothing="trong kỳ không có hồ sơ nào có nghĩa vụ tài chính",
        caveat="Tính phí, lệ phí thu tại phần mềm; thuế, tiền sử dụng đất nộp ở cơ quan thuế không có trong số này.",
    ),
    Measure(
        "result_electronic", "Hồ sơ có kết quả điện tử ký số", "Hồ sơ đã giải quyết trong kỳ",
        figures=("result_electronic", "resolved"), nothing="trong kỳ không giải quyết hồ sơ nào", is_final=True,
        caveat="Mẫu số gồm cả hồ sơ từ chối giải quyết, vì từ chối tính là đã giải quyết.",
    ),
    Measure(
        "digitised", "Hồ sơ có mọi thành phần ở dạng điện tử", "Hồ sơ tiếp nhận trong kỳ",
        figures=("digitised", "received_new"), nothing="trong kỳ không tiếp nhận hồ sơ nào",
    ),
    Measure("certified_copies", "Bản sao chứng thực điện tử", "Hồ sơ chứng thực bản sao từ bản chính", awaits="chưa ghi riêng bản sao chứng thực điện tử với bản giấy"),
    Measure("reuse", "Hồ sơ dùng lại dữ liệu đã số hóa", "Hồ sơ tiếp nhận trong kỳ", awaits=UNCOUNTED_REUSE),
    Measure("store", "Hồ sơ lấy giấy tờ từ kho dữ liệu", "Hồ sơ tiếp nhận trong kỳ", awaits=UNCOUNTED_REUSE),
    Measure("population_procedures", "Thủ tục kết nối dữ liệu dân cư", "Thủ tục cần dữ liệu dân cư", Of.PROCEDURES, awaits=_POPULATION),
    Measure("population_dossiers", "Hồ sơ có khai thác dữ liệu dân cư", "Hồ sơ tiếp nhận trong kỳ", awaits=_POPULATION),
    Measure(
        "feedback_on_time", "Phản ánh, kiến nghị xử lý đúng hạn", "Phản ánh, kiến nghị đã xử lý trong kỳ và đang quá hạn cuối kỳ",
        Of.FEEDBACK, is_final=True, nothing="trong kỳ không xử lý phản ánh, kiến nghị nào và không có phản ánh quá hạn",
        caveat="Tính theo lần trả lời đầu; phản ánh không nêu tên không được tiếp nhận nên không tính.",
    ),
    Measure(
        "feedback_satisfied", "Người gửi hài lòng với kết quả xử lý", "Phản ánh, kiến nghị được người gửi đánh giá trong kỳ",
        Of.FEEDBACK, nothing="trong kỳ không người gửi nào cho ý kiến", is_final=True,
    ),
    Measure(
        "satisfied", "10.000 − (phần vạn quá hạn + phần vạn không hài lòng)", "10.000 phần vạn", Of.RATINGS, is_final=True,
        nothing=NO_RATINGS,
        caveat="Quá hạn tính trên hồ sơ đã giải quyết, không hài lòng tính trên lượt đánh giá của người dân (mức chung 1, 2). Bấm vào số để "
        "xem các lượt đánh giá; hồ sơ quá hạn xem ở thành phần tiến độ.",
    ),
)  # fmt: skip

MEASURES: dict[str, Measure] = {measure.key: measure for measure in _LIST}
COUNTED: tuple[Measure, ...] = tuple(m for m in _LIST if not m.awaits and not m.is_info)
# Measures whose part and whole are figures over dossiers.
BY_FIGURES: tuple[Measure, ...] = tuple(m for m in COUNTED if m.figures)
