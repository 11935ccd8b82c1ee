"""A report on a plan shows the vtlb beside the beslagvrije voet; the amounts here are invented."""

from norm_material import VTLB
from printed_material import PEOPLE, answered_from, product, text
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.sandbox.ledger_view import ledger_of
from psd2_affordability.service.printed.make import Wanted, report_of
from psd2_affordability.service.printed.uses import USES
from psd2_affordability.service.supplied import supplied_text

DAAN = PEOPLE["daan"]


def printed(law: NationalRules, form: str) -> bytes:
    answered = answered_from(DAAN, ledger_of([DAAN]), law)
    return report_of(product(), answered, Wanted(USES["plan"], form, "nl"))


def with_vtlb() -> NationalRules:
    return product().law_with(None, supplied_text(VTLB.replace("2026-06-30", "2026-12-31")))


def test_a_report_shows_both_floors_and_their_steps():
    said = text(printed(with_vtlb(), "pdf"))

    for each in ("Een regeling moet overlaten (vtlb)", "Beschermd door de wet", "reserveringstoeslag"):
        assert each in said
    assert "vtlb" not in text(printed(product().law, "pdf"))


def test_a_report_in_rows_has_the_vtlb_and_its_steps_as_figures():
    said = printed(with_vtlb(), "csv").decode()

    assert "plan_floor" in said
    assert "plan_floor.step.1" in said
    assert "plan_floor" not in printed(product().law, "csv").decode()
