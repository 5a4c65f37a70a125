"""The markup of articles: a small, safe subset, turned into HTML that can hold nothing else.

Everything is escaped first; only then do our own marks become our own tags. So no text, however it is written, becomes
a tag, an attribute or a script (the hole of stored XSS in editors, PEERS: Open Zaak). What is understood:

    ## Heading      ### Smaller heading      - item      1. item      > quotation
    **strong**      *emphasis*      [words](https://address or /address or mailto:…)
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

_BOLD = re.compile(r"\*\*(?=\S)(.{1,500}?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<!\*)\*(?=[^\s*])([^*]{1,500})(?<=[^\s*])\*(?!\*)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\(([^\s()]{1,500})\)")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+|/(?![/\\])[^\s\"'<>\\]*|mailto:[\w.+-]+@[\w.-]+|tel:\+?[\d-]+")
_ITEM, _NUMBERED, _QUOTED = re.compile(r"[-*] +"), re.compile(r"\d{1,3}[.)] +"), re.compile(r"> ?")
_HEADING = re.compile(r"(#{2,3}) +(.+)")


def to_html(text: str) -> str:
    """The text as HTML: paragraphs, headings (h2, h3), lists, quotations, strong, emphasis and links; nothing else."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(block for block in _blocks(lines) if block)


def to_plain(text: str) -> str:
    """The text without its marks, in one line: for search, feeds and summaries."""
    bare = _LINK.sub(r"\1", text)
    bare = re.sub(r"(?m)^\s*(?:#{2,3} +|[-*] +|\d{1,3}[.)] +|> ?)", "", bare)
    return " ".join(bare.replace("**", "").split())


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    for name, mark in (("heading", _HEADING), ("item", _ITEM), ("numbered", _NUMBERED), ("quoted", _QUOTED)):
        if mark.match(line):
            return name
    return "text"


def _blocks(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby(lines, key=_kind):
        rows = list(group)
        if kind == "text":
            yield f"<p>{'<br>'.join(_inline(row.strip()) for row in rows)}</p>"
        elif kind == "heading":
            yield from (_heading(row) for row in rows)
        elif kind in ("item", "numbered"):
            mark, tag = (_ITEM, "ul") if kind == "item" else (_NUMBERED, "ol")
            items = "".join(f"<li>{_inline(mark.sub('', row, count=1))}</li>" for row in rows)
            yield f"<{tag}>{items}</{tag}>"
        elif kind == "quoted":
            said = "<br>".join(_inline(_QUOTED.sub("", row, count=1)) for row in rows)
            yield f"<blockquote><p>{said}</p></blockquote>"


def _heading(row: str) -> str:
    match = _HEADING.match(row)
    level = len(match[1]) if match else 2
    return f"<h{level}>{_inline(match[2].strip() if match else row)}</h{level}>"


def _inline(text: str) -> str:
    """Links first, so that no other mark gets into an address; the rest of the text between them."""
    parts, at = [], 0
    for match in _LINK.finditer(text):
        parts += [_marks(text[at : match.start()]), _link(match[1], match[2])]
        at = match.end()
    return "".join([*parts, _marks(text[at:])])


def _link(words: str, address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        return _marks(words)
    outside = ' rel="noopener nofollow"' if address.startswith("http") else ""
    return f'<a href="{escape(address)}"{outside}>{_marks(words)}</a>'


def _marks(text: str) -> str:
    strong = _BOLD.sub(r"<strong>\1</strong>", escape(text))
    return _EMPHASIS.sub(r"<em>\1</em>", strong)
