"""News for the apps above."""

from django.dispatch import Signal

# Sent inside the transaction of the act. Arguments: reference (text), state (of all charges of the reference
# together, see rules.lines.overall), actor, at.
charge_changed = Signal()

# Sent inside the transaction before the charges of some records are locked. Argument: references (a set of text).
# Whoever locks its own record before its charges locks it now: two acts on one record then queue up instead of
# waiting for each other for ever.
charges_wanted = Signal()

# Sent inside the transaction when a charge is paid, however that came about. Arguments: charge (a Charge), receipt (its
# number in words, "" while none could be given yet), actor, at.
charge_settled = Signal()

# Sent inside the transaction when money of a paid charge has gone back. Arguments: charge (a Charge), amount (đồng, a part or
# all of it), actor, at.
money_returned = Signal()
