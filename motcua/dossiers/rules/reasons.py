"""Reasons to correct that ship: every office may use them from the start; each one ends by its date like any other."""

from datetime import date

SINCE = date(2018, 1, 1)
# Code, name, the plain sentence that the citizen reads.
SHIPPED = (
    ("khong-ro", "Ảnh, bản quét không đọc được", "Chụp lại rõ nét, đủ bốn góc, không lóa, rồi gửi lại."),
    ("thieu-trang", "Thiếu trang", "Gửi đủ các trang, cả mặt sau."),
    ("sai-giay-to", "Không đúng loại giấy tờ", "Gửi đúng giấy tờ có tên ở trên."),
    ("het-han", "Giấy tờ đã hết hạn", "Gửi giấy tờ còn hiệu lực."),
    ("chua-ky", "Chưa ký, chưa chứng thực", "Ký hoặc chứng thực giấy tờ rồi gửi lại."),
    ("khong-khop", "Thông tin không khớp với giấy tờ", "Ghi lại đúng như trong giấy tờ gửi kèm."),
    ("thieu-thong-tin", "Thiếu thông tin", "Ghi đầy đủ thông tin này."),
    ("sai-thong-tin", "Thông tin chưa đúng", "Kiểm tra và ghi lại thông tin này."),
    ("khac", "Lý do khác", ""),
)
