"""How the figures of the answers are made: plan, credit check, seizure and allowances."""

import re
from collections.abc import Iterator

from psd2_affordability.assess.creditors import in_arrears
from psd2_affordability.assess.data_quality import data_quality
from psd2_affordability.assess.expenses import expenses_of, months_since_stop
from psd2_affordability.assess.explain.allowances import of_allowances
from psd2_affordability.assess.explain.flows import Flows
from psd2_affordability.assess.explain.made import (
    Explain,
    Made,
    Value,
    amount_of,
    by_law,
    by_steps,
    known,
    made,
    negative,
)
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.floors import Floors
from psd2_affordability.assess.forecast.ahead import ahead_of
from psd2_affordability.assess.income import income_of
from psd2_affordability.assess.kinds import VAT
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import Assessment, Room, Seizure, Turn
from psd2_affordability.assess.room import above_the_law, collecting, room_of
from psd2_affordability.assess.seizure_reach import reach_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import LegalAnswer
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.paths import named
from psd2_affordability.core.reasons import Reason

_FORETOLD = (
    "Told ahead from the payments that come back and from weeks of the past year, in simulated futures.",
    "Vooruit berekend met vaste betalingen en weken uit het afgelopen jaar.",
)
_LEFT = ("What is left after costs.", "Wat er overblijft na de kosten.")
_WAITS = (
    "What can wait is not counted: all of it in a good month, half of it in a usual one.",
    "Wat kan wachten telt niet mee: alles in een goede maand, de helft in een gewone.",
)
_WAITS_AFTER_STOP = (
    "What can wait is not counted: an income stopped, so all of it in a usual month and in a good one.",
    "Wat kan wachten telt niet mee: een inkomen stopte, dus alles in een gewone en in een goede maand.",
)
_ABOVE = ("What lies above the protected income.", "Wat er boven het beschermde inkomen ligt.")


