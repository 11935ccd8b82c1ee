"""Why an answer is what it is: a code for programs, a sentence for people, and the evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of an answer, in plain English and plain Dutch.

    Attributes:
        code: stable, dotted, lower case; programs key on it.
        says: one plain English sentence.
        says_nl: the same in plain Dutch (B1).
        rule: id of the dated rule behind it, or empty.
        article: where the law or norm says it, or empty.
        transactions: keys (`tx`) of the transactions that show it.
    """

    code: str
    says: str
    says_nl: str
    rule: str = ""
    article: str = ""
    transactions: tuple[str, ...] = ()
