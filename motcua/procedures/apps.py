from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "motcua.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the catalogue's pages into the menu."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.core.navigation import Item, register

        control = (P.CATALOGUE_EDIT, P.CATALOGUE_PUBLISH, P.CATALOGUE_IMPORT)
        register(
            Item(
                "Thủ tục",
                "procedures:list",
                "journal-text",
                (),
                "Danh mục",
                10,
                words="danh mục thủ tục hành chính",
            ),
            Item(
                "Công bố",
                "procedures:decisions",
                "megaphone",
                control,
                "Danh mục",
                20,
                words="quyết định công bố",
            ),
            Item(
                "Niêm yết",
                "procedures:board",
                "signpost-split",
                P.POSTING_RECORD,
                "Danh mục",
                30,
                words="công khai bảng mã QR",
            ),
            Item(
                "Cắt giảm thời gian",
                "procedures:cuts",
                "clock-history",
                (),
                "Danh mục",
                40,
                words="rút ngắn thời hạn",
            ),
            Item(
                "Thời hạn cần xác định",
                "procedures:units",
                "question-circle",
                control,
                "Danh mục",
                50,
                words="đơn vị",
            ),
            Item(
                "Nhập danh mục",
                "procedures:import",
                "upload",
                P.CATALOGUE_IMPORT,
                "Danh mục",
                60,
                words="tệp csv json",
            ),
        )
