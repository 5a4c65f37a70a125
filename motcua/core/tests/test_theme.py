"""The palette against WCAG 2.2 AA, and what the pages may load."""

import gzip
import re
from pathlib import Path

import pytest

CORE = Path(__file__).parents[1]
THEME = (CORE / "static/core/theme.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", THEME))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


STATES = ["on-time", "soon", "late", "paused", "done", "info"]
PAIRS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft", "jade", "jade-deep")
        for ground in ("paper", "ground", "jade-wash")
    ],
    *[(state, f"{state}-wash") for state in STATES],
    *[("ink", f"{state}-wash") for state in STATES],
    *[(state, "paper") for state in STATES],
    *[(state, "ground") for state in STATES],
    ("ink", "ground-deep"),
    ("paper", "jade"),
    ("paper", "jade-deep"),
    ("paper", "late"),
]


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_edges_of_controls_stand_out(ground):
    assert contrast(TOKENS["line-strong"], TOKENS[ground]) >= 3


def test_the_focus_ring_is_seen_on_light_and_dark():
    assert contrast(TOKENS["ink"], TOKENS["paper"]) >= 3
    assert contrast(TOKENS["focus"], TOKENS["jade"]) >= 3


def test_every_icon_named_in_a_template_exists():
    from motcua.core import icons

    named = set()
    for path in CORE.parent.rglob("templates/**/*.html"):
        named |= set(re.findall(r'\{% icon "([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
    assert named
    assert named <= set(icons.paths())


@pytest.mark.parametrize("path", sorted(CORE.parent.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_templates_keep_to_the_content_security_policy(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="|javascript:|hx-on', text)
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", text)


def test_no_source_map_is_asked_for():
    for path in (CORE / "static").rglob("*.*"):
        if path.suffix in (".css", ".js"):
            assert "sourceMappingURL" not in path.read_text(encoding="utf-8"), path


def test_every_vendored_folder_carries_its_licence():
    for folder in (CORE / "static/core/vendor").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert (folder / "LICENSE").exists(), folder


LEFT_OUT = re.compile(
    r"(accordion|carousel|toast|tooltip|popover|offcanvas|placeholder|navbar)(-.*)?|.*-(xl|xxl)(-.*)?"
)
ALLOWED = {"modal-xl"}


@pytest.mark.parametrize("path", sorted(CORE.parent.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_uses_a_part_of_bootstrap_that_was_left_out(path):
    """See vendor/bootstrap/motcua.scss: add the part there, build, and shorten LEFT_OUT."""
    used = set(" ".join(re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))).split())
    assert not {name for name in used - ALLOWED if LEFT_OUT.fullmatch(name)}


def test_what_a_public_page_loads_stays_under_its_budget():
    """Compressed: style, script, two weights of type in two alphabets, the mark. Leaves 8 KB of 80 for the page."""
    static = CORE / "static/core"
    texts = [
        static / name for name in ("vendor/bootstrap/bootstrap.min.css", "theme.css", "app.js", "mark.svg")
    ]
    fonts = [
        static / f"vendor/be-vietnam-pro/be-vietnam-pro-{alphabet}-{weight}.woff2"
        for alphabet in ("latin", "vietnamese")
        for weight in (400, 600)
    ]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in texts) + sum(
        path.stat().st_size for path in fonts
    )
    assert weight <= 72 * 1024
