"""From an HTML page to its article, what the page says of itself, and what of it is outside the article."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple

from ..language import dates
from ..language.words import any_of, lists
from .columns import DATA

OUTSIDE, AGAIN, HIDDEN = "outside the article", "read a second way", "hidden in tags"
PIECES = 4000  # a page has a few hundred pieces of text; more are counted, not listed
WIDE = 2000  # elements side by side, attributes of a tag: above it trafilatura and lxml take the square of the time
LONG = 100  # bytes of a long paragraph: twenty words of English, thirty letters of Chinese
LISTS = lists(DATA / "pages.txt")
INLINE, UNREAD = set(LISTS["inline"]), set(LISTS["unread"])
WITHIN, APART = INLINE.union(LISTS["lines"]), UNREAD.union(LISTS["apart"])
TAG, NESTED, ENDS = (
    re.compile(any_of(LISTS[name]).encode(), re.IGNORECASE | re.DOTALL) for name in ("tag", "nested", "ends")
)
NEVER_CLOSED = {b"-->": rb"<!--", b"</title": rb"<title\b[^<>]*>?", b"</textarea": rb"<textarea\b[^<>]*>?"}
NEVER_CLOSED |= {b"</script": rb"<script\b[^<>]*>?[^<]*", b"</style": rb"<style\b[^<>]*>?[^<]*"}
PARTED, SENTENCES = (re.compile(any_of(LISTS[name])) for name in ("parted", "sentences"))
SIGN, NOTE = (any_of(LISTS[name]) for name in ("code", "notes"))
CODE = re.compile(rf"{SIGN}(?:.*{SIGN})?|{NOTE}", re.MULTILINE)  # from the first sign of a line to its last
COMMENTS = re.compile(rf"(?:^|\s){any_of(LISTS['comments'])}", re.IGNORECASE)
STATED, CHANGED = (re.compile(any_of(LISTS[name]), re.IGNORECASE) for name in ("stated", "changed"))
DATED = re.compile(any_of(LISTS["dated"]))
PRINTED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
BLANK = re.compile(r"\n\s*\n")
WORD = re.compile(r"[\u3040-\u9fff]|[^\s\u3040-\u9fff]+")


class Paragraph(NamedTuple):
    """A paragraph of a page, where it stands, the kind of that place; no link, comment or caption? and is it long?"""

    text: str
    home: Any
    place: tuple[tuple[str, str], ...]
    plain: bool
    long: bool


def article(page: bytes) -> tuple[str, dict[str, str], list[tuple[int, str, str]]]:
    """The article of a page in UTF-8, the page's fields, and what is outside the article: line, text, rule.

    Trafilatura reads it, and where that takes less than half of the long paragraphs, or the page is too wide for it,
    `_again` does. Raises ValueError for a page that cannot be read or holds no article.
    """
    from lxml import etree
    from lxml.html.builder import E
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    try:
        tree = _tree(page)
        texts, day = [*_texts(tree)], _day(tree)
        window = " ".join(tree.findtext("head/title", "").split())
        wide = sum(len(element) ** 2 for element in tree.iter("*")) > WIDE**2
        read = None if wide else bare_extraction(tree, fast=True, include_comments=False)
        body, again = _again(read.text if read else "", [*_paragraphs(texts)])
        # What the page says of itself stands in its head; in the rest trafilatura would look for days, and long.
        told = [*tree.iterfind("head"), *islice(tree.iterfind(".//h1"), 9), *tree.iterfind("body//script[@type]")]
        facts = extract_metadata(E.html(*told), None, {"extensive_search": False})
    except (etree.Error, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise ValueError(f"a page that cannot be read ({error})") from None
    if len(WORD.findall(body)) < 10:
        raise ValueError("a page without an article: save the article as plain text")
    site = facts.sitename or facts.hostname
    title = window if facts.title == site and window else facts.title  # which trafilatura cuts at a bar
    fields = {"outlet": site, "published": day, "title": title, "url": facts.url}
    whole = " ".join(body.split())
    seen = ((" ".join(text.split()), home.sourceline or 0) for _, home, *_, text in texts if home.tag not in UNREAD)
    pieces = {piece: line for piece, line in seen if piece}
    removed = [(line, piece, OUTSIDE) for piece, line in islice(pieces.items(), PIECES) if piece not in whole]
    removed += hidden(page.decode("utf-8", "replace"), "\n".join(pieces))
    if len(pieces) > PIECES:
        removed.append((max(pieces.values()), f"and up to {len(pieces) - PIECES:,} pieces more", OUTSIDE))
    return body, {field: value for field, value in fields.items() if value}, [*again, *removed]


def hidden(source: str, read: str) -> Iterator[tuple[int, str, str]]:
    """Yield what stands between the tags of a source like prose, and not in what was read of it: line, text, rule.

    So it is with what a script, a note or a tag swallows that nobody closed. Code and a few words are passed over.

    >>> [*hidden("<p>It left.</p>\\n<!-- Nobody knows who moved the two old ferries to the pier. -->", "It left.")]
    [(2, 'Nobody knows who moved the two old ferries to the pier.', 'hidden in tags')]
    """
    if "<" not in source:
        return
    lines, source = {*read.splitlines()}, "\n".join(source.splitlines())
    parts = (part for part in PARTED.split(source) if len(part) > 8)
    parts = (part for part in parts if " ".join(part.split()) not in lines)
    told = (SENTENCES.match(bit.strip()) for part in parts for bit in CODE.split(part) if len(bit) > 8)
    likely = dict.fromkeys(one[0] for one in told if one and len(WORD.findall(one[0])) >= 8)
    whole = "".join(re.findall(r"\w+", read)).lower() if likely else ""
    for part in islice(likely, PIECES):
        lost = " ".join(line for line in part.split("\n") if _end(line) not in whole)
        if len(WORD.findall(lost)) >= 8:
            yield source.count("\n", 0, source.find(part)) + 1, " ".join(html.unescape(lost).split()), HIDDEN


def _tree(page: bytes) -> Any:
    """The elements of a page; what lxml would end at in silence, such as tags nested too deep, is taken out before."""
    from lxml.html import HTMLParser, document_fromstring

    def _lean(tag: re.Match[bytes]) -> bytes:
        many = len(tag[3] or b"") > WIDE and len(re.findall(rb"=\s*(?:\"[^\"]*\"|'[^']*')|[\s/=]", tag[3])) > WIDE
        return tag[1] + tag[4] if many else tag[0]

    for end, start in NEVER_CLOSED.items():
        behind = page.lower().rfind(end) + 1
        page = page[:behind] + re.sub(start, b"", page[behind:], flags=re.IGNORECASE)
    page = ENDS.sub(b"", page)
    page = TAG.sub(_lean, page)
    for _ in range(2):
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = document_fromstring(page, parser=parser)
        if not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
            return tree
        page = NESTED.sub(lambda tag: b"" if tag[1].decode().lower() in INLINE else b"<p>", page)
    raise ValueError("its tags are nested too deep: save the article as plain text")


def _day(tree: Any) -> str:
    """The day of publication that the page states, as printed there, in ISO 8601; "" for none."""
    stated: list[tuple[float, str]] = []  # what is said of the publication first, what was changed later last
    for element in tree.iter("*"):
        meta, written = element.tag == "meta", element.get("content") or element.get("datetime") or ""
        names = ("property", "name", "itemprop") if meta else ("class", "id", "itemprop")
        named = " ".join(filter(None, map(element.get, names)))
        if element.tag == "script" and "json" in element.get("type", ""):
            stated += [(1.5, day) for day in PRINTED.findall(element.text or "")]
        elif (STATED if meta else DATED).search(named) or element.tag == "time":
            written, published = written or "".join(islice(element.itertext(), 9)).strip(), "publish" in named.lower()
            rank = 9 if CHANGED.search(named) and not published else 3 - meta - published
            if 7 < len(written) < 80 and (meta or not any(map(_apart, element.iterancestors()))):
                stated.append((rank, written))
    stated.sort(key=lambda one: one[0])
    return next((str(day) for _, written in stated if (day := dates.parse(written))), "")


def _apart(element: Any) -> bool:
    """Whether an element holds what is no part of an article: navigation, captions, comments."""
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in APART or (element.tag not in ("html", "body") and bool(COMMENTS.search(named)))


def _texts(tree: Any) -> Iterator[tuple[int, Any, bool, bool, str]]:
    """Yield each text of a page in order: number and element of its block, apart from articles? in a link?, text."""
    from lxml import etree

    block, home, apart, links = 0, tree, 0, 0
    for event, element in etree.iterwalk(tree, events=("start", "end"), tag="*"):
        opens = event == "start"
        if element.tag not in INLINE:
            block, home = block + 1, element if opens else element.getparent()
            while home is not None and home.tag in INLINE:
                home = home.getparent()
        apart += _apart(element) * (1 if opens else -1)
        links += (element.tag == "a" and "href" in element.attrib) * (1 if opens else -1)
        if home is not None and (part := element.text if opens else element.tail):
            yield block, home, apart > 0, links > 0, part


def _paragraphs(texts: Iterable[tuple[int, Any, bool, bool, str]]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a page: the texts of one block, or of what stands between empty lines of one."""
    for _, group in groupby(texts, lambda text: text[0]):
        _, homes, apart, links, parts = zip(*group, strict=True)
        home, written = homes[0], "".join(parts)
        linked = sum(len(part) for part, link in zip(parts, links, strict=True) if link)
        plain = not any(apart) and 2 * linked < len(written)
        empty = (BLANK if BLANK.search(written) else "\n") if home.tag == "pre" else r"\Z"
        while home.tag in WITHIN and home.getparent() is not None:
            home = home.getparent()
        place = [(one.tag, one.get("class", "")) for one in (home, home.getparent()) if one is not None]
        for text in (" ".join(part.split()) for part in re.split(empty, written) if part.strip()):
            yield Paragraph(text, home, tuple(place), plain, plain and len(text.encode()) >= LONG)


