"""The standard roles of an installation: permission sets, as data. Screens may change them; these are the
start.

`permissions` is what a holder may do. `grants` is what a holder may hand to others through a post without
holding it: an administrator gives clerks the right to receive dossiers, but sees no personal data and
receives none.
"""

from dataclasses import dataclass, field, replace

from motcua.agencies.rules.permissions import Permission as P

_VIEW = frozenset({P.DOSSIER_VIEW, P.DOSSIER_VIEW_PERSONAL})
_RECEPTION = _VIEW | {
    P.DOSSIER_RECEIVE,
    P.DOSSIER_ASSIST,
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
        P.FEE_GATEWAY,
        P.FILE_RELEASE,
        P.AUDIT_SEAL,
        P.REPORT_TEMPLATE,
    }
)

# Phản ánh, kiến nghị: who takes it down, who answers for it, who leads. Added to the roles at the end.
_FEEDBACK_LEAD = frozenset({P.FEEDBACK_VIEW, P.FEEDBACK_APPROVE, P.FEEDBACK_VIEW_SENDER})
_FEEDBACK: dict[str, frozenset[P]] = {
    "receptionist": frozenset({P.FEEDBACK_RECEIVE}),
    "office_head": frozenset(
        {P.FEEDBACK_VIEW, P.FEEDBACK_RECEIVE, P.FEEDBACK_MANAGE, P.FEEDBACK_VIEW_SENDER}
    ),
    "officer": frozenset({P.FEEDBACK_HANDLE}),
    "division_head": frozenset({P.FEEDBACK_HANDLE}),
    "leader": _FEEDBACK_LEAD,
    "chairperson": frozenset({P.FEEDBACK_VIEW, P.FEEDBACK_APPROVE}),
    "procedure_controller": frozenset(
        {P.FEEDBACK_VIEW, P.FEEDBACK_RECEIVE, P.FEEDBACK_MANAGE, P.FEEDBACK_HANDLE, P.FEEDBACK_VIEW_SENDER}
    ),
    "reform_officer": frozenset({P.FEEDBACK_VIEW}),
    "inspector": frozenset({P.FEEDBACK_VIEW}),
    "monitor": frozenset({P.FEEDBACK_VIEW}),
}


# Requests about personal data: who takes them down, who decides, who sets how long data is kept.
_PRIVACY: dict[str, frozenset[P]] = {
    "receptionist": frozenset({P.PRIVACY_RECEIVE}),
    "office_head": frozenset({P.PRIVACY_RECEIVE, P.PRIVACY_HANDLE}),
    "privacy_officer": frozenset({P.PRIVACY_RECEIVE, P.PRIVACY_HANDLE, P.PRIVACY_RETENTION}),
    "administrator": frozenset({P.PRIVACY_RETENTION}),
}


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
                P.FORM_EDIT,
                P.FORM_PUBLISH,
                P.POSTING_RECORD,
                P.NEWS_EDIT,
                P.NEWS_PUBLISH,
                P.REPORT_READ,
                P.REPORT_FREEZE,
                P.DOSSIER_VIEW,
                P.DOSSIER_SUPERVISE,
                P.SURVEY_MANAGE,
                P.SURVEY_ENTER,
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
                P.NEWS_EDIT,
                P.SURVEY_MANAGE,
                P.SURVEY_ENTER,
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
        frozenset({P.FEE_VIEW, P.FEE_BOOK, P.FEE_REFUND, P.FEE_CLOSE, P.FEE_GATEWAY, P.REPORT_READ}),
    ),
    RoleData("quality_officer", "Phụ trách ISO", frozenset({P.PROCESS_EDIT, P.REPORT_READ})),
    RoleData(
        "web_editor",
        "Quản trị trang thông tin điện tử",
        frozenset({P.POSTING_RECORD, P.NOTIFICATION_MANAGE, P.NEWS_EDIT, P.NEWS_PUBLISH}),
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
    # Quyết định 749/QĐ-TTg, 06/QĐ-TTg: neighbours of a hamlet who show people the way and file with them; nothing else.
    RoleData("community_helper", "Thành viên tổ công nghệ số cộng đồng", frozenset({P.DOSSIER_ASSIST})),
    # Heads of hamlets write down what people tell them; they see neither dossiers nor what becomes of other feedback.
    RoleData(
        "hamlet_head",
        "Trưởng thôn, tổ trưởng tổ dân phố, người hoạt động không chuyên trách",
        frozenset({P.FEEDBACK_RECEIVE}),
    ),
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

STANDARD_ROLES = tuple(
    replace(
        role,
        permissions=role.permissions
        | _FEEDBACK.get(role.code, frozenset())
        | _PRIVACY.get(role.code, frozenset()),
    )
    for role in STANDARD_ROLES
)
BY_CODE: dict[str, RoleData] = {role.code: role for role in STANDARD_ROLES}
