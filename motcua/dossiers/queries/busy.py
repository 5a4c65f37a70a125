"""When people come to a counter: receptions by hour of the day, for those who want to come when few do."""

from collections import Counter
from datetime import datetime

from motcua.agencies.models import OneStopOffice
from motcua.core.moments import to_local
from motcua.dossiers.models import Dossier


def receptions_by_hour(office: OneStopOffice, since: datetime, until: datetime) -> dict[int, int]:
    """How many dossiers were handed in at the counter in each hour of the day (Asia/Ho_Chi_Minh). One statement, by the index of
    who received and when.
    """
    rows = Dossier.objects.filter(
        receiving_agency=office.agency_id, received_at__gte=since, received_at__lt=until, office=office
    ).exclude(channel="online")
    moments = rows.values_list("received_at", flat=True)[:20_000]
    return dict(Counter(to_local(at).hour for at in moments if at is not None))
