"""The words that ship, in Vietnamese: kind -> subject, long text, short text. One notice for each event (NĐ 61/2018/NĐ-CP,
Điều 17; NĐ 118/2025/NĐ-CP).
"""

Words = tuple[str, str, str]

TEXTS_VI: dict[str, Words] = {
    "received": (
        "Đã tiếp nhận hồ sơ {code}",
        "Hồ sơ mã {code} đã được tiếp nhận. Ngày hẹn trả kết quả: {due}.\n"
        "Theo dõi hồ sơ tại: {link}\nNơi tiếp nhận: {office}",
        "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {due}. Theo doi: {link}",
    ),
    "received_fee": (
        "Đã tiếp nhận hồ sơ {code}, cần nộp {amount}",
        "Hồ sơ mã {code} đã được tiếp nhận. Ngày hẹn trả kết quả: {due}.\nPhí, lệ phí phải nộp: {amount}. Nộp tại: {pay}\n"
        "Theo dõi hồ sơ tại: {link}\nNơi tiếp nhận: {office}",
        "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {due}. Can nop {amount}: {pay}",
    ),
    "submitted": (
        "Đã nhận hồ sơ nộp trực tuyến {code}",
        "Hồ sơ nộp trực tuyến mã {code} đã được ghi nhận và đang chờ kiểm tra. Theo dõi tại: {link}",
        "Ho so truc tuyen {code} dang cho kiem tra. Theo doi: {link}",
    ),
    "submitted_fee": (
        "Đã nhận hồ sơ {code}, cần nộp {amount}",
        "Hồ sơ nộp trực tuyến mã {code} đã được ghi nhận và đang chờ kiểm tra.\n"
        "Phí, lệ phí theo lời khai của bạn: {amount}. Nộp ngay được tại: {pay}\n"
        "Cơ quan vẫn kiểm tra hồ sơ khi bạn chưa nộp tiền. Theo dõi tại: {link}",
        "Ho so truc tuyen {code} dang cho kiem tra. Can nop {amount}: {pay}",
    ),
    "draft_expiring": (
        "Hồ sơ bạn soạn dở sẽ bị xóa ngày {due}",
        "Hồ sơ bạn đang soạn trực tuyến (thủ tục {code}) chưa được nộp và sẽ bị xóa ngày {due}. "
        "Mở lại và sửa một mục để giữ tiếp, hoặc nộp hồ sơ tại: {link}",
        "Ho so soan do (thu tuc {code}) se bi xoa ngay {due}. Soan tiep: {link}",
    ),
    "accepted": (
        "Hồ sơ {code} đủ điều kiện tiếp nhận",
        "Hồ sơ mã {code} đã được kiểm tra và tiếp nhận. Ngày hẹn trả kết quả: {due}.\nTheo dõi tại: {link}",
        "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {due}. Theo doi: {link}",
    ),
    "accepted_fee": (
        "Hồ sơ {code} đã tiếp nhận, cần nộp {amount}",
        "Hồ sơ mã {code} đã được kiểm tra và tiếp nhận. Ngày hẹn trả kết quả: {due}.\n"
        "Phí, lệ phí phải nộp: {amount}. Nộp tại: {pay}\nTheo dõi hồ sơ tại: {link}",
        "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {due}. Can nop {amount}: {pay}",
    ),
    "accepted_changed": (
        "Hồ sơ {code} đã tiếp nhận, phí được tính lại",
        "Hồ sơ mã {code} đã được kiểm tra và tiếp nhận. Ngày hẹn trả kết quả: {due}.\n"
        "Phí, lệ phí khác với khi bạn nộp hồ sơ: {reason}. Còn phải nộp: {amount}. Nộp tại: {pay}\nTheo dõi tại: {link}",
        "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {due}. Phi tinh lai: {reason}. Con phai nop {amount}: {pay}",
    ),
    "accepted_unexempt": (
        "Hồ sơ {code} đã tiếp nhận, chưa được miễn, giảm phí",
        "Hồ sơ mã {code} đã được kiểm tra và tiếp nhận. Ngày hẹn trả kết quả: {due}.\n"
        "Chưa miễn, giảm phí, lệ phí như bạn đề nghị. Lý do: {reason}\nPhải nộp: {amount}. Nộp tại: {pay}\n"
        "Chưa đồng ý thì nhắn cho cơ quan tại: {link}",
        "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {due}. Chua duoc mien, giam phi: {reason}. Can nop {amount}: {pay}",
    ),
    "supplement_needed": (
        "Yêu cầu bổ sung hồ sơ {code}",
        "Hồ sơ mã {code} cần bổ sung, hoàn thiện. Xem nội dung cần bổ sung tại: {link}\nThời hạn: {due}.",
        "Ho so {code} can bo sung. Xem chi tiet: {link}",
    ),
    "not_accepted": (
        "Hồ sơ {code} chưa được tiếp nhận",
        "Hồ sơ mã {code} chưa đủ điều kiện tiếp nhận. Xem lý do và hướng dẫn tại: {link}",
        "Ho so {code} khong duoc tiep nhan. Xem ly do: {link}",
    ),
    "obligation": (
        "Hồ sơ {code} có nghĩa vụ tài chính",
        "Hồ sơ mã {code} đã có thông báo nghĩa vụ tài chính. Thời hạn giải quyết tạm dừng cho tới khi hoàn thành. "
        "Xem tại: {link}",
        "Ho so {code} co thong bao nghia vu tai chinh. Xem: {link}",
    ),
    "fee_due": (
        "Hồ sơ {code} có khoản phải nộp",
        "Hồ sơ mã {code} có {amount} phí, lệ phí phải nộp. Xem và nộp tại: {link}",
        "Ho so {code} can nop {amount}. Xem va nop: {link}",
    ),
    "fee_changed": (
        "Phí, lệ phí của hồ sơ {code} được tính lại",
        "Phí, lệ phí của hồ sơ mã {code} được tính lại: {reason}. Còn phải nộp: {amount}. Xem và nộp tại: {pay}\n"
        "Theo dõi hồ sơ tại: {link}",
        "Phi ho so {code} duoc tinh lai: {reason}. Con phai nop {amount}: {pay}",
    ),
    "fee_cancelled": (
        "Không phải nộp phí của hồ sơ {code} nữa",
        "Bạn không phải nộp {amount} phí, lệ phí của hồ sơ mã {code} nữa. Lý do: {reason}.\n"
        "Đừng nộp theo mã QR hoặc địa chỉ đã gửi trước đây; tiền lỡ nộp được hoàn trả. Xem tại: {link}",
        "Khong phai nop {amount} phi ho so {code} nua: {reason}. Dung nop theo ma QR cu. Xem: {link}",
    ),
    "refund_due": (
        "Bạn được hoàn {amount} của hồ sơ {code}",
        "Cơ quan hoàn trả bạn {amount} phí, lệ phí đã nộp của hồ sơ mã {code}. Lý do: {reason}.\n"
        "Cơ quan ra quyết định rồi hoàn theo cách bạn đã nộp hoặc tại: {office}. Theo dõi tại: {link}",
        "Ban duoc hoan {amount} phi ho so {code}: {reason}. Theo doi: {link}",
    ),
    "refunded": (
        "Đã hoàn {amount} của hồ sơ {code}",
        "Cơ quan đã hoàn trả {amount} phí, lệ phí của hồ sơ mã {code}. Xem tại: {link}",
        "Da hoan {amount} phi, le phi ho so {code}. Xem: {link}",
    ),
    "apology": (
        "Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}",
        "Cơ quan giải quyết xin lỗi vì chưa trả kết quả hồ sơ mã {code} đúng hẹn. "
        "Ngày hẹn lại: {due}.\nXem tại: {link}",
        "Xin loi vi tre hen ho so {code}. Hen lai: {due}. Xem: {link}",
    ),
    "correction": (
        "Xin lỗi và sửa kết quả hồ sơ {code}",
        "Kết quả hồ sơ mã {code} có sai sót do cơ quan. Cơ quan giải quyết xin lỗi và trả kết quả đúng chậm nhất ngày {due}, "
        "không thu phí, lệ phí. Bạn không phải nộp lại hồ sơ.\nXem tại: {link}",
        "Xin loi: ket qua ho so {code} co sai sot. Tra ket qua dung cham nhat {due}, khong mat phi. Xem: {link}",
    ),
    "ready": (
        "Đã có kết quả hồ sơ {code}",
        "Hồ sơ mã {code} đã có kết quả. Mang theo giấy tiếp nhận và giấy tờ tùy thân khi nhận tại: {office}.\n"
        "Xem tại: {link}",
        "Ho so {code} da co ket qua. Moi den nhan tai {office}. Xem: {link}",
    ),
    "ready_online": (
        "Đã có kết quả điện tử của hồ sơ {code}",
        "Hồ sơ mã {code} đã có kết quả. Bản điện tử có chữ ký số nằm trong kho giấy tờ của bạn, không phải đến bộ phận một cửa.\n"
        "Tải về tại: {link}",
        "Ho so {code} da co ket qua dien tu, khong phai den nhan. Tai ve: {link}",
    ),
    "refused": (
        "Từ chối giải quyết hồ sơ {code}",
        "Hồ sơ mã {code} không đủ điều kiện giải quyết. Xem văn bản trả lời và lý do tại: {link}",
        "Ho so {code} khong du dieu kien giai quyet. Xem ly do: {link}",
    ),
    "stopped": (
        "Dừng giải quyết hồ sơ {code}",
        "Việc giải quyết hồ sơ mã {code} đã dừng. Xem lý do và cách nộp lại tại: {link}",
        "Ho so {code} da dung giai quyet. Xem ly do: {link}",
    ),
    "withdrawn": (
        "Đã rút hồ sơ {code}",
        "Hồ sơ mã {code} đã được rút theo yêu cầu. Giấy tờ đã nộp được trả lại tại: {office}.\nXem tại: {link}",
        "Ho so {code} da duoc rut theo yeu cau. Xem: {link}",
    ),
    "returned": (
        "Đã trả kết quả hồ sơ {code}",
        "Kết quả hồ sơ mã {code} đã được trả. Xem lại quá trình giải quyết tại: {link}\n"
        "Đánh giá việc giải quyết (cán bộ không xem được ai đánh giá): {rate}",
        "Da tra ket qua ho so {code}. Danh gia viec giai quyet: {rate}",
    ),
    "came_back": (
        "Bưu chính hoàn lại kết quả hồ sơ {code}",
        "Bưu chính không phát được kết quả hồ sơ mã {code} và đã hoàn về. Kết quả được giữ tại: {office}. "
        "Mời bạn mang giấy tiếp nhận và giấy tờ tùy thân đến nhận, hoặc liên hệ để gửi lại.\nXem tại: {link}",
        "Buu chinh hoan lai ket qua ho so {code}. Moi den nhan tai {office} hoac lien he de gui lai. Xem: {link}",
    ),
    "paid": (
        "Đã nhận tiền của hồ sơ {code}",
        "Đã nhận {amount} phí, lệ phí của hồ sơ mã {code}. Biên lai và quá trình giải quyết xem tại: {link}",
        "Da nhan {amount} phi, le phi ho so {code}. Xem: {link}",
    ),
    "message": (
        "Cơ quan trả lời về hồ sơ {code}",
        "Cơ quan giải quyết đã gửi một tin nhắn về hồ sơ mã {code}. Đọc và trả lời tại: {link}",
        "Co tin nhan cua co quan ve ho so {code}. Doc va tra loi: {link}",
    ),
    "survey": (
        "Mời đánh giá việc giải quyết hồ sơ {code}",
        "Hồ sơ mã {code} đã xong. Xin cho biết mức độ hài lòng tại: {link}\n"
        "Cán bộ không xem được ai đã đánh giá. Không muốn nhận lời mời nữa: {stop}",
        "Moi danh gia viec giai quyet ho so {code}: {link} Thoi nhan: {stop}",
    ),
    "news": (
        "{headline}",
        "{headline}\nĐọc tại: {link}\nKhông muốn nhận tin nữa: {stop}",
        "{headline} Doc: {link} Thoi nhan: {stop}",
    ),
    "acceptance_unseen": (
        "Hồ sơ {code} chưa ai mở xem",
        "Hồ sơ nộp trực tuyến {code} tại {office} chưa ai mở xem. Hạn tiếp nhận: {due}.\nMở để kiểm tra hoặc giao việc: {link}",
        "Ho so {code} chua ai mo. Han tiep nhan: {due}. Mo: {link}",
    ),
    "acceptance_late": (
        "Hồ sơ {code} quá hạn tiếp nhận",
        "Hồ sơ nộp trực tuyến {code} tại {office} đã quá hạn tiếp nhận ({due}) mà chưa được trả lời.\nMở để xử lý ngay: {link}",
        "Ho so {code} qua han tiep nhan {due}. Mo: {link}",
    ),
    "report_due": (
        "Sắp đến hạn gửi báo cáo: {code}",
        "Đơn vị chưa gửi báo cáo {code} cho {office}. Hạn gửi: {due}.\nMở báo cáo để chốt, trình ký và gửi: {link}",
        "Chua gui bao cao {code}. Han gui: {due}. Mo: {link}",
    ),
    "report_late": (
        "Chậm gửi báo cáo: {code}",
        "Đơn vị chưa gửi báo cáo {code} cho {office}; hạn gửi {due} đã qua.\nMở báo cáo để chốt, trình ký và gửi: {link}",
        "Cham gui bao cao {code}, han {due}. Mo: {link}",
    ),
    "sign_in_code": (
        "Mã đăng nhập của bạn",
        "Mã đăng nhập dịch vụ công của bạn là {pin}, dùng trong {minutes} phút. "
        "Không đưa mã này cho bất kỳ ai, kể cả cán bộ. Nếu bạn không xin mã, bỏ qua tin này.",
        "{pin} la ma dang nhap dich vu cong, dung trong {minutes} phut. Khong dua ma cho bat ky ai, ke ca can bo.",
    ),
    "assist_code": (
        "Mã đồng ý để được nộp hồ sơ hộ",
        "{pin} là mã để bạn đồng ý cho {office} nộp hồ sơ trực tuyến hộ bạn, được xem và điền sẵn từ tài khoản của bạn, dùng trong "
        "{minutes} phút. Chỉ đọc cho người đang ngồi giúp bạn. Không nhờ ai thì bỏ qua tin này.",
        "{pin} la ma ban dong y cho {office} nop ho so ho, dien san tu tai khoan cua ban ({minutes} phut). Chi doc cho nguoi dang giup ban.",
    ),
    "invited": (
        "Lời mời làm thay {headline}",
        "{headline} mời bạn làm thay trên dịch vụ công. Đăng nhập bằng số điện thoại hoặc thư điện tử này để trả lời: {link}",
        "{headline} moi ban lam thay tren dich vu cong. Dang nhap de tra loi: {link}",
    ),
    "assisted": (
        "Cán bộ đang lập hồ sơ hộ bạn",
        "{office} đang lập hồ sơ hộ bạn theo lời đồng ý của bạn. Đăng nhập bằng số điện thoại này để nhận hồ sơ về: {link}\n"
        "Nếu bạn không nhờ việc này, báo ngay cho cơ quan.",
        "{office} dang lap ho so ho ban. Dang nhap de nhan ve: {link} Neu ban khong nho, bao ngay cho co quan.",
    ),
    # Phản ánh, kiến nghị (NĐ 20/2008/NĐ-CP)
    "feedback_confirm": (
        "Mã xác nhận: {code}",
        "Mã xác nhận địa chỉ nhận tin của bạn là {code}, dùng trong 30 phút. Không phải bạn gửi phản ánh thì bỏ qua thư này.\n{office}",
        "Ma xac nhan gui phan anh: {code}, dung trong 30 phut.",
    ),
    "feedback_received": (
        "Đã nhận phản ánh {code}",
        "{office} đã nhận phản ánh, kiến nghị mã {code}. Hạn trả lời: {due}. Theo dõi bằng mã và mã bí mật tại: {link}",
        "Da nhan phan anh {code}. Han tra loi {due}. Theo doi: {link}",
    ),
    "feedback_declined": (
        "Phản ánh {code} không được tiếp nhận",
        "Phản ánh, kiến nghị mã {code} không được tiếp nhận. Xem lý do và nơi gửi đúng tại: {link}\n{office}",
        "Phan anh {code} khong duoc tiep nhan. Xem ly do: {link}",
    ),
    "feedback_clarify": (
        "Cần bạn làm rõ phản ánh {code}",
        "{office} đề nghị bạn làm rõ phản ánh, kiến nghị mã {code}. Đọc câu hỏi và trả lời tại: {link}",
        "Can ban lam ro phan anh {code}: {link}",
    ),
    "feedback_transferred": (
        "Phản ánh {code} đã chuyển cơ quan có thẩm quyền",
        "Phản ánh, kiến nghị mã {code} đã được chuyển đến cơ quan có thẩm quyền. Xem nơi nhận tại: {link}\n{office}",
        "Phan anh {code} da chuyen co quan co tham quyen: {link}",
    ),
    "feedback_extended": (
        "Phản ánh {code} được gia hạn xử lý",
        "{office} gia hạn xử lý phản ánh, kiến nghị mã {code}. Hạn trả lời mới: {due}. Lý do: xem tại {link}",
        "Phan anh {code} gia han xu ly den {due}: {link}",
    ),
    "feedback_answered": (
        "Đã trả lời phản ánh {code}",
        "{office} đã trả lời phản ánh, kiến nghị mã {code}. Đọc trả lời và cho biết bạn có hài lòng không tại: {link}",
        "Da tra loi phan anh {code}. Doc va cho y kien: {link}",
    ),
    "privacy_received": (
        "Đã nhận yêu cầu {code}",
        "{office} đã nhận yêu cầu về dữ liệu cá nhân mã {code}. Hạn trả lời: {due}. Xem tại: {link}",
        "Da nhan yeu cau du lieu ca nhan {code}. Han tra loi {due}.",
    ),
    "privacy_answered": (
        "Đã trả lời yêu cầu {code}",
        "{office} đã trả lời yêu cầu về dữ liệu cá nhân mã {code}. Đọc trả lời tại: {link} hoặc hỏi tại bộ phận một cửa.",
        "Da tra loi yeu cau du lieu ca nhan {code}: {link}",
    ),
    "test": (
        "Gửi thử từ {office}",
        "Đây là tin gửi thử của {office}. Không cần làm gì.",
        "Tin gui thu cua {office}. Khong can lam gi.",
    ),
}
