"""Acts on the log: append, seal, stamp. There is no act that changes or removes."""

from motcua.audit.actions.events import append, append_many, record_view
from motcua.audit.actions.seals import seal, seal_when_due, stamp_pending

__all__ = ["append", "append_many", "record_view", "seal", "seal_when_due", "stamp_pending"]
