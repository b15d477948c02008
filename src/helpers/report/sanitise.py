"""From what a notebook shows to HTML and SVG that run nothing, fetch nothing and follow the page's theme."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from .. import InputError
from ..show import charts as figures
from ..show import html as show

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = set(
    "a circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline "
    "radialGradient rect stop svg symbol text textPath tspan use".split()
)
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
REMOTE = ("url(", "image-set(", "\\")  # a backslash could spell either
AUTOMATIC = re.compile(r"[A-Za-z][\w.]*_\d+")  # of groups, which nothing refers to
LENGTHS = {"d", "x", "y", "points", "transform"}


def safe_html(html: str) -> str:
    """HTML with the tags and attributes a page needs and no others: no script, handler, style, image or remote link."""
    import nh3

    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=set(), link_rel=None, clean_content_tags={"script", "style"}
    )


def safe_figure(svg: str, meta: dict[str, str], prefix: str, *, name: str = "") -> str:
    """A figure from SVG: nothing in it runs or fetches, its ids are its own, its colours follow the page's theme.

    `name` becomes the figure's id. Raises InputError when the SVG is no XML.
    """
    root = _drawing(svg, prefix)
    linked: set[str] = set()
    for element in root.iter(f"{SVG}a"):
        if to := element.get("href"):
            element.set("aria-label", f"Evidence: {to[1:].replace('-', ' ')}")
            if to in linked:
                element.set("tabindex", "-1")
            linked.add(to)
    root.set("role", "group" if linked else "img")
    root.set("aria-label", show.BIDI.sub("", meta.get("alt") or "Figure without description"))
    caption = f"<figcaption>{show.text(meta['caption'])}</figcaption>" if meta.get("caption") else ""
    id_ = f' id="{show.text(name)}"' if name else ""
    return f"<figure{id_}>{ET.tostring(root, encoding='unicode')}{caption}</figure>"


def picture(svg: str, prefix: str) -> str:
    """A figure as a small picture beside words that say the same: no links, and hidden from screen readers."""
    root = _drawing(svg, prefix)
    for element in root.iter(f"{SVG}a"):
        element.tag = f"{SVG}g"
        element.attrib.pop("href", None)
    root.set("aria-hidden", "true")
    return ET.tostring(root, encoding="unicode")


def links(html: str) -> list[str]:
    """The ids that a sanitised figure links to, each once, in order."""
    return list(dict.fromkeys(re.findall(r'<a [^>]*?href="#([^"]+)"', html)))


def _drawing(svg: str, prefix: str) -> ET.Element:
    """The root of an SVG without anything that runs, fetches or has a size of its own."""
    ET.register_namespace("", SVG.strip("{}"))
    try:
        root = ET.fromstring(show.BIDI.sub("", svg))
    except ET.ParseError as error:
        raise InputError(f"a figure is not valid SVG ({error}); make it with helpers.figures") from None
    if root.tag != f"{SVG}svg":
        raise InputError("a figure is not SVG; make it with helpers.figures")
    for parent in root.iter():
        for child in [child for child in parent if str(child.tag).removeprefix(SVG) not in SHAPES]:
            parent.remove(child)
    for element in root.iter():
        kept = list(_attributes(element, prefix))
        element.attrib.clear()
        element.attrib.update(kept)
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    for element in root.iter():
        _slim(element, prefix)
    return root


def _slim(element: ET.Element, prefix: str) -> None:
    """Leave out what draws nothing: indentation, running ids, marks upon marks, one style said many times."""
    if AUTOMATIC.fullmatch(element.get("id", "").removeprefix(prefix)):
        del element.attrib["id"]
    if element.tag in (f"{SVG}text", f"{SVG}tspan"):
        return
    element.text = element.text if (element.text or "").strip() else None
    for child in element:
        child.tail = child.tail if (child.tail or "").strip() else None
    styles = {child.get("style", "") for child in element}
    if len(element) < 2 or len(styles) > 1 or {child.tag for child in element} != {f"{SVG}use"} or element.get("style"):
        return
    style = styles.pop()
    if "opacity" in style:  # marks on marks are darker
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
        if short in ("target", "src") or short.startswith("on") or remote:
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
        for colour, variable in figures.THEME.items():
            value = value.replace(colour, f"var({variable})")
        yield name, value
