"""M12: which services talk, which do not?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, bits, flows_of
from agencygraph.measures.questions import QUESTIONS, Reading, question, share
from agencygraph.model import Case
from agencygraph.table import Cell, Table

NO_SECTOR = "sector not given"
_NOBODY = "there is only one practitioner of this sector"


@question(
    id="M12", name="sector links", asks="Which services talk to which, and which do not?",
    definition="Flows from practitioners of one sector to those of another, of all that there could be: n times m, and n(n - 1) "
               "inside a sector.",
    about="sector", unit="share", span=(0, 1), better="",
    sentence="{about}: {count} of {of} possible links are used ({who}).",
    undefined="inside a sector with one practitioner", source="mixing table of the practitioners' graph by sector",
)  # fmt: skip
def find_sector_links(flows: Flows) -> Iterator[Reading]:
    """Who talks to whom by sector, counted and named; where nobody does, that is a question and not a fault.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": {"kind": "school", "sector": "education"}, "gp": {"kind": "agency", "sector": "health"}},
    ...                ties=["school => gp"])
    >>> [(r.about, r.count, r.of) for r in find_sector_links(flows_of(case))][1:3]
    [(('education', 'health'), 1, 1), (('health', 'education'), 0, 1)]
    """
    sectors = sectors_of(flows)
    for source, tellers in sectors.items():
        for target, listeners in sectors.items():
            pairs = tuple((flows.ids[at], flows.ids[to]) for at in bits(tellers) for to in bits(flows.out[at] & listeners))
            inside = source == target
            of = tellers.bit_count() * (listeners.bit_count() - inside)
            ask = f"does {target} know what {source} knows?" if not inside else f"do those in {source} know of each other's work?"
            yield share((source, target), len(pairs), of, _NOBODY, words="" if pairs or not of else f"to ask: {ask}", pairs=pairs,
                        ties=flows.ties_between(tellers, listeners))


def sector_table(case: Case, *, firm: bool = False) -> Table:
    """Show who talks to whom by sector at a glance: a row for each sector that tells, a column for each that is told.

    Parameters
    ----------
    case
        The case; practitioners without a sector stand under "sector not given".
    firm
        True to count critical ties only.

    Returns
    -------
    Table
        Cells such as "2 of 6"; a dash where there is no pair. "0 of 6" is a question for the meeting.

    Examples
    --------
    >>> case = Case.of(actors={"school": {"kind": "school", "sector": "education"}, "gp": {"kind": "agency", "sector": "health"}},
    ...                ties=["school => gp"])
    >>> sector_table(case)[0]
    {'from': 'education', 'education': None, 'health': '1 of 1'}
    """
    flows = flows_of(case, firm=firm)
    names = tuple(sectors_of(flows))
    cells: dict[tuple[str, ...], Cell] = {
        one.about: f"{one.count} of {one.of}" if one.of else None for one in QUESTIONS.get("sector links").read(flows)}
    rows = tuple((source, *(cells[source, target] for target in names)) for source in names)
    note = "Rows tell, columns are told. 0 of some number is a question for the meeting, not a fault."
    firmly = ", critical ties only" if firm else ""
    return Table(("from", *names), rows, f"{case.heading}: who talks to whom by sector{firmly}", note)


def sectors_of(flows: Flows) -> dict[str, int]:
    """Return the practitioners of each sector, in the order in which the sectors first appear; those without one last."""
    found: dict[str, int] = {}
    for at in bits(flows.practitioners):
        name = flows.case.actors[at].sector or NO_SECTOR
        found[name] = found.get(name, 0) | 1 << at
    return dict(sorted(found.items(), key=lambda item: item[0] == NO_SECTOR))
