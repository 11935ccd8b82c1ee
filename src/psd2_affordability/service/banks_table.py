"""The banks as tables in Markdown, for a document that a user reads; written from the bank files."""

from psd2_affordability.connect.registry import Bank, Banks

_FULL = {
    "always": "at any time",
    "first_call": "in the first call",
    "first_minutes": "in the first minutes",
    "once": "once",
}


def banks_table(banks: Banks) -> str:
    """Return one line for each bank: how it is spoken to, how the person approves, how far back it goes."""
    head = "| bank | id | standard | approval | consent | history at first | later | maturity |\n"
    return head + "|---|---|---|---|---|---|---|---|\n" + "".join(map(_line, banks))


def notes_list(banks: Banks) -> str:
    """Return what a user should know of each bank, and where it is written."""
    return "\n".join(_notes(bank) for bank in banks if bank.notes)


def _line(bank: Bank) -> str:
    consent, history = bank.consent, bank.history
    cells = (
        bank.name,
        f"`{bank.id}`",
        bank.profile.title,
        consent.approach.replace("_", " "),
        f"{consent.max_days} days, {consent.frequency_per_day} a day",
        f"{history.first_months} months {_FULL[history.full]}",
        f"{history.refresh_days} days",
        bank.maturity,
    )
    return f"| {' | '.join(cells)} |\n"


def _notes(bank: Bank) -> str:
    sources = "; ".join(
        f"{one.says}, read {one.retrieved.isoformat()}" + (f" ({one.url})" if one.url else "")
        for one in bank.sources
    )
    lines = "".join(f"- {note}\n" for note in bank.notes)
    return f"**{bank.name}** (`{bank.id}`)\n\n{lines}\nSource: {sources}.\n"
