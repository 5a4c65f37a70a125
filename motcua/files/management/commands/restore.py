"""`motcua restore COPY`: bring a copy back into an empty place, and prove that it is whole."""

from pathlib import Path
from time import monotonic

from django.core.management import call_command
from django.core.management.base import CommandParser

from motcua.audit.queries import verify
from motcua.core import backup
from motcua.core.commands import PlainCommand
from motcua.files import queries


class Command(PlainCommand):
    help = "Khôi phục một bản sao lưu vào nơi trống, rồi đối chiếu số dòng, tệp, nhật ký; mã thoát 1 khi có chỗ lệch."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("copy", type=Path, metavar="BẢN_SAO")

    def handle(self, *args: object, copy: Path, **options: object) -> None:
        """Prints a report of what came back. Raises CommandError before anything is written when the place is not
        empty or the copy not whole; exits 1 when what came back differs from what was there.
        """
        begin, found = monotonic(), backup.Copy(copy)
        backup.load(found)
        faults = [*self._rows(found), *self._migrated(), *self._contents(), *self._log()]
        self.stdout.write(f"Thời gian: {monotonic() - begin:.1f} giây.")
        for fault in faults:
            self.stdout.write(f"LỆCH: {fault}")
        self.stdout.write(
            "Khôi phục KHÔNG đạt." if faults else "Khôi phục đạt: mọi dòng, tệp và sự kiện đã trở lại."
        )
        if faults:
            raise SystemExit(1)

    def _rows(self, copy: backup.Copy) -> list[str]:
        told, rows = copy.manifest, copy.manifest["rows"]
        self.stdout.write(
            f"Bản sao: {copy.folder}, lúc {told['at']}, phiên bản {told['version']}, {told['server']}."
        )
        wrong = [str(one) for one in backup.differences(copy)]
        state = f"{len(wrong)} bảng lệch" if wrong else "khớp từng bảng"
        self.stdout.write(f"Bảng: {len(rows)} bảng, {sum(rows.values())} dòng, {state}.")
        return wrong

    def _migrated(self) -> list[str]:
        call_command("migrate", verbosity=0)
        return []

    def _contents(self) -> list[str]:
        contents = queries.contents_on_shelf()
        self.stdout.write(
            f"Tệp: {contents.there} nội dung khớp mã băm, {len(contents.broken)} thiếu hoặc sai."
        )
        return [f"tệp {name}" for name in contents.broken]

    def _log(self) -> list[str]:
        report = verify()
        for line in report.lines():
            self.stdout.write(line)
        return [] if report.is_whole else ["nhật ký không toàn vẹn"]
