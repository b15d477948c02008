"""From executed notebooks to HTML pages that fetch nothing, run no article text and read well."""

import platform
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import InputError, catalogue, figures, show

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

    from .report import Report, Run

HOME = Path(__file__).parent / "page"
VERSIONS = ("pandas", "scikit-learn", "matplotlib", "vaderSentiment", "networkx")
SVG = "{http://www.w3.org/2000/svg}"
DROPPED = set("script foreignobject metadata image iframe set animate animatetransform title style".split())
TAGS = set(
    "a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4 hr i li mark ol p "
    "pre s section small span strong sub summary sup table tbody td tfoot th thead tr ul".split()
)
ATTRIBUTES = {
    "*": {"class", "id", "title", "dir", "lang"},
    "a": {"href"},
    "th": {"scope", "colspan"},
    "td": {"colspan"},
}


def write(report: "Report", runs: list["Run"], build: Path) -> Path:
    """Write one page a notebook and the front page into build/report, all at once; returns that folder."""
    new, target = build / "report.new", build / "report"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    notebooks = [_notebook(run) for run in runs]
    links = [{"href": f"{run.page.name}.html", "title": _short(run.page.name)} for run in runs]
    made = provenance(report)
    exporter = _exporter()
    for run, notebook, link in zip(runs, notebooks, links, strict=True):
        page = {
            **link,
            "report": report.title,
            "pages": links,
            "made": [*_parameters(run), *made],
            "heading": heading(notebook),
        }
        page["contents"] = contents(notebook)
        page["failure"] = run.failure
        (new / link["href"]).write_text(_convert(exporter, notebook, page), encoding="utf-8")
    (new / "index.html").write_text(_front(exporter, report, runs, notebooks, links, made), encoding="utf-8")
    (new / "page.css").write_text((HOME / "page.css").read_text("utf-8") + _code_css(), encoding="utf-8")
    shutil.copy(HOME / "page.js", new)
    _replace(new, target)
    return target


def safe_html(html: str) -> str:
    """HTML with the tags and attributes a page needs and no others: no script, handler, style, image or remote link."""
    import nh3

    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=set(), link_rel=None, clean_content_tags={"script", "style"}
    )


def safe_figure(svg: str, meta: dict[str, str], prefix: str) -> str:
    """A figure from SVG: nothing in it runs or fetches, its ids are its own, its colours follow the page's theme.

    Raises InputError when the SVG is no XML.
    """
    ET.register_namespace("", SVG.strip("{}"))
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        raise InputError(f"a figure is not valid SVG ({error}); make it with helpers.figures") from None
    for parent in root.iter():
        for child in [c for c in parent if not isinstance(c.tag, str) or c.tag.split("}")[-1].lower() in DROPPED]:
            parent.remove(child)
    linked: set[str] = set()
    for element in root.iter():
        _clean_attributes(element, prefix)
        if element.tag == f"{SVG}a" and (to := element.get("href")):
            element.set("aria-label", f"Evidence: {to[1:].replace('-', ' ')}")
            if to in linked:
                element.set("tabindex", "-1")
            linked.add(to)
    root.set("role", "group" if linked else "img")
    root.set("aria-label", meta.get("alt") or "Figure without description")
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    caption = f"<figcaption>{show.text(meta['caption'])}</figcaption>" if meta.get("caption") else ""
    return f"<figure>{ET.tostring(root, encoding='unicode')}{caption}</figure>"


def heading(notebook: "NotebookNode") -> str:
    """The first level-one heading of a notebook: the question its page answers."""
    return next((title for level, title in _headings(notebook) if level == 1), "Untitled")


def contents(notebook: "NotebookNode") -> list[dict[str, str]]:
    """The level-two headings of a notebook with their anchors."""
    return [
        {"title": title, "id": re.sub(r"[^\w-]+", "-", title)} for level, title in _headings(notebook) if level == 2
    ]


def provenance(report: "Report") -> list[tuple[str, str]]:
    """How the report was made: corpus, fingerprint, versions. No clock and no path: a re-run gives the same bytes."""
    libraries = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return [
        ("Corpus", f"{report.corpus.name}, fingerprint {catalogue.fingerprint(report.corpus)}"),
        ("Made with", f"Dateline {version('dateline-notebooks')}, Python {platform.python_version()}, {libraries}"),
    ]


def _headings(notebook: "NotebookNode") -> list[tuple[int, str]]:
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return [(len(match[1]), match[2].strip()) for match in re.finditer(r"^(#{1,3}) (.+)$", prose, re.MULTILINE)]


