"""How any figure of an answer is made: down to its bookings, or to the rule and article that give it."""

from psd2_affordability.assess.explain.explainer import Explainer, figures_of
from psd2_affordability.assess.explain.made import How, Made

__all__ = ["Explainer", "How", "Made", "figures_of"]
