"""From what notebooks show and offer to HTML, SVG and CSV that run nothing, fetch nothing and hide no formula."""

import csv
import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Iterator
from io import StringIO

from .. import InputError
from ..show import charts
from ..show.html import BIDI, FILES

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = set("""a circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline
radialGradient rect stop svg symbol text textPath tspan use""".split())  # fmt: skip
TAGS = set("""a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4 hr i li mark
ol p pre s section small span strong sub summary sup table tbody td tfoot th thead tr ul""".split())  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "id", "title", "dir", "lang"}, "a": {"href"}, "th": {"scope", "colspan"}, "td": {"colspan"},
}  # fmt: skip
REMOTE = ("url(", "image-set(", "\\")  # a backslash could spell either
AUTOMATIC = re.compile(r"[A-Za-z][\w.]*_\d+")  # of groups, which nothing refers to
TALL = 1.5  # times as tall as wide
LENGTHS = {"d", "x", "y", "points", "transform"}
# What a spreadsheet takes for a formula, also in full width; a number with a sign is none.
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def html(foreign: str) -> str:
    """Keep the tags and attributes a page needs and no others: no script, handler, style, image or remote link."""
    import nh3

    return nh3.clean(
        foreign, tags=TAGS, attributes=ATTRIBUTES, url_schemes=set(), link_rel=None,
        clean_content_tags={"script", "style"},
    )  # fmt: skip


def figure(svg: str, alt: str, prefix: str) -> ET.Element:
    """Parse an SVG so that nothing in it runs or fetches, ids are its own, colours follow the page's theme.

    Raises InputError when it is no SVG.
    """
    root = _drawing(svg, prefix)
    root.set("role", "group" if links(root) else "img")
    root.set("aria-label", BIDI.sub("", alt) or "Figure without description")
    return root


def picture(svg: str, prefix: str) -> str:
    """Make a small picture to stand beside words that say the same: no links, hidden from screen readers.

    A drawing much taller than wide would shrink to a thread there: it gives none.
    """
    root = _drawing(svg, prefix)
    box = NUMBER.findall(root.get("viewBox", ""))
    if len(box) == 4 and float(box[3]) > TALL * float(box[2]):
        return ""
    root.set("aria-hidden", "true")
    return written(root, {})


def written(root: ET.Element, told: dict[str, tuple[str, str]]) -> str:
    """A figure as text; each link leads where `told` says, in its words, and is no link where that is nowhere."""
    seen = set()
    for element in root.iter(f"{SVG}a"):
        href, words = told.get(element.get("href", "#")[1:], ("", ""))
        element.attrib.clear()
        if not href:
            element.tag = f"{SVG}g"
            continue
        element.attrib |= {"href": href, "aria-label": BIDI.sub("", words)} | (
            {"tabindex": "-1"} if href in seen else {}
        )
        if href not in seen:
            ET.SubElement(element, f"{SVG}title").text = BIDI.sub("", words)
        seen.add(href)
    return ET.tostring(root, encoding="unicode")


def links(root: ET.Element) -> list[str]:
    """The ids that a figure links to, each once, in order."""
    return list(dict.fromkeys(element.get("href", "#")[1:] for element in root.iter(f"{SVG}a")))


def file(name: str, content: str, left_out: Collection[str] = ()) -> tuple[str, str]:
    """Give an offered file a plain name, and a CSV no formulas and not some columns; "" twice for a kind not in FILES.

    >>> file("../my table.csv", "a,b\\n=1+1,-0.5\\n")
    ('my-table.csv', "a,b\\n'=1+1,-0.5\\n")
    """
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    if f"{dot}{ending}" not in FILES:
        return "", ""
    plain = re.sub(r"[^\w-]+", "-", stem)[:60].strip("-")
    return f"{plain or 'file'}.{ending}", plain_csv(content, left_out) if ending == "csv" else content


def plain_csv(content: str, left_out: Collection[str] = ()) -> str:
    """Write CSV anew, without some columns; a cell that begins like a formula gets an apostrophe."""
    return _written(rows(content, left_out))


