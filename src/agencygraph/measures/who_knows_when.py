"""M5: if X learns something today, who knows after one, two, three hand-offs, and who never?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, levels
from agencygraph.measures.questions import NOBODY_ELSE, Reading, people, question, quick_reading, quick_share


@question(
    id="M5", name="who knows when", asks="If X learns something today, who knows after one, two, three hand-offs, who never?",
    definition="The other practitioners by the fewest hand-offs of a professional route from X; never where there is no route.",
    about="actor", unit="share", span=(0, 1), better="",
    sentence="What {about} learns, {detail}: {count} of {of} practitioners ({who}).",
    undefined="there is no other practitioner", source="breadth-first search over professional routes",
)  # fmt: skip
def find_who_knows_when(flows: Flows) -> Iterator[Reading]:
    """Who comes to know what an actor learns, hand-off by hand-off, and who never does.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "ssd": "agency", "gp": "agency"}, ties=["school => ssd"])
    >>> [(r.detail, r.who) for r in find_who_knows_when(flows_of(case))][:2]
    [('after 1 hand-off', ('ssd',)), ('never', ('gp',))]
    """
    for at, id in enumerate(flows.ids):
        others = flows.practitioners & ~(1 << at)
        known, of = 0, others.bit_count()
        for round, rows in enumerate(levels(flows), 1):
            told = rows[at] & others & ~known
            known |= told
            if told:
                yield quick_share((id,), (told.bit_count(), of), "", (people, flows, told),
                                  f"after {round} hand-off{'s' * (round > 1)}", f"{known.bit_count()} know by then")
        never = others & ~known
        yield quick_share((id,), (never.bit_count(), of), NOBODY_ELSE, (people, flows, never), "never")


@question(
    id="M5", name="time to inform", asks="After how many hand-offs does everybody know what X learned?",
    definition="The most hand-offs of a shortest professional route from X to another practitioner.",
    about="actor", unit="hand-offs", span=(1, None), better="lower",
    sentence="What {about} learns reaches {count} of {of} practitioners; hand-offs until all know: {value}.",
    undefined="somebody never comes to know, or there is no other practitioner", source="eccentricity over professional routes",
)  # fmt: skip
def find_time_to_inform(flows: Flows) -> Iterator[Reading]:
    """After how many hand-offs every practitioner knows; no number, with the names, where somebody never does."""
    for at, id in enumerate(flows.ids):
        others = flows.practitioners & ~(1 << at)
        known, rounds, of = 0, 0, others.bit_count()
        for round, rows in enumerate(levels(flows), 1):
            rounds = round if rows[at] & others & ~known else rounds
            known |= rows[at] & others
        never = others & ~known
        reason = f"news never comes to {never.bit_count()} of {of}" if never else "" if others else NOBODY_ELSE
        yield quick_reading((id,), (None if reason else rounds, known.bit_count(), of), reason=reason,
                            behind=(people, flows, never))
