"""From executed notebooks to HTML pages that fetch nothing, run no article text and read well."""

import re
import shutil
from functools import partial
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..show import html as show
from . import cache as changes
from . import plan
from .sheet import Sheet

if TYPE_CHECKING:
    import jinja2

    from .execute import Run
    from .plan import Report

HOME = Path(__file__).parent / "templates"


def write(report: "Report", runs: list["Run"], folder: Path, fingerprint: str) -> None:
    """Write a page for each run and the front page into `folder`, which must not exist; the corpus' fingerprint too."""
    (folder / "downloads").mkdir(parents=True)
    made = {"Corpus": f"{report.corpus.name}, fingerprint {fingerprint}", "Made with": _made_with()}
    frame = {"title": "", "group": "", "up": bool(report.name), "report": report.title}
    frame |= {"pages": _navigation(runs), "made": made}
    templates, cards = _templates(), []
    for run in runs:
        shown = Sheet(run, folder)
        (folder / shown.href).write_text(shown.html(templates, frame), encoding="utf-8")
        cards.append(shown.card())
    pages = {run.page.name for run in runs}
    front = frame | {
        "href": "index.html",
        "heading": report.title,
        "subtitle": report.subtitle,
        "missing": [page.title for page in report.pages if page.name not in pages],
        "empty": report.empty,
        "cards": cards,
        "little": [(card, words) for card in cards for words in card["little"]],
        "groups": [(name, list(some)) for name, some in groupby(cards, lambda card: card["group"] or card["href"])],
    }
    _render(templates, "front.html.j2", front, folder)


def write_list(reports: list["Report"], folder: Path) -> None:
    """Write the page that leads to several reports, each in a folder of its name below."""
    found = [
        {"href": f"{report.name}/index.html", "title": report.title, "subtitle": report.subtitle} for report in reports
    ]
    frame = {"title": "", "group": "", "up": False, "report": "Dateline", "pages": []}
    page = frame | {"href": "index.html", "heading": "Reports", "reports": found, "made": {"Made with": _made_with()}}
    _render(_templates(), "list.html.j2", page, folder)


def _navigation(runs: list["Run"]) -> list[dict[str, Any]]:
    """One entry for each page, and one for the pages of a sweep together."""
    entries = []
    for group, some in groupby(runs, key=lambda run: run.page.group or run.page.name):
        pages = [{"href": f"{run.page.name}.html", "title": run.page.title} for run in some]
        swept = {"href": f"index.html#{plan.slug(group)}", "title": group, "pages": pages}
        entries.append(pages[0] | {"pages": []} if group == pages[0]["href"].removesuffix(".html") else swept)
    return entries


def _made_with() -> str:
    return f"Dateline {version('dateline-notebooks')}, {changes.versions()}"


def _templates() -> "jinja2.Environment":
    import jinja2

    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HOME), autoescape=False, undefined=jinja2.StrictUndefined
    )
    templates.filters |= {"plain": show.text, "slug": plan.slug, "joined": _joined}
    return templates


def _joined(text: str | list[str]) -> str:
    """Text of a notebook, which may be a list of lines, without the codes that colour a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", "".join(text))


def _render(templates: "jinja2.Environment", template: str, page: dict[str, Any], folder: Path) -> None:
    """Write a page that no notebook makes, and the style and script that all share."""
    (folder / "index.html").write_text(templates.get_template(template).render(page=page), encoding="utf-8")
    (folder / "page.css").write_text((HOME / "page.css").read_text("utf-8") + _code_css(), encoding="utf-8")
    shutil.copy(HOME / "page.js", folder)


def _code_css() -> str:
    """Colours of folded code in both themes."""
    from pygments.formatters import HtmlFormatter

    style = partial(lambda name, where: HtmlFormatter(style=name).get_style_defs(where))
    dark = style("github-dark", ":root[data-theme=dark] .highlight")
    auto = style("github-dark", ":root:not([data-theme=light]) .highlight")
    css = f"{style('default', '.highlight')}\n@media (prefers-color-scheme: dark) {{\n{auto}\n}}\n{dark}\n"
    return re.sub(r"/\*.*?\*/|^pre \{.*\n|background(?:-color)?: [^;}]*;?", "", css, flags=re.MULTILINE)
