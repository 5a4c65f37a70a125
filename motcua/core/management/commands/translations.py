"""`motcua translations`: bring the .po files in step with the pages, and compile them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from motcua.core.commands import PlainCommand
from motcua.core.translations import Catalogue, compiled, read, texts_under, written


class Command(PlainCommand):
    help = "Cập nhật tệp dịch (.po) theo các trang và biên dịch (.mo); mã thoát 1 khi còn câu chưa dịch."

    def handle(self, *args: Any, **options: Any) -> None:
        """Texts that are new wait with an empty translation; those that are gone are dropped."""
        wanted = texts_under(Path(settings.BASE_DIR))
        untranslated = 0
        for path in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
            old = read(path.read_text(encoding="utf-8"))
            forms = {text: [""] * (2 if text.plural else 1) for text in wanted}
            new = Catalogue(old.header, {text: old.texts.get(text, empty) for text, empty in forms.items()})
            path.write_text(written(new), encoding="utf-8")
            path.with_suffix(".mo").write_bytes(compiled(new))
            for text in new.missing(wanted):
                untranslated += 1
                self.stdout.write(f"{path.parts[-3]}: {text.id}")
        if untranslated:
            raise CommandError(f"Còn {untranslated} câu chưa dịch.")
