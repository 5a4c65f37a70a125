"""What an import has to say of a row: words of refusal and of warning, each with what to do."""

from dataclasses import dataclass

MAX_SMALL = 32_767
MAX_AMOUNT = 10_000
MAX_DONG = 10**12


@dataclass(frozen=True)
class Note:
    """`refuses`: the row cannot be taken. `what` is wrong, `advice` is what to do."""

    refuses: bool
    what: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.what}. {self.advice}" if self.advice else f"{self.what}."


class Notes(list[Note]):
    """The notes on one row while it is read."""

    def refuse(self, what: str, advice: str) -> None:
        """The row cannot be taken."""
        self.append(Note(True, what, advice))

    def warn(self, what: str, advice: str = "") -> None:
        """The row is taken, somebody should look."""
        self.append(Note(False, what, advice))

    @property
    def refused(self) -> bool:
        """Whether anything forbids taking the row."""
        return any(note.refuses for note in self)
