"""How Sphinx builds the site of the guide: `python tools/site.py`, offline, every warning an error.

The pages are plain Markdown, so that they read well where the code is kept too. What a site needs besides is added here while it is
built: the order of the pages is that of the links on `index.md`, and the names on the pages in `api/` get the whole of their
docstrings, and a page that only points to a file above the guide gets its text.
"""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.ext.napoleon import Config, NumpyDocstring
from sphinx.util.nodes import make_refnode

project = "agencygraph"
html_title = "agencygraph"
language = "en-GB"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
root_doc = "index"

# Whatever is named and is not there is a warning, and each warning stops the build.
nitpicky = True
default_role = "code"
suppress_warnings: list[str] = []
myst_heading_anchors = 3
myst_links_external_new_tab = False

html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_last_updated_fmt = None
html_theme_options = {"navigation_with_keys": False}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

add_module_names = False
toc_object_entries = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the types stand in the source, for editors; here they would hide the words
autodoc_preserve_defaults = True
_SECTIONS = Config(napoleon_attr_annotations=False, napoleon_custom_sections=[("Source", "notes_style")])
# Types of other libraries, whose sites are elsewhere.
nitpick_ignore_regex = [("py:class", r"(networkx|pandas|pyarrow|polars|matplotlib|collections\.abc|pathlib)\..*|Path|Axes")]

_NAME = re.compile(r"^## `(ag|agencygraph)(\.[\w.]+)`\n\n[^\n]+\n", re.MULTILINE)
_ABOVE = re.compile(r"# [^\n]+\n\n[^\n]*\]\(\.\./([A-Z]+\.md)\)\.?\n")
_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_LINK = re.compile(r"\]\(((?!https?:|\.\./)[\w./-]+)\.md\)")


def add_what_a_site_needs(app: Sphinx, page: str, text: list[str]) -> None:
    """Add the tree of pages to those that list others, and the docstrings to the pages of names."""
    above = _ABOVE.fullmatch(text[0])
    if above:
        text[0] = (Path(app.srcdir).parent / above[1]).read_text(encoding="utf-8").replace("](docs/", "](")
    elif page == "index":
        text[0] += "".join(_tree(body, head) for head, body in _sections(text[0]))
    elif page in {"how-it-is-made", "api/index"}:
        text[0] += _tree(text[0], "", {"how-it-is-made": "decisions/"}.get(page, ""))
    elif page.startswith("api/"):
        text[0] = _NAME.sub(lambda found: _entry(f"{found[1]}{found[2]}", f"agencygraph{found[2]}"), text[0])


def _sections(text: str) -> list[tuple[str, str]]:
    parts = _SECTION.split(text)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _tree(text: str, caption: str, under: str = "") -> str:
    """Return the hidden list of the pages that a text links to, in its order; a page stands under one heading only."""
    pages = [page for page in dict.fromkeys(_LINK.findall(text)) if page.startswith(under)]
    head = f":caption: {caption}\n" if caption else ""
    return f"\n```{{toctree}}\n:hidden:\n:maxdepth: 2\n{head}\n" + "\n".join(pages) + "\n```\n" if pages else ""


def _entry(shown: str, name: str) -> str:
    """Return a heading and the docstring of a public name."""
    room, _, last = name.rpartition(".")
    value = getattr(importlib.import_module(room), last)
    kind = "function"
    if inspect.isclass(value):
        kind = "exception" if issubclass(value, Exception) else "class"
    members = "   :members:\n" if kind == "class" else ""
    return f"## `{shown}`\n\n```{{eval-rst}}\n.. auto{kind}:: {name}\n{members}```\n"


def read_docstring(app: Sphinx, what: str, name: str, value: object, options: Any, lines: list[str]) -> None:
    """Read the sections of a docstring, "Source: ..." among them; that of a property has none, and no type before a colon."""
    for at, line in reversed(list(enumerate(lines))):
        if line.startswith("Source: "):
            lines[at : at + 1] = ["Source", "------", line.removeprefix("Source: ")]
    if what not in {"property", "attribute"}:
        read = NumpyDocstring(lines, _SECTIONS, app, what, name, value, options).lines()
        lines[:] = [line.replace("\\_:", "_:") if line.startswith(":param") else line for line in read]  # for_ is no reference


def find_by_last_name(app: Sphinx, env: BuildEnvironment, node: Any, shown: nodes.Element) -> nodes.Element | None:
    """Let a docstring say `Route` for `agencygraph.measures.routes.Route`, where only one is called so."""
    domain = env.domains["py"]
    word = str(node.get("reftarget", "")).rpartition(".")[2]
    kinds = {"class", "exception", "function"}
    found = [one for one in domain.get_objects() if one[0].rpartition(".")[2] == word and one[2] in kinds]
    if node.get("refdomain") != "py" or len(found) != 1:
        return None
    full, _, _, page, anchor, _ = found[0]
    return make_refnode(app.builder, node["refdoc"], page, anchor, [shown], full)


def let_pictures_open(app: Sphinx, tree: nodes.document) -> None:
    """Let each picture of a page be opened by itself, where it can be made larger: Sphinx links those that have a width."""
    for picture in tree.findall(nodes.image):
        if not picture.get("alt"):
            raise ExtensionError(f"{tree['source']}: the picture {picture['uri']} says nothing to somebody who cannot see it")
        picture.setdefault("width", "100%")


# What the theme leaves out and somebody who reads by ear or by keyboard needs: how deep a heading is, what the two sides of a page
# are, code that can be scrolled without a mouse, and a heading on the page of the search.
_MENDED = (
    ('<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="Pages of the guide">'),
    ('<aside class="toc-drawer">', '<aside class="toc-drawer" aria-label="On this page">'),
    ("<pre>", '<pre tabindex="0">'),
)
_MAIN = '<article role="main" id="furo-main-content">'


def mend_pages(app: Sphinx, failed: Exception | None) -> None:
    """Add to every page that was built what the theme leaves out."""
    for path in sorted(Path(app.outdir).rglob("*.html")) if failed is None else []:
        text = path.read_text(encoding="utf-8")
        for old, new in _MENDED:
            text = text.replace(old, new)
        if "<h1" not in text:
            text = text.replace(_MAIN, f"{_MAIN}\n<h1>Search</h1>")
        path.write_text(text, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx of what is added."""
    app.add_lexer("csv", TextLexer)  # as nobody has one for tables of plain text
    app.connect("source-read", add_what_a_site_needs)
    app.connect("autodoc-process-docstring", read_docstring)
    app.connect("missing-reference", find_by_last_name)
    app.connect("doctree-read", let_pictures_open)
    app.connect("build-finished", mend_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
