"""From notebooks to executed notebooks: two kernels at a time, progress by cell, and nothing half done kept."""

import errno
import json
import logging
import os
import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import chdir
from itertools import count
from pathlib import Path
from shutil import get_terminal_size
from threading import Event, Lock
from time import perf_counter, sleep
from typing import Any, NamedTuple

from .plan import Page

WORKERS = 2
LONGEST = 1800  # seconds a cell may take
STEADY = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


class Run(NamedTuple):
    """One page, its executed notebook, and the fingerprint that this is kept under.

    failure: why it is not complete ("" when it is, None before it ran); lost: the kernel died, the code did not fail;
    stale: what it rests on has changed since.
    """

    page: Page
    executed: Path
    fingerprint: str
    failure: str | None = None
    lost: bool = False
    stale: bool = False


class _Work:
    """What the threads of one run share; `bar` is a tqdm bar over the cells of all pages, shown on a terminal only."""

    def __init__(self, folder: Path, bar: Any) -> None:
        self.folder, self.bar, self.places, self.kernels = folder, bar, {}, []
        self.sockets, self.stopped, self.lock = count(), Event(), Lock()

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

    def kill(self) -> None:
        """End the kernels that run, so that their threads end now and not after their notebooks."""
        for kernel in self.kernels:
            if process := getattr(kernel.provisioner, "process", None):
                process.kill()


def kept(run: Run) -> Run:
    """Find the page as it was run before, `stale` when something it rests on has changed."""
    try:
        told = json.loads(run.executed.read_text(encoding="utf-8"))["metadata"]["dateline"]
    except (OSError, ValueError, KeyError, TypeError):
        return run
    return run._replace(failure=told["failure"], stale=told["fingerprint"] != run.fingerprint)


def run(todo: list[Run]) -> list[Run]:
    """Run pages on two workers, a line of progress each; a failing one does not stop the others.

    A page that is done is kept at once. When interrupted, or when the disk is full, every kernel is killed and the
    exception goes on to the caller.
    """
    from tqdm import tqdm

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    # A grammar of web addresses that no notebook is checked against takes two seconds to load.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    total, width = sum(_cells(each.page) for each in todo), get_terminal_size().columns - 1
    look = {"bar_format": "{n} of {total} cells, {elapsed}{postfix}", "ncols": width, "leave": False}
    bar = tqdm(total=total, file=sys.stdout, disable=None, **look)
    futures: list[Future] = []
    # The folder is the process's, not a thread's: enter it once, so that a path means the same in every notebook.
    with bar, tempfile.TemporaryDirectory(prefix="dateline-") as folder, chdir(todo[0].page.home):
        work = _Work(Path(folder), bar)
        with ThreadPoolExecutor(WORKERS) as workers:
            try:
                futures.extend(workers.submit(_page, each, work) for each in todo)
                for future in as_completed(futures):
                    future.result()
            except BaseException:
                work.stopped.set()
                workers.shutdown(wait=False, cancel_futures=True)
                while not all(future.done() for future in futures):
                    work.kill()
                    sleep(0.05)
                raise
        return [future.result() for future in futures]


def _cells(page: Page) -> int:
    """How many cells of a page are run."""
    cells = json.loads(page.notebook.read_text("utf-8"))["cells"]
    return sum(cell["cell_type"] == "code" for cell in cells) + bool(page.given)


def _page(run: Run, work: _Work) -> Run:
    """Run a page through papermill and keep what came of it; its kernel talks over files: nothing is on the network."""
    import papermill
    from traitlets.config import Config

    page, begun, total, start = run.page, [], _cells(run.page), perf_counter()
    part, failure, lost = run.executed.with_suffix(".part.ipynb"), "", False
    part.parent.mkdir(parents=True, exist_ok=True)
    work.at(page.name, "starting")

    def _cell(**told: Any) -> None:
        begun.append(told["cell_index"])
        work.at(page.name, f"cell {len(begun)} of {total}", cells=1)

    config = Config({"KernelManager": {"transport": "ipc", "ip": str(work.folder / str(next(work.sockets)))}})
    try:
        papermill.execute_notebook(
            *(str(page.notebook), str(part), page.given), config=config, on_cell_execute=_cell,
            kernel_manager_class=_manager(work), shutdown_kernel="immediate", execution_timeout=LONGEST,
            progress_bar=False, request_save_on_cell_execute=False,
        )  # fmt: skip
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise
        failure, lost = _why(error)
        where = f"cell {len(begun)} of {total}: " if begun else "its kernel did not start: " if lost else ""
        failure = " ".join(f"{where}{failure}".split()) if failure else ""
    run = run._replace(failure=failure, lost=lost, stale=False)
    if not work.stopped.is_set():
        _keep(run, part if part.exists() else page.notebook)
        work.done(page.name, f"FAILED  {failure}" if failure else f"done  {len(begun)} cells", start)
    part.unlink(missing_ok=True)
    return run


def _why(error: Exception) -> tuple[str, bool]:
    """Why a page failed, and whether that was the kernel's fault."""
    match type(error).__name__:
        case "PapermillExecutionError":
            return (error.evalue if error.ename == "InputError" else f"{error.ename}: {error.evalue}"), False
        case "CellTimeoutError":
            return f"took longer than {LONGEST // 60} minutes", False
        case "DeadKernelError":
            return "its kernel was killed; is there enough memory?", True
        case kind:
            return f"{kind}: {error}", True


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


def _keep(run: Run, source: Path) -> None:
    """Put an executed notebook in its place at once, without clock, process numbers or cells that papermill added."""
    notebook, cells = json.loads(source.read_text(encoding="utf-8")), []
    for cell in notebook["cells"]:
        tags = cell.get("metadata", {}).get("tags", [])
        cell["metadata"] = {"tags": tags} if tags else {}
        if "injected-parameters" in tags:
            cell["id"] = "given"
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if output.get("name") != "stderr"]
        if "papermill-error-cell-tag" not in tags:
            cells.append(cell)
    about = {name: notebook["metadata"].get(name) for name in ("kernelspec", "language_info")}
    about["dateline"] = {"fingerprint": run.fingerprint, "failure": run.failure}
    notebook |= {"cells": cells, "metadata": {name: told for name, told in about.items() if told}}
    new = run.executed.with_suffix(".new")
    new.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    new.replace(run.executed)
