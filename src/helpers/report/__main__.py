"""Run the notebooks that report.yml names and write the HTML report: build/report/index.html.

report.yml
  title, subtitle   words for the front page
  corpus            the folder, table or archive of articles (corpus)
  outlet_is         the outlet of every article for which neither file nor catalogue tells one
  extra_names       whether names that no list knows count as actors: yes, no, or auto, where there is no list of yours
  pages             a list: names of notebooks, or for each
    notebook          its name in notebooks/, without ending
    title             its name in the contents, where the notebook's own will not do
    parameters        name: value, as in the notebook's parameters cell
    sweep             one page for each value: {outlet: [The Lantern, EFE]}, or for each that the corpus has:
                      {outlet: outlets}, {event: events}, {period: years} (or quarters, months);
                      or a list of parameters for each page: [{seed: 1}, {seed: 2, n_topics: 5}]
    most              no more pages than this of a sweep

Only what changed runs again: a notebook, its parameters, an article, the helpers, the lock. What was interrupted goes
on where it was; the report that stands is replaced when the new one is whole.

Against the build folder of an earlier run a page says what is new, and whether the news or the method made it so.

Exit status: 0 done, 1 a page failed or the disk is full, 2 something given was wrong, 130 or 143 interrupted.
"""

import argparse
import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from .. import InputError
from . import cache, execute, plan


def main(argv: Sequence[str] | None = None) -> int:
    """Build the report; the module's text says what the exit statuses mean."""
    options, start = _options(argv), perf_counter()
    if options.sentences:
        return _sentences(options.sentences)
    try:
        with _interruptible():
            state = cache.Memory(options.build / "executed" / "state.json")
            report = plan.read(options.report, options.corpus, state.values, outlet_is=options.outlet_is)
            if options.list:
                return _list(report)
            names = {name for page in report.pages for name in (page.name, page.notebook.stem)}
            plan.known(set(options.page or ()), names, str(options.report), what="page")
            if not report.corpus.exists():
                _check(report.corpus)
            with _alone(options.build):
                return _build(options, report, state, start)
    except InputError as error:
        return _say(2, str(error))
    except KeyboardInterrupt as stop:
        return _say(128 + (stop.args or (signal.SIGINT,))[0], f"interrupted; {_as_it_was(options.build)}")
    except OSError as error:
        where = error.filename or options.build
        cure = "; make room and run again" if error.errno in execute.FULL else ""
        return _say(1, f"{where}: {error.strerror or error}; {_as_it_was(options.build)}{cure}")


def _build(options: argparse.Namespace, report: plan.Report, state: cache.Memory, start: float) -> int:
    """Run what changed, write what is new, and say what happened."""
    target, folder, environment = options.build / "report", state.path.parent.resolve(), cache.environment()
    if old := options.against:
        from . import against  # only here: it loads pandas

        old = against.read(old)  # before anything is written: it may be the build folder itself
    given = [(page, folder / f"{page.name}.ipynb", cache.page(page, environment, state)) for page in report.pages]
    runs = [execute.Run(*each) for each in given]
    key = cache.writing(report, [run.fingerprint for run in runs], repr(old))
    if state.unchanged(key, target):
        state.save()
        return _done(target, f"{len(runs)} pages, nothing changed", start)
    found = {run.page.name: execute.kept(run) for run in runs}
    asked = set(options.page or found)
    due = [run for run in found.values() if run.stale or run.failure != ""]
    todo = [run for run in due if asked & {run.page.name, run.page.notebook.stem}]
    if todo:
        _check(report.corpus)
        found |= {run.page.name: run for run in execute.run(todo)}
    done = [run for run in found.values() if run.failure is not None]
    if (lost := [run for run in done if run.lost]) and target.exists():
        left = f"{_as_it_was(options.build)}; run again: {len(runs) - len(lost)} are done"
        return _say(1, f"{lost[0].page.name}: {lost[0].failure}; {left}")
    _write(report, done, options.build, state, old)
    failed = sum(bool(run.failure) for run in done)
    if not failed and len(done) == len(runs) and not any(run.stale for run in done):
        state.written(key, target)
    state.save()
    _done(target, f"{len(done) - failed} of {len(runs)} pages, {len(todo)} run", start)
    return 1 if failed else 0


def _check(corpus: Path) -> None:
    from ..reading import catalogue

    catalogue.articles_path(corpus)


def _write(report: plan.Report, done: list[execute.Run], build: Path, state: cache.Memory, earlier: Any) -> None:
    """Write all pages beside the report that stands, then put them in its place: a signal waits until that is done."""
    from . import pages

    target, new, old = build / "report", build / "report.new", build / "report.old"
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    kept = {run.page.name: {"fingerprint": run.fingerprint, "read": cache.read(run.page, state)} for run in done}
    pages.write(report, done, new, cache.kept() | {"corpus": state.corpus(report.corpus), "pages": kept}, earlier)
    signals = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, signals)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(build: Path) -> Iterator[None]:
    """Hold the build folder for this process; the lock of one that has died is none."""
    build.mkdir(parents=True, exist_ok=True)
    target, old = build / "report", build / "report.old"
    with (build / ".lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            who = f"process {file.read().strip() or '?'}"
            raise InputError(f"{build}: {who} is building here; wait for it, or name another --build") from None
        file.truncate(0)
        print(os.getpid(), end="", file=file, flush=True)
        if old.exists() and not target.exists():  # the one before was killed between two renames
            old.rename(target)
        try:
            yield
        finally:
            shutil.rmtree(build / "report.new", ignore_errors=True)


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM interrupts as Ctrl-C does; further signals do not disturb the clearing up."""

    def _stop(number: int, frame: Any) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt(number)

    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _list(report: plan.Report) -> int:
    for page in report.pages:
        print(f"{page.name}  {page.title}")
        for name, value in page.parameters.items():
            print(f"    {name}: {page.takes[name].kind} = {value!r}  # {page.takes[name].note}")
    return 0


def _sentences(build: Path) -> int:
    from . import pages

    lines = list(pages.sentences(build / "executed"))
    print("\n".join(lines))
    return 0 if lines else _say(2, f"{build}: holds no executed page; build the report first")


def _as_it_was(build: Path) -> str:
    target = build / "report" / "index.html"
    return f"{target} is as it was" if target.exists() else "no report was written"


def _done(target: Path, words: str, start: float) -> int:
    print(f"{target / 'index.html'}  {words}  {perf_counter() - start:.1f} s")
    return 0


def _say(status: int, words: str) -> int:
    print(f"report: {words}", file=sys.stderr)
    return status


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m helpers.report", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("report", nargs="?", type=Path, default=Path("report.yml"), help="the report file (report.yml)")
    add("--corpus", type=Path, help="read this folder, table or archive, whatever the report file says")
    add("--outlet-is", default="", help="the outlet of articles that tell none, with --corpus")
    add("--page", action="append", help="run this page only, if it changed; the others stay as they were last run")
    add("--build", type=Path, default=Path("build"), help="write into this folder (build)")
    add("--against", type=Path, metavar="BUILD", help="add a page of what is new since the run in this build folder")
    add("--sentences", type=Path, metavar="BUILD", help="print every finding of a build folder, one a line, and stop")
    add("--list", action="store_true", help="list the pages with their parameters, and run nothing")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
