"""The figures of the queue: one definition each, for screens and the dictionary of figures. `queries.figures` counts them."""

from motcua.core.definitions import Definition

_OWN, _DAY = "Phân tích của phần mềm, không thuộc biểu thống kê", "trong ngày"
_WAIT = "phút từ lúc lấy số (hoặc trở lại hàng chờ) đến lúc được gọi, làm tròn lên"


def _queue(key: str, label: str, words: str, short: str, unit: str = "số", whole: str = "") -> Definition:
    return Definition(f"queue_{key}", label, words, _OWN, unit, _DAY, whole, short)


FIGURES: tuple[Definition, ...] = (
    _queue("taken", "Số thứ tự đã lấy", "số phát trong ngày, mọi cách lấy số", "Đã lấy số"),
    _queue("waiting", "Số thứ tự đang chờ", "số chưa được gọi", "Đang chờ"),
    _queue("ended", "Số thứ tự đã phục vụ", "số đã gọi và phục vụ xong", "Đã phục vụ"),
    _queue("absent", "Số thứ tự vắng mặt", "số đã gọi mà không có người đến quầy", "Vắng mặt"),
    _queue("with_dossier", "Số thứ tự có hồ sơ", "số có hồ sơ được ghi vào; người chỉ hỏi hoặc nhận kết quả thì không có", "Có hồ sơ"),
    _queue("wait_p50", "Thời gian chờ gọi số, trung vị (P50)", f"{_WAIT}: một nửa số người được gọi chờ không lâu hơn", "Chờ, trung vị", "phút", "số đã được gọi"),
    _queue("wait_p90", "Thời gian chờ gọi số, P90", f"{_WAIT}: chín phần mười số người được gọi chờ không lâu hơn", "Chờ, 9/10 số", "phút", "số đã được gọi"),
)  # fmt: skip
