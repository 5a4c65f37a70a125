"""Icons drawn inside the page: no request, they print, they take the colour of the text."""

import re
from functools import cache, lru_cache
from pathlib import Path

SPRITE = Path(__file__).parent / "static/core/vendor/bootstrap-icons/icons.svg"
_SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="0 0 16 16">(.*?)</symbol>', re.S)


@cache
def paths() -> dict[str, str]:
    """The drawing of each icon by its name."""
    return dict(_SYMBOL.findall(SPRITE.read_text(encoding="utf-8")))


@lru_cache(maxsize=1024)
def svg(name: str, label: str = "", extra: str = "") -> str:
    """One icon as SVG; hidden from screen readers unless `label` (already escaped) says what it means.

    Raises KeyError for a name that is not in the sprite: add it to icons.txt and run sprite.py.
    """
    voice = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true" focusable="false"'
    classes = f"icon {extra}".strip()
    size = 'viewBox="0 0 16 16" width="16" height="16" fill="currentColor"'
    return f'<svg class="{classes}" {size} {voice}>{paths()[name]}</svg>'
