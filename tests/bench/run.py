"""Measure everything and write docs/benchmarks.md: `make bench`."""

import importlib
import multiprocessing
import platform
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from measure import Measurement  # noqa: E402 - the bench folder is not a package

BENCHES = {
    "Understanding transactions": "bench_categorise",
    "Finding streams": "bench_streams",
    "Assessing": "bench_assess",
    "Reading statement files": "bench_reading",
    "Law": "bench_law",
    "Keeping": "bench_store",
    "Starting": "bench_start",
}

HEAD = ["| what | figure | budget | | beside it | ratio |", "|---|---|---|---|---|---|"]


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


def _row(found: Measurement) -> str:
    sign = "at least" if found.higher_is_better else "at most"
    budget = "" if found.budget is None else f"{sign} {_figure(found.budget)}"
    verdict = {True: "kept", False: "**missed**", None: ""}[found.met]
    ratio = "" if found.ratio is None else f"{_figure(found.ratio)} x"
    peer = f"{found.peer}: {_figure(found.peer_value)}" if found.peer else ""
    cells = [found.name, f"{_figure(found.value)} {found.unit}", budget, verdict, peer, ratio]
    return "| " + " | ".join(cells) + " |"


def _measured(name: str) -> list[Measurement]:
    found: list[Measurement] = importlib.import_module(name).run()
    return found


def _alone(name: str) -> list[Measurement]:
    """Measure in a process of its own: what one bench leaves in memory must not slow the next."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(_measured, name).result()


def main() -> int:
    """Run every bench and write the page; a missed budget is shown, not hidden."""
    console = Console(stderr=True)
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`; each part runs in a process of its own, with its peers, on the same data.",
        "Absolute figures depend on the machine, so read the ratios first.",
        "",
        f"Machine: {platform.machine()}, Python {platform.python_version()}, one core used.",
        "",
    ]
    missed = 0
    with Progress(console=console) as progress:
        task = progress.add_task("measuring", total=len(BENCHES))
        for title, name in BENCHES.items():
            progress.update(task, description=title.lower())
            found = _alone(name)
            missed += sum(one.met is False for one in found)
            lines += [
                f"## {title}",
                "",
                "| what | figure | budget | | beside it | ratio |",
                "|---|---|---|---|---|---|",
            ]
            lines += [*map(_row, found), ""]
            progress.advance(task)
    docs = HERE.parents[1] / "docs"
    lines.append((docs / "benchmark-notes.md").read_text(encoding="utf-8"))
    (docs / "benchmarks.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    console.print(f"docs/benchmarks.md written; budgets missed: {missed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
