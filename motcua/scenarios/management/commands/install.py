"""`motcua install --admin NAME`: what every installation begins with, and its first administrator."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from motcua.accounts.actions import create_user
from motcua.accounts.models import User
from motcua.agencies.actions import assign, create_agency, create_post, grant_role
from motcua.agencies.models import Agency, Level, Role
from motcua.core import moments
from motcua.scenarios.installation import install


class Command(BaseCommand):
    help = "Cài các cấp, vai trò, lịch quốc gia, danh mục thủ tục ban đầu và tài khoản quản trị đầu tiên."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--admin", required=True, help="tên đăng nhập của quản trị viên đầu tiên")
        parser.add_argument(
            "--agency", default="Ủy ban nhân dân", help="tên cơ quan gốc, khi chưa có cơ quan nào"
        )
        parser.add_argument("--code", default="", help="mã định danh của cơ quan gốc, ví dụ H99")
        parser.add_argument("--level", default="commune", help="cấp của cơ quan gốc: province hoặc commune")

    @transaction.atomic
    def handle(
        self, *args: object, admin: str, agency: str, code: str, level: str, **options: object
    ) -> None:
        """Prints the temporary password once. Raises CommandError when the account exists."""
        now = moments.now()
        system = install(now)
        if User.objects.filter(username=admin.lower()).exists():
            raise CommandError(
                f"Tài khoản {admin} đã có. Chọn tên khác hoặc đặt lại mật khẩu trong trang quản trị."
            )
        root = Agency.objects.filter(parent=None).order_by("pk").first() or create_agency(
            name=agency, kind=Agency.Kind.COMMITTEE, valid_from=moments.today(), code=code,
            level=Level.objects.get(code=level), actor=system, at=now,
        )  # fmt: skip
        post = create_post(
            agency=root, title="Quản trị hệ thống", valid_from=moments.today(), actor=system, at=now
        )
        for role in Role.objects.filter(code__in=("administrator", "procedure_controller")):
            grant_role(post, role, subtree=True, actor=system, at=now)
        user, password = create_user(username=admin, full_name="Quản trị viên", actor=system, at=now)
        assign(user, post, valid_from=moments.today(), actor=system, at=now)
        self.stdout.write(f"Tài khoản {user.username}, mật khẩu tạm: {password} (đổi khi đăng nhập lần đầu).")
