"""One life at every sandbox bank: whatever the standard, the answers are the same."""

import json
import os
import re
import stat
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
import requests

from psd2_affordability.sandbox.approve import approve, approve_in_app
from psd2_affordability.sandbox.bank import faults_by_seed
from psd2_affordability.sandbox.registrations import Registrations
from psd2_affordability.service.credentials import load_credentials
from psd2_affordability.service.wire import to_json
from sandbox_banks_material import BY_PAGE, IN_APP, open_house, sandbox_people

BERLIN, UK, AGGREGATOR, OWN = (
    "sandbox.berlin_group",
    "sandbox.uk_open_banking",
    "sandbox.enable_banking",
    "sandbox.abn_amro",
)
NAMES = ("amina", "greta", "karim")
AMINA = [account.iban for account in sandbox_people()["amina"].banked.accounts]


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """What is answered on each person at each bank, with the rows behind it."""
    people = {name: sandbox_people()[name] for name in NAMES}
    banked = {name: person.banked for name, person in people.items()}
    answers = {}
    folder = tmp_path_factory.mktemp("dialects")
    with open_house(folder, banked, people["amina"].on) as house:
        for bank in BY_PAGE:
            here = house.beside(bank)
            for name, person in people.items():
                visits = here.share_everything(bank, name, person.banked)
                assert [problem for visit in visits for problem in visit.problems] == []
                answers[bank, name] = here.answered(name, person)
            here.product.store.close()
    return answers


@pytest.fixture(scope="module")
def told(answered):
    """The assessment of each person at each bank, as it is sent."""
    return {where: json.loads(to_json(each.assessment)) for where, each in answered.items()}


def booked(answered, *columns):
    """Some columns of the booked rows, in an order of their own; a pseudonym is of one case alone."""
    frame = answered.understood.frame
    rows = frame[frame["status"] == "booked"][list(columns)].astype(str)
    rows = rows.replace(r"-[0-9a-f]{8}$", "", regex=True)
    return sorted(rows.itertuples(index=False, name=None))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bank", [UK, AGGREGATOR, OWN])
def test_every_booked_row_comes_the_same_day_with_the_same_amount_and_other_side(answered, bank, name):
    columns = ("account", "booked_on", "amount_ct", "currency", "counterparty_iban")

    assert booked(answered[bank, name], *columns) == booked(answered[BERLIN, name], *columns)


def without_source(assessment):
    """Leave out what is of one case alone: its rows' keys, and where a receipt says the data came from."""
    of_this_case = {"consent", "question_sha256"}  # the question is keyed with the rows' keys
    receipt = {name: value for name, value in assessment["receipt"].items() if name not in of_this_case}
    receipt["data"] = {name: value for name, value in receipt["data"].items() if name != "sha256"}
    return json.dumps(without_keys(assessment | {"receipt": receipt}), sort_keys=True)


