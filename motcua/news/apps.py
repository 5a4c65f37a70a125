from django.apps import AppConfig


class NewsConfig(AppConfig):
    """News, notices and published boards of a locality."""

    name = "motcua.news"
    label = "news"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the editors' pages into the menu; let people open pictures and documents."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.core.navigation import Item, register
        from motcua.files.queries import register_reader
        from motcua.news.queries.files import may_open

        register_reader(may_open)
        editors = (P.NEWS_EDIT, P.NEWS_PUBLISH)
        register(
            Item("Tin bài", "news:articles", "megaphone", editors, "Người dân", 60, words="tin tức thông báo tuyên truyền"),
            Item("Bảng công khai", "news:boards", "signpost-split", editors, "Người dân", 70, words="ngân sách tài liệu niêm yết"),
        )  # fmt: skip
