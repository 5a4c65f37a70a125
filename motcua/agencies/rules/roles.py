"""The standard roles of an installation: permission sets, as data. Screens may change them; these are the
start.

`permissions` is what a holder may do. `grants` is what a holder may hand to others through a post without
holding it: an administrator gives clerks the right to receive dossiers, but sees no personal data and
receives none.
"""

from dataclasses import dataclass, field

from motcua.agencies.rules.permissions import Permission as P

_VIEW = frozenset({P.DOSSIER_VIEW, P.DOSSIER_VIEW_PERSONAL})
_RECEPTION = _VIEW | {
    P.DOSSIER_RECEIVE,
    P.DOSSIER_HAND_OVER,
    P.DOSSIER_SUPPLEMENT,
    P.DOSSIER_REFUSE,
    P.DOSSIER_WITHDRAW,
}
_RETURN = _VIEW | {P.DOSSIER_RETURN_RESULT, P.DOSSIER_HAND_OVER}
_CASH = frozenset({P.DOSSIER_VIEW, P.FEE_COLLECT, P.FEE_VIEW, P.FEE_CLOSE})
_PROCESS = _VIEW | {
    P.DOSSIER_HAND_OVER,
    P.DOSSIER_PROCESS,
    P.DOSSIER_OPINION,
    P.DOSSIER_SUPPLEMENT,
    P.DOSSIER_REFUSE,
    P.DOSSIER_SUSPEND,
    P.DOSSIER_CORRECT,
}
_LEAD = frozenset({P.DOSSIER_ASSIGN, P.DOSSIER_SUPERVISE, P.REPORT_READ, P.PEOPLE_VIEW})
_DESK = _RECEPTION | _RETURN | {P.DOSSIER_PROCESS, P.DOSSIER_OPINION, P.FEE_COLLECT, P.FEE_VIEW}
_ADMIN = frozenset(
    {
        P.AGENCY_EDIT,
        P.PEOPLE_VIEW,
        P.PEOPLE_EDIT,
        P.ROLE_GRANT,
        P.SETTING_EDIT,
        P.CALENDAR_EDIT,
        P.NOTIFICATION_MANAGE,
        P.FILE_RELEASE,
        P.AUDIT_SEAL,
        P.REPORT_TEMPLATE,
    }
)


@dataclass(frozen=True)
class RoleData:
    """A role: code, Vietnamese name, what it may do, what it may hand out, whether it needs a second
    factor.
    """

    code: str
    name: str
    permissions: frozenset[P]
    requires_totp: bool = False
    grants: frozenset[P] = field(default_factory=frozenset)


