"""`motcua scenario NAME [--scale S]` replays one of the five localities; `--figures` puts what was published beside what the rows give."""

import json
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from motcua.agencies.models import Agency
from motcua.core import moments
from motcua.core.commands import PlainCommand
from motcua.dossiers.models import Dossier
from motcua.scenarios.localities.figures import Row, rows
from motcua.scenarios.localities.founding import standing
from motcua.scenarios.localities.plan import Locality
from motcua.scenarios.localities.published import PUBLISHED
from motcua.scenarios.localities.registry import LOCALITIES
from motcua.scenarios.localities.running import replay_here, run
from motcua.scenarios.localities.terms import Broken

EXAMPLE = "motcua scenario {} --database sqlite:////tmp/kich-ban.sqlite3"


class Command(PlainCommand):
    help = (
        "Phát lại một trong năm địa phương qua chính các thao tác của phần mềm: "
        + ", ".join(LOCALITIES)
        + "."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=list(LOCALITIES), help="tên kịch bản")
        parser.add_argument(
            "--database", default="", help="cơ sở dữ liệu trống: postgresql://… hoặc sqlite:////tệp"
        )
        parser.add_argument("--scale", type=float, default=1.0, help="tỷ lệ số hồ sơ, ví dụ 0.01; mặc định 1")
        parser.add_argument(
            "--figures", action="store_true", help="chỉ in số công bố bên cạnh số tính từ hồ sơ"
        )
        parser.add_argument(
            "--format", choices=("both", "table", "json"), default="both", help="dạng in của --figures"
        )
        parser.add_argument(
            "--processes", type=int, default=0, help="số tiến trình (PostgreSQL); mặc định theo số lõi"
        )
        parser.add_argument("--counter", default="", help="chỉ phát lại một bộ phận")

    def handle(
        self, *args: object, name: str, scale: float, figures: bool, counter: str, **options: Any
    ) -> None:
        """Exit status 1 when a figure does not come out. Raises CommandError for a database with other data."""
        locality = LOCALITIES[name]
        if not 0 < scale <= 1:
            raise CommandError("--scale phải lớn hơn 0 và không quá 1, ví dụ 0.01.")
        try:
            if counter:
                replay_here(locality, counter, scale, self.stdout.write)
                return
            if not figures:
                scale = self._replay(locality, scale, options["processes"])
            else:
                scale = self._scale_of(locality)
        except Broken as error:
            raise CommandError(f"Kịch bản dừng: {error}") from error
        self._print(locality, rows(locality, PUBLISHED[name], scale, moments.now()), scale, options["format"])

    def _replay(self, locality: Locality, scale: float, processes: int) -> float:
        call_command("migrate", verbosity=0)
        _require_empty(locality.name)
        begin = monotonic()
        self.stdout.write(
            f"{locality.title}: {locality.planned(scale)} hồ sơ, tỷ lệ {scale:g}, hạt giống {locality.seed}"
        )
        peak = run(locality, scale, processes, self.stdout.write)
        spent = monotonic() - begin
        done = Dossier.objects.count()
        self.stdout.write(
            f"Đã phát lại {done} hồ sơ trong {spent:.0f} giây ({done / spent:.0f} hồ sơ/giây), bộ nhớ đỉnh {peak} MB.\n"
        )
        return scale

    def _scale_of(self, locality: Locality) -> float:
        found = standing()
        if found is None or found[0] != locality.name:
            there = f"kịch bản {found[0]}" if found else "chưa có kịch bản nào"
            raise CommandError(
                f"Cơ sở dữ liệu này: {there}. Phát lại trước: " + EXAMPLE.format(locality.name)
            )
        if not found[2]:
            raise CommandError(
                "Lần phát lại trong cơ sở dữ liệu này bị dừng giữa chừng. Dùng cơ sở dữ liệu trống và phát lại."
            )
        return found[1]

    def _print(self, locality: Locality, found: list[Row], scale: float, form: str) -> None:
        if form in ("both", "table"):
            for line in table(locality, found, scale):
                self.stdout.write(line)
        if form in ("both", "json"):
            data = {
                "scenario": locality.name, "title": locality.title, "scale": scale, "source": locality.source,
                "invented": locality.invented, "figures": [row.as_json() for row in found],
            }  # fmt: skip
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))
        wrong = [row.label for row in found if row.holds is False]
        if wrong:
            raise CommandError(f"{len(wrong)} số liệu không khớp: {'; '.join(wrong)}.")


def _require_empty(name: str) -> None:
    """No dossier, no agency: a replay is never mixed with other data. Raises CommandError."""
    dossiers, agencies = Dossier.objects.count(), Agency.objects.count()
    if dossiers or agencies:
        raise CommandError(
            f"Cơ sở dữ liệu này đã có {dossiers} hồ sơ và {agencies} cơ quan; kịch bản chỉ phát lại vào cơ sở dữ liệu trống. "
            f"Chỉ ra một cơ sở dữ liệu khác, ví dụ: {EXAMPLE.format(name)}; hoặc thêm --figures để xem số liệu của kịch bản đã có."
        )


def table(locality: Locality, found: list[Row], scale: float) -> list[str]:
    """The figures as lines of text, columns under each other."""
    head = ("Hệ thống", "Số liệu", "Công bố", f"Kế hoạch ×{scale:g}", "Tính từ hồ sơ", "Khớp", "Cách tính")
    marks = {True: "khớp", False: "KHÔNG", None: "–"}
    lines = [(str(r.system), r.label, r.published, *r.shown, marks[r.holds], r.through) for r in found]
    widths = [max(len(line[n]) for line in (head, *lines)) for n in range(len(head))]
    rule = "─" * min(sum(widths) + 12, 150)
    shown = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, *lines)
    ]
    return [
        rule, locality.title, f"Nguồn: {locality.source}", f"Tự đặt: {locality.invented}", rule, shown[0], *shown[1:], rule,
    ]  # fmt: skip
