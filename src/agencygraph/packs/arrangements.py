"""How services are arranged, beside the cases of a pack: a team with its workload, pathways step by step, a plan of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from agencygraph.boards import figures_of, lanes, mind_map, team_picture, titles_of
from agencygraph.captions import listed
from agencygraph.comparison import Comparison, compare
from agencygraph.errors import InvalidError
from agencygraph.model import ActionPlan, Case, Chronology
from agencygraph.packs.boards import look_for, picture_leaves
from agencygraph.packs.document import Block, Grid, Heading, Leaf, Paragraph, plain
from agencygraph.packs.plans import plan_blocks
from agencygraph.packs.views import Item, Reader, view_of
from agencygraph.pathways import ACTS, Step, steps_of
from agencygraph.renderers.shares import percent
from agencygraph.templates import Template
from agencygraph.themes import Theme

Arrangement = Template | ActionPlan | Item
WHOLE = "The shares of the work come to 100 per cent."
ONCE = "A step to several at once counts once for each of them. Hand-offs: the matter passes into other hands."


def arrangements_of(what: Arrangement | Sequence[Arrangement] | None) -> tuple[Arrangement, ...]:
    """Return arrangements one by one.

    Raises
    ------
    InvalidError
        For anything that is none.

    >>> arrangements_of(None)
    ()
    """
    given: tuple[object, ...] = () if what is None else tuple(what) if isinstance(what, (list, tuple)) else (what,)
    found = tuple(one for one in given if isinstance(one, (Template, ActionPlan, Case, Comparison)))
    if len(found) < len(given):
        strange = next(one for one in given if not isinstance(one, (Template, ActionPlan, Case, Comparison)))
        raise InvalidError("arrangements are templates of teams, plans, and pathways (a case with a chronology, or a comparison of "
                           f"two), not a {type(strange).__name__}; agencygraph.templates.load opens a template.")  # fmt: skip
    return found


def arrangement_leaves(what: Arrangement, reader: Reader, theme: Theme) -> tuple[Leaf, ...]:
    """Return the leaves of an arrangement: its picture, on as many as it takes, and on the last one the same as tables.

    Raises
    ------
    InvalidError
        For a plan where research reads the pack.
    UndefinedError
        For a pathway without steps, and a plan without questions.

    >>> from agencygraph import templates
    >>> arrangement_leaves(templates.load("bexley_2005"), Reader(), Theme())[0].blocks[0].text
    'Bexley practitioner team, 2005'
    """
    if isinstance(what, Template):
        sheet = team_picture(what, look_for(theme))
        return (*picture_leaves(sheet, sheet.title, 1), Leaf(tuple(_team_blocks(what))))
    if isinstance(what, ActionPlan):
        if reader.audience == "research":
            raise InvalidError("a plan is never shown to research: leave it out of arrangements.")
        return _plan_leaves(what, theme)
    shown = _told(view_of(what, reader), what, reader)
    sheet = lanes(shown, look_for(theme, names=reader.names))
    return (*picture_leaves(sheet, sheet.title, 1), Leaf(tuple(_pathway_blocks(shown, reader))))


# ------------------------------------------------------------------------------------------------------------------------ a team
def _team_blocks(template: Template) -> Iterator[Block]:
    yield Heading("Who does how much", 2)
    rows = [(role.label, ", ".join(part for part in (role.agency, role.sector, "lead" if role.lead else "") if part),
             *_shares(template, role.id)) for role in template.roles]  # fmt: skip
    rows += [("Nobody in the team", "", *_shares(template, ""))] if any(not one.role for one in template.workload) else []
    yield Grid(("Role", "Service", "Share of the work", "Which work"), tuple(tuple(map(plain, row)) for row in rows),
               plain(f"{template.name}: who does how much"), (1.6, 1.8, 1.0, 2.0))  # fmt: skip
    yield Paragraph(WHOLE if template.workload else "How the work is shared is not laid down.", "small")
    if template.source:
        yield Paragraph(plain(f"Where this comes from: {template.source}"), "small")


def _shares(template: Template, role: str) -> tuple[str, str]:
    taken = [one for one in template.workload if one.role == role]
    return "; ".join(percent(one.percent) for one in taken) or "not given", "; ".join(one.part for one in taken)


# ------------------------------------------------------------------------------------------------------------------------ a plan
def _plan_leaves(plan: ActionPlan, theme: Theme) -> tuple[Leaf, ...]:
    """A plan that belongs to no case."""
    sheet = mind_map(plan, look_for(theme))
    return (*picture_leaves(sheet, "The questions as a mind map", 1), Leaf(tuple(plan_blocks(plan, 1, "Plan"))))


# --------------------------------------------------------------------------------------------------------------------- a pathway
def _told(shown: Item, what: Item, reader: Reader) -> Item:
    """A pathway as it may be read: where notes are not shown, of each what is done and nothing else."""
    if reader.audience == "practitioners":
        return shown
    if isinstance(shown, Comparison) and isinstance(what, Comparison):
        return compare(_with_acts(shown.before, what.before), _with_acts(shown.after, what.after))
    return _with_acts(shown, what) if isinstance(shown, Case) and isinstance(what, Case) else shown


def _with_acts(shown: Case, case: Case) -> Case:
    acts = [event.note.partition(":")[0].strip().lower() if ":" in event.note else "" for event in case.chronology.events]
    return shown.replace(chronology=Chronology(tuple(
        dataclasses.replace(event, note=f"{act}:" if act in ACTS else "")
        for event, act in zip(shown.chronology.events, acts, strict=True))))  # fmt: skip


def _pathway_blocks(shown: Item, reader: Reader) -> Iterator[Block]:
    cases = (shown,) if isinstance(shown, Case) else (shown.before, shown.after)
    titles = titles_of(cases)
    for case, title in zip(cases, titles, strict=True):
        yield Heading(plain(title if len(cases) > 1 else "Step by step"), 2)
        yield _step_grid(case, title, reader.names)
    figures = [dict(figures_of(case, reader.names)) for case in cases]
    rows = tuple((name.capitalize(), *(told.get(name, "not counted") for told in figures)) for name in dict.fromkeys(
        name for told in figures for name in told))  # fmt: skip
    yield Heading("What it takes", 2)
    yield Grid(("Figure", *(map(plain, titles))), tuple(tuple(map(plain, row)) for row in rows),
               plain(f"{', '.join(titles)}: what it takes"), (1.4, *(2.0 for _ in titles)))  # fmt: skip
    yield Paragraph(ONCE, "small")


def _step_grid(case: Case, title: str, names: bool) -> Grid:
    labels, steps = case.labels(names), steps_of(case)
    dated = len({step.when for step in steps}) > 1
    said = any(step.words for step in steps)
    columns = ("Step", *["When"] * dated, "Who", "To whom", "What is done", *["In words"] * said)
    rows = tuple(_row(step, labels, dated, said) for step in steps)
    widths = (0.5, *[1.0] * dated, 1.4, 2.0, 1.2, *[2.2] * said)
    return Grid(columns, rows, plain(f"{title}: step by step"), widths)


def _row(step: Step, labels: dict[str, str], dated: bool, said: bool) -> tuple[str, ...]:
    doers, others = (listed([labels[id] for id in ids]) for ids in (step.doers, step.others))
    when = [step.when.words if step.when else ""] * dated
    answer = ", and is answered" if step.way == "two-way" else ""
    done = "meeting" if step.way == "meeting" and not step.act else step.act
    return tuple(map(plain, (str(step.number), *when, doers, others, f"{done}{answer}".removeprefix(", "), *[step.words] * said)))
