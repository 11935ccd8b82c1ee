"""Makes ledgers of any size for the benches: portfolios shaped like the sandbox people, and bulk rows."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability._data import data_files
from psd2_affordability.ledger.schema import COLUMNS, DAY, TEXT
from psd2_affordability.sandbox.ledger_view import ledger_of
from psd2_affordability.sandbox.lives import LAST_DAY
from psd2_affordability.sandbox.people import SandboxPerson, load_people

Numbers = npt.NDArray[np.int64]

_KNOWN_SHARE = 0.70
_OPENING_CT = 500_00
_SYLLABLES = (
    "ba", "bel", "cor", "da", "dij", "du", "ede", "fa", "gra", "hof", "ja", "ka", "kle", "lin", "lo", "ma",
    "mo", "na", "oos", "pa", "pol", "ra", "ro", "sa", "ste", "ta", "ter", "uil", "va", "ver", "wa", "wij",
    "zo", "zui",
)  # fmt: skip
_TRADES = (
    "Bakkerij", "Slagerij", "Cafe", "Garage", "Kapsalon", "Bloemen", "Eethuis", "Fietsen", "Schoenen",
    "Boekhandel", "Kwekerij", "Sport", "Mode", "Administratie", "Stichting", "Praktijk", "Techniek",
    "Dierenarts", "Wijnhandel",
)  # fmt: skip
_TOWNS = (
    "Utrecht", "Gouda", "Zwolle", "Amsterdam", "Tilburg", "Haarlem", "Amersfoort", "Groningen", "Dordrecht",
    "Beverwijk", "Breda", "Nijmegen", "Almere", "Leeuwarden", "Maastricht", "Venlo", "Deventer", "Leiden",
)  # fmt: skip
_CHAINS = (
    "Albert Heijn", "Jumbo", "Lidl", "Aldi", "Dirk vd Broek", "Plus", "Kruidvat", "Etos", "HEMA", "Action",
    "Zeeman", "Shell", "Esso", "BP", "Tango", "TinQ", "Gamma", "Praxis", "IKEA", "H&M", "C&A", "Primark",
    "McDonald's", "Pathe",
)  # fmt: skip


@cache
def sandbox_people() -> dict[str, SandboxPerson]:
    """The sandbox people, read once."""
    return load_people(data_files("sandbox_fixtures"))


def person_behind(subject: str) -> SandboxPerson:
    """The sandbox person that a subject of `make_portfolio` is shaped after."""
    people = list(sandbox_people().values())
    return people[int(subject[1:]) % len(people)]


def make_portfolio(subjects: int, transactions_each: int = 500, seed: int = 1) -> pd.DataFrame:
    """A ledger of many subjects over the last twelve months of the sandbox lives.

    Subject `s0000007` lives like the eighth sandbox person, on accounts and at amounts of its own:
    appointments keep their rhythm, habits are thinned or doubled to the number of rows asked.
    """
    random = np.random.default_rng(seed)
    people = list(sandbox_people().values())
    shapes = [_shape(person, transactions_each, random) for person in people]
    stacked = pd.concat(shapes, ignore_index=True)
    person_of = np.arange(subjects, dtype=np.int64) % len(people)
    rows = (person_of[:, None] * transactions_each + np.arange(transactions_each)).ravel()
    subject_of = np.repeat(np.arange(subjects, dtype=np.int64), transactions_each)
    numbers = _numbered("s", np.arange(subjects, dtype=np.int64), 7)
    columns: dict[str, pd.Series] = {}
    for name, dtype in COLUMNS.items():
        if dtype == TEXT:
            columns[name] = _taken(stacked[name], rows)
        else:
            columns[name] = pd.Series(stacked[name].to_numpy()[rows], dtype=dtype)
    columns["subject"] = _text(numbers.take(pa.array(subject_of)))
    columns["tx"] = _text(_numbered("p", np.arange(len(rows), dtype=np.int64), 10))
    columns["account"] = _own(columns["account"], columns["subject"])
    columns["counterparty_iban"] = _own(columns["counterparty_iban"], columns["subject"])
    percent = random.integers(90, 111, subjects, dtype=np.int64)[subject_of]
    columns["amount_ct"] = pd.Series(stacked["amount_ct"].to_numpy()[rows] * percent // 100, dtype="int64")
    account_of = pd.factorize(stacked["account"])[0][rows]
    running = columns["amount_ct"].groupby([subject_of, account_of]).cumsum()
    columns["balance_after_ct"] = (running + _OPENING_CT).astype("Int64")
    return pd.DataFrame({name: columns[name] for name in COLUMNS})


def make_transactions(n: int, distinct_payees: int = 30_000, seed: int = 1) -> pd.DataFrame:
    """`n` bulk rows with that many distinct payees: Dutch narratives, 70% of the rows known payees, Zipf."""
    random = np.random.default_rng(seed)
    known = _known_names(distinct_payees * 2 // 5)
    unknown = _invented_names(distinct_payees - len(known), random)
    is_known = random.random(n) < _KNOWN_SHARE
    payee = np.where(is_known, _zipf(len(known), n, random), len(known) + _zipf(len(unknown), n, random))
    payee[: len(known) + len(unknown)] = np.arange(min(n, len(known) + len(unknown)))
    names = pa.array([*known, *unknown]).take(pa.array(payee))
    way = random.choice(5, n, p=[0.55, 0.20, 0.12, 0.10, 0.03])
    day = np.datetime64(LAST_DAY, "D") - random.integers(0, 365, n)
    cents = -random.integers(150, 18_000, n, dtype=np.int64)
    printed, lines, codes = _narrated(names, payee, way, day, random)
    debit = pa.array(way == 1)
    creditor = pa.array(
        [f"NL{10 + at % 89}ZZZ{70_000_000 + at}0000" for at in range(len(known) + len(unknown))]
    )
    account = _numbered("NL00BNCH", np.arange(n, dtype=np.int64) // 500, 10)
    columns = {
        "subject": _text(_numbered("s", np.arange(n, dtype=np.int64) // 500, 7)),
        "account": _text(account),
        "tx": _text(_numbered("b", np.arange(n, dtype=np.int64), 10)),
        "status": pd.Series(["booked"], dtype=TEXT).repeat(n).reset_index(drop=True),
        "booked_on": pd.Series(day.astype(DAY)),
        "value_on": pd.Series(day.astype(DAY)),
        "amount_ct": pd.Series(cents),
        "currency": pd.Series(["EUR"], dtype=TEXT).repeat(n).reset_index(drop=True),
        "counterparty_name": _text(printed),
        "counterparty_iban": _text(
            pc.if_else(pa.array((way >= 1) & (way <= 3)), _numbered("NL00PAYE", payee, 10), "")
        ),
        "creditor_id": _text(pc.if_else(debit, creditor.take(pa.array(payee)), "")),
        "mandate_id": _text(pc.if_else(debit, _numbered("M", payee, 9), "")),
        "remittance": _text(lines),
        "bank_code": _text(codes),
        "purpose_code": _text(pc.if_else(debit, "", "")),
        "return_reason": _text(pc.if_else(debit, "", "")),
        "balance_after_ct": pd.Series(np.zeros(n, dtype=np.int64)).astype("Int64"),
        "entry_reference": _text(pc.if_else(debit, "", "")),
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS})


def make_distinct(n: int, seed: int = 1) -> pd.DataFrame:
    """The same rows with a word of its own in every name and description, so that no two are alike."""
    frame = make_transactions(n, seed=seed)
    own = pa.array(["".join(chr(97 + at // 26**place % 26) for place in range(5)) for at in range(n)])
    name, text = _arrow(frame["counterparty_name"]), _arrow(frame["remittance"])
    named = pc.if_else(pc.equal(name, ""), "", _joined(name, " ", own))
    return frame.assign(counterparty_name=_text(named), remittance=_text(_joined(text, " ", own)))


def _shape(person: SandboxPerson, wanted: int, random: np.random.Generator) -> pd.DataFrame:
    """A person's last year in exactly the wanted number of rows; card payments make the difference."""
    frame = ledger_of([person])
    since = pd.Timestamp(LAST_DAY) - pd.Timedelta(days=365)
    frame = frame[(frame["booked_on"] > since) & (frame["status"] == "booked")].reset_index(drop=True)
    habits = np.flatnonzero((frame["bank_code"] == "PMNT/CCRD/POSD").to_numpy())
    surplus = len(frame) - wanted
    if surplus > 0:
        dropped = random.choice(habits, min(surplus, len(habits)), replace=False)
        frame = frame.drop(index=dropped).tail(wanted)
    elif surplus < 0:
        again = habits if len(habits) else np.arange(len(frame))
        frame = pd.concat([frame, frame.iloc[random.choice(again, -surplus)]])
    return frame.sort_values("booked_on", kind="stable").reset_index(drop=True)


