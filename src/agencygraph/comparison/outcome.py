"""Comparison: two maps of one child side by side, and what changed between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Unpack, overload

from agencygraph.comparison import blocks as matching
from agencygraph.comparison import changes as classes
from agencygraph.comparison.blocks import Block
from agencygraph.comparison.changes import BlockPairs, Change
from agencygraph.comparison.pairing import Load
from agencygraph.errors import InvalidError
from agencygraph.model import Case, Lineage

if TYPE_CHECKING:
    from agencygraph.comparison.caseloads import CaseloadComparison, How
    from agencygraph.table import Table


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Two maps of one child, who became whom between them, and every flow of both in exactly one class.

    Made by `compare`. Equal where the two maps and the lineage are equal.

    Parameters
    ----------
    before, after
        The earlier and the later map.
    lineage
        Who became whom, as it was used.

    Attributes
    ----------
    blocks
        Who is the same as whom: in the order of the earlier map, then whoever joined.
    changes
        One `Change` for each flow between blocks and for each flow inside a block: added, lost, strengthened, weakened,
        internalised, externalised, joined, left, unchanged, in this order. The number of a change is its place here.

    Examples
    --------
    >>> from agencygraph import Case
    >>> before = Case.of(age=9, actors={"school": "school", "gp": "agency"}, ties=["school -> gp"])
    >>> after = Case.of(age=9, actors={"school": "school", "gp": "agency"}, ties=["school <=> gp"])
    >>> change = Comparison(before, after)
    >>> change
    Comparison('Child, 9': collaboration, then collaboration; 1 added, 1 strengthened)
    >>> change.sentences()
    ('Agency now tells School (critical).', 'School tells Agency: peripheral before, critical now.')
    """

    before: Case
    after: Case
    lineage: Lineage = field(default_factory=Lineage)
    blocks: tuple[Block, ...] = field(init=False, compare=False)
    changes: tuple[Change, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        found = matching.match(self.before, self.after, self.lineage)
        object.__setattr__(self, "blocks", found)
        object.__setattr__(self, "changes", classes.classify(self.before, self.after, found))

    @property
    def matched(self) -> tuple[Block, ...]:
        """One earlier actor who is one later actor."""
        return self._blocks("matched")

    @property
    def merged(self) -> tuple[Block, ...]:
        """Several earlier actors who became one."""
        return self._blocks("merged")

    @property
    def split(self) -> tuple[Block, ...]:
        """One earlier actor who became several."""
        return self._blocks("split")

    @property
    def regrouped(self) -> tuple[Block, ...]:
        """Several earlier actors who became several others."""
        return self._blocks("regrouped")

    @property
    def joined(self) -> tuple[Block, ...]:
        """Later actors who were nobody on the earlier map."""
        return self._blocks("joined")

    @property
    def left(self) -> tuple[Block, ...]:
        """Earlier actors who are nobody on the later map."""
        return self._blocks("left")

    @property
    def gained(self) -> tuple[Change, ...]:
        """Flows on the later map only, between blocks that stand on both."""
        return self.of_kind("added")

    @property
    def lost(self) -> tuple[Change, ...]:
        """Flows on the earlier map only, between blocks that stand on both."""
        return self.of_kind("lost")

    @property
    def strengthened(self) -> tuple[Change, ...]:
        """Flows that were peripheral and are critical."""
        return self.of_kind("strengthened")

    @property
    def weakened(self) -> tuple[Change, ...]:
        """Flows that were critical and are peripheral."""
        return self.of_kind("weakened")

    @property
    def unchanged(self) -> tuple[Change, ...]:
        """Flows of the same strength on both maps."""
        return self.of_kind("unchanged")

    @property
    def internalised(self) -> tuple[Change, ...]:
        """Earlier flows whose two ends now work in one team, or are one; apart from lost, and by themselves no gain."""
        return self.of_kind("internalised")

    @property
    def externalised(self) -> tuple[Change, ...]:
        """Later flows between actors who worked in one team before, or were one: internalised, read backwards."""
        return self.of_kind("externalised")

    @property
    def with_joined(self) -> tuple[Change, ...]:
        """Later flows that touch somebody who joined."""
        return self.of_kind("joined")

    @property
    def with_left(self) -> tuple[Change, ...]:
        """Earlier flows that touch somebody who left."""
        return self.of_kind("left")

    @property
    def became_two_way(self) -> BlockPairs:
        """Pairs of blocks who told each other one way before, and both ways now."""
        return classes.turned(self.changes, self.blocks)[0]

    @property
    def became_one_way(self) -> BlockPairs:
        """Pairs of blocks who told each other both ways before, and one way now."""
        return classes.turned(self.changes, self.blocks)[1]

    @property
    def hamming(self) -> int:
        """How many flows differ between those who stand on both maps: added and lost; the same read backwards.

        Source: Hamming distance of the two maps contracted on the blocks (Butts & Carley 2005).
        """
        return len(self.gained) + len(self.lost)

    def of_kind(self, kind: str) -> tuple[Change, ...]:
        """Return the changes of one class; see `Change`."""
        return tuple(change for change in self.changes if change.kind == kind)

    def words(self, block: Block, names: bool = False) -> str:
        """Return who a block is, in the labels of both maps: "School nurse -> School health advisor"."""
        return block.words(self.before.labels(names), self.after.labels(names))

    def sentences(self, names: bool = False) -> tuple[str, ...]:
        """Return every change as a plain sentence, in the order of `changes`; what is unchanged is left out."""
        before, after = self.before.labels(names), self.after.labels(names)
        return tuple(change.words(before, after) for change in self.changes if change.kind != "unchanged")

    @property
    def table(self) -> Table:
        """What exactly changed: one row for each change, under public labels; a row's number is its place in `changes`."""
        from agencygraph.comparison.tables import change_table

        return change_table(self)

    @property
    def measures(self) -> Table:
        """The meeting measures of both maps side by side, for everybody who stands on both, under public labels."""
        from agencygraph.comparison.side_by_side import measure_table

        return measure_table(self)

    def _blocks(self, kind: str) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == kind)

    def __repr__(self) -> str:
        counts = [f"{len(found)} {kind}" for kind in classes.CHANGE_KINDS[:6] if (found := self.of_kind(kind))]
        counts += [f"{len(found)} {kind}" for kind, found in (("joined", self.joined), ("left", self.left)) if found]
        return (f"Comparison({self.before.heading!r}: {self.before.arrangement}, then {self.after.arrangement}; "
                f"{', '.join(counts) or 'nothing changed'})")

    def _repr_html_(self) -> str:
        """What changed as a notebook shows it."""
        return self.table._repr_html_()