def _short(name: str) -> str:
    """The name of a page in the navigation: "02_sentiment" is "Sentiment"."""
    return re.sub(r"^\d+_", "", name).replace("_", " ").capitalize()


def _notebook(run: "Run") -> "NotebookNode":
    """An executed notebook as its page shows it.

    The answer's output moves up under the question, papermill's own cells go, and code that shows nothing folds
    together with the code that shows something next.
    """
    import nbformat

    notebook = nbformat.read(run.executed, as_version=4)
    cells, waiting = [], []
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if tags & {"injected-parameters", "papermill-error-cell-tag"}:
            continue
        if "answer" in tags and cell.outputs:
            cells.insert(1, nbformat.v4.new_code_cell("", outputs=cell.outputs))
        elif cell.cell_type == "code" and not cell.outputs and "parameters" not in tags:
            waiting.append(cell.source)
            continue
        elif cell.cell_type == "code" and waiting:
            cell.source = "\n\n".join([*waiting, cell.source])
            waiting = []
        if "answer" in tags:
            cell.outputs = []
        cells.append(cell)
    notebook.cells = cells
    return notebook


def _answer(notebook: "NotebookNode") -> dict[str, Any] | None:
    """What `show.answer` found on a page."""
    found = (
        output.data[show.ANSWER]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if show.ANSWER in output.get("data", {})
    )
    return next(found, None)


def _parameters(run: "Run") -> list[tuple[str, str]]:
    shown = (f"{name} = {value!r}" for name, value in run.page.parameters.items() if name != "corpus")
    return [("Parameters", ", ".join(shown) or "none")]


def _exporter() -> "HTMLExporter":
    from nbconvert import HTMLExporter

    return HTMLExporter(
        template_name="page", extra_template_basedirs=[str(HOME.parent)], filters={"safe_html": safe_html}
    )


def _convert(exporter: "HTMLExporter", notebook: "NotebookNode", page: dict[str, Any]) -> str:
    number = iter(range(1, 10_000))
    exporter.environment.filters["safe_figure"] = lambda svg, meta: safe_figure(svg, meta, f"f{next(number)}-")
    return exporter.from_notebook_node(notebook, resources={"page": page})[0]


def _front(
    exporter: "HTMLExporter", report: "Report", runs: list["Run"], notebooks: list, links: list, made: list
) -> str:
    cards = [
        {**link, "heading": heading(notebook), "answer": _answer(notebook), "failure": run.failure}
        for run, notebook, link in zip(runs, notebooks, links, strict=True)
    ]
    page = {
        "href": "index.html",
        "report": report.title,
        "subtitle": report.subtitle,
        "pages": links,
        "made": made,
        "heading": report.title,
    }
    return exporter.environment.get_template("front.html.j2").render(page=page, cards=cards)


def _clean_attributes(element: ET.Element, prefix: str) -> None:
    """Drop handlers and remote references; give ids a prefix of their own; put theme variables for theme colours."""
    for name, value in list(element.attrib.items()):
        short = name.split("}")[-1].lower()
        del element.attrib[name]
        if (
            short == "target"
            or short.startswith("on")
            or (short == "href" and not value.startswith("#"))
            or "url(" in value.replace("url(#", "")
        ):
            continue
        value = value.replace("url(#", f"url(#{prefix}")
        if short == "id":
            value = prefix + value
        elif short == "href":
            # A link to evidence leads out of the figure; <use> stays in it.
            name, value = ("href", value) if element.tag == f"{SVG}a" else ("href", f"#{prefix}{value[1:]}")
        elif short == "style":
            value = re.sub(r"font-family:[^;]*;?|(?<=px) '[^;]*", "", value)
        for colour, variable in figures.THEME.items():
            value = value.replace(colour, f"var({variable})")
        element.set(name, value)


def _code_css() -> str:
    """Colours of folded code in both themes."""
    from pygments.formatters import HtmlFormatter

    style: Callable = lambda name, where: HtmlFormatter(style=name).get_style_defs(where)  # noqa: E731
    dark = style("github-dark", ":root[data-theme=dark] .highlight")
    auto = style("github-dark", ":root:not([data-theme=light]) .highlight")
    css = f"{style('default', '.highlight')}\n@media (prefers-color-scheme: dark) {{\n{auto}\n}}\n{dark}\n"
    return re.sub(r"/\*.*?\*/|^pre \{.*\n|background(?:-color)?: [^;}]*;?", "", css, flags=re.MULTILINE)


def _replace(new: Path, target: Path) -> None:
    """Put the new report in the old one's place; a reader finds one or the other, never half."""
    old = target.with_suffix(".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
