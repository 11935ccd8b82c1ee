"""What is masked before a row is kept, and that the same rows are found again all the same."""

import json
import logging
from dataclasses import replace
from datetime import date, timedelta

import pytest

from masking_material import CANARY, FRIEND, SAVINGS, SECRETS, life, party, rows
from psd2_affordability.categorise.engine import understand
from psd2_affordability.service.assess_case import Question, assess_kept, assess_received
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.privacy import masked_for_showing
from psd2_affordability.service.purposes import PURPOSES
from psd2_affordability.service.wire import to_json
from store_material import ACCOUNT, NOW, entry, received

BANK = "nl.bank"
ON = date(2026, 6, 1)
WHOLE = {ACCOUNT: date(2026, 1, 1)}


def consented(wired, purpose: str, case: str = "case-1") -> None:
    consent = wired.store.consents.begin(case, BANK, purpose, f"{case} {purpose}", {}, at=NOW)
    wired.store.consents.grant(consent, date(2026, 11, 1), {"consent_id": "x"}, at=NOW)


def keep(wired, data, purpose: str = "payment_plan", case: str = "case-1", source: str = BANK, whole=WHOLE):
    return keep_received(wired, case, data, source=source, purpose=purpose, whole_since=whole)


def stored(wired, case: str = "case-1"):
    return wired.store.ledger.load(case, purpose="debt_help", at=NOW, banks=[BANK]).transactions


def test_no_name_account_or_text_that_must_go_is_in_what_is_stored(wired):
    keep(wired, life())

    kept = stored(wired).to_csv()

    assert [secret for secret in SECRETS if secret.lower() in kept.lower()] == []


@pytest.mark.parametrize("purpose", ["payment_plan", "debt_help"])
def test_a_masked_row_is_categorised_as_it_was_in_clear(wired, purpose):
    data = life(months=5)
    columns = ["booked_on", "amount_ct", "category", "evidence", "confidence", "channel", "group", "payee"]
    clear = understand(data.transactions.assign(subject="s"), wired.knowledge, {"s": [ACCOUNT]})
    keep(wired, data, purpose)

    masked = understand(stored(wired).assign(subject="s"), wired.knowledge, {"s": [ACCOUNT]})

    def told(understood):
        frame = understood.frame[columns].astype(str)
        frame["payee"] = frame["payee"].str.replace(r"^partij-.*", "partij", regex=True)
        return sorted(frame.itertuples(index=False, name=None))

    assert told(masked) == told(clear)
    assert sorted(masked.streams["category"]) == sorted(clear.streams["category"])


def test_a_sensitive_payee_is_kept_under_a_neutral_name(wired):
    keep(wired, life())

    frame = stored(wired)
    care = frame[frame["amount_ct"] == -8_720]
    union = frame[frame["amount_ct"] == -1_795]

    assert care["counterparty_name"].str.fullmatch(r"zorgverlener-[0-9a-f]{8}").all()
    assert union["counterparty_name"].nunique() == 1
    assert not (set(care["remittance"]) | set(union["remittance"])) - {""}
    assert union["creditor_id"].str.fullmatch("[0-9a-f]{16}").all()


def test_one_person_has_one_pseudonym_in_a_case_and_another_in_the_next(wired):
    keep(wired, life())
    keep(wired, life(), case="case-2")

    def friend(case):
        frame = stored(wired, case)
        return set(frame[frame["amount_ct"].isin([-4_500, 2_000])]["counterparty_name"])

    assert len(friend("case-1")) == len(friend("case-2")) == 1
    assert friend("case-1") != friend("case-2")
    assert friend("case-1").pop().startswith("particulier-")


def test_the_key_of_a_row_cannot_be_made_from_what_it_says(wired):
    data = life()
    keep(wired, data)

    assert set(stored(wired)["tx"]).isdisjoint(data.transactions["tx"])


def test_the_same_fetch_again_changes_nothing(wired):
    first = keep(wired, life())
    before = stored(wired)

    again = keep(wired, life())

    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert again.same == first.new == len(rows())
    assert stored(wired).equals(before)


def test_windows_that_overlap_keep_each_row_once(wired):
    everything = rows(months=4)
    middle = len(everything) // 2
    keep(wired, received(everything[: middle + 6]), whole={})
    keep(wired, received(everything[middle - 6 :]), whole={})

    assert sorted(stored(wired)["amount_ct"]) == sorted(row["amount_ct"] for row in everything)


def test_two_equal_coffees_stay_two_when_their_texts_are_gone(wired):
    day = date(2026, 5, 4)
    coffee = [entry(day, -325, f"koffie {CANARY}"), entry(day, -325, f"koffie {CANARY}")]
    keep(wired, received(coffee))
    again = keep(wired, received(coffee))

    assert len(stored(wired)) == 2
    assert (again.new, again.gone) == (0, 0)


def test_rows_that_only_their_texts_told_apart_stay_apart_in_a_part_of_an_answer(wired):
    day = date(2026, 5, 4)
    keep(wired, received([entry(day, -325, "kassa een")]), whole={})

    kept = keep(wired, received([entry(day, -325, "kassa twee")]), whole={})

    assert kept.new == 1
    assert len(stored(wired)) == 2


