"""Texts to translate: found in templates and code, kept in .po files, compiled to .mo, with nothing but Python and Django.

`motcua translations` uses it; a test holds the three together.
"""

import ast
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

SINGULAR = {"_", "_lazy", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
_CALL = re.compile(r"\bn?gettext\((?:u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"|[\w, ])*\)")
_MARKED = re.compile(r"gettext|\{%\s*(?:trans|translate|blocktrans|blocktranslate)\b")
_QUOTED = re.compile(r'^(msgid|msgid_plural|msgstr|msgstr\[(\d)\])?\s*("(?:[^"\\]|\\.)*")$')


@dataclass(frozen=True, order=True)
class Text:
    """What the source says; `plural` when it depends on a number."""

    id: str
    plural: str = ""


@dataclass
class Catalogue:
    """The translations of one language; an empty one is still to be made. `header` holds its plural rule."""

    header: str = ""
    texts: dict[Text, list[str]] = field(default_factory=dict)

    def missing(self, wanted: Iterable[Text]) -> list[Text]:
        """Wanted texts without a (whole) translation."""
        return sorted(text for text in wanted if not all(self.texts.get(text) or [""]))


def texts_under(folder: Path) -> set[Text]:
    """Every text marked for translation in the templates and the code of a folder, its tests apart."""
    paths = [
        path for path in folder.rglob("*") if path.suffix in (".html", ".py") and "tests" not in path.parts
    ]
    return {text for path in paths for text in _texts_in(path)}


def _texts_in(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    if not _MARKED.search(source):
        return
    if path.suffix == ".py":
        yield from _calls(ast.parse(source))
        return
    for call in _CALL.findall(templatize(source, origin=str(path))):
        yield from _calls(ast.parse(call))


def _calls(tree: ast.AST) -> Iterator[Text]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            words = [
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if name in SINGULAR and words:
                yield Text(words[0])
            if name in PLURAL and len(words) > 1:
                yield Text(words[0], words[1])


def read(po: str) -> Catalogue:
    """A .po file. Raises ValueError for a line that is none of its kind."""
    found = Catalogue()
    for block in re.split(r"\n\s*\n", po.strip()):
        parts = _parts(
            line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")
        )
        if not parts:
            continue
        said = [value for key, value in sorted(parts.items()) if key.startswith("msgstr")]
        if parts["msgid"]:
            found.texts[Text(parts["msgid"], parts.get("msgid_plural", ""))] = said
        else:
            found.header = said[0]
    return found


def _parts(lines: Iterable[str]) -> dict[str, str]:
    parts: dict[str, str] = {}
    key = ""
    for line in lines:
        match = _QUOTED.match(line)
        if not match or not (match[1] or key):
            raise ValueError(f"dòng không đọc được: {line}")
        key = match[1] or key
        parts[key] = parts.get(key, "") + ast.literal_eval(match[3])
    return parts


def written(catalogue: Catalogue) -> str:
    """The catalogue as a .po file, in the order of its texts."""
    blocks = [
        'msgid ""\nmsgstr ""\n' + "\n".join(_quoted(line) for line in catalogue.header.splitlines(True))
    ]
    for text, said in sorted(catalogue.texts.items()):
        lines = [f"msgid {_quoted(text.id)}"]
        if text.plural:
            lines.append(f"msgid_plural {_quoted(text.plural)}")
        names = [f"msgstr[{n}]" for n in range(len(said))] if text.plural else ["msgstr"]
        lines += [f"{name} {_quoted(words)}" for name, words in zip(names, said, strict=True)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compiled(catalogue: Catalogue) -> bytes:
    """The catalogue as a .mo file (GNU gettext): sorted originals, translations, two tables of lengths and places."""
    pairs = [("", catalogue.header)]
    for text, said in catalogue.texts.items():
        if all(said):
            pairs.append((f"{text.id}\0{text.plural}" if text.plural else text.id, "\0".join(said)))
    coded = sorted((original.encode(), said.encode()) for original, said in pairs)
    count, start = len(coded), 28
    tables: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    data, place = b"", start + 16 * count
    for side in (0, 1):
        for pair in coded:
            tables[side].append((len(pair[side]), place + len(data)))
            data += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, 0)
    return head + b"".join(struct.pack("<2I", *entry) for table in tables for entry in table) + data
