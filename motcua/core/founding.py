"""A new database made in one step: the tables as the models say, instead of forty migrations one after the other.

Django draws up the models anew for every step of every migration: most of a minute for a database that holds nothing.
Where there is nothing to carry over, the end is the same: `tests/test_migrations.py` compares both ways on both engines.
What migrations do beside the models (extensions, triggers, indexes by hand) is done here too, in their order.
"""

from collections.abc import Sequence
from typing import cast

from django.apps import apps
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import StateApps

OURS = "motcua."


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database holds no table yet."""
    return not connection.introspection.table_names()


def found(connection: BaseDatabaseWrapper) -> None:
    """Make all tables of a new database and note every migration as applied; in one transaction, or not at all."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    executor.recorder.ensure_schema()
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models(include_auto_created=False):
            if router.allow_migrate_model(connection.alias, model) and model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration, _ in plan:
            if apps.get_app_config(migration.app_label).name.startswith(OURS):
                _do_by_hand(migration.operations, editor)
            executor.recorder.record_applied(migration.app_label, migration.name)


def _do_by_hand(operations: Sequence[Operation], editor: BaseDatabaseSchemaEditor) -> None:
    """What a migration does by code, but for what only carries rows over (`elidable`): there are none."""
    for one in operations:
        if isinstance(one, RunPython) and not one.elidable:
            one.code(cast(StateApps, apps), editor)
