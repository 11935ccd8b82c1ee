"""A situation's accounts written as the camt.053 files that a bank would give."""

from xml.sax.saxutils import escape

from psd2_affordability.sandbox.model import BankEntry
from situation_material import Shown, Situation
from statement_material import camt_balance, camt_file, camt_statement, euros


def statements(situation: Situation) -> dict[str, bytes]:
    """One file for each account, by file name."""
    return {
        f"{number}_{account.iban}.xml": _statement(account, situation)
        for number, account in enumerate(situation.accounts)
    }


def _statement(account: Shown, situation: Situation) -> bytes:
    first = account.booked[0].booked_on
    return camt_file(
        camt_statement(
            camt_balance("OPBD", account.opening_ct, first),
            camt_balance("CLBD", account.balances[-1], situation.seen_until),
            *(_entry(entry) for entry in account.booked),
            account=f"<IBAN>{account.iban}</IBAN>",
        )
    )


def _entry(entry: BankEntry) -> str:
    side = "CRDT" if entry.amount_ct >= 0 else "DBIT"
    domain, family, sub = entry.bank_code.split("-")
    return (
        f'<Ntry><Amt Ccy="EUR">{euros(entry.amount_ct)}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        f"<Sts>BOOK</Sts><BookgDt><Dt>{entry.booked_on}</Dt></BookgDt>"
        f"<ValDt><Dt>{entry.value_on}</Dt></ValDt>"
        f"<BkTxCd><Domn><Cd>{domain}</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd></Fmly></Domn>"
        "</BkTxCd>"
        f"<NtryDtls><TxDtls>{_details(entry)}</TxDtls></NtryDtls></Ntry>"
    )


def _details(entry: BankEntry) -> str:
    parts = [
        f"<Refs>{_filled('MndtId', entry.mandate_id)}</Refs>",
        f"<RltdPties>{_party(entry)}</RltdPties>",
        f"<Purp>{_filled('Cd', entry.purpose_code)}</Purp>" if entry.purpose_code else "",
        f"<RmtInf>{_filled('Ustrd', entry.remittance)}</RmtInf>",
        f"<RtrInf><Rsn>{_filled('Cd', entry.return_reason)}</Rsn></RtrInf>" if entry.return_reason else "",
    ]
    return "".join(parts)


def _party(entry: BankEntry) -> str:
    role = "Dbtr" if entry.amount_ct >= 0 else "Cdtr"
    identity = ""
    if entry.creditor_id:
        scheme = "<SchmeNm><Prtry>SEPA</Prtry></SchmeNm>"
        identity = f"<Id><PrvtId><Othr><Id>{entry.creditor_id}</Id>{scheme}</Othr></PrvtId></Id>"
    party = f"<{role}>{_filled('Nm', entry.counterparty_name)}{identity}</{role}>"
    if not entry.counterparty_iban:
        return party
    return f"{party}<{role}Acct><Id><IBAN>{entry.counterparty_iban}</IBAN></Id></{role}Acct>"


def _filled(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""
