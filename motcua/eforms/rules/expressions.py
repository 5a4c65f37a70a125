"""The small language of forms: conditions and calculated values, safe for anybody to write.

`parse(text)` gives an `Expression`; `.check(...)` says before publication what it gives and whether every name and kind
fits; `.evaluate(values)` works it out. There is no loop, no power, no attribute, and every evaluation may take only so
many steps, so that nothing typed here can keep a server busy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import Any

from motcua.eforms.rules.functions import FUNCTIONS, HELP, TODAY, Function, Kind, in_bounds, moved
from motcua.eforms.rules.syntax import Call, Const, ExpressionError, Name, Node, Operation, read

__all__ = ["HELP", "STEPS", "Budget", "Expression", "ExpressionError", "Kind", "parse"]

STEPS = 20_000
Rows = Mapping[str, Mapping[str, Kind]]


@dataclass
class Budget:
    """How many steps may still be taken; shared by all expressions of one form."""

    steps: int = STEPS

    def spend(self, position: int = 1) -> None:
        """One step less. Raises ExpressionError when there is none left."""
        self.steps -= 1
        if self.steps < 0:
            raise ExpressionError("phép tính quá dài. Bớt dòng của nhóm lặp hoặc tách phép tính.", position)


@dataclass(frozen=True)
class Expression:
    """An expression that was read. Raises ExpressionError where it cannot be worked out or does not fit."""

    text: str
    root: Node

    def evaluate(
        self, values: Mapping[str, Any], *, today: date | None = None, budget: Budget | None = None
    ) -> Any:
        """Its value on the values of fields by their keys; None is blank, and so is what a blank makes impossible."""
        with localcontext(Context(prec=34, traps=[])):
            return _Work(values, today, budget or Budget()).of(self.root)

    def check(self, kinds: Mapping[str, Kind], rows: Rows | None = None) -> Kind:
        """What it gives, fields being of these `kinds`; `rows`: the kinds of the fields of each repeated group."""
        return _Check(kinds, rows or {}).of(self.root)

    @property
    def names(self) -> frozenset[str]:
        """The keys that it speaks of."""
        return frozenset(node.key for node in walk(self.root) if isinstance(node, Name))

    def cost(self, most_rows: Mapping[str, int]) -> int:
        """The most steps that it can take, groups having at most so many rows."""
        return _cost(self.root, most_rows)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read an expression. Raises ExpressionError that says in Vietnamese what is wrong and at which character."""
    return Expression(text, read(text))


def walk(node: Node) -> Iterator[Node]:
    """A node and all under it."""
    yield node
    for part in node.args if isinstance(node, Call) else node.sides if isinstance(node, Operation) else ():
        yield from walk(part)


def _cost(node: Node, most_rows: Mapping[str, int]) -> int:
    if isinstance(node, Operation):
        return 1 + sum(_cost(side, most_rows) for side in node.sides)
    if isinstance(node, Call):
        costs = [_cost(arg, most_rows) for arg in node.args]
        if _function(node).by_row and len(costs) > 1 and isinstance(node.args[0], Name):
            costs[1] *= most_rows.get(node.args[0].key, 1)
        return 1 + sum(costs)
    return 1


def _function(call: Call) -> Function:
    if call.name not in FUNCTIONS:
        raise ExpressionError(
            f"không có hàm {call.name.upper()}. Xem danh sách hàm ở phần hướng dẫn.", call.position
        )
    return FUNCTIONS[call.name]


# ---- working it out ---------------------------------------------------------------------------------------------


ORDER = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
SORTS = (bool, Decimal, date, str)


class _Work:
    """One evaluation."""

    def __init__(self, values: Mapping[str, Any], today: date | None, budget: Budget) -> None:
        self.values, self.today, self.budget = values, today, budget

    def of(self, node: Node) -> Any:
        self.budget.spend(node.position)
        if isinstance(node, Const):
            return node.value
        if isinstance(node, Name):
            return self.values.get(node.key)
        try:
            found = self.call(node) if isinstance(node, Call) else self.operation(node)
        except (TypeError, AttributeError, ArithmeticError, ValueError):
            raise ExpressionError("các giá trị không cùng loại để tính.", node.position) from None
        return in_bounds(found) if isinstance(found, Decimal) else found

    def operation(self, node: Operation) -> Any:
        if node.sign in ("và", "hoặc", "không"):
            return self.logic(node)
        sides = [self.of(side) for side in node.sides]
        if node.sign in ("=", "<>"):
            return (_same(*sides)) == (node.sign == "=")
        if None in sides:
            return False if node.sign in ORDER else None
        if node.sign in ORDER:
            return _compared(node.sign, sides[0], sides[1])
        return _arithmetic(node.sign, sides)

    def logic(self, node: Operation) -> bool:
        """Blank counts as not so; the second side is looked at only when it matters."""
        first = self.truth(node.sides[0])
        if node.sign == "không":
            return not first
        return (
            (first and self.truth(node.sides[1]))
            if node.sign == "và"
            else (first or self.truth(node.sides[1]))
        )

    def truth(self, node: Node) -> bool:
        found = self.of(node)
        if not isinstance(found, bool | None):
            raise ExpressionError("chỗ này phải là đúng hoặc sai.", node.position)
        return bool(found)

    def call(self, node: Call) -> Any:
        if node.name == TODAY:
            return self.today
        function = _function(node)
        _counted(function, node)
        if function.by_row:
            return function.work(self.by_row(node))
        if function.name == "NEU":
            return self.of(node.args[1] if self.truth(node.args[0]) else node.args[2])
        args = [self.of(arg) for arg in node.args]
        if function.name == "TUOI" and len(args) == 1:
            args.append(self.today)
        return None if None in args and not function.blanks else function.work(*args)

    def by_row(self, node: Call) -> list[Any]:
        """The second argument for each row of the group named first; without one, that there is a row."""
        rows = self.of(node.args[0]) or ()
        if not isinstance(rows, tuple) or not all(isinstance(row, Mapping) for row in rows):
            raise ExpressionError("phần đầu phải là một nhóm lặp.", node.position)
        if len(node.args) == 1:
            return [True] * len(rows)
        return [_Work({**self.values, **row}, self.today, self.budget).of(node.args[1]) for row in rows]


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _compared(sign: str, one: Any, other: Any) -> bool:
    if not any(isinstance(one, sort) and isinstance(other, sort) for sort in SORTS):
        raise TypeError
    return bool(ORDER[sign](one, other))


