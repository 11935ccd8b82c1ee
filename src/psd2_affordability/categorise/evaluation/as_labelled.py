"""The same rows understood as their labels say, so that answers drawn from both can be compared."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from psd2_affordability.categorise.decide import RETURNED, decide
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.categorise.evaluation.labels import LabelSet
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.returns import pair_returns
from psd2_affordability.categorise.stream_table import stream_table
from psd2_affordability.categorise.streams import find_streams
from psd2_affordability.ledger.clean import text_column, texts_of
from psd2_affordability.ledger.columns import Columns

_SURE = 100


def true_categories(understood: Understood, label: Sequence[str], labels: LabelSet) -> list[str]:
    """Return one category for each row: the answer where the label allows it, else the label's first.

    Rows that are not judged keep their answer.
    """
    answers = understood.frame["category"].tolist()
    return [
        answer if answer in labels.means.get(given, {answer}) else labels.names[given][0]
        for answer, given in zip(answers, label, strict=True)
    ]


def understood_as(
    understood: Understood,
    categories: Sequence[str],
    knowledge: Knowledge,
    own_ibans: Mapping[str, Collection[str]],
) -> Understood:
    """Return the same rows with these categories, and the streams and returns that follow from them."""
    frame, tables = understood.frame, knowledge.tables
    columns = Columns(frame)
    decided = decide(columns, knowledge, own_ibans)
    number = np.array([tables.number[category] for category in categories], dtype=np.int16)
    decided.settle(np.ones(len(frame), dtype=np.bool_), number, Evidence.TEXT, _SURE)
    table, stream = stream_table(
        columns,
        texts_of(frame["payee"]),
        decided,
        knowledge,
        find_streams(columns, decided, knowledge),
    )
    returned = number == tables.number[RETURNED]
    partner = pair_returns(columns, decided.parties, knowledge, returned).partner
    pair = frame["pair"].to_numpy(dtype=object, copy=True)
    pair[partner >= 0] = columns.taken("tx", partner[partner >= 0])
    told = {"category": list(categories), "stream": stream.tolist(), "pair": pair.tolist()}
    changed = {name: text_column(values) for name, values in told.items()}
    return Understood(frame.assign(**changed), table)
