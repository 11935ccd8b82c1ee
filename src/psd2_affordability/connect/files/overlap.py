"""Files that overlap: what two of them say twice is counted once, and said so."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from psd2_affordability.connect.files.statement import Entry, Statement
from psd2_affordability.connect.result import Rejected
from psd2_affordability.ledger.schema import BOOKED


def without_overlap(statements: Sequence[Statement]) -> tuple[list[list[Entry]], list[Rejected]]:
    """Entries to keep of each statement, and a remark for each file that repeats an earlier one.

    Within a file, or the pages of one answer, nothing is doubled: two equal coffees on one day are
    two rows. Across files of one account equal rows are the same row, unless the one statement
    directly follows the other.
    """
    kept = [statement.entries for statement in statements]
    remarks: list[Rejected] = []
    by_account: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, statement in enumerate(statements):
        by_account[statement.account, statement.currency].append(at)
    for (account, _), places in by_account.items():
        if len({statements[at].source for at in places}) > 1:
            repeated = _keep_once(statements, places, kept)
            remarks += [
                Rejected(
                    file,
                    f"{count} rows of account {account} are in an earlier file too; counted once",
                    lost=False,
                )
                for file, count in repeated.items()
            ]
    return kept, remarks


def _keep_once(
    statements: Sequence[Statement], places: Sequence[int], kept: list[list[Entry]]
) -> Mapping[str, int]:
    """Drop from `kept` what an earlier file has; count how many of each file."""
    repeated: Counter[str] = Counter()
    seen: dict[Entry, list[Statement]] = defaultdict(list)
    for inside in _by_source(statements, places):
        used: Counter[Entry] = Counter()
        new: list[tuple[Entry, Statement]] = []
        for at in inside:
            statement = statements[at]
            keep: list[Entry] = []
            for entry in statement.entries:
                said = _said(entry)
                earlier = seen[said][used[said]] if used[said] < len(seen.get(said, ())) else None
                if earlier is None or _follows(earlier, statement):
                    keep.append(entry)
                    new.append((said, statement))
                else:
                    used[said] += 1
            repeated[statement.file] += len(statement.entries) - len(keep)
            kept[at] = keep
        for said, statement in new:
            seen[said].append(statement)
    _drop_settled(statements, places, kept, seen)
    return +repeated


def _drop_settled(
    statements: Sequence[Statement],
    places: Sequence[int],
    kept: list[list[Entry]],
    seen: Mapping[Entry, Sequence[Statement]],
) -> None:
    """Drop a pending row that another file has as booked."""
    for at in places:
        kept[at] = [
            entry
            for entry in kept[at]
            if entry.status == BOOKED
            or all(
                booked.source == statements[at].source
                for booked in seen.get(_said(entry)._replace(status=BOOKED), ())
            )
        ]


def _by_source(statements: Sequence[Statement], places: Iterable[int]) -> Iterable[list[int]]:
    sources: dict[str, list[int]] = {}
    for at in places:
        sources.setdefault(statements[at].source, []).append(at)
    return sources.values()


def _said(entry: Entry) -> Entry:
    """What makes two rows of two files the same one; codes may differ between formats."""
    return entry.without_evidence()._replace(
        valued=0, creditor_id="", mandate_id="", bank_code="", purpose_code="", return_reason=""
    )


def _follows(earlier: Statement, later: Statement) -> bool:
    """Whether one statement ends where the other begins, in either order."""
    return _joins(earlier, later) or _joins(later, earlier)


def _joins(first: Statement, second: Statement) -> bool:
    end, start = first.closing, second.opening
    if end is None or start is None or end.amount != start.amount:
        return False
    return end.on is None or start.on is None or start.on >= end.on