@overload
def compare(before: Case, after: Case, lineage: Lineage | None = None) -> Comparison: ...


@overload
def compare(before: Load, after: Load, **how: Unpack[How]) -> CaseloadComparison: ...


def compare(before: Case | Load, after: Case | Load, lineage: Lineage | None = None,
            **how: Unpack[How]) -> Comparison | CaseloadComparison:  # fmt: skip
    """Say what exactly changed between two maps, or over many cases: better, worse, or no more than chance would do.

    Parameters
    ----------
    before, after
        The earlier and the later map: two arrangements, or one arrangement at two dates. Or two caseloads of the same children,
        also by column (`caseloads.parquet.read_columns`).
    lineage
        Who became whom. Left out, the later map's own lineage is used. Actors with equal ids are the same unless the
        lineage names them on either side; nothing is guessed beyond that. The later map's lineage may name earlier actors
        who are not on this earlier map (it serves several accounts of the case); a lineage given here may not.
    how
        Of caseloads only: `measures`, `ties`, `by` (bands), `pair` and `progress`; see `comparison.compare_caseloads`.

    Returns
    -------
    Comparison or CaseloadComparison
        Every flow of both maps, contracted on those who became whom, in exactly one class; ties of every status count, as
        they do on the map. Or how many cases went which way on each measure.

    Raises
    ------
    InvalidError
        For anything but two cases or two caseloads, or where the lineage given here names somebody who is not on its map.

    Examples
    --------
    >>> from agencygraph import Case, Lineage
    >>> before = Case.of(age=9, actors={"school": "school", "nurse": "practitioner"}, ties=["nurse => school"])
    >>> after = Case.of(age=9, actors={"school": "school", "advisor": "practitioner"}, ties=["advisor <=> school"])
    >>> change = compare(before, after, Lineage(became=(("nurse", "advisor"),)))
    >>> len(change.gained), len(change.unchanged), change.hamming
    (1, 1, 1)
    >>> change.became_two_way
    ((Block(school -> school), Block(nurse -> advisor)),)
    """
    if isinstance(before, Case) and isinstance(after, Case) and not how:
        return _compare_cases(before, after, lineage)
    if isinstance(before, Load) and isinstance(after, Load):
        return _compare_caseloads(before, after, lineage, how)
    raise InvalidError(_misuse(before, after))


def _compare_cases(before: Case, after: Case, lineage: Lineage | None) -> Comparison:
    if lineage is None:
        return Comparison(before, after, after.lineage or Lineage())
    if not isinstance(lineage, Lineage):
        raise InvalidError(f"lineage is a {type(lineage).__name__}; it must be a Lineage(became=..., joined=..., left=...).")
    problems = matching.strangers(before, after, lineage)
    if problems:
        raise InvalidError(problems)
    return Comparison(before, after, lineage)


def _compare_caseloads(before: Load, after: Load, lineage: Lineage | None, how: How) -> CaseloadComparison:
    from agencygraph.comparison.caseloads import How, compare_caseloads

    unknown = [name for name in how if name not in How.__annotations__]
    if unknown or lineage is not None:
        raise InvalidError("of two caseloads compare takes measures, ties, by, pair and progress; each later map has a lineage.")
    return compare_caseloads(before, after, how)


def _misuse(before: object, after: object) -> str:
    """Say what compare takes, and what it was given."""
    sides = [(side, type(value).__name__) for side, value in (("before", before), ("after", after))]
    if all(isinstance(value, Case) for value in (before, after)):
        return "of two cases compare takes a lineage and nothing more; measures, ties, by and pair are for caseloads."
    side, kind = next((one for one in sides if one[1] not in ("Case", "Caseload", "Columns")), sides[1])
    return f"compare takes two cases, or two caseloads; {side} is a {kind}."
