"""The papers of one case: from a case or a comparison, as its reader may see it, to the blocks of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agencygraph import captions
from agencygraph.boards import mind_map
from agencygraph.comparison import Comparison, compare
from agencygraph.comparison.key_figures import key_figures
from agencygraph.conclusions import Finding, findings
from agencygraph.drawing import Map, draw, draw_pair
from agencygraph.model import Actor, Case, Gap, Tie
from agencygraph.packs import words
from agencygraph.packs.boards import look_for, picture_leaves
from agencygraph.packs.dates import event_blocks
from agencygraph.packs.document import PICTURES, Block, Entry, Grid, Heading, Leaf, Listing, Paragraph, paragraphs, plain
from agencygraph.packs.pictures import HEADING_ROOM, picture_of, without_head, without_remarks
from agencygraph.packs.plans import own_plan, plan_blocks, plan_of
from agencygraph.packs.views import Item, Reader, heading_of
from agencygraph.renderers.roll import SURE, Roll
from agencygraph.table import show
from agencygraph.themes import Theme


@dataclass(frozen=True, slots=True)
class Look:
    """How the papers look: the marking and the theme of the maps, and the level of the headings of a case's parts."""

    marking: str
    theme: Theme
    level: int = 1


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything that the papers of one case are made from: who reads them, and the finished maps with their moments."""

    item: Item
    reader: Reader
    look: Look
    maps: tuple[Map, ...]
    change: Map | None = None

    @property
    def cases(self) -> tuple[Case, ...]:
        """The case, or the two cases of a comparison."""
        return (self.item,) if isinstance(self.item, Case) else (self.item.before, self.item.after)

    @property
    def moments(self) -> tuple[str, ...]:
        """What each map is called: "before", "after"; empty for a single map."""
        return ("",) if len(self.cases) == 1 else ("before", "after")

    @property
    def heading(self) -> str:
        """The public title of the case."""
        return heading_of(self.item, self.reader.names)

    def part(self, text: str, below: int = 0) -> Heading:
        """Return the heading of a part, or of a part of a part."""
        return Heading(text, self.look.level + below)


def papers_of(item: Item, reader: Reader, look: Look) -> Papers:
    """Draw the maps of a case or a comparison, from which its papers are made."""
    if isinstance(item, Case):
        return Papers(item, reader, look, (draw(item, theme=look.theme, names=reader.names, marking=look.marking),))
    pair = draw_pair(item, theme=look.theme, names=reader.names, marking=look.marking)
    change = draw(item, style="change", theme=look.theme, names=reader.names, marking=look.marking)
    return Papers(item, reader, look, pair, change)


def leaves_of(papers: Papers) -> tuple[Leaf, ...]:
    """Return the papers of one case: its story, the maps, what changed, what stands out, figures, ties, plan and caveats."""
    story = (*_glance(papers), *_story(papers), *_dates(papers))
    maps = tuple(_map_leaf(papers, drawn, drawn.svg, heading) for drawn, heading in zip(papers.maps, _named(papers), strict=True))
    told = Leaf((*_change_words(papers), *_findings(papers), *_figures(papers), *_ties(papers), *_caveats(papers)))
    if papers.reader.audience == "research":
        return (Leaf(story), *maps, *_change_map(papers), told)
    drawn = tuple(_plan_pictures(papers)) if papers.reader.audience == "practitioners" else ()
    # The plan has a page of its own, as it is written on and carried away.
    plan = Leaf(tuple(plan_blocks(plan_of(papers.item, papers.reader.names), papers.look.level, papers.heading)))
    return (Leaf(story), *maps, *_change_map(papers), told, *drawn, plan)


# ------------------------------------------------------------------------------------------------------------------ the story
def _glance(papers: Papers) -> Iterator[Block]:
    yield papers.part("At a glance")
    columns = ("", *(moment.capitalize() or "On this map" for moment in papers.moments))
    is_research = papers.reader.audience == "research"  # who agreed it is no concern of theirs
    rows = [(head, *(tell(case) for case in papers.cases)) for head, tell in (
        ("How the services work", captions.arrangement_of),
        ("Lead", lambda case: words.leads_of(case, papers.reader.names)),
        ("Kind of case", words.kind_of),
        ("On the map", words.size_of),
        ("Agreed by", words.agreed_by),
        ("Agreed", words.agreed_on),
    )]  # fmt: skip
    kept = tuple(row for row in rows if any(row[1:]) or (row[0] != "Kind of case" and not is_research))
    yield Grid(columns, tuple(tuple(plain(cell) or "not recorded" for cell in row) for row in kept),
               f"{papers.heading}: at a glance", (1.2, *(2.0 for _ in papers.cases)))  # fmt: skip
    yield Paragraph(words.WORTH, "note")
    yield Paragraph(words.READ if len(papers.cases) == 1 else f"{words.READ} {words.SAME_PLACES}", "small")


def _story(papers: Papers) -> Iterator[Block]:
    """The case file: what is told of both moments once, of the later one under its own heading where it differs."""
    for case, moment in zip(papers.cases, papers.moments, strict=True):
        first = papers.cases[0]
        for head, field in words.STORY:
            told = getattr(case, field)
            if not told or (case is not first and told == getattr(first, field)):
                continue
            after = ", after" if moment == "after" else ""
            yield papers.part(head + after)
            if isinstance(told, str):
                yield from paragraphs(told)
            else:
                yield Listing(tuple(Entry(plain(text)) for text in told))


def _dates(papers: Papers) -> Iterator[Block]:
    """What happened when, for practitioners: of the later case only where it tells something else."""
    for case, moment in zip(papers.cases, papers.moments, strict=True):
        first = papers.cases[0]
        if papers.reader.audience == "practitioners" and (case is first or case.chronology != first.chronology):
            after = ", after" if moment == "after" else ""
            yield from event_blocks(case, papers.reader.names, papers.reader.notes, papers.part(f"What happened when{after}"),
                                    f"{papers.heading}: what happened when{after}")


# ------------------------------------------------------------------------------------------------------------------- the maps
def _map_leaf(papers: Papers, drawn: Map, svg: str, heading: str) -> Leaf:
    """A page with a map, upright or across, whichever shows it larger; the heading of the page is title enough."""
    shown = []
    for across in (True, False):
        width, height = Leaf((), across, PICTURES).room
        shown.append(picture_of(without_head(svg), drawn.title, drawn.text, (width, height - HEADING_ROOM)))
    across = shown[0].width >= shown[1].width
    return Leaf((papers.part(plain(heading)), shown[0] if across else shown[1]), across, PICTURES)


def _named(papers: Papers) -> tuple[str, ...]:
    """What the page of each map is called: "The map before: separate agencies"."""
    if len(papers.cases) == 1:
        return (f"The map: {captions.arrangement_of(papers.cases[0])}",)
    return tuple(f"The map {said[:1].lower()}{said[1:]}" for said in captions.moments_of(*papers.cases))


def _change_map(papers: Papers) -> Iterator[Leaf]:
    if papers.change is not None:
        yield _map_leaf(papers, papers.change, without_remarks(papers.change.svg),
                        "What changed: the later map, with the earlier one laid upon it")


def _plan_pictures(papers: Papers) -> Iterator[Leaf]:
    """The group's own plan as a mind map, on as many pages as it needs; what the maps suggest stands in the plan alone."""
    plan = own_plan(papers.item)
    if not len(plan):
        return
    drawn = mind_map(plan, look_for(papers.look.theme, papers.heading))
    yield from picture_leaves(drawn, "The questions as a mind map", papers.look.level)


