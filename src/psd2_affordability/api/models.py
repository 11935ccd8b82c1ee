"""What the interface takes and gives besides the assessment itself."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from psd2_affordability.assess import household as known
from psd2_affordability.assess.results import PARTS
from psd2_affordability.connect.result import AccountRead, BalanceRead, Received
from psd2_affordability.core.errors import HouseholdError
from psd2_affordability.core.iban import compact, is_iban
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import COLUMNS, frame_of
from psd2_affordability.service.assess_case import Question
from psd2_affordability.service.household_file import CHOOSE_COST, JOINT_SHARE, no_cost_among, stated_share
from psd2_affordability.service.receivers.shown import WHOLE
from psd2_affordability.service.supplied import obligation_of, supplied_text

EurosText = Annotated[
    str,
    StringConstraints(pattern=r"^-?[0-9]{1,12}\.[0-9]{2}$"),
    Field(description="euros with two decimals", examples=["-12.50"]),
]
EurosOwed = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,12}\.[0-9]{2}$"),
    Field(description="euros with two decimals, not negative", examples=["1250.00"]),
]
Part = Literal["income", "expenses", "room", "seizure", "credit_check", "signals", "allowances", "profile"]
Text = Annotated[str, StringConstraints(max_length=2000)]


class Strict(BaseModel):
    """An object without keys that nobody described."""

    model_config = ConfigDict(extra="forbid")


class Balance(Strict):
    """A balance and the day it holds for, after that day's bookings."""

    type: Text = "closingBooked"
    amount: EurosText
    on: date | None = None

    def read(self) -> BalanceRead:
        """Return it as the ledger's neighbours know it."""
        return BalanceRead(self.type, Money.euros(self.amount), self.on)


class Account(Strict):
    """An account that the rows are of."""

    account: Text = Field(description="as in the rows", examples=["NL76SNBX0123456789"])
    iban: Text = ""
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] = "EUR"
    balances: list[Balance] = []
    opening: Balance | None = None
    closing: Balance | None = Field(None, description="booked balance after the last row")
    proven: bool | None = None
    why_not: Text = ""
    resource_id: Text = ""

    def read(self) -> AccountRead:
        """Return it as the ledger's neighbours know it."""
        return AccountRead(
            account=self.account,
            iban=self.iban,
            currency=self.currency,
            balances=tuple(balance.read() for balance in self.balances),
            opening=self.opening.read() if self.opening else None,
            closing=self.closing.read() if self.closing else None,
            proven=self.proven,
            why_not=self.why_not,
            resource_id=self.resource_id,
        )


class Row(Strict):
    """One transaction: the ledger's columns, amounts as euros."""

    subject: Text = ""
    account: Text
    tx: Text = Field("", description="your own key of the row; made when left out")
    status: Literal["booked", "pending"] = "booked"
    booked_on: date
    value_on: date | None = None
    amount: EurosText = Field(description="signed: what comes in is positive")
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] = "EUR"
    counterparty_name: Text = ""
    counterparty_iban: Text = ""
    creditor_id: Text = ""
    mandate_id: Text = ""
    remittance: Text = ""
    bank_code: Text = ""
    purpose_code: Text = ""
    return_reason: Text = ""
    balance_after: EurosText | None = None

    def ledger(self) -> dict[str, Any]:
        """Return it as a row of the ledger."""
        row = {name: getattr(self, name) for name in COLUMNS if name in type(self).model_fields}
        return row | {
            "booked_on": pd.Timestamp(self.booked_on),
            "value_on": pd.Timestamp(self.value_on) if self.value_on else None,
            "amount_ct": Money.euros(self.amount).cents,
            "balance_after_ct": Money.euros(self.balance_after).cents if self.balance_after else None,
        }


class Person(Strict):
    """An adult of the household, the debtor first."""

    birth_date: date | None = None
    taxable_income_year: EurosOwed | None = None
    taxable_income_month: EurosOwed | None = None


class Child(Strict):
    """A child of the household."""

    birth_date: date


class Housing(Strict):
    """How the household lives."""

    kind: Literal["", "rent", "owner", "other"] = ""
    rent_month: EurosOwed | None = None
    service_costs_month: EurosOwed | None = None
    registered_address: bool | None = None
    own_home: bool | None = None


class AccountShare(Strict):
    """How much of what moves on a joint account is this household's own; half when no share is stated."""

    iban: Text
    share: str | None = Field(None, description="from 0 to 1, or such as 1/3", examples=["0.5", "1/3"])

    def read(self) -> known.AccountShare:
        """Return it as the calculators know it.

        Raises:
            HouseholdError: no IBAN, or no share.
        """
        share = JOINT_SHARE if self.share is None else stated_share(self.share)
        if not is_iban(self.iban):
            raise HouseholdError("'account.iban' is not an IBAN", do="Check the number")
        if share is None:
            raise HouseholdError("'account.share' is no share", do="Give 0 to 1, or such as 1/3")
        return known.AccountShare(compact(self.iban), share)


