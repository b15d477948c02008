"""From notebooks to executed notebooks: two kernels at a time, progress by cell, and nothing half done kept."""

import errno
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from shutil import get_terminal_size
from threading import Event, Lock
from time import perf_counter
from typing import Any

from .plan import Page

WORKERS = 2
LONGEST = 1800  # seconds a cell may take
STEADY = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


@dataclass(frozen=True)
class Run:
    """One page and its executed notebook.

    failure: why it is not complete ("" when it is); lost: the kernel died, the code did not fail; stale: what it rests
    on has changed since.
    """

    page: Page
    executed: Path
    failure: str = ""
    lost: bool = False
    stale: bool = False


@dataclass(frozen=True, eq=False)
class Job:
    """A page to run: where its executed notebook goes, and the fingerprint that this is kept under."""

    page: Page
    target: Path
    fingerprint: str


@dataclass
class _Work:
    """What the threads of one run share; `bar` is a tqdm bar over the cells of all pages, shown on a terminal only."""

    folder: Path
    bar: Any
    places: dict[str, str] = field(default_factory=dict)
    futures: list[Future] = field(default_factory=list)
    kernels: list[Any] = field(default_factory=list)
    sockets: Iterator[int] = field(default_factory=count)
    stopped: Event = field(default_factory=Event)
    lock: Any = field(default_factory=Lock)

    def at(self, name: str, place: str, *, cells: int = 0) -> None:
        """Show where a page is; "" takes it off the line."""
        with self.lock:
            self.places |= {name: place}
            self.bar.update(cells)
            self.bar.set_postfix_str(" · ".join(f"{name} {place}" for name, place in self.places.items() if place))

    def done(self, name: str, words: str, start: float) -> None:
        """Print the line of a page that has ended."""
        self.at(name, "")
        with self.lock, self.bar.external_write_mode(sys.stdout):
            print(f"{name:<20} {words}  {perf_counter() - start:.1f} s", flush=True)


