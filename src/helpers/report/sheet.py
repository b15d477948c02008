"""One page: from an executed notebook to what its HTML shows, and the files that go beside it."""

import csv
import json
import re
from collections.abc import Callable
from copy import deepcopy
from html import escape, unescape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import InputError
from ..show import html as show
from . import downloads, plan
from .sanitise import links, picture, safe_figure, safe_html

if TYPE_CHECKING:
    import jinja2

    from .execute import Run

ROOM = 1_700_000  # bytes of one page: what comes after that is in the executed notebook
TABLES = 120_000  # of them in tables: what comes after that is in their CSV
PICTURE = 40_000  # bytes of a figure small enough for the front page
FOLDED = {"injected-parameters", "papermill-error-cell-tag"}


class Sheet:
    """One page while it is written: what it has shown so far, and the files that go beside it."""

    def __init__(self, run: "Run", folder: Path) -> None:
        self.run, self.folder, self.href = run, folder, f"{run.page.name}.html"
        self.executed = json.loads(run.executed.read_text(encoding="utf-8"))
        self.cells, markdown = _cells(deepcopy(self.executed)), _markdown()
        for cell in self.cells:
            if cell["cell_type"] == "markdown":
                cell["html"] = safe_html(markdown(cell["source"]))
        prose = "".join(cell.get("html", "") for cell in self.cells)
        heads = re.findall(r'<h([12]) id="([^"]*)">(.*?)</h', prose, re.DOTALL)
        words = [(level, anchor, unescape(re.sub(r"<[^>]*>", "", title))) for level, anchor, title in heads]
        self.heading = next((title for level, _, title in words if level == "1"), run.page.title)
        self.contents = [{"id": anchor, "title": title} for level, anchor, title in words if level == "2"]
        self.room, self.table_room, self.first = ROOM, TABLES, ""
        self.names: list[str] = []  # ids of the figures
        self.files: list[dict[str, str]] = []
        self.linked: dict[str, str] = {}  # the figure that leads to an id

    def html(self, templates: "jinja2.Environment", frame: dict[str, Any]) -> str:
        """The whole page; writes its downloads."""
        page = self.run.page
        values = {name: repr(value) for name, value in page.parameters.items()} | self._corpus()
        given = [(name, value, page.takes[name].note) for name, value in values.items()]
        self._offer(f"{page.name}.ipynb", self._executed(), "The notebook with its results", exact=True)
        own = {
            "href": self.href,
            "title": page.title,
            "group": page.group,
            "heading": self.heading,
            "contents": [*self.contents, {"title": "Parameters and downloads", "id": "downloads"}],
            "run": self.run,
            "parameters": given,
        }
        return templates.get_template("page.html.j2").render(page=frame | own, sheet=self)

    def card(self) -> dict[str, Any]:
        """What the front page says of this one; a finding is a sentence, or a sentence and the id of what shows it."""
        page, answer = self.run.page, _answer(self.cells) or {}
        first = f"{self.href}#{self.names[0]}" if self.names else self.href
        told = [(words, "") if isinstance(words, str) else tuple(words) for words in answer.get("sentences", [])]
        return {
            "href": self.href,
            "title": page.title,
            "group": page.group,
            "heading": self.heading,
            "failure": self.run.failure,
            "stale": self.run.stale,
            "picture": self.first,
            "headline": answer.get("headline", ""),
            "figure": first,
            "findings": [(words, f"{self.href}#{at}" if at else first) for words, at in told],
            "little": answer.get("little", []),
            "strip": answer.get("strip", ""),
        }

    def code(self, source: str) -> str:
        """The code of a cell in colours."""
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import PythonLexer

        return safe_html(highlight(source, PythonLexer(), HtmlFormatter())).replace("<pre>", '<pre tabindex="0">')

    def figure(self, svg: str, meta: dict[str, str]) -> str:
        """A figure, numbered, its links remembered; the first is also the picture of the page."""
        number = len(self.names) + 1
        name = plan.slug(meta.get("name", ""))
        name = name if name and name not in self.names else f"figure-{number}"
        self.names.append(name)
        try:
            html = safe_figure(svg, meta, f"f{number}-", name=name)
        except InputError as error:
            return f'<p class="failed" id="{name}">{show.text(error)}</p>'
        self.linked |= {to: name for to in links(html) if to not in self.linked}
        html = html.removesuffix("</figure>") + self._numbers(meta) + "</figure>"
        if number == 1 and len(small := picture(svg, f"{plan.slug(self.run.page.name)}-")) < PICTURE:
            self.first = small
        return self._fitted(html)

    def out(self, html: str) -> str:
        """What a cell shows: sanitised, a CSV under each table, and a way back from evidence to its figure."""
        clean = re.sub(r"<table\b.*?</table>", lambda found: self._table(found[0]), safe_html(html), flags=re.DOTALL)
        clean = re.sub(r'<h3 id="([^"]+)">.*?</h3>', self._back, clean, flags=re.DOTALL)
        return self._fitted(clean)

    def words(self, text: str) -> str:
        """What a cell prints."""
        return self._fitted(f'<pre tabindex="0">{show.text(text)}</pre>')

    def image(self, png: str) -> str:
        """A picture of a notebook that draws without `figures`; nothing says what it shows."""
        return self._fitted(f'<img alt="" src="data:image/png;base64,{escape(png.strip())}">')

    def offered(self, data: dict[str, str]) -> str:
        """A file that the notebook offers, as a link."""
        name, content = downloads.offered(str(data.get("name", "")), str(data.get("content", "")))
        return self._link(self._offer(name, content, name)) if name else ""

    def _corpus(self) -> dict[str, str]:
        """The corpus by its name: where it lies is the reader's business only on this machine."""
        given = self.run.page.given.get("corpus")
        return {"corpus": repr(Path(given).name)} if given else {}

    def _executed(self) -> str:
        """The executed notebook as a reader gets it: without what only this report or this machine knows."""
        notebook = self.executed
        notebook["metadata"].pop("dateline", None)
        for cell in notebook["cells"]:
            if cell.get("id") == "given" and (name := self._corpus()):
                lines = "".join(cell["source"]).splitlines()
                own = [f"corpus = {name['corpus']}" if line.startswith("corpus = ") else line for line in lines]
                cell["source"] = "\n".join(own)
        return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def _numbers(self, meta: dict[str, str]) -> str:
        """The table behind a figure, folded, with a CSV."""
        rows = list(csv.reader(StringIO(meta.get("numbers", ""))))
        if len(rows) < 2:
            return ""
        head, *body = [[show.text(cell) for cell in row] for row in rows]
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body)
        heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
        caption = f"<caption>The numbers of the figure: {show.text(meta.get('alt', ''))}</caption>"
        table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"
        return f'<details class="numbers"><summary>The numbers</summary>{self._table(table)}</details>'

    def _table(self, html: str) -> str:
        table = downloads.table(html, self.table_room)
        self.table_room = max(0, self.table_room - len(table.html.encode()))
        rows = len(table.rows) - 1
        if not rows:
            return table.html
        number = 1 + sum(file["href"].endswith(".csv") for file in self.files)
        name = f"{number:02d}-{plan.slug(table.caption)[:40].strip('-') or 'table'}.csv"
        words = f"{table.caption[:120] or 'Table'} ({show.plural(rows, 'row')})"
        file = self._offer(name, downloads.text(table.rows), words)
        if table.shown < rows:
            words = f"The first {table.shown:,} of {rows:,} rows; all are in the CSV."
            return f'{table.html}<p class="csv">{words} {self._link(file, "CSV")}</p>'
        return f'{table.html}<p class="csv">{self._link(file, "CSV")}</p>'

    def _offer(self, name: str, content: str, words: str, *, exact: bool = False) -> dict[str, str]:
        """Write a file beside the page; the same name twice gets a number."""
        name = name if exact else f"{self.run.page.name}-{name}"
        taken = {file["href"] for file in self.files}
        stem, _, ending = name.rpartition(".")
        while f"downloads/{name}" in taken:
            name = f"{stem}-{len(taken)}.{ending}"
        data = content.encode("utf-8-sig" if ending == "csv" else "utf-8", "replace")  # Excel wants the mark
        (self.folder / "downloads" / name).write_bytes(data)
        self.files.append({"href": f"downloads/{name}", "words": words, "size": f"{max(1, len(data) // 1000):,} kB"})
        return self.files[-1]

    def _link(self, file: dict[str, str], words: str = "") -> str:
        label = f' aria-label="CSV: {show.text(file["words"])}"' if words else ""
        return f'<a href="{escape(file["href"])}" download{label}>{show.text(words or file["words"])}</a>'

    def _back(self, found: re.Match) -> str:
        figure = self.linked.get(found[1])
        return f'{found[0]}<p class="back"><a href="#{figure}">Back to the figure</a></p>' if figure else found[0]

    def _fitted(self, html: str) -> str:
        """The piece, or where it would make the page too large, a word about where it is."""
        size = len(html.encode())
        if size > self.room:
            return '<p class="little">Too long for this page: it is in the notebook with its results, below.</p>'
        self.room -= size
        return html


