"""From executed notebooks to HTML pages that fetch nothing, run no article text and read well."""

import json
import shutil
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from ..show.html import TEMPLATES, templates
from ..show.words import with_p
from . import against, cache, cite, library, plan, search, workbook
from .execute import Run
from .sheet import Below, Piece, Sheet, found, led

HOME = Path(__file__).parent / "templates"
CARDS, OF_PAGE, LINES = 6, 2, 5  # findings on the front page, of one page, and lines of what it cannot say
INF = float("inf")
FALSE = 0.1  # reports of which the front page may print a false difference


def write(report: plan.Report, runs: list[Run], folder: Path, kept: dict, old: against.Told | None) -> None:
    """Write all pages of a report into `folder`, which must not exist.

    A page for each run, for the sentences behind each mark, for each article and for searching them, the front page,
    and against an `old` run one of what is new; `kept` goes into run.json, for a later run to be held against.
    """
    for name in ("downloads", "sentences", "articles"):
        (folder / name).mkdir(parents=True)
    environment, done = templates(HOME), {run.page.name for run in runs}
    environment.filters["slug"], environment.globals["with_p"] = plan.slug, with_p
    links, methods = (environment.get_template(f"{name}.html.j2").module for name in ("links", "methods"))
    sheets = [Sheet(run, folder, links, report.held) for run in runs]
    alone = [sheet for sheet in sheets if not sheet.run.page.group]
    shelf, source = _shelf(report, sheets, kept["corpus"]), cite.Source(report, kept["corpus"])
    whole = shelf if report.held == "full" else None
    frame = {
        "title": "", "group": "", "href": "index.html", "root": "", "report": report, "cite": source.cited(),
        "corpus": f"{report.corpus.name}, fingerprint {kept['corpus']}", "made_with": source.made_with,
        "book": workbook.write(source, sheets, folder),
        "against": f"{plan.free('against', done)}.html" if old else "",
        "missing": [page.title for page in report.pages if page.name not in done],
        "found": front([told for each in alone for told in each.findings], sum(each.found["tested"] for each in alone)),
        "little": unsaid([(sheet, sheet.found["little"]) for sheet in alone]),
        "groups": [list(some) for _, some in groupby(sheets, lambda sheet: sheet.run.page.group or sheet.at)],
        "whole": len(whole.pages) if whole else 0, "search": f"{plan.free('search', done)}.html" if whole else "",
    }  # fmt: skip

    def _page(template: str, href: str, **told: Any) -> None:
        html = environment.get_template(template).render(page=frame | {"href": href} | told, **told)
        (folder / href).write_text(html, encoding="utf-8")

    for sheet in sheets:
        _run(sheet, source, methods, _page)
    if whole:
        _articles(whole, sheets, _page)
        _page("search.html.j2", frame["search"], title="Search", **search.write(whole, folder))
        shutil.copy(HOME / "search.js", folder)
    _page("front.html.j2", "index.html")
    kept["articles"] = against.articles(shelf.corpus) if shelf else {}
    if old:
        _page("against.html.j2", frame["against"], sheet=against.News(old, kept, sheets, folder, links))
    _rest(folder, kept)


def _run(sheet: Sheet, source: cite.Source, methods: Any, page: Callable) -> None:
    """The page of a run, and one for the sentences behind each of its marks."""
    run = sheet.run.page
    own = {"title": run.title, "group": run.group, "cite": source.cited(run)}
    page("page.html.j2", sheet.at, sheet=sheet, methods=source.methods(sheet, methods), **own)
    for one in sheet.sets.values():
        told = own | {"title": one["heading"], "root": "../", "cite": source.cited(run, one["heading"])}
        page("sentences.html.j2", one["href"], **told, one=one, above=sheet, sheet=Below(sheet.href))


