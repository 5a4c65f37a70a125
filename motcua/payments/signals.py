"""News for the apps above."""

from django.dispatch import Signal

# Sent inside the transaction of the act. Arguments: reference (text), state (of all charges of the reference
# together, see rules.lines.overall), actor, at.
charge_changed = Signal()
