"""Acts on the catalogue, one file per noun."""

from motcua.procedures.actions.attachments import attach_decision, attach_file, remove_file
from motcua.procedures.actions.fees import FeeData, add_fee, end_fee
from motcua.procedures.actions.finding import (
    load_life_events,
    remove_life_event,
    save_life_event,
    write_words,
)
from motcua.procedures.actions.guides import (
    AnswerData,
    QuestionData,
    add_answer,
    add_question,
    discard_guide,
    draft_guide,
    edit_answer,
    edit_question,
    end_guide,
    move_question,
    publish_guide,
    remove_answer,
    remove_question,
)
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
from motcua.procedures.actions.templates import end_template, set_template
from motcua.procedures.actions.versions import (
    discard_draft,
    draft_procedure,
    draft_version,
    edit_draft,
    settle_units,
)

__all__ = [
    "AnswerData",
    "Decision",
    "FeeData",
    "ImportReport",
    "Item",
    "Outcome",
    "QuestionData",
    "Reduction",
    "add_answer",
    "add_fee",
    "add_place",
    "add_question",
    "add_stage",
    "add_task",
    "attach_decision",
    "attach_file",
    "discard_draft",
    "discard_guide",
    "discard_process",
    "draft_guide",
    "draft_procedure",
    "draft_process",
    "draft_version",
    "edit_answer",
    "edit_draft",
    "edit_question",
    "edit_stage",
    "edit_task",
    "end_fee",
    "end_guide",
    "end_offering",
    "end_place",
    "end_template",
    "import_catalogue",
    "import_file",
    "import_processes",
    "load_life_events",
    "load_starting_catalogue",
    "move_question",
    "move_stage",
    "offer",
    "offer_all",
    "post_versions",
    "publish",
    "publish_guide",
    "publish_process",
    "remove_answer",
    "remove_file",
    "remove_life_event",
    "remove_posting",
    "remove_question",
    "remove_stage",
    "remove_task",
    "save_life_event",
    "set_template",
    "settle_units",
    "write_words",
]
