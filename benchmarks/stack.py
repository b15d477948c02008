"""The report against papermill and nbconvert run by hand for each notebook: wall time, and what comes out.

    python benchmarks/stack.py [rounds]

Both start with nothing cached and run in turn, so that the ratio holds when the machine's speed drifts.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def ours(folder: Path) -> None:
    run(sys.executable, "-m", "helpers.report", "--build", folder, cwd=ROOT)


def by_hand(folder: Path) -> None:
    for notebook in NOTEBOOKS:
        executed = folder / notebook.name
        run(Path(sys.executable).parent / "papermill", "--no-progress-bar", notebook, executed, cwd=notebook.parent)
        run(
            Path(sys.executable).parent / "jupyter",
            "nbconvert",
            "--to",
            "html",
            "--log-level=ERROR",
            executed,
            cwd=folder,
        )


def run(*command: object, cwd: Path) -> None:
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True)


def timed(way, folder: Path) -> float:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    start = perf_counter()
    way(folder)
    return perf_counter() - start


def measure(folder: Path) -> tuple[int, int]:
    """Bytes of the HTML pages, and references to other hosts in them."""
    pages = [path.read_text(encoding="utf-8") for path in folder.rglob("*.html")]
    remote = sum(len(re.findall(r"(?:src|href)=[\"']https?://", page)) for page in pages)
    return sum(map(len, pages)), remote


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        one, two = Path(place) / "ours", Path(place) / "by-hand"
        times = [(timed(ours, one), timed(by_hand, two)) for _ in range(rounds)]
        for name, number, folder in (("make report", 0, one), ("papermill and nbconvert", 1, two)):
            size, remote = measure(folder)
            seconds = median(pair[number] for pair in times)
            print(f"{name:<24} {seconds:6.1f} s   {size / 1000:8,.0f} kB of HTML   {remote:3} remote references")
        ratio = median(a / b for a, b in times)
        print(f"ratio of wall time       {ratio:6.2f}   (median of {rounds} rounds; the aim is 0.50 or less)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
