"""Which services talk to which: a grid of counts, with a question wherever nobody in one service tells anybody in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agencygraph.charts.kinds import KINDS, NOBODY, STRENGTHS, Asked, Kind, Panel
from agencygraph.charts.page import LINE, SMALL, TEXT, WIDTH, Mark, Rule, Words, bar, set_lines, swatch, wrap
from agencygraph.flows import flows_of
from agencygraph.measures import Reading, ask
from agencygraph.table import DASH, Cell

LABEL_ROOM = 96.0
LEAST_CELL = 62.0
CELL_HIGH = 38.0
FRAME = 5.0
Pair = tuple[Reading, ...]


def show_sectors(asked: Asked) -> Panel:
    """Lay out how many of all possible links run from each service to each other one, and within each."""
    cells = _cells(asked)
    names = tuple(dict.fromkeys(source for source, _ in cells))
    if not names:
        words = f"No answer: {NOBODY}."
        return Panel((Words(0.0, TEXT, words, asked.theme.ink),), LINE, (words,), ())
    width = max(WIDTH, LABEL_ROOM + 8.0 + LEAST_CELL * len(names))
    cell = (width - LABEL_ROOM - 8.0) / len(names)
    heads = [wrap(_capital(name), cell - 6.0, SMALL) for name in names]
    top = LINE * max(map(len, heads)) + LINE + 6.0
    marks: list[Mark] = [Words(0.0, top - 5.0, "Who tells", asked.theme.soft_ink, SMALL),
                         Words(LABEL_ROOM + 8.0, TEXT, "Who is told", asked.theme.soft_ink, SMALL)]
    for number, head in enumerate(heads):
        middle = LABEL_ROOM + 8.0 + (number + 0.5) * cell
        first = Words(middle, top - 5.0 - LINE * (len(head) - 1), "", asked.theme.ink, SMALL, bold=False, anchor="middle")
        marks += set_lines(head, first)
    at = top
    for source in names:
        lines = wrap(_capital(source), LABEL_ROOM)
        height = max(CELL_HIGH, LINE * len(lines) + 8.0)
        marks += set_lines(lines, Words(0.0, at + height / 2 - LINE * (len(lines) - 1) / 2 + 3.5, "", asked.theme.ink))
        for number, target in enumerate(names):
            marks += _cell(asked, cells[source, target], (LABEL_ROOM + 8.0 + number * cell, at, cell, height))
        at += height
    marks.append(Rule(0.0, at, width, at, asked.theme.rule))
    return Panel(tuple(marks), at, tuple(_sentences(cells)), tuple(_rows(asked, cells)), width)


def _cells(asked: Asked) -> dict[tuple[str, ...], Pair]:
    """Return for each pair of sectors the answers over any tie and over firm ones."""
    (question,) = ask("M12")
    both = [question.read(flows_of(asked.case, firm=firm)) for _, firm in STRENGTHS]
    return {pair[0].about: pair for pair in zip(*both, strict=True)}


def _cell(asked: Asked, pair: Pair, place: tuple[float, float, float, float]) -> Iterator[Mark]:
    """Yield one cell: a share is shaded the darker the larger, a nought is hatched and has a question mark."""
    x, y, width, height = place
    theme, (one, firm) = asked.theme, pair
    middle, base = x + width / 2, y + height / 2 - 2.0
    if not one.of:
        yield bar(x, y, width, height, (theme.paper, theme.rule, ""))
        yield Words(middle, base + 5.5, DASH, theme.soft_ink, anchor="middle")
        return
    if not one.count:
        yield bar(x, y, width, height, swatch("question", theme))
    else:
        yield bar(x, y, width, height, (_tint(one.count / one.of), theme.rule, ""))
    large, small = _counted(one), f"firm: {firm.count}"
    if not one.count:
        yield bar(x + FRAME, y + FRAME, width - 2 * FRAME, height - 2 * FRAME, (theme.paper, theme.rule, ""))
    yield Words(middle, base, large, theme.ink, bold=True, anchor="middle")
    yield Words(middle, base + LINE, small, theme.ink, SMALL, anchor="middle")


def _tint(share: float) -> str:
    """Return a blue grey that is darker for a larger share, and light enough for black letters on it."""
    light, dark = (0xEE, 0xF3, 0xF8), (0xA9, 0xC3, 0xDC)
    return "#" + "".join(f"{int(a + (b - a) * share + 0.5):02X}" for a, b in zip(light, dark, strict=True))


def _counted(one: Reading) -> str:
    return f"{one.count} of {one.of}" + " ?" * (not one.count)


def _capital(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _sentences(cells: dict[tuple[str, ...], Pair]) -> Iterator[str]:
    for (source, target), (one, firm) in cells.items():
        way = f"Within {source}" if source == target else f"{_capital(source)} to {target}"
        if not one.of:
            yield f"{way}: no answer, because {one.reason}."
        else:
            yield f"{way}: {one.count} of {one.of}, firm {firm.count}{'' if one.count else ', a question to ask'}."


def _rows(asked: Asked, cells: dict[tuple[str, ...], Pair]) -> Iterator[tuple[Cell, ...]]:
    labels = asked.labels
    for (source, target), pair in cells.items():
        for one, (word, _) in zip(pair, STRENGTHS, strict=True):
            yield source, target, word, one.count, one.of, _links(one.pairs, labels), one.reason


def _links(pairs: Sequence[tuple[str, str]], labels: dict[str, str]) -> str:
    return "; ".join(f"{labels[a]} → {labels[b]}" for a, b in pairs)


KINDS.add("sectors", Kind(
    "sectors", "which services talk to which",
    "A row tells, a column is told: “3 of 12” means that 3 of the 12 possible links from one to the other are there; below it, how "
    "many of them are firm (critical). The more of them, the darker the cell. A dash: there is only one practitioner.",
    ("from", "to", "ties", "links", "of", "which", "reason"),
    (("question", "A hatched frame and ?: nobody tells anybody. A question for the meeting, not a fault."),),
    needs_start=False, build=show_sectors,
))  # fmt: skip
