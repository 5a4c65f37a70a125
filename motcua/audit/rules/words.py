"""What a person reads for the kind of an event and for the record that it is about."""

import re
from collections.abc import Mapping

from motcua.core.text import fold

_THINGS = {
    "agency": "cơ quan",
    "assistance": "lượt hỗ trợ",
    "assignment": "phân công vị trí",
    "calendar": "lịch làm việc",
    "cash_day": "ngày thu",
    "charge": "khoản thu",
    "delegation": "ủy quyền",
    "dossier": "hồ sơ",
    "feedback": "phản ánh",
    "file": "tệp",
    "held": "giấy tờ trong kho",
    "identity_provider": "nguồn đăng nhập một lần",
    "message": "tin nhắn",
    "office": "bộ phận một cửa",
    "organisation": "doanh nghiệp, tổ chức",
    "payment_account": "tài khoản thu",
    "post": "vị trí",
    "posting": "nơi niêm yết",
    "procedure": "thủ tục",
    "process": "quy trình",
    "receipt": "biên lai",
    "receipt_book": "quyển biên lai",
    "reply": "mẫu trả lời",
    "report": "báo cáo",
    "role": "vai trò",
    "seat": "quầy của cơ quan",
    "setting": "tham số",
    "template": "mẫu thông báo",
    "transfer": "giao dịch chuyển khoản",
    "user": "tài khoản",
}
_ACTS = {
    "began": "Bắt đầu",
    "cancel": "Hủy",
    "cancelled": "Hủy",
    "changed": "Sửa",
    "closed": "Đóng",
    "created": "Tạo",
    "discarded": "Bỏ bản nháp",
    "drafted": "Soạn",
    "dropped": "Bỏ",
    "ended": "Kết thúc",
    "exempt": "Miễn",
    "given": "Cho",
    "granted": "Gắn",
    "imported": "Nhập từ tệp",
    "infected": "Phát hiện mã độc trong",
    "installed": "Cài đặt",
    "issued": "Lập",
    "loaded": "Nạp",
    "made": "Lập",
    "moved": "Chuyển",
    "opened": "Mở",
    "pay": "Nộp",
    "posted": "Niêm yết",
    "published": "Công bố",
    "recorded": "Ghi",
    "refund": "Hoàn trả",
    "released": "Cho mở",
    "repealed": "Bãi bỏ",
    "resolved": "Xử lý",
    "revoked": "Thu hồi",
    "safe": "Quét sạch",
    "set": "Đặt",
    "stored": "Lưu",
    "updated": "Sửa",
    "withdrawn": "Thu hồi",
    "written": "Soạn",
}
# Prefixes of chains that are not the name of a thing with "_" for "-".
_RECORDS = {
    "privacy": "yêu cầu về dữ liệu cá nhân",
    "retention": "thời hạn lưu giữ",
    "fees": "khoản thu của",
    "views": "việc xem dữ liệu cá nhân của",
}
_WHOLE = {
    "agency.procedures_offered": "Giao thủ tục cho cơ quan",
    "agency.succeeded": "Chuyển cho cơ quan kế thừa",
    "assignment.carried": "Chuyển phân công sang cơ quan mới",
    "calendar.day_removed": "Bỏ ngày riêng trong lịch",
    "calendar.day_set": "Đặt ngày nghỉ, làm bù",
    "calendar.sessions_set": "Đặt giờ làm việc",
    "calendar.year_announced": "Nhập lịch nghỉ năm đã công bố",
    "cash_day.closed": "Khóa sổ ngày thu",
    "charge.cancel_receipt": "Hủy biên lai của khoản thu",
    "dossier.assigned": "Giao việc",
    "dossier.attach_scan": "Thêm bản quét",
    "dossier.claimed": "Nhận việc",
    "dossier.link_external": "Ghi mã ở hệ thống khác",
    "dossier.message": "Trao đổi",
    "dossier.payment": "Phí, lệ phí",
    "dossier.released": "Trả lại việc",
    "dossier.reprint": "In lại phiếu",
    "dossier.reproject": "Tính lại hạn theo lịch mới",
    "dossier.return_originals": "Trả bản chính",
    "dossier.sign_electronically": "Ký số kết quả",
    "dossier.stage_opened": "Mở bước tiếp theo",
    "dossier.transferred_to_successor": "Chuyển giao cho cơ quan kế thừa",
    "message.sent_again": "Gửi lại tin nhắn",
    "posting.place_added": "Thêm nơi niêm yết",
    "posting.place_ended": "Bỏ nơi niêm yết",
    "procedure.amended": "Công bố thủ tục sửa đổi, bổ sung",
    "procedure.decision_scanned": "Đính bản quét quyết định công bố",
    "procedure.draft_discarded": "Bỏ bản nháp thủ tục",
    "procedure.draft_edited": "Sửa bản nháp thủ tục",
    "procedure.guide_drafted": "Lập dự thảo hướng dẫn nhanh",
    "procedure.guide_changed": "Sửa dự thảo hướng dẫn nhanh",
    "procedure.guide_published": "Đưa hướng dẫn nhanh vào dùng",
    "procedure.guide_discarded": "Hủy dự thảo hướng dẫn nhanh",
    "procedure.guide_ended": "Ngừng dùng hướng dẫn nhanh",
    "procedure.words_written": "Viết lời thường cho thủ tục",
    "catalogue.life_event_saved": "Lưu sự kiện trong đời",
    "catalogue.life_event_removed": "Bỏ sự kiện trong đời",
    "news.written": "Soạn tin bài",
    "news.changed": "Sửa tin bài",
    "news.picture_set": "Đặt ảnh cho tin bài",
    "news.published": "Đăng tin bài",
    "news.withdrawn": "Gỡ tin bài",
    "document.entered": "Lập tài liệu công khai",
    "document.changed": "Sửa tài liệu công khai",
    "document.file_attached": "Đính tệp tài liệu công khai",
    "document.published": "Công khai tài liệu",
    "document.removed": "Gỡ tài liệu công khai",
    "board.saved": "Lưu bảng công khai",
    "board.kind_saved": "Lưu loại tài liệu công khai",
    "procedure.fee_added": "Thêm mức phí, lệ phí",
    "procedure.fee_ended": "Kết thúc mức phí, lệ phí",
    "form.created": "Lập tờ khai điện tử",
    "form.drafted": "Lập dự thảo tờ khai điện tử",
    "form.edited": "Sửa dự thảo tờ khai điện tử",
    "form.discarded": "Hủy dự thảo tờ khai điện tử",
    "form.imported": "Nhập tờ khai điện tử từ tệp",
    "form.published": "Ban hành tờ khai điện tử",
    "procedure.form_bound": "Gắn tờ khai điện tử với thủ tục",
    "places.loaded": "Nạp danh mục đơn vị hành chính",
    "procedure.file_attached": "Đính tệp mẫu vào thủ tục",
    "procedure.file_removed": "Gỡ tệp mẫu khỏi thủ tục",
    "procedure.new": "Công bố thủ tục mới ban hành",
    "procedure.offered": "Giao thủ tục cho cơ quan",
    "procedure.offering_ended": "Thôi giao thủ tục",
    "procedure.replaced": "Công bố thay thế thủ tục",
    "procedure.suspended": "Công bố tạm dừng thủ tục",
    "procedure.template_ended": "Thôi dùng mẫu kết quả của thủ tục",
    "procedure.template_set": "Đặt mẫu kết quả của thủ tục",
    "procedure.taken_down": "Gỡ niêm yết thủ tục",
    "procedure.units_settled": "Xác định đơn vị thời hạn",
    "process.stage_added": "Thêm bước quy trình",
    "process.stage_edited": "Sửa bước quy trình",
    "process.stage_moved": "Đổi thứ tự bước",
    "process.stage_removed": "Bỏ bước quy trình",
    "process.task_added": "Thêm việc trong bước",
    "process.task_edited": "Sửa việc trong bước",
    "process.task_removed": "Bỏ việc trong bước",
    "assistance.started": "Bắt đầu lập hồ sơ hộ người dân",
    "assistance.claimed": "Người dân nhận về hồ sơ lập hộ",
    "assistance.confirmed": "Người dân xác nhận bằng mã trên điện thoại",
    "assistance.ended": "Kết thúc lượt lập hồ sơ hộ",
    "assistance.filed": "Nộp hồ sơ trực tuyến hộ người dân",
    "organisation.declared": "Khai doanh nghiệp, tổ chức",
    "organisation.confirmed": "Xác nhận doanh nghiệp, tổ chức",
    "organisation.invited": "Mời người làm thay doanh nghiệp, tổ chức",
    "organisation.joined": "Nhận lời mời vào doanh nghiệp, tổ chức",
    "organisation.invitation_refused": "Từ chối lời mời vào doanh nghiệp, tổ chức",
    "organisation.invitation_cancelled": "Hủy lời mời vào doanh nghiệp, tổ chức",
    "organisation.left": "Thôi làm thay doanh nghiệp, tổ chức",
    "user.address_proven": "Xác minh điện thoại, thư điện tử",
    "user.authorised": "Ủy quyền cho người khác",
    "user.authorisation_revoked": "Chấm dứt ủy quyền",
    "user.code_sent": "Gửi mã đăng nhập một lần",
    "user.identity_linked": "Liên kết định danh điện tử",
    "user.identity_proven": "Xác minh số định danh",
    "user.identity_unlinked": "Bỏ liên kết định danh điện tử",
    "identity_provider.saved": "Lưu nguồn đăng nhập một lần",
    "user.corrected_by_office": "Cơ quan sửa thông tin theo yêu cầu của chủ dữ liệu",
    "user.erased": "Xóa tài khoản theo yêu cầu của chủ dữ liệu",
    "user.profile_corrected": "Sửa thông tin cá nhân",
    "user.signed_up": "Lập tài khoản công dân",
    "user.code_failed": "Sai mã xác thực",
    "user.deactivated": "Khóa tài khoản",
    "user.factor_added": "Bật xác thực hai lớp",
    "user.factor_removed": "Tắt xác thực hai lớp",
    "user.sessions_ended": "Đăng xuất ở các thiết bị khác",
    "user.locked_out": "Tạm khóa vì đăng nhập sai",
    "user.password_changed": "Đổi mật khẩu",
    "user.password_reset": "Cấp lại mật khẩu",
    "user.reactivated": "Mở lại tài khoản",
    "user.sign_in_failed": "Đăng nhập sai",
    "user.signed_in": "Đăng nhập",
    "user.signed_out": "Đăng xuất",
    "user.totp_reset": "Gỡ xác thực hai lớp",
    "report.amended": "Lập bản sửa đổi báo cáo",
    "report.frozen": "Chốt số liệu báo cáo",
    "report.sent": "Gửi báo cáo",
    "report.signed": "Ký báo cáo",
    "role.renewed": "Thêm quyền mới của phiên bản vào vai trò",
    "view.personal_data": "Xem dữ liệu cá nhân",
}