def kept(job: Job) -> Run | None:
    """Find the page as it was run before, `stale` when something it rests on has changed; None when there is none."""
    try:
        told = json.loads(job.target.read_text(encoding="utf-8"))["metadata"]["dateline"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Run(job.page, job.target, told["failure"], stale=told["fingerprint"] != job.fingerprint)


def run(jobs: list[Job]) -> list[Run]:
    """Run pages on two workers, a line of progress each; a failing one does not stop the others.

    A page that is done is kept at once. When interrupted, or when the disk is full, every kernel is killed and the
    exception goes on to the caller.
    """
    from tqdm import tqdm

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    # A grammar of web addresses that no notebook is checked against takes two seconds to load.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    total, width = sum(map(_cells, jobs)), get_terminal_size().columns - 1
    look = {"bar_format": "{n} of {total} cells, {elapsed}{postfix}", "ncols": width, "leave": False}
    bar = tqdm(total=total, file=sys.stdout, disable=None, **look)
    # The folder is the process's, not a thread's: enter it once, so that a path means the same in every notebook.
    with bar, tempfile.TemporaryDirectory(prefix="dateline-") as folder, chdir(jobs[0].page.home):
        work = _Work(Path(folder), bar)
        with ThreadPoolExecutor(WORKERS) as workers, _stopping(work, workers):
            work.futures += [workers.submit(_page, job, work) for job in jobs]
            for future in wait(work.futures, return_when=FIRST_EXCEPTION).done:
                future.result()
            return [future.result() for future in work.futures]


@contextmanager
def _stopping(work: _Work, workers: ThreadPoolExecutor) -> Iterator[None]:
    """Whatever interrupts the work kills the kernels, so that the threads end now and not after their notebooks."""
    try:
        yield
    except BaseException:
        work.stopped.set()
        workers.shutdown(wait=False, cancel_futures=True)
        while not all(future.done() for future in work.futures):
            for kernel in work.kernels:
                process = getattr(kernel.provisioner, "process", None)
                if process is not None and process.poll() is None:
                    process.kill()
            Event().wait(0.05)
        raise


def _cells(job: Job) -> int:
    """How many cells of a page are run."""
    cells = json.loads(job.page.notebook.read_text("utf-8"))["cells"]
    return sum(cell["cell_type"] == "code" for cell in cells) + bool(job.page.given)


def _page(job: Job, work: _Work) -> Run:
    """One page; a kernel that does not start is tried once more."""
    name, begun, total, start = job.page.name, [], _cells(job), perf_counter()
    for last in (False, True):
        work.at(name, "starting")
        failure, lost, part = _execute(job, work, begun, total)
        if begun or last or not lost or work.stopped.is_set():
            break
        work.at(name, "its kernel did not start; trying once more")
    where = f"cell {len(begun)} of {total}: " if begun else "its kernel did not start, twice: " if lost else ""
    failure = " ".join(f"{where}{failure}".split()) if failure else ""
    if not work.stopped.is_set():
        _keep(job, part if part.exists() else job.page.notebook, failure)
        work.done(name, f"FAILED  {failure}" if failure else f"done  {len(begun)} cells", start)
    part.unlink(missing_ok=True)
    return Run(job.page, job.target, failure, lost)


def _execute(job: Job, work: _Work, begun: list[int], total: int) -> tuple[str, bool, Path]:
    """Run a notebook through papermill: why it failed, whether that was the kernel's fault, and what was written.

    The kernel talks over files, so nothing listens on the network.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    def _cell(**told: Any) -> None:
        begun.append(told["cell_index"])
        work.at(job.page.name, f"cell {len(begun)} of {total}", cells=1)

    part = job.target.with_suffix(".part.ipynb")
    part.parent.mkdir(parents=True, exist_ok=True)
    socket = work.folder / str(next(work.sockets))
    config = Config({"KernelManager": {"transport": "ipc", "ip": str(socket)}})
    try:
        papermill.execute_notebook(
            *(str(job.page.notebook), str(part), job.page.given), config=config, on_cell_execute=_cell,
            kernel_manager_class=_manager(work), shutdown_kernel="immediate", execution_timeout=LONGEST,
            progress_bar=False, request_save_on_cell_execute=False,
        )  # fmt: skip
    except PapermillExecutionError as error:
        return (error.evalue if error.ename == "InputError" else f"{error.ename}: {error.evalue}"), False, part
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise
        kind = type(error).__name__
        if kind == "CellTimeoutError":
            return f"took longer than {LONGEST // 60} minutes", False, part
        killed = "its kernel was killed; is there enough memory?"
        return (killed if kind == "DeadKernelError" else f"{kind}: {error}"), True, part
    return "", False, part


def _manager(work: _Work) -> type:
    """A manager of kernels that lists those it starts, and lets no settings of the user into them."""
    from jupyter_client.manager import AsyncKernelManager

    class _Manager(AsyncKernelManager):
        async def _async_pre_start_kernel(self, **options: Any) -> Any:
            if work.stopped.is_set():
                raise RuntimeError("interrupted")
            work.kernels.append(self)
            own = {**os.environ, **STEADY, "IPYTHONDIR": str(work.folder / "ipython")}
            return await super()._async_pre_start_kernel(**{**options, "env": own})

    return _Manager


def _keep(job: Job, source: Path, failure: str) -> None:
    """Put an executed notebook in its place at once, without clock, process numbers or cells that papermill added."""
    notebook = json.loads(source.read_text(encoding="utf-8"))
    kept_ = []
    for cell in notebook["cells"]:
        tags = cell.get("metadata", {}).get("tags", [])
        if "papermill-error-cell-tag" in tags:
            continue
        cell["metadata"] = {"tags": tags} if tags else {}
        if "injected-parameters" in tags:
            cell["id"] = "given"
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if output.get("name") != "stderr"]
        kept_.append(cell)
    metadata = {name: notebook["metadata"].get(name) for name in ("kernelspec", "language_info")}
    metadata = {name: value for name, value in metadata.items() if value}
    metadata["dateline"] = {"fingerprint": job.fingerprint, "failure": failure}
    notebook |= {"cells": kept_, "metadata": metadata}
    new = job.target.with_suffix(".new")
    new.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    new.replace(job.target)
