"""Build the site of the guide into build/site, offline, and look through what was built.

    python -m pip install -e ".[docs]"
    python tools/site.py            # --twice builds it twice and compares the bytes

Every warning of Sphinx is an error: a page nobody links to, a link to no page, a picture that is not there, a name nobody knows. Of
the pages that come out, each link must lead somewhere, and nothing may be fetched from the net by whoever reads them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
# What a browser fetches by itself; a plain link is followed by a person only.
FETCHED = {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest"}
_STYLE = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)")
_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
_SCRIPT = re.compile(r"[\"'`]((?:https?|wss?)://[^\"'`]+)")
_NAMESPACE = "http://www.w3.org/"


class Page(HTMLParser):
    """What a page points to, what it fetches, and which places on it have names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.places: set[str] = set()
        self.pictures_without_words = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.places |= {given[name] for name in ("id", "name") if given.get(name)}
        self.pictures_without_words += tag == "img" and not given.get("alt", "").strip()
        self.fetched += [value for name, value in given.items() if name in FETCHED]
        self.fetched += _STYLE.findall(given.get("style", ""))
        if "href" in given:
            is_link = tag in {"a", "area"}
            self.links.append(given["href"])
            self.fetched += [] if is_link else [given["href"]]


def is_outside(target: str) -> bool:
    """Whether an address is on the net rather than in the folder."""
    return re.match(r"(?:[a-z]+:)?//", target.strip(), re.IGNORECASE) is not None


def requests(path: Path) -> Iterator[str]:
    """Yield every address on the net that a browser fetches, unasked, for a file of the site."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".html":
        yield from filter(is_outside, Page(text).fetched)
    if path.suffix in {".html", ".css", ".svg"}:
        yield from _STYLE.findall(text)
    if path.suffix == ".svg":
        yield from re.findall(r"(?:xlink:)?href=[\"']((?:https?:)?//[^\"']+)", text)
    if path.suffix == ".js":
        yield from (found for found in _SCRIPT.findall(_COMMENT.sub("", text)) if not found.startswith(_NAMESPACE))


def faults(site: Path) -> list[str]:
    """Return what is wrong with a built site: requests to the net, links to nothing, pictures without words."""
    found = [f"{path.relative_to(site)} fetches {target}" for path in sorted(site.rglob("*"))
             if path.suffix in {".html", ".css", ".js", ".svg"} for target in requests(path)]
    pages = {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        here = path.relative_to(site.resolve())
        if page.pictures_without_words:
            found.append(f"{here} has a picture that says nothing to somebody who cannot see it")
        for target in dict.fromkeys(page.links):
            if is_outside(target) or re.match(r"(?:mailto|data|javascript):", target):
                continue
            file, _, place = target.partition("#")
            aim = (path.parent / unquote(file.partition("?")[0])).resolve() if file else path
            if not aim.is_file():
                found.append(f"{here} links to {target}, which is not there")
            elif place and aim in pages and unquote(place) not in pages[aim].places:
                found.append(f"{here} links to {target}, but the page has no such place")
    return found


def build(target: Path) -> None:
    """Build the site anew from the pages alone."""
    shutil.rmtree(target, ignore_errors=True)
    trees = target.with_name(f"{target.name}-trees")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-b", "html", "-d", str(trees),
               str(ROOT / "docs"), str(target)]
    subprocess.run(command, check=True, cwd=ROOT)
    shutil.rmtree(trees, ignore_errors=True)


def bytes_of(site: Path) -> dict[str, bytes]:
    """Return every file of a site by its place in it."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def main(twice: bool = False) -> int:
    """Build the site and say what is wrong with it."""
    build(SITE)
    found = faults(SITE)
    if twice:
        again = SITE.with_name("site-again")
        build(again)
        first, second = bytes_of(SITE), bytes_of(again)
        found += [f"{name} is not the same twice" for name in sorted({*first, *second}) if first.get(name) != second.get(name)]
        shutil.rmtree(again)
    print("\n".join(found) if found else f"{len(list(SITE.rglob('*.html')))} pages: open {SITE.relative_to(ROOT)}/index.html")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main("--twice" in sys.argv[1:]))
