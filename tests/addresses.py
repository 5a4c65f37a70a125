"""Every address of the software, with what it takes to open it in the story of tests/world.py."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from motcua.agencies.testing import make_role
from motcua.core.moments import today
from motcua.dossiers.queries import notice_token
from motcua.files.queries import url_for
from motcua.statistics.queries.opendata import published_months
from tests.world import Province, post_of, role_of


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The name and the route of all addresses that the resolver knows."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or str(pattern.pattern)), str(pattern.pattern)
        else:
            yield from routes(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))


def names(part: str = "") -> list[str]:
    """The names of all addresses, or of those with this part in their route, e.g. "<int:"."""
    return sorted({name for name, route in routes() if part in route})


def spend(answer: Any) -> None:
    """Read a file to its end, as a browser does; closing the answer by hand would close the database too."""
    if answer.streaming:
        b"".join(answer)


# Nothing but an act: opened by hand they answer 405.
POST_ONLY = frozenset(
    [
        "counter:office",
        "counter:preview",
        "counter:card",
        "counter:person",
        "counter:sign_list",
        "dossiers:batch",
        "dossiers:save_filter",
        "dossiers:columns",
        "dossiers:sign_batch",
        "dossiers:reveal",
        "dossiers:message",
        "dossiers:scan",
        "procedures:draft_start",
        "procedures:draft_discard",
        "procedures:process_discard",
        "procedures:stage_remove",
        "procedures:stage_move",
        "procedures:task_remove",
        "procedures:post",
        "procedures:take_down",
        "procedures:file_remove",
        "workdays:load",
        "agencies:revoke_role",
        "agencies:withdraw_setting",
        "agencies:revoke_delegation",
        "statistics:column_remove",
        "statistics:freeze",
        "statistics:kept_sign",
        "statistics:kept_send",
        "statistics:template_end",
        "audit:check",
        "audit:seal",
        "notifications:send_again",
        "portal:language",
        "accounts:end_sessions",
    ]
)


def arguments(province: Province) -> dict[str, list[Any]]:
    """The arguments of each address that takes some: objects of our commune."""
    return {
        **_public(province),
        **_dossiers(province),
        **_catalogue(province),
        **_organisation(province),
        **_money_and_log(province),
        **_reports(province),
    }


def _public(province: Province) -> dict[str, list[Any]]:
    return {
        "portal:procedure": [province.base.procedure.code],
        "portal:verify_token": [notice_token(province.things["notice"].pk)],
    }


def _dossiers(province: Province) -> dict[str, list[Any]]:
    ours, things = province.ours, province.things
    review = ours["review"].pk
    return {
        "counter:sheet": [things["offering"].pk],
        "counter:received": [ours["received"].pk],
        "counter:check": [ours["submitted"].pk],
        "counter:handed_over": [things["handover"].pk],
        "counter:handover_list": [things["handover"].pk],
        "counter:sign_list": [things["handover"].pk],
        "counter:return_one": [ours["ready"].pk],
        "counter:register_pdf": [2026],
        "counter:register_xlsx": [2026],
        **{f"dossiers:{name}": [review] for name in ("dossier", "more", "reveal", "derivation", "message", "control_slip")},
        "dossiers:act": [review, "ask_supplement"],
        "dossiers:scan": [review, things["paper"].pk],
        "dossiers:scan_file": [review, things["paper"].pk],
        "dossiers:notice_pdf": [review, things["notice"].pk],
        "dossiers:result_file": [ours["ready"].pk, things["result"].pk],
        "dossiers:result_pdf": [ours["ready"].pk, things["result"].pk],
        "dossiers:reply": [things["reply"].pk],
        "dossiers:reply_drop": [things["reply"].pk],
    }  # fmt: skip


def _catalogue(province: Province) -> dict[str, list[Any]]:
    things, code = province.things, province.base.procedure.code
    of_procedure = ("procedure", "draft_start", "draft", "draft_header", "draft_discard", "fee_add", "offering_add", "process_start")  # fmt: skip
    process, stage = things["process"].pk, things["stage"].pk
    return {
        **{f"procedures:{name}": [code] for name in of_procedure},
        "procedures:settle": [things["draft"].pk],
        "procedures:export": ["json"],
        "procedures:version": [code, 1],
        "procedures:compare": [code, 1, 2],
        "procedures:draft_part": [code, "giay-to"],
        "procedures:fee_end": [things["fee"].pk],
        "procedures:offering_end": [things["offering"].pk],
        "procedures:cuts_of": [province.base.commune.pk],
        **{f"procedures:{name}": [process] for name in ("process", "process_publish", "process_discard", "stage_add")},
        **{f"procedures:{name}": [process, stage] for name in ("stage_edit", "stage_remove", "task_add")},
        "procedures:stage_move": [process, stage, 2],
        **{f"procedures:{name}": [process, things["template"].pk] for name in ("task_edit", "task_remove")},
        **{f"procedures:{name}": [things["decision"].pk] for name in ("decision", "decision_file", "decision_attach")},
        **{f"procedures:{name}": [things["form_paper"].pk, "mau"] for name in ("paper_file", "public_file")},
        **{f"procedures:{name}": [things["draft_paper"].pk, "mau"] for name in ("file_attach", "file_remove")},
        **{f"procedures:{name}": [things["place"].pk] for name in ("place", "place_end", "post", "board_pdf", "qr_pdf")},
        "procedures:take_down": [things["posting"].pk],
    }  # fmt: skip


def _organisation(province: Province) -> dict[str, list[Any]]:
    things, here, office = province.things, province.base.commune.pk, province.base.office
    clerk, post = province.cast.clerk.pk, post_of(province.cast.clerk)
    of_agency = ("agency", "create_under", "edit", "move", "end", "open_office", "create_post", "settings_of")
    of_person = (
        "person",
        "edit_person",
        "assign",
        "reset_password",
        "reset_totp",
        "deactivate",
        "reactivate",
    )
    return {
        **{f"agencies:{name}": [here] for name in of_agency},
        "agencies:setting_of": [here, "due_soon_days"],
        "agencies:setting": ["due_soon_days"],
        "agencies:withdraw_setting": [things["setting"].pk],
        **{f"agencies:{name}": [office.pk] for name in ("office", "close_office", "seat")},
        "agencies:end_seat": [office.seats.get(agency=province.base.police).pk],
        **{f"agencies:{name}": [post.post_id] for name in ("post", "end_post")},
        "agencies:revoke_role": [role_of(province.cast.clerk).pk],
        **{f"agencies:{name}": [clerk] for name in of_person},
        "agencies:end_assignment": [post.pk],
        "agencies:role": [make_role("receptionist").code],
        "agencies:revoke_delegation": [things["delegation"].pk],
        "workdays:announce": [2027],
        "workdays:year": [here, 2026],
        **{f"workdays:{name}": [here] for name in ("sessions", "add_day")},
        **{f"workdays:{name}": [things["day"].pk] for name in ("edit_day", "remove_day")},
    }


def _money_and_log(province: Province) -> dict[str, list[Any]]:
    things = province.things
    receipt, charge = things["receipt"], things["charge"].pk
    return {
        **{f"payments:{name}": [charge] for name in ("charge", "exempt", "refund")},
        **{f"payments:{name}": [receipt.pk] for name in ("receipt", "receipt_pdf", "cancel_receipt")},
        **{f"payments:{name}": [receipt.day_id] for name in ("day", "close_day")},
        "payments:close_book": [things["book"].pk],
        "payments:end_account": [things["account"].pk],
        "payments:resolve_transfer": [things["transfer"].pk],
        "notifications:send_again": [things["message"].pk],
        "notifications:template": [things["text"].pk],
        "audit:event": [things["event"].pk],
        "files:release": [things["waiting"].pk],
        "files:open": [url_for(things["scan"], province.cast.clerk).rstrip("/").rsplit("/", 1)[-1]],
    }


def _reports(province: Province) -> dict[str, list[Any]]:
    template, column = province.things["report_template"], province.things["report_column"]
    kept, month = province.things["kept_report"], published_months(today())[0].code
    return {
        "statistics:report": ["ii-06a"],
        "statistics:download": ["ii-06a", "json"],
        "statistics:dossiers": ["ii-06a", "received"],
        "statistics:behind": ["received_new"],
        "statistics:opendata_month": [month],
        "statistics:opendata_file": [month, "json"],
        "statistics:opendata_agency": [month, province.base.commune.pk],
        "statistics:opendata_agency_file": [month, province.base.commune.pk, "csv"],
        "statistics:template": [template.pk],
        "statistics:template_end": [template.pk],
        "statistics:column_remove": [column.pk],
        "statistics:freeze": ["ii-06a"],
        "statistics:reporting": ["ii-06a"],
        **{f"statistics:{name}": [kept.pk] for name in ("kept", "kept_sign", "kept_send", "kept_amend")},
        "statistics:kept_file": [kept.pk, "json"],
        "statistics:signal": ["apology_too_late"],
    }


__all__ = ["POST_ONLY", "arguments", "names", "spend"]
