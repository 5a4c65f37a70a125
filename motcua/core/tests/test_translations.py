"""Texts, their translations and the compiled file agree; and the tools that keep them so."""

import gettext
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.translations import Catalogue, Text, compiled, read, texts_under, written

FOLDER = Path(settings.LOCALE_PATHS[0])
FILES = sorted(FOLDER.glob("*/LC_MESSAGES/django.po"))
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


@pytest.fixture(scope="module")
def wanted() -> set[Text]:
    return texts_under(Path(settings.BASE_DIR))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_every_text_is_translated_none_is_left_over_and_the_compiled_file_is_of_today(
    path: Path, wanted: set[Text]
) -> None:
    catalogue = read(path.read_text(encoding="utf-8"))
    assert catalogue.missing(wanted) == [], "chạy motcua translations rồi dịch các câu này"
    assert set(catalogue.texts) <= wanted
    assert path.with_suffix(".mo").read_bytes() == compiled(catalogue)
    assert written(catalogue) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_a_translation_names_the_same_values_as_its_text(path: Path) -> None:
    for text, said in read(path.read_text(encoding="utf-8")).texts.items():
        for name in ("%(n)s", "%(number)s", "%(day)s", "%(source)s"):
            assert all((name in words) == (name in text.id) for words in said), text


def test_texts_are_found_in_templates_and_in_code(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "{% load i18n %}{% trans \"It's 'so'\" %}{% trans 'b' as c %}{% trans c %}"
        "{% blocktrans count n=3 %}{{ n }} one{% plural %}{{ n }} many{% endblocktrans %}"
    )
    (tmp_path / "b.py").write_text(
        '_("c" "d"); gettext_lazy("e"); ngettext("f", "g", n); _(name); print("h")'
    )
    (tmp_path / "c.py").write_text('print("nothing marked")')
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "d.py").write_text('_("not this")')
    assert texts_under(tmp_path) == {
        Text("It's 'so'"), Text("b"), Text("%(n)s one", "%(n)s many"), Text("cd"), Text("e"), Text("f", "g"),
    }  # fmt: skip


words = st.text(
    st.characters(
        blacklist_categories=("Cs",), blacklist_characters="\0\r\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e"
    ),
    min_size=1,
    max_size=20,
)


@given(st.dictionaries(words, words, max_size=5), words, words)
def test_what_is_written_is_read_again_and_what_is_compiled_is_understood(
    singles: dict[str, str], one: str, many: str
) -> None:
    texts = {Text(original): [said] for original, said in singles.items()}
    catalogue = Catalogue(HEADER, texts | {Text("n\n", "ns"): [one, many]})
    assert read(written(catalogue)) == catalogue
    understood = gettext.GNUTranslations(io.BytesIO(compiled(catalogue)))
    assert all(understood.gettext(original) == said for original, said in singles.items())
    assert [understood.ngettext("n\n", "ns", n) for n in (1, 5)] == [one, many]


def test_what_is_not_translated_is_not_compiled() -> None:
    catalogue = Catalogue(HEADER, {Text("a"): [""], Text("b", "c"): ["b", ""]})
    assert catalogue.missing(catalogue.texts) == [Text("a"), Text("b", "c")]
    assert gettext.GNUTranslations(io.BytesIO(compiled(catalogue))).gettext("a") == "a"


@pytest.mark.parametrize("line", ["nonsense", '"without a key"', 'msgid "open'])
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="không đọc được"):
        read(line)


def test_the_command_adds_what_is_new_drops_what_is_gone_and_says_what_is_left(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        written(Catalogue(HEADER, {Text("cũ"): ["old"], Text("còn"): ["kept"]}))
    )
    (tmp_path / "code.py").write_text('from gettext import gettext as _; _("còn"); _("mới")')
    settings.LOCALE_PATHS, settings.BASE_DIR = [tmp_path / "locale"], tmp_path
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 câu"):
        call_command("translations", stdout=out)
    assert "en: mới" in out.getvalue()
    found = read((folder / "django.po").read_text())
    assert found.texts == {Text("còn"): ["kept"], Text("mới"): [""]}
    (folder / "django.po").write_text(
        written(Catalogue(HEADER, {Text("còn"): ["kept"], Text("mới"): ["new"]}))
    )
    call_command("translations", stdout=out)
    assert gettext.GNUTranslations(io.BytesIO((folder / "django.mo").read_bytes())).gettext("mới") == "new"