def without_keys(value):
    """Leave of the rows behind a figure only how many they are."""
    if isinstance(value, dict):
        return {
            name: len(each) if name == "transactions" and isinstance(each, list) else without_keys(each)
            for name, each in value.items()
        }
    return [without_keys(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", NAMES)
def test_by_uk_open_banking_the_assessment_is_the_same_but_for_the_keys_of_rows(told, name):
    assert without_source(told[UK, name]) == without_source(told[BERLIN, name])


@pytest.mark.parametrize("name", ["amina", "greta"])
def test_by_an_aggregator_the_assessment_is_the_same_but_for_the_keys_of_rows(told, name):
    assert without_source(told[AGGREGATOR, name]) == without_source(told[BERLIN, name])


@pytest.mark.parametrize("name", ["amina", "greta"])
@pytest.mark.parametrize("part", ["income", "expenses", "room", "seizure", "signals", "credit_check"])
def test_by_a_banks_own_interface_with_other_keys_for_its_rows_every_answer_is_the_same(told, name, part):
    assert without_keys(told[OWN, name][part]) == without_keys(told[BERLIN, name][part])


def test_a_bank_that_tells_nothing_of_pending_rows_shows_none_and_nothing_else_differs(told):
    own, berlin = told[OWN, "amina"]["data_quality"], told[BERLIN, "amina"]["data_quality"]

    assert (own["pending"], berlin["pending"]) == (0, 2)
    assert without_keys(own | {"pending": 2}) == without_keys(berlin)


def test_only_where_the_bank_gives_a_purpose_code_a_wage_has_one(answered):
    codes = {bank: {code for (code,) in booked(answered[bank, "karim"], "purpose_code")} for bank in BY_PAGE}

    assert "SALA" in codes[BERLIN]
    assert codes == {BERLIN: codes[BERLIN], UK: codes[BERLIN], AGGREGATOR: {""}, OWN: {""}}


def test_faults_by_seed_are_survived_at_every_bank_and_can_be_repeated(tmp_path):
    person = sandbox_people()["amina"]
    script = faults_by_seed(2026, 6)
    outcomes = []
    for run in ("first", "second"):
        folder = tmp_path / run
        folder.mkdir()
        with open_house(folder, {"amina": person.banked}, person.on, script) as house:
            visits = {
                bank: house.share_everything(bank, bank, person.banked)[0] for bank in (*BY_PAGE, IN_APP)
            }
        outcomes.append(
            {
                bank: (visit.consent.status, visit.kept.new, [type(each) for each in visit.problems])
                for bank, visit in visits.items()
            }
        )

    assert outcomes[0] == outcomes[1]
    assert {status for status, _, _ in outcomes[0].values()} == {"valid"}
    assert any(problems for _, _, problems in outcomes[0].values())


def test_the_credentials_file_is_for_its_owner_alone_and_is_read_back(tmp_path):
    file, made = tmp_path / "deep" / "credentials.toml", Registrations()
    made.write(file, {UK: "http://127.0.0.1:1/uk", BERLIN: "http://127.0.0.1:1"})

    read = load_credentials(file)

    for each in file.parent.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
    assert read[UK].client_id == made.uk.client_id
    assert read[UK].token_key.public_key == made.credentials(UK).token_key.public_key
    assert read[BERLIN].urls == {"base": "http://127.0.0.1:1"}
    Registrations().remove(file)
    assert file.exists(), "another sandbox's file was removed"
    made.remove(file)
    assert list(file.parent.iterdir()) == []


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    """How a command is run, and goes on running, in a terminal of one user."""
    return terminal_of(tmp_path_factory.mktemp("home"))


def terminal_of(home):
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    environment |= {"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}

    @contextmanager
    def running(*arguments, seconds=60):
        command = [sys.executable, "-m", "psd2_affordability", *arguments]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        watchdog = threading.Timer(seconds, process.kill)
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            process.terminate()
            process.wait(10)
            process.stdout.close()
            process.stderr.close()

    return running


@pytest.fixture(scope="module")
def sandbox(terminal):
    """Addresses by bank, as the sandbox prints them."""
    with terminal("sandbox", "--port", "0", seconds=900) as process:
        found = {}
        for line in process.stdout:
            if match := re.match(r"\s+(sandbox\.\S+)\s+(http\S+)", line):
                found[match[1]] = match[2]
            if "Stop them" in line:
                break
        yield found


def page_of(process):
    """The address that `connect` prints."""
    for line in process.stdout:
        if line.startswith("http"):
            return line.strip()
    raise AssertionError(process.stderr.read())


def come_back(address):
    assert requests.get(address, timeout=10).ok


@pytest.mark.parametrize("bank", [UK, AGGREGATOR])
def test_connect_from_a_second_terminal_needs_nothing_but_the_running_sandbox(terminal, sandbox, bank):
    assert bank in sandbox
    more = ("--aspsp", "sandbox bank") if bank == AGGREGATOR else ()
    with terminal("connect", bank, "--purpose", "payment_plan", "--case", bank, *more) as process:
        come_back(approve(page_of(process), "amina", AMINA))
        out, err = process.communicate(timeout=60)

    assert process.returncode == 0, err
    assert "transactions kept under case" in out


def test_without_a_running_sandbox_connect_says_how_to_start_one(tmp_path):
    with terminal_of(tmp_path)("connect", UK, "--purpose", "payment_plan") as process:
        _, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "Run `psd2-affordability sandbox` in another terminal" in err


def test_at_a_real_bank_connect_says_what_is_missing_in_the_credentials_file(tmp_path):
    with terminal_of(tmp_path)("connect", "nl.abn_amro", "--purpose", "payment_plan") as process:
        _, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "no api_key is set for nl.abn_amro. Set it in the credentials file" in err


def test_serve_offers_every_sandbox_bank_in_its_pages(tmp_path):
    with terminal_of(tmp_path)("serve", "--port", "0") as process:
        url = process.stdout.readline().split()[1]
        page = requests.get(url, timeout=30).text

    assert re.findall(r'<option value="(sandbox\.[^"]+)"', page)[0] == BERLIN
    assert set(re.findall(r'<option value="(sandbox\.[^"]+)"', page)) == {*BY_PAGE, IN_APP}


def test_connect_waits_while_the_person_decides_in_the_banks_app(terminal, sandbox):
    with terminal("connect", IN_APP, "--purpose", "payment_plan", "--case", "app") as process:
        lines = [process.stdout.readline(), process.stdout.readline()]
        approve_in_app(sandbox[IN_APP], "amina", AMINA)
        out, err = process.communicate(timeout=60)

    assert process.returncode == 0, err
    assert "Approve in your bank's app" in lines[0]
    assert f"{sandbox[IN_APP]}/app" in lines[1]
    assert "transactions kept under case 'app'" in out


def test_the_banks_behind_an_aggregator_are_listed_by_the_names_that_connect_takes(terminal, sandbox):
    assert AGGREGATOR in sandbox
    with terminal("banks", "aspsps", AGGREGATOR) as process:
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out.strip()) == (0, "Sandbox Bank"), err


def test_a_bank_behind_an_aggregator_that_is_misspelt_is_named(terminal, sandbox):
    assert AGGREGATOR in sandbox
    with terminal("connect", AGGREGATOR, "--purpose", "payment_plan", "--aspsp", "Sandbax") as process:
        _, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "'Sandbax'" in err
    assert "Sandbox Bank" in err
