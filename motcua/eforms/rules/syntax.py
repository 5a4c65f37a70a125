"""Reading an expression: text to a tree, bounded in length, in signs and in depth. Nothing of it is ever run as Python.

or: and (hoặc and)* · and: not (và not)* · not: không not | compare · compare: sum (= <> < <= > >= sum)?
sum: term (+ - term)* · term: sign (* / sign)* · sign: - sign | atom
atom: number, "text", đúng, sai, a field's key, FUNCTION(…), (…)
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from motcua.core.errors import RuleViolation
from motcua.core.text import fold, nfc

LENGTH = 500
SIGNS = 150
DEPTH = 20
DIGITS = 15

WORDS = {"va": "và", "and": "và", "hoac": "hoặc", "or": "hoặc", "khong": "không", "not": "không"}
TRUTHS = {"dung": True, "true": True, "sai": False, "false": False}
RESERVED = frozenset(WORDS) | frozenset(TRUTHS)
COMPARISONS = {"=": "=", "==": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SIGN = re.compile(
    r'(?P<number>[0-9]+(?:\.[0-9]+)?)|"(?P<text>[^"]*)"|(?P<name>[^\W\d]\w*)'
    r"|(?P<sign><=|>=|<>|!=|==|[-+*/(),<>=])"
)


class ExpressionError(RuleViolation):
    """What is wrong with an expression, and where: `position` counts its characters from 1."""

    def __init__(self, message: str, position: int = 1) -> None:
        super().__init__(f"Ký tự thứ {position}: {message}")
        self.position = position


@dataclass(frozen=True, slots=True)
class Const:
    """A number, a text or a truth written in the expression."""

    value: Decimal | str | bool
    position: int


@dataclass(frozen=True, slots=True)
class Name:
    """What a field holds."""

    key: str
    position: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the table in `functions`; `name` is folded: tong."""

    name: str
    args: "tuple[Node, ...]"
    position: int


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with one side (không, âm) or two."""

    sign: str
    sides: "tuple[Node, ...]"
    position: int


Node = Const | Name | Call | Operation


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of the text: its kind (number, text, name, word, sign, end), what it says, where it stands."""

    kind: str
    said: str
    position: int


def signs(text: str) -> Iterator[Sign]:
    """The signs of a text, then its end. Raises ExpressionError for what is no sign."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _SIGN.match(text, place)
        if found is None:
            raise ExpressionError(_stranger(text[place]), place + 1)
        kind = str(found.lastgroup)
        said = found[kind]
        if kind == "name" and fold(said) in RESERVED:
            kind, said = "word", fold(said)
        yield Sign(kind, said, place + 1)
        place = found.end()
    yield Sign("end", "", len(text) + 1)


def _stranger(letter: str) -> str:
    if letter == '"':
        return 'chữ trong ngoặc kép chưa đóng. Viết thêm dấu " ở cuối chữ.'
    return f"không hiểu dấu “{letter}”. Chỉ dùng + - * / ( ) = <> < <= > >= , và chữ trong ngoặc kép."


def read(text: str) -> Node:
    """The tree of an expression. Raises ExpressionError, in Vietnamese, at its first fault."""
    text = nfc(text)
    if not text:
        raise ExpressionError("biểu thức còn trống.")
    if len(text) > LENGTH:
        raise ExpressionError(f"biểu thức dài quá {LENGTH} ký tự. Tách thành các trường tính riêng.", LENGTH)
    found = list(signs(text))
    if len(found) > SIGNS:
        raise ExpressionError(
            "biểu thức quá nhiều phần. Tách thành các trường tính riêng.", found[SIGNS].position
        )
    return _Reader(found).whole()


class _Reader:
    """Goes once through the signs, from left to right."""

    def __init__(self, found: list[Sign]) -> None:
        self.signs, self.place, self.depth = found, 0, 0

    @property
    def sign(self) -> Sign:
        return self.signs[self.place]

    def whole(self) -> Node:
        node = self.either()
        if self.sign.kind != "end":
            raise ExpressionError(
                f"thừa “{self.sign.said}”, hoặc thiếu phép tính trước nó.", self.sign.position
            )
        return node

    def taken(self, *wanted: str) -> Sign | None:
        """The sign here, gone past, when it is one of these."""
        here = self.sign
        said = WORDS.get(here.said) if here.kind == "word" else here.said if here.kind == "sign" else None
        if said not in wanted:
            return None
        self.place += 1
        return here

    def chain(self, part: Callable[[], Node], *operators: str) -> Node:
        """Parts with operators of one rank between them, from the left."""
        node = part()
        while here := self.taken(*operators):
            node = Operation(WORDS.get(here.said, here.said), (node, part()), here.position)
        return node

    def either(self) -> Node:
        self.depth += 1
        if self.depth > DEPTH:
            raise ExpressionError(
                "lồng quá nhiều ngoặc. Tách thành các trường tính riêng.", self.sign.position
            )
        node = self.chain(self.both, "hoặc")
        self.depth -= 1
        return node

    def both(self) -> Node:
        return self.chain(self.denied, "và")

    def denied(self) -> Node:
        return self.prefixed("không", "không", self.compared)

    def prefixed(self, wanted: str, name: str, part: Callable[[], Node]) -> Node:
        """A part after any number of the same sign before it, each a level of depth."""
        before = []
        while here := self.taken(wanted):
            before.append(here.position)
        if len(before) > DEPTH:
            raise ExpressionError(f"quá nhiều dấu “{wanted}” liền nhau.", before[DEPTH])
        node = part()
        for position in reversed(before):
            node = Operation(name, (node,), position)
        return node

    def compared(self) -> Node:
        node = self.sums()
        if here := self.taken(*COMPARISONS):
            node = Operation(COMPARISONS[here.said], (node, self.sums()), here.position)
            if again := self.taken(*COMPARISONS):
                raise ExpressionError("mỗi lần chỉ so sánh hai vế; nối bằng “và”.", again.position)
        return node

    def sums(self) -> Node:
        return self.chain(self.terms, "+", "-")

    def terms(self) -> Node:
        return self.chain(self.signed, "*", "/")

    def signed(self) -> Node:
        return self.prefixed("-", "âm", self.atom)

    def atom(self) -> Node:
        here = self.sign
        self.place += here.kind != "end"
        if here.kind == "number":
            return _number(here)
        if here.kind == "text":
            return Const(here.said, here.position)
        if here.kind == "word" and here.said in TRUTHS:
            return Const(TRUTHS[here.said], here.position)
        if here.kind == "name":
            return self.call(here) if self.taken("(") else Name(here.said, here.position)
        if here.said == "(":
            node = self.either()
            self.closed(here)
            return node
        raise ExpressionError(
            "thiếu một giá trị ở đây." if here.kind == "end" else f"chờ một giá trị, gặp “{here.said}”.",
            here.position,
        )

    def call(self, name: Sign) -> Call:
        args: list[Node] = []
        if not self.taken(")"):
            args.append(self.either())
            while self.taken(","):
                args.append(self.either())
            self.closed(name)
        return Call(fold(name.said), tuple(args), name.position)

    def closed(self, opened: Sign) -> None:
        if not self.taken(")"):
            raise ExpressionError(f"ngoặc mở sau “{opened.said}” chưa đóng.", self.sign.position)


def _number(sign: Sign) -> Const:
    if len(sign.said) > DIGITS:
        raise ExpressionError(f"số dài quá {DIGITS} chữ số.", sign.position)
    return Const(Decimal(sign.said), sign.position)
