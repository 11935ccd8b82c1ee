"""How well the categoriser does on a labelled file."""

from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from psd2_affordability import __version__
from psd2_affordability._data import data_folder
from psd2_affordability.categorise.evaluation.baselines import read_keywords
from psd2_affordability.categorise.evaluation.labels import LabelSet, own_labels, read_mapping
from psd2_affordability.categorise.evaluation.results import Evaluation
from psd2_affordability.categorise.evaluation.run import Asked, Labelled, evaluate
from psd2_affordability.core.errors import InputError, LabelsError, SealedSet, UsageError
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.decision_error import DecisionError, decision_errors
from psd2_affordability.service.labelled_file import check_labels, parse_labelled
from psd2_affordability.service.sealed import Look, check_reason, is_sealed, write_down

_KEYWORDS = "nl/evaluation/keywords.toml"


@dataclass(frozen=True, slots=True)
class EvaluationAsked:
    """What to evaluate and how.

    Attributes:
        file: the labelled file.
        mapping: what its labels mean, when they are not ours.
        unseen: share of the payees to hide in the second run; 0 for none.
        seed: decides which.
        worst: how many mistakes to show.
        look: why a sealed set is looked at.
    """

    file: Path
    mapping: Path | None = None
    unseen: Decimal = Decimal("0.2")
    seed: int = 1
    worst: int = 0
    look: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """An evaluation and what it rests on.

    Attributes:
        file: name of the labelled file.
        sha256: of its content.
        sealed: each look at it is written down.
        engine: version of the engine.
        knowledge_sha256: of the knowledge.
        columns_left_alone: columns of the file that nothing reads.
        evaluation: the measures.
        decisions: what the mistakes do to monthly figures.
    """

    file: str
    sha256: str
    sealed: bool
    engine: str
    knowledge_sha256: str
    columns_left_alone: tuple[str, ...]
    evaluation: Evaluation
    decisions: tuple[DecisionError, ...] = field(default=())


def evaluate_file(product: Product, asked: EvaluationAsked) -> EvaluationReport:
    """Evaluate a labelled file; a look at a sealed one is written down before anything else.

    Raises:
        LabelsError: the file or its mapping is not as it should be.
        SealedSet: the file is sealed and no reason is given, or its rows are asked for.
    """
    content, where = _content(asked.file), str(asked.file)
    digest, knowledge = sha256(content).hexdigest(), product.knowledge
    sealed = is_sealed(asked.file, content)
    if sealed:
        check_reason(asked.file, asked.look)
        if asked.worst:
            raise SealedSet("rows of a sealed set are never shown", where=where, do="Leave --worst out")
        write_down(asked.file, Look(product.clock.today(), asked.look, digest, knowledge.sha256, __version__))
    elif asked.look:
        raise UsageError("this file is not sealed, so no look is written down", do="Leave --look out")
    labels = _label_set(product, asked.mapping)
    frame, given, left_alone = parse_labelled(content, where)
    check_labels(content, given, labels, where)
    labelled = Labelled(frame, given, labels)
    if not labelled.judged.any():
        raise LabelsError("no row has a label that counts", where=where)
    options = Asked(_keywords(product), asked.unseen, asked.seed, asked.worst)
    return EvaluationReport(
        file=asked.file.name,
        sha256=digest,
        sealed=sealed,
        engine=__version__,
        knowledge_sha256=knowledge.sha256,
        columns_left_alone=left_alone,
        evaluation=evaluate(labelled, knowledge, options),
        decisions=decision_errors(product, labelled),
    )


def _label_set(product: Product, mapping: Path | None) -> LabelSet:
    taxonomy = product.knowledge.taxonomy
    return read_mapping(_content(mapping), str(mapping), taxonomy) if mapping else own_labels(taxonomy)


def _keywords(product: Product) -> tuple[tuple[str, str], ...]:
    content = (data_folder("rules") / _KEYWORDS).read_bytes()
    return read_keywords(content, _KEYWORDS, product.knowledge.taxonomy)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise InputError(f"the file cannot be read ({why})", where=str(path)) from error
