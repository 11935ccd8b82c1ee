"""The tables. What could name a person is sealed; what sums and filters need is plain.

A case's rows all hang from `cases`, so erasing a case erases them with it.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

VERSION = "6"

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """A moment, always in UTC; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write in UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read in UTC: SQLite keeps no zone."""
        del dialect
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _case() -> ForeignKey:
    return ForeignKey("cases.subject", ondelete="CASCADE")


about = Table(
    "about",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("subject", String(120), primary_key=True),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("sealed_household", LargeBinary),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subject", _case(), nullable=False),
    Column("mark", LargeBinary, nullable=False),  # keyed hash of the account: finds it without naming it
    Column("sealed_names", LargeBinary, nullable=False),
    Column("sources", Text, nullable=False),  # who gave it: ids of banks, or `file`, with spaces between
    Column("currency", Text, nullable=False),
    UniqueConstraint("subject", "mark"),
)

balances = Table(
    "balances",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("source", String(80), primary_key=True),
    Column("type", Text, primary_key=True),
    Column("on_day", Date, primary_key=True),
    Column("amount_ct", BigInteger, nullable=False),
)

anchors = Table(  # booked balances at the end of a day, which the rows between them must explain
    "anchors",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("source", String(80), primary_key=True),
    Column("after_day", Date, primary_key=True),
    Column("amount_ct", BigInteger, nullable=False),
)

transactions = Table(
    "transactions",
    metadata,
    Column("subject", _case(), primary_key=True),
    Column("tx", String(80), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("status", String(10), nullable=False),
    Column("booked_on", Date),
    Column("value_on", Date),
    Column("amount_ct", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("balance_after_ct", BigInteger),
    Column("sealed_text", LargeBinary, nullable=False),
    Column(
        "said", String(80), nullable=False
    ),  # hash of what the row says now; `tx` is of what it said first
    Column("numbered", Boolean, nullable=False),  # whether the bank's own number of it is known
    Column("sources", Text, nullable=False),  # who gives it still; nobody: it is a tombstone
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    Column("superseded_by", String(80)),  # the row that came in its place, with another amount
    Index("transactions_of_account", "account_id", "status", "booked_on"),
    sqlite_with_rowid=False,
)

consents = Table(
    "consents",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("subject", _case(), nullable=False),
    Column("bank", String(80), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("valid_until", Date),
    Column("state_mark", LargeBinary, unique=True),  # finds the journey that a callback belongs to
    Column("sealed_journey", LargeBinary, nullable=False),
    Column("withdrawn_via", String(40), nullable=False, server_default=""),
    Column("withdrawn_at", Instant),
    Column("last_fetch_at", Instant),
    Column("renewing_until", Instant),  # somebody renews its tokens, and has until then
)

assessments = Table(
    "assessments",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subject", _case(), nullable=False),
    Column("on_day", Date, nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("sealed_json", LargeBinary, nullable=False),
    Column("sealed_receipt", LargeBinary, nullable=False),
    UniqueConstraint("subject", "purpose", "sha256"),
)

questions = Table(  # what an answer was asked with, beside the transactions
    "questions",
    metadata,
    Column("assessment", ForeignKey("assessments.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed_json", LargeBinary, nullable=False),
)

decisions = Table(  # what people decided on an answer
    "decisions",
    metadata,
    Column("subject", _case(), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("on_day", Date, nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("answer_sha256", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("sealed_json", LargeBinary, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("subject", _case(), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("tx", String(80), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("undone_at", Instant),
    Column("sealed_json", LargeBinary, nullable=False),
)

correction_rules = Table(
    "correction_rules",
    metadata,
    Column("subject", _case(), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", Instant, nullable=False),
    Column("accepted_at", Instant),  # nobody: it is a proposal
    Column("since", Date),  # first booking day that it is about
    Column("ended_at", Instant),
    Column("sealed_json", LargeBinary, nullable=False),
)

calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consent", String(120), nullable=False),
    Column("account", String(120), nullable=False),
    Column("endpoint", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    Column("attended", Boolean, nullable=False),
    Index("calls_of_consent", "consent", "account", "endpoint", "at"),
)

cool_downs = Table(  # a bank said: not before
    "cool_downs",
    metadata,
    Column("consent", String(120), primary_key=True),
    Column("until", Instant, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject_mark", String(64), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
)
