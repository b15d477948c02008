"""From a folder, table or archive of articles to `documents`, one row an article, and `removed`, what is left out."""

import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from pathlib import Path

import pandas as pd

from .. import InputError
from ..language import dates, split
from ..language.words import fold, lists, pairs, stands
from . import UNKNOWN, clean, files, furniture, pages, runs
from .columns import DATA, column_map, csv_header, field_columns, fields, host
from .furniture import ANY, is_prose
from .plain import FORM

DOCUMENTS = """doc path outlet published earliest latest dated_by agency place title url
    language words copy_of event text""".split()
REMOVED = ["doc", "line", "text", "rule"]
COMPANIONS = {f"{name}.csv" for name in ("articles", "outlets", "actors", "surfaces", "roles", "chronology")}
COMPANIONS |= {"README.md", "furniture.yml", "columns.yml"}
BESIDE = "beside the folder articles/, which holds the articles: move it there"
REFUSED = f"not a kind of file that is read: save it as {files.TEXT[0]} or {files.HTML[0]}"
# Of what cleaning cuts, these speak of other days than that of printing.
NO_STAMP = {"related stories", "read more", "quoted post", "footnote", "copyright", "about the author", "caption"}
NO_STAMP |= {"caption credit", "repeated line", "tags", "comments", "header", "dateline"}
NO_STAMP |= {pages.OUTSIDE, pages.HIDDEN}
LATER, LABELLED = (re.compile(ANY[name], re.IGNORECASE) for name in ("later", "dated"))
SEPARATED = re.compile(r"(\s*(?:\s[-–—:·»«>]|\|)\s+|(?<=\w):\s(?=[^a-z]))")  # of the name of a site and a title
NO_OUTLET = re.compile(ANY["no outlet"], re.IGNORECASE)
QUOTED = re.compile(
    r"“[^“”\n]+”|„[^“”\n]+[“”]|«[^«»\n]+»|»[^«»\n]+«|「[^「」\n]+」|\"[^\"\n]+\"|‘[^‘\n]{20,400}?’(?!\w)"
)
FOREIGN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u3041-\ud7ff\uf900-\ufaff\uff66-\uffdc]")
SCRIPTS = pairs(lists(DATA / "words.txt")["scripts"])
ARTICLES = re.compile(rf"(?<= ){ANY['articles']}(?= )")
SECOND = "a second row for this article in articles.csv: the first counts"
_NAME = r"[A-Z][\w&’'-]+(?: (?:(?:of|for|the|and|&) )*[A-Z][\w&’'-]+){0,4}"
COPYRIGHT = re.compile(rf"(?:©|\([Cc]\)|[Cc]opyright|COPYRIGHT)[\s©]*(?:\d{{4}}[-–,\s\d]*)?(?:by )?(?:the )?({_NAME})")
COMPANY = re.compile(rf"(?:^|[ ,.-]+){ANY['company']}\b.*$")
CREDITS = {"credits", "editor line", "byline", "timestamp"}
CREDITED = re.compile(rf"{ANY['credited']}({_NAME})", re.IGNORECASE)
BOTH = re.compile(r"reporting by .{2,200}; ?(?:\w+ )?editing by", re.IGNORECASE)  # as Reuters alone signs
OLD = 5  # years after which a day in a name is rather that of an anniversary


@dataclass
class _Record:
    """One article on its way to its row; `fields` is what it says of itself or the catalogue, its `entry`, says."""

    doc: str
    path: str
    article: files.Article
    entry: dict[str, str]
    fields: dict[str, str]
    outlet: str = ""
    text: str = ""
    cuts: list[clean.Cut] = field(default_factory=list)
    line: dates.Dateline = field(default_factory=dates.Dateline)

    def stated(self) -> list[tuple[str, str, dict[str, str]]]:
        """The sources of what is stated of an article, the column or file of each, and what it says."""
        own = self.path if self.article.source == "catalogue" else self.article.source
        return [("catalogue", "articles.csv", self.entry), (self.article.source, own, self.article.fields)]


