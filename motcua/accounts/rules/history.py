"""What happened to an account, in words for its owner."""

LABELS = {
    "user.signed_in": "Đăng nhập",
    "user.signed_out": "Đăng xuất",
    "user.sign_in_failed": "Đăng nhập sai mật khẩu",
    "user.locked_out": "Tạm khóa vì nhập sai nhiều lần",
    "user.code_failed": "Nhập sai mã xác thực",
    "user.code_sent": "Gửi mã đăng nhập",
    "user.signed_up": "Lập tài khoản",
    "user.profile_corrected": "Sửa thông tin cá nhân",
    "user.corrected_by_office": "Cơ quan sửa thông tin theo yêu cầu của chủ dữ liệu",
    "user.erased": "Xóa tài khoản theo yêu cầu của chủ dữ liệu",
    "user.address_proven": "Xác minh điện thoại, thư điện tử",
    "user.identity_proven": "Xác minh số định danh",
    "user.identity_linked": "Liên kết định danh điện tử",
    "user.authorised": "Ủy quyền cho người khác",
    "user.authorisation_revoked": "Chấm dứt ủy quyền",
    "user.password_changed": "Đổi mật khẩu",
    "user.password_reset": "Được cấp mật khẩu tạm",
    "user.factor_added": "Bật xác thực hai lớp",
    "user.factor_removed": "Tắt xác thực hai lớp",
    "user.totp_reset": "Được gỡ xác thực hai lớp",
    "user.created": "Lập tài khoản",
    "user.sessions_ended": "Đăng xuất ở các thiết bị khác",
    "user.updated": "Sửa thông tin",
    "user.deactivated": "Khóa tài khoản",
    "user.reactivated": "Mở lại tài khoản",
}


def label(kind: str) -> str | None:
    """The words for an event of the account; None for one that is not about the account itself."""
    return LABELS.get(kind)
