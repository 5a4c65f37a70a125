"""What a password may not be, beside Django's own checks: Vietnamese common words, and the person's own
name.

Length and the list of common passwords follow NIST SP 800-63B; no rule asks for kinds of characters or
for a change at intervals.
"""

import re

from motcua.core.text import fold

COMMON_WORDS = frozenset(
    {
        "matkhau",
        "matkhaumoi",
        "motcua",
        "motcuadientu",
        "dichvucong",
        "hanhchinhcong",
        "cancuoc",
        "congdan",
        "canbo",
        "congchuc",
        "quantri",
        "quantrivien",
        "vietnam",
        "vietnamdatnuoctoi",
        "hanoi",
        "saigon",
        "hochiminh",
        "danang",
        "anhyeuem",
        "emyeuanh",
        "yeuemnhieulam",
        "iloveyou",
        "khongbiet",
        "khongnho",
        "xinchao",
        "chaocacban",
        "giadinh",
        "hanhphuc",
        "ubnd",
        "ubndxa",
        "ubndtinh",
        "uybannhandan",
        "password",
        "admin",
        "administrator",
        "qwertyuiop",
    }
)
SHORTEST_NAME_PART = 3


def letters_of(password: str) -> str:
    """The letters of a password, without accents: "Mật khẩu@2026" is "matkhau"."""
    return re.sub(r"[^a-z]", "", fold(password))


def is_common(password: str) -> bool:
    """Whether nothing but digits and signs is added to a word that everybody tries first."""
    return letters_of(password) in COMMON_WORDS


def is_built_on_name(password: str, full_name: str, username: str) -> bool:
    """Whether the letters are the person's name (any of its words, in order) or sign-in name, and nothing
    else.
    """
    letters = letters_of(password)
    words = fold(full_name).split()
    names = {letters_of(username), "".join(words), "".join(reversed(words)), *words}
    names |= {"".join(words[start:]) for start in range(len(words))}
    names |= {"".join(word[0] for word in words[:-1]) + words[-1]} if words else set()
    return letters in {name for name in names if len(name) >= SHORTEST_NAME_PART}
