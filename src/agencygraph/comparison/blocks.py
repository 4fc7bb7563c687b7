"""Who became whom: the actors of two maps matched into blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agencygraph.errors import Problem, did_you_mean
from agencygraph.model import Case, Lineage

BLOCK_KINDS = ("matched", "merged", "split", "regrouped", "left", "joined")


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """Actors of the earlier map and those of the later one who are the same between them.

    Parameters
    ----------
    before, after
        Ids on the earlier and on the later map, each in the order of its case. No earlier id: they joined; no later id:
        they left.

    Examples
    --------
    >>> Block(("senco", "school_nurse"), ("practice_manager",)).kind
    'merged'
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """matched (one became one), merged (several one), split (one several), regrouped (several several), left or joined."""
        if not self.before or not self.after:
            return "left" if self.before else "joined"
        return ("matched", "merged", "split", "regrouped")[(len(self.before) > 1) + 2 * (len(self.after) > 1)]

    def words(self, before: Mapping[str, str], after: Mapping[str, str]) -> str:
        """Return who the block is, in the labels of both maps.

        >>> Block(("nurse",), ("advisor",)).words({"nurse": "School nurse"}, {"advisor": "School health advisor"})
        'School nurse -> School health advisor'
        """
        earlier = " + ".join(before[who] for who in self.before)
        later = " + ".join(after[who] for who in self.after)
        if not earlier or not later:
            return f"{earlier} (left)" if earlier else f"{later} (joined)"
        return earlier if earlier == later else f"{earlier} -> {later}"

    def __repr__(self) -> str:
        return f"Block({' + '.join(self.before) or 'nobody'} -> {' + '.join(self.after) or 'nobody'})"


def match(before: Case, after: Case, lineage: Lineage) -> tuple[Block, ...]:
    """Return the connected parts of the relation "became": in the order of the earlier map, then whoever joined.

    Equal ids are the same actor unless the lineage names the id, on the earlier side or on the later one. Pairs whose
    earlier actor is not on this earlier map say nothing about it.
    """
    pairs = related(before, after, lineage)
    later_of = {who: [b for a, b in pairs if a == who] for who in before.ids}
    earlier_of = {who: [a for a, b in pairs if b == who] for who in after.ids}
    placed: set[str] = set()
    blocks = []
    for who in before.ids:
        if who not in placed:
            earlier, later = _part(who, later_of, earlier_of)
            placed |= earlier
            blocks.append(Block(_kept(before.ids, earlier), _kept(after.ids, later)))
    return (*blocks, *(Block((), (who,)) for who in after.ids if not earlier_of[who]))


def related(before: Case, after: Case, lineage: Lineage) -> tuple[tuple[str, str], ...]:
    """Return the pairs (earlier id, later id) of those who became whom, in the order of the two maps."""
    told = {(a, b) for a, b in lineage.became if a in before.ids and b in after.ids}
    named_before = {*lineage.left, *(a for a, _ in told)}
    named_after = {*lineage.joined, *(b for _, b in told)}
    alike = {(who, who) for who in before.ids if who not in named_before and who not in named_after}
    return tuple((a, b) for a in before.ids for b in after.ids if (a, b) in told or (a, b) in alike)


def _part(start: str, later_of: Mapping[str, list[str]], earlier_of: Mapping[str, list[str]]) -> tuple[set[str], set[str]]:
    """Return the earlier and the later ids that hang together with one earlier id."""
    earlier, later, waiting = {start}, set[str](), [start]
    while waiting:
        for b in later_of[waiting.pop()]:
            later.add(b)
            fresh = [a for a in earlier_of[b] if a not in earlier]
            earlier.update(fresh)
            waiting += fresh
    return earlier, later


def _kept(ids: Sequence[str], some: set[str]) -> tuple[str, ...]:
    return tuple(who for who in ids if who in some)


def strangers(before: Case, after: Case, lineage: Lineage) -> list[Problem]:
    """Return a problem for every id that the lineage names and that is not on its side of the comparison."""
    sides: tuple[tuple[str, str, Case, Iterable[str]], ...] = (
        ("became", "earlier", before, (a for a, _ in lineage.became)), ("became", "later", after, (b for _, b in lineage.became)),
        ("joined", "later", after, lineage.joined), ("left", "earlier", before, lineage.left))
    return [Problem(f"the lineage names '{who}', who is not on the {side} map.{did_you_mean(who, case.ids)}", ("lineage", field))
            for field, side, case, named in sides for who in dict.fromkeys(named) if who not in case.ids]
