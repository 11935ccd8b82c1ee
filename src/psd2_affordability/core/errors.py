"""The one tree of errors, each with a stable code.

    AffordabilityError
    ├── UsageError              the question itself is wrong            exit 2
    │   ├── UnknownName         a person, bank, rule or option we do not have
    │   └── HouseholdError      a household file with a wrong key or value
    ├── InputError              a file that cannot be read whole        exit 3
    │   ├── UnknownFormat       not a statement we recognise
    │   ├── BrokenFile          recognised, but damaged or hostile
    │   ├── LedgerError         rows that break the ledger's schema
    │   ├── ParametersError     user-supplied amounts that are not as their template says
    │   ├── LabelsError         a labelled file, or the mapping of its labels, that does not read strictly
    │   └── CredentialsError    a key or certificate that cannot be used
    ├── RuleError               the rule data                           exit 1
    │   ├── RuleFileError       a rule file that does not load strictly
    │   └── RuleNotInForce      no version for the date asked
    ├── BankError               bank or network                         exit 4
    │   ├── BankUnreachable     no answer in time
    │   ├── BankRefused         the bank answered with an error
    │   │   ├── HistoryRefused  the bank does not go back so far
    │   │   ├── BankDown        the fault is on the bank's side, and may pass
    │   │   ├── TokenRefused    the bank does not accept the access token
    │   │   └── NotOffered      the bank does not have what was asked
    │   ├── RateLimited         the bank or our own budget says: later
    │   ├── ConsentNotValid     expired, revoked, rejected or unknown
    │   │   └── NotApprovedYet  the person has yet to decide in the bank's app
    │   └── BankAnswerBroken    truncated, hostile or malformed answer
    ├── SealedSet               a labelled set that is not looked at without a reason       exit 1
    ├── ConnectorFileError      a bank's file that does not load        exit 1
    └── StoreError              the store cannot keep or find it        exit 1

A refusal that belongs to the domain (too little history, no rule for the date in an
assessment) is a value, `core.answer.Unknown`, not an exception.
"""

from typing import ClassVar


class AffordabilityError(Exception):
    """Something went wrong that the user can act on; says what, where and what to do."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.do = do

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line}. {self.do}" if self.do else line


class UsageError(AffordabilityError):
    """The question itself is wrong."""

    code = "usage"
    exit_status = 2


class UnknownName(UsageError):
    """A name that is not in the list it should be in."""

    code = "usage.unknown_name"

    @classmethod
    def among(cls, kind: str, name: str, known: list[str]) -> "UnknownName":
        """Say which names there are, the nearest first.

        >>> print(UnknownName.among("bank", "sandbox.berlin", ["sandbox.berlin_group"]))
        no bank is called 'sandbox.berlin'. Did you mean sandbox.berlin_group?
        """
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=3, cutoff=0.5)
        hint = (
            f"Did you mean {' or '.join(near)}?"
            if near
            else f"There are: {', '.join(sorted(known)) or 'none'}"
        )
        return cls(f"no {kind} is called '{name}'", do=hint)


class HouseholdError(UsageError):
    """A household file with an unknown key or a value that cannot be."""

    code = "usage.household"


class InputError(AffordabilityError):
    """A file or folder that cannot be read."""

    code = "input"
    exit_status = 3


class UnknownFormat(InputError):
    """The content is not a bank statement in a format that we recognise."""

    code = "input.unknown_format"


class BrokenFile(InputError):
    """The format is recognised, but the content is damaged or hostile."""

    code = "input.broken_file"


class LedgerError(InputError):
    """Rows that break the ledger's schema."""

    code = "input.ledger"


class ParametersError(InputError):
    """A file of user-supplied amounts that is not as its template says."""

    code = "input.parameters"


class LabelsError(InputError):
    """A labelled file, or the file that says what its labels mean, is not as it should be."""

    code = "input.labels"


class CredentialsError(InputError):
    """A key or certificate that cannot be used; never quotes any of it."""

    code = "input.credentials"


class SealedSet(AffordabilityError):
    """A labelled set that is kept from being tuned on: a look needs a reason, and is written down."""

    code = "sealed_set"


class RuleError(AffordabilityError):
    """The rule data has a fault or no answer."""

    code = "rule"


class RuleFileError(RuleError):
    """A rule file that does not load strictly."""

    code = "rule.file"


class RuleNotInForce(RuleError):
    """No version of the rule is in force on the date asked."""

    code = "rule.not_in_force"


class BankError(AffordabilityError):
    """The bank or the network did not give what was asked."""

    code = "bank"
    exit_status = 4


class BankUnreachable(BankError):
    """No complete answer in time."""

    code = "bank.unreachable"


class BankRefused(BankError):
    """The bank answered with an error; `unexplained`: with 401 and no reason, so the token may have ended."""

    code = "bank.refused"

    def __init__(self, what: str, *, where: str = "", do: str = "", unexplained: bool = False) -> None:
        super().__init__(what, where=where, do=do)
        self.unexplained = unexplained


class HistoryRefused(BankRefused):
    """The bank does not go back as far as was asked."""

    code = "bank.history_refused"


class BankDown(BankRefused):
    """The bank, or the bank behind an aggregator, has a fault that may pass."""

    code = "bank.down"


class TokenRefused(BankRefused):
    """The bank does not accept the access token; a renewed one may do."""

    code = "bank.token_refused"


class NotOffered(BankRefused):
    """The bank does not have the service, the option or the format that was asked."""

    code = "bank.not_offered"


class RateLimited(BankError):
    """The bank, or our own call budget, says: later; `retry_after_s` when it says how much later."""

    code = "bank.rate_limited"

    def __init__(self, what: str, *, where: str = "", do: str = "", retry_after_s: int | None = None) -> None:
        super().__init__(what, where=where, do=do)
        self.retry_after_s = retry_after_s


class ConsentNotValid(BankError):
    """The consent is expired, revoked, rejected or unknown to the bank."""

    code = "bank.consent_not_valid"


class NotApprovedYet(ConsentNotValid):
    """The person has yet to decide on the consent, in the bank's own app; it may be tried again."""

    code = "bank.consent_not_valid.waits"


class BankAnswerBroken(BankError):
    """The answer is truncated, hostile or malformed."""

    code = "bank.answer_broken"


class ConnectorFileError(AffordabilityError):
    """A bank's or a standard's file that does not load strictly."""

    code = "connector.file"


class StoreError(AffordabilityError):
    """The store cannot keep or find what was asked."""

    code = "store"
