"""An assessment as a readable report in the terminal: answers first, then the figures behind them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from psd2_affordability.assess.results import (
    Allowance,
    Assessment,
    CreditCheck,
    DataQuality,
    Expenses,
    Income,
    Profile,
    Room,
    Seizure,
    Signal,
    StreamSeen,
    Turn,
)
from psd2_affordability.cli.output import plain
from psd2_affordability.core.answer import Interval, LegalAnswer, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.core.receipt import Receipt
from psd2_affordability.service.wording import Language, label, without_signals, word

_GOOD, _CAREFUL, _BAD = "green", "yellow", "red"
_ADVICE_STYLE = {
    "plan": _GOOD,
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
_PROOF = {True: "balances add up", False: "balances do NOT add up", None: "no balance proof"}
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
    """Renders one assessment in one language; `names` says what a category is called in it."""

    def __init__(self, assessment: Assessment, names: Mapping[str, str], language: Language = "en") -> None:
        self.assessment = assessment
        self.names = names
        self.language = language

    def render(self) -> RenderableType:
        """Return the whole report."""
        return Group(*self._parts())

    def _parts(self) -> Iterator[RenderableType]:
        found = self.assessment
        if found.room is not None:
            yield self._panel("room", self._room(found.room))
        if found.seizure is not None:
            yield self._panel("seizure", self._seizure(found.seizure))
        if found.credit_check is not None:
            yield self._panel("credit_check", self._credit_check(found.credit_check))
        if found.profile is not None:
            yield self._panel("profile", self._profile(found.profile))
        if found.signals is not None:
            yield self._panel("signals", self._signals(found.signals))
        if found.allowances:
            yield self._panel("allowances", self._allowances(found.allowances))
        if found.income is not None:
            yield self._panel("income", self._income(found.income))
        if found.expenses is not None:
            yield self._panel("expenses", self._expenses(found.expenses))
        yield self._panel("data_quality", self._data_quality(found.data_quality))
        yield self._panel("receipt", _receipt(found.receipt))

    def _panel(self, name: str, body: RenderableType) -> Panel:
        return Panel(body, title=self._word(f"heading.{name}"), title_align="left", border_style="dim")

    def _word(self, key: str) -> str:
        return word(key, self.language)

    def _label(self, english: str) -> str:
        return label(english, self.language)

    def _says(self, reason: Reason) -> str:
        return reason.says_nl if self.language == "nl" else reason.says

    def _money(self, amount: Money) -> str:
        return amount.spoken(language=self.language)

    def _amount(self, value: Money | Range | Interval | Unknown) -> str:
        match value:
            case Unknown():
                return self._unknown(value)
            case Money():
                return self._money(value)
            case Range():
                return f"{self._money(value.mid)} ({self._span(value.low, value.high)})"
        if value.exact:
            return self._money(value.low)
        return self._span(value.low, value.high)

    def _unknown(self, value: Unknown) -> str:
        """Say why, where the report speaks English; the reasons and questions beside it say it in Dutch."""
        if self.language != "en":
            return self._word("unknown")
        ask = f". {self._word('ask')}: {value.ask}" if value.ask else ""
        return f"{self._word('unknown')}: {value.because.rstrip('.')}{ask or '.'}"

    def _a_month(self, value: Range | Unknown) -> str:
        amount = self._amount(value)
        return amount if isinstance(value, Unknown) else f"{amount} {self._label('a month')}"

    def _span(self, low: Money, high: Money) -> str:
        return f"{self._money(low)} {self._label('to')} {self._money(high)}"

    def _reasons(self, reasons: Sequence[Reason]) -> Iterator[RenderableType]:
        for reason in reasons:
            where = f"  [{reason.article}]" if reason.article else ""
            shown = (
                f"  ({len(reason.transactions)} {self._label('transactions')})" if reason.transactions else ""
            )
            yield Padding(plain(f"• {self._says(reason)}").append(where + shown, style="dim"), (0, 0, 0, 2))

    def _turns(self, turns: Sequence[Turn]) -> Iterator[RenderableType]:
        """Say what would turn an answer."""
        if turns:
            yield plain(f"{self._word('turns')}:", style="italic")
            yield from self._reasons([turn.says for turn in turns])

    def _verdict(self, key: str, value: str) -> Text:
        return plain(self._word(f"{key}.{value}"), style=f"bold {_ADVICE_STYLE[value]}")

    def _room(self, room: Room) -> RenderableType:
        lines: list[RenderableType] = [
            self._verdict("room", room.advice),
            plain(self._a_month(room.monthly)),
            *self._reasons(room.reasons),
            *self._turns(room.turns),
        ]
        if room.options:
            heads = ("amount", "months", "first on", "day", "holds", "if careful", "lowest balance")
            table = Table(*map(self._label, heads), box=None, padding=(0, 2))
            for option in room.options:
                table.add_row(
                    self._money(option.amount),
                    str(option.months or "-"),
                    option.first_on.isoformat(),
                    str(option.day_of_month),
                    _share(option.chance_holds),
                    _share(option.chance_if_careful),
                    self._amount(option.lowest_balance),
                )
            lines.append(Padding(table, (0, 0, 0, 2)))
        if room.proposal is not None:
            fits = "proposal.fits" if room.proposal.fits else "proposal.does_not_fit"
            lines += [plain(self._word(fits), style="bold"), *self._reasons(room.proposal.reasons)]
        lines.append(self._legal(self._label("legal floor"), room.floor))
        for question in room.questions:
            says = question.says_nl if self.language == "nl" else question.says
            lines.append(plain(f"{self._word('ask')}: {says}", style="italic"))
        return Group(*lines)

    def _legal(self, name: str, answer: LegalAnswer) -> RenderableType:
        lines: list[RenderableType] = [plain(f"{name}: {self._amount(answer.value)}", style="dim")]
        for step in answer.steps:
            amount = f" {self._money(step.amount)}" if step.amount is not None else ""
            says = step.says_nl if self.language == "nl" else step.says
            lines.append(Padding(plain(f"{step.article}: {says}{amount}", style="dim"), (0, 0, 0, 4)))
        return Group(*lines)

    def _seizure(self, seizure: Seizure) -> RenderableType:
        lines: list[RenderableType] = [self._verdict("seizure", seizure.verdict)]
        if seizure.cheaper_route:
            lines.append(plain(self._word(f"route.{seizure.cheaper_route}"), style="bold"))
        balance = seizure.expected_balance
        spread = (
            self._amount(balance)
            if isinstance(balance, Unknown)
            else self._amount(Range(balance.p10, balance.p50, balance.p90))
        )
        table = Table.grid(padding=(0, 2))
        table.add_row(self._label("expected balance"), plain(spread))
        table.add_row(self._label("expected proceeds"), plain(self._amount(seizure.expected_proceeds)))
        table.add_row(self._label("costs, excluding VAT"), plain(self._amount(seizure.costs.value)))
        table.add_row(self._label("net"), plain(self._amount(seizure.net)))
        lines += [
            table,
            *self._reasons(seizure.reasons),
            self._legal(self._label("protected"), seizure.protected),
        ]
        return Group(*lines)

    def _credit_check(self, check: CreditCheck) -> RenderableType:
        table = Table(box=None, show_header=False, padding=(0, 2))
        for indicator in check.indicators:
            level = plain(self._word(f"level.{indicator.level}"), style=_LEVEL_STYLE[indicator.level])
            table.add_row(level, plain(self._says(indicator.says)))
        lines = [
            self._verdict("credit", check.outcome),
            *self._reasons(check.reasons),
            *self._turns(check.turns),
            table,
        ]
        if isinstance(check.norm, LegalAnswer):
            lines.append(self._legal(self._label("lending norm"), check.norm))
        return Group(*lines, *self._reasons(check.law))

    def _profile(self, profile: Profile) -> RenderableType:
        action = plain(self._word(f"profile.{profile.action}"), style="bold")
        tone = self._word(f"tone.{profile.tone}")
        first = f". {self._word('profile.call_first')}" if profile.call_first else ""
        return Group(action, plain(f"{tone}{first}"), *self._reasons(profile.reasons))

    def _signals(self, signals: Sequence[Signal]) -> RenderableType:
        if not signals:
            meaning = without_signals(self.assessment.data_quality)
            return plain(self._word(f"signals.{meaning}"), style=_GOOD if meaning == "none" else _CAREFUL)
        table = Table(box=None, show_header=False, padding=(0, 2))
        for signal in signals:
            style = {1: "dim", 2: _CAREFUL, 3: _BAD}[signal.level]
            table.add_row(
                plain(self._word(f"signal.{signal.level}"), style=style),
                signal.first_on.isoformat(),
                plain(self._says(signal.why)),
            )
        return table

    def _allowances(self, allowances: Sequence[Allowance]) -> RenderableType:
        """Show all in a table, then what was found and what to ask of each that there may be a right to."""
        heads = ("", "allowance", "due", "arrives", "missing")
        table = Table(*(self._label(head) if head else "" for head in heads), box=None, padding=(0, 2))
        for one in allowances:
            style = _VERDICT_STYLE[one.verdict]
            name = one.code.replace("_", " ")
            amounts = (self._bounds(value) for value in (one.entitled, one.received, one.gap))
            table.add_row(
                plain(self._word(f"allowance.{one.verdict}"), style=style), name, *map(plain, amounts)
            )
        lines: list[RenderableType] = [table]
        for one in allowances:
            if one.verdict == "none":
                continue
            lines += self._reasons(one.reasons)
            for question in one.questions:
                says = question.says.says_nl if self.language == "nl" else question.says.says
                hangs = "" if isinstance(question.settles, Unknown) else f" ({self._hangs(question.settles)})"
                lines.append(plain(f"    {self._word('ask')}: {says}{hangs}", style="italic"))
        sites = sorted({one.apply_at for one in allowances if one.verdict != "none"})
        if sites:
            lines.append(plain(f"{self._label('apply or report at')}: {', '.join(sites)}"))
        return Group(*lines)

    def _hangs(self, amount: Money) -> str:
        return f"{self._money(amount)} {self._label('a month')} {self._label('hangs on it')}"

    def _bounds(self, value: Money | Interval | Unknown) -> str:
        return self._word("unknown") if isinstance(value, Unknown) else self._amount(value)

    def _income(self, income: Income) -> RenderableType:
        return Group(
            plain(self._a_month(income.monthly), style="bold"),
            self._streams(income.streams),
            *self._reasons(income.reasons),
        )

    def _expenses(self, expenses: Expenses) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        for name, value in (
            ("fixed and reserved", expenses.fixed),
            ("household", expenses.flexible),
            ("debts and credit", expenses.debts),
            ("cash", expenses.cash),
            ("without a category", expenses.unexplained),
        ):
            table.add_row(self._label(name), plain(self._amount(value)))
        return Group(table, self._streams(expenses.streams), *self._reasons(expenses.reasons))

    def _streams(self, streams: Sequence[StreamSeen]) -> RenderableType:
        heads = ("", "", "", *map(self._label, ("a month", "last", "next")))
        table = Table(*heads, box=None, padding=(0, 2), show_header=bool(streams))
        for stream in streams:
            ended = stream.status == "ended"
            table.add_row(
                plain(self.names.get(stream.category, stream.category), style="dim" if ended else ""),
                plain(stream.payee),
                plain(self._label(stream.cadence.replace("_", " "))),
                self._money(stream.monthly),
                stream.last_on.isoformat(),
                self._label("ended") if ended else _day(stream.next_on),
            )
        return table

    def _data_quality(self, quality: DataQuality) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        months = f"{quality.full_months} {self._label('full months')}"
        days = f"{_day(quality.first_on)} {self._label('to')} {_day(quality.last_on)}, {months}"
        table.add_row(self._label("period"), days)
        table.add_row(self._label("transactions"), str(quality.transactions))
        table.add_row(
            self._label("without a category"),
            f"{_share(quality.unknown_share)} {self._label('of the money')}",
        )
        for account in quality.accounts:
            balance = f"{self._amount(account.balance)} {self._label('on')} {_day(account.balance_on)}"
            table.add_row(plain(account.account), plain(f"{balance}, {self._label(_PROOF[account.proven])}"))
            came, went = self._money(account.came_in), self._money(account.went_out)
            table.add_row("", plain(f"{self._label('in')} {came}, {self._label('out')} {went}"))
        for missing in quality.missing_accounts:
            table.add_row(plain(missing), self._label("own account that is not shared"))
        return Group(table, *self._reasons(quality.cannot_know))


def _receipt(receipt: Receipt) -> RenderableType:
    lines = [f"engine {receipt.engine}, as of {receipt.on}"]
    if receipt.data is not None:
        lines.append(f"data: {receipt.data.rows} rows, sha256 {receipt.data.sha256[:16]}…")
    lines += [f"{rule.id}, in force {rule.in_force}, sha256 {rule.sha256[:16]}…" for rule in receipt.rules]
    if receipt.consent:
        lines.append(f"consent {receipt.consent}")
    return Text("\n", style="dim").join(plain(line, style="dim") for line in lines)


def _day(day: date | None) -> str:
    return "-" if day is None else day.isoformat()


def _share(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal(1))}%"
