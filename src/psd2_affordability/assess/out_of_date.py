"""Data that are too old to say anything of the day asked: no figure of theirs is an answer for it."""

from dataclasses import replace

from psd2_affordability.assess import room_says
from psd2_affordability.assess.credit.levels import not_known
from psd2_affordability.assess.results import CreditCheck, DataQuality, Indicator, Room, Seizure
from psd2_affordability.assess.seizure_says import unknown
from psd2_affordability.core.answer import Unknown

#: A quarter of a year: by then another income or another home can have come.
_MOST_DAYS = 92
_NAMES = {
    "income_stability": ("how steady the income is", "hoe vast het inkomen is"),
    "committed_share": ("what of the income is spoken for", "welk deel van het inkomen al vastligt"),
    "room_left": ("what is left above the legal floor", "wat er overblijft boven het beschermde bedrag"),
    "lending_norm": ("what the lending norm leaves", "wat er na de leennorm overblijft"),
    "buffer_months": ("how long the money would last", "hoe lang er met het saldo geleefd kan worden"),
    "existing_credit": ("which credit runs", "welke leningen er lopen"),
    "buy_now_pay_later": ("what is paid later", "wat er achteraf wordt betaald"),
    "returned_debits": ("which direct debits came back", "welke incasso's zijn teruggeboekt"),
    "debt_scheme": ("whether a debt scheme runs", "of er een schuldregeling loopt"),
    "collectors": ("whether collectors are paid", "of er incassobureaus worden betaald"),
    "missed_obligations": ("whether what is owed is still paid", "of alles wat moet, nog wordt betaald"),
    "gambling": ("what goes to games of chance", "wat er naar kansspelen gaat"),
    "overdraft_days": ("how often the account is below zero", "hoe vaak de rekening rood staat"),
    "data": ("enough for a check", "genoeg voor een toets"),
}


def out_of_date(quality: DataQuality) -> Unknown | None:
    """Return what is missing when nothing was told for more than a quarter of a year."""
    days = quality.days_stale
    if days is None or days <= _MOST_DAYS:
        return None
    return Unknown(
        "history.out_of_date",
        f"The data end {days} days before this day, so they say nothing about it.",
        "Can newer bank statements be given?",
    )


def room_out_of_date(room: Room, missing: Unknown) -> Room:
    """Take every figure of the data out of a room; the law and the questions stay."""
    return Room(
        missing,
        "ask_first",
        room.floor,
        (),
        room.questions,
        (room_says.cannot_size(missing),),
        plan_floor=room.plan_floor,
    )


def seizure_out_of_date(seizure: Seizure, missing: Unknown) -> Seizure:
    """Take every figure of the data out of a seizure check; the law and the questions stay."""
    return replace(
        seizure,
        verdict="unknown",
        expected_balance=missing,
        expected_proceeds=missing,
        net=missing,
        cheaper_route="",
        reasons=(unknown(missing),),
        forecast=(),
        yields_above=missing,
        turns=(),
    )


def credit_out_of_date(check: CreditCheck, missing: Unknown) -> CreditCheck:
    """Make every indicator of a credit check unknown: a person asks for newer data first."""
    indicators = tuple(_unknown(one, missing) for one in check.indicators)
    return replace(
        check,
        indicators=indicators,
        reasons=tuple(one.says for one in indicators[:1]),
        room_after=None if check.room_after is None else missing,
        norm=None,
        turns=(),
    )


def _unknown(one: Indicator, missing: Unknown) -> Indicator:
    english, dutch = _NAMES[one.code]
    return not_known(
        one.code,
        missing,
        f"The data are too old to tell {english}.",
        f"De gegevens zijn te oud. Dit is niet te zien: {dutch}.",
    )
