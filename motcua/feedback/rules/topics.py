"""The content types that ship (NĐ 20/2008/NĐ-CP, article 5). Rows may be added and ended; the law's wording is kept here once."""

TOPICS: tuple[tuple[str, str, str, str], ...] = (
    ("hanh-vi", "conduct", "Cán bộ, công chức chậm trễ, gây phiền hà", "Chậm trả kết quả, đòi thêm giấy tờ, thái độ không đúng mực, không làm hoặc làm sai quy định."),
    ("vuong-mac", "regulation", "Vướng mắc khi thực hiện thủ tục, quy định", "Quy định có nhưng khó làm trong thực tế."),
    ("khong-phu-hop", "regulation", "Quy định không phù hợp với thực tế", ""),
    ("khong-dong-bo", "regulation", "Quy định không đồng bộ, thiếu thống nhất", "Hai nơi, hai văn bản nói khác nhau."),
    ("khong-hop-phap", "regulation", "Quy định không hợp pháp", "Trái văn bản của cấp trên."),
    ("trai-dieu-uoc", "regulation", "Quy định trái điều ước quốc tế", ""),
    ("sang-kien", "regulation", "Đề xuất phương án, sáng kiến sửa quy định", "Cách làm mới, bỏ bớt giấy tờ, rút ngắn thời gian."),
    ("khac", "regulation", "Vấn đề khác về quy định hành chính", ""),
)  # fmt: skip
