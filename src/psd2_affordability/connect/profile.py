"""What the banks on one API standard have in common, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from psd2_affordability.core.toml_table import Table

Sign = Literal["signed", "creditor_is_out", "indicator"]
Narrative = Literal["plain", "breaks", "wrapped"]

#: What we look for inside one transaction; the profile says where the standard has it, if it does.
FIELDS = (
    "booked_on",
    "value_on",
    "amount",
    "currency",
    "direction",
    "creditor_name",
    "creditor_iban",
    "creditor_scheme",
    "debtor_name",
    "debtor_iban",
    "debtor_scheme",
    "counterparty_name",
    "counterparty_iban",
    "creditor_id",
    "mandate_id",
    "remittance",
    "bank_code",
    "bank_own_code",
    "purpose_code",
    "return_text",
    "balance_after",
    "balance_direction",
    "entry_reference",
)


@dataclass(frozen=True, slots=True)
class RowRules:
    """How an entry of a bank becomes a ledger row.

    Attributes:
        sign: `signed` amounts; unsigned ones where the side that is filled in tells
            (`creditor_is_out`) or a word does (`indicator`).
        out_words: the words of an indicator that mean money out.
        closing_types: types of balance that count booked entries alone, the best first.
        time_zone: where the bank's days begin and end.
        naive_zone: what a time of the bank without a zone is in.
        narrative: how the remittance is written: `plain`, with HTML `breaks` between labelled lines,
            or `wrapped` over lines of a fixed width that cut words.
        fields: our name to the dotted places inside a transaction, the best first. What has no place
            under `entry_reference` is not trusted to be a number of the entry.
    """

    sign: Sign
    out_words: tuple[str, ...]
    closing_types: tuple[str, ...]
    time_zone: str
    naive_zone: str
    narrative: Narrative
    fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Profile:
    """One API standard, with a bank's differences applied.

    Attributes:
        id: file name in `connectors/_profiles`.
        title: as the standard calls itself.
        dialect: the module in `connect.dialects` that speaks it.
        paths: what the dialect calls a path to the path, with `{consent}` or `{account}` to be filled in.
        query: what the dialect lets a bank choose in its questions, such as `booking_status`.
        answers: where answers have what, for a dialect that has no shape of its own.
        next_page: where an answer has the link or key to its next page, dotted.
        max_pages: more pages than any honest account has.
        page_size: entries to ask for on one page; 0 to leave it to the bank.
        rows: how entries become ledger rows.
    """

    id: str
    title: str
    dialect: str
    paths: Mapping[str, str]
    query: Mapping[str, str]
    answers: Mapping[str, str]
    next_page: str
    max_pages: int
    page_size: int
    rows: RowRules


#: Dialect to the paths that it asks for; a profile gives each of them, and no others.
PATHS: Mapping[str, tuple[str, ...]] = {
    "abn_amro": ("consent", "balances", "transactions"),
    "bunq": ("session", "accounts", "balances", "transactions"),
    "ing": ("login", "accounts", "balances", "transactions", "card_transactions"),
    "berlin_group": (
        "consents",
        "consent",
        "consent_status",
        "accounts",
        "balances",
        "transactions",
        "card_accounts",
        "card_balances",
        "card_transactions",
    ),
    "enable_banking": ("aspsps", "auth", "sessions", "session", "balances", "transactions"),
    "gocardless": (
        "new_token",
        "renew_token",
        "institutions",
        "agreements",
        "agreement",
        "requisitions",
        "requisition",
        "account",
        "details",
        "balances",
        "transactions",
    ),
    "licensed_provider": ("start", "status", "end", "accounts", "balances", "transactions"),
    "rabobank": ("consent", "accounts", "balances", "transactions"),
    "uk_open_banking": ("consents", "consent", "accounts", "balances", "transactions"),
    "volksbank": ("consents", "accounts", "balances", "transactions"),
}

#: Tables of a profile that a bank's file may give otherwise, key by key.
OVERRIDES = ("paths", "query", "answers", "paging", "rows", "fields")


def read_profile(table: Table) -> Profile:
    """Read a profile's tables; the caller reads its sources and says when it is done."""
    dialect = table.choice("dialect", tuple(PATHS))
    paths, query, paging = table.table("paths"), table.table("query", optional=True), table.table("paging")
    answers = table.table("answers", optional=True)
    paths.names(PATHS[dialect])
    return Profile(
        id=table.text("id"),
        title=table.text("title"),
        dialect=dialect,
        paths={name: paths.text(name) for name in PATHS[dialect]},
        query={name: query.text(name, "") for name in query.names()},
        answers={name: answers.text(name, "") for name in answers.names()},
        next_page=paging.text("next"),
        max_pages=paging.whole("max_pages", low=1, high=10_000),
        page_size=paging.whole("page_size", 0, low=0, high=5_000),
        rows=_row_rules(table.table("rows"), table.table("fields")),
    )


def _row_rules(rows: Table, fields: Table) -> RowRules:
    zone = rows.text("time_zone")
    return RowRules(
        sign=rows.choice("sign", get_args(Sign)),
        out_words=rows.texts("out_words", ()),
        closing_types=rows.texts("closing_types"),
        time_zone=zone,
        naive_zone=rows.text("naive_zone", zone),
        narrative=rows.choice("narrative", get_args(Narrative), "plain"),
        fields={name: fields.texts(name) for name in fields.names(FIELDS)},
    )
