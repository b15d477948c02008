"""Time a command here against the same command at another revision: CPU seconds, in turn, and their ratio.

    python benchmarks/against.py 9f0f03d -- make test
    python benchmarks/against.py 9f0f03d -- sh -c "rm -rf build && make report"

The other revision is checked out beside this one, set up by its own `make setup`, and removed again at the end (--keep
leaves it for the next time). Prints the median of three runs of each; a command that fails is named and ends it.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Cost(NamedTuple):
    """What one run took: CPU seconds of all its processes, and seconds on the clock."""

    cpu: float
    wall: float


def main() -> None:
    options = _options()
    there = _checked_out(options.revision)
    try:
        costs: dict[Path, list[Cost]] = {ROOT: [], there: []}
        for turn in range(options.runs):
            for folder in (ROOT, there):
                cost = _run(options.command, folder)
                costs[folder].append(cost)
                name = "here" if folder == ROOT else options.revision
                print(f"{turn + 1}  {name:<12} {cost.cpu:8.1f} s CPU {cost.wall:8.1f} s on the clock", flush=True)
    finally:
        if not options.keep:
            subprocess.run(["git", "worktree", "remove", "--force", there], cwd=ROOT, check=False)
    here, other = (median(cost.cpu for cost in costs[folder]) for folder in (ROOT, there))
    print(f"median       here {here:.1f} s, {options.revision} {other:.1f} s, ratio {here / other:.2f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision", help="a commit, tag or branch to compare with")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (3)")
    parser.add_argument("--keep", action="store_true", help="leave the other revision set up for the next time")
    if "--" not in sys.argv:
        parser.error("name the command behind --, as in: python benchmarks/against.py 9f0f03d -- make test")
    at = sys.argv.index("--")
    options = parser.parse_args(sys.argv[1:at])
    options.command = sys.argv[at + 1 :]
    return options


def _checked_out(revision: str) -> Path:
    """A checkout of a revision with its own .venv."""
    asked = ["git", "rev-parse", "--verify", f"{revision}^{{commit}}"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    if not commit:
        sys.exit(f"{revision}: git knows no such revision; give a commit, tag or branch")
    folder = Path(tempfile.gettempdir()) / f"dateline-{commit[:12]}"
    if not folder.exists():
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", folder, commit], cwd=ROOT, check=True)
    subprocess.run(["make", "setup"], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return folder


def _run(command: list[str], folder: Path) -> Cost:
    """Run a command in a folder; what it prints is shown only when it fails."""
    before, start = _cpu(), perf_counter()
    clean = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed in {folder}:\n{(done.stdout + done.stderr)[-3000:]}")
    return Cost(_cpu() - before, perf_counter() - start)


def _cpu() -> float:
    """CPU seconds of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