def _rest(folder: Path, kept: dict[str, Any]) -> None:
    """What is no page: the style, the script, and what a later run is held against."""
    styles = [path.read_text(encoding="utf-8") for path in (TEMPLATES / "pieces.css", HOME / "page.css")]
    (folder / "page.css").write_text("".join(styles), encoding="utf-8")
    shutil.copy(HOME / "page.js", folder)
    (folder / "run.json").write_text(json.dumps(kept, indent=0, sort_keys=True), encoding="utf-8")


def _shelf(report: plan.Report, sheets: list[Sheet], fingerprint: str) -> library.Library | None:
    """The articles, and their pages, to which the sheets on the same corpus lead. None where no sheet is on it."""
    same = [sheet for sheet in sheets if sheet.run.page.corpus == report.corpus.resolve()]
    if not same:
        return None
    cited, kept = [doc for sheet in same for doc in sheet.cited], same[0].run.executed.with_name("articles.json.gz")
    shelf = library.shelved(report, cited, kept, f"{fingerprint} {report.reads} {cache.environment()}")
    for sheet in same:
        sheet.library = shelf.pages
    return shelf


def _articles(shelf: library.Library, sheets: list[Sheet], page: Callable) -> None:
    """A page for each article, with the places of the report that cite it."""
    cited: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        for one in sheet.sets.values() if sheet.library else ():
            for item in one["items"]:
                cited.setdefault(item["doc"], {})[one["href"]] = f"{sheet.run.page.title}: {one['heading']}"
    below = Below(lambda link: led(link, shelf.pages))
    for doc, piece in shelf.pieces():
        told = {"title": piece["headline"], "group": "", "root": "../", "piece": piece, "cited": cited.get(doc, {})}
        told["cite"] = None  # an article is its outlet's
        page("article.html.j2", shelf.pages[doc], **told, sheet=below)


def sentences(executed: Path) -> Iterator[str]:
    """Every finding of the executed notebooks in a folder, one a line: page, figure, sentence, effect, articles, p.

    Fields are parted by tabs; what is not known is "-".
    """
    for path in sorted(executed.glob("*.ipynb")):
        for told in found(json.loads(path.read_text(encoding="utf-8"))["cells"], every=True)["findings"]:
            words = " ".join(filter(None, (told["headline"], told["says"])))
            numbers = ("-" if told[key] is None else f"{told[key]:.4g}" for key in ("effect", "articles", "p"))
            yield "\t".join([path.stem, told["figure"] or "-", " ".join(words.split()), *numbers])


def front(findings: list[Piece], tested: int) -> list[Piece]:
    """The findings of all pages that the front page prints, the one of an event first, then by rank: six at most.

    Each page corrects its p for what it asks. A finding must hold for all `tested` pages that compare something too,
    those that found nothing counted (Holm, 1979), so that one report in ten, at most, prints a false one.
    """
    least: dict[str, float] = {}
    for told in findings:
        if told["p"] is not None:
            least[told["sheet"].at] = min(told["p"], least.get(told["sheet"].at, 1.0))
    times: dict[str, int] = {}
    for place, page in enumerate(sorted(least, key=least.get)):
        if least[page] * (count := max(tested, len(least)) - place) > FALSE:
            break  # nor does any page that is less sure
        times[page] = count
    sure = [
        told for told in findings
        if told["headline"] and (told["p"] is None or told["p"] * times.get(told["sheet"].at, INF) <= FALSE)
    ]  # fmt: skip
    chosen: list[Piece] = []
    for told in sorted(sure, key=lambda told: (not told["beside"], -told["rank"])):
        if sum(each["sheet"] is told["sheet"] for each in chosen) < OF_PAGE and len(chosen) < CARDS:
            chosen.append(told)
    return chosen


def unsaid(pages: list[tuple[Any, list[str]]]) -> list[tuple[Any, str]]:
    """What pages cannot say, each page's first before any second: five lines at most, each once."""
    by_turn = sorted((turn, place) for place, (_, lines) in enumerate(pages) for turn in range(len(lines)))
    told: dict[str, Any] = {}
    for turn, place in by_turn:
        told.setdefault(pages[place][1][turn], pages[place][0])
    return [(sheet, words) for words, sheet in told.items()][:LINES]
