"""What citizens type in, one file a theme."""

from motcua.portal.forms.kiosk import KioskForm
from motcua.portal.forms.tracking import TrackForm, VerifyForm

__all__ = ["KioskForm", "TrackForm", "VerifyForm"]
