"""Write docs/api/: every public name with what it is for, in the order of the rooms.

    python tools/names.py

The pages hold the first sentence of each docstring and where it stands, so that they read well where the code is kept; the site
shows the whole docstring in its place (docs/conf.py). A test holds that the pages are up to date.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = "agencygraph"
VERBS, VALUES = "verbs", "values"

# Page: its heading, what it says first, and the rooms whose public names it shows.
PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    VERBS: ("Verbs", "What can be done with a case, a map or many cases: `import agencygraph as ag`, then `ag.draw(case)`.", ("",)),
    VALUES: ("Values", "What the verbs take and give. A value never changes: every verb gives a new one.", ("", "model")),
    "answers": ("Answers and options", "What some verbs give back: values that print as sentences and hold the ties "
                "behind them; and what may be asked for besides.",
                ("measures.routes:Route", "measures.spreading:Spread", "measures.leaving:Without", "measures.who_knew:WhoKnew",
                 "measures.certainty:HowSure",
                 "measures.best_links:BestLinks Further", "measures.chance:Chance Arrival FlowImportance Outcome Setting Options",
                 "conclusions:Findings Finding", "comparison:Change Block CaseloadComparison Shift",
                 "partnership:Network Link Role", "packs.binder:Pack More", "charts:Chart", "renderers.sheet:Sheet")),
    "cases": ("The study's cases", "Ready to measure and draw: `ag.cases.peter()`. How they were read stands in "
              "[the study's cases](../cases.md).", ("cases",)),
    "measures": ("Measures", "For whoever adds a measure, or goes through the answers one by one. The measures themselves are on "
                 "[the page of measures](../measures.md).", ("measures",)),
    "what-ifs": ("What-ifs, teams and plans", "New cases from old ones, teams as roles, questions for the action plan.",
                 ("scenarios", "templates", "planning", "pathways")),
    "privacy": ("Privacy", "Who may see what, and what may be published. See [Privacy](../privacy.md) and "
                "[Small numbers](../small-numbers.md).", ("redaction", "leaks", "crosstabs")),
    "many-cases": ("Many cases", "For caseloads of any size, and made-up ones to try things on. See [Caseloads](../caseloads.md).",
                   ("batch", "caseloads", "testing", "comparison", "partnership")),
    "looks": ("Looks and files", "Themes of maps, workbooks, and the description of the case file for editors.",
              ("themes:Theme PRINT GREYSCALE HIGH_CONTRAST LARGE_PRINT Stroke CardStyle ChangeInk SectorInk",
               "formats.workbook_writer:write_template", "formats.json_schema:schema schema_text",
               "renderers.dot:draw_with_graphviz")),
    "errors": ("Errors", "Every error that the library raises on purpose. Its message says what is wrong, where, and what to do; "
               "`ag.errors.AgencyGraphError` catches them all.", ("errors",)),
}
Name = tuple[str, object]


def public() -> dict[str, list[Name]]:
    """Return the public names of each page with what they stand for: everything once, where it is first looked for."""
    seen: set[int] = set()
    found: dict[str, list[Name]] = {}
    for page, (_, _, rooms) in PAGES.items():
        names = [one for room in rooms for one in _of_room(room)]
        if page in (VERBS, VALUES):
            names = [(name, value) for name, value in names if inspect.isclass(value) is (page == VALUES)]
        found[page] = []
        for name, value in names:
            if id(value) not in seen:
                seen.add(id(value))
                found[page].append((name, value))
    return found


def _of_room(entry: str) -> Iterator[Name]:
    room, _, chosen = entry.partition(":")
    path = f"{PACKAGE}.{room}" if room else PACKAGE
    module = importlib.import_module(path)
    here = [name for name, value in vars(module).items()
            if (inspect.isclass(value) or inspect.isfunction(value)) and value.__module__ == path and not name.startswith("_")]
    for name in chosen.split() or getattr(module, "__all__", here):
        value = getattr(module, name)
        if not inspect.ismodule(value):
            yield f"{path}.{name}", value


def first_sentence(value: object) -> str:
    """Return what stands first in a docstring, whole."""
    text = (inspect.getdoc(value) or "").partition("\n\n")[0]
    return " ".join(text.split())


def source_of(name: str, value: object) -> str:
    """Return the file in which a name is written down, seen from docs/api."""
    module = value.__module__ if inspect.isclass(value) or hasattr(value, "__code__") or hasattr(value, "__wrapped__") else ""
    path = Path("src", *(module or name.rpartition(".")[0]).split("."))
    file = path.with_suffix(".py") if (ROOT / path.with_suffix(".py")).is_file() else path / "__init__.py"
    return f"../../{file.as_posix()}"


def page_of(page: str, names: list[Name]) -> str:
    """Return one page of names."""
    title, intro, _ = PAGES[page]
    parts = [f"# {title}\n\n{intro}\n"]
    parts += [f"## `{shown(name)}`\n\n{first_sentence(value)} [Source]({source_of(name, value)})\n"
              for name, value in names if explains_itself(value)]
    fixed = [f"`{name}`" for name, value in names if not explains_itself(value)]
    if fixed:
        parts.append(f"Also there, as values at hand: {', '.join(fixed)}.\n")
    return "\n".join(parts)


def explains_itself(value: object) -> bool:
    """Whether a name is a class or a function, with a docstring of its own."""
    return inspect.isclass(value) or inspect.isroutine(value) or hasattr(value, "__wrapped__")


def shown(name: str) -> str:
    """Return a name as people write it: `ag.draw` for those that `ag.<Tab>` shows."""
    return name.replace(PACKAGE, "ag") if name.count(".") == 1 else name


def index(found: dict[str, list[Name]]) -> str:
    """Return the page that lists all others, and the names that `ag.<Tab>` shows."""
    lines = ["# Every name in Python", "",
             "`import agencygraph as ag`, then `ag.` and the Tab key shows the names that most people need; `help(ag.draw)` says",
             "the same as these pages. Each says what the name answers in a meeting, what it takes and gives, when there is no",
             "answer, which errors it raises, and shows an example that runs as a test.", ""]
    lines += [f"- [{PAGES[page][0]}]({page}.md): {PAGES[page][1].partition('. ')[0].partition(':')[0].rstrip('.')}."
              for page in found]
    for page, what in ((VERBS, "verb"), (VALUES, "value")):
        lines += ["", f"## {PAGES[page][0]}", "", f"| {what} | what it is for |", "|---|---|"]
        lines += [f"| [`ag.{name.rpartition('.')[2]}`]({page}.md#{anchor(name)}) | {first_sentence(value)} |"
                  for name, value in found[page] if name.count(".") == 1]
    return "\n".join(lines) + "\n"


def anchor(name: str) -> str:
    """Return the anchor that code hosts and the site give the heading of a name."""
    return shown(name).lower().replace(".", "")


def pages() -> dict[str, str]:
    """Return every page of docs/api by its name."""
    found = public()
    return {"index": index(found), **{page: page_of(page, names) for page, names in found.items()}}


def main() -> int:
    """Write all pages."""
    folder = ROOT / "docs" / "api"
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
