"""The story of Tân Lam: the district era until 30-6-2025, the change to two levels, and the months up to the present."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from motcua.agencies.models import OneStopOffice, Role
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import legal_date, to_utc
from motcua.dossiers.actions import transfer_open_work
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.rules.states import Status
from motcua.payments.actions import open_account, open_book
from motcua.procedures.actions import add_place, offer_all, post_versions
from motcua.procedures.queries import offered_at
from motcua.scenarios.demo import people, structure
from motcua.scenarios.demo.build import World
from motcua.scenarios.demo.charged import charge_when_filed
from motcua.scenarios.demo.citizens import add_citizens
from motcua.scenarios.demo.desks import furnish
from motcua.scenarios.demo.feedback import hear
from motcua.scenarios.demo.finished import begin_draft, finish_one, owe, owe_own
from motcua.scenarios.demo.forms import give_forms
from motcua.scenarios.demo.opinions import give_opinions
from motcua.scenarios.demo.own import file_own
from motcua.scenarios.demo.paying import pay_online
from motcua.scenarios.demo.posted import send_by_post
from motcua.scenarios.demo.privacy import ask_for_data
from motcua.scenarios.demo.queue import give_numbers
from motcua.scenarios.demo.site import furnish_site
from motcua.scenarios.demo.states import DISTRICT_PLAN, PLAN
from motcua.scenarios.demo.traffic import Demand, Traffic
from motcua.scenarios.engine import Simulation
from motcua.scenarios.installation import install
from motcua.scenarios.journey import Journey
from motcua.scenarios.turns import Fate

SEED = 20261122
MONTHS_BACK_DAYS = 75
COMMUNE = {
    "1.001193": 9, "1.000656": 3, "1.000894": 3, "1.004873": 6, "2.000635": 7, "2.000815": 14, "2.000884": 5, "1.004859": 2,
    "1.001022": 0.7, "1.004837": 0.5, "1.004884": 1.5, "2.000986": 3, "1.001612": 4, "2.000720": 1.5, "1.001266": 1, "1.013225": 3,
    "1.013226": 0.8, "1.013978": 4, "1.012796": 1.5, "1.011607": 1.5, "1.011609": 1, "1.008004": 1, "1.004222": 5, "1.004194": 4,
    "1.010041": 2, "1.001613": 1.5, "2.000693": 1, "2.001035": 1.5,
}  # fmt: skip
DISTRICT: dict[str, float] = {"2.000528": 2, "2.000806": 1, "1.001612": 4, "1.012796": 2}
PROVINCE: dict[str, float] = {"2.000635": 3, "2.002516": 2}

CASH_DESKS = (
    "suoi_ngoc",
    "tan_lam",
    "suoi_ngoc_police",
    "tan_lam_police",
    "local_land",
    "justice",
    "environment",
)

Say = Callable[[str], None]


def example() -> Dossier | None:
    """A dossier to look up as a citizen: the newest one that is being worked on."""
    rows = Dossier.objects.filter(status=Status.IN_REVIEW).select_related("applicant")
    return rows.order_by("-received_at").first()


def tell(now: datetime, say: Say = lambda text: None) -> World:
    """Build and replay everything up to `now` (aware). Deterministic for one date."""
    start = to_utc(datetime(2024, 1, 2, 8))
    say("Cài các cấp, vai trò, lịch quốc gia, danh mục thủ tục")
    world = World(install(start))
    give_forms(world.system, start)
    Role.objects.filter(requires_totp=True).update(
        requires_totp=False
    )  # the demonstration's sign-ins are printed anyway
    say("Lập tỉnh Tân Lam thời có huyện Suối Ngọc")
    _district_era(world, start, say)
    say("Chuyển sang hai cấp từ 01/07/2025")
    _two_levels(world, now)
    say(f"Phát lại hồ sơ {MONTHS_BACK_DAYS} ngày gần đây")
    _present(world, now, say)
    give_numbers(world, now)
    furnish(world, now)
    give_opinions(world, now)
    send_by_post(world.offices["suoi_ngoc_desk"], world.people["hoa"], now)
    hear(world, now)
    furnish_site(world.system, world.agencies["suoi_ngoc"], _todays_offices(world), now, start)
    add_citizens(world.system, now - timedelta(days=40))
    desk = world.offices["tan_lam_desk"]
    finish_one(desk, now)
    file_own(desk, now)
    begin_draft(desk, now)
    owe(world.agencies["tan_lam"], world.people["mai"], now)
    pay_online(world.agencies["tan_lam"], world.system, now)
    owe_own(desk, now)
    charge_when_filed(world.offices["province_desk"], world.system, now)
    ask_for_data(world, now)
    return world


def _todays_offices(world: World) -> list[OneStopOffice]:
    return [world.offices[key] for key in ("province_desk", "suoi_ngoc_desk", "tan_lam_desk")]


def _district_era(world: World, at: datetime, say: Say) -> None:
    world.add_agencies(structure.PROVINCE, at)
    world.add_agencies(structure.DISTRICT, at)
    for plan in structure.OFFICES:
        if plan.valid_from == structure.LONG_AGO:
            world.add_office(plan, at)
    world.add_people(people.DISTRICT, structure.LONG_AGO, at)
    for key in ("district", "district_land"):
        offer_all(world.agencies[key], "district", structure.LONG_AGO, actor=world.system, at=at)
    _cash(world, ("district", "district_land"), {2025}, at)
    demand = Demand(
        world.offices["district_desk"],
        "huyện Suối Ngọc",
        1.2,
        DISTRICT,
        online=0.1,
        kinds={"plain": 1.0},
        planned=DISTRICT_PLAN,
    )
    replay(world, [(demand, date(2025, 5, 12), date(2025, 6, 24))], to_utc(datetime(2025, 6, 30, 17)), say)


def _two_levels(world: World, now: datetime) -> None:
    before, after = to_utc(datetime(2025, 6, 25, 8)), to_utc(datetime(2025, 7, 1, 7, 30))
    world.add_agencies(structure.TODAY, before)
    for plan in structure.OFFICES:
        if plan.valid_from == structure.TWO_LEVELS:
            world.add_office(plan, before)
    world.add_people(people.TODAY, structure.TWO_LEVELS, before)
    for key, heir in structure.SUCCESSORS.items():
        transfer_open_work(
            world.agencies[key], world.agencies[heir], document=structure.REFORM, actor=world.system, at=after
        )
    world.end_district(to_utc(datetime(2025, 6, 30, 17, 30)))
    for key in ("suoi_ngoc", "tan_lam"):
        offer_all(world.agencies[key], "commune", structure.TWO_LEVELS, actor=world.system, at=after)
    offer_all(
        world.agencies["justice"],
        "province",
        structure.TWO_LEVELS,
        actor=world.system,
        at=after,
        fields=("Hộ tịch",),
    )
    years = {(now - timedelta(days=MONTHS_BACK_DAYS)).year, now.year}
    _cash(world, CASH_DESKS, years, after)


def _cash(world: World, keys: tuple[str, ...], years: set[int], at: datetime) -> None:
    """A receipt book for each year, and a collecting account, for each agency that takes fees."""
    for key in keys:
        agency = world.agencies[key]
        for year in sorted(years):
            open_book(agency, symbol=f"BL-{agency.pk:02d}", year=year, actor=world.system, at=at)
        open_account(
            agency, bank_bin="970436", bank_name="Vietcombank", account_number=f"0000{agency.pk:06d}", holder=agency.name.upper()[:60],
            valid_from=legal_date(at), source="Số liệu minh họa", actor=world.system, at=at,
        )  # fmt: skip


def _present(world: World, now: datetime, say: Say) -> None:
    last = legal_date(now)
    first = last - timedelta(days=MONTHS_BACK_DAYS)
    _post_boards(world, to_utc(datetime.combine(first, datetime.min.time()) + timedelta(hours=8)))
    offices = world.offices
    here = Demand(offices["suoi_ngoc_desk"], "xã Suối Ngọc, tỉnh Tân Lam", 5.2, COMMUNE, planned=PLAN)
    there = replace(
        here, office=offices["tan_lam_desk"], place="phường Tân Lam, tỉnh Tân Lam", per_day=4.5, online=0.34
    )
    above = Demand(offices["province_desk"], "tỉnh Tân Lam", 1.1, PROVINCE, online=0.4)
    replay(world, [(demand, first, last) for demand in (here, there, above)], now, say)


def _post_boards(world: World, at: datetime) -> None:
    """Boards in both communes; a few versions are left unposted so that the list of what is missing has something to say."""
    for key, office in (("suoi_ngoc", "suoi_ngoc_desk"), ("tan_lam", "tan_lam_desk")):
        place = add_place(
            world.agencies[key].pk, "board", "Bảng niêm yết tại Trung tâm", actor=world.system, at=at
        )
        versions = list(offered_at(world.offices[office], legal_date(at)))
        post_versions(place.pk, [v.pk for v in versions[:-4]], actor=world.system, at=at)


def replay(world: World, demands: list[tuple[Demand, date, date]], until: datetime, say: Say) -> int:
    """Let the traffic of some offices happen; says how many acts there were."""
    simulation = Simulation(SEED + until.toordinal(), until)
    _take_up_what_was_left(world, simulation)
    for demand, first, last in demands:
        Traffic(simulation, demand, first, last, world.numbers).schedule()
    done = simulation.run(say)
    world.refused += simulation.refused
    return done


def _take_up_what_was_left(world: World, simulation: Simulation) -> None:
    """What the district left open, and what waited at its closed counter, is finished by those who took its place."""
    start = to_utc(datetime.combine(structure.TWO_LEVELS, datetime.min.time()) + timedelta(hours=8))
    left = Dossier.objects.filter(status__in=[*OPEN_STATUSES, "submitted", "result_ready", "wait_collect"])
    keeper = simulation.agency(world.agencies["district"].pk)
    for dossier in left.order_by("pk"):
        clerk = simulation.someone(Permission.DOSSIER_RETURN_RESULT, keeper, start) or world.system
        Journey(simulation, clerk, Fate(pace=0.8)).take_up(dossier, start)
