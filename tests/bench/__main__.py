"""``make bench``: measure, and write docs/benchmarks.md and docs/scale.md."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from bench.jobs import Bench
from bench.measure import Job, by_turns
from bench.page import Results, page, processor
from bench.scale import scale
from bench.trust import CHECKOUT


def main() -> None:
    """Measure with the options given, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--n", default="10,50", help="numbers of schools; rivals run at the first")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    parser.add_argument("--memory", type=int, default=0, help="documents to write in one process")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "docs", help="folder")
    given = parser.parse_args()
    sizes = [int(n) for n in given.n.replace(" ", ",").split(",") if n]
    with tempfile.TemporaryDirectory(prefix="policygen-bench-") as name:
        results = measured(Path(name), sizes, given.rounds, given.memory)
    given.out.mkdir(exist_ok=True)
    (given.out / "benchmarks.md").write_text(page(results), "utf-8")
    reckoned = [bench for bench in results.benches if bench.stages][-1]
    (given.out / "scale.md").write_text(scale(reckoned.figures(), processor()), "utf-8")
    _tell("Written: benchmarks.md, scale.md")


def measured(folder: Path, sizes: list[int], rounds: int, documents: int) -> Results:
    """Measure in an empty folder; rivals at the first size only, where they take long."""
    results = Results(rounds)
    for place, schools in enumerate(sizes):
        bench = Bench(folder / str(schools), schools)
        jobs = bench.ours(cold=True) if place < 2 else bench.ours(cold=False)
        jobs += bench.small()
        if place == 0:
            jobs += [*bench.by_format(), *bench.rivals()]
        by_turns(jobs, rounds, _tell)
        results.benches.append(bench)
        results.jobs.append({job.name: job for job in jobs})
    if documents:
        results.peaks = _memory(folder / "memory", documents)
    return results


def _memory(folder: Path, documents: int) -> list[float]:
    """Give the most MB a process has taken, after each fifty documents."""
    bench = Bench(folder, -(-documents // 2))
    job: Job = bench.memory()
    job.once()
    _tell(f"{documents} documents in one process: {job.seconds:.0f} s")
    peaks: list[float] = json.loads((folder / "memory" / "peaks.json").read_text("utf-8"))
    return peaks


def _tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201 a command


if __name__ == "__main__":
    main()
