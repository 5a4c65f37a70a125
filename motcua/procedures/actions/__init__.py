"""Acts on the catalogue, one file per noun."""

from motcua.procedures.actions.attachments import attach_decision, attach_file, remove_file
from motcua.procedures.actions.fees import FeeData, add_fee, end_fee
from motcua.procedures.actions.importing import ImportReport, Outcome, import_catalogue
from motcua.procedures.actions.offerings import Reduction, end_offering, offer, offer_all
from motcua.procedures.actions.postings import add_place, end_place, post_versions, remove_posting
from motcua.procedures.actions.process_import import import_file, import_processes
from motcua.procedures.actions.processes import (
    add_stage,
    add_task,
    discard_process,
    draft_process,
    edit_stage,
    edit_task,
    move_stage,
    publish_process,
    remove_stage,
    remove_task,
)
from motcua.procedures.actions.publication import Decision, Item, publish
from motcua.procedures.actions.starting import load_starting_catalogue
from motcua.procedures.actions.versions import (
    discard_draft,
    draft_procedure,
    draft_version,
    edit_draft,
    settle_units,
)

__all__ = [
    "Decision", "FeeData", "ImportReport", "Item", "Outcome", "Reduction", "add_fee", "add_place", "add_stage", "add_task",
    "attach_decision", "attach_file",    "discard_draft", "discard_process", "draft_procedure", "draft_process", "draft_version", "edit_draft", "edit_stage",
    "edit_task", "end_fee", "end_offering", "end_place", "import_catalogue", "import_file", "import_processes", "load_starting_catalogue",
    "move_stage", "offer", "offer_all", "post_versions", "publish", "publish_process", "remove_file", "remove_posting", "remove_stage",
    "remove_task", "settle_units",
]  # fmt: skip
