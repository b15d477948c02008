"""From executed notebooks to HTML pages that fetch nothing, run no article text and read well."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from .. import InputError
from ..show.html import FINDING, PAGE, TEMPLATES, templates
from ..show.result import Finding
from ..show.words import plural, with_p
from . import cache, plan, safe
from .execute import Run

HOME = Path(__file__).parent / "templates"
ROOM = 1_700_000  # bytes of one page: what comes after that is in the executed notebook
TABLES = 120_000  # of them in tables: what comes after that is in their CSV
CELL = 30  # of them the tags of a cell
FEWEST = 20  # rows of a table that a page shows, however full it is
PICTURE = 100_000  # characters of a drawing that the front page shows
CARDS, OF_PAGE, LINES = 6, 2, 5  # findings on the front page, of one page, and lines of what it cannot say
INF = float("inf")
FALSE = 0.1  # reports of which the front page may print a false difference
FOREIGN = ("image/svg+xml", "text/html", "image/png", "text/plain")  # what is shown of others' outputs, the best first

Piece = dict[str, Any]


class Sheet:
    """One page while it is written: the `page` that the macros of pieces.html.j2 draw its pieces for.

    All that depends on the whole page is settled first, so that drawing only draws: ids that are unique, evidence that
    stands once, the rows there is room for, and the files beside the page.
    """

    def __init__(self, run: Run, folder: Path, links: Any) -> None:
        self.run, self.folder, self.href, self.links = run, folder, f"{run.page.name}.html", links
        self.room, self.table_room = ROOM, TABLES
        self.ids, self.heads, self.figures, self.files = {"main", "theme", "downloads"}, [], {}, {}
        self.linked: dict[str, str] = {}  # the figure that leads to an id
        self.below, self.file, self.back = links.csv, links.file, partial(links.back, self.linked)
        cells, page = json.loads(run.executed.read_text(encoding="utf-8"))["cells"], run.page
        self.found, self.cells = _found(cells), list(self._shown(cells))
        for answer in (piece for cell in self.cells for piece in cell["pieces"] if piece["kind"] == "answer"):
            answer["findings"] = [(says, to if to in self.ids else "") for says, to in answer["findings"]]
        self.heading = next((words for level, _, words in self.heads if level == 1), page.title)
        # The corpus by its name: where it lies matters only on this machine.
        values = page.parameters | ({"corpus": page.corpus.name} if "corpus" in page.takes else {})
        self.parameters = [(name, repr(value), page.takes[name].note) for name, value in values.items()]
        self.findings = [told | {"href": self._at(told["figure"]), "sheet": self} for told in self.found["findings"]]
        self._offer(f"{page.name}.ipynb", self._executed(), "The notebook with its results")

    def fitted(self, html: Markup) -> Markup:
        """A piece, or where it would make the page too large, a word about where it is."""
        size = len(html.encode())
        if size > self.room:
            return self.links.too_long()
        self.room -= size
        return html

    def code(self, source: str) -> Markup:
        """The code of a cell in colours."""
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import PythonLexer

        return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))

    def rows(self, piece: Piece) -> list:
        """The rows of a table that the page has room for, without links that lead nowhere on it."""
        rows = piece["rows"][: piece["shown"]]
        return [[cell | {"to": cell["to"] if cell.get("to") in self.ids else ""} for cell in row] for row in rows]

    def svg(self, piece: Piece) -> Markup:
        """A figure, cleaned, without links that lead nowhere on the page."""
        return Markup(safe.written(piece["drawn"], self.ids))

    def picture(self, name: str) -> Markup:
        """A figure small, to stand beside words that say what it shows; "" where it would not be legible."""
        drawn = self.figures.get(name, "")
        small = safe.picture(drawn, f"{plan.slug(self.run.page.name)}-{name}-") if drawn else ""
        return Markup(small if len(small) < PICTURE else "")

    def _at(self, name: str) -> str:
        """Where a finding leads: to its figure or table, or to the page."""
        return self.href + (f"#{name}" if name in self.ids else "")

    def _shown(self, cells: list[Piece]) -> Iterator[Piece]:
        """Prose, and pieces with their code below them; code that shows nothing goes with the code after it."""
        waiting = []
        for cell in cells:
            tags, source = cell["metadata"].get("tags", []), "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield {"prose": self._prose(source), "pieces": []}
            elif cell["cell_type"] == "code" and "injected-parameters" not in tags:
                waiting.append(source)
                if cell["outputs"] or "parameters" in tags:
                    pieces = self._settled([piece for output in cell["outputs"] for piece in _pieces(output)])
                    words = "Parameters" if "parameters" in tags else "Code"
                    yield {"pieces": pieces, "code": "\n\n".join(waiting), "words": words}
                    waiting = []

    def _prose(self, source: str) -> Markup:
        """Markdown as HTML, its headings with ids and listed in `heads`."""
        import mistune
        from mistune.toc import add_toc_hook

        draw = mistune.create_markdown(plugins=["table", "strikethrough"])
        add_toc_hook(draw, heading_id=lambda token, _: self._id(re.sub(r"[^\w-]+", "-", token["text"]).strip("-")))
        html, state = draw.parse(source)
        self.heads += [(level, to, Markup(words).unescape()) for level, to, words in state.env["toc_items"]]
        return Markup(safe.html(html))

    def _settled(self, pieces: list[Piece]) -> list[Piece]:
        """Pieces with ids, rows, drawings and files settled, without evidence that the page has already."""
        kept = []
        for piece in pieces:
            match piece["kind"]:
                case "evidence" if piece["name"] in self.ids:
                    continue
                case "evidence":
                    self.ids |= {piece["name"]} - {""}
                case "fold":
                    piece["pieces"] = self._settled(piece["pieces"])
                case "beside":
                    piece["columns"] = [column for column in piece["columns"] if self._settled([column["piece"]])]
                case "table":
                    piece["name"] = piece["name"] or f"table-{len(self.files) + 1}"
                    self._table(piece)
                    piece["name"] = self._id(piece["name"])
                case "figure":
                    self._figure(piece)
                case "file":
                    name, content = safe.file(piece["name"], piece["content"])
                    piece["file"] = self._offer(f"{self.run.page.name}-{name}", content, name) if name else None
            if piece["kind"] != "fold" or piece["pieces"]:
                kept.append(piece)
        return kept

    def _table(self, piece: Piece) -> None:
        """The rows there is room for, and all of them as CSV."""
        piece["shown"] = 0
        for row in piece["rows"]:
            self.table_room -= sum(len(cell["words"].encode()) + CELL for cell in row)
            if self.table_room < 0 and piece["shown"] >= FEWEST:
                break
            piece["shown"] += 1
        if piece["rows"]:
            words = f"{piece['caption'][:120] or 'Table'} ({plural(len(piece['rows']), 'row')})"
            name = f"{self.run.page.name}-{piece['name']}.csv"
            piece["file"] = self._offer(name, safe.plain_csv(piece["csv"]), words)

    def _figure(self, piece: Piece) -> None:
        """The drawing cleaned."""
        number = len(self.figures) + 1
        try:
            root = safe.figure(piece["svg"], piece["alt"], f"f{number}-")
        except InputError as error:
            piece |= {"kind": "little", "words": str(error)}
            return
        name = piece["name"] or f"figure-{number}"
        piece |= {"name": self._id(name), "drawn": root}
        self.figures[piece["name"]] = piece["svg"]
        self.linked |= dict.fromkeys(safe.links(root), piece["name"]) | self.linked
        if piece["numbers"]:
            piece["numbers"]["name"] = name
            self._table(piece["numbers"])

    def _id(self, wanted: str) -> str:
        """An id that the page does not have yet."""
        name = plan.free(wanted, self.ids)
        self.ids.add(name)
        return name

    def _executed(self) -> str:
        """The executed notebook as a reader gets it: without what only this report or this machine knows."""
        notebook, page = json.loads(self.run.executed.read_text(encoding="utf-8")), self.run.page
        named = f"corpus = {page.corpus.name!r}"
        del notebook["metadata"]["dateline"]
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                output.get("data", {}).pop(PAGE, None)
            if cell.get("id") == "given" and "corpus" in page.takes:
                cell["source"] = re.sub("(?m)^corpus = .*", lambda _: named, "".join(cell["source"]).rstrip())
        return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def _offer(self, name: str, content: str, words: str) -> dict[str, str]:
        """Write a file beside the page; a name with other content gets a number."""
        stem, _, ending = name.rpartition(".")
        data = content.encode("utf-8-sig" if ending == "csv" else "utf-8", "replace")  # Excel wants the mark
        number = 1
        while (path := self.folder / "downloads" / name).exists() and path.read_bytes() != data:
            number += 1
            name = f"{stem}-{number}.{ending}"
        path.write_bytes(data)
        size = f"{max(1, len(data) // 1000):,} kB"
        return self.files.setdefault(name, {"href": f"downloads/{name}", "words": words, "size": size})


def write(report: plan.Report, runs: list[Run], folder: Path, fingerprint: str) -> None:
    """Write a page for each run and the front page into `folder`, which must not exist; the corpus' fingerprint too."""
    (folder / "downloads").mkdir(parents=True)
    environment, done = templates(HOME), {run.page.name for run in runs}
    environment.filters["slug"] = plan.slug
    environment.globals["with_p"] = with_p
    sheets = [Sheet(run, folder, environment.get_template("links.html.j2").module) for run in runs]
    frame = {
        "title": "", "group": "", "href": "index.html", "report": report,
        "corpus": f"{report.corpus.name}, fingerprint {fingerprint}",
        "made_with": f"Dateline {version('dateline-notebooks')}, {cache.versions()}",
        "missing": [page.title for page in report.pages if page.name not in done],
        "found": front(
            [finding for sheet in sheets if not sheet.run.page.group for finding in sheet.findings],
            sum(sheet.found["tested"] for sheet in sheets if not sheet.run.page.group),
        ),
        "little": unsaid([(sheet, sheet.found["little"]) for sheet in sheets if not sheet.run.page.group]),
        "groups": [list(some) for _, some in groupby(sheets, lambda sheet: sheet.run.page.group or sheet.href)],
    }  # fmt: skip
    for sheet in sheets:
        own = {"href": sheet.href, "title": sheet.run.page.title, "group": sheet.run.page.group}
        html = environment.get_template("page.html.j2").render(page=frame | own, sheet=sheet)
        (folder / sheet.href).write_text(html, encoding="utf-8")
    (folder / "index.html").write_text(environment.get_template("front.html.j2").render(page=frame), encoding="utf-8")
    styles = [path.read_text(encoding="utf-8") for path in (TEMPLATES / "pieces.css", HOME / "page.css")]
    (folder / "page.css").write_text("".join(styles), encoding="utf-8")
    shutil.copy(HOME / "page.js", folder)


