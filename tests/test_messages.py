"""What a person reads is Vietnamese, and every letter of it is written in one way (NFC)."""

import html
import logging
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import POST_ONLY, arguments, names, spend
from tests.hostile import undone
from tests.test_permissions import EXPECTED, QUERY
from tests.world import Province

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "motcua").rglob("templates/**/*.html"))
TEXTS = {".py", ".html", ".js", ".css", ".md", ".json", ".csv", ".typ", ".po", ".txt", ".toml", ".sh"}
# Words of buttons, headings and messages that a forgotten translation leaves behind.
ENGLISH = re.compile(
    r"\b(Submit|Delete|Search|Save|Cancel|Edit|Add|Back|Next|Previous|Home|Log ?in|Log ?out|Sign (in|out|up)|Password"
    r"|Username|Error|Loading|Close|Remove|Update|Create|Welcome|Please|Required|Invalid|Continue|Confirm|Download"
    r"|Upload|Settings|Users?|Page|None|True|False|This field|Enter a|Select a)\b"
)
ATTRIBUTES = re.compile(r"\b(?:aria-label|title|placeholder|alt|value|data-shortcut-label)=\"([^\"]*)\"")
# Names that are spelt so everywhere: keys of the keyboard.
KEYS = re.compile(
    r"\{% comment.*?endcomment %\}|<kbd>.*?</kbd>|<(script|style|svg).*?</\1>|<code.*?</code>", re.S
)
PREFERRED = (
    "anonymous",
    "clerk",
    "returner",
    "officer",
    "leader",
    "cashier",
    "head",
    "controller",
    "admin",
    "auditor",
)


MARKED_ENGLISH = re.compile(r'<(p|span|li|a)[^>]*\slang="en"[^>]*>.*?</\1>', re.S)


def visible(source: str) -> str:
    """What a person sees or hears of a page or a template, but for words that are marked as English, for those who read it."""
    source = MARKED_ENGLISH.sub(" ", source)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", KEYS.sub(" ", source), flags=re.S)
    spoken = " ".join(ATTRIBUTES.findall(source))
    return html.unescape(re.sub(r"<[^>]*>", " ", source) + " " + spoken)


def test_no_template_speaks_english() -> None:
    found = {
        str(path.relative_to(ROOT / "motcua")): words
        for path in TEMPLATES
        if (words := ENGLISH.findall(visible(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_the_check_for_english_finds_it() -> None:
    assert ENGLISH.search(visible('<button aria-label="x">Submit</button>'))
    assert ENGLISH.search(visible('<input placeholder="Search for">'))
    assert not ENGLISH.search(visible('<p>Lưu <span lang="en">Save</span></p>'))
    assert ENGLISH.search(visible('<p lang="en">Save</p> <p>Save</p>'))
    assert not ENGLISH.search(visible("<p>Tìm kiếm</p><script>Delete</script>{% Save %}"))


SHOWN = sorted(n for n in set(names()) - POST_ONLY if any(EXPECTED[n].get(who) == 200 for who in PREFERRED))


def reader(name: str) -> str:
    """Who opens a page first."""
    return next(who for who in PREFERRED if EXPECTED[name][who] == 200)


@pytest.mark.parametrize("who", sorted({reader(name) for name in SHOWN}))
def test_no_page_speaks_english(
    client: Client,
    province: Province,
    who: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As rendered: words of the framework and its libraries too. All pages of one reader at a time."""
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr("motcua.printing.actions.press", lambda *args, **options: (b"%PDF-1.7", []))
    if who != "anonymous":
        client.force_login(province.user(who))
    args, found = arguments(province), {}
    for name in (name for name in SHOWN if reader(name) == who):
        query = QUERY[name](province) if name in QUERY else {}
        with undone():
            answer = client.get(reverse(name, args=args.get(name, [])), query)
            spend(answer)
        page = not answer.streaming and answer["Content-Type"].startswith("text/html")
        if page and (words := ENGLISH.findall(visible(answer.content.decode()))):
            found[name] = words
    assert found == {}


def tracked() -> list[Path]:
    """The files that the project keeps; all below the folder when it is no checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    found = [ROOT / name for name in listed.stdout.split("\0") if name] or list(ROOT.rglob("*"))
    return [p for p in found if p.suffix in TEXTS and p.is_file() and "vendor" not in p.parts]


def test_every_letter_is_written_in_one_way() -> None:
    """ế is one sign, not e with two marks after it: otherwise searching and comparing fail."""
    loose = [str(p.relative_to(ROOT)) for p in tracked() if not unicodedata.is_normalized("NFC", p.read_text(encoding="utf-8"))]  # fmt: skip
    assert loose == []
