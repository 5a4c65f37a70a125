"""The characters that all four Tinos fonts can draw, read once from their cmap tables (version 1.23, 2020)."""

import unicodedata

_RANGES = (
    "20-7e a0-377 37a-37f 384-38a 38c 38e-3a1 3a3-52f 1ab0-1abe 1c80-1c88 1d00-1df5 1dfb-1f15 1f18-1f1d "
    "1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef "
    "1ff2-1ff4 1ff6-1ffe 2000-2064 2066-2071 2074-208e 2090-209c 20a0-20be 2100-214f 2153-2154 215b-215e "
    "2190-2195 2202 2206 220f 2211-2212 2215 2219-221a 221e-221f 2229 222b 2248 2260-2261 2264-2265 "
    "25a0-25a1 25aa-25ac 25b2 25ba 25bc 25c4 25ca-25cc 25cf 25e6 2c60-2c7f fb01-fb04 fffd"
)
# Controls and direction overrides have glyphs, but on paper they would only hide or reorder what was typed.
_HIDDEN = ("Cc", "Cf", "Co", "Zl", "Zp")


def _covered() -> frozenset[str]:
    """Every visible character of `_RANGES`, and the line break."""
    found = {"\n"}
    for part in _RANGES.split():
        first, _, last = part.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(c for c in found if c == "\n" or unicodedata.category(c) not in _HIDDEN)


PRINTABLE = _covered()
