"""Photograph the built report for the README: `make report pictures`. Needs Debian's chromium."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
REPORT = HERE.parent / "build" / "report"
# name of the picture: page (the first whose path fits), what of it ("" for its top), colour scheme, width
PICTURES = {
    "front-light": ("index", "", "light", 980),
    "sentiment-dark": ("02_sentiment", "#towards", "dark", 1100),
    "actors-light": ("03_actors", "#network", "light", 1100),
    "evidence-phone": ("sentences/02_sentiment-sentences-xi-dnipro*", "", "light", 400),
    "article-light": ("articles/russian-plane-japanese-airspace", "", "light", 900),
}


def main() -> int:
    """Write one PNG for each entry of PICTURES."""
    if not (REPORT / "index.html").exists() or not shutil.which("chromium"):
        print("pictures: needs a built report (make report) and chromium (apt install chromium)", file=sys.stderr)
        return 2
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for name, (page, part, scheme, width) in PICTURES.items():
            tab = browser.new_page(
                viewport={"width": width, "height": 700 if part or "/" in page else 1250}, color_scheme=scheme
            )
            tab.goto(next(REPORT.glob(f"{page}.html")).as_uri())
            tab.evaluate(
                "document.querySelectorAll('details').forEach(f => { f.open = !f.matches('.code, .numbers'); })"
            )
            (tab.locator(part).first if part else tab).screenshot(path=HERE / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
