"""`motcua roles [--renew]`: what this version's standard roles may do beyond those of this installation."""

from django.core.management.base import CommandError, CommandParser

from motcua.accounts.models import User
from motcua.agencies.actions import RoleNews, renew_standards
from motcua.agencies.rules.permissions import LABELS, Permission
from motcua.core import moments
from motcua.core.commands import PlainCommand


class Command(PlainCommand):
    help = (
        "Sau khi nâng cấp: nêu quyền mới của các vai trò chuẩn mà hệ thống này chưa có; --renew thì thêm vào."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--renew", action="store_true", help="thêm các quyền mới vào vai trò, ghi nhật ký"
        )

    def handle(self, *args: object, renew: bool, **options: object) -> None:
        """Prints role by role. Raises CommandError before `motcua install` has run."""
        system = User.objects.filter(kind=User.Kind.SYSTEM).order_by("pk").first()
        if system is None:
            raise CommandError("Chưa cài đặt: chạy `motcua install --admin TÊN` trước.")
        news = renew_standards(actor=system, at=moments.now(), save=renew)
        for one in news:
            self._tell(one, "Đã thêm" if renew else "Mới")
        fresh = [one for one in news if one.permissions or one.grants]
        if not fresh:
            self.stdout.write("Các vai trò chuẩn đã có đủ quyền của phiên bản này.")
        elif not renew:
            self.stdout.write("Chưa thay đổi gì. Chạy `motcua roles --renew` để thêm.")

    def _tell(self, news: RoleNews, word: str) -> None:
        self.stdout.write(f"{news.role.name} ({news.role.code})")
        parts = ((word, news.permissions), (f"{word}, để giao cho người khác", news.grants), ("Đã bị bỏ bằng tay, để nguyên", news.taken_away))  # fmt: skip
        for title, codes in parts:
            for code in sorted(codes):
                self.stdout.write(f"  {title}: {LABELS[Permission(code)]} [{code}]")
