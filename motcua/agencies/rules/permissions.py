"""Every permission of the software, and what a person reads for it.

A permission is held in an agency or in its subtree, through a role on a post. The code before the dot
names the record, the code after it the act. `PERSONAL` lists those that open personal data in full (Luật
Bảo vệ dữ liệu cá nhân 91/2025).
"""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    """What one may do; the value is what roles store."""

    DOSSIER_RECEIVE = "dossier.receive"
    DOSSIER_ASSIST = "dossier.assist"
    DOSSIER_HAND_OVER = "dossier.hand_over"
    DOSSIER_RETURN_RESULT = "dossier.return_result"
    DOSSIER_VIEW = "dossier.view"
    DOSSIER_VIEW_PERSONAL = "dossier.view_personal"
    DOSSIER_PROCESS = "dossier.process"
    DOSSIER_ASSIGN = "dossier.assign"
    DOSSIER_OPINION = "dossier.opinion"
    DOSSIER_SUPPLEMENT = "dossier.supplement"
    DOSSIER_REFUSE = "dossier.refuse"
    DOSSIER_WITHDRAW = "dossier.withdraw"
    DOSSIER_SUSPEND = "dossier.suspend"
    DOSSIER_SIGN = "dossier.sign"
    DOSSIER_ISSUE = "dossier.issue"
    DOSSIER_STOP = "dossier.stop"
    DOSSIER_APOLOGISE = "dossier.apologise"
    DOSSIER_CORRECT = "dossier.correct"
    DOSSIER_SUPERVISE = "dossier.supervise"
    FEE_COLLECT = "fee.collect"
    FEE_EXEMPT = "fee.exempt"
    FEE_REFUND = "fee.refund"
    FEE_CLOSE = "fee.close"
    FEE_VIEW = "fee.view"
    FEE_BOOK = "fee.book"
    FEE_GATEWAY = "fee.gateway"
    CATALOGUE_EDIT = "catalogue.edit"
    CATALOGUE_PUBLISH = "catalogue.publish"
    CATALOGUE_IMPORT = "catalogue.import"
    PROCESS_EDIT = "process.edit"
    POSTING_RECORD = "posting.record"
    FORM_EDIT = "form.edit"
    FORM_PUBLISH = "form.publish"
    CALENDAR_EDIT = "calendar.edit"
    AGENCY_EDIT = "agency.edit"
    PEOPLE_VIEW = "people.view"
    PEOPLE_EDIT = "people.edit"
    ROLE_EDIT = "role.edit"
    ROLE_GRANT = "role.grant"
    SETTING_EDIT = "setting.edit"
    AUDIT_READ = "audit.read"
    AUDIT_SEAL = "audit.seal"
    REPORT_READ = "report.read"
    REPORT_FREEZE = "report.freeze"
    REPORT_SIGN = "report.sign"
    REPORT_TEMPLATE = "report.template"
    FILE_RELEASE = "file.release"
    PRIVACY_MANAGE = "privacy.manage"
    PRIVACY_RECEIVE = "privacy.receive"
    PRIVACY_HANDLE = "privacy.handle"
    PRIVACY_RETENTION = "privacy.retention"
    NOTIFICATION_MANAGE = "notification.manage"
    NEWS_EDIT = "news.edit"
    NEWS_PUBLISH = "news.publish"
    FEEDBACK_VIEW = "feedback.view"
    FEEDBACK_RECEIVE = "feedback.receive"
    FEEDBACK_MANAGE = "feedback.manage"
    FEEDBACK_HANDLE = "feedback.handle"
    FEEDBACK_APPROVE = "feedback.approve"
    FEEDBACK_VIEW_SENDER = "feedback.view_sender"
    SURVEY_MANAGE = "survey.manage"
    SURVEY_ENTER = "survey.enter"


