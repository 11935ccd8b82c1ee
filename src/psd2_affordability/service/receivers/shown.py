"""An answer on its way to who asked: with only what their purpose shows, as a value and as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from psd2_affordability.assess.results import Assessment
from psd2_affordability.connect.result import Received
from psd2_affordability.service.assess_case import NAMELESS, Answered, Question, assess_kept, assess_received
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.purposes import Purpose, purpose
from psd2_affordability.service.receivers.seen import LEFT_OUT, seen_for
from psd2_affordability.service.wire import to_json

#: The purpose of who brings the data and asks for themselves: everything is shown.
WHOLE = "debt_help"


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the receiver of a purpose sees it.

    Attributes:
        asked: the purpose.
        found: the answer, cut to what the purpose shows.
        sha256: name of the whole answer where it is kept; empty when nothing is.
        behind: the rows and the case that it was computed from; None for a purpose that names no bookings.
    """

    asked: Purpose
    found: Assessment
    sha256: str = ""
    behind: Answered | None = field(default=None, repr=False)

    def json(self) -> str:
        """Write it as JSON; what the receiver does not see is absent."""
        return to_json(self.found) if self.asked.names else to_json(self.found, LEFT_OUT)


def show_case(product: Product, subject: str, purpose_code: str, question: Question) -> Shown:
    """Answer from what is kept of a case, for a purpose; the whole answer is kept with its receipt.

    Raises:
        UnknownName: no such case or purpose.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    return _shown(product, assess_kept(product, subject, purpose_code, question), purpose(purpose_code))


def show_received(
    product: Product, received: Received, question: Question, purpose_code: str = WHOLE
) -> Shown:
    """Answer for a purpose from what a bank or a file brought in, without keeping it.

    Raises:
        UnknownName: there is no such purpose.
    """
    asked = purpose(purpose_code)
    bounded = replace(question, parts=question.parts & asked.parts)
    return _shown(product, assess_received(product, NAMELESS, received, bounded), asked)


def show_files(
    product: Product, files: Iterable[tuple[str, bytes]], question: Question, purpose_code: str = WHOLE
) -> Shown:
    """Answer for a purpose from the contents of statement files, each with its name.

    Raises:
        InputError: a file that cannot be read whole.
        UnknownName: there is no such purpose.
    """
    from psd2_affordability.connect.files.read import read_files

    return show_received(product, read_files(files), question, purpose_code)


def show_paths(
    product: Product,
    paths: Sequence[Path],
    question: Question,
    purpose_code: str = WHOLE,
    *,
    mask: bool = False,
) -> Shown:
    """Answer for a purpose from statement files.

    Args:
        product: the wired product.
        paths: files and folders.
        question: what is asked.
        purpose_code: what for.
        mask: replace private persons and sensitive payees first.

    Raises:
        InputError: a file that cannot be read whole.
        UnknownName: there is no such purpose.
    """
    from psd2_affordability.service.privacy import masked_for_showing
    from psd2_affordability.service.reading import read_paths

    received = read_paths(paths)
    received = masked_for_showing(product, received) if mask else received
    return show_received(product, received, question, purpose_code)


def _shown(product: Product, answered: Answered, asked: Purpose) -> Shown:
    found = seen_for(asked, answered.assessment, product.knowledge.taxonomy)
    return Shown(asked, found, answered.sha256, answered if asked.names else None)