def _change_words(papers: Papers) -> Iterator[Block]:
    """The numbers of the change map in words."""
    if papers.change is None:
        return
    scene = papers.change.scene
    yield papers.part("What changed, in words")
    yield Paragraph(plain(f"{scene.words} The numbers are those on the map of what changed."))
    numbered = tuple(Entry(plain(one.words)) for one in scene.remarks if one.number is not None)
    others = tuple(Entry(plain(one.words)) for one in scene.remarks if one.number is None)
    if numbered:
        yield Listing(numbered, numbered=True)
    if others:
        yield Paragraph("Besides:")
        yield Listing(others)


# -------------------------------------------------------------------------------------------------------- findings and figures
def _findings(papers: Papers) -> Iterator[Block]:
    yield papers.part("What stands out")
    about: list[tuple[str, Item]] = [(f"On the map {moment}" if moment else "", case)
                                     for moment, case in zip(papers.moments, papers.cases, strict=True)]  # fmt: skip
    if isinstance(papers.item, Comparison):
        about.insert(0, ("In the change", papers.item))
    for head, what in about:
        if head:
            yield papers.part(head, 1)
        yield Listing(tuple(_entry(one, papers.reader) for one in findings(what, names=papers.reader.names)), numbered=True)


def _entry(found: Finding, reader: Reader) -> Entry:
    """A finding; for the family the sentence and the question alone."""
    lines = (("To ask", found.question),) if reader.audience == "family" else tuple(found.lines())
    return Entry(plain(found.sentence), tuple((plain(head), plain(text)) for head, text in lines), strong=True)


