"""What one bank on the standard does in its own way."""

from dataclasses import dataclass
from typing import Literal

Approach = Literal["redirect", "oauth", "oauth_first", "decoupled"]


@dataclass(frozen=True, slots=True)
class Habits:
    """The ways of a sandbox bank.

    Attributes:
        approach: how the person approves: at a page that the consent links to, by OAuth for a consent
            or before it, or in the bank's own app.
        client_id: the one client that its authorisation server knows.
        booked_only: whether it refuses to tell what is pending.
        plain_links: whether its links are texts, and not objects with `href`.
        short_links: whether links to a next page lack the part of the path that the bank is mounted under.
        unsigned: whether amounts have no sign, and only the other side is told: to whom, or from whom.
        debits_positive: whether the amounts on cards are positive when money was spent.
    """

    approach: Approach = "redirect"
    client_id: str = "sandbox-client"
    booked_only: bool = False
    plain_links: bool = False
    short_links: bool = False
    unsigned: bool = False
    debits_positive: bool = False

    @property
    def has_tokens(self) -> bool:
        """Whether data are given under an access token."""
        return self.approach in ("oauth", "oauth_first")

    @property
    def in_app(self) -> bool:
        """Whether the person approves a consent in the bank's own app."""
        return self.approach in ("oauth_first", "decoupled")
