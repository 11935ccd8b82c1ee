"""An assessment as a readable report in the terminal: answers first, then the figures behind them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from psd2_affordability.assess.results import (
    Allowance,
    Assessment,
    CreditCheck,
    ExpectedBalance,
    Income,
    PlanOption,
    Profile,
    Room,
    Seizure,
    Signal,
    Turn,
)
from psd2_affordability.cli.output import plain
from psd2_affordability.cli.report_figures import show_expenses, show_income, show_quality
from psd2_affordability.cli.report_speech import Speech, share_of
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.receipt import Receipt
from psd2_affordability.service.receipts import receipt_number
from psd2_affordability.service.shown_figures import months_with_plan
from psd2_affordability.service.wording import Language, advised, without_signals

_GOOD, _CAREFUL, _BAD = "green", "yellow", "red"
_ADVICE_STYLE = {
    "plan": _GOOD,
    "plan_not_sure": _CAREFUL,
    "no_room": _BAD,
    "refer_to_debt_help": _CAREFUL,
    "ask_first": _CAREFUL,
    "no_yield": _BAD,
    "costs_exceed": _BAD,
    "yields": _CAREFUL,
    "unknown": _CAREFUL,
    "within_norms": _GOOD,
    "refer_to_person": _CAREFUL,
}
_VERDICT_STYLE = {
    "unclaimed": _BAD,
    "too_low": _CAREFUL,
    "in_line": _GOOD,
    "too_high": _BAD,
    "none": "dim",
    "unknown": _CAREFUL,
}
_LEVEL_STYLE = {"fine": _GOOD, "watch": _CAREFUL, "concern": _BAD, "unknown": "dim"}


class Report:
    """Renders one assessment in one language.

    Args:
        assessment: what its reader may see.
        names: what a category is called in the language.
        language: of the report.
        named: the reader sees payees, bookings and how somebody lives; else the answers and their reasons.
    """

    def __init__(
        self,
        assessment: Assessment,
        names: Mapping[str, str],
        language: Language = "en",
        *,
        named: bool = True,
    ) -> None:
        self.assessment = assessment
        self.say = Speech(names, language)
        self.named = named

    def render(self) -> RenderableType:
        """Return the whole report."""
        return Group(*self._parts())

    def _parts(self) -> Iterator[RenderableType]:
        found = self.assessment
        if found.room is not None:
            yield self._panel("room", self._room(found.room))
        if found.credit_check is not None:
            yield self._panel("credit_check", self._credit_check(found.credit_check))
        if found.seizure is not None:
            yield self._panel("seizure", self._seizure(found.seizure))
        if found.profile is not None:
            yield self._panel("profile", self._profile(found.profile))
        if found.signals is not None:
            yield self._panel("signals", self._signals(found.signals))
        if found.income is not None:
            yield self._panel("income", show_income(self.say, self._not_yet_said(found.income)))
        if found.expenses is not None:
            yield self._panel("expenses", show_expenses(self.say, found.expenses, named=self.named))
        if found.allowances:
            yield self._panel("allowances", self._allowances(found.allowances))
        yield self._panel("data_quality", show_quality(self.say, found.data_quality))
        yield self._panel("receipt", self._receipt(found.receipt))

    def _panel(self, name: str, body: RenderableType) -> Panel:
        return Panel(body, title=self.say.word(f"heading.{name}"), title_align="left", border_style="dim")

    def _turns(self, turns: Sequence[Turn]) -> Iterator[RenderableType]:
        """Say what would turn an answer."""
        alone = [turn.says for turn in turns if turn.alone]
        together = [turn.says for turn in turns if not turn.alone]
        if alone:
            yield plain(f"{self.say.word('turns')}:", style="italic")
            yield from self.say.reasons(alone)
        if together:
            yield plain(f"{self.say.word('turns.together')}:", style="italic")
            yield from self.say.reasons(together)

    def _verdict(self, key: str, value: str) -> Text:
        return plain(self.say.word(f"{key}.{value}"), style=f"bold {_ADVICE_STYLE[value]}")

    def _room(self, room: Room) -> RenderableType:
        lines: list[RenderableType] = [
            self._verdict("room", advised(room)),
            plain(self.say.a_month(room.monthly)),
            *self.say.reasons(room.reasons),
            *self._turns(room.turns),
        ]
        proposal = room.proposal
        options = (*room.options, *([proposal.option] if proposal is not None else []))
        if options:
            lines += [plain(self.say.word("options"), style="bold"), self._options(options)]
        if proposal is not None:
            fits = self.say.word(f"proposal.{proposal.word}")
            lines += [plain(fits, style="bold"), *self.say.reasons(proposal.reasons)]
        if ahead := months_with_plan(room):
            with_it = f"{self.say.word('ahead')} {self.say.money(room.options[0].amount)}"
            lines += [plain(with_it, style="bold"), self._ahead(ahead)]
        lines.append(self.say.legal(self.say.label("legal floor"), room.floor))
        if room.plan_floor is not None:
            lines.append(self.say.legal(self.say.label("vtlb, the floor of a plan"), room.plan_floor))
        return Group(*lines, *self.say.questions(room.questions))

    def _options(self, options: Sequence[PlanOption]) -> RenderableType:
        """Show ways to repay: what, how long, from when, and whether the account bears it."""
        own = ("if careful", "lowest balance") if self.named else ()
        table = self.say.table("", "a month", "months", "first on", "holds", *own)
        for option in options:
            cells = [
                self.say.word(f"option.{option.kind}"),
                self.say.money(option.amount),
                self.say.label("give the debt") if option.months is None else str(option.months),
                option.first_on.isoformat(),
                share_of(option.chance_holds),
            ]
            if self.named:
                cells += [share_of(option.chance_if_careful), self.say.bounds(option.lowest_balance)]
            table.add_row(*cells)
        return Padding(table, (0, 0, 0, 2))

    def _ahead(self, months: Sequence[tuple[date, ExpectedBalance]]) -> RenderableType:
        """Show the lowest balance of each month with a plan in it."""
        table = self.say.table("month", "lean", "usual", "good")
        for month, each in months:
            table.add_row(f"{month:%Y-%m}", *map(self.say.money, (each.p10, each.p50, each.p90)))
        return Padding(table, (0, 0, 0, 2))

    def _seizure(self, seizure: Seizure) -> RenderableType:
        lines: list[RenderableType] = [self._verdict("seizure", seizure.verdict)]
        if seizure.cheaper_route:
            lines.append(plain(self.say.word(f"route.{seizure.cheaper_route}"), style="bold"))
        balance = seizure.expected_balance
        figures = {
            "expected balance": balance
            if isinstance(balance, Unknown)
            else Range(balance.p10, balance.p50, balance.p90),
            "expected proceeds": seizure.expected_proceeds,
            "costs, excluding VAT": seizure.costs.value,
            "net": seizure.net,
        }
        table = Table.grid(padding=(0, 2))
        for name, amount in zip(figures, self.say.amounts(figures.values()), strict=True):
            table.add_row(self.say.label(name), plain(amount))
        lines += [
            table,
            *self.say.reasons(seizure.reasons),
            self.say.legal(self.say.label("protected"), seizure.protected),
            *self.say.questions(seizure.questions),
        ]
        return Group(*lines)

    def _credit_check(self, check: CreditCheck) -> RenderableType:
        """Show what weighed first, and then what else was looked at."""
        looked_at = {indicator.says for indicator in check.indicators}
        weighed = {reason: place for place, reason in enumerate(check.reasons)}
        table = Table(box=None, show_header=False, padding=(0, 2))
        for indicator in sorted(check.indicators, key=lambda one: weighed.get(one.says, len(weighed))):
            level = plain(self.say.word(f"level.{indicator.level}"), style=_LEVEL_STYLE[indicator.level])
            table.add_row(level, self.say.sentence(indicator.says))
        lines = [
            self._verdict("credit", check.outcome),
            *self.say.reasons([each for each in check.reasons if each not in looked_at]),
            table,
            *self.say.reasons(check.law),
        ]
        if isinstance(check.norm, LegalAnswer):
            lines.append(self.say.legal(self.say.label("lending norm"), check.norm))
        return Group(*lines, *self._turns(check.turns))

    def _profile(self, profile: Profile) -> RenderableType:
        action = plain(self.say.word(f"profile.{profile.action}"), style="bold")
        tone = self.say.word(f"tone.{profile.tone}")
        first = f". {self.say.word('profile.call_first')}" if profile.call_first else ""
        lines: list[RenderableType] = [action, plain(f"{tone}{first}")]
        if profile.look_again_on is not None:
            lines.append(plain(f"{self.say.word('look_again')} {profile.look_again_on.isoformat()}"))
        return Group(*lines, *self.say.reasons(profile.reasons))

    def _signals(self, signals: Sequence[Signal]) -> RenderableType:
        if not signals:
            meaning = without_signals(self.assessment.data_quality)
            return plain(self.say.word(f"signals.{meaning}"), style=_GOOD if meaning == "none" else _CAREFUL)
        table = Table(box=None, show_header=False, padding=(0, 2))
        for signal in signals:
            style = {1: "dim", 2: _CAREFUL, 3: _BAD}[signal.level]
            table.add_row(
                plain(self.say.word(f"signal.{signal.level}"), style=style),
                signal.first_on.isoformat(),
                plain(self.say.says(signal.why)),
            )
        return table

    def _allowances(self, allowances: Sequence[Allowance]) -> RenderableType:
        """Show all in a table, then what was found and what to ask of each that there may be a right to."""
        heads = ("", "allowance", "due", "arrives", "missing")
        table = self.say.table(*heads)
        for one in allowances:
            style = _VERDICT_STYLE[one.verdict]
            name = one.code.replace("_", " ")
            due, missing = (
                "-" if one.verdict == "none" and isinstance(value, Unknown) else self.say.bounds(value)
                for value in (one.entitled, one.gap)
            )
            amounts = (due, self.say.bounds(one.received), missing)
            table.add_row(
                plain(self.say.word(f"allowance.{one.verdict}"), style=style), name, *map(plain, amounts)
            )
        lines: list[RenderableType] = [table]
        for one in allowances:
            if one.verdict == "none":
                continue
            lines += self.say.reasons(one.reasons)
            for question in one.questions:
                hangs = "" if isinstance(question.settles, Unknown) else f" ({self._hangs(question.settles)})"
                lines.append(
                    plain(
                        f"    {self.say.word('ask')}: {self.say.says(question.says)}{hangs}", style="italic"
                    )
                )
        sites = sorted({one.apply_at for one in allowances if one.verdict != "none"})
        if sites:
            lines.append(plain(f"{self.say.label('apply or report at')}: {', '.join(sites)}"))
        return Group(*lines)

    def _not_yet_said(self, income: Income) -> Income:
        """Leave out what the answer on the room has said of the income."""
        room = self.assessment.room
        said = () if room is None else room.reasons
        return replace(income, reasons=tuple(each for each in income.reasons if each not in said))

    def _hangs(self, amount: Money) -> str:
        return f"{self.say.money(amount)} {self.say.label('a month')} {self.say.label('hangs on it')}"

    def _receipt(self, receipt: Receipt) -> RenderableType:
        label = self.say.label
        lines = [
            f"{receipt_number(receipt)}: {label('version')} {receipt.engine}, {label('as of')} {receipt.on}"
        ]
        if receipt.data is not None:
            lines.append(f"{self.say.transactions(receipt.data.rows)}, sha256 {receipt.data.sha256[:16]}…")
        lines += [
            f"{rule.id}, {label('in force')} {rule.in_force}, sha256 {rule.sha256[:16]}…"
            for rule in receipt.rules
        ]
        if receipt.consent:
            lines.append(f"{label('consent')} {receipt.consent}")
        return Text("\n", style="dim").join(plain(line, style="dim") for line in lines)
