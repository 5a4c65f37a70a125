"""Acts on the log: append, and (in `seals`) seal. There is no act that changes or removes."""

from motcua.audit.actions.events import append, append_many, record_view

__all__ = ["append", "append_many", "record_view"]