def teach(words: Mapping[str, str]) -> None:
    """Let an app above name the kinds of its own events; call it from `ready()`."""
    _WHOLE.update(words)


def say(kind: str) -> str:
    """The kind in words: "receipt.issued" -> "Lập biên lai"; one that nobody has named stays as it is."""
    if kind in _WHOLE:
        return _WHOLE[kind]
    thing, _, act = kind.partition(".")
    return f"{_ACTS[act]} {_THINGS[thing]}" if act in _ACTS and thing in _THINGS else kind


def record(prefix: str, rest: str, name: str) -> str:
    """The record of a chain "<prefix>/<rest>" in words, by its name or else by its number."""
    thing = _RECORDS.get(prefix) or _THINGS.get(prefix.replace("-", "_"))
    if prefix == "calendar" and rest == "0":
        return "lịch làm việc toàn quốc"
    return f"{thing} {name or rest}" if thing else name or f"{prefix}/{rest}"


def kinds_called(words: str) -> list[str] | None:
    """The kinds meant by what a person typed: "nhận hồ sơ" finds every kind that says so, with accents or without.

    None when it is the beginning of a kind's own name ("dossier.re").
    """
    if re.fullmatch(r"[a-z_]+\.\w*", words):
        return None
    wanted = fold(words)
    return [kind for kind in _all_kinds() if wanted in fold(say(kind))]


def _all_kinds() -> list[str]:
    return [*_WHOLE, *(f"{thing}.{act}" for thing in _THINGS for act in _ACTS)]
