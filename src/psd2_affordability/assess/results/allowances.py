"""Which allowances a household may have, against what arrives."""

from dataclasses import dataclass
from typing import Literal

from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

AllowanceVerdict = Literal["unclaimed", "too_low", "in_line", "too_high", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class AllowanceQuestion:
    """What to ask about an allowance.

    Attributes:
        says: the question, in English and Dutch.
        settles: how much a month hangs on the answer at most, or Unknown.
    """

    says: Reason
    settles: Money | Unknown


@dataclass(frozen=True, slots=True)
class Allowance:
    """One allowance on the day asked; a sign for a conversation, never a decision about a right.

    Attributes:
        code: stable name, such as `zorgtoeslag`.
        verdict: unclaimed and too_low (probably), in_line, too_high, none, or unknown.
        entitled: what the law gives a month by what is known, lowest and highest, or Unknown.
        received: what arrives a month, or Unknown.
        gap: what is missing a month, lowest and highest, or Unknown.
        clawback_risk: what may be asked back over a year if it goes on like this, or Unknown.
        questions: what would narrow it, the most euros first.
        reasons: in order of weight.
        apply_at: the official place to apply or to report a change.
        law: the legal computation with its steps.
    """

    code: str
    verdict: AllowanceVerdict
    entitled: Interval | Unknown
    received: Money | Unknown
    gap: Interval | Unknown
    clawback_risk: Interval | Unknown
    questions: tuple[AllowanceQuestion, ...]
    reasons: tuple[Reason, ...]
    apply_at: str
    law: LegalAnswer
