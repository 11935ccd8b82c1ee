"""What happens to a consent while a bank is being asked: who withdraws is withdrawn, and nothing is kept."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from bank_material import CURRENT
from psd2_affordability.connect import journey
from psd2_affordability.core.errors import BankUnreachable, ConsentNotValid, RateLimited, UnknownName
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.service.connect_bank import (
    begin_consent,
    complete_consent,
    erase_case,
    refresh_consent,
    withdraw_consent,
)
from psd2_affordability.service.settings import from_environment
from running_product import BANK, running

CALLBACK = "http://127.0.0.1:9/consents/callback"
HERE = "127.0.0.1"


@pytest.fixture
def wired(tmp_path):
    with running(tmp_path) as run:
        yield run.product


def approved(wired, case="case-1"):
    """Begin a consent, approve it as the person, and return it with the answer of the bank."""
    started = begin_consent(wired, case, BANK, "debt_help", redirect_uri=CALLBACK, psu_ip=HERE)
    came_back = approve(started.redirect_url, "jan", [CURRENT])
    return started, dict(parse_qsl(urlsplit(came_back).query))


def meanwhile(monkeypatch, step, happens):
    """Let something happen right after a step of the journey at the bank is done."""
    done = getattr(journey, step)

    def and_then(*arguments, **named):
        result = done(*arguments, **named)
        happens()
        return result

    monkeypatch.setattr(journey, step, and_then)


def rows(wired, case="case-1"):
    read = wired.store.ledger.load(case, purpose="debt_help", at=wired.clock.now(), banks=[BANK])
    return len(read.transactions)


def test_who_withdraws_during_the_first_fetch_stays_withdrawn_and_nothing_is_kept(wired, monkeypatch):
    started, answer = approved(wired)
    meanwhile(monkeypatch, "complete", lambda: withdraw_consent(wired, started.consent, via="person"))

    with pytest.raises(ConsentNotValid, match="is revoked"):
        complete_consent(wired, answer, psu_ip=HERE)

    assert wired.store.consents.show(started.consent).status == "revoked"
    assert rows(wired) == 0


def test_who_withdraws_during_a_refresh_stays_withdrawn_and_nothing_more_is_kept(wired, monkeypatch):
    started, answer = approved(wired)
    complete_consent(wired, answer, psu_ip=HERE)
    before = wired.store.consents.show(started.consent).last_fetch_at
    meanwhile(monkeypatch, "refresh", lambda: withdraw_consent(wired, started.consent, via="person"))

    with pytest.raises(ConsentNotValid, match="nothing was kept"):
        refresh_consent(wired, started.consent)

    shown = wired.store.consents.show(started.consent)
    assert (shown.status, shown.withdrawn_via, shown.last_fetch_at) == ("revoked", "person", before)


def test_a_case_that_is_erased_during_a_refresh_does_not_come_back(wired, monkeypatch):
    started, answer = approved(wired)
    complete_consent(wired, answer, psu_ip=HERE)
    meanwhile(monkeypatch, "refresh", lambda: erase_case(wired, "case-1"))

    with pytest.raises(UnknownName):
        refresh_consent(wired, started.consent)

    with pytest.raises(UnknownName):
        rows(wired)


def test_who_loads_the_callback_again_during_the_first_fetch_does_not_send_the_code_twice(wired, monkeypatch):
    started, answer = approved(wired)
    refused = []

    def again():
        with pytest.raises(ConsentNotValid, match="no consent waits") as error:
            complete_consent(wired, answer, psu_ip=HERE)
        refused.append(error)

    meanwhile(monkeypatch, "complete", again)

    brought = complete_consent(wired, answer, psu_ip=HERE)

    assert len(refused) == 1, "a second journey to the bank would have come by here too"
    assert (brought.consent.id, brought.consent.status) == (started.consent, "valid")
    assert rows(wired) == brought.kept.new + brought.kept.pending > 1


def test_who_comes_back_while_the_bank_does_not_answer_may_try_again(wired, monkeypatch):
    _, answer = approved(wired)

    def broken():
        raise BankUnreachable("the bank does not answer", where=BANK)

    with monkeypatch.context() as during:
        meanwhile(during, "complete", broken)
        with pytest.raises(BankUnreachable):
            complete_consent(wired, answer, psu_ip=HERE)

    assert complete_consent(wired, answer, psu_ip=HERE).consent.status == "valid"


def test_of_two_callbacks_at_the_same_moment_one_counts(wired, monkeypatch):
    started, answer = approved(wired)
    consents = wired.store.consents
    until = date(2026, 11, 1)
    meanwhile(
        monkeypatch,
        "complete",
        lambda: consents.grant(started.consent, until, {"consent_id": "x"}, at=wired.clock.now()),
    )

    with pytest.raises(ConsentNotValid, match="is valid since a moment ago"):
        complete_consent(wired, answer, psu_ip=HERE)

    assert consents.show(started.consent).journey == {"consent_id": "x"}


def test_neither_a_consent_nor_what_it_brought_in_shows_what_the_bank_gave(wired):
    started, answer = approved(wired)
    brought = complete_consent(wired, answer, psu_ip=HERE)

    printed = repr(brought) + repr(wired.store.consents.show(started.consent))

    held = wired.store.consents.show(started.consent).journey.values()
    assert not [held_word for held_word in held if len(held_word) > 8 and held_word in printed]
    assert CURRENT not in printed


def test_the_settings_show_no_secret():
    given = {
        "PSD2_AFFORDABILITY_DATABASE": "postgresql://user:hidden-1@db.example/cases",
        "PSD2_AFFORDABILITY_KEY": "hidden-2",
        "PSD2_AFFORDABILITY_API_TOKEN": "hidden-3",
    }

    assert "hidden" not in repr(from_environment(given))


def test_a_bank_that_allows_one_call_a_day_is_called_once_a_day(wired, monkeypatch):
    started, answer = approved(wired)
    done = journey.complete

    def allowing_one(*arguments, **named):
        completed = done(*arguments, **named)
        return replace(completed, consent=replace(completed.consent, frequency_per_day=1))

    monkeypatch.setattr(journey, "complete", allowing_one)
    complete_consent(wired, answer, psu_ip=HERE)

    assert refresh_consent(wired, started.consent).problems == ()
    again = refresh_consent(wired, started.consent).problems
    assert {type(problem) for problem in again} == {RateLimited}
