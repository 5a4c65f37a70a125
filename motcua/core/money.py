"""Money in whole đồng: digits with dots, and words as receipts must carry them."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu")
LIMIT = 10**18


def dong(amount: int) -> str:
    """An amount of đồng with dots between thousands: 1.000.000 đ. Raises TypeError for a fraction."""
    return f"{_whole(amount):,} đ".replace(",", ".")


def in_words(amount: int) -> str:
    """An amount of đồng in words: 8000 -> "tám nghìn đồng". Raises ValueError from 10**18 on."""
    if abs(_whole(amount)) >= LIMIT:
        raise ValueError("số tiền quá lớn")
    return f"{'âm ' if amount < 0 else ''}{number_in_words(abs(amount))} đồng"


def number_in_words(number: int) -> str:
    """A whole number from 0 to 10**18 - 1 in Vietnamese words: 1.015 -> "một nghìn không trăm mười lăm"."""
    if number == 0:
        return DIGITS[0]
    billions, rest = divmod(number, 10**9)
    parts = [f"{number_in_words(billions)} tỷ"] if billions else []
    parts += _below_billion(rest, leading=not billions)
    return " ".join(parts)


def _below_billion(number: int, *, leading: bool) -> list[str]:
    """The groups of millions, thousands and ones; empty groups are not spoken."""
    parts = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            parts.append(f"{_group(group, full=not leading)} {SCALES[power]}".rstrip())
            leading = False
    return parts


def _group(group: int, *, full: bool) -> str:
    """Three digits; `full` says the hundreds even when they are none, since something came before."""
    hundreds, rest = divmod(group, 100)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    if rest:
        words.append(_two_digits(rest, after_hundreds=bool(words)))
    return " ".join(words)


def _two_digits(number: int, *, after_hundreds: bool) -> str:
    """Tens and ones: linh for no tens, mười or mươi, and mốt, lăm after them."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return f"linh {DIGITS[ones]}" if after_hundreds else DIGITS[ones]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    return f"{head} {_ones_after_tens(tens, ones)}" if ones else head


def _ones_after_tens(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    return "mốt" if ones == 1 and tens > 1 else DIGITS[ones]


def _whole(amount: int) -> int:
    if not isinstance(amount, int):
        raise TypeError("money is whole đồng")
    return amount
