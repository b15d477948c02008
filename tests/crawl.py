"""Follow every link of a built report and hold what it opens against what it was opened from; print faults and counts.

python tests/crawl.py build/report

Held are: a link leads to a page, an id and a sentence that are there; the number that a page of sentences tells is that
of its rows in the CSV; each row has the headline, outlet, day and words of the article that it leads to; a row of a
table that names an outlet, a figure's mark that is of one ("X in Outlet"), opens sentences of that outlet alone.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import html

SHOWN = 50
COUNT = re.compile(
    r"(?:The first (\d+) of )?(?:([\d,]+) (?:sentences?|passages?|pieces?|mentions?) of )?([\d,]+) articles?"
)
MONTHS = "January February March April May June July August September October November December".split()
PERIOD = re.compile(
    rf"(?:(?P<month>{'|'.join(MONTHS)}) )?(?P<year>\d{{4}})(?: Q(?P<quarter>\d))?(?:, own voice|, quoted or reported)?$"
)
SPACE = re.compile(r"\s+")


class Row(NamedTuple):
    """A sentence, or an article, behind a mark."""

    to: str
    outlet: str
    day: str
    title: str
    words: str


class Crawled:
    """One page of a report as its reader finds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = html.fromstring(path.read_text(encoding="utf-8"), parser=html.HTMLParser(encoding="utf-8"))
        self.ids = set(self.tree.xpath("//@id"))
        self.links = [(a, unquote(a.get("href"))) for a in self.tree.iter("a", "{*}a") if a.get("href")]

    def to(self, href: str) -> tuple[Path, str]:
        """The file and the id that a link leads to."""
        file, _, name = href.partition("#")
        return _place(self.path.parent, file) if file else self.path, name

    @cached_property
    def rows(self) -> list[Row]:
        """The sentences of a page of sentences."""
        return [_row(item) for item in self.tree.xpath("//ol[@class='evidence']/li")]

    @cached_property
    def said(self) -> str:
        """The words of the page."""
        return _said(self.tree.xpath("//main")[0])

    @cached_property
    def sentences(self) -> dict[str, str]:
        """The sentences of an article by their ids."""
        return {at.get("id"): _said(at) for at in self.tree.xpath("//*[re:test(@id, '^s[0-9]+$')]", namespaces=EXSLT)}


@cache
def _place(folder: Path, file: str) -> Path:
    return (folder / file).resolve()


EXSLT = {"re": "http://exslt.org/regular-expressions"}


def _said(element: html.HtmlElement) -> str:
    return SPACE.sub(" ", element.text_content()).strip()


def _row(item: html.HtmlElement) -> Row:
    who, told = item.xpath("./span")[:2]
    title = told.xpath("./*[@class='title']")
    links = [*item.xpath(".//a/@href"), ""]
    # Outlet and day stand on a line each; the words behind the headline.
    outlet, _, day = "\n".join(part.strip() for part in who.itertext() if part.strip()).partition("\n")
    words = _said(told)
    head = _said(title[0]) if title else ""
    return Row(unquote(links[0]), outlet, day, head, words.removeprefix(head).strip())


def crawl(folder: Path) -> tuple[Counter, list[str]]:
    """How many links, pages of sentences and rows a report has, and what is wrong with them."""
    folder = folder.resolve()
    pages = {path: Crawled(path) for path in sorted(folder.rglob("*.html"))}
    faults, counts, opened = [], Counter(pages=len(pages)), defaultdict(list)
    tables = {}
    for path, page in pages.items():
        for link, href in page.links:
            if re.match(r"https?:", href):
                continue
            counts["links"] += 1
            at, name = page.to(href)
            if not at.exists() or (name and at in pages and name not in pages[at].ids):
                faults.append(f"{path.name}: {href} leads nowhere")
            elif at.parent.name == "sentences":
                opened[at].append((path, link))
    for path, page in pages.items():
        if path.parent.name == "sentences":
            counts["sets"] += 1
            counts["rows"] += len(page.rows)
            faults += _set(page, pages, tables)
            faults += [f"{path.name}: nothing opens it"] * (path not in opened)
            for _, link in opened[path]:
                counts["marks"] += bool(link.xpath("ancestor::*[local-name()='svg']"))
                faults += _of(link, page)
    return counts, faults


