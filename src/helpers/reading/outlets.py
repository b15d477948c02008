"""Which outlet an article is from, and which agency it credits, as the article, its page or its neighbours say."""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from . import clean, formats
from . import columns as exports

_NAME = r"[A-Z][\w&’'-]+(?: (?:(?:of|for|the|and|&) )*[A-Z][\w&’'-]+){0,4}"
COPYRIGHT = re.compile(rf"(?:©|\([Cc]\)|[Cc]opyright|COPYRIGHT)[\s©]*(?:\d{{4}}[-–,\s\d]*)?(?:by )?(?:the )?({_NAME})")
COMPANY = re.compile(
    r"(?:^|[ ,.-]+)(?:Copyright|All|Ltd|Limited|Co|Inc|LLC|Company|Corporation|Group|Media|Publishers|Publishing"
    r"|Reproduction|No)\b.*$"
)
CREDITED = re.compile(
    rf"(?:\bwith (?:reporting by )?|\bsource\s*: ?|\bvia |\breporting by (?:the )?)({_NAME})", re.IGNORECASE
)


def said(said: dict[str, dict[str, str]]) -> dict[str, str]:
    """The outlet of each article as it, or another article from the same site, says."""
    sites = {doc: exports.host(row.get("url", "")) for doc, row in said.items()}
    votes: dict[str, Counter] = defaultdict(Counter)
    for doc, row in said.items():
        if row.get("outlet") and sites[doc]:
            votes[sites[doc]][row["outlet"]] += 1
    names = {site: max(sorted(count), key=count.__getitem__) for site, count in votes.items()}
    return {doc: row.get("outlet") or names.get(sites[doc], sites[doc]) for doc, row in said.items()}


class Known(NamedTuple):
    """Every outlet that is known by name, by its folded name, and an expression that finds any of them."""

    names: dict[str, str]
    finder: re.Pattern[str]


def known(root: Path, said: dict[str, str], pages: list[list[clean.Cut]]) -> Known:
    """The outlets that articles, `outlets.csv` or copyright lines name."""
    found = {name for name in said.values() if name} | {name for cuts in pages if (name := holder(cuts))} | listed(root)
    longest = sorted(found, key=lambda name: (-len(name), name))
    finder = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)" if found else "(?!)"
    return Known({name.casefold(): name for name in longest}, re.compile(finder, re.IGNORECASE))


def listed(root: Path) -> set[str]:
    """The outlets that `outlets.csv` in a corpus folder lists."""
    path = root / "outlets.csv"
    rows = formats.rows(path) if path.is_file() else ()
    return {row["outlet"].strip() for row in rows if isinstance(row, dict) and row.get("outlet", "").strip()}


def credited(cuts: list[clean.Cut], outlets: Known) -> str:
    """The known outlet that most lines of the page name, or the holder of its copyright; "" where nothing tells."""
    votes: Counter[str] = Counter()
    for cut in cuts:
        if cut.rule not in ("related stories", "credits", "caption", "caption credit", "editor line", "dateline"):
            votes.update({outlets.names.get(name.casefold(), name) for name in outlets.finder.findall(cut.text)})
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else holder(cuts)


def holder(cuts: list[clean.Cut]) -> str:
    """Who a copyright line names, or what stands behind the headline in the window's title."""
    for cut in cuts:
        marked = any(map(cut.text.__contains__, ("©", "opyright", "OPYRIGHT", "(c)", "(C)")))
        found = COPYRIGHT.search(cut.text) if marked and re.search(r"\d{4}|opyright|OPYRIGHT", cut.text) else None
        if found and len(name := COMPANY.sub("", found[1])) > 2 and name != "Press":
            return name
    tails = [re.split(r" [|–—] ", cut.text)[-1] for cut in cuts if cut.rule == "page title"]
    return next((re.split(r" [-–—] ", tail)[0].strip() for tail in tails), "")


def agency(cuts: list[clean.Cut], outlet: str) -> str:
    """The agency that a credit line names, when it is not the outlet itself."""
    for cut in cuts:
        found = CREDITED.search(cut.text) if cut.rule in ("credits", "editor line", "byline", "timestamp") else None
        name = re.sub(r" (?:staff|correspondents?|writers?|desk)\b.*$", "", found[1]) if found else ""
        if name and name[0].isupper() and name != outlet and not re.search(r"\band\b", name):
            return name
    return ""
