"""What apps above may hear of."""

from django.dispatch import Signal

# A dossier's electronic result was signed: result, actor, at. Sent inside the act's transaction.
result_signed = Signal()
