"""The simpler ways of answering that the categoriser is held against."""

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.categorise.evaluation.baselines import baselines, read_keywords
from psd2_affordability.categorise.evaluation.judged import Judged, truth_of
from psd2_affordability.categorise.evaluation.labels import own_labels
from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.ledger.schema import frame_of

#: subject, name, euros, bank code, label
ROWS = [
    ("a", "Albert Heijn", -20, "", "huishouden.boodschappen"),
    ("a", "Albert Heijn", -30, "", "huishouden.boodschappen"),
    ("a", "Woningstichting De Haven", -700, "", "wonen.huur"),
    ("a", "Bakkerij Salaris Jansen", 2000, "", "inkomen.loon"),
    ("a", "Kosten", -3, "PMNT-CCRD-CWDL", "contant.opname"),
    ("b", "Albert Heijn", -25, "", "huishouden.boodschappen"),
    ("b", "Woningstichting De Haven", -650, "", "wonen.huur"),
    ("b", "Hengelsport Oost", -40, "", "huishouden.vrije_tijd"),
    ("b", "UWV", 1500, "", "inkomen.loon"),
]
KEYWORDS = (
    ("salaris", "inkomen.loon"),
    ("woningstichting", "wonen.huur"),
    ("heijn", "huishouden.boodschappen"),
)


@pytest.fixture
def answers(knowledge):
    def of(rows):
        frame = frame_of(
            {
                "subject": subject,
                "tx": f"t{at}",
                "status": "pending",
                "currency": "EUR",
                "counterparty_name": name,
                "amount_ct": euros * 100,
                "bank_code": code,
            }
            for at, (subject, name, euros, code, _) in enumerate(rows)
        )
        truth = truth_of(
            [row[-1] for row in rows], own_labels(knowledge.taxonomy), frame["amount_ct"].to_numpy()
        )
        found = baselines(frame, truth, knowledge, KEYWORDS)
        return {
            one.name: [one.answers.words[at] if at >= 0 else "" for at in one.answers.word] for one in found
        }, {one.name: Judged(truth, one.answers) for one in found}

    return of


def test_the_majority_says_the_most_frequent_label_of_everything(answers):
    said, judged = answers(ROWS)

    assert set(said["majority label"]) == {"huishouden.boodschappen"}
    assert judged["majority label"].right.sum() == 3


def test_the_direction_says_the_most_frequent_label_of_money_in_and_of_money_out(answers):
    said, judged = answers(ROWS)

    assert said["direction only"][3] == said["direction only"][8] == "inkomen.loon"
    assert judged["direction only"].right.sum() == 5


def test_the_keyword_list_takes_the_first_word_found_and_else_gives_no_answer(answers):
    said, _ = answers(ROWS)

    assert said["flat keyword list"] == [
        "huishouden.boodschappen",
        "huishouden.boodschappen",
        "wonen.huur",
        "inkomen.loon",
        "",
        "huishouden.boodschappen",
        "wonen.huur",
        "",
        "",
    ]


def test_the_bank_code_answers_only_rows_whose_code_says_a_category(answers):
    said, _ = answers(ROWS)

    assert said["bank code only"] == ["", "", "", "", "contant.opname", "", "", "", ""]


def test_the_linear_model_learns_a_payee_from_the_other_subject(answers):
    said, _ = answers(ROWS)

    assert said["linear model"][2] == said["linear model"][6] == "wonen.huur"
    assert said["linear model"][0] == said["linear model"][5] == "huishouden.boodschappen"


def test_the_linear_model_cannot_know_what_only_the_subject_itself_shows(answers):
    said, _ = answers([*ROWS, *[("b", "Hengelsport Oost", -40, "", "huishouden.vrije_tijd")] * 20])

    assert "huishouden.vrije_tijd" not in said["linear model"][5:]


def test_with_one_subject_there_are_no_others_to_learn_from(answers):
    said, _ = answers([row for row in ROWS if row[0] == "a"])

    assert "linear model" not in said


def test_the_shipped_keyword_list_is_short_and_names_categories_that_there_are(knowledge):
    content = data_files("rules")["nl/evaluation/keywords.toml"]

    assert 50 <= len(read_keywords(content, "keywords.toml", knowledge.taxonomy)) <= 70


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('category = "wonen.hut"\nwords = ["huur"]', "not in the taxonomy"),
        ('category = "wonen.huur"\nwords = ["Huur"]', "lower case"),
        ('category = "wonen.huur"\nwords = ["huur", "huur"]', "twice"),
        ('category = "wonen.huur"\nword = ["huur"]', "words"),
    ],
)
def test_a_keyword_list_is_read_strictly(knowledge, row, says):
    with pytest.raises(RuleFileError, match=says):
        read_keywords(f"[[keyword]]\n{row}".encode(), "keywords.toml", knowledge.taxonomy)