def read_documents(
    source: str | Path, columns: dict[str, str] | None = None, *, outlet_is: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every article of a folder (below `source/articles` if there is one), of one table or of one archive.

    Text, Markdown, HTML, CSV, TSV, JSON, Parquet, each also as .gz or .zst, and zip archives; `columns`, or a file
    `columns.yml` beside them, maps fields (doc, outlet, published, title, url, text) to the columns of a table. A
    sidecar `articles.csv` describes articles by `doc`, their path without ending; a `furniture.yml` adds rules;
    `outlet_is` is the outlet of each article that neither its file nor the sidecar tells. Returns `documents` (columns
    DOCUMENTS, sorted by published and doc; `copy_of` and `event` empty) and `removed` (doc, line, text, rule; line 0
    stands for a file or a row).

    Raises InputError for a source that is missing or holds no article, and for a catalogue or rules beyond reading.
    """
    root, removed = Path(source), []
    home = articles_path(root)
    rules = furniture.rules(root / "furniture.yml")
    entries = _entries(root, home, removed) if root.is_dir() else {}
    columns = columns or column_map((root if root.is_dir() else root.parent) / "columns.yml")
    records = _records(root, home, columns, removed)
    if not records:
        reason = f"{removed[0][2]}: {removed[0][3]}" if removed else "it is empty"
        raise InputError(f"{root}: holds no readable article ({reason})")
    removed += _beside(root, home)
    _describe(records, entries, root, removed)
    _name_outlets(records.values(), outlet_is, listed_outlets(root))
    texts = [(record.outlet, record.article.raw) for record in records.values()]
    repeated, inside = clean.repeated_lines(texts), runs.repeated(texts, rules)
    for number, record in enumerate(records.values()):
        _clean(record, repeated[record.outlet], inside.get(number, ()), rules)
    known, orders, rows = _known_names(root, records.values()), _orders(records.values()), []
    for _, record in sorted(records.items()):
        rows.append(_row(record, known, orders, removed))
        removed += [(record.doc, *cut) for cut in record.cuts]
    documents = pd.DataFrame(rows, columns=DOCUMENTS).sort_values(["published", "doc"], ignore_index=True)
    removed = [(doc, line, text, " ".join(rule.split())) for doc, line, text, rule in removed]
    out = pd.DataFrame(removed, columns=REMOVED).sort_values(["doc", "line"], ignore_index=True, kind="stable")
    return documents, out


def articles_path(source: str | Path) -> Path:
    """Where the articles of a corpus lie: a folder, or one file; InputError when there is none that can be read."""
    root = Path(source)
    if os.path.isfile(root):  # noqa: PTH113  (pathlib raises where a name is too long)
        if files.kind(root.name):
            return root
        raise InputError(f"{root}: not a kind of file that is read; give one of {', '.join(files.KINDS)}")
    if not os.path.isdir(root):  # noqa: PTH112
        raise InputError(f"{root}: no such folder or file; give the folder that holds your articles")
    home = root / "articles"
    home = home if home.is_dir() and home.resolve().is_relative_to(root.resolve()) else root
    names = (name for _, _, inside in os.walk(home) for name in inside)
    if not any(files.kind(name) and name not in COMPANIONS - {"articles.csv"} for name in names):
        raise InputError(f"{home}: holds no article; put text, HTML, tables or archives of articles into it")
    return home


def language(text: str) -> str:
    """The ISO 639-1 code of a text's language, judged by its first 2,000 characters, its script and not its quotations.

    "" where fewer than five words in Latin letters, or the likeness of several languages, leave it open.
    """
    start = text[:2000]
    told = QUOTED.sub(" ", start)
    told = told if FOREIGN.search(told) or split.count(told) >= 5 else start
    scripts = Counter(unicodedata.name(letter, "NONE").split()[0] for letter in FOREIGN.findall(told))
    # A word of Chinese, Japanese or Korean has two characters, where one of a Latin script has five.
    wide = sum(scripts[name] for name in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))
    if wide + sum(scripts.values()) + wide // 2 > len(re.findall("[A-Za-z]", told) if scripts else ()):
        kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
        script = "HIRAGANA" if 10 * kana > wide > 2 * scripts["HANGUL"] else scripts.most_common(1)[0][0]
        codes = SCRIPTS.get(script, "").split(",")
    elif (articles := told.lower().count(" the ")) >= 3 and articles > len(ARTICLES.findall(told)):
        return "en"  # no other language has this article, and it settles nearly all texts without a model
    elif split.count(told) < 5:
        return ""
    else:
        codes = []
    if len(codes) == 1:
        return codes[0]
    import py3langid

    ranked = py3langid.rank(told)
    if codes:
        return next(code for code, _ in ranked if code in codes)
    code, score = next((code, score) for code, score in ranked if len(code) == 2 or len(told) > 400)
    # Names are of no language: a few words of English beside them are less likely that than many another.
    lead = (score - dict(ranked)["en"]) / len(told.encode("utf-8", "replace")) ** 0.5
    return code if lead > 3 else "" if lead > 1.5 else "en"


def listed_outlets(root: Path) -> set[str]:
    """The outlets that `outlets.csv` in a corpus folder lists."""
    path = root / "outlets.csv"
    rows = files.read_table(path)[1] if stands(path) else ()
    return {row.get("outlet", "").strip() for row in rows if isinstance(row, dict)} - {""}


def _records(root: Path, home: Path, columns: dict[str, str], removed: list[tuple]) -> dict[str, _Record]:
    """The articles by key, as they were read; what cannot be read, or comes twice, goes to `removed`."""
    records: dict[str, _Record] = {}
    above = "articles/" if home.is_dir() and home.name == "articles" else ""
    for name, data in files.walk(home, lambda name: "" if files.kind(name) or name in COMPANIONS else REFUSED, root):
        beside = isinstance(data, bytes) and home.is_dir() and name in COMPANIONS
        if beside and not (name == "articles.csv" and _holds_texts(home / name)):
            continue
        faults = [files.Problem(files.stem(name), name, data)] if isinstance(data, str) else ()
        for item in faults or files.articles(name, data, columns):
            doc, path = files.printable(item.doc), files.printable(name)
            if isinstance(item, files.Problem):
                removed.append((doc, 0, files.printable(item.what), " ".join(item.why.split())))
            elif doc in records:
                removed.append((doc, 0, path, "a second article of this name: rename one of the two"))
            elif not item.raw.strip():
                removed.append((doc, 0, path, "an empty file"))
            else:
                records[doc] = _Record(doc, above + path, item, {}, item.fields)
    return records


def _beside(root: Path, home: Path) -> Iterator[tuple[str, int, str, str]]:
    """What lies beside the folder of the articles and should not, or may not be opened."""
    for path in sorted(root.iterdir()) if home != root else ():
        name, companion = files.printable(path.name), path.name in COMPANIONS
        fault = files.irregular(path, root) or ("" if companion else BESIDE)
        if fault and not path.is_dir() and (companion or files.kind(name)) and not name.startswith("."):
            yield files.stem(name), 0, name, fault


def _key(name: str) -> str:
    """The name of an article as any system or table would write it."""
    name = re.sub(r"[\\/]+", "/", files.stem(name.strip()))
    return fold(unicodedata.normalize("NFKC", name).casefold()).removeprefix("./")


def _describe(records: dict[str, _Record], entries: dict[str, dict], root: Path, removed: list[tuple]) -> None:
    """Give each article its row of the catalogue, found by its name, or else by what is like it and one alone."""
    below = re.compile(rf"^(?:.*/)?(?:articles|{re.escape(_key(root.resolve().name))})/")
    names: dict[tuple[int, str], set[str]] = defaultdict(set)
    for doc in records if set(entries) - set(records) else ():
        key = _key(doc)
        for rank, like in enumerate((key, key.rpartition("/")[2], FORM["copied"].sub("", key))):
            names[rank, like].add(doc)
    left_out = {_key(doc) for doc, *_ in removed}
    for name, entry in entries.items():
        key = _key(name)
        alike = (names[rank, one] for rank in range(3) for one in (key, below.sub("", key)))
        likely = [name] if name in records else next(filter(None, alike), ())
        (doc,) = likely if len(likely) == 1 else ("",)
        if doc and records[doc].entry:
            removed.append((doc, 0, ",".join([name, *entry.values()]), SECOND))
        elif doc:
            records[doc].entry, records[doc].fields = entry, records[doc].fields | entry
        elif key not in left_out:
            removed.append((name, 0, name, "articles.csv names it, but there is no such file"))


def _holds_texts(path: Path) -> bool:
    """Whether a file named articles.csv holds the articles themselves."""
    with suppress(OSError, ValueError), path.open("rb") as file:
        return "text" in field_columns(csv_header(files.decode_table(file.read(100_000))))
    return False


def _entries(root: Path, home: Path, removed: list[tuple]) -> dict[str, dict[str, str]]:
    """What the catalogue says of each article; a row that cannot be used goes to `removed`."""
    names = dict.fromkeys(("articles.csv", (home / "articles.csv").relative_to(root).as_posix()))
    names = [name for name in names if stands(root / name, root) and not _holds_texts(root / name)]
    if not names:
        return {}
    removed += [("articles", 0, name, "a second catalogue: the outer one counts") for name in names[1:]]
    header, rows = files.read_table(path := root / names[0])
    if "doc" not in field_columns(header):
        columns = ", ".join(header)[:200] or "nothing"
        raise InputError(f"{path}: has no column 'doc'; it has {columns}; name the article's file there")
    entries: dict[str, dict[str, str]] = {}
    for row in rows:
        if isinstance(row, str):
            if "never closed" in row:
                raise InputError(f"{path}: {row}")
            removed.append(("articles", 0, "articles.csv", row))
            continue
        entry = fields(row)
        doc = files.stem(entry.pop("doc", ""))
        if doc in entries:
            removed.append((doc, 0, ",".join(row.values()), SECOND))
        elif doc:
            entries[doc] = entry
    return entries


def _clean(record: _Record, repeated: set[str], inside: Collection[str], rules: furniture.Rules) -> None:
    """Give a record its body text, and all that was taken out of it on the way."""
    raw, title = record.article.raw, record.fields.get("title", "")
    lines = raw.splitlines(keepends=True) if repeated else []
    shared = [
        clean.Cut(n, text, "repeated across articles")
        for n, text in enumerate(map(str.strip, lines), 1)
        if text in repeated and text != title
    ]
    for cut in shared:
        lines[cut.line - 1] = "\n"
    record.text, cuts = clean.article("".join(lines) if shared else raw, title, rules, inside)
    record.cuts = sorted([*(clean.Cut(*line) for line in record.article.removed), *shared, *cuts])
    lines = (dates.dateline(cut.text) for cut in record.cuts if cut.rule == "dateline")
    record.line = next((line[0] for line in lines if line), record.line)


def _row(record: _Record, known: tuple[dict[str, str], re.Pattern[str]], orders: dict, removed: list[tuple]) -> tuple:
    """The row of an article in `documents`."""
    dated_by, first, last = next(_believed(record, orders, removed), ("unknown", None, None))
    days = [pd.Timestamp(one) if one else pd.NaT for one in (first if first == last else None, first, last)]
    place, agency = record.line.place, record.line.agency
    outlet = record.outlet or _credited_outlet(record.cuts, *known)
    agency = dates.agency(agency) or agency or _credited_agency(record.cuts, outlet, known[0])
    # An agency may sign with the initials of an outlet.
    whole = (name for name in known[0].values() if name != agency and re.sub(r"[^A-Z]", "", name) == agency)
    outlet = outlet or (next(whole, agency) if _signed(record.cuts) else "") or UNKNOWN
    title, url = record.fields.get("title") or _headline(record), record.fields.get("url", "")
    title = without_site(title, {outlet, host(url)}, known[0])
    facts = (record.doc, record.path, outlet, *days, dated_by, agency, place, title, url)
    return (*facts, language(record.text), split.count(record.text), "", "", record.text)


def without_site(title: str, sites: set[str], known: Collection[str] = ()) -> str:
    """A title without the name of its own site, or of a known outlet (by key), before or behind it.

    >>> without_site("Ministers meet | The Lantern", {"Lantern"}), without_site("Gas - a bridge", {"Lantern"})
    ('Ministers meet', 'Gas - a bridge')
    """
    parts = SEPARATED.split(title)
    keys = [_spelled(part) for part in parts]
    sites = {site.removeprefix("www.") for site in sites} if len(parts) > 2 else set()
    own = {_spelled(name) for site in sites - {""} for name in (site, re.sub(r"(?<=\w{3})\.[\w.]+$", "", site))}
    first, last = 0, len(parts)
    while last > first + 2 and (keys[last - 1] in own or keys[last - 1] in known):
        last -= 2
    while last > first + 2 and (keys[first] in own or keys[first] in known):
        first += 2
    return "".join(parts[first:last]).strip()


def _headline(record: _Record) -> str:
    """The first line of a text, or the first below a caption whose credit was cut, where it has no stop."""
    raw = record.article.raw.splitlines()
    credited = [raw[cut.line - 1].strip() for cut in record.cuts if cut.rule == "caption credit"]
    lines = record.text.split("\n")
    first = next((line for line in lines[:-1] if not any(whole.startswith(line) for whole in credited)), "")
    return first if len(first) <= 160 and not furniture.has_stop(first) else ""


def _orders(records: Iterable[_Record]) -> dict[str, bool | None]:
    """Whether the month stands before the day, by column."""
    cells: dict[str, list[str]] = defaultdict(list)
    for _, column, said in (stated for record in records for stated in record.stated()):
        cells[column].append(said.get("published", ""))
    return {column: dates.month_first(written) for column, written in cells.items()}


def _believed(record: _Record, orders: dict, removed: list[tuple]) -> Iterator[tuple[str, date, date]]:
    """Source, first and last day of all that tells when an article was printed, the most to be trusted first.

    No day after today is believed; what is stated and no day goes to `removed`.
    """
    for source, column, said in record.stated():
        written = said.get("published", "")
        day = dates.parse(written, orders[column]) if written else None
        if day and day <= dates.today():
            yield source, day, day
        elif written:
            two = dates.parse(written, month_first=True)
            wrong = "a day after today" if day else "a day or a month may come first" if two else "no such day"
            cure = "not believed" if day else "write it as 2024-10-15"
            where = "the table" if column == record.path else column
            removed.append((record.doc, 0, written, f"{wrong} in {where}: {cure}"))
    yield from ((*told, min(last, dates.today())) for *told, last in _told(record) if told[1] <= dates.today())


def _told(record: _Record) -> list[tuple[str, date, date]]:
    """As above, of all that tells it by the way; the month of an address comes last."""
    urls, stamps = [said.get("url", "") for *_, said in record.stated()], _stamps(record)
    spans = [span for span in map(dates.in_address, urls) if span]
    named = [("file name", record.path.rpartition("/")[2]), *(("address", url) for url in urls)]
    found = [(source, day) for source, name in named if (day := dates.in_name(name))]
    years = (int(year[0]) for year in dates.YEAR.finditer(record.text)) if found else ()
    newest = max((year for year in years if year <= dates.today().year), default=0)
    days = [
        *(("address", first) for first, last in spans if first == last),
        ("dateline", _whole(record.line)),
        *(("text", day) for later, day in stamps if not later),
        *((source, day) for source, day in found if newest < day.year + OLD),
        *(("text", day) for later, day in stamps if later),
    ]
    return [*((source, day, day) for source, day in days if day), *(("address", *span) for span in spans)]


def _stamps(record: _Record) -> list[tuple[bool, date]]:
    """The days in furniture near the top, under a label or below the text, and whether each is a later one."""
    above = takewhile(lambda line: not is_prose(line), record.text.split("\n")[:4])
    likely = (cut for cut in record.cuts if cut.rule not in NO_STAMP and re.search(r"\d", cut.text))
    cuts = [cut for cut in likely if any(dates.named(cut.text))]
    cuts += [clean.Cut(0, line, "") for line in above if dates.PATTERN["stamp"].search(line)]
    if not cuts:
        return []
    raw = [line.strip() for line in record.article.raw.splitlines()]
    prose = [n for n, line in enumerate(raw, 1) if is_prose(line) and line[-40:] in record.text] or [len(raw)]
    found = []
    for cut in cuts:
        days = {_whole(named) for named in dates.named(cut.text)} - {None}
        if not days and cut.rule == "timestamp" and dates.YEAR.search(cut.text):
            days = {dates.parse(cut.text)} - {None}
        label, below = LABELLED.match(cut.text), cut.line > prose[-1]
        whole = not cut.line or raw[cut.line - 1] == cut.text or cut.rule == "post number"
        placed = label or (whole and (cut.line < prose[:3][-1] or below))
        # A tweet gives its name and day, and a sentence, or a time from one day to another, tells of those days.
        if placed and days and not ("@" in cut.text or is_prose(cut.text) or dates.PATTERN["span"].search(cut.text)):
            found.append((bool(LATER.match(cut.text)), below, cut.line, days))
    return [(later, min(days)) for later, _, _, days in sorted(found, key=lambda stamp: stamp[:3])]


def _whole(named: dates.Named | dates.Dateline) -> date | None:
    """A day that a text names with its year; None without one."""
    return date(named.year, named.month, named.day) if named.year else None


def _name_outlets(records: Collection[_Record], outlet_is: str, listed: Iterable[str] = ()) -> None:
    """Give each record the outlet that it, or another article from the same site, names, or that it is said to be.

    Of several spellings of a name the commonest is kept, and before it one of those `listed`.
    """
    votes: dict[str, Counter] = defaultdict(Counter)
    for record in records:
        record.outlet, site = _name(record.fields.get("outlet", "")), host(record.fields.get("url", ""))
        if record.outlet in ("", site) and (feed := clean.FEED.search(record.article.raw[-500:])):
            record.outlet = _name(feed[1])
        if record.outlet and site:
            votes[site][record.outlet] += 1
    names = {site: max(sorted(count), key=count.__getitem__) for site, count in votes.items()}
    spelled: dict[str, Counter] = defaultdict(Counter)
    for record in records:
        record.outlet = record.outlet or names.get(site := host(record.fields.get("url", "")), site) or outlet_is
        spelled[_spelled(record.outlet)][record.outlet] += 1
    # Of two as common, a name goes before the address of its site.
    kept = {key: max(sorted(count), key=lambda one: (count[one], " " in one)) for key, count in spelled.items()}
    kept |= {_spelled(name): name for name in listed}
    for record in records:
        record.outlet = kept[_spelled(record.outlet)]


def _name(written: str) -> str:
    """The name of an outlet in what a page or a table calls itself, or its site; "" for what is none."""
    parts = [host(written)] if written.startswith(("http://", "https://")) else re.split(r"\s+[|·»]\s+", written[:200])
    parts = [part.strip(" _@|").removeprefix("www.") for part in parts]
    return next((part for part in parts if not NO_OUTLET.fullmatch(part)), "")


def _spelled(name: str) -> str:
    """What all spellings of the name of an outlet, or of its site, have in common: "PolitiFact", "politifact.com"."""
    low = re.sub(r"\.(?:com|org|net|co\.uk)$", "", name.casefold())
    return re.sub(r"^the(?=\w{3})", "", re.sub(r"[\W_]+", "", low)) or name


def _known_names(root: Path, records: Collection[_Record]) -> tuple[dict[str, str], re.Pattern[str]]:
    """By key the outlets that articles, `outlets.csv` or copyright lines name and agencies; and what finds outlets."""
    named = {record.outlet for record in records} - {""}
    others = {_copyright_holder(record.cuts) for record in records} | listed_outlets(root)
    longest = sorted((named | others) - {""}, key=lambda name: (-len(name), name))
    finder = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)" if longest else "(?!)"
    agencies = sorted({record.line.agency for record in records} - {""})
    known = {_spelled(name): name for name in [*agencies, *longest, *sorted(named)]}
    return known, re.compile(finder, re.IGNORECASE)


def _credited_outlet(cuts: list[clean.Cut], known: dict[str, str], finder: re.Pattern[str]) -> str:
    """The known outlet that most lines of the page name, or the holder of its copyright; "" where nothing tells."""
    votes: Counter[str] = Counter()
    for cut in cuts:
        if cut.rule not in ("related stories", "credits", "caption", "caption credit", "editor line", "dateline"):
            votes.update({known.get(_spelled(name), name) for name in finder.findall(cut.text)})
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else _copyright_holder(cuts)


def _copyright_holder(cuts: list[clean.Cut]) -> str:
    """Who a copyright line names, or what stands behind the headline in the window's title."""
    for cut in cuts:
        marked = any(map(cut.text.__contains__, ("©", "opyright", "OPYRIGHT", "(c)", "(C)")))
        holder = COPYRIGHT.search(cut.text) if marked and re.search(r"\d{4}|opyright|OPYRIGHT", cut.text) else None
        name = _name(COMPANY.sub("", holder[1])) if holder else ""
        if len(name) > 2 and name != "Press":
            return name
    tails = [re.split(r" [|–—] ", cut.text)[-1] for cut in cuts if cut.rule == "page title"]
    return re.split(r" [-–—] ", tails[0])[0].strip() if tails else ""


def _credited_agency(cuts: list[clean.Cut], outlet: str, known: Collection[str]) -> str:
    """The agency that a credit, a byline or a copyright line names, when it is not the outlet itself.

    It is one that all know, or whose key is `known`.
    """
    for cut in cuts:
        names = CREDITED.findall(cut.text) if cut.rule in CREDITS else []
        names = [re.sub(r" (?:in|at|staff|correspondents?|writers?|desk)\b.*$", "", name) for name in names]
        # A picture has its own copyright line, which says no year or stands behind a sentence.
        if cut.rule == "byline" or _signed([cut]):
            names.append(cut.text)
        elif cut.rule == "copyright" and cut.text[0] != " " and re.search(r"\d{4}|opyright", cut.text):
            names.append(dates.agency(_copyright_holder([cut])))
        found = [dates.agency(name) or (name if _spelled(name) in known else "") for name in names]
        for name in [*found, "Reuters" if BOTH.search(cut.text) else ""]:
            if name and _spelled(name) != _spelled(outlet) and name != dates.agency(outlet):
                return name
    return ""


def _signed(cuts: list[clean.Cut]) -> bool:
    """Whether an agency signs an article: its name alone in a line, or behind the last stop."""
    return any(cut.rule == "sign-off" or cut.text.strip(" ().[]–—-").casefold() in dates.SPELLED for cut in cuts)
