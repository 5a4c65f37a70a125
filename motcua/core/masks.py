"""Personal data shown in part (masking), as public pages and lists must."""


def mask_identity(number: str) -> str:
    """An identity number with its first four and last two characters: 0380******56; of a shorter one (a passport, an old card)
    two and two, or most of it would stand there: TK*****67.
    """
    if len(number) <= 6:
        return "*" * len(number)
    shown = 4 if len(number) > 9 else 2
    return number[:shown] + "*" * (len(number) - shown - 2) + number[-2:]


def mask_phone(number: str) -> str:
    """A phone number with its first two and last two digits: 09••••••21."""
    plain = "0" + number[3:] if number.startswith("+84") else number
    return plain[:2] + "•" * (len(plain) - 4) + plain[-2:] if len(plain) > 4 else "•" * len(plain)


def mask_name(name: str) -> str:
    """A person's name with the first word whole and initials after it: Nguyễn V. A."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{word[0].upper()}." for word in rest)])
