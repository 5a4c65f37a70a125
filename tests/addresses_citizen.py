"""The arguments of the addresses on the citizens' side, with the pages of staff behind them, in the story of tests/world.py."""

import uuid
from typing import Any

from motcua.dossiers.queries import notice_token
from motcua.dossiers.queries.news import calendar_token
from motcua.feedback.queries import rate_token as feedback_token
from motcua.surveys.queries import rate_token
from motcua.surveys.queries.surveys import invitation_token
from motcua.tickets.queries.turns import ticket_token
from tests.world import Province


def of_citizens(province: Province) -> dict[str, list[Any]]:
    """Find, file, rate, give feedback, one's own account and data."""
    return {
        **_public(province),
        **_site(province),
        **_filing(province),
        **_surveys(province),
        **_feedback(province),
        **_queue(province),
        **_accounts(),
        **_privacy(province),
    }


def _public(province: Province) -> dict[str, list[Any]]:
    return {
        "portal:procedure": [province.base.procedure.code],
        "portal:calendar": [calendar_token(province.ours["received"])],
        "portal:verify_token": [notice_token(province.things["notice"].pk)],
    }


def _site(province: Province) -> dict[str, list[Any]]:
    things, code = province.things, province.base.procedure.code
    guide, question, answer = (things[name].pk for name in ("guide", "guide_question", "guide_answer"))
    of_guide = ("guide", "guide_trial", "guide_publish", "guide_discard", "guide_end", "guide_question_add")
    of_question = ("guide_question", "guide_question_remove", "guide_question_move", "guide_answer_add")
    articles = ("article", "article_edit", "article_picture", "article_publish")
    documents = ("document_edit", "document_file", "document_publish")
    return {
        **{f"procedures:{name}": [code] for name in ("words", "guides")},
        **{f"procedures:{name}": [guide] for name in of_guide},
        **{f"procedures:{name}": [question] for name in of_question},
        **{f"procedures:{name}": [answer] for name in ("guide_answer", "guide_answer_remove")},
        **{f"procedures:{name}": ["sinh-con"] for name in ("event", "event_remove")},
        **{f"news:{name}": [things["draft_article"].pk] for name in articles},
        "news:article_withdraw": [things["article"].pk],
        "news:document_new": ["ngan-sach"],
        **{f"news:{name}": [things["draft_document"].pk] for name in documents},
        **{f"news:{name}": [things["document"].pk] for name in ("document", "document_remove")},
        "portal:guide": [code],
        "portal:office": [province.base.office.pk],
        "portal:article": [things["article"].pk],
        "portal:board": ["ngan-sach"],
        **{f"portal:{name}": [things["document"].pk] for name in ("document", "document_file")},
    }


def _filing(province: Province) -> dict[str, list[Any]]:
    """Nobody of the cast is a citizen: whose draft it is is never asked."""
    draft, upload = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
    whole = ("resume", "discard", "attach", "upload_begin", "submit", "done", "copy")
    pages: dict[str, list[Any]] = {
        "start": [province.base.procedure.code],
        **{name: [draft] for name in whole},
        **{name: [draft, "cho-ai"] for name in ("step", "autosave")},
        **{name: [draft, upload] for name in ("remove", "upload", "upload_finish")},
        "take_held": [draft, upload],
        "reuse": [draft, province.ours["review"].pk],
    }
    # The same pages stand twice: for citizens, and for staff who help one.
    return {f"{here}:file_{name}": with_ for here in ("portal", "assisting") for name, with_ in pages.items()}


def _surveys(province: Province) -> dict[str, list[Any]]:
    things, office, vote = province.things, province.base.office.pk, rate_token(province.ours["ready"].pk)
    draft, open_, closed = things["version"].pk, things["survey_open"].pk, things["survey_closed"].pk
    return {
        "portal:rate": [vote],
        **{f"portal:{name}": [office] for name in ("kiosk", "kiosk_thanks")},
        "portal:kiosk_faces": [office, vote],
        "portal:survey": [invitation_token(things["open_invitee"].pk)],
        **{
            f"surveys:{name}": [draft]
            for name in ("version", "version_publish", "version_draft", "section_new")
        },
        **{f"surveys:{name}": [draft, "s1"] for name in ("section", "question_new", "version_remove")},
        "surveys:question": [draft, "s1", "q1"],
        **{f"surveys:{name}": [things["survey_plan"].pk] for name in ("survey", "sample", "open")},
        **{f"surveys:{name}": [open_] for name in ("close", "phones", "sheets", "sheet")},
        **{f"surveys:{name}": [things["open_invitee"].pk] for name in ("phone", "unreached")},
        "surveys:settle": [things["open_sheet"].pk],
        **{f"surveys:{name}": [closed] for name in ("outcome", "rows")},
        "surveys:results_file": [closed, "xlsx"],
    }


def _feedback(province: Province) -> dict[str, list[Any]]:
    things = province.things
    public, asked = things["feedback_published"], things["feedback"].pk
    return {
        "feedback:item": [asked],
        "feedback:sender": [asked],
        "feedback:act": [asked, "assign"],
        "feedback:publish": [things["feedback_answered"].pk],
        "portal:feedback_other_path": ["denunciation"],
        "portal:feedback_one": [public.code],
        "portal:feedback_rate": [feedback_token(public)],
        **{f"api:{name}": ["json"] for name in ("discovery", "services", "requests")},
        "api:service": ["hanh-vi", "json"],
        "api:request": [public.code, "json"],
        "api:token": [str(things["feedback_posted"].key), "json"],
    }


def _queue(province: Province) -> dict[str, list[Any]]:
    office, line, token = (
        province.base.office.pk,
        province.things["line"].pk,
        ticket_token(province.things["ticket"]),
    )
    return {
        **{f"portal:{name}": [office] for name in ("queue", "calling", "calling_now")},
        "portal:queue_taken": [office, token],
        **{f"portal:{name}": [token] for name in ("ticket", "ticket_now", "ticket_slip")},
        **{f"tickets:{name}": [office] for name in ("office", "line_new")},
        **{f"tickets:{name}": [line] for name in ("line", "line_end")},
    }


def _accounts() -> dict[str, list[Any]]:
    """Nobody of the cast is a citizen; what is asked for here does not exist."""
    key = uuid.UUID(int=1)
    return {
        "openid_connect_callback": ["khong-co"],
        "portal:national_begin": ["khong-co"],
        **{
            f"portal:{name}": [1]
            for name in ("account_unlink", "organisation", "invitation_answer", "authorisation_revoke")
        },
        **{f"portal:{name}": [1, 1] for name in ("invitation_cancel", "representation_end")},
        **{f"portal:{name}": [key] for name in ("held_paper", "held_file")},
        "portal:held_share_end": [key, 1],
        **{f"portal:{name}": ["khong-co"] for name in ("held_shared", "held_shared_file")},
        **{f"holdings:{name}": [0] for name in ("result", "revoke", "replace")},
        "agencies:identity_provider": [0],
        "agencies:confirm_organisation": [0],
    }


def _privacy(province: Province) -> dict[str, list[Any]]:
    asked = province.things["data_request"].pk
    return {
        **{f"privacy:{name}": [asked] for name in ("item", "reveal")},
        "privacy:act": [asked, "accept"],
        "privacy:rule": ["messages"],
        "portal:my_consent_end": ["survey"],
        **{f"portal:{name}": [asked] for name in ("my_request", "my_request_back")},
    }