LABELS: dict[Permission, str] = {
    Permission.DOSSIER_RECEIVE: "Tiếp nhận hồ sơ",
    Permission.DOSSIER_ASSIST: "Lập hồ sơ hộ người dân có mặt",
    Permission.DOSSIER_HAND_OVER: "Chuyển, giao nhận hồ sơ",
    Permission.DOSSIER_RETURN_RESULT: "Trả kết quả",
    Permission.DOSSIER_VIEW: "Xem hồ sơ (che dữ liệu cá nhân)",
    Permission.DOSSIER_VIEW_PERSONAL: "Xem đầy đủ dữ liệu cá nhân trong hồ sơ",
    Permission.DOSSIER_PROCESS: "Thụ lý, giải quyết hồ sơ",
    Permission.DOSSIER_ASSIGN: "Phân công thụ lý",
    Permission.DOSSIER_OPINION: "Cho ý kiến phối hợp",
    Permission.DOSSIER_SUPPLEMENT: "Yêu cầu bổ sung hồ sơ",
    Permission.DOSSIER_REFUSE: "Từ chối tiếp nhận, từ chối giải quyết",
    Permission.DOSSIER_WITHDRAW: "Ghi nhận rút hồ sơ",
    Permission.DOSSIER_SUSPEND: "Tạm dừng tính thời hạn (nghĩa vụ tài chính)",
    Permission.DOSSIER_SIGN: "Ký duyệt kết quả",
    Permission.DOSSIER_ISSUE: "Đóng dấu, vào sổ, phát hành kết quả",
    Permission.DOSSIER_STOP: "Dừng giải quyết hồ sơ",
    Permission.DOSSIER_APOLOGISE: "Xin lỗi và hẹn lại ngày trả kết quả",
    Permission.DOSSIER_CORRECT: "Sửa sai sót trên hồ sơ, kết quả",
    Permission.DOSSIER_SUPERVISE: "Theo dõi tiến độ của đơn vị",
    Permission.FEE_COLLECT: "Thu phí, lệ phí",
    Permission.FEE_EXEMPT: "Miễn, giảm phí, lệ phí",
    Permission.FEE_REFUND: "Hoàn trả phí, lệ phí",
    Permission.FEE_CLOSE: "Khóa sổ thu trong ngày",
    Permission.FEE_VIEW: "Xem khoản thu, biên lai",
    Permission.FEE_BOOK: "Quản lý quyển biên lai",
    Permission.FEE_GATEWAY: "Quản lý cổng thanh toán trực tuyến",
    Permission.CATALOGUE_EDIT: "Sửa danh mục thủ tục hành chính",
    Permission.CATALOGUE_PUBLISH: "Công bố, bãi bỏ thủ tục hành chính",
    Permission.CATALOGUE_IMPORT: "Nhập, xuất danh mục thủ tục bằng tệp",
    Permission.PROCESS_EDIT: "Sửa quy trình nội bộ",
    Permission.POSTING_RECORD: "Ghi nhận niêm yết công khai",
    Permission.FORM_EDIT: "Soạn tờ khai điện tử",
    Permission.FORM_PUBLISH: "Ban hành tờ khai điện tử, gắn với thủ tục",
    Permission.CALENDAR_EDIT: "Sửa lịch làm việc",
    Permission.AGENCY_EDIT: "Sửa cơ quan, bộ phận một cửa, vị trí",
    Permission.PEOPLE_VIEW: "Xem danh sách cán bộ, công chức",
    Permission.PEOPLE_EDIT: "Quản lý tài khoản và phân công vị trí",
    Permission.ROLE_EDIT: "Sửa vai trò và bộ quyền",
    Permission.ROLE_GRANT: "Gắn vai trò cho vị trí",
    Permission.SETTING_EDIT: "Sửa tham số",
    Permission.AUDIT_READ: "Đọc nhật ký",
    Permission.AUDIT_SEAL: "Niêm phong, kiểm tra nhật ký",
    Permission.REPORT_READ: "Xem báo cáo, thống kê",
    Permission.REPORT_FREEZE: "Chốt, gửi, điều chỉnh báo cáo",
    Permission.REPORT_SIGN: "Ký duyệt báo cáo",
    Permission.REPORT_TEMPLATE: "Sửa mẫu báo cáo",
    Permission.FILE_RELEASE: "Xử lý tệp đang cách ly",
    Permission.PRIVACY_MANAGE: "Xem ai đã xem dữ liệu cá nhân",
    Permission.PRIVACY_RECEIVE: "Ghi nhận yêu cầu của người dân về dữ liệu cá nhân",
    Permission.PRIVACY_HANDLE: "Giải quyết yêu cầu của người dân về dữ liệu cá nhân",
    Permission.PRIVACY_RETENTION: "Đặt thời hạn lưu giữ dữ liệu cá nhân",
    Permission.NOTIFICATION_MANAGE: "Quản lý tin nhắn, mẫu thông báo",
    Permission.NEWS_EDIT: "Soạn tin bài, tài liệu công khai",
    Permission.NEWS_PUBLISH: "Đăng, gỡ tin bài, tài liệu công khai",
    Permission.FEEDBACK_VIEW: "Xem sổ phản ánh, kiến nghị (không thấy người gửi)",
    Permission.FEEDBACK_RECEIVE: "Ghi nhận phản ánh, kiến nghị của người dân",
    Permission.FEEDBACK_MANAGE: "Phân loại, chuyển, phân công, công khai phản ánh, kiến nghị",
    Permission.FEEDBACK_HANDLE: "Được phân công xác minh, trả lời phản ánh, kiến nghị",
    Permission.FEEDBACK_APPROVE: "Duyệt trả lời phản ánh, kiến nghị",
    Permission.FEEDBACK_VIEW_SENDER: "Xem người gửi phản ánh, kiến nghị",
    Permission.SURVEY_MANAGE: "Lập bộ câu hỏi, khảo sát; bốc mẫu, đóng khảo sát",
    Permission.SURVEY_ENTER: "Hỏi qua điện thoại, nhập phiếu khảo sát",
}

