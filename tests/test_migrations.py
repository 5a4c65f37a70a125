"""The migrations say all that the models say, and a new database made in one step is the one that they make."""

from typing import Any

import pytest
from django.core.management import call_command

from tests.machine import Machine, machines  # noqa: F401

# Everything that the engine knows of a schema, and how many rows each table holds. Aside: the order of columns, the
# width of ids (links between two tables were given narrow ones) and how a unique column's index is called.
DRAWN = """
import json, re, django; django.setup()
from django.db import connection as c
wanted = {
    "sqlite": [
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
        "SELECT m.name, p.name, p.type, p.\\"notnull\\", p.dflt_value, p.pk FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'",
        "SELECT m.name, f.\\"from\\", f.\\"table\\", f.\\"to\\", f.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    ],
    "postgresql": [
        "SELECT table_name, column_name, CASE column_name WHEN 'id' THEN 'number' ELSE data_type END, character_maximum_length, is_nullable, column_default, is_identity, collation_name FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> 13",
        "SELECT extname FROM pg_extension",
    ],
}
def told(part):
    part = re.sub(r"_[0-9a-f]{8}_uniq", "_key", part)
    return sorted(part[:-1].split(", ")) if part.startswith("CREATE TABLE") else part
made = {}
with c.cursor() as cursor:
    for statement in wanted[c.vendor]:
        cursor.execute(statement)
        made[statement] = sorted([told(str(part)) for part in row] for row in cursor.fetchall())
    for table in sorted(c.introspection.table_names()):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        made[table] = cursor.fetchone()[0]
print(json.dumps(made))
"""


@pytest.mark.django_db
def test_no_model_waits_for_a_migration(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


@pytest.mark.django_db
def test_a_new_database_made_in_one_step_is_the_one_that_the_migrations_make(
    machines: tuple[Machine, Machine],  # noqa: F811
) -> None:
    drawn: list[Any] = []
    for machine, how in zip(machines, (["--stepwise"], []), strict=True):
        machine.motcua("migrate", "--verbosity", "0", *how)
        drawn.append(machine.json(DRAWN))
    for what, rows in drawn[0].items():
        assert rows == drawn[1][what], what
    assert drawn[0].keys() == drawn[1].keys()
