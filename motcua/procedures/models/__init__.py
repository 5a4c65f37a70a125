"""Tables of the catalogue, one file per noun."""

from motcua.procedures.models.catalogue import (
    Channel,
    ChannelRule,
    Field,
    LegalBasis,
    Offering,
    Paper,
    Procedure,
    ProcedureVersion,
    ResultTemplate,
    ResultType,
)
from motcua.procedures.models.fees import Fee, FeeExemption
from motcua.procedures.models.finding import LifeEvent, PlainWords
from motcua.procedures.models.guides import Guide, GuideAnswer, GuideQuestion
from motcua.procedures.models.process import Process, Stage, TaskTemplate
from motcua.procedures.models.publication import (
    Posting,
    PostingPlace,
    PublicationChange,
    PublicationDecision,
)

__all__ = [
    "Channel", "ChannelRule", "Fee", "FeeExemption", "Field", "Guide", "GuideAnswer", "GuideQuestion", "LegalBasis", "LifeEvent", "Offering", "Paper", "PlainWords", "Posting", "PostingPlace", "Procedure",
    "ProcedureVersion", "Process", "PublicationChange", "PublicationDecision", "ResultTemplate", "ResultType", "Stage", "TaskTemplate",
]  # fmt: skip
