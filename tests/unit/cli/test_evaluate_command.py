"""`evaluate`: a labelled file held against our categories, and sealed sets that are not looked at lightly."""

import json
import tomllib
from hashlib import sha256

import pytest
from typer.testing import CliRunner

from psd2_affordability.cli.app import app
from psd2_affordability.core.errors import InputError, LabelsError, SealedSet, UsageError

HEADING = "subject,booked_on,amount,counterparty_name,remittance,label\n"
ROWS = "".join(
    f"{subject},2026-{month:02}-{day:02},{amount},{name},{text},{label}\n"
    for subject in ("a", "b")
    for month in range(3, 9)
    for day, amount, name, text, label in (
        (24, "1348.49", "Gemeente Utrecht", "Uitkering Participatiewet", "inkomen.uitkering_bijstand"),
        (2, "-620.10", "Woonstichting De Haven", "", "wonen.huur"),
        (5, "-45.20", "Albert Heijn 1042", "", "huishouden.boodschappen"),
        (7, "-10.00", "Intrum", "", "schuld.incassobureau"),
    )
)
#: Rent that only b pays to somebody nobody knows.
UNKNOWN_RENT = "".join(f"b,2026-{month:02}-03,-300.00,Xyzzy,,wonen.huur\n" for month in range(3, 9))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "labelled.csv"
    path.write_text(HEADING + ROWS + UNKNOWN_RENT, encoding="utf-8")
    return path


def evaluate(*arguments):
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)], catch_exceptions=False)


def told(*arguments):
    done = evaluate(*arguments, "--json")
    assert done.exit_code == 0
    return json.loads(done.output)


