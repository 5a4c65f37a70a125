"""Every address of the software, with what it takes to open it in the story of tests/world.py."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from motcua.agencies.testing import make_role
from motcua.core.moments import today
from motcua.files.queries import url_for
from motcua.notifications.models import Provider
from motcua.notifications.queries import choices_link
from motcua.payments.queries import pay_token
from motcua.statistics.models import IndexSet
from motcua.statistics.queries.opendata import published_months
from tests.addresses_citizen import of_citizens
from tests.world import Province, post_of, role_of
from tests.world_forms import FORM


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
        "eforms:draft",
        "eforms:discard",
        "eforms:publish",
        "eforms:move",
        "eforms:remove",
        "eforms:unbind",
        "counter:office",
        "counter:preview",
        "counter:card",
        "counter:person",
        "counter:sign_list",
        "counter:next_waiting",
        "counter:queue_desk",
        "counter:queue_next",
        "counter:queue_act",
        "counter:take",
        "counter:give",
        "portal:mine_keep",
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
        "procedures:guide_publish",
        "procedures:guide_discard",
        "procedures:guide_end",
        "procedures:guide_question_remove",
        "procedures:guide_question_move",
        "procedures:guide_answer_remove",
        "procedures:event_remove",
        "workdays:load",
        "agencies:revoke_role",
        "agencies:withdraw_setting",
        "agencies:revoke_delegation",
        "statistics:column_remove",
        "statistics:freeze",
        "statistics:gathered_freeze",
        "statistics:index766_freeze",
        "statistics:index766_ranking_freeze",
        "statistics:kept_sign",
        "statistics:kept_send",
        "statistics:template_end",
        "statistics:eventlog",
        "audit:check",
        "audit:seal",
        "notifications:send_again",
        "notifications:send_all_again",
        "notifications:one_click",
        "notifications:report",
        "portal:language",
        "portal:sign_in_again",
        "portal:national_begin",
        "portal:sign_out",
        "portal:account_end_sessions",
        "portal:account_unlink",
        "portal:invitation_answer",
        "portal:invitation_cancel",
        "portal:representation_end",
        "portal:authorisation_revoke",
        "portal:held_share_end",
        "agencies:confirm_organisation",
        "feedback:sender",
        "surveys:version_publish",
        "surveys:version_draft",
        "surveys:version_remove",
        "surveys:unreached",
        "privacy:reveal",
        "portal:my_data_download",
        "portal:my_consent_end",
        "portal:my_request_back",
        "accounts:end_sessions",
        "payments:callback",
        "payments:check_gateway",
        "payments:ask_order",
        "payments:close_reconciliation",
        "payments:fetch_file",
        "portal:pay_online",
    ]
)


def arguments(province: Province) -> dict[str, list[Any]]:
    """The arguments of each address that takes some: objects of our commune."""
    return {
        **of_citizens(province),
        **_forms(),
        **_dossiers(province),
        **_catalogue(province),
        **_organisation(province),
        **_money_and_log(province),
        **_online(province),
        **_reports(province),
    }


def _dossiers(province: Province) -> dict[str, list[Any]]:
    ours, things = province.ours, province.things
    review = ours["review"].pk
    return {
        "counter:sheet": [things["offering"].pk],
        "counter:queue_act": [things["ticket"].pk, "xong"],
        "counter:received": [ours["received"].pk],
        **{f"counter:{name}": [ours["submitted"].pk] for name in ("check", "take", "give")},
        **{f"portal:mine_{name}": [review] for name in ("dossier", "reply", "messages", "withdraw", "keep", "application")},
        **{f"portal:mine_{name}": [review, 1] for name in ("notice", "result", "paper", "message_file")},
        "dossiers:application_pdf": [review],
        "dossiers:message_file": [review, 0],
        "dossiers:reason": [things["reason"].pk],
        "counter:handed_over": [things["handover"].pk],
        "counter:handover_list": [things["handover"].pk],
        "counter:sign_list": [things["handover"].pk],
        "counter:return_one": [ours["ready"].pk],
        "counter:register_pdf": [2026],
        "counter:register_xlsx": [2026],
        **{f"dossiers:{name}": [review] for name in ("dossier", "more", "reveal", "derivation", "message", "control_slip", "demand_fee")},
        "dossiers:act": [review, "ask_supplement"],
        "dossiers:scan": [review, things["paper"].pk],
        "dossiers:scan_file": [review, things["paper"].pk],
        "dossiers:notice_pdf": [review, things["notice"].pk],
        "dossiers:result_file": [ours["ready"].pk, things["result"].pk],
        "dossiers:result_pdf": [ours["ready"].pk, things["result"].pk],
        "dossiers:reply": [things["reply"].pk],
        "dossiers:reply_drop": [things["reply"].pk],
    }  # fmt: skip


def _forms() -> dict[str, list[Any]]:
    """The first version is published, the second the open draft."""
    of_form = ("form", "draft", "discard", "publish", "header", "layout", "check", "section_new")
    of_version = ("version", "export", "words", "bind", "trial", "trial_pdf", "trial_office")
    return {
        **{f"eforms:{name}": [FORM] for name in of_form},
        **{f"eforms:{name}": [FORM, 2] for name in of_version},
        "eforms:trial_section": [FORM, 2, "nguoi_khai"],
        "eforms:section": [FORM, "nguoi_khai"],
        "eforms:field_new": [FORM, "nguoi_khai", "number"],
        **{f"eforms:{name}": [FORM, "nguoi_khai.ho_ten"] for name in ("field", "remove")},
        "eforms:move": [FORM, "nguoi_khai.ho_ten", "xuong"],
        "eforms:unbind": [FORM, 0],
    }


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
        **{f"procedures:{name}": [things["offering"].pk] for name in ("offering_end", "template_set")},
        **{f"procedures:{name}": [things["result_template"].pk] for name in ("template_file", "template_end")},
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
        **{f"notifications:{name}": [things["message"].pk] for name in ("message", "send_again")},
        "notifications:provider": [Provider.objects.get(adapter="mail").pk],
        "notifications:choices": [choices_link("email", "ai-do@example.test").rstrip("/").rsplit("/", 1)[-1]],
        "notifications:one_click": ["Ab3dEf6hIj9k", "survey"],
        "notifications:report": ["sms-1"],
        "notifications:template": [things["text"].pk],
        "audit:event": [things["event"].pk],
        "files:release": [things["waiting"].pk],
        "files:open": [url_for(things["scan"], province.cast.clerk).rstrip("/").rsplit("/", 1)[-1]],
    }


def _online(province: Province) -> dict[str, list[Any]]:
    things, order, receipt = province.things, province.things["order"], province.things["receipt"]
    of_gateway = ("gateway", "edit_gateway", "check_gateway", "use_gateway")
    token = pay_token(receipt.lines.first().charge)
    return {
        **{f"payments:{name}": [things["gateway"].pk] for name in of_gateway},
        "payments:end_use": [things["gateway"].pk, things["gateway_use"].pk],
        "payments:callback": ["khong-co"],
        **{f"payments:{name}": [order.pk] for name in ("order", "ask_order", "refund_order", "excess")},
        "payments:statement": [things["statement"].pk],
        "payments:match_transfer": [things["transfer"].pk],
        "payments:reconciliation_file": ["csv"],
        "payments:sheet": [things["sheet"].pk],
        **{f"portal:{name}": [token] for name in ("pay", "pay_online")},
        "portal:pay_receipt": [token, receipt.pk],
        **{f"portal:{name}": [order.key] for name in ("pay_order", "pay_order_receipt")},
    }


def _reports(province: Province) -> dict[str, list[Any]]:
    template, column = province.things["report_template"], province.things["report_column"]
    kept, month = province.things["kept_report"], published_months(today())[0].code
    return {
        "statistics:report": ["ii-06a"],
        "statistics:download": ["ii-06a", "json"],
        "statistics:dossiers": ["ii-06a", "received"],
        "statistics:behind": ["received_new"],
        "statistics:timed": ["time_counted"],
        "statistics:tasks": ["task_ended"],
        "statistics:opendata_month": [month],
        "statistics:opendata_file": [month, "json"],
        "statistics:opendata_agency": [month, province.base.commune.pk],
        "statistics:opendata_agency_file": [month, province.base.commune.pk, "csv"],
        "statistics:template": [template.pk],
        "statistics:template_end": [template.pk],
        "statistics:column_remove": [column.pk],
        "statistics:freeze": ["ii-06a"],
        "statistics:reporting": ["ii-06a"],
        "statistics:gathered": ["ii-06a"],
        "statistics:gathered_file": ["ii-06a", "json"],
        "statistics:gathered_freeze": ["ii-06a"],
        "statistics:gathered_shares": ["ii-06a", "received"],
        "statistics:kept_shares": [province.things["kept_sum"].pk, "received"],
        "statistics:things": ["ii-03", "posting_due"],
        "statistics:linked_file": ["json"],
        "statistics:linked_counters": ["linked_working"],
        "statistics:linked_dossiers": ["linked_dossiers"],
        "statistics:eventlog": ["xes"],
        **{f"statistics:{name}": [kept.pk] for name in ("kept", "kept_sign", "kept_send", "kept_amend")},
        "statistics:kept_file": [kept.pk, "json"],
        "statistics:signal": ["apology_too_late"],
        **_index(province.things["index_set"]),
    }


def _index(found: IndexSet) -> dict[str, list[Any]]:
    group = found.groups.first()
    return {
        **{f"statistics:{name}": ["json"] for name in ("index766_file", "index766_ranking_file")},
        "statistics:index766_behind": ["2.1"],
        **{f"statistics:{name}": [found.pk] for name in ("index_set", "index_set_new", "index_colours")},
        "statistics:index_component": [group.components.first().pk],
        "statistics:index_band": [found.bands.first().pk],
    }


__all__ = ["POST_ONLY", "arguments", "names", "spend"]
