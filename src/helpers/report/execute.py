"""From notebooks to executed notebooks: two kernels at a time, progress by cell, and nothing half done kept."""

import errno
import json
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
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

    `failure` says why it is not complete ("" when it is), `lost` that its kernel and not its code was at fault, `stale`
    that what it rests on has changed since.
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


class Progress:
    """What is running: on a terminal one line that changes, elsewhere a line for every ten seconds of a page."""

    def __init__(self) -> None:
        self.live, self.lock = sys.stdout.isatty(), Lock()
        self.pages: dict[str, tuple[str, float]] = {}
        self.told: dict[str, float] = {}

    def at(self, name: str, what: str) -> None:
        """A page has come to a cell."""
        with self.lock:
            self.pages[name] = (what, self.pages.get(name, ("", perf_counter()))[1])
        self.tick()

    def done(self, name: str, words: str) -> None:
        """A page has ended; `words` say how."""
        with self.lock:
            _, start = self.pages.pop(name, ("", perf_counter()))
            self.told.pop(name, None)
            clear = "\r\x1b[K" if self.live else ""
            print(f"{clear}{name:<20} {words}  {perf_counter() - start:.1f} s", flush=True)

    def tick(self) -> None:
        """Say where the running pages are, if it is time to."""
        with self.lock:
            now = perf_counter()
            lines = {name: f"{name:<20} {what}  {now - start:.1f} s" for name, (what, start) in self.pages.items()}
            if self.live:
                width = shutil.get_terminal_size().columns - 1
                print(
                    f"\r\x1b[K{' · '.join(' '.join(line.split()) for line in lines.values())[:width]}",
                    end="",
                    flush=True,
                )
                return
            for name, (_, start) in self.pages.items():
                if now - self.told.get(name, start) >= 10:
                    self.told[name] = now
                    print(lines[name], flush=True)


@dataclass
class _Work:
    """What the threads of one run share."""

    folder: Path
    progress: Progress = field(default_factory=Progress)
    futures: list[Future] = field(default_factory=list)
    kernels: list[Any] = field(default_factory=list)
    sockets: Iterator[int] = field(default_factory=count)
    stopped: Event = field(default_factory=Event)


def kept(job: Job) -> Run | None:
    """The page as it was run before; `stale` when something it rests on has changed; None when there is none."""
    try:
        said = json.loads(job.target.read_text(encoding="utf-8"))["metadata"]["dateline"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Run(job.page, job.target, said["failure"], stale=said["fingerprint"] != job.fingerprint)


def run(jobs: list[Job]) -> list[Run]:
    """Run pages on two workers, a line of progress each; a failing one does not stop the others.

    A page that is done is kept at once. When interrupted, or when the disk is full, every kernel is killed and the
    exception goes on to the caller.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    # The folder is the process's, not a thread's: enter it once, so that "../corpus" means the same as in JupyterLab.
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder, chdir(jobs[0].page.notebook.parent):
        work = _Work(Path(folder))
        with ThreadPoolExecutor(WORKERS) as workers, _stopping(work, workers):
            work.futures += [workers.submit(_page, job, work) for job in jobs]
            while wait(work.futures, timeout=0.5, return_when=FIRST_EXCEPTION).not_done:
                for future in filter(Future.done, work.futures):
                    future.result()
                work.progress.tick()
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


def _page(job: Job, work: _Work) -> Run:
    """One page; a kernel that does not start is tried once more."""
    name, begun = job.page.name, []
    cells = json.loads(job.page.notebook.read_text("utf-8"))["cells"]
    total = sum(cell["cell_type"] == "code" for cell in cells) + bool(job.page.given)
    for last in (False, True):
        work.progress.at(name, "starting")
        failure, lost, part = _execute(job, work, begun, total)
        if begun or last or not lost or work.stopped.is_set():
            break
        work.progress.at(name, "its kernel did not start; trying once more")
    where = f"cell {len(begun)} of {total}: " if begun else ""
    where = where or ("its kernel did not start, twice: " if lost else "")
    failure = " ".join(f"{where}{failure}".split()) if failure else ""
    if not work.stopped.is_set():
        _keep(job, part if part.exists() else job.page.notebook, failure)
        work.progress.done(name, f"FAILED  {failure}" if failure else f"done  {len(begun)} cells")
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
        work.progress.at(job.page.name, f"cell {len(begun)} of {total}")

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
        return (
            "its kernel was killed; is there enough memory?" if kind == "DeadKernelError" else f"{kind}: {error}",
            True,
            part,
        )
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
    cells = [
        cell for cell in notebook["cells"] if "papermill-error-cell-tag" not in cell.get("metadata", {}).get("tags", [])
    ]
    for cell in cells:
        tags = cell.get("metadata", {}).get("tags", [])
        cell["metadata"] = {"tags": tags} if tags else {}
        if "injected-parameters" in tags:
            cell["id"] = "given"
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if output.get("name") != "stderr"]
    told = {"fingerprint": job.fingerprint, "failure": failure}
    metadata = {
        name: notebook["metadata"][name] for name in ("kernelspec", "language_info") if name in notebook["metadata"]
    }
    notebook |= {"cells": cells, "metadata": {**metadata, "dateline": told}}
    new = job.target.with_suffix(".new")
    new.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    new.replace(job.target)