def _set(page: Crawled, pages: dict[Path, Crawled], tables: dict[Path, Counter]) -> list[str]:
    """What is wrong with a page of sentences."""
    name, line = page.path.name, page.tree.xpath("//main/p[@class='csv']")[0]
    told = COUNT.search(_said(line))
    if not told:
        return [f"{name}: tells no number"]
    first, sentences, articles = (int(number.replace(",", "")) if number else 0 for number in told.groups())
    file = page.to(line.xpath("./a/@href")[0])[0]
    if file not in tables:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            tables[file] = defaultdict(list)
            for row in csv.DictReader(lines):
                tables[file][row["mark"]].append(row["doc"])
    docs = tables[file][page.tree.xpath("//main/@data-mark")[0]]
    whole = sentences or articles
    faults = [f"{name}: {whole} told, {len(docs)} in the CSV"] * (len(docs) != min(whole, 5_000))
    faults += [f"{name}: {articles} articles told, {len(set(docs))} in the CSV"] * (
        len(set(docs)) != articles and whole <= 5_000
    )
    faults += [f"{name}: {len(page.rows)} rows of {whole}"] * (len(page.rows) != min(whole, SHOWN))
    faults += [f"{name}: first {first}, {len(page.rows)} shown"] * bool(first and first != len(page.rows))
    for row, item in zip(page.rows, page.tree.xpath("//ol[@class='evidence']/li"), strict=True):
        nobody = name.startswith("03_") and row.words and not item.xpath(".//mark")
        faults += [f"{name}: names nobody in “{row.words[:60]}”"] * bool(nobody)
        faults += [f"{name}: {row.day} is of another period"] * (not _within(page, row.day))
        if row.to:
            faults += [f"{name}: {fault}" for fault in _cited(row, page, pages)]
    return faults


def _within(page: Crawled, day: str) -> bool:
    """Whether a day lies in the period that a page of sentences is of, where it is of one."""
    said = PERIOD.search(_said(page.tree.xpath("//h1")[0]))
    if not said or not re.search(r"-(?:when|period)-", page.path.name):
        return True
    month, quarter, year = (*day.split()[-2:-1], said["quarter"], said["year"])
    in_quarter = not quarter or MONTHS.index(month) // 3 + 1 == int(quarter)
    return day.endswith(year) and in_quarter and said["month"] in (None, month)


def _cited(row: Row, page: Crawled, pages: dict[Path, Crawled]) -> list[str]:
    """What is wrong between a row and the article that it leads to."""
    at, name = page.to(row.to)
    if at not in pages:
        return [f"{row.to} is no page"]
    facts = pages[at].said
    faults = [f"{at.name} is not of {row.outlet}"] * (row.outlet not in facts)
    faults += [f"{at.name} is not of {row.day}"] * (row.day not in facts)
    said = pages[at].sentences.get(name, "") if name else ""
    faults += [f"{at.name}#{name} does not say “{row.words[:60]}”"] * bool(
        name and row.words and said[:80] not in row.words
    )
    return faults


def _of(link: html.HtmlElement, page: Crawled) -> list[str]:
    """Rows of another outlet than the row of a table, or the mark of a figure, that opens them names."""
    words = link.get("aria-label") or ""
    outlets, name = {row.outlet for row in page.rows}, ""
    if cells := link.xpath("ancestor::tr[1]/td"):
        heads = [_said(head) for head in link.xpath("ancestor::table[1]/thead/tr/th")]
        told = dict(zip(heads, map(_said, cells), strict=False))
        name = told.get("Outlet", "")
        counted = told.get("Articles")
    else:
        counted = None
        found = re.match(r"(?:.* in (.+?)|(.+?), (?:own voice|quoted or reported)): [\d,]+ ", words)
        name = next((each for each in (found.groups() if found else ()) if each in outlets), "")
    heading = _said(page.tree.xpath("//h1")[0])
    if not name or "other" in heading:
        return []
    faults = [f"{page.path.name}: of {name}, and has rows of {outlets - {name}}"] * bool(outlets - {name})
    told = COUNT.search(_said(page.tree.xpath("//main/p[@class='csv']")[0]))
    if counted and counted.replace(",", "").isdigit() and told:
        number = int(told[3].replace(",", ""))
        faults += [f"{page.path.name}: {number} articles where the row tells {counted}"] * (
            number != int(counted.replace(",", ""))
        )
    return faults


def main(folder: str) -> int:
    counts, faults = crawl(Path(folder))
    kinds = Counter(re.sub(r"^[^:]+: |\d+|“.*", "", fault)[:60] for fault in faults)
    print(", ".join(f"{number:,} {what}" for what, number in counts.items()), f"{len(faults):,} faults", sep=", ")
    for kind, number in kinds.most_common(12):
        print(f"{number:6,}  {kind.strip()}")
    for fault in faults[:20]:
        print(f"        {fault}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