def _own(ibans: pd.Series, subjects: pd.Series) -> pd.Series:
    """Put the number of the subject into the sandbox bank's accounts: everybody has accounts of their own."""
    text, subject = _arrow(ibans), _arrow(subjects)
    sandboxed = pc.match_substring(text, "SNBX")
    renumbered = _joined(pc.utf8_slice_codeunits(text, 0, 11), pc.utf8_slice_codeunits(subject, 1))
    return _text(pc.if_else(sandboxed, renumbered, text))


def _narrated(
    names: pa.Array,
    payee: Numbers,
    way: Numbers,
    day: npt.NDArray[np.datetime64],
    random: np.random.Generator,
) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Printed name, description and bank code of each row, by the way the money moved."""
    n = len(way)
    days = pa.array([f"{one:%d.%m.%y}" for one in pd.date_range(end=LAST_DAY, periods=365)])
    on = days.take(pa.array((day - np.datetime64(LAST_DAY, "D")).astype(np.int64) + 364))
    detail = _numbered("", random.integers(0, 10**12, n), 12)
    style = random.integers(0, 2, n)
    card = pc.if_else(
        pa.array(style == 0),
        _joined(
            "BEA, Betaalpas                   ",
            names,
            ",PAS142\nNR:",
            detail,
            ", ",
            on,
            "/18.03\nUTRECHT",
            "",
        ),
        _joined("Pasvolgnr: 004 ", on, " 18:03\nTransactie: ", detail, " Term: 7Q2W1E\nValutadatum: ", on),
    )
    debit = _joined(
        "/TRTP/SEPA Incasso algemeen doorlopend/CSID/NL00ZZZ", _numbered("", payee, 12), "/NAME/", names,
        "/MARF/M", detail, "/REMI/Factuur klantnr ", detail, "/EREF/", detail,
    )  # fmt: skip
    ideal = _joined("0020001", detail, " ", detail, " bestelling ", names)
    transfer = _joined("Naam: ", names, "\nOmschrijving: factuur ", detail, "\nValutadatum: ", on)
    cash = _joined(
        "GEA, Betaalpas                   Geldmaat,PAS142\nNR:", detail, ", ", on, "/12.10\nUTRECHT", ""
    )
    lines = pc.choose(pa.array(way), card, debit, ideal, transfer, cash)
    nameless = pa.array((way == 4) | ((way == 0) & (style == 0)))
    codes = pa.array(
        ["PMNT/CCRD/POSD", "PMNT/RDDT/ESDD", "PMNT/ICDT/ESCT", "PMNT/ICDT/ESCT", "PMNT/CCRD/CWDL"]
    ).take(pa.array(way))
    return pc.if_else(nameless, "", names), lines, codes


def _known_names(wanted: int) -> list[str]:
    """Names that a payee list should know: shared payees, then branches of chains."""
    files = data_files("sandbox_fixtures")
    prints = [
        line.split('"')[1] for line in files["payees.toml"].decode().splitlines() if line.startswith("prints")
    ]
    branches = (
        f"{chain} {number} {town}" for number in range(1001, 9999) for chain in _CHAINS for town in _TOWNS[:3]
    )
    names = list(dict.fromkeys(prints))
    return [*names, *(name for name, _ in zip(branches, range(wanted - len(names)), strict=False))][:wanted]


def _invented_names(wanted: int, random: np.random.Generator) -> list[str]:
    """Names that no list knows."""
    names: dict[str, None] = {}
    while len(names) < wanted:
        trade, first, second, third, town = (
            random.choice(words) for words in (_TRADES, _SYLLABLES, _SYLLABLES, _SYLLABLES, _TOWNS)
        )
        names[f"{trade} {str(first).title()}{second}{third} {town}"] = None
    return list(names)


def _zipf(count: int, n: int, random: np.random.Generator) -> Numbers:
    """Positions below `count`, the first ones far more often."""
    weight = 1 / np.arange(1, count + 1)
    return (
        np.searchsorted(np.cumsum(weight) / weight.sum(), random.random(n))
        .clip(max=count - 1)
        .astype(np.int64)
    )


def _numbered(prefix: str, numbers: Numbers, digits: int) -> pa.Array:
    """Texts such as `s0000007`."""
    return _joined(prefix, pc.utf8_lpad(pc.cast(pa.array(numbers), pa.large_string()), digits, "0"))


def _joined(*parts: pa.Array | str) -> pa.Array:
    """Join texts row by row."""
    wide = [
        pa.scalar(part, pa.large_string()) if isinstance(part, str) else pc.cast(part, pa.large_string())
        for part in parts
    ]
    return pc.binary_join_element_wise(*wide, pa.scalar("", pa.large_string()))


def _arrow(series: pd.Series) -> pa.Array:
    found = pa.array(series, type=pa.large_string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _taken(series: pd.Series, rows: Numbers) -> pd.Series:
    return _text(_arrow(series).take(pa.array(rows)))


def _text(array: pa.Array) -> pd.Series:
    return pd.Series(pd.array(pc.cast(array, pa.large_string()), dtype=TEXT))