def _pieces(output: dict[str, Any]) -> list[Piece]:
    """What an output shows as pieces: Dateline's own as they are, all others made safe."""
    data = output.get("data", {"text/plain": output.get("text", "")})
    if output["output_type"] == "error":
        return [{"kind": "failed", "words": f"{output['ename']}: {output['evalue']}"}]
    if PAGE in data:
        return data[PAGE]
    kind = next((kind for kind in FOREIGN if kind in data), "")
    words = re.sub(r"\x1b\[[0-9;]*m", "", "".join(data.get(kind, "")))  # without the codes that colour a terminal
    match kind:
        case "image/svg+xml":
            alt = output.get("metadata", {}).get(kind, {}).get("alt", "")
            return [{"kind": "figure", "name": "", "caption": "", "numbers": None, "svg": words, "alt": alt}]
        case "text/html":
            return [{"kind": "html", "html": Markup(safe.html(words))}]
        case "image/png":
            return [{"kind": "image", "png": words.strip()}]
    return [{"kind": "words", "words": words}] if kind else []


def _found(cells: list[Piece], *, every: bool = False) -> dict[str, Any]:
    """The findings of a page: those of its answer, or else, or where `every` is true, of all its results; each once."""
    shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    told = [data[FINDING] for data in shown if FINDING in data]
    told = (not every and [each for each in told if each.get("answer")][:1]) or told
    findings: dict[str, Piece] = {}
    for finding in (finding for each in told for finding in each["findings"]):
        findings.setdefault(finding["says"], Finding("").as_json() | finding)
    little = dict.fromkeys(words for each in told for words in each["little"])
    strip = next((each["strip"] for each in told if "strip" in each), "")
    tested = any(each.get("tested") for each in told)
    return {"findings": list(findings.values()), "little": list(little), "strip": strip, "tested": tested}


def sentences(executed: Path) -> Iterator[str]:
    """Every finding of the executed notebooks in a folder, one a line: page, figure, sentence, effect, articles, p.

    Fields are parted by tabs; what is not known is "-".
    """
    for path in sorted(executed.glob("*.ipynb")):
        for told in _found(json.loads(path.read_text(encoding="utf-8"))["cells"], every=True)["findings"]:
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
            least[told["sheet"].href] = min(told["p"], least.get(told["sheet"].href, 1.0))
    times: dict[str, int] = {}
    for place, page in enumerate(sorted(least, key=least.get)):
        if least[page] * (count := max(tested, len(least)) - place) > FALSE:
            break  # nor does any page that is less sure
        times[page] = count
    sure = [
        told for told in findings
        if told["headline"] and (told["p"] is None or told["p"] * times.get(told["sheet"].href, INF) <= FALSE)
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