def test_a_row_is_found_again_when_the_bank_spells_its_text_otherwise(wired):
    day = date(2026, 5, 4)
    keep(wired, received([entry(day, -325, "Kassa een")]), whole={})

    kept = keep(wired, received([entry(day, -325, "KASSA  EEN")]), whole={})

    assert (kept.new, kept.same) == (0, 1)


def test_a_row_masked_before_the_payee_was_known_is_found_again_afterwards(wired, monkeypatch):
    data = life()
    keep(wired, data)
    before = stored(wired)
    known = replace(
        wired.knowledge, name_words=replace(wired.knowledge.name_words, title=frozenset(), first=frozenset())
    )
    monkeypatch.setitem(wired.__dict__, "knowledge", known)

    again = keep(wired, data, whole={})

    assert (again.new, again.same) == (0, len(before))
    assert stored(wired).equals(before)


def test_an_own_account_that_is_shared_later_is_recognised_in_rows_that_were_masked(wired):
    consented(wired, "payment_plan")
    moved = [
        party(date(2026, 3, 2) + timedelta(days=30 * at), -10_000, "Mw P Eigenaar", SAVINGS, "apart")
        for at in range(3)
    ]
    keep(wired, received(moved))
    there = [row | {"account": SAVINGS, "amount_ct": 10_000, "counterparty_iban": ACCOUNT} for row in moved]
    other = received(there)
    shared = replace(other, accounts=(replace(other.accounts[0], account=SAVINGS, iban=SAVINGS),))
    keep(wired, shared, whole={})

    frame = assess_kept(wired, "case-1", "payment_plan", Question(on=ON)).understood.frame

    assert set(frame["category"]) == {"intern.eigen_rekening"}
    assert set(frame["pair_state"]) == {"paired"}


def test_masked_rows_give_the_answers_that_clear_rows_give(wired):
    consented(wired, "debt_help")
    data = life(months=3)
    keep(wired, data, "debt_help")
    clear = assess_received(wired, "case-1", data, Question(on=ON)).assessment

    masked = assess_kept(wired, "case-1", "debt_help", Question(on=ON)).assessment

    def figures(assessment):
        told = json.loads(to_json(assessment))
        return _without_keys({name: told[name] for name in ("income", "expenses", "room", "credit_check")})

    assert figures(masked) == figures(clear)


def _without_keys(value):
    if isinstance(value, dict):
        return {
            name: _without_keys(each)
            for name, each in value.items()
            if name not in {"transactions", "stream"}
        }
    if isinstance(value, list):
        return sorted((_without_keys(each) for each in value), key=str)
    return value


def test_what_was_masked_is_counted_in_the_log_and_not_kept(wired):
    kept = keep(wired, life())

    [line] = [each for each in wired.store.audit.entries() if each.action == "keep"]

    assert (kept.persons, kept.special, kept.texts) == (15, 6, 27)
    assert json.loads(line.detail)["persons"] == 15
    assert CANARY not in line.detail


def test_only_the_purpose_that_needs_descriptions_keeps_those_of_organisations(wired):
    keep(wired, life(), "debt_help")

    frame = stored(wired)

    assert frame[frame["amount_ct"] == 184_000]["remittance"].str.contains(CANARY).all()
    assert (frame[frame["amount_ct"] == -8_720]["remittance"] == "").all()
    assert FRIEND not in frame.to_csv()


@pytest.mark.parametrize("purpose", [code for code, each in PURPOSES.items() if not each.keeps_text])
def test_a_purpose_that_needs_no_descriptions_sees_none_that_another_kept(wired, purpose):
    consented(wired, "debt_help")
    consented(wired, purpose)
    keep(wired, life(), "debt_help")

    answered = assess_kept(wired, "case-1", purpose, Question(on=ON))

    assert CANARY not in answered.understood.frame.to_csv()
    assert CANARY not in to_json(answered.assessment)


def test_no_canary_is_in_the_file_its_log_or_what_the_program_writes(wired, tmp_path, caplog, monkeypatch):
    from psd2_affordability.store.vault import Seal

    closed = []
    close = Seal.close
    monkeypatch.setattr(
        Seal, "close", lambda self, plain, place: closed.append(plain) or close(self, plain, place)
    )
    caplog.set_level(logging.DEBUG)
    consented(wired, "payment_plan")
    keep(wired, life())
    answered = assess_kept(wired, "case-1", "payment_plan", Question(on=ON))

    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    audit = "".join(each.detail for each in wired.store.audit.entries())
    out = [
        files,
        b"".join(closed),
        audit.encode(),
        caplog.text.encode(),
        to_json(answered.assessment).encode(),
    ]

    found = [secret for secret in SECRETS for place in out if secret.lower().encode() in place.lower()]
    assert found == []


def test_what_is_only_shown_is_masked_on_request_with_pseudonyms_of_that_time_alone(wired):
    data = life()

    one, other = (masked_for_showing(wired, data).transactions for _ in range(2))

    assert not any(secret in one.to_csv() for secret in SECRETS)
    assert set(one["counterparty_iban"]) & set(other["counterparty_iban"]) <= {"", "NL91ABNA0417164300"}
    assert one["amount_ct"].tolist() == data.transactions["amount_ct"].tolist()