STANDARD_ROLES: tuple[RoleData, ...] = (
    RoleData("receptionist", "Cán bộ tiếp nhận hồ sơ", _RECEPTION),
    RoleData("returner", "Cán bộ trả kết quả", _RETURN),
    RoleData("cashier", "Thu ngân phí, lệ phí", _CASH),
    RoleData(
        "office_head",
        "Trưởng Bộ phận Một cửa / Giám đốc Trung tâm Phục vụ hành chính công",
        _RECEPTION
        | _RETURN
        | _CASH
        | _LEAD
        | {P.FEE_BOOK, P.FEE_EXEMPT, P.FEE_REFUND, P.DOSSIER_APOLOGISE, P.POSTING_RECORD},
    ),
    RoleData("officer", "Chuyên viên thụ lý", _PROCESS),
    RoleData(
        "division_head",
        "Trưởng phòng, ban",
        _PROCESS | _LEAD | {P.DOSSIER_SIGN, P.DOSSIER_STOP, P.DOSSIER_APOLOGISE},
    ),
    RoleData(
        "leader",
        "Lãnh đạo ký (UBND, sở, ngành)",
        _VIEW
        | _LEAD
        | {
            P.DOSSIER_SIGN,
            P.DOSSIER_STOP,
            P.DOSSIER_APOLOGISE,
            P.DOSSIER_REFUSE,
            P.FEE_VIEW,
            P.DOSSIER_OPINION,
            P.REPORT_READ,
            P.REPORT_SIGN,
        },
        requires_totp=True,
    ),
    RoleData(
        "chairperson",
        "Chủ tịch (giám sát)",
        frozenset({P.DOSSIER_VIEW, P.DOSSIER_SUPERVISE, P.REPORT_READ, P.REPORT_SIGN}),
    ),
    RoleData("clerk", "Văn thư", _VIEW | {P.DOSSIER_ISSUE, P.DOSSIER_HAND_OVER}),
    RoleData(
        "procedure_controller",
        "Cán bộ đầu mối kiểm soát thủ tục hành chính",
        frozenset(
            {
                P.CATALOGUE_EDIT,
                P.CATALOGUE_PUBLISH,
                P.CATALOGUE_IMPORT,
                P.PROCESS_EDIT,
                P.POSTING_RECORD,
                P.REPORT_READ,
                P.REPORT_FREEZE,
                P.DOSSIER_VIEW,
                P.DOSSIER_SUPERVISE,
            }
        ),
    ),
    RoleData(
        "reform_officer",
        "Công chức cải cách hành chính",
        frozenset(
            {
                P.REPORT_READ,
                P.REPORT_FREEZE,
                P.REPORT_TEMPLATE,
                P.DOSSIER_VIEW,
                P.DOSSIER_SUPERVISE,
                P.POSTING_RECORD,
            }
        ),
    ),
    RoleData(
        "justice_reviewer", "Cán bộ tư pháp (rà soát văn bản)", frozenset({P.CATALOGUE_EDIT, P.REPORT_READ})
    ),
    RoleData("personnel_officer", "Cán bộ tổ chức – biên chế", frozenset({P.PEOPLE_VIEW, P.REPORT_READ})),
    RoleData(
        "accountant",
        "Kế toán – tài chính",
        frozenset({P.FEE_VIEW, P.FEE_BOOK, P.FEE_REFUND, P.FEE_CLOSE, P.REPORT_READ}),
    ),
    RoleData("quality_officer", "Phụ trách ISO", frozenset({P.PROCESS_EDIT, P.REPORT_READ})),
    RoleData(
        "web_editor", "Quản trị trang thông tin điện tử", frozenset({P.POSTING_RECORD, P.NOTIFICATION_MANAGE})
    ),
    RoleData(
        "inspector",
        "Thành viên đoàn kiểm tra",
        frozenset({P.DOSSIER_VIEW, P.DOSSIER_SUPERVISE, P.REPORT_READ, P.FEE_VIEW}),
    ),
    RoleData(
        "monitor",
        "Theo dõi của cấp trên (tỉnh, huyện trước 1-7-2025)",
        frozenset({P.DOSSIER_SUPERVISE, P.REPORT_READ}),
    ),
    RoleData("scorer", "Người tự chấm điểm chỉ số của đơn vị", frozenset({P.REPORT_READ})),
    RoleData("appraiser", "Hội đồng thẩm định chỉ số", frozenset({P.REPORT_READ, P.DOSSIER_VIEW})),
    RoleData("police_desk", "Quầy Công an", _DESK),
    RoleData("insurance_desk", "Quầy Bảo hiểm xã hội", _DESK),
    RoleData("tax_desk", "Quầy Thuế", _DESK | {P.DOSSIER_SUSPEND}),
    RoleData("land_desk", "Quầy Đăng ký đất đai", _DESK | {P.DOSSIER_SUSPEND}),
    RoleData("postman", "Nhân viên bưu chính công ích", frozenset({P.DOSSIER_VIEW, P.DOSSIER_HAND_OVER})),
    RoleData(
        "administrator",
        "Quản trị hệ thống",
        _ADMIN | {P.ROLE_EDIT},
        requires_totp=True,
        grants=frozenset(P),
    ),
    RoleData(
        "agency_administrator",
        "Quản trị của cơ quan",
        _ADMIN - {P.AUDIT_SEAL, P.FILE_RELEASE},
        grants=frozenset(P) - {P.ROLE_EDIT, P.AUDIT_SEAL, P.PRIVACY_MANAGE},
    ),
    RoleData(
        "auditor", "Kiểm toán nhật ký (chỉ đọc)", frozenset({P.AUDIT_READ, P.REPORT_READ}), requires_totp=True
    ),
    RoleData(
        "privacy_officer",
        "Cán bộ bảo vệ dữ liệu cá nhân",
        frozenset({P.PRIVACY_MANAGE, P.AUDIT_READ, P.DOSSIER_VIEW, P.DOSSIER_VIEW_PERSONAL}),
        requires_totp=True,
    ),
)

BY_CODE: dict[str, RoleData] = {role.code: role for role in STANDARD_ROLES}
