"""Settings, clock, purposes and the wired product."""

import gc
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from psd2_affordability.core.errors import ConsentNotValid, StoreError, UnknownName
from psd2_affordability.service import purposes
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.clock import FixedClock, SystemClock
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.settings import API_TOKEN, DATABASE, KEY, from_environment
from psd2_affordability.store.consents import Consent
from store_material import NOW, entry, received

KEY_TEXT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def consent(purpose: str, status: str, valid_until: date | None = None) -> Consent:
    return Consent("c1", "case-1", "b", purpose, status, NOW, valid_until, "", None, None, {})


def test_parts_of_purposes_are_those_that_can_be_asked():
    from psd2_affordability.assess.results import PARTS

    assert all(each.parts <= set(PARTS) for each in purposes.PURPOSES.values())


def test_a_consent_opens_its_own_purpose_alone():
    consents = [consent("payment_plan", "valid")]

    assert purposes.consent_for(consents, purposes.purpose("payment_plan"), "case-1") == "c1"
    with pytest.raises(ConsentNotValid, match="did not consent to 'credit_check'"):
        purposes.consent_for(consents, purposes.purpose("credit_check"), "case-1")


@pytest.mark.parametrize("status", ["pending", "rejected", "revoked"])
def test_a_consent_that_was_not_given_or_was_withdrawn_opens_nothing(status):
    with pytest.raises(ConsentNotValid):
        purposes.consent_for([consent("monitoring", status)], purposes.purpose("monitoring"), "case-1")


def test_what_came_in_under_a_consent_that_expired_may_still_be_read():
    consents = [consent("monitoring", "expired")]

    assert purposes.consent_for(consents, purposes.purpose("monitoring"), "case-1") == "c1"


def test_a_consent_stands_up_to_and_including_its_last_day():
    given = consent("monitoring", "valid", date(2026, 6, 30))

    assert purposes.standing(given, date(2026, 6, 30)) == "valid"
    assert purposes.standing(given, date(2026, 7, 1)) == "expired"


def test_an_unknown_purpose_is_told_its_neighbours():
    with pytest.raises(UnknownName, match="payment_plan"):
        purposes.purpose("payment_plans")


def test_settings_keep_the_key_beside_the_database(tmp_path):
    settings = from_environment({DATABASE: f"sqlite:///{tmp_path / 'a.db'}", API_TOKEN: "t"})

    assert settings.key_file == tmp_path / "a.key"
    assert (settings.api_token, settings.store_exists) == ("t", False)


def test_without_settings_everything_lies_in_the_users_own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    settings = from_environment({})

    assert settings.key_file.parent.name == "psd2-affordability"
    assert settings.database.startswith("sqlite:///")


def test_what_is_kept_is_there_after_a_restart_under_the_key_file(tmp_path):
    settings = from_environment({DATABASE: f"sqlite:///{tmp_path / 'deep' / 'a.db'}"})
    first = product(settings=settings, clock=FixedClock(NOW))
    keep_received(first, "case-1", received([entry(date(2026, 5, 4), -100)]), source="file")
    first.store.close()

    again = product(settings=settings, clock=FixedClock(NOW))

    assert [case.transactions for case in again.store.cases.list()] == [1]
    again.store.close()


def test_a_store_whose_key_file_is_gone_is_not_given_a_new_key(tmp_path):
    settings = from_environment({DATABASE: f"sqlite:///{tmp_path / 'a.db'}"})
    product(settings=settings).store.close()
    settings.key_file.unlink()

    with pytest.raises(StoreError, match=r"key file .* is gone"):
        _ = product(settings=settings).store


def test_a_key_from_the_environment_needs_no_key_file(tmp_path):
    settings = from_environment({DATABASE: f"sqlite:///{tmp_path / 'a.db'}", KEY: KEY_TEXT})

    product(settings=settings).store.close()

    assert not settings.key_file.exists()


def test_a_fixed_clock_stands_still_where_the_banks_are():
    clock = FixedClock.at_noon(date(2026, 7, 1))

    assert clock.now().utcoffset() == timedelta(hours=2)
    assert clock.today() == date(2026, 7, 1)


def test_the_system_clock_knows_its_zone():
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_who_we_are_at_the_sandbox_is_read_from_where_it_runs_unless_the_user_says_otherwise(tmp_path):
    sandbox, ours = tmp_path / "sandbox.toml", tmp_path / "ours.toml"
    sandbox.write_text(
        '["sandbox.abn_amro"]\nclient_id = "made"\n["sandbox.uk_open_banking"]\nclient_id = "made"\n'
        '["nl.ing"]\nclient_id = "no business of a sandbox"\n'
    )
    ours.write_text('["sandbox.abn_amro"]\nclient_id = "ours"\n')
    settings = replace(from_environment({}), sandbox=sandbox, credentials=ours)

    wired = product(settings=settings, bank_urls={"sandbox.berlin_group": "http://127.0.0.1:9"})

    found = {bank: us.client_id for bank, us in wired.credentials.items()}
    assert found == {"sandbox.abn_amro": "ours", "sandbox.uk_open_banking": "made"}
    assert [wired.is_set_up(bank) for bank in ("sandbox.abn_amro", "sandbox.berlin_group", "nl.ing")] == [
        True,
        True,
        False,
    ]


def test_without_a_running_sandbox_nobody_is_registered(tmp_path):
    settings = replace(from_environment({}), sandbox=tmp_path / "not there.toml")

    assert product(settings=settings).credentials == {}


def test_the_wired_product_looks_for_loops_of_garbage_seldom_unless_the_collector_is_off():
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        product()
        seldom = gc.get_threshold()
        gc.set_threshold(0, 10, 10)
        product()
        off = gc.get_threshold()
    finally:
        gc.set_threshold(*before)

    assert seldom == (50_000, 10, 10)
    assert off == (0, 10, 10)
