"""`motcua demo`: load the demonstration province when the database is empty, print the sign-ins, serve."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from motcua.agencies.models import Agency
from motcua.audit.actions import seal
from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.dossiers.models import Dossier
from motcua.scenarios.demo import citizens, people, structure
from motcua.scenarios.demo.story import tell

RULE = "─" * 78


class Command(PlainCommand):
    help = "Nạp tỉnh minh họa Tân Lam (khi cơ sở dữ liệu còn trống), in các tài khoản và phục vụ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="chỉ nạp, không phục vụ")

    def handle(self, *args: object, no_serve: bool, **options: object) -> None:
        """Loads once: all of it or nothing. Raises CommandError for a database with other data, or while another load runs."""
        call_command("migrate", verbosity=0)
        _require_own_data()
        with self._alone() as interrupted:
            if Agency.objects.exists():
                self._keep(interrupted)
            else:
                self._load(interrupted)
        settings.DEMONSTRATION.touch()
        self._sign_ins()
        if not no_serve:
            call_command("serve")

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Nobody else loads meanwhile. The file stays behind when a load is cut off: says whether that happened."""
        path = Path(settings.HOME) / "demonstration.loading"
        interrupted = path.exists()
        with path.open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError("Một lần nạp khác đang chạy. Chờ nó xong rồi chạy lại.") from None
            yield interrupted
            path.unlink()

    def _load(self, interrupted: bool) -> None:
        """In one transaction: what is cut off has left nothing."""
        if interrupted:
            self.stdout.write("Lần nạp trước bị dừng giữa chừng và đã hoàn tác hết; nạp lại từ đầu.")
        begin, now = monotonic(), moments.now()
        try:
            with transaction.atomic():
                tell(now, lambda text: self.stdout.write(f"  {text} …"))
        except KeyboardInterrupt:
            raise CommandError("Đã dừng theo yêu cầu; chưa có gì được ghi. Chạy lại để nạp từ đầu.") from None
        seal(at=now)
        self.stdout.write(f"Đã nạp {Dossier.objects.count()} hồ sơ trong {monotonic() - begin:.0f} giây.")

    def _keep(self, interrupted: bool) -> None:
        """Nothing is loaded twice; a load cut off after its last dossier still lacks its seal."""
        if interrupted:
            seal(at=moments.now())
            self.stdout.write("Lần trước dừng sau khi nạp xong hồ sơ: đã niêm phong nhật ký.")
        self.stdout.write(
            f"Tỉnh minh họa đã có sẵn ({Dossier.objects.count()} hồ sơ): giữ nguyên mọi thay đổi của bạn, không nạp lại.\n"
            f"Muốn nạp lại từ đầu đến hôm nay: xóa dữ liệu minh họa ({_place()}) rồi chạy lại."
        )

    def _sign_ins(self) -> None:
        """Address, password and people, the address last so that it stays in sight."""
        address = f"http://127.0.0.1:{settings.PORT}"
        self.stdout.write(f"\n{RULE}\nBẢN MINH HỌA – tỉnh Tân Lam, mọi người và số liệu đều hư cấu\n{RULE}")
        for title, group in people.GROUPS:
            self.stdout.write(f"\n{title}")
            for person in group:
                self.stdout.write(f"  {person.username:<10}{person.full_name:<19}{person.posts[0][1]}")
        self.stdout.write(
            "\nNgười dân (đăng nhập bằng số điện thoại, mã một lần hiện ở trang bảng tài khoản)"
        )
        for phone, name, what in citizens.CITIZENS:
            self.stdout.write(f"  {phone:<12}{name:<16}{what}")
        self.stdout.write("\nNên thử trước")
        for name, purpose in people.FIRST:
            self.stdout.write(f"  {name:<10}{purpose}")
        self.stdout.write(
            f"\n{RULE}\n"
            f"Địa chỉ:     {address}\n"
            f"Đăng nhập:   {address}/tai-khoan/dang-nhap/ (bảng tài khoản: {address}/minh-hoa/)\n"
            f"Người dân:   {address}/dang-nhap/\n"
            f"Mật khẩu:    {people.PASSWORD} (chung cho mọi tài khoản)\n"
            f"Dừng:        Ctrl+C\n{RULE}"
        )


def _require_own_data() -> None:
    """The database is empty, or holds the demonstration. Raises CommandError."""
    province = structure.PROVINCE[0]
    others = Agency.objects.count()
    if others and not Agency.objects.filter(code=province.code, name=province.name).exists():
        raise CommandError(
            f"Cơ sở dữ liệu này đã có dữ liệu khác ({others} cơ quan); không nạp dữ liệu minh họa vào. "
            "Phục vụ dữ liệu đang có: make run. Xem bản minh họa: đặt MOTCUA_HOME đến một thư mục trống."
        )


def _place() -> str:
    """Where the demonstration's data are."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return f"thư mục {settings.HOME}"
    return f"cơ sở dữ liệu {settings.DATABASES['default']['NAME']} và thư mục {settings.HOME}"
