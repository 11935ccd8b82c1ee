"""The same rows understood as their labels say, so that answers drawn from both can be compared."""

from psd2_affordability.categorise.corrections import Corrections
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.categorise.evaluation.run import Labelled
from psd2_affordability.categorise.knowledge import Knowledge


def understood_as_labelled(ours: Understood, labelled: Labelled, knowledge: Knowledge) -> Understood:
    """Understand rows once more, with every label as the correction of a person.

    A row stays what it is where its label allows that, or does not count; otherwise it becomes the first
    category that the label names.

    Args:
        ours: the same rows, understood without their labels.
        labelled: the rows and their labels.
        knowledge: what both are understood with.
    """
    labels, frame = labelled.labels, ours.frame
    said: dict[str, dict[str, str]] = {subject: {} for subject in frame["subject"].unique()}
    for subject, tx, answer, given in zip(
        frame["subject"].tolist(),
        frame["tx"].tolist(),
        frame["category"].tolist(),
        labelled.label,
        strict=True,
    ):
        allowed = labels.means.get(given, {answer})
        said[subject][tx] = answer if answer in allowed else labels.names[given][0]
    corrections = {subject: Corrections(rows) for subject, rows in said.items()}
    return understand(labelled.frame, knowledge, labelled.own_ibans, corrections)