def _again(text: str, paragraphs: list[Paragraph]) -> tuple[str, list[tuple[int, str, str]]]:
    """The text with the paragraphs of the places where it was taken from, if it has less than half of the long ones.

    Where none was taken, that is the place with most of them; one element that holds half of them always counts, and
    never one with a headline of its own, which is another story.
    """
    lines = {_start(line) for line in text.splitlines()}
    long = [one for one in paragraphs if one.long] or [one for one in paragraphs if one.plain and not text]
    taken = [one for one in long if _start(one.text) in lines]
    if 2 * len(taken) >= len(long):
        return text, []
    sizes: Counter[Any] = Counter()
    for one in long:
        sizes[one.place] += len(one.text)
    places: set[Any] = {one.place for one in taken} or {max(sizes, key=sizes.__getitem__)}
    places |= {home for home, number in Counter(one.home for one in long).items() if 2 * number >= len(long) > 5}
    own = {_story(one.home) for one in taken}
    roots = {one.home: _story(one.home) for one in paragraphs if one.plain}
    others = {root for root in {*roots.values()} - own if own and root.find(".//h1") is not None}
    chosen = [
        one
        for one in paragraphs
        if (one.plain and not places.isdisjoint((one.place, one.home)) and roots[one.home] not in others)
        or (_start(one.text) in lines and (one.plain or len(one.text) >= LONG))
    ]
    again, more = "\n".join(one.text for one in chosen), sum(one.long for one in chosen)
    says = f"{len(taken)} of {len(long)} long paragraphs the first time, {more} the second"
    better = not text or (more > len(taken) and 2 * len(again) > len(text))
    return (again if better else text), [(long[0].home.sourceline or 1, says, AGAIN)]


def _story(home: Any) -> Any:
    """The element of the article that a place belongs to; with a headline of its own it is another story."""
    return home if home.tag == "article" else next(home.iterancestors("article"), home)


def _start(text: str) -> str:
    """The first sixty letters of a text, by which a paragraph is known however it is set."""
    return "".join(re.findall(r"\w+", text[:200]))[:60].lower()


def _end(text: str) -> str:
    """The last sixty letters of a text."""
    return "".join(re.findall(r"\w+", html.unescape(text[-300:])))[-60:].lower()