class Answers:
    """Explains the answers for one person."""

    def __init__(self, found: Assessment, facts: Facts, rules: NationalRules) -> None:
        self.found, self.facts = found, facts
        self.flows = Flows(facts, found.income or income_of(facts), found.expenses or expenses_of(facts))
        self._rules = rules

    def income_ways(self) -> Iterator[tuple[str, Explain]]:
        """Yield how the further figures of the income are explained."""
        income, facts = self.flows.income, self.facts
        newest = [key for one in income.streams if one.status == "active" for key in one.transactions[-1:]]
        newest += self.flows.loose([one.category for one in income.by_kind])
        shock = income.shock.transactions if income.shock is not None else ()
        yield (
            r"income\.forecast\[.+\]\.\w+",
            _worked_out(
                "Income that comes back, on the days that it comes, and the rest as in past months.",
                "Inkomen dat terugkomt op de dagen dat het komt, en de rest zoals in eerdere maanden.",
                newest,
            ),
        )
        yield (
            r"income\.shock\.\w+",
            _worked_out(
                "A usual month before and since the income fell.",
                "Een gewone maand voor en na de daling van het inkomen.",
                shock,
            ),
        )
        yield (
            r"income\.set_aside\.\w+",
            _worked_out(
                "Tax on turnover, from the tax that was paid.",
                "Belasting over de omzet, uit wat er aan belasting is betaald.",
                self._evidence(income.reasons, "income.turnover", "income.vat_unpaid") or facts.keys(VAT),
            ),
        )
        yield (
            r"income\.living_money",
            _worked_out(
                "What an administrator paid out in the last weeks, a month.",
                "Wat de bewindvoerder de laatste weken uitbetaalde, per maand.",
                self._evidence(income.reasons, "income.administrator"),
            ),
        )
        yield r"income\.unsplit", self._unsplit_income

    def _unsplit_income(self, value: Value, match: re.Match[str]) -> Made:
        return _with_others(match[0], _money(value), self.flows.monthly("income.monthly", "mid"))

    def unsplit_costs(self, value: Value, match: re.Match[str]) -> Made:
        """All costs, with what the stated share of a joint account leaves to somebody else."""
        flows = self.flows
        parts = [flows.fixed(), flows.flexible("mid"), flows.debts()]
        parts += map(flows.spread, ("cash", "gambling", "unexplained"))
        total = Money.total(one.value for one in parts if isinstance(one.value, Money))
        usual = made("", total, "sum", ("All costs of a month.", "Alle kosten van een maand."), parts)
        return _with_others(match[0], _money(value), usual)

    def ways(self) -> Iterator[tuple[str, Explain]]:
        """Yield how the figures of each answer are explained, by a pattern of their paths."""
        yield from self._of_room()
        yield from self._of_credit()
        yield from self._of_seizure()
        yield from of_allowances(self.found.allowances or ())

    def _of_room(self) -> Iterator[tuple[str, Explain]]:
        room = self.found.room
        if room is None:
            return
        yield from by_steps(r"room\.floor", room.floor)
        if room.plan_floor is not None:
            yield from by_steps(r"room\.plan_floor", room.plan_floor)
        yield r"room\.monthly\.(low|mid|high)", lambda _, at: self._room_month(at[1])
        yield r"room\.fair_share", self._fair_share
        yield (
            r"room\.options\[.+\]\.amount",
            _worked_out(
                "A part of the usual room in whole five euros; the sure one holds in nine of ten futures.",
                "Een deel van de ruimte in hele vijf euro's. De zekere lukt in negen van de tien gevallen.",
                (),
            ),
        )
        yield r"room\.proposal\.option\.amount", _told_by_user
        yield r"room\.(options|proposal|ahead).+", _foretold
        yield r"room\.turns\[(.+)\]\.by", lambda value, at: self._turned(value, at, room.turns)

    def room(self) -> Room:
        """Return the room, also where the answer does not show it."""
        if self.found.room is not None:
            return self.found.room
        facts, flows = self.facts, self.flows
        quality = data_quality(facts)
        (ahead,) = ahead_of([facts])
        return room_of(facts, quality, flows.income, flows.expenses, self._rules, ahead)

    def _room_month(self, end: str) -> Made:
        return self._month_of(self.room(), f"room.monthly.{end}", end)

    def _month_of(self, room: Room, path: str, end: str) -> Made:
        value: Money = getattr(known(room.monthly), end)
        left, above = self._left(end), self._above(end, Floors(room.floor, room.plan_floor))
        lower = max(ZERO, min(amount_of(left), amount_of(above)))
        says = {
            "low": ("Room for a plan in a lean month.", "Ruimte voor een regeling in een slechte maand."),
            "mid": ("Room for a plan in a usual month.", "Ruimte voor een regeling in een gewone maand."),
            "high": ("Room for a plan in a good month.", "Ruimte voor een regeling in een goede maand."),
        }[end]
        if lower != value:
            usual = self._month_of(room, path and path.replace(end, "mid"), "mid")
            return made(path, value, "same", says, [usual])
        return made(path, value, "least", says, [left, above])

    def _left(self, end: str) -> Made:
        """Income less costs: all of them, half of what can wait, or only what cannot."""
        flows = self.flows
        parts = [flows.fixed(), flows.flexible("mid"), flows.debts()]
        parts += map(flows.spread, ("cash", "unexplained", "gambling"))
        terms = [flows.monthly("income.monthly", end), *map(negative, parts)]
        waits, stopped = amount_of(flows.can_wait()), months_since_stop(self.facts) > 0
        if end == "mid" and not stopped:
            waits -= waits.times(NORMS.choices_kept)
        if end != "low" and waits:
            says = _WAITS_AFTER_STOP if stopped else _WAITS
            terms.append(made("", waits, "judged", says, [flows.can_wait()]))
        if end == "high" and (over := flows.may_be_over()) is not None:
            terms.append(over)
        total = Money.total(amount_of(one) for one in terms)
        return made("", total, "sum", _LEFT, terms)

    def _above(self, end: str, floors: Floors) -> Made:
        if self.facts.wage_notes:
            says = (
                "Wages are being seized: nothing that arrives lies above what the law left.",
                "Er ligt beslag op het loon. Wat er binnenkomt, is wat de wet overlaat.",
            )
            return made("", ZERO, "judged", says, transactions=self.facts.wage_notes)
        floor = floors.of_plan
        value = known(floor.value)
        bound = value.low if end == "high" else value.high
        side = "low" if end == "high" else "high"
        counted = self.flows.monthly("income.for_protection", end)
        name = "floor" if floor is floors.legal else "plan_floor"
        terms = [counted, _less_law(f"room.{name}.value.{side}", bound, floor)]
        return made("", amount_of(counted) - bound, "sum", _ABOVE, terms)

    def _fair_share(self, value: Value, match: re.Match[str]) -> Made:
        told = self._reason("room.fair_share")
        others = {**collecting(self.facts), **in_arrears(self.facts)}
        keys = [key for paid in others.values() for key in paid]
        terms = [self._room_month("mid")]
        return made(match[0], value, "judged", (told.says, told.says_nl), terms, transactions=keys)

    def _of_credit(self) -> Iterator[tuple[str, Explain]]:
        check = self.found.credit_check
        if check is None:
            return
        if check.norm is not None:
            yield from by_steps(r"credit_check\.norm", check.norm)
        yield r"credit_check\.room_after\.(low|mid|high)", self._room_after
        yield r"credit_check\.obligation\.\w+", _told_by_user
        yield r"credit_check\.turns\[(.+)\]\.by", lambda value, at: self._turned(value, at, check.turns)

    def _room_after(self, value: Value, match: re.Match[str]) -> Made:
        obligation = self.found.credit_check.obligation if self.found.credit_check else None
        per_month = obligation.monthly if obligation is not None else ZERO
        says = ("The new obligation, as asked about.", "De nieuwe verplichting waar het om gaat.")
        asked = made("credit_check.obligation.monthly", -per_month, "told", says)
        total = ("What is left with the new obligation.", "Wat er overblijft met de nieuwe verplichting.")
        room = self.room()
        lawful = above_the_law(self.facts, self.flows.income, self.flows.expenses, room)
        path = f"room.monthly.{match[1]}" if lawful is room else ""
        return made(match[0], value, "sum", total, [self._month_of(lawful, path, match[1]), asked])

    def _of_seizure(self) -> Iterator[tuple[str, Explain]]:
        seizure = self.found.seizure
        if seizure is None:
            return
        yield from by_steps(r"seizure\.protected", seizure.protected)
        yield from by_steps(r"seizure\.costs", seizure.costs)
        yield r"seizure\.(expected_balance|forecast\[.+\])\.p\d\d", _foretold
        yield r"seizure\.expected_proceeds\.(low|high)", lambda value, at: self._proceeds(seizure, value, at)
        yield r"seizure\.net\.(low|high)", lambda value, at: self._net(seizure, value, at)
        yield r"seizure\.yields_above", lambda value, at: self._yields_above(seizure, value, at)
        yield r"seizure\.turns\[(.+)\]\.by", lambda value, at: self._turned(value, at, seizure.turns)

    def _kept(self, seizure: Seizure, *, most: bool) -> Made:
        """What a seizure must leave: the protected amount, less what is used, at each bank."""
        kept = known(reach_of(self.facts, seizure.protected).kept)
        bound = kept.high if most else kept.low
        return by_law(f"seizure.protected.value.{'high' if most else 'low'}", bound, seizure.protected)

    def _above_kept(self, seizure: Seizure, percentile: str, *, most: bool) -> tuple[Made, Made]:
        balance: Money = getattr(seizure.expected_balance, percentile)
        says = ("The balance to expect.", "Het saldo dat te verwachten is.")
        found = made(f"seizure.expected_balance.{percentile}", balance, "foretold", says)
        return found, negative(self._kept(seizure, most=most))

    def _proceeds(self, seizure: Seizure, value: Value, match: re.Match[str]) -> Made:
        low = match[1] == "low"
        terms = self._above_kept(seizure, "p10" if low else "p90", most=low)
        says = ("What a seizure would find.", "Wat beslag zou vinden.")
        return self._within_claim(match[0], value, says, terms)

    def _within_claim(self, code: str, value: Value, says: tuple[str, str], terms: tuple[Made, Made]) -> Made:
        """What a seizure finds, where a claim is known no more than that."""
        claim = self.facts.case.total_debt
        if claim is None:
            return made(code, value, "sum_above_zero", says, terms)
        above = made("", max(ZERO, amount_of(terms[0]) + amount_of(terms[1])), "sum_above_zero", says, terms)
        asked = made("", claim, "told", ("The claim.", "De vordering."))
        least = ("What a seizure finds, at most the claim.", "Wat beslag vindt, hoogstens de vordering.")
        return made(code, value, "least", least, [above, asked])

    def _net(self, seizure: Seizure, value: Value, match: re.Match[str]) -> Made:
        low = match[1] == "low"
        terms = self._above_kept(seizure, "p50", most=low)
        claim = self.facts.case.total_debt
        found = max(ZERO, amount_of(terms[0]) + amount_of(terms[1]))
        says = ("What a seizure finds on a usual day.", "Wat beslag vindt op een gewone dag.")
        brings = found if claim is None else min(claim, found)
        proceeds = self._within_claim("", brings, says, terms)
        price = known(seizure.costs.value)
        bound, side = (price.high, "high") if low else (price.low, "low")
        costs = _less_law(f"seizure.costs.value.{side}", bound, seizure.costs)
        total = ("What is left after the costs of a seizure.", "Wat er overblijft na de kosten van beslag.")
        return made(match[0], value, "sum", total, [proceeds, costs])

    def _yields_above(self, seizure: Seizure, value: Value, match: re.Match[str]) -> Made:
        kept, price = self._kept(seizure, most=True), known(seizure.costs.value)
        says = ("What must be left, and the costs.", "Wat moet blijven staan, en de kosten.")
        return made(
            match[0],
            value,
            "sum",
            says,
            [kept, by_law("seizure.costs.value.high", price.high, seizure.costs)],
        )

    def _turned(self, value: Value, match: re.Match[str], turns: tuple[Turn, ...]) -> Made:
        """What would turn an answer, beside the figures that it would change."""
        turn = named(turns)[match[1]]
        says = (turn.says.says, turn.says.says_nl)
        terms = self._turning(turn)
        return made(match[0], value, "judged", says, terms, transactions=turn.says.transactions)

    def _turning(self, turn: Turn) -> list[Made]:
        flows, seizure = self.flows, self.found.seizure
        if turn.code == "balance" and seizure is not None:
            limit = known(seizure.yields_above)
            says = ("What must be left, and the costs.", "Wat moet blijven staan, en de kosten.")
            price = known(seizure.costs.value)
            parts = [self._kept(seizure, most=True), by_law("", price.high, seizure.costs)]
            return [made("seizure.yields_above", limit, "sum", says, parts)]
        if turn.code == "income_stability":
            return [flows.monthly("income.monthly", "low"), flows.monthly("income.monthly", "mid")]
        if turn.code in {"committed_share", "buffer_months"}:
            return [flows.fixed(), flows.debts()]
        if turn.code in {"existing_credit", "gambling"}:
            paid = flows.debts() if turn.code == "existing_credit" else flows.spread("gambling")
            return [paid, flows.monthly("income.monthly", "mid")]
        return [self._room_month("mid")]

    def _reason(self, code: str) -> Reason:
        return next(one for one in self.room().reasons if one.code == code)

    def _evidence(self, reasons: tuple[Reason, ...], *codes: str) -> tuple[str, ...]:
        return tuple(key for one in reasons if one.code in codes for key in one.transactions)


def _money(value: Value) -> Money:
    if not isinstance(value, Money):
        raise TypeError(f"{value} is no amount")
    return value


def _less_law(path: str, amount: Money, answer: LegalAnswer) -> Made:
    return negative(by_law(path, amount, answer))


def _with_others(path: str, value: Money, usual: Made) -> Made:
    says = ("With joint accounts counted whole.", "Als gezamenlijke rekeningen helemaal meetellen.")
    of_others = (
        "What the stated share of a joint account leaves to somebody else.",
        "Wat van een gezamenlijke rekening van iemand anders is.",
    )
    others = made("", value - amount_of(usual), "judged", of_others)
    return made(path, value, "sum", says, [usual, others])


def _foretold(value: Value, match: re.Match[str]) -> Made:
    return made(match[0], value, "foretold", _FORETOLD)


def _told_by_user(value: Value, match: re.Match[str]) -> Made:
    return made(match[0], value, "told", ("As the user asks about it.", "Zoals de gebruiker het vraagt."))


def _worked_out(english: str, dutch: str, keys: tuple[str, ...] | list[str]) -> Explain:
    return lambda value, match: made(match[0], value, "judged", (english, dutch), transactions=keys)
