"""How a collector can best approach somebody, from what they can afford."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.reasons import Reason

Collectability = Literal["plan", "small_effort", "not_collectable_now"]
ProfileAction = Literal[
    "offer_plan",
    "agree_small_amount",
    "refer_to_debt_help",
    "claim_allowances_first",
    "wait_and_look_again",
    "ask_first",
]
Tone = Literal["plain", "supportive", "inquiring"]


@dataclass(frozen=True, slots=True)
class Profile:
    """Advice on what to ask and in which tone; a person decides, and whoever it is about may contest it.

    Attributes:
        collectability: plan, small_effort or not_collectable_now, or Unknown with what to ask.
        action: what to do first.
        tone: plain, supportive or inquiring.
        call_first: whether to speak with the person before writing anything.
        reasons: in order of weight.
        look_again_on: when to look again, where nothing can be asked now; None otherwise.
    """

    collectability: Collectability | Unknown
    action: ProfileAction
    tone: Tone
    call_first: bool
    reasons: tuple[Reason, ...]
    look_again_on: date | None = None
