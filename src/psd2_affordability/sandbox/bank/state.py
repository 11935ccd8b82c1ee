"""What the sandbox bank remembers: consents, who approved what, and how often it was asked."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from secrets import token_urlsafe
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import NAMESPACE_URL, uuid4, uuid5

from psd2_affordability.sandbox.model import BankedAccount, BankedPerson

LONGEST_DAYS = 180
MOST_PER_DAY = 4
FRESH = timedelta(minutes=15)
LATER_HISTORY_DAYS = 90
DAY = timedelta(hours=24)

Clock = Callable[[], datetime]


class Refused(Exception):
    """The bank refuses a call: HTTP status, code of the standard, and its words."""

    def __init__(self, status: int, code: str, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.code = code
        self.text = text
        self.headers = dict(headers or {})


@dataclass(slots=True)
class Consent:
    """One consent, from its creation to its end.

    Attributes:
        id: number of the consent, known to the asking party.
        authorisation: number in the address of the login page, known to the person's browser.
        valid_until: last day.
        frequency_per_day: unattended calls per account and endpoint in 24 hours.
        recurring: whether it outlives its first minutes.
        redirect_uri: where the person goes after approving.
        nok_redirect_uri: where the person goes after refusing.
        status: as the standard names it.
        approved_at: when the person approved.
        accounts: those the person chose, by the number this consent knows them under.
        created_at: when it was asked for.
        last_action: last day anything happened.
        calls: moments of unattended calls per account and endpoint.
    """

    id: str
    authorisation: str
    valid_until: date
    frequency_per_day: int
    recurring: bool
    redirect_uri: str
    nok_redirect_uri: str
    created_at: datetime
    last_action: date
    status: str = "received"
    approved_at: datetime | None = None
    accounts: dict[str, BankedAccount] = field(default_factory=dict)
    calls: dict[tuple[str, str], list[datetime]] = field(default_factory=lambda: defaultdict(list))


class SandboxBank:
    """The books and the counter of the sandbox bank.

    Args:
        people: its customers by key.
        clock: the time at the bank, with a time zone; entries of later days do not exist yet.
        page_size: transactions on one page.
        one_account: whether a consent opens one account alone.
    """

    def __init__(
        self,
        people: Mapping[str, BankedPerson],
        clock: Clock,
        page_size: int = 100,
        *,
        one_account: bool = False,
    ) -> None:
        self.people = people
        self.page_size = page_size
        self.one_account = one_account
        self._clock = clock
        self._consents: dict[str, Consent] = {}

    def today(self) -> date:
        """Return the day at the bank."""
        return self._clock().date()

    def create(
        self, valid_until: date, frequency: int, redirect_uri: str, nok_redirect_uri: str, *, recurring: bool
    ) -> Consent:
        """Create a consent that waits for approval; its end is brought forward to what the bank allows."""
        today = self.today()
        if valid_until < today:
            raise Refused(400, "PERIOD_INVALID", "validUntil lies in the past")
        consent = Consent(
            id=str(uuid4()),
            authorisation=token_urlsafe(24),
            valid_until=min(valid_until, today + timedelta(days=LONGEST_DAYS)),
            frequency_per_day=min(frequency, MOST_PER_DAY),
            recurring=recurring,
            redirect_uri=redirect_uri,
            nok_redirect_uri=nok_redirect_uri,
            created_at=self._clock(),
            last_action=today,
        )
        self._consents[consent.id] = consent
        return consent

    def consent(self, consent_id: str) -> Consent:
        """Return a consent, with its status as of now."""
        consent = self._consents.get(consent_id)
        if consent is None:
            raise Refused(403, "CONSENT_UNKNOWN", "there is no such consent")
        if consent.status in {"received", "valid"} and self._is_over(consent):
            consent.status = "expired"
        return consent

    def _is_over(self, consent: Consent) -> bool:
        one_off_used = (
            not consent.recurring
            and consent.approved_at is not None
            and self._clock() > consent.approved_at + FRESH
        )
        return self.today() > consent.valid_until or one_off_used

    def waiting(self, authorisation: str) -> Consent | None:
        """Return the consent that a login page is for, if it still waits for approval."""
        for consent in self._consents.values():
            if consent.authorisation == authorisation and self.consent(consent.id).status == "received":
                return consent
        return None

    def waiting_in_app(self) -> list[Consent]:
        """Return the consents that wait for approval in the bank's own app."""
        return [
            each for each in self._consents.values() if each.status == "received" and not each.redirect_uri
        ]

    def approve(self, consent: Consent, person: BankedPerson, ibans: set[str]) -> None:
        """Make a consent valid for those of the person's accounts that were chosen."""
        chosen = [account for account in person.accounts if account.iban in ibans]
        if self.one_account and len(chosen) > 1:
            raise Refused(400, "FORMAT_ERROR", "a consent opens one account here")
        consent.accounts = {
            str(uuid5(NAMESPACE_URL, f"{consent.id}/{account.iban}")): account for account in chosen
        }
        consent.status = "valid"
        consent.approved_at = self._clock()
        consent.last_action = self.today()

    def end(self, consent_id: str, status: str = "revokedByPsu") -> None:
        """End a consent; the person can do so at any time in the bank's own app."""
        self.consent(consent_id).status = status

    def usable(self, consent_id: str) -> Consent:
        """Return a consent under which data may be given now."""
        consent = self.consent(consent_id)
        if consent.status == "expired":
            raise Refused(401, "CONSENT_EXPIRED", "the consent has expired")
        if consent.status != "valid":
            raise Refused(401, "CONSENT_INVALID", "the consent is not valid")
        consent.last_action = self.today()
        return consent

    def account(self, consent: Consent, account_id: str) -> BankedAccount:
        """Return an account that the consent covers."""
        account = consent.accounts.get(account_id)
        if account is None:
            raise Refused(404, "RESOURCE_UNKNOWN", "this consent covers no such account")
        return account

    def count(self, consent: Consent, account_id: str, endpoint: str) -> None:
        """Count one unattended call, unless the day's number is used up."""
        now = self._clock()
        calls = consent.calls[account_id, endpoint]
        calls[:] = [moment for moment in calls if moment > now - DAY]
        if len(calls) >= consent.frequency_per_day:
            wait = ceil((min(calls) + DAY - now).total_seconds())
            raise Refused(429, "ACCESS_EXCEEDED", "no more calls today", {"Retry-After": str(wait)})
        calls.append(now)

    def earliest(self, consent: Consent) -> date:
        """Return how far back transactions go: everything at first, later a limited number of days."""
        if consent.approved_at is not None and self._clock() <= consent.approved_at + FRESH:
            return date.min
        return self.today() - timedelta(days=LATER_HISTORY_DAYS)


def with_query(url: str, **more: str) -> str:
    """Add to the query of an address, such as the one where the person goes back to.

    >>> with_query("https://us.example/back?case=1", state="s")
    'https://us.example/back?case=1&state=s'
    """
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])
    return urlunsplit(parts._replace(query=query))
