from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "motcua.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the catalogue's pages into the menu; let people open its files; name procedures in the log."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.audit.queries import register_names
        from motcua.core.navigation import Item, register
        from motcua.files.queries import register_reader
        from motcua.procedures.queries.attachments import may_open
        from motcua.procedures.queries.record_names import names_in_log

        register_reader(may_open)
        register_names("procedure", names_in_log)

        control = (P.CATALOGUE_EDIT, P.CATALOGUE_PUBLISH, P.CATALOGUE_IMPORT)
        pages: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
            ("Thủ tục", "list", "journal-text", (), "danh mục thủ tục hành chính"),
            ("Công bố", "decisions", "megaphone", control, "quyết định công bố"),
            ("Niêm yết", "board", "signpost-split", (P.POSTING_RECORD,), "công khai bảng mã QR"),
            ("Cắt giảm thời gian", "cuts", "clock-history", (), "rút ngắn thời hạn"),
            ("Thời hạn cần xác định", "units", "question-circle", control, "đơn vị"),
            (
                "Sự kiện trong đời",
                "events",
                "signpost-split",
                control,
                "sinh con kết hôn nhà đất tìm thủ tục",
            ),
            ("Nhập danh mục", "import", "upload", (P.CATALOGUE_IMPORT,), "tệp csv json"),
        )
        for order, (label, name, icon, permission, words) in enumerate(pages, 1):
            register(Item(label, f"procedures:{name}", icon, permission, "Danh mục", order * 10, words=words))
