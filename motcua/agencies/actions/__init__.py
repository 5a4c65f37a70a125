"""Acts on agencies, offices, posts, people, roles, delegations and settings. Each writes the log."""

from motcua.agencies.actions.agencies import create_agency, end_agency, move_agency, update_agency
from motcua.agencies.actions.citizens import confirm_organisation, prove_citizen, save_identity_provider
from motcua.agencies.actions.delegations import delegate, revoke_delegation
from motcua.agencies.actions.offices import close_office, end_seat, open_office, seat_agency, update_office
from motcua.agencies.actions.people import (
    create_officer,
    deactivate,
    reactivate,
    reset_password,
    reset_totp,
    update_officer,
)
from motcua.agencies.actions.posts import (
    assign,
    create_post,
    end_assignment,
    end_post,
    grant_role,
    revoke_role,
)
from motcua.agencies.actions.roles import (
    RoleNews,
    create_role,
    install_standards,
    renew_standards,
    update_role,
)
from motcua.agencies.actions.settings import set_setting, withdraw_setting

__all__ = [
    "RoleNews",
    "assign",
    "close_office",
    "confirm_organisation",
    "create_agency",
    "create_officer",
    "create_post",
    "create_role",
    "deactivate",
    "delegate",
    "end_agency",
    "end_assignment",
    "end_post",
    "end_seat",
    "grant_role",
    "install_standards",
    "move_agency",
    "open_office",
    "prove_citizen",
    "reactivate",
    "renew_standards",
    "reset_password",
    "reset_totp",
    "revoke_delegation",
    "revoke_role",
    "save_identity_provider",
    "seat_agency",
    "set_setting",
    "update_agency",
    "update_office",
    "update_officer",
    "update_role",
    "withdraw_setting",
]
