"""Copies of a whole installation: database, keys, seals and files in one dated folder, with what must come back.

The order has a reason. Keys and the book of seals are copied first (the book must not know a seal that the copy of the
database lacks), files last (every file that the database speaks of must be there). Rows are counted in the very
snapshot that is copied, so that a restore can be compared with them to the row.
"""

from motcua.core.backup.copies import Copy, latest, make, prune
from motcua.core.backup.loading import Difference, differences, load, require_empty

__all__ = ["Copy", "Difference", "differences", "latest", "load", "make", "prune", "require_empty"]
