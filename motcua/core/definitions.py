"""What a figure on a screen means, said once. Each app declares its figures in its rules and makes them known when it starts;
screens and files take name, words and unit from here by the figure's key, and the dictionary of figures lists them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """One figure: `label` its name, `words` the formula in words, `law` where it comes from, `unit` of its value, `window` the
    time that it tells of, `whole` the denominator of a share in words, `short` a name that fits above a column.
    """

    key: str
    label: str
    words: str
    law: str
    unit: str
    window: str
    whole: str = ""
    short: str = ""

    @property
    def heading(self) -> str:
        """Its name above a column."""
        return self.short or self.label


_KNOWN: dict[str, Definition] = {}


def know(definitions: Iterable[Definition]) -> None:
    """Make figures known, once at the start of the program. Raises ValueError for a key that has another meaning already."""
    for one in definitions:
        if _KNOWN.setdefault(one.key, one) != one:
            raise ValueError(f"Two figures are called {one.key}.")


def definition(key: str) -> Definition:
    """A figure by its key. Raises KeyError for one that nobody has defined: a screen may not show it."""
    return _KNOWN[key]
