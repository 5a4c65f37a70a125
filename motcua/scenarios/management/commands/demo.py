"""`motcua demo`: load the demonstration province when the database is empty, print the sign-ins, serve."""

from time import monotonic

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from motcua.agencies.models import Agency
from motcua.audit.actions import seal
from motcua.core import moments
from motcua.dossiers.models import Dossier
from motcua.scenarios.demo import people
from motcua.scenarios.demo.story import tell


class Command(BaseCommand):
    help = "Nạp tỉnh minh họa Tân Lam (khi cơ sở dữ liệu còn trống), in các tài khoản và phục vụ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="chỉ nạp, không phục vụ")

    def handle(self, *args: object, no_serve: bool, **options: object) -> None:
        """Nothing is loaded into a database that has an agency already."""
        call_command("migrate", verbosity=0)
        if not Agency.objects.exists():
            self._load()
        self._sign_ins()
        if not no_serve:
            call_command("serve")

    def _load(self) -> None:
        begin, now = monotonic(), moments.now()
        with transaction.atomic():
            tell(now, lambda text: self.stdout.write(f"  {text} …"))
        seal(at=now)
        count = Dossier.objects.count()
        self.stdout.write(f"Đã nạp {count} hồ sơ trong {monotonic() - begin:.0f} giây.")

    def _sign_ins(self) -> None:
        self.stdout.write(f"\nĐịa chỉ: http://127.0.0.1:{settings.PORT}")
        self.stdout.write(f"Mật khẩu chung của các tài khoản minh họa: {people.PASSWORD}\n")
        for person in people.TODAY:
            self.stdout.write(f"  {person.username:<10} {person.full_name:<20} {person.posts[0][1]}")
        self.stdout.write("")
