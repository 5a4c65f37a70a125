from django.apps import AppConfig


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
