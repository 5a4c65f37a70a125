"""The ranking of the communes of the town, frozen, and the index of one of them sent."""

from datetime import timedelta

from motcua.dossiers.testing import in_review, moment
from motcua.statistics import actions
from motcua.statistics.models import KeptReport
from motcua.statistics.queries import Scope
from motcua.statistics.queries.index766_ranking import ranking
from motcua.statistics.rules import keeping_kinds
from motcua.statistics.rules.periods import Basis, parse

NOVEMBER = parse("2026-11", Basis.CALENDAR)
OCTOBER = parse("2026-10", Basis.CALENDAR)
AFTER = moment(days=35)  # 7-12-2026
LATER = AFTER + timedelta(days=1)
PERIOD = {"period": "2026-11", "basis": "calendar"}
OURS = "UBND xã An Phú"


def live(world, at=AFTER, **more):
    return ranking(Scope(world.province), NOVEMBER.window, at, before=OCTOBER.window, **more)


def frozen(world, at=AFTER, **more) -> KeptReport:
    about = {"agency": world.province, "units": "commune", "actor": world.above, **PERIOD, **more}
    agency, window = about.pop("agency"), about.pop("window", NOVEMBER.window)
    return actions.freeze_ranking(agency, window, at=at, **about)


def index(world, at=AFTER, **more) -> KeptReport:
    return actions.freeze_index(world.commune, NOVEMBER.window, **PERIOD, actor=world.keeper, at=at, **more)


def sent(world, report, at=AFTER) -> KeptReport:
    actions.sign(report.pk, actor=world.boss, at=at)
    return actions.send(report.pk, actor=world.keeper, at=at)


def kept(report):
    report = KeptReport.objects.get(pk=report.pk)
    return keeping_kinds.read(report.kind, report.content)


def place(found, name=OURS):
    return next(one for one in found.places if one.agency.name == name)


def another_count(world) -> None:
    """Something recorded late that the period held: whoever reckons now finds another number than was sent."""
    in_review(world, at=moment(days=2))
