"""Why an answer is what it is: a code for programs, a sentence for people, and the evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING


class ToldWhenRead:
    """Two sentences that are put into words when somebody reads one of them.

    Most reasons and steps of a portfolio are counted by their codes or articles and never read.
    """

    __slots__ = ("_in_both",)
    _in_both: tuple[Callable[..., tuple[str, str]], tuple[object, ...]]

    if not TYPE_CHECKING:  # a checker would take it for leave to read any name

        def __getattr__(self, name: str) -> str:
            """Fill both sentences; Python asks this only for a field that holds nothing yet."""
            if name not in {"says", "says_nl"}:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            in_both, told = self._in_both
            says, says_nl = in_both(*told)
            object.__setattr__(self, "says", says)
            object.__setattr__(self, "says_nl", says_nl)
            return says if name == "says" else says_nl


#: Keys of transactions, or what puts them in order when somebody reads them.
Evidence = Sequence[str] | Callable[[], Sequence[str]]


class ShownWhenRead(ToldWhenRead):
    """The same, and its rule, article and evidence are put in their places when they are read."""

    __slots__ = ("_grounds",)
    _grounds: tuple[str, str, Evidence]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> str | tuple[str, ...]:
            """Put a ground in its place, or fill both sentences."""
            if name not in _GROUNDS:
                return super().__getattr__(name)
            ground = self._grounds[_GROUNDS[name]]
            if name == "transactions":
                ground = tuple(ground() if callable(ground) else ground)
            object.__setattr__(self, name, ground)
            return ground


_GROUNDS = {"rule": 0, "article": 1, "transactions": 2}


@dataclass(frozen=True, slots=True, init=False)
class Reason(ShownWhenRead):
    """One ground of an answer, in plain English and plain Dutch.

    Attributes:
        code: stable, dotted, lower case; programs key on it.
        says: one plain English sentence.
        says_nl: the same in plain Dutch (B1).
        rule: id of the dated rule behind it, or empty.
        article: where the law or norm says it, or empty.
        transactions: keys (`tx`) of the transactions that show it.
    """

    code: str
    says: str
    says_nl: str
    rule: str = ""
    article: str = ""
    transactions: tuple[str, ...] = ()

    def __init__(
        self,
        code: str,
        says: str,
        says_nl: str,
        rule: str = "",
        article: str = "",
        transactions: tuple[str, ...] = (),
    ) -> None:
        _hold_code(self, code)
        _hold_says(self, says)
        _hold_says_nl(self, says_nl)
        _hold_rule(self, rule)
        _hold_article(self, article)
        _hold_transactions(self, transactions)

    @classmethod
    def told_by(
        cls,
        in_both: Callable[..., tuple[str, str]],
        code: str,
        rule: str = "",
        article: str = "",
        transactions: Evidence = (),
        told: tuple[object, ...] = (),
    ) -> "Reason":
        """Make a reason whose English and Dutch sentence come from a call when one of them is read.

        The call is given what is told.

        Its transactions may come from a call too, for evidence that takes work to put in order.

        >>> Reason.told_by(lambda: ("Rent is due.", "De huur moet nog worden betaald."), "rent.due").says
        'Rent is due.'
        """
        if isinstance(transactions, list):  # which somebody may still change
            transactions = tuple(transactions)
        made = _new(cls)
        _hold_in_both(made, (in_both, told))
        _hold_code(made, code)
        _hold_grounds(made, (rule, article, transactions))
        return made


#: Writing a slot itself, once, while a reason is made: a portfolio makes many.
_new = object.__new__
_hold_in_both = vars(ToldWhenRead)["_in_both"].__set__
_hold_grounds = vars(ShownWhenRead)["_grounds"].__set__
_hold_code, _hold_says, _hold_says_nl, _hold_rule, _hold_article, _hold_transactions = (
    vars(Reason)[field.name].__set__ for field in fields(Reason)
)
