"""Consent at a bank, kept from the first step: begin, complete, refresh, withdraw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from psd2_affordability.connect import journey
from psd2_affordability.connect.journey import Begun, Completed
from psd2_affordability.connect.port import Access, BankPort, ConsentState, Fetched, Grant, with_state
from psd2_affordability.connect.refusals import rate_limited
from psd2_affordability.core.errors import (
    AffordabilityError,
    BankError,
    ConsentNotValid,
    NotApprovedYet,
    RateLimited,
)
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.grants import grant_of, renewing
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.purposes import purpose, standing
from psd2_affordability.store.consents import PENDING, VALID, Consent
from psd2_affordability.store.shapes import Kept
from psd2_affordability.store.store import Store

#: A bank that names a later moment is asked again tomorrow.
_LONGEST_WAIT_S = 86_400
#: Beside the grant: how often the bank lets us call, where it said so.
_CALLS_A_DAY = "calls_a_day"
_OVER = frozenset({"rejected", "revokedByPsu", "expired", "terminatedByTpp"})


@dataclass(frozen=True, slots=True)
class Started:
    """A consent that waits for the person at the bank.

    Attributes:
        consent: our key of it.
        redirect_url: the page where the person decides, or where they come back to us after they
            decided in the bank's app.
        valid_until: last day that was asked for.
        in_app: whether the bank asks them in its own app, and no page of it needs to be opened.
    """

    consent: str
    redirect_url: str = field(repr=False)
    valid_until: date
    in_app: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What a fetch brought in.

    Attributes:
        consent: as it stands now.
        kept: how many rows were new.
        problems: steps that failed; what did arrive is kept.
    """

    consent: Consent
    kept: Kept
    problems: tuple[AffordabilityError, ...]


def begin_consent(
    product: Product,
    subject: str,
    bank_id: str,
    purpose_code: str,
    *,
    redirect_uri: str,
    psu_ip: str,
    options: Mapping[str, str] | None = None,
) -> Started:
    """Ask the bank for a consent and keep it while the person decides there.

    Args:
        product: the wired product.
        subject: the case.
        bank_id: the bank, or the aggregator in front of it.
        purpose_code: what the data are for.
        redirect_uri: where the person is to come back.
        psu_ip: the person's address.
        options: what the person chose beforehand, such as their bank behind an aggregator (`aspsp`).

    Raises:
        UnknownName: no such purpose or bank.
        BankError: the bank did not create a consent.
    """
    asked = purpose(purpose_code)
    port = product.bank(bank_id)
    begun = journey.begin(
        port, redirect_uri=redirect_uri, psu_ip=psu_ip, clock=product.clock.now, options=options
    )
    product.store.cases.open(subject, at=product.clock.now())
    page = begun.redirect_url or with_state(redirect_uri, begun.state)
    waiting = {
        "redirect_url": begun.redirect_url,
        "come_back": "" if begun.redirect_url else page,
        "valid_until": begun.valid_until.isoformat(),
        **begun.grant.written(),
    }
    kept = product.store.consents.begin(
        subject, bank_id, asked.code, begun.state, waiting, at=product.clock.now()
    )
    return Started(kept, page, begun.valid_until, in_app=not begun.redirect_url)


