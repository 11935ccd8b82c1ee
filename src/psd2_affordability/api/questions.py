"""What can be asked about a case that is kept, as the interface reads it from an address."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from psd2_affordability.core.money import ZERO
from psd2_affordability.service.assess_case import Question, kept_household
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.supplied import obligation_of, supplied_text
from psd2_affordability.service.typed import typed_euros

#: An amount as somebody types it; it may be left out.
TypedEuros = Annotated[
    str, StringConstraints(max_length=40), Field(examples=["1250.50", "1250,50", "1.250,50"])
]


class CaseAsked(BaseModel):
    """A question about a case, for a purpose; all of it is kept with the answer."""

    model_config = ConfigDict(extra="forbid")

    purpose: str = Field(description="what for; bounds what is answered and what of it is shown")
    on: date | None = Field(None, description="the day the answer is for; today when left out")
    total_debt: TypedEuros = Field("", description="what the asking creditor wants back")
    title_served: bool = Field(False, description="the bailiff has served the title already")
    proposal: TypedEuros = Field("", description="a monthly payment to test")
    protection_used: TypedEuros = Field(
        "", description="what an earlier seizure in the same calendar month has left already"
    )
    obligation: TypedEuros = Field("", description="a new obligation, euros a month")
    months: int | None = Field(None, ge=1, le=600, description="how long the obligation lasts")
    leennorm: str = Field(
        "",
        max_length=20_000,
        description="amounts of the lending norm: the text of a file as `leennorm.template.toml`",
    )
    vtlb: str = Field(
        "",
        max_length=20_000,
        description="amounts of the vtlb, the floor of a plan: the text of a file as `vtlb.template.toml`",
    )

    def question(self, product: Product, subject: str) -> Question:
        """Return what is asked, with what is kept of the household.

        Raises:
            UnknownName: there is no such case.
            UsageError: an amount that cannot be read in one way, or what no obligation can be.
            ParametersError: the amounts are not as the template says.
        """
        return Question(
            on=self.on or product.clock.today(),
            household=kept_household(product, subject),
            total_debt=typed_euros(self.total_debt, "total_debt"),
            title_served=self.title_served,
            proposal=typed_euros(self.proposal, "proposal"),
            protection_used=typed_euros(self.protection_used, "protection_used") or ZERO,
            obligation=obligation_of(typed_euros(self.obligation, "obligation"), self.months),
            leennorm=supplied_text(self.leennorm),
            vtlb=supplied_text(self.vtlb),
        )
