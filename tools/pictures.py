"""Draw again the pictures of the README and the docs, and the page that shows them: `python tools/pictures.py`.

Names of pictures draw those alone: `python tools/pictures.py groups.svg`. Look at each picture before committing it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import agencygraph as ag
from agencygraph import templates
from agencygraph.renderers.sheet import Sheet

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = DOCS / "pictures"
SHOWS = ("isolation", "single points", "spread:school", "gaps", "disputed")
THEMES = ("greyscale", "high contrast", "large print")
PAGES = ("A4 portrait", "A3")
FORMATS = {".svg": "the picture itself", ".png": "for Word and e-mail", ".pdf": "to print", ".html": "with words and table",
           ".txt": "in words", ".dot": "for Graphviz"}  # fmt: skip
Shown = tuple[str, str, "ag.Map | Sheet"]


def pictures() -> Iterator[tuple[str, list[Shown]]]:
    """Yield the headings of the gallery, each with its pictures: file name, words, map."""
    for name in ("peter", "james", "tina"):
        change = ag.compare(getattr(ag.cases, name)(narrative=True), ag.cases.integrated(name))
        before, after = ag.draw(change, style="stacked").panels
        yield change.before.heading, [
            (f"{name}.svg", "before and after", ag.draw(change)),
            (f"{name}-before.svg", "before: separate agencies", before),
            (f"{name}-after.svg", "after: one school-based team", after),
            (f"{name}-change.svg", "what changes", ag.draw(change, style="change")),
            (f"{name}-figure.svg", "as the study's figure has it", ag.draw(getattr(ag.cases, name)())),
        ]
    peter = ag.cases.peter()
    yield "One thing brought forward", [(f"peter-{show.partition(':')[0].replace(' ', '-')}.svg", f"show={show!r}",
                                         ag.draw(peter, show=show)) for show in SHOWS]
    change = ag.compare(peter, ag.cases.integrated("peter"))
    yield "Themes", [(f"peter-{theme.replace(' ', '-')}.svg", theme, ag.draw(peter, theme=theme)) for theme in THEMES] + [
        (f"peter-change-{theme.replace(' ', '-')}.svg", f"what changes, {theme}", ag.draw(change, style="change", theme=theme))
        for theme in THEMES]  # fmt: skip
    yield "Beyond one map", list(arrangements())
    yield "Pages", [(f"peter-{page.replace(' ', '-')}.svg", f"page={page!r}", ag.draw(peter, page=page)) for page in PAGES]
    yield "The study's other cases", [(f"{name.replace('_', '-')}.svg", "", ag.draw(ag.cases.load(name)))
                                      for name in ag.cases.names() if name.startswith("case_")]


def arrangements() -> Iterator[Shown]:
    """Yield the pictures that are no maps of a child: a plan, a team with its workload, pathways, and the groups of the study."""
    james = ag.cases.james()
    yield "james-plan.svg", "the group's questions about James as a mind map", ag.draw(james, style="mind map")
    yield "james-continuum.svg", "the continuum of the questions about James", ag.draw(james, style="continuum")
    team = ag.draw(templates.load("bexley_2005"))
    yield "team-bexley-2005.svg", "the roles of the Bexley team of 2005 and its mix by workload", team
    pathways = ag.compare(ag.cases.pathway("today"), ag.cases.pathway("alternative"))
    yield "pathways.svg", "the referral pathway today and an alternative, step by step", ag.draw(pathways, style="lanes")
    groups = ag.compare(ag.cases.groups("before"), ag.cases.groups("after"))
    yield "groups.svg", "", ag.draw(groups, title="The groups, before and after the practitioner team")


def picture_words(drawn: ag.Map | Sheet, words: str) -> str:
    """Return what a picture shows, for those who cannot see it: its title, and what the title does not say yet."""
    return drawn.title if not words or words.casefold() in drawn.title.casefold() else f"{drawn.title}: {words}"


def main(only: Sequence[str] = ()) -> None:
    """Write every picture, or those that are named, and the gallery."""
    PICTURES.mkdir(exist_ok=True)
    page = ["# Gallery", "", "Every shipped case, drawn by `python tools/pictures.py`. The pictures open in a browser and in Word.",
            "", "## Every kind of file", "", "One map in each [kind of file](formats.md):", ""]  # fmt: skip
    peter = ag.draw(ag.cases.peter())
    for ending, use in FORMATS.items():
        if not only or f"peter-figure{ending}" in only:
            peter.save(PICTURES / f"peter-figure{ending}")
        page.append(f"- [peter-figure{ending}](pictures/peter-figure{ending}): {use}")
    page.append("")
    for heading, shown in pictures():
        page += [f"## {heading}", ""]
        for name, words, drawn in shown:
            if not only or name in only:
                drawn.save(PICTURES / name)
            caption = words or drawn.title
            page += [f"{caption[:1].upper()}{caption[1:]}:", "", f"![{picture_words(drawn, words)}](pictures/{name})", ""]
        print(f"{heading}: {len(shown)} pictures")
    (DOCS / "gallery.md").write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
