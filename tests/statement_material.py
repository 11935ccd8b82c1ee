"""Statement files written for the tests, of invented people and valid but invented IBANs."""

from datetime import date

OWN = "NL91ABNA0417164300"
OTHER = "NL20INGB0001234567"
LANDLORD = "NL44RABO0123456789"


def euros(cents: int, mark: str = ".") -> str:
    return f"{abs(cents) // 100}{mark}{abs(cents) % 100:02d}"


def mt940_statement(
    entries: list[tuple[date, int, str]],
    opening: int = 100_00,
    *,
    first: date = date(2026, 1, 1),
    last: date = date(2026, 1, 31),
    account: str = OWN,
    number: str = "1/1",
    closing: int | None = None,
) -> bytes:
    """One MT940 statement of entries: day, signed cents and the text of field 86."""

    def balance(tag: str, cents: int, on: date) -> str:
        return f":{tag}:{'C' if cents >= 0 else 'D'}{on:%y%m%d}EUR{euros(cents, ',')}"

    end = opening + sum(cents for _, cents, _ in entries) if closing is None else closing
    lines = [":20:STATEMENT", f":25:{account}", f":28C:{number}", balance("60F", opening, first)]
    for day, cents, text in entries:
        mark = "C" if cents >= 0 else "D"
        lines.append(f":61:{day:%y%m%d}{day:%m%d}{mark}{euros(cents, ',')}NTRFNONREF")
        lines.append(f":86:{text}")
    return "\n".join([*lines, balance("62F", end, last), "-", ""]).encode()


def camt_balance(kind: str, cents: int, on: date, currency: str = "EUR") -> str:
    side = "CRDT" if cents >= 0 else "DBIT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{currency}">{euros(cents)}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        f"<Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def camt_entry(
    cents: int,
    on: date | None = date(2026, 1, 5),
    details: str = "",
    *,
    amount: str = "",
    status: str = "<Sts>BOOK</Sts>",
    extra: str = "",
) -> str:
    side = "CRDT" if cents >= 0 else "DBIT"
    day = f"<BookgDt><Dt>{on}</Dt></BookgDt>" if on else ""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount or euros(cents)}</Amt><CdtDbtInd>{side}</CdtDbtInd>{status}{day}'
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls>{details}</NtryDtls>{extra}</Ntry>"
    )


def camt_statement(
    *parts: str, account: str = f"<IBAN>{OWN}</IBAN>", number: str = "S1", currency: str = "EUR"
) -> str:
    ccy = f"<Ccy>{currency}</Ccy>" if currency else ""
    return f"<Stmt><Id>{number}</Id><Acct><Id>{account}</Id>{ccy}</Acct>{''.join(parts)}</Stmt>"


def camt_file(*statements: str, version: str = "053.001.02", before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{before}'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{version}"><BkToCstmrStmt>\n'
        f"<GrpHdr><MsgId>M1</MsgId></GrpHdr>\n{''.join(statements)}\n</BkToCstmrStmt></Document>"
    ).encode()
