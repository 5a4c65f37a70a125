"""`motcua places`: load the administrative units, both sets, once."""

from typing import Any

from motcua.core.commands import PlainCommand
from motcua.core.moments import now
from motcua.places.actions import load_units


class Command(PlainCommand):
    """Loads what is missing; doing it again changes nothing."""

    help = "Nạp danh mục đơn vị hành chính: 63 tỉnh ba cấp (đến 30/6/2025), 34 tỉnh hai cấp (từ 01/7/2025)."

    def handle(self, *args: str, **options: Any) -> None:
        """Say how many units came."""
        number = load_units(actor=None, at=now())
        self.stdout.write(
            f"Đã nạp {number} đơn vị hành chính." if number else "Danh mục đơn vị hành chính đã có."
        )
