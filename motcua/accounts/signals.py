"""What apps above may hear of."""

from django.dispatch import Signal

# A citizen has taken over what a helper filed for them: assistance, user, at. Sent inside the act's transaction.
assistance_claimed = Signal()