def test_the_json_says_everything_with_counts_and_intervals(file):
    found = told(file)
    judged = found["evaluation"]

    assert judged["score"]["coverage"] == {
        "count": 48,
        "n": 54,
        "share": "0.8889",
        "low": "0.7781",
        "high": "0.9481",
    }
    assert judged["score"]["accuracy"]["count"] == 48
    assert found["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert judged["peers"][0]["name"] == "this categoriser"
    assert judged["unseen"]["share"] == "0.2"
    assert "mistakes" in judged


def test_what_the_mistakes_do_to_answers_is_told_by_subject(file):
    off = {one["figure"]: one for one in told(file)["decisions"]}

    assert (off["fixed costs"]["off"]["count"], off["fixed costs"]["off"]["n"]) == (1, 2)
    assert off["fixed costs"]["largest"] == "300.00"
    assert off["fixed costs, summed"]["largest"] == "300.00"
    assert off["income"]["off"]["count"] == 0


def test_where_every_answer_is_right_no_figure_is_off(file):
    file.write_text(HEADING + ROWS, encoding="utf-8")

    assert {(one["off"]["count"], one["largest"]) for one in told(file)["decisions"]} == {(0, "0.00")}


def test_the_same_file_gives_the_same_bytes(file):
    assert evaluate(file).output == evaluate(file).output
    assert evaluate(file, "--json").output == evaluate(file, "--json").output


def test_the_tables_name_each_way_of_answering_and_each_costly_mistake(file):
    shown = evaluate(file).output

    for words in ("coverage", "flat keyword list", "linear model", "a collection agency", "payee hidden"):
        assert words in shown


def test_markdown_has_one_table_under_each_heading(file):
    shown = evaluate(file, "--markdown").output

    assert shown.startswith("### Summary\n\n|")
    assert shown.count("### ") == shown.count("\n|---|")


def test_a_mapping_translates_the_labels_of_others(tmp_path):
    path, mapping = tmp_path / "foreign.csv", tmp_path / "labels.toml"
    path.write_text(
        "amount,counterparty_name,label\n-20.00,Albert Heijn,Food\n-5.00,Vitens,Food\n-1.00,Iets,Other\n",
        encoding="utf-8",
    )
    mapping.write_text(
        'leave_out = ["Other"]\n[labels]\nFood = ["huishouden.boodschappen"]\n', encoding="utf-8"
    )
    judged = told(path, "--mapping", mapping)["evaluation"]

    assert (judged["rows"], judged["left_out"]) == (2, 1)
    assert judged["score"]["accuracy"]["count"] == 1


def test_mistakes_are_shown_when_asked_and_as_they_are(tmp_path):
    path = tmp_path / "labelled.csv"
    path.write_text(HEADING + "a,2026-03-05,-45.20,[red]Albert Heijn,,wonen.huur\n", encoding="utf-8")

    assert "Worst mistakes" in evaluate(path, "--worst", "3").output
    assert "Worst mistakes" not in evaluate(path).output


WRONG = {
    "amount,label\n-1.00,wonen.hur\n": r"line 2: no label is called 'wonen\.hur'.*wonen\.huur",
    "amount,lable\n-1.00,wonen.huur\n": "no column is called 'lable'. Did you mean label",
    "amount\n-1.00\n": "'label' is missing",
    "label\nwonen.huur\n": "'amount' is missing",
    "amount,amount,label\n1.00,1.00,wonen.huur\n": "twice",
    'amount,label\n"-1,00",wonen.huur\n': "line 2: 'amount' is not an amount",
    "amount,label\n-1.001,wonen.huur\n": "'amount' is not an amount in euros",
    "amount,label\n,wonen.huur\n": "line 2: the row has no amount",
    "amount,label\n-1.00\n": "line 2: the row has 1 cells, the heading 2",
    'amount,remittance,label\n-1.00,"two\nlines",wonen.huur\n-1.00,x,wonen.huur,y\n': "line 4: the row has 4",
    'amount,label\n-1.00,"wonen.huur\n': "is not CSV",
    "amount,label,booked_on\n-1.00,wonen.huur,03-05-2026\n": "line 2: 'booked_on' is not a day",
    "amount,label,status\n-1.00,wonen.huur,booked\n": "line 2: a booked row needs a day",
    "amount,label,status\n-1.00,wonen.huur,maybe\n": "line 2: the status is neither",
    "amount,label,tx,subject\n1.00,wonen.huur,t,a\n2.00,wonen.huur,t,a\n": "share a key",
    "amount,label\n": "no rows",
    "": "empty",
    "amount,label\n-1.00,\n": "no row has a label",
}


@pytest.mark.parametrize("content", WRONG, ids=WRONG.values())
def test_a_file_that_is_not_as_it_should_be_is_refused_with_its_line(tmp_path, content):
    path = tmp_path / "labelled.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(LabelsError, match=f"(?s){WRONG[content]}"):
        evaluate(path)


def test_text_in_another_encoding_and_a_file_that_is_not_there_are_refused(tmp_path):
    path = tmp_path / "labelled.csv"
    path.write_bytes("amount,label,remittance\n-1.00,wonen.huur,caf\xe9\n".encode("latin-1"))

    with pytest.raises(LabelsError, match="UTF-8"):
        evaluate(path)
    with pytest.raises(InputError, match="cannot be read"):
        evaluate(tmp_path / "nothing.csv")


def test_a_column_of_remarks_is_left_alone_and_named(tmp_path):
    path = tmp_path / "labelled.csv"
    path.write_text("amount,label,why\n-1.00,wonen.huur,because\n", encoding="utf-8")

    assert told(path)["columns_left_alone"] == ["why"]


@pytest.fixture
def sealed(file):
    digest = sha256(file.read_bytes()).hexdigest()
    file.with_name("labelled.sha256").write_text(f"{digest}  {file.name}\n", encoding="utf-8")
    file.with_name("looks.toml").write_text("# Every look.\nlook = []\n", encoding="utf-8")
    return file


def looks(sealed):
    return tomllib.loads(sealed.with_name("looks.toml").read_text(encoding="utf-8")).get("look", [])


def test_a_sealed_set_is_not_looked_at_without_a_reason(sealed):
    for reason in ("", "   ", "two\nlines"):
        with pytest.raises(SealedSet, match=r"look|line"):
            evaluate(sealed, "--look", reason)

    assert looks(sealed) == []


def test_each_look_at_a_sealed_set_is_written_down(sealed):
    first = told(sealed, "--look", 'release 0.2, "first"')
    evaluate(sealed, "--look", "release 0.3")

    assert [look["why"] for look in looks(sealed)] == ['release 0.2, "first"', "release 0.3"]
    assert first["sealed"] is True
    assert looks(sealed)[0]["by"]
    for field in ("sha256", "knowledge_sha256", "engine"):
        assert looks(sealed)[0][field] == first[field]
    assert looks(sealed)[0]["on"].year >= 2026
    assert (
        sealed.with_name("looks.toml").read_text(encoding="utf-8").startswith("# Every look.\n\n[[look]]\n")
    )


def test_a_look_is_written_down_even_when_nothing_comes_of_it(sealed, tmp_path):
    mapping = tmp_path / "labels.toml"
    mapping.write_text('[labels]\nFood = ["huishouden.boodschappen"]\n', encoding="utf-8")

    with pytest.raises(LabelsError):
        evaluate(sealed, "--look", "try", "--mapping", mapping)
    assert len(looks(sealed)) == 1


def test_nothing_is_shown_when_the_look_cannot_be_written_down(sealed):
    sealed.with_name("looks.toml").unlink()
    sealed.with_name("looks.toml").mkdir()

    with pytest.raises(SealedSet, match="cannot be written down"):
        evaluate(sealed, "--look", "release")


def test_a_list_of_looks_that_is_broken_lets_nobody_look(sealed):
    sealed.with_name("looks.toml").write_text("look = [", encoding="utf-8")

    with pytest.raises(SealedSet, match="cannot be written down"):
        evaluate(sealed, "--look", "release")
    assert sealed.with_name("looks.toml").read_text(encoding="utf-8") == "look = ["


def test_a_set_stays_sealed_when_its_list_of_looks_is_gone(sealed):
    sealed.with_name("looks.toml").unlink()

    with pytest.raises(SealedSet, match="sealed"):
        evaluate(sealed)
    evaluate(sealed, "--look", "release")
    assert len(looks(sealed)) == 1


def test_rows_of_a_sealed_set_are_never_shown(sealed):
    with pytest.raises(SealedSet, match="rows"):
        evaluate(sealed, "--look", "release", "--worst", "3")


def test_a_sealed_set_that_was_changed_is_no_longer_the_one_that_was_sealed(sealed):
    with sealed.open("a", encoding="utf-8") as more:
        more.write("a,2026-03-05,-1.00,Jumbo,,huishouden.boodschappen\n")

    with pytest.raises(SealedSet, match="not the one that was sealed"):
        evaluate(sealed, "--look", "release")


def test_a_look_at_a_set_that_is_not_sealed_is_a_wrong_question(file):
    with pytest.raises(UsageError, match="not sealed"):
        evaluate(file, "--look", "release")


def test_json_and_markdown_exclude_each_other(file):
    with pytest.raises(UsageError, match="exclude"):
        evaluate(file, "--json", "--markdown")