def _arithmetic(sign: str, sides: list[Any]) -> Any:
    """+ - * / and the sign, on numbers; a day and a number; two days."""
    one = sides[0]
    if sign == "âm":
        return -_number(one)
    other = sides[1]
    if isinstance(one, date):
        if sign == "-" and isinstance(other, date):
            return Decimal((one - other).days)
        if sign in "+-":
            return moved(one, _number(other) if sign == "+" else -_number(other))
    left, right = _number(one), _number(other)
    if sign == "/":
        return left / right if right else None
    return left + right if sign == "+" else left - right if sign == "-" else left * right


def _number(value: Any) -> Decimal:
    if not isinstance(value, Decimal):
        raise TypeError
    return value


def _counted(function: Function, node: Call) -> None:
    """Raises ExpressionError for too few or too many arguments."""
    least = len(function.takes) if function.least < 0 else function.least
    if len(node.args) < least or (len(node.args) > len(function.takes) and function.more is None):
        raise ExpressionError(f"{function.name} cần đúng số phần: {function.help}.", node.position)


# ---- checking it before anybody fills in anything ---------------------------------------------------------------


@dataclass
class _Check:
    """What each part gives; raises ExpressionError for an unknown name or a kind that does not fit."""

    kinds: Mapping[str, Kind]
    rows: Rows
    in_row: bool = field(default=False)

    def of(self, node: Node) -> Kind:
        if isinstance(node, Const):
            return {bool: Kind.TRUTH, str: Kind.TEXT}.get(type(node.value), Kind.NUMBER)
        if isinstance(node, Name):
            return self.name(node)
        return self.call(node) if isinstance(node, Call) else self.operation(node)

    def name(self, node: Name) -> Kind:
        if node.key not in self.kinds:
            raise ExpressionError(
                f"không có trường “{node.key}” đứng trước trường này. Dùng mã của trường đứng trước.",
                node.position,
            )
        return self.kinds[node.key]

    def wants(self, node: Node, *allowed: Kind) -> Kind:
        found = self.of(node)
        if found not in allowed and Kind.ANY not in allowed:
            raise ExpressionError(
                f"chỗ này phải là {' hoặc '.join(allowed)}, không phải {found}.", node.position
            )
        return found

    def operation(self, node: Operation) -> Kind:
        if node.sign in ("và", "hoặc", "không"):
            for side in node.sides:
                self.wants(side, Kind.TRUTH)
            return Kind.TRUTH
        if node.sign == "=" or node.sign == "<>" or node.sign in ORDER:
            return self.comparison(node)
        first = self.wants(
            node.sides[0], *((Kind.NUMBER, Kind.DATE) if node.sign in "+-" else (Kind.NUMBER,))
        )
        if node.sign == "âm":
            return self.wants(node.sides[0], Kind.NUMBER)
        if first is Kind.DATE and node.sign == "-":
            return (
                Kind.NUMBER if self.wants(node.sides[1], Kind.NUMBER, Kind.DATE) is Kind.DATE else Kind.DATE
            )
        self.wants(node.sides[1], Kind.NUMBER)
        return first

    def comparison(self, node: Operation) -> Kind:
        allowed = (Kind.NUMBER, Kind.DATE, Kind.TEXT, Kind.TRUTH)
        first = self.wants(node.sides[0], *(allowed[:2] if node.sign in ORDER else allowed))
        self.wants(node.sides[1], first)
        return Kind.TRUTH

    def call(self, node: Call) -> Kind:
        function = _function(node)
        _counted(function, node)
        if function.by_row:
            return self.by_row(function, node)
        if function.name == "NEU":
            self.wants(node.args[0], Kind.TRUTH)
            first = self.of(node.args[1])
            self.wants(node.args[2], first)
            return first
        for number, arg in enumerate(node.args):
            self.wants(
                arg, function.takes[number] if number < len(function.takes) else function.more or Kind.ANY
            )
        return function.gives

    def by_row(self, function: Function, node: Call) -> Kind:
        group = node.args[0]
        if not isinstance(group, Name) or group.key not in self.rows or self.in_row:
            raise ExpressionError(
                f"phần đầu của {function.name} phải là mã một nhóm lặp đứng trước.", group.position
            )
        if len(node.args) > 1:
            inside = _Check({**self.kinds, **self.rows[group.key]}, self.rows, in_row=True)
            inside.wants(node.args[1], function.takes[1])
        return function.gives
