"""Names of files as people wrote them, made harmless."""

import re
import unicodedata

LIMIT = 200


def safe_name(name: str) -> str:
    """The name in NFC without path, control and direction characters, at most 200 long, its extension kept."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    text = re.sub(r'[<>:"|?*]', "_", " ".join(text.split())).strip(". ")
    stem, dot, last = text.rpartition(".")
    if not dot:
        return text[:LIMIT] or "tep"
    return f"{stem[: LIMIT - len(last) - 1] or 'tep'}.{last}"[:LIMIT]
