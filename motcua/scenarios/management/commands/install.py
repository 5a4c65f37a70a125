"""`motcua install --admin NAME`: what every installation begins with, and its first administrator; `--upgrade`: what came since."""

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from motcua.accounts.actions import create_user
from motcua.accounts.models import User
from motcua.agencies.actions import assign, create_agency, create_post, grant_role, install_standards
from motcua.agencies.models import Agency, Level, Role
from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.news.actions import load_starting_boards
from motcua.places.actions import load_units
from motcua.procedures.actions import load_life_events
from motcua.scenarios.installation import install, system_account
from motcua.statistics.actions import install_index
from motcua.surveys.actions import install_topics


class Command(PlainCommand):
    help = "Cài các cấp, vai trò, lịch quốc gia, danh mục thủ tục ban đầu và tài khoản quản trị đầu tiên."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--admin", default="", help="tên đăng nhập của quản trị viên đầu tiên")
        which.add_argument(
            "--upgrade",
            action="store_true",
            help="đang dùng rồi: chỉ thêm dữ liệu gốc mà phiên bản mới mang đến",
        )
        parser.add_argument(
            "--agency", default="Ủy ban nhân dân", help="tên cơ quan gốc, khi chưa có cơ quan nào"
        )
        parser.add_argument("--code", default="", help="mã định danh của cơ quan gốc, ví dụ H99")
        parser.add_argument("--level", default="commune", help="cấp của cơ quan gốc: province hoặc commune")

    @transaction.atomic
    def handle(
        self, *args: object, admin: str, upgrade: bool, agency: str, code: str, level: str, **options: object
    ) -> None:
        """Prints the temporary password once. Raises CommandError when the account exists."""
        now = moments.now()
        if upgrade:
            install_standards(actor=system_account(), at=now)
            install_index(actor=system_account(), at=now)
            load_life_events(actor=system_account(), at=now)
            load_starting_boards(actor=system_account(), at=now)
            install_topics(actor=system_account(), at=now)
            load_units(actor=system_account(), at=now)
            self.stdout.write("Đã thêm dữ liệu gốc còn thiếu; dữ liệu đang có giữ nguyên.")
            return
        system = install(now)
        load_units(actor=system, at=now)
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
