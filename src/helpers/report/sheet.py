"""One page of the report while it is written: its pieces settled, and the sentences and files beside it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup

from .. import InputError
from ..show.html import ARTICLE, FINDING, PAGE, PROSE, bundle
from ..show.html import Piece as Shown
from ..show.result import Finding
from ..show.words import plural
from . import plan, safe
from .execute import Run

ROOM = 1_700_000  # bytes of one page: what comes after that is in the executed notebook
TABLES = 120_000  # of them in tables: what comes after that is in their CSV
CELL = 30  # of them the tags of a cell
FEWEST = 20  # rows of a table that a page shows, however full it is
PICTURE = 100_000  # characters of a drawing that the front page shows
FOREIGN = ("image/svg+xml", "text/html", "image/png", "text/plain")  # what is shown of others' outputs, the best first

LINK = re.compile(rf"{ARTICLE}(?P<doc>.*?)(?P<at>#s\d+)?", re.DOTALL)

Piece = dict[str, Any]


class Sheet:
    """One page while it is written: the `page` that the macros of pieces.html.j2 draw its pieces for.

    All that depends on the whole page is settled first, so that drawing only draws: ids that are unique, the rows there
    is room for, the files beside the page, and `sets`, the sentences behind each mark, each of which has a page of its
    own. `held` is how much is printed of articles: full, passages or none; `library` leads to their pages.
    """

    def __init__(self, run: Run, folder: Path, links: Any, held: str = "full") -> None:
        self.run, self.folder, self.at, self.links, self.held = run, folder, f"{run.page.name}.html", links, held
        self.room, self.table_room, self.library = ROOM, TABLES, {}
        self.ids, self.heads, self.figures, self.files = {"main", "theme", "downloads"}, [], {}, {}
        self.sets: dict[str, Piece] = {}
        self.tables: list[Piece] = []
        self.beside: dict[str, list[str]] = {}  # the columns of a CSV that is no table of the page
        # The columns that no file may have, since they hold words of articles: those stand on pages at most.
        self.left_out = frozenset() if held == "full" else PROSE
        self.linked: dict[str, str] = {}  # the figure or table that leads to an id
        self.below, self.file = links.csv, links.file
        notebook, page = json.loads(run.executed.read_text(encoding="utf-8")), run.page
        for output in (each for cell in notebook["cells"] for each in cell.get("outputs", ())):
            # The page and its files know no more than this.
            if held != "full" and PAGE in (data := output.get("data", {})):
                data |= bundle(_printed(data[PAGE]))
        self.found, self.cells = found(notebook["cells"]), list(self._shown(notebook["cells"]))
        for answer in (piece for cell in self.cells for piece in cell["pieces"] if piece["kind"] == "answer"):
            answer["findings"] = [(says, to if to in self.ids else "") for says, to in answer["findings"]]
        self.words = "\n".join(_words(piece for cell in self.cells for piece in cell["pieces"]))
        self.heading = next((words for level, _, words in self.heads if level == 1), page.title)
        # The corpus by its name: where it lies matters only on this machine.
        values = page.parameters | ({"corpus": page.corpus.name} if "corpus" in page.takes else {})
        self.parameters = [(name, repr(value), page.takes[name].note) for name, value in values.items()]
        own = {"evidence": "", "doc": ""} if held == "none" else {}
        self.findings = [
            told | own | {"at": self.where(told["figure"]), "sheet": self} for told in self.found["findings"]
        ]
        self._offer(f"{page.name}.ipynb", self._executed(notebook), "The notebook with its results")

    @property
    def cited(self) -> list[str]:
        """The docs of the articles that its sentences are of, each once."""
        shown = [item["doc"] for one in self.sets.values() for item in one["items"]]
        inline = [item["doc"] for cell in self.cells for one in cell["pieces"] for item in one.get("items", ())]
        told = [doc for one in self.findings for doc in (one["doc"], *(each[-1] for each in one["beside"]))]
        return list(dict.fromkeys([*shown, *inline, *told]))

    def said(self, pattern: str) -> str:
        """What its results say in such words, or the part of it in brackets; "" where none does."""
        matched = re.search(pattern, self.words, re.MULTILINE)
        return next((part for part in (*matched.groups(), matched[0]) if part), "") if matched else ""

    def href(self, link: str) -> str:
        """Where a link leads: to an article, to the sentences behind a mark, or to something on the page; else ""."""
        behind = self.sets.get(link, {"href": f"#{link}" if link in self.ids else ""})
        return led(link, self.library) or behind["href"]

    def where(self, link: str) -> str:
        """Where a link leads from the front page: a figure, or what is behind a mark; to the page, where to nothing."""
        to = self.href(link)
        return to if to and not to.startswith("#") else self.at + to

    def some(self, piece: Piece) -> list[Piece]:
        """The sentences that stand on the page itself."""
        return piece["items"][:FEWEST]

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
        """The rows of a table that the page has room for."""
        return piece["rows"][: piece["shown"]]

    def svg(self, piece: Piece) -> Markup:
        """A figure, cleaned, its links as they lead from this page, told by what they open."""
        told = {link: (self.href(link), self._opens(link)) for link in safe.links(piece["drawn"])}
        return Markup(safe.written(piece["drawn"], told))

    def _opens(self, link: str) -> str:
        """What a link opens, in words."""
        one = self.sets.get(link)
        return f"{one['heading']}: {one['count']}" if one else link.removeprefix(ARTICLE).replace("-", " ")

    def picture(self, name: str) -> Markup:
        """A figure small, to stand beside words that say what it shows; "" where it would not be legible."""
        drawn = self.figures.get(name, "")
        small = safe.picture(drawn, f"{plan.slug(self.run.page.name)}-{name}-") if drawn else ""
        return Markup(small if len(small) < PICTURE else "")

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
        """Pieces with ids, rows, drawings, files and the sentences behind marks settled."""
        kept = []
        for piece in pieces:
            match piece["kind"]:
                case "evidence":
                    self._bare(piece)
                    piece["name"] = self._id(piece["name"]) if piece["name"] else ""
                case "fold":
                    self._fold(piece)
                case "beside":
                    piece["columns"] = [column for column in piece["columns"] if self._settled([column["piece"]])]
                case "table":
                    piece["name"] = piece["name"] or f"table-{len(self.files) + 1}"
                    self._table(piece)
                    piece["name"] = self._id(piece["name"])
                case "figure":
                    self._figure(piece)
                case "file":
                    name, content = safe.file(piece["name"], piece["content"], self.left_out)
                    piece["file"] = self._offer(f"{self.run.page.name}-{name}", content, name) if name else None
                    if name.endswith(".csv"):
                        self.beside[piece["file"]["href"].rpartition("/")[2]] = safe.heads(content)
            if piece["kind"] != "fold" or piece["pieces"]:
                kept.append(piece)
        return kept

    def _fold(self, piece: Piece) -> None:
        """What opens on demand; of the sentences behind marks a list of their pages, and one CSV of them all."""
        named = [one for one in piece["pieces"] if one["kind"] == "evidence" and one["name"]]
        piece["pieces"] = self._settled([one for one in piece["pieces"] if one not in named])
        if not named:
            return
        rows = safe.joined([(one["name"], one["heading"], one["csv"]) for one in named], self.left_out)
        words = f"{piece['summary']} ({plural(sum(one['rows'] for one in named), 'row')})"
        file = self._offer(f"{self.run.page.name}-{piece['name'] or 'behind'}-sentences.csv", rows, words)
        self.beside["…-sentences.csv"] = safe.heads(rows)
        for one in named:
            self._bare(one)
            one |= {"href": f"sentences/{self.run.page.name}-{one['name']}.html", "file": file}
            self.sets.setdefault(one["name"], one)
        piece["pieces"].append({"kind": "sets", "sets": [self.sets[one["name"]] for one in named], "file": file})

    def _bare(self, piece: Piece) -> None:
        """Sentences without their words, where the report may not print them."""
        for item in piece["items"] if self.held == "none" else ():
            item["parts"] = []

    def _unsaid(self, heads: list[Piece], row: list[Piece]) -> None:
        """The cells of a row without words of articles, where the report may not print them."""
        for head, cell in zip(heads, row, strict=True) if self.held == "none" else ():
            if head.get("key") in PROSE:
                cell |= {"words": "", "parts": []}

    def _table(self, piece: Piece) -> None:
        """The rows there is room for, and all of them as CSV."""
        piece["shown"] = 0
        for row in piece["rows"]:
            self._unsaid(piece["heads"], row)
            self.table_room -= sum(len(cell["words"].encode()) + CELL for cell in row)
            if self.table_room < 0 and piece["shown"] >= FEWEST:
                break
            self.linked.setdefault(row[0]["to"], piece["name"])
            piece["shown"] += 1
        if piece["rows"]:
            words = f"{piece['caption'][:120] or 'Table'} ({plural(piece['all'], 'row')})"
            name = f"{self.run.page.name}-{piece['name']}.csv"
            piece["file"] = self._offer(name, safe.plain_csv(piece["csv"], self.left_out), words)
            self.tables.append(piece)

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

    def _executed(self, notebook: dict[str, Any]) -> str:
        """The executed notebook as a reader gets it: without what only this report or this machine knows."""
        page, named = self.run.page, f"corpus = {self.run.page.corpus.name!r}"
        del notebook["metadata"]["dateline"]
        for cell in notebook["cells"]:
            if self.held == "none" and "outputs" in cell:
                cell["outputs"] = []
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


def _printed(pieces: Iterable[Piece]) -> Iterator[Shown]:
    """Pieces without whole articles, and without what folds away nothing else."""
    for piece in pieces:
        if piece["kind"] == "fold":
            piece["pieces"] = [one.flat for one in _printed(piece["pieces"])]
        if piece["kind"] not in ("article", "beside") and piece.get("pieces") != []:
            yield Shown(piece["kind"], piece)


def _words(pieces: Iterable[Piece]) -> Iterator[str]:
    """The sentences of pieces and the captions of their figures and tables, each a line."""
    for piece in pieces:
        yield from (str(piece[key]) for key in ("words", "caption") if piece.get(key))
        yield from _words([piece["numbers"]] if piece.get("numbers") else [])
        if piece["kind"] == "answer":
            yield from (piece["headline"], *(says for says, _ in piece["findings"]), *piece["little"])


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


def found(cells: list[Piece], *, every: bool = False) -> dict[str, Any]:
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


def led(link: str, articles: dict[str, str]) -> str:
    """Where a link to an article, or to one of its sentences, leads; "" for another link and where it has no page."""
    asked = LINK.fullmatch(link)
    at = articles.get(asked["doc"], "") if asked else ""
    return at and at + (asked["at"] or "")


class Below:
    """The `page` of what stands one folder below: the links of its pieces lead up first."""

    def __init__(self, href: Callable[[str], str]) -> None:
        self._href = href

    def href(self, link: str) -> str:
        """Where a link leads from there."""
        to = self._href(link)
        return f"../{to}" if to else ""

    def some(self, piece: Piece) -> list[Piece]:
        """All sentences that the piece has."""
        return piece["items"]
