"""Acts on accounts. They know no agencies: who calls them for staff checks powers first (`agencies.actions.people`)."""

from motcua.accounts.actions.assistance import (
    claim_assisted,
    confirm_assisted,
    end_assistance,
    start_assistance,
)
from motcua.accounts.actions.authorisations import Terms, authorise, revoke_authorisation
from motcua.accounts.actions.citizens import (
    Details,
    correct_profile,
    note_sign_in,
    prove_identity,
    set_address,
    sign_up,
)
from motcua.accounts.actions.codes import Issued, forget_codes, issue_code, use_code
from motcua.accounts.actions.consents import record_consent
from motcua.accounts.actions.counter import Shown, prove_by_papers
from motcua.accounts.actions.data_rights import correct_by_papers, erase_citizen
from motcua.accounts.actions.national import (
    Source,
    link_by_number,
    link_identity,
    refresh_identity,
    save_identity_provider,
    sign_up_national,
    unlink_identity,
)
from motcua.accounts.actions.organisations import (
    answer_invitation,
    cancel_invitation,
    confirm_organisation,
    declare_organisation,
    end_representation,
    invite,
)
from motcua.accounts.actions.retention import blank_invitations, forget_attempts, forget_sessions
from motcua.accounts.actions.staff import (
    create_user,
    deactivate,
    end_other_sessions,
    note_password_changed,
    note_totp,
    prefer,
    reactivate,
    reset_password,
    reset_totp,
    update_user,
)

__all__ = [
    "Details",
    "Issued",
    "Shown",
    "Source",
    "Terms",
    "answer_invitation",
    "authorise",
    "blank_invitations",
    "cancel_invitation",
    "claim_assisted",
    "confirm_assisted",
    "confirm_organisation",
    "correct_by_papers",
    "correct_profile",
    "create_user",
    "deactivate",
    "declare_organisation",
    "end_assistance",
    "end_other_sessions",
    "end_representation",
    "erase_citizen",
    "forget_attempts",
    "forget_codes",
    "forget_sessions",
    "invite",
    "issue_code",
    "link_by_number",
    "link_identity",
    "note_password_changed",
    "note_sign_in",
    "note_totp",
    "prefer",
    "prove_by_papers",
    "prove_identity",
    "reactivate",
    "record_consent",
    "refresh_identity",
    "reset_password",
    "reset_totp",
    "revoke_authorisation",
    "save_identity_provider",
    "set_address",
    "sign_up",
    "sign_up_national",
    "start_assistance",
    "unlink_identity",
    "update_user",
    "use_code",
]
