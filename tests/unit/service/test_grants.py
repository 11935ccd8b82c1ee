"""Renewed tokens are stored before they are used, and a bank that asks for rest gets it."""

from datetime import timedelta

from bank_material import CURRENT, SAVINGS
from psd2_affordability.connect.port import Grant
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Fault, Faults, Kind
from psd2_affordability.service.connect_bank import begin_consent, complete_consent, refresh_consent
from psd2_affordability.service.grants import grant_of, renewing
from running_product import BANK, running
from store_material import NOW

HOUR = timedelta(hours=1)


def test_a_renewed_token_is_stored_before_anybody_uses_it(wired):
    waiting = {"redirect_url": "https://bank.example/x", "valid_until": "2026-11-01"}
    consent = wired.store.consents.show(
        wired.store.consents.begin(
            "case-1", "nl.bank", "debt_help", "s", {**waiting, "consent_id": "b-1", "refresh": "r0"}, at=NOW
        )
    )
    asked: list[Grant] = []

    def make(grant: Grant) -> Grant:
        asked.append(grant)
        return grant.having(refresh="r1")

    renewed = renewing(wired, consent)(grant_of(consent), make)
    late = renewing(wired, consent)(grant_of(consent), make)

    assert asked == [Grant("b-1", {"refresh": "r0"})], "who comes with the old token gets the new one"
    assert renewed == late == Grant("b-1", {"refresh": "r1"})
    kept = wired.store.consents.show(consent.id)
    assert kept.journey == {**waiting, "consent_id": "b-1", "refresh": "r1"}


def test_a_bank_that_says_later_is_not_called_again_until_then(tmp_path):
    busy = Faults(Fault(Kind.RATE_LIMITED, "transactions", iban=SAVINGS))
    with running(tmp_path, faults=busy) as served:
        wired = served.product
        started = begin_consent(
            wired, "case-1", BANK, "debt_help", redirect_uri="http://127.0.0.1:9/back", psu_ip="127.0.0.1"
        )
        state = approve(started.redirect_url, "jan", [CURRENT, SAVINGS]).partition("state=")[2]
        first = complete_consent(wired, {"state": state}, psu_ip="127.0.0.1")
        assert [problem.retry_after_s for problem in first.problems] == [3600]

        problems = refresh_consent(wired, started.consent).problems

        assert {problem.code for problem in problems} == {"bank.rate_limited"}
        now = wired.clock.now()
        free_at = wired.store.calls.spend(started.consent, "a", "e", limit=4, attended=False, at=now)
        assert free_at == now + HOUR