class Household(Strict):
    """What is known of the household; what is left out widens the answer and comes back as a question."""

    type: known.HouseholdType | None = None
    person: list[Person] = []
    child: list[Child] = []
    housing: Housing = Housing()
    debts: dict[Text, EurosOwed] = {}
    own_ibans: list[Text] = []
    account: list[AccountShare] = []
    working_adults: Annotated[int | None, Field(ge=0, le=2, description="how many of the adults work")] = None

    free_of: Annotated[
        list[Text],
        Field(
            description="leaf codes of costs and debts that ended, or that somebody else pays",
            examples=[["wonen.huur"]],
        ),
    ] = []

    def read(self) -> known.Household:
        """Return it as the calculators know it.

        Raises:
            HouseholdError: an own account that is no IBAN, or a cost that no household can be free of.
        """
        if not all(is_iban(iban) for iban in self.own_ibans):
            raise HouseholdError("'own_ibans' holds something that is not an IBAN", do="Check the number")
        if (other := no_cost_among(self.free_of)) is not None:
            raise HouseholdError(f"'free_of' cannot hold '{other}'", do=CHOOSE_COST)
        housing = self.housing
        return known.Household(
            type=self.type,
            persons=tuple(
                known.Person(
                    each.birth_date, _money(each.taxable_income_year), _money(each.taxable_income_month)
                )
                for each in self.person
            ),
            children=tuple(each.birth_date for each in self.child),
            housing=known.Housing(
                housing.kind,
                _money(housing.rent_month),
                _money(housing.service_costs_month),
                housing.registered_address,
                housing.own_home,
            ),
            debts=tuple((name, Money.euros(amount)) for name, amount in self.debts.items()),
            own_ibans=tuple(compact(iban) for iban in self.own_ibans),
            accounts=tuple(one.read() for one in self.account),
            working_adults=self.working_adults,
            free_of=tuple(self.free_of),
        )


class Obligation(Strict):
    """A new obligation that a credit check is asked about."""

    monthly: EurosOwed
    months: int | None = Field(None, ge=1, le=600, description="how long it lasts; no end when left out")


class AssessRequest(Strict):
    """Transactions, and what is asked about them."""

    on: date = Field(description="the day the answer is for", examples=["2026-06-01"])
    transactions: list[Row] = Field(max_length=200_000)
    accounts: list[Account] = []
    household: Household = Household()
    purpose: Text = Field(WHOLE, description="what for; bounds which parts are given, and what is shown")
    parts: list[Part] | None = Field(None, description="which answers; all when left out")
    total_debt: EurosOwed | None = Field(None, description="what the asking creditor wants back")
    title_served: bool = Field(False, description="the bailiff has served the title already")
    proposal: EurosOwed | None = Field(None, description="a monthly payment to test")
    protection_used: EurosOwed | None = Field(
        None, description="what an earlier seizure in the same calendar month has left already"
    )
    obligation: Obligation | None = Field(None, description="a new obligation that is asked about")
    leennorm: Annotated[str, StringConstraints(max_length=20_000)] = Field(
        "", description="amounts of the lending norm: the text of a file as `leennorm.template.toml`"
    )
    vtlb: Annotated[str, StringConstraints(max_length=20_000)] = Field(
        "",
        description="amounts of the vtlb, the floor of a plan: the text of a file as `vtlb.template.toml`",
    )

    def received(self) -> Received:
        """Return the rows and accounts as if a bank had brought them."""
        frame = with_keys(frame_of(row.ledger() for row in self.transactions))
        return Received(tuple(account.read() for account in self.accounts), frame)

    def question(self) -> Question:
        """Return what is asked.

        Raises:
            UsageError: what no obligation can be.
            ParametersError: the amounts are not as the template says.
        """
        asked = self.obligation
        return Question(
            on=self.on,
            household=self.household.read(),
            parts=frozenset(self.parts or PARTS),
            total_debt=_money(self.total_debt),
            title_served=self.title_served,
            proposal=_money(self.proposal),
            protection_used=_money(self.protection_used) or ZERO,
            obligation=obligation_of(_money(asked.monthly), asked.months) if asked else None,
            leennorm=supplied_text(self.leennorm),
            vtlb=supplied_text(self.vtlb),
        )


class ConsentRequest(Strict):
    """Whom to ask, at which bank, and what for."""

    subject: Text = Field(description="your key of the case, never a name", examples=["case-17"])
    bank: Text = Field(examples=["sandbox.berlin_group"])
    purpose: Text = Field(examples=["payment_plan"])
    psu_ip: Text = Field(
        "", description="address of the person's own browser, when it is not the one that calls"
    )
    aspsp: Text = Field("", description="name of the person's own bank, where `bank` is an aggregator")


class ConsentStarted(BaseModel):
    """Send the person to `redirect_url`; the bank sends them back to us.

    With `in_app` the bank asks them in its own app, and `redirect_url` is where they go on afterwards.
    """

    consent: str
    redirect_url: str
    valid_until: date
    in_app: bool


class Consent(BaseModel):
    """One consent."""

    id: str
    subject: str
    bank: str
    purpose: str
    status: Literal["pending", "valid", "rejected", "expired", "revoked"]
    created_at: datetime
    valid_until: date | None
    withdrawn_via: str
    withdrawn_at: datetime | None
    last_fetch_at: datetime | None


class Problem(BaseModel):
    """A step that failed; the others went on."""

    code: str
    detail: str


class Brought(BaseModel):
    """What a fetch brought in."""

    consent: Consent
    new: int
    same: int
    pending: int
    problems: list[Problem]


class Withdrawn(BaseModel):
    """A consent that is over; `bank_problem` says when the bank could not be told."""

    consent: Consent
    bank_problem: Problem | None


class CaseLine(BaseModel):
    """One case."""

    subject: str
    opened_at: datetime
    accounts: int
    transactions: int
    last_on: date | None


class Health(BaseModel):
    """That it runs, and which version."""

    status: Literal["ok"]
    version: str


def _money(text: str | None) -> Money | None:
    return Money.euros(text) if text is not None else None
