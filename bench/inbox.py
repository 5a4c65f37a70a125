"""The officer's inbox and the look-up of a code at 1,000 and at 200,000 dossiers: statements, medians, ratio (goal <= 1.2).

Rows are multiplied by SQL from one real dossier: the page must not notice. PYTHONPATH=. python bench/inbox.py [most]
"""

import sys
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import world as stage
from bench.machine import median, rounds
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import access_dossier
from motcua.dossiers.testing import make_intake

COPIED = (
    "dossiers_party",
    "dossiers_dossier",
    "dossiers_dossiertask",
    "dossiers_dossierpaper",
    "dossiers_clockentry",
)


def multiply(template: Dossier, first: int, last: int) -> None:
    """Copies number `first` to `last` of a dossier with its party, tasks, papers and ledger, spread over due dates."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in COPIED:
            cursor.execute(
                _copy(table, template),
                {"first": first, "last": last, "dossier": template.pk, "party": template.applicant_id},
            )
        cursor.execute("SET session_replication_role = origin")
        # As a table stands that has grown over years: without these the server tidies up and writes out while pages are measured.
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _copy(table: str, template: Dossier) -> str:
    """INSERT ... SELECT of one table's rows: new ids, new links, a due date of its own."""
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    own = (
        "id = %(party)s"
        if table == "dossiers_party"
        else "id = %(dossier)s"
        if table == "dossiers_dossier"
        else "dossier_id = %(dossier)s"
    )
    values = {
        "id": "id + g * 1000", "dossier_id": "dossier_id + g * 1000", "applicant_id": "applicant_id + g * 1000",
        "code": "'H40.12-250101-' || g", "due_at": "due_at + g %% 400 * interval '1 hour'",
        "dossier_due_at": "dossier_due_at + g %% 400 * interval '1 hour'", "register_number": "g + 1000",
    }  # fmt: skip
    columns = ", ".join(f'"{n}"' for n in names)
    picked = ", ".join(values.get(n, f'"{n}"') for n in names)
    return f"INSERT INTO {table} ({columns}) SELECT {picked} FROM {table}, generate_series(%(first)s, %(last)s) g WHERE {own}"


def measured(client: Client, address: str) -> tuple[int, float]:
    """Statements and median milliseconds of a page."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return counted(lambda: client.get(address), 9)


def counted(work: Callable[[], object], times: int) -> tuple[int, float]:
    """Statements and median milliseconds of what was done once before."""
    work()
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen), 1000 * median(rounds(work, times, 2))


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    world = stage.build()[0]
    dossier = actions.receive(make_intake(world), actor=world.clerk, at=now())
    [handed] = actions.hand_over([dossier.pk], actor=world.clerk, at=now())
    actions.take_over(handover_id=handed.pk, actor=world.officer, at=now())
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(world.officer)
    seen: dict[str, list[tuple[int, float]]] = {}
    done = 0
    for size in (1_000, most):
        multiply(dossier, done + 1, size - 1)
        done = size - 1
        code = f"H40.12-250101-{size // 2}"
        pk = Dossier.objects.get(code=code).pk
        pages = {"hộp việc": reverse("dossiers:inbox"), "trang hồ sơ": reverse("dossiers:dossier", args=[pk])}
        for name, address in pages.items():
            seen.setdefault(name, []).append(measured(client, address))
        found = counted(lambda code=code: access_dossier(world.officer, code, at=now()), 25)
        seen.setdefault("tra mã hồ sơ", []).append(found)
    for name, [(few, small), (many, large)] in seen.items():
        print(
            f"{name}: 1.000 hồ sơ {small:.1f} ms, {most:,} hồ sơ {large:.1f} ms, tỷ số {large / small:.2f}; câu lệnh {few} và {many}"
        )


if __name__ == "__main__":
    main()
