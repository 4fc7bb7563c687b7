"""Draw again the pictures of the README and the docs, and the page that shows them: `python tools/pictures.py`.

Look at each picture before committing it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import agencygraph as ag

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = DOCS / "pictures"
SHOWS = ("isolation", "single points", "spread:school", "gaps", "disputed")
THEMES = ("greyscale", "high contrast", "large print")
PAGES = ("A4 portrait", "A3")
FORMATS = {".svg": "the picture itself", ".png": "for Word and e-mail", ".pdf": "to print", ".html": "with words and table",
           ".txt": "in words", ".dot": "for Graphviz"}  # fmt: skip
Shown = tuple[str, str, "ag.Map"]


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
    yield "Pages", [(f"peter-{page.replace(' ', '-')}.svg", f"page={page!r}", ag.draw(peter, page=page)) for page in PAGES]
    yield "The study's other cases", [(f"{name.replace('_', '-')}.svg", "", ag.draw(ag.cases.load(name)))
                                      for name in ag.cases.names() if name.startswith("case_")]


def picture_words(drawn: ag.Map, words: str) -> str:
    """Return what a picture shows, for those who cannot see it: its title, and what the title does not say yet."""
    return drawn.title if not words or words.casefold() in drawn.title.casefold() else f"{drawn.title}: {words}"


def main() -> None:
    """Write every picture, and the gallery."""
    PICTURES.mkdir(exist_ok=True)
    page = ["# Gallery", "", "Every shipped case, drawn by `python tools/pictures.py`. The pictures open in a browser and in Word.",
            "", "## Every kind of file", "", "One map in each [kind of file](formats.md):", ""]  # fmt: skip
    peter = ag.draw(ag.cases.peter())
    for ending, use in FORMATS.items():
        peter.save(PICTURES / f"peter-figure{ending}")
        page.append(f"- [peter-figure{ending}](pictures/peter-figure{ending}): {use}")
    page.append("")
    for heading, shown in pictures():
        page += [f"## {heading}", ""]
        for name, words, drawn in shown:
            drawn.save(PICTURES / name)
            caption = words or drawn.title
            page += [f"{caption[:1].upper()}{caption[1:]}:", "", f"![{picture_words(drawn, words)}](pictures/{name})", ""]
        print(f"{heading}: {len(shown)} pictures")
    (DOCS / "gallery.md").write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