def joined(several: Iterable[tuple[str, str, str]], left_out: Collection[str] = ()) -> str:
    """Several CSV of the same columns as one; before its rows stand the id of each, and in words what it is of."""
    known = [(told, rows(content, left_out)) for *told, content in several]
    return _written([["mark", "of", *known[0][1][0]], *([*told, *row] for told, some in known for row in some[1:])])


def rows(content: str, left_out: Collection[str] = ()) -> list[list[str]]:
    """The rows of a CSV, its heads the first, without some columns."""
    found = list(_reader(content))
    out = [place for place, head in enumerate(found[0] if found else ()) if head in left_out]
    return [[cell for place, cell in enumerate(row) if place not in out] for row in found] if out else found


def heads(content: str) -> list[str]:
    """The names of the columns of a CSV."""
    return next(_reader(content), [])


def _reader(content: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(content) + 1))
    # One kind of line end: the writer leaves a lone carriage return unquoted, and readers begin a row there.
    content = BIDI.sub("", content).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return csv.reader(StringIO(content))


def _written(rows: Iterable[list[str]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows([map(_cell, row) for row in rows])
    return out.getvalue()


def _cell(words: str) -> str:
    return f"'{words}" if FORMULA.match(words) and not NUMBER.fullmatch(words) else words


def _drawing(svg: str, prefix: str) -> ET.Element:
    """The root of an SVG without anything that runs, fetches or has a size of its own."""
    ET.register_namespace("", SVG.strip("{}"))
    try:
        root = ET.fromstring(BIDI.sub("", svg))
    except ET.ParseError as error:
        raise InputError(f"a figure is not valid SVG ({error}); make it with helpers.show") from None
    if root.tag != f"{SVG}svg":
        raise InputError("a figure is not SVG; make it with helpers.show")
    for element in root.iter():
        for child in [child for child in element if str(child.tag).removeprefix(SVG) not in SHAPES]:
            element.remove(child)
        element.attrib = dict(_attributes(element, prefix))
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    for element in root.iter():
        _slim(element)
    return root


def _slim(element: ET.Element) -> None:
    """Leave out what draws nothing: indentation, marks upon marks, one style said many times."""
    if element.tag in (f"{SVG}text", f"{SVG}tspan"):
        return
    element.text = element.text if (element.text or "").strip() else None
    for child in element:
        child.tail = child.tail if (child.tail or "").strip() else None
    kinds = {(child.tag, child.get("style", "")) for child in element}
    if len(element) < 2 or len(kinds) > 1 or element.get("style"):
        return
    tag, style = kinds.pop()
    if tag != f"{SVG}use" or "opacity" in style:  # marks on marks are darker
        return
    seen: set[tuple] = set()
    for child in list(element):
        child.attrib.pop("style", None)
        if (place := tuple(sorted(child.attrib.items()))) in seen:
            element.remove(child)
        seen.add(place)
    element.set("style", style)


def _attributes(element: ET.Element, prefix: str) -> Iterator[tuple[str, str]]:
    """No handlers and no remote references; ids with a prefix of their own; theme variables for theme colours."""
    for name, value in element.attrib.items():
        short = name.split("}")[-1].lower()
        plain = value.lower().replace("url(#", "")
        remote = (short == "href" and not value.startswith("#")) or any(word in plain for word in REMOTE)
        if (
            short in ("target", "src")
            or short.startswith("on")
            or remote
            or (short == "id" and AUTOMATIC.fullmatch(value))
        ):
            continue
        value = value.replace("url(#", f"url(#{prefix}")
        if short == "id":
            value = prefix + value
        elif short == "href":
            # A link to evidence leads out of the figure; <use> stays in it.
            name, value = "href", value if element.tag == f"{SVG}a" else f"#{prefix}{value[1:]}"
        elif short == "style":
            value = re.sub(r"font-family:[^;]*;?|(?<=px) '[^;]*", "", value)
        elif short in LENGTHS:
            value = re.sub(r"(\.\d\d)\d+", r"\1", value)
        for colour, variable in charts.THEME.items():
            value = value.replace(colour, f"var({variable})")
        yield name, value
