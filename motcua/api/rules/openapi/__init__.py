"""What the public interfaces are, as OpenAPI 3.1 has it: one table, and the document written from it."""

from motcua.api.rules.openapi.document import document
from motcua.api.rules.openapi.table import TABLE, Answer, Operation

__all__ = ["TABLE", "Answer", "Operation", "document"]
