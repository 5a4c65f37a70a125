from typing import Any

from django.apps import AppConfig


def _citizens() -> list[Any]:
    """The lines of the menu about citizens' accounts and organisations."""
    from motcua.agencies.rules.permissions import Permission
    from motcua.core.navigation import Item

    words = "xác nhận người đại diện mã số thuế"
    right, papers = Permission.DOSSIER_RECEIVE, "căn cước hộ chiếu người nước ngoài đối chiếu giấy tờ"
    return [
        Item(
            "Xác minh tài khoản",
            "agencies:prove_citizen",
            "person-check",
            right,
            "Người dân",
            45,
            words=papers,
        ),
        Item(
            "Doanh nghiệp, tổ chức", "agencies:organisations", "building", right, "Người dân", 50, words=words
        ),
    ]


class AgenciesConfig(AppConfig):
    name = "motcua.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to sign-in; put the administrator's pages into the menu."""
        from motcua.agencies import receivers  # noqa: F401
        from motcua.agencies.queries import chain_of_code, record_names
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.audit.queries import register_names, register_resolver
        from motcua.core.navigation import Item, register

        register_resolver(chain_of_code)
        for prefix, namer in record_names.NAMERS.items():
            register_names(prefix, namer)

        pages = (P.AGENCY_EDIT, P.PEOPLE_VIEW)
        register(
            Item(
                "Cơ quan", "agencies:tree", "diagram-3", pages, "Quản trị", 10, words="đơn vị phòng ban quầy"
            ),
            Item(
                "Cán bộ",
                "agencies:people",
                "people",
                P.PEOPLE_VIEW,
                "Quản trị",
                20,
                words="tài khoản mật khẩu",
            ),
            Item(
                "Vai trò",
                "agencies:roles",
                "shield-check",
                (P.ROLE_EDIT, P.ROLE_GRANT),
                "Quản trị",
                30,
                words="quyền",
            ),
            Item(
                "Tham số",
                "agencies:settings",
                "sliders",
                P.SETTING_EDIT,
                "Quản trị",
                40,
                words="cấu hình cài đặt",
            ),
            *_citizens(),
            Item(
                "Ủy quyền",
                "agencies:delegations",
                "person-check",
                (),
                "Quản trị",
                90,
                words="đi vắng thay mặt",
            ),
        )
