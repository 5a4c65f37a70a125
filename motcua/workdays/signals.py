"""News for the apps above."""

from django.dispatch import Signal

# A calendar has changed. Sent inside the transaction of the act, with: agency (Agency, or None for the
# nation), first and last (legal dates between which days may have changed; last None: open), reason,
# document, actor, at (aware). Open dossiers of the agency's subtree are to be projected anew, with the
# reason in their log.
calendar_changed = Signal()