def _figures(papers: Papers) -> Iterator[Block]:
    yield papers.part("Key figures")
    single = isinstance(papers.item, Case)
    table = key_figures(compare(papers.item, papers.item) if isinstance(papers.item, Case) else papers.item)
    rows = tuple(tuple(plain(show(cell)) for cell in (row[:2] if single else row)) for row in table.rows)
    columns = ("Figure", "On this map") if single else ("Figure", "Before", "After")
    yield Grid(columns, rows, f"{papers.heading}: the map in figures" if single else f"{papers.heading}: the maps in figures",
               (2.4, *(1.0 for _ in columns[1:])))  # fmt: skip
    yield Paragraph(words.COUNTS, "small")


# ------------------------------------------------------------------------------------------------------------ who tells whom
def _ties(papers: Papers) -> Iterator[Block]:
    yield papers.part("Who tells whom")
    for drawn, case, moment in zip(papers.maps, papers.cases, papers.moments, strict=True):
        if moment:
            yield papers.part(moment.capitalize(), 1)
        (roll,) = drawn.sheet.rolls
        if roll.rows:
            yield _roll_grid(roll, f"{papers.heading}: who tells whom{f', {moment}' if moment else ''}")
        else:
            yield Paragraph("Nobody tells anybody anything.")
        tied = {end for row in roll.rows for end in (row.source, row.target)}
        alone = [person.label for person in roll.people if person.key not in tied]
        if alone and roll.rows:
            yield Paragraph(plain(f"No tie to anybody: {captions.listed(alone)}."))
        yield from _gaps(case, papers.reader.names)


def _roll_grid(roll: Roll, caption: str) -> Grid:
    unsure = any(row.status != "agreed" for row in roll.rows)
    labels = roll.labels
    columns = ("Who tells", "Who is told", "Strength", "Ways", *["How sure"] * unsure)
    rows = tuple((plain(labels[row.source]), plain(labels[row.target]), row.strength, "both ways" if row.two_way else "one way",
                  *[SURE[row.status]] * unsure) for row in roll.rows)  # fmt: skip
    return Grid(columns, rows, plain(caption), (1.8, 1.8, 1.0, 1.0, *[1.4] * unsure))


def _gaps(case: Case, names: bool) -> Iterator[Block]:
    labels = case.labels(names)
    if case.gaps:
        said = [f"{labels[gap.source]} to {labels[gap.target]}" for gap in case.gaps]
        yield Paragraph(plain(f"Links that the group named as missing: {'; '.join(said)}."))


# ------------------------------------------------------------------------------------------------------------------- caveats
def _caveats(papers: Papers) -> Iterator[Block]:
    yield papers.part("How to read the maps, and what they are not")
    yield Listing(tuple(Entry(text) for text in words.LEGEND))
    said = [words.WORTH, *([words.PLANNED] if len(papers.cases) > 1 else [])]
    for case, moment in zip(papers.cases, papers.moments, strict=True):
        said += words.caveats_of(case, moment, papers.reader)
    yield Listing(tuple(Entry(plain(text)) for text in said))
    yield from _sources(papers)
    yield from _notes(papers)


def _sources(papers: Papers) -> Iterator[Block]:
    """Where the maps come from, for practitioners."""
    told = [(moment, case.source) for moment, case in zip(papers.moments, papers.cases, strict=True) if case.source]
    if told and papers.reader.audience == "practitioners":
        yield papers.part("Where the maps come from" if len(papers.cases) > 1 else "Where the map comes from", 1)
        for moment, source in told:
            yield Paragraph(plain(f"{moment.capitalize()}: {source}" if moment else source))


def _notes(papers: Papers) -> Iterator[Block]:
    """Private notes of practitioners, where they were asked for."""
    found: list[tuple[str, str]] = []
    for case in papers.cases if papers.reader.notes else ():
        noted: tuple[Actor | Tie | Gap, ...] = (*case.actors, *case.ties, *case.gaps)
        found += [(words.about(one, case, papers.reader.names), one.note) for one in noted if one.note]
    if found:
        yield papers.part("Notes, for practitioners only")
        rows = tuple((plain(who), plain(note)) for who, note in dict.fromkeys(found))
        yield Grid(("About", "Note"), rows, f"{papers.heading}: notes", (1.0, 2.0))
