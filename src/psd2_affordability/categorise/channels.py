"""How money moved, as the bank's code says, or else as the description starts."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.codes import Channel
from psd2_affordability.ledger.columns import Columns

#: Beginnings and labels of descriptions where a bank gives no code.
_SAID = (
    (Channel.ATM, r"^GEA\b|Geldautomaat|Geldmaat"),
    (
        Channel.CARD,
        r"^BEA\b|Betaalautomaat|Pasvolgnr|,PAS[0-9]| KV[0-9]{1,4} |\bMCC:|[0-9] [Pp]as(?:nr|:)? ?[0-9]",
    ),
    (Channel.RETURN, r"/RTRN/|[Tt]erugboeking [Ii]ncasso|Incasso terugboeking"),
    (Channel.DIRECT_DEBIT, r"SEPA Incasso|/MARF/|Machtiging ID|[Dd]oorlopende incasso"),
    (Channel.IDEAL, r"/TRTP/iDEAL|iDEAL"),
    (Channel.TRANSFER, r"(?i)SEPA overboeking|/REMI/"),
)
_LOOKED_AT = 160


def find_channels(
    columns: Columns, by_code: npt.NDArray[np.int8], incoming: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int8]:
    """Return the channel of each row: code, then mandate, then description."""
    channel = by_code.copy()
    debited = ~(columns.blank("creditor_id") & columns.blank("mandate_id"))
    channel[debited & (channel == Channel.UNKNOWN)] = Channel.DIRECT_DEBIT
    texts = columns.texts("remittance")
    silent = np.flatnonzero((channel == Channel.UNKNOWN) & ~columns.wordless)
    if len(silent):
        starts = pc.utf8_slice_codeunits(texts.take(pa.array(silent)), 0, _LOOKED_AT)
        said = np.full(len(silent), Channel.UNKNOWN, dtype=np.int8)
        for kind, pattern in reversed(_SAID):
            said[pc.match_substring_regex(starts, pattern).to_numpy(zero_copy_only=False)] = kind
        channel[silent] = said
    paid = np.flatnonzero((channel == Channel.TRANSFER) & ~incoming)
    if len(paid):
        ideal = pc.match_substring_regex(texts.take(pa.array(paid)), "iDEAL").to_numpy(zero_copy_only=False)
        channel[paid[ideal]] = Channel.IDEAL
    channel[incoming & (channel == Channel.DIRECT_DEBIT)] = Channel.RETURN
    return channel
