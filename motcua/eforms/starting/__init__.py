"""Forms that ship as data: a birth, a temporary residence, land. Questions follow the papers of the national forms."""

from pathlib import Path

HERE = Path(__file__).parent
# File, and the procedure that it is for in the demonstration.
FILES = (("khai-sinh", "1.001193"), ("tam-tru", "1.004194"), ("dat-dai", "1.013978"))


def text_of(name: str) -> bytes:
    """The file of one form."""
    return (HERE / f"{name}.json").read_bytes()