def _markdown() -> Callable[[str], str]:
    """From Markdown to HTML in which headings have ids."""
    import mistune

    class _Renderer(mistune.HTMLRenderer):
        def heading(self, text: str, level: int, **_: Any) -> str:
            """A heading with its words as id."""
            anchor = re.sub(r"[^\w-]+", "-", re.sub(r"<[^>]*>", "", text)).strip("-")
            return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    return mistune.create_markdown(renderer=_Renderer(), plugins=["table", "strikethrough"])


def _cells(executed: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells of an executed notebook as its page shows them.

    The answer's output moves up under the question, papermill's own cells go, and code that shows nothing folds
    together with the code that shows something next.
    """
    cells, waiting = [], []
    for cell in executed["cells"]:
        cell |= {"tags": set(cell["metadata"].get("tags", [])), "source": "".join(cell["source"])}
        if cell["tags"] & FOLDED:
            continue
        if "answer" in cell["tags"] and cell["outputs"]:
            cells.insert(1, {"cell_type": "code", "source": "", "tags": set(), "outputs": cell["outputs"]})
        elif cell["cell_type"] == "code" and not cell["outputs"] and "parameters" not in cell["tags"]:
            waiting.append(cell["source"])
            continue
        elif cell["cell_type"] == "code" and waiting:
            cell["source"] = "\n\n".join([*waiting, cell["source"]])
            waiting = []
        if "answer" in cell["tags"]:
            cell["outputs"] = []
        cells.append(cell)
    return cells


def _answer(cells: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What `show.answer` found on a page."""
    shown = (output.get("data", {}) for cell in cells for output in cell.get("outputs", []))
    return next((data[show.ANSWER] for data in shown if show.ANSWER in data), None)