def answer_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Take apart what the person came back with.

    Raises:
        ConsentNotValid: it says one thing twice, so that nobody knows what it means.

    >>> answer_of([("state", "s"), ("code", "c")])
    {'state': 's', 'code': 'c'}
    """
    given = list(pairs)
    answer = dict(given)
    if len(answer) != len(given):
        raise ConsentNotValid("the bank's answer says one thing twice", do="Start the consent again")
    return answer


def complete_consent(product: Product, answer: Mapping[str, str], *, psu_ip: str) -> Brought:
    """Take the person back from the bank, and fetch the whole history while the bank still gives it.

    Args:
        product: the wired product.
        answer: what the person came back with: the state, and what else the bank adds.
        psu_ip: the person's address.

    Raises:
        NotApprovedYet: the person has yet to decide in the bank's app; may be tried again.
        ConsentNotValid: nobody waits for this answer, or has taken it to the bank already; or the
            person did not approve.
        BankError: the bank would not say how the consent stands.
    """
    state = answer.get("state", "")
    waiting = product.store.consents.waiting(state)
    port = product.bank(waiting.bank)
    begun = _read(waiting, state)
    if not begun.redirect_url and journey.waits(port, begun, psu_ip=psu_ip):
        raise journey.not_approved_yet(waiting.bank)
    done = _completed(product, port, begun, answer, psu_ip)
    product.store.consents.grant(
        waiting.id,
        done.consent.valid_until,
        done.grant.having(**_calls_allowed(done.consent)).written(),
        at=product.clock.now(),
    )
    _leave_alone(product, waiting, done.fetched.problems)
    return _take_over(product, waiting, done.fetched)


def _completed(
    product: Product, port: BankPort, begun: Begun, answer: Mapping[str, str], psu_ip: str
) -> Completed:
    """Hand what the person came back with to the bank, for the first who brings it alone."""
    consents = product.store.consents
    claimed = consents.claim(begun.state)
    try:
        return journey.complete(
            port,
            begun,
            answer=answer,
            psu_ip=psu_ip,
            clock=product.clock.now,
            renew=renewing(product, claimed),
        )
    except BaseException as error:
        refused = isinstance(error, ConsentNotValid) and not isinstance(error, NotApprovedYet)
        if refused and ("error" in answer or _status(port, begun.grant, psu_ip) in _OVER):
            consents.reject(claimed.id, at=product.clock.now())
        else:
            consents.give_back(claimed.id, begun.state)
        raise


def refresh_consent(product: Product, consent_id: str, *, psu_ip: str = "") -> Brought:
    """Fetch what is new under a consent that stands.

    Args:
        product: the wired product.
        consent_id: our key of the consent.
        psu_ip: the person's address if, and only if, they are present now.

    Raises:
        ConsentNotValid: the consent is pending, withdrawn or over.
        RateLimited: the calls of the last 24 hours are used up.
    """
    consent = product.store.consents.show(consent_id)
    stands = standing(consent, product.clock.today())
    if stands != VALID:
        raise ConsentNotValid(f"consent {consent_id} is {stands}", do="Ask the person for a new consent")
    port = product.bank(consent.bank)
    grant = grant_of(consent)
    usual = port.bank.consent.frequency_per_day
    budget = KeptBudget(product.store, consent_id, min(usual, int(grant.kept.get(_CALLS_A_DAY, usual))))
    fetched = journey.refresh(
        port,
        grant,
        clock=product.clock.now,
        budget=budget,
        known_until=consent.last_fetch_at.date() if consent.last_fetch_at else None,
        psu_ip=psu_ip,
        renew=renewing(product, consent),
    )
    _leave_alone(product, consent, [each for each in fetched.problems if each not in budget.refused])
    return _take_over(product, consent, fetched)


def withdraw_consent(product: Product, consent_id: str, *, via: str) -> AffordabilityError | None:
    """End a consent here at once, and at the bank if it can be reached.

    Returns:
        What went wrong at the bank, or None. The consent is over here in any case.
    """
    consent = product.store.consents.show(consent_id)
    product.store.consents.revoke(consent_id, via=via, at=product.clock.now())
    if consent.status not in (PENDING, VALID):
        return None
    try:
        product.bank(consent.bank).delete_consent(Access(grant_of(consent), renew=renewing(product, consent)))
    except BankError as problem:
        return problem
    return None


def erase_case(product: Product, subject: str) -> None:
    """End a case's consents and remove everything that is kept of it.

    Raises:
        UnknownName: there is no such case.
    """
    for consent in product.store.consents.list(subject):
        if consent.status in (PENDING, VALID):
            withdraw_consent(product, consent.id, via="erasure")
    product.store.cases.erase(subject, at=product.clock.now())


class KeptBudget:
    """Counts unattended calls in the store before they are made."""

    def __init__(self, store: Store, consent_id: str, per_day: int) -> None:
        self._store = store
        self._consent_id = consent_id
        self._per_day = per_day
        self.refused: list[RateLimited] = []

    def spend(self, consent: str, account: str, endpoint: str, at: datetime) -> None:
        """Count one call under our own key of the consent.

        Raises:
            RateLimited: the calls of the last 24 hours are used up, or the bank wants to be left alone.
        """
        del consent  # the bank's number of it stays sealed
        free_at = self._store.calls.spend(
            self._consent_id, account, endpoint, limit=self._per_day, attended=False, at=at
        )
        if free_at is not None:
            seconds = int((free_at - at).total_seconds()) + 1
            self.refused.append(rate_limited(seconds, where=f"our own count of calls for {endpoint}"))
            raise self.refused[-1]


def _calls_allowed(consent: ConsentState) -> dict[str, str]:
    """Return how often a day the bank allows unattended calls, to be kept; it may allow fewer than asked."""
    said = consent.frequency_per_day
    return {} if said is None else {_CALLS_A_DAY: str(max(1, said))}


def _leave_alone(product: Product, consent: Consent, problems: Iterable[AffordabilityError]) -> None:
    """Remember until when the bank asked not to be called, so that no other process calls it either."""
    now = product.clock.now()
    for problem in problems:
        if isinstance(problem, RateLimited) and problem.retry_after_s:
            seconds = min(problem.retry_after_s, _LONGEST_WAIT_S)
            product.store.calls.cool_down(consent.id, now + timedelta(seconds=seconds))


def _take_over(product: Product, consent: Consent, fetched: Fetched) -> Brought:
    """Keep what arrived, and let the consent follow what the bank says of it.

    Raises:
        ConsentNotValid: it was withdrawn while we fetched; nothing of it is kept.
    """
    consents = product.store.consents
    if (now := consents.show(consent.id).status) != VALID:
        raise ConsentNotValid(
            f"consent {consent.id} became {now} while the bank was asked; nothing was kept",
            do="Ask the person for a new consent",
        )
    kept = keep_received(
        product,
        consent.subject,
        fetched.received,
        source=consent.bank,
        whole_since=fetched.whole_since,
        purpose=consent.purpose,
    )
    if any(isinstance(problem, ConsentNotValid) for problem in fetched.problems):
        consents.expire(consent.id, at=product.clock.now())
    elif fetched.complete:
        consents.fetched(consent.id, at=product.clock.now())
    return Brought(consents.show(consent.id), kept, fetched.problems)


def _status(port: BankPort, grant: Grant, psu_ip: str) -> str:
    try:
        return port.consent_status(Access(grant, psu_ip=psu_ip))
    except BankError:
        return ""


def _read(waiting: Consent, state: str) -> Begun:
    until = date.fromisoformat(waiting.journey["valid_until"])
    return Begun(grant_of(waiting), state, waiting.journey["redirect_url"], until)