GROUPS: tuple[tuple[str, str], ...] = (
    ("dossier", "Hồ sơ"),
    ("fee", "Phí, lệ phí"),
    ("catalogue", "Danh mục thủ tục"),
    ("process", "Quy trình nội bộ"),
    ("posting", "Niêm yết"),
    ("form", "Tờ khai điện tử"),
    ("calendar", "Lịch làm việc"),
    ("agency", "Cơ quan"),
    ("people", "Cán bộ, công chức"),
    ("role", "Vai trò"),
    ("setting", "Tham số"),
    ("audit", "Nhật ký"),
    ("report", "Báo cáo"),
    ("file", "Tệp"),
    ("privacy", "Dữ liệu cá nhân"),
    ("notification", "Thông báo"),
    ("news", "Tin bài, công khai"),
    ("feedback", "Phản ánh, kiến nghị"),
    ("survey", "Khảo sát"),
)

PERSONAL = frozenset(
    {
        Permission.DOSSIER_VIEW_PERSONAL,
        Permission.PRIVACY_MANAGE,
        Permission.PRIVACY_HANDLE,
        Permission.FEEDBACK_VIEW_SENDER,
    }
)


_CODES = frozenset(p.value for p in Permission)


def known(codes: Iterable[str]) -> frozenset[str]:
    """The codes that are permissions of this version; others (of an older or newer one) are dropped."""
    return _CODES.intersection(codes)


def grouped() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """All permissions as (group name, ((code, label), ...)) in the order that screens show them."""
    return tuple(
        (name, tuple((p.value, LABELS[p]) for p in Permission if p.value.split(".")[0] == prefix))
        for prefix, name in GROUPS
    )


def inherited(permission: str) -> bool:
    """Whether a successor holds it for the agencies whose place it took: its dossiers and their money, not its house."""
    return permission.startswith(("dossier.", "fee.", "feedback."))
