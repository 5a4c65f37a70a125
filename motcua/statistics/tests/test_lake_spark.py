"""The same expression on Spark gives the same report. A Spark of this machine alone; on a cluster only the session differs."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from motcua.dossiers.testing import World, moment
from motcua.statistics.output.flat import as_data
from motcua.statistics.output.lake_export import export
from motcua.statistics.queries import Scope, build, count
from motcua.statistics.queries.lake import Lake, LakeScope, duckdb, open_tables, report, spark
from motcua.statistics.queries.lake import count as count_lake
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.rules.reports import form_on
from motcua.statistics.tests.test_lake import HELD, counts

MISSING = [
    name for name, there in (("pyspark", find_spec("pyspark")), ("Java", shutil.which("java"))) if not there
]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore"),  # those of Spark and pandas about each other
    pytest.mark.skipif(
        bool(MISSING), reason=f"thiếu {', '.join(MISSING)} (requirements/spark.txt, default-jre-headless)"
    ),
]
NOW = moment(days=30)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A small Spark that talks to nobody else."""
    from pyspark.sql import SparkSession

    quiet = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.sql.session.timeZone": "Asia/Ho_Chi_Minh",
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.sql.adaptive.enabled": "false",
    }  # fmt: skip
    builder = SparkSession.builder.master("local[2]").appName("motcua-test")
    for key, value in quiet.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


def test_both_engines_give_the_report_of_the_database(world: World, tmp_path: Path, session: Any) -> None:
    export(tmp_path, as_of=NOW)
    lake = Lake.at(tmp_path)
    for code, window in (
        ("ii-06a", parse("2026", Basis.CALENDAR).window),
        ("ii-06b", parse("2026-11").window),
    ):
        form, agency = form_on(code, window.end), lake.agency("H40")
        expected = as_data(build(form, Scope(world.province, below=True), window, NOW))
        for engine in ("duckdb", "spark"):
            with open_tables(engine, tmp_path) as tables:
                assert as_data(report(lake, tables, form, agency, window, below=True)) == expected, (
                    engine,
                    code,
                )


def test_every_figure_of_the_lake_is_the_same_on_both(world: World, tmp_path: Path, session: Any) -> None:
    export(tmp_path, as_of=NOW)
    lake, window = Lake.at(tmp_path), parse("2026-11").window
    asked: dict[str, Any] = {"by": ("agency", "field"), "tests": HELD}
    expected = counts(count(Scope(world.province, below=True), window, at=NOW, **asked))
    assert expected
    for tables_of in (duckdb, spark):
        with tables_of(tmp_path) as tables:
            scope = LakeScope(lake.agency("H40"), True, lake=lake)
            assert counts(count_lake(lake, tables, scope, window, **asked)) == expected
