"""What Enable Banking says once: the banks to choose from, and the accounts of a session."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from psd2_affordability.connect.port import AccountListed
from psd2_affordability.connect.reading import objects, text_at
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.core.iban import compact

_UNSAID = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Aspsp:
    """One bank behind the aggregator.

    Attributes:
        name: by which it is chosen.
        country: ISO 3166, upper case.
        longest: how long a consent lasts there at most.
        psu_headers: what it wants to know of a person who is present: all of it, or nothing.
    """

    name: str
    country: str
    longest: timedelta
    psu_headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionAccount:
    """One account of a session.

    Attributes:
        uid: how it is asked for, as long as the session lasts.
        identification_hash: a number of it that lasts over sessions.
        iban: or empty.
        currency: ISO 4217.
        name: of its holder, as the bank writes it; or empty.
    """

    uid: str
    identification_hash: str
    iban: str = field(repr=False)
    currency: str
    name: str = field(default="", repr=False)

    def listed(self) -> AccountListed:
        """Return it as every bank lists its accounts; only one in euros goes by its IBAN."""
        if self.currency == "EUR":
            return AccountListed(self.uid, self.iban, self.currency, lasting_id=self.identification_hash)
        other = f"{self.identification_hash} {self.currency}" if self.identification_hash else ""
        return AccountListed(self.uid, "", self.currency, lasting_id=other)

    @classmethod
    def read(cls, kept: str) -> "tuple[SessionAccount, ...]":
        """Read what `written` wrote."""
        return tuple(cls(**each) for each in json.loads(kept))


def written(accounts: Sequence[SessionAccount]) -> str:
    """Write accounts down in one text, to be sealed with the grant: they are told once."""
    return json.dumps([asdict(each) for each in accounts])


def read_aspsps(answer: Mapping[str, Any], where: str) -> tuple[Aspsp, ...]:
    """Read the banks to choose from."""
    return tuple(
        Aspsp(
            name=text_at(each, "name", where),
            country=text_at(each, "country", where),
            longest=_longest(each.get("maximum_consent_validity")),
            psu_headers=_texts(each.get("required_psu_headers")),
        )
        for each in objects(answer.get("aspsps"), where)
    )


def read_accounts(session: Mapping[str, Any], where: str) -> tuple[SessionAccount, ...]:
    """Read the accounts of a session; one without a `uid` is blocked or closed and gives no data."""
    return tuple(
        SessionAccount(
            uid=text_at(each, "uid", where),
            identification_hash=text(each.get("identification_hash")),
            iban=_iban(each),
            currency=text(each.get("currency")) or "EUR",
            name=text(each.get("name")),
        )
        for each in objects(session.get("accounts"), where)
        if each.get("uid")
    )


def _iban(account: Mapping[str, Any]) -> str:
    told = text(at(account, "account_id.iban"))
    others = account.get("all_account_ids")
    if not told and isinstance(others, list):
        ibans = [
            text(each.get("identification"))
            for each in others
            if isinstance(each, dict) and each.get("scheme_name") == "IBAN"
        ]
        told = ibans[0] if ibans else ""
    return compact(told)


def _longest(seconds: object) -> timedelta:
    return timedelta(seconds=seconds) if type(seconds) is int and 0 < seconds < 10**10 else _UNSAID


def _texts(values: object) -> tuple[str, ...]:
    return tuple(filter(None, map(text, values))) if isinstance(values, list) else ()
