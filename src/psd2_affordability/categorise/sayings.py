"""What the descriptions of a frame say: each row is read once, and each distinct text once, figures aside."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.figures import first_letters, with_noughts
from psd2_affordability.categorise.texts import READ_AT_MOST, TextRules
from psd2_affordability.ledger.arrays import Ints
from psd2_affordability.ledger.clean import encoded
from psd2_affordability.ledger.columns import Columns

#: From so many rows on, a first sieve costs less than reading them all; the one for claims lets less through.
_SIEVE_FROM, _CLAIM_SIEVE_FROM = 20_000, 2_000

_UNREAD = -1


class Sayings:
    """Numbers what descriptions say: the same rules hold in all with one number, none in those with 0.

    Attributes:
        rules: for each number given out, the numbers of the rules that hold.
    """

    def __init__(self, columns: Columns, rules: TextRules) -> None:
        self._columns, self._rules = columns, rules
        self.rules: list[frozenset[int]] = [frozenset()]
        self._number: dict[frozenset[int], int] = {frozenset(): 0}
        self._of_forms: dict[frozenset[int], int] = {}
        self._of_row = np.full(len(columns), _UNREAD, dtype=np.int64)

    def of(
        self, rows: npt.NDArray[np.intp], incoming: npt.NDArray[np.bool_], *, claims: bool = False
    ) -> Ints:
        """Return the number of what each of some rows says.

        Args:
            rows: positions in the frame.
            incoming: whether money comes in, for each row of the frame.
            claims: only rules that claim are looked for, so that more may be left unread.
        """
        numbers: Ints = self._of_row[rows]
        unread = np.flatnonzero(numbers == _UNREAD)
        if len(unread) > (_CLAIM_SIEVE_FROM if claims else _SIEVE_FROM):
            hints = self._rules.claim_hints if claims else self._rules.hints
            numbers[unread] = self._sieved(rows[unread], incoming, hints)
        elif len(unread):
            numbers[unread] = self._of_row[rows[unread]] = self._read(rows[unread])
        return numbers

    def _sieved(
        self, rows: npt.NDArray[np.intp], incoming: npt.NDArray[np.bool_], hints: tuple[str, str]
    ) -> Ints:
        """Read only the rows with a word that some rule for their direction asks for."""
        numbers = np.zeros(len(rows), dtype=np.int64)
        for direction, hint in enumerate(hints):
            at = np.flatnonzero(incoming[rows] == bool(direction))
            if hint and len(at):
                texts = self._columns.texts("remittance").take(pa.array(rows[at]))
                hinted = at[pc.match_substring_regex(texts, hint).to_numpy(zero_copy_only=False)]
                numbers[hinted] = self._read(rows[hinted])
        return numbers

    def _read(self, rows: npt.NDArray[np.intp]) -> Ints:
        texts = self._columns.texts("remittance").take(pa.array(rows))
        code, alike = encoded(with_noughts(first_letters(texts, READ_AT_MOST)))
        numbers: Ints = np.array([self._number_of(text) for text in alike], dtype=np.int64)[code]
        return numbers

    def _number_of(self, text: str) -> int:
        forms = self._rules.forms_in(text)
        number = self._of_forms.get(forms)
        if number is None:
            said = self._rules.said(forms)
            number = self._of_forms[forms] = self._number.setdefault(said, len(self.rules))
            if number == len(self.rules):
                self.rules.append(said)
        return number
