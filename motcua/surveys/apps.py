"""Ratings of finished dossiers, and surveys."""

from typing import Any

from django.apps import AppConfig


def all_surveys() -> Any:
    """Every survey has a chain of events, and every such chain a survey."""
    from motcua.surveys.models import Survey

    return Survey.objects.all()


def all_questionnaires() -> Any:
    """Every questionnaire has a chain of events, and every such chain a questionnaire."""
    from motcua.surveys.models import Questionnaire

    return Questionnaire.objects.all()


def release_ballots(**who: Any) -> int:
    """Let votes come out, for the timer."""
    from motcua.surveys import actions

    return actions.release_ballots(**who)


def call_for_ratings(**who: Any) -> int:
    """Ask citizens to rate, for the timer."""
    from motcua.surveys import actions

    return actions.call_for_ratings(**who)


class SurveysConfig(AppConfig):
    """Ratings and questionnaires."""

    name = "motcua.surveys"
    label = "surveys"
    verbose_name = "Khảo sát, đánh giá"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the pages into the menu, name the acts, make the settings known."""
        from motcua.agencies.rules.permissions import Permission as P
        from motcua.agencies.rules.settings import add_settings
        from motcua.audit.queries import register_records
        from motcua.audit.rules.words import teach
        from motcua.core import timer
        from motcua.core.definitions import know
        from motcua.core.navigation import Item, register
        from motcua.surveys.rules.figures import FIGURES
        from motcua.surveys.rules.settings import SETTINGS

        teach({
            "ratings.released": "Đưa lượt đánh giá vào số liệu",
            "topics.installed": "Cài nội dung đánh giá",
            "questionnaire.created": "Lập bộ câu hỏi",
            "questionnaire.changed": "Sửa bộ câu hỏi",
            "questionnaire.published": "Ban hành bộ câu hỏi",
            "questionnaire.drafted": "Lập phiên bản mới của bộ câu hỏi",
            "survey.planned": "Lập khảo sát",
            "survey.sampled": "Bốc mẫu khảo sát",
            "survey.opened": "Mở thu phiếu khảo sát",
            "survey.phoned": "Ghi phiếu trả lời qua điện thoại",
            "survey.unreached": "Ghi người được chọn không trả lời",
            "survey.typed": "Nhập phiếu giấy",
            "survey.settled": "Thống nhất hai lần nhập phiếu giấy",
            "survey.closed": "Đóng khảo sát",
        })  # fmt: skip
        register_records("survey", all_surveys)
        register_records("questionnaire", all_questionnaires)
        add_settings(SETTINGS)
        know(FIGURES)
        timer.register("đưa lượt đánh giá vào số liệu", release_ballots)
        timer.register("mời đánh giá", call_for_ratings)
        register(
            Item("Đánh giá của người dân", "surveys:ratings", "star", P.REPORT_READ, "Người dân", 60, words="hài lòng tt 01/2018 ý kiến ki-ốt"),
            Item("Khảo sát hài lòng", "surveys:surveys", "clipboard-check", (P.SURVEY_MANAGE, P.SURVEY_ENTER, P.REPORT_READ), "Người dân", 62, words="sipas phiếu mẫu"),
            Item("Bộ câu hỏi", "surveys:questionnaires", "card-checklist", P.SURVEY_MANAGE, "Người dân", 64, words="câu hỏi khảo sát"),
        )  # fmt: skip
