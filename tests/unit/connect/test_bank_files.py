"""Bank files load strictly, and every one we ship is whole."""

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import ConnectorFileError, UnknownName

PROFILE = "_profiles/berlin_group_1_3.toml"
BANK = "sandbox/berlin_group.toml"


@pytest.fixture
def files() -> dict[str, bytes]:
    return data_files("connectors")


def changed(files: dict[str, bytes], path: str, old: str, new: str) -> dict[str, bytes]:
    text = files[path].decode()
    assert old in text
    return files | {path: text.replace(old, new, 1).encode()}


def test_every_bank_file_that_we_ship_loads_and_stays_within_the_legal_89_days(files):
    banks = load_banks(files)

    assert "sandbox.berlin_group" in [bank.id for bank in banks]
    assert all(bank.history.refresh_days <= 89 and bank.consent.frequency_per_day <= 4 for bank in banks)


def test_an_unknown_bank_is_refused_and_the_nearest_is_named(files):
    with pytest.raises(UnknownName, match=r"no bank is called 'sandbox.berlin'.*sandbox.berlin_group"):
        load_banks(files).bank("sandbox.berlin")


def test_a_bank_overrides_single_keys_of_its_profile_and_keeps_the_rest(files):
    text = files[BANK].decode() + '\n[query]\nbooking_status = "booked"\n[fields]\namount = ["sum"]\n'

    profile = load_banks(files | {BANK: text.encode()}).bank("sandbox.berlin_group").profile

    assert profile.query["booking_status"] == "booked"
    assert profile.rows.fields["amount"] == ("sum",)
    assert profile.rows.fields["booked_on"] == ("bookingDate",)


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        (
            BANK,
            "max_days ",
            "max_dayz ",
            r"connectors/sandbox/berlin_group.toml: 'consent.max_days' is missing. Is 'max_dayz' meant",
        ),
        (BANK, "[urls]", "[urls]\nport = 1", r"'urls.port' is not a known key. Allowed: base"),
        (BANK, "max_days          = 180", 'max_days = "180"', r"'consent.max_days' must be a whole number"),
        (
            BANK,
            "refresh_days = 89",
            "refresh_days = 90",
            r"'history.refresh_days' is 90. Allowed: 1 to 89",
        ),
        (BANK, '"sandbox.berlin_group"', '"sandbox.other"', r"'id' must be 'sandbox.berlin_group'"),
        (BANK, '"berlin_group_1_3"', '"stet"', r"there is no connectors/_profiles/stet.toml"),
        (
            BANK,
            'maturity = "sandbox"',
            'maturity = "good"',
            r"'maturity' is 'good'. Allowed: listed, sandbox",
        ),
        (
            BANK,
            "[[source]]",
            "[fields]\nfoo = 'x'\n[[source]]",
            r"'fields.foo' is not a known key. Allowed: ",
        ),
        (BANK, 'id       = "sandbox', "id       = sandbox", r"berlin_group.toml: this is not a TOML file"),
        (
            PROFILE,
            "accounts       =",
            "acounts       =",
            r"berlin_group_1_3.toml: 'paths.acounts' is not a known key",
        ),
        (PROFILE, "value_on        =", "valued_on       =", r"'fields.valued_on' is not a known key"),
        (PROFILE, '["closingBooked", ', "[1, ", r"'rows.closing_types' must be a list of texts"),
    ],
)
def test_a_wrong_bank_file_is_refused_with_its_name_and_key(files, path, old, new, says):
    with pytest.raises(ConnectorFileError, match=says):
        load_banks(changed(files, path, old, new))
