"""What changed: every flow of two maps in exactly one class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agencygraph.comparison.blocks import Block
from agencygraph.model import Case, Tie
from agencygraph.model.words import STATUSES, STRENGTHS

CHANGE_KINDS = ("added", "lost", "strengthened", "weakened", "internalised", "externalised", "joined", "left", "unchanged")

Flow = tuple[str, str]
Labels = Mapping[str, str]
BlockPairs = tuple[tuple[Block, Block], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """What became of the information that one block passes to another.

    Parameters
    ----------
    kind
        - added, lost: on the later map only, on the earlier map only;
        - strengthened, weakened: peripheral before and critical now, or the reverse; unchanged;
        - internalised: drawn on the earlier map only, and its two ends now work in one team or are now one;
        - externalised: the reverse, where a team parted or one actor became several;
        - joined, left: one of its ends joined or left.
    source, target
        The blocks at its ends; the same block twice where the flow runs inside one block.
    before_strength, after_strength
        critical or peripheral, the strongest of the flows on that map; empty where that map has none.
    before_status, after_status
        agreed, disputed or unknown, the surest among the strongest flows; empty where that map has none.
    before_flows, after_flows
        The flows that it stands for, as pairs (earlier id, earlier id) and (later id, later id).
    """

    kind: str
    source: Block
    target: Block
    before_strength: str = ""
    after_strength: str = ""
    before_status: str = ""
    after_status: str = ""
    before_flows: tuple[Flow, ...] = ()
    after_flows: tuple[Flow, ...] = ()

    @property
    def before_words(self) -> str:
        """The flow on the earlier map: "critical", "peripheral, disputed"; empty where it had none."""
        return _ink(self.before_strength, self.before_status)

    @property
    def after_words(self) -> str:
        """The flow on the later map, in the same words."""
        return _ink(self.after_strength, self.after_status)

    def ends(self, before: Labels, after: Labels) -> tuple[str, str]:
        """Return who tells and who is told, in the labels of both maps; inside a block the two actors themselves."""
        if self.source != self.target:
            return self.source.words(before, after), self.target.words(before, after)
        labels, (source, target) = (before, self.before_flows[0]) if self.before_flows else (after, self.after_flows[0])
        return labels[source], labels[target]

    def words(self, before: Labels, after: Labels) -> str:
        """Return the change as one plain sentence, in the labels of the earlier and of the later map.

        >>> change = Change("lost", Block(("gp",), ("gp",)), Block(("mum",), ("mum",)), "peripheral", before_status="agreed")
        >>> change.words({"gp": "GP", "mum": "Mother"}, {"gp": "GP", "mum": "Mother"})
        'GP no longer tells Mother (peripheral before).'
        """
        if self.source == self.target:
            return self._inner_words(before, after)
        is_now = bool(self.after_strength)
        say = _now if is_now else _then
        who, whom = say(self.source, before, after), say(self.target, before, after)
        tell = "tells" if len(self.source.after if is_now else self.source.before) == 1 else "tell"
        then, now = self.before_words, self.after_words
        return {
            "added": f"{who} now {tell} {whom} ({now}).",
            "lost": f"{who} no longer {tell} {whom} ({then} before).",
            "strengthened": f"{who} {tell} {whom}: {then} before, {now} now.",
            "weakened": f"{who} {tell} {whom}: {then} before, {now} now.",
            "internalised": f"{who} told {whom} ({then} before); they now work in one team.",
            "externalised": f"{who} now {tell} {whom} ({now}); they worked in one team before.",
            "joined": f"{who} {tell} {whom} ({now}).",
            "left": f"{who} told {whom} ({then} before).",
            "unchanged": f"{who} still {tell} {whom} ({now if then == now else f'{then} before, {now} now'}).",
        }[self.kind]

    def _inner_words(self, before: Labels, after: Labels) -> str:
        who, whom = self.ends(before, after)
        earlier, later = _listed(self.source.before, before), _listed(self.source.after, after)
        if self.kind == "internalised":
            return f"{who} told {whom} ({self.before_words} before); {earlier} became {later}."
        return f"{who} now tells {whom} ({self.after_words}); {earlier} became {later}."

    def __repr__(self) -> str:
        return f"Change({self.kind}: {self.source!r} tells {self.target!r})"


def classify(before: Case, after: Case, blocks: Sequence[Block]) -> tuple[Change, ...]:
    """Put every flow of both maps, contracted on the blocks, into exactly one class; by class, then by place on the map."""
    then = _contracted(before, {who: at for at, block in enumerate(blocks) for who in block.before})
    now = _contracted(after, {who: at for at, block in enumerate(blocks) for who in block.after})
    changes: list[Change] = []
    for source, target in sorted({*then, *now}):
        ends, ties = (blocks[source], blocks[target]), (then.get((source, target), {}), now.get((source, target), {}))
        if source == target:
            changes += [_change("internalised", ends, {flow: tie}, {}) for flow, tie in ties[0].items()]
            changes += [_change("externalised", ends, {}, {flow: tie}) for flow, tie in ties[1].items()]
        else:
            changes.append(_change(_kind(before, after, ends, ties), ends, *ties))
    return tuple(sorted(changes, key=lambda change: CHANGE_KINDS.index(change.kind)))


def _contracted(case: Case, block_of: Mapping[str, int]) -> dict[tuple[int, int], dict[Flow, Tie]]:
    """Return the flows of a map by the numbers of the blocks at their ends, each with its tie."""
    found: dict[tuple[int, int], dict[Flow, Tie]] = {}
    for tie in case.ties:
        for source, target in tie.flows:
            found.setdefault((block_of[source], block_of[target]), {})[source, target] = tie
    return found


def _kind(before: Case, after: Case, ends: tuple[Block, Block], ties: tuple[Mapping[Flow, Tie], Mapping[Flow, Tie]]) -> str:
    for kind in ("joined", "left"):
        if kind in (ends[0].kind, ends[1].kind):
            return kind
    if ties[0] and ties[1]:
        stronger = STRENGTHS.index(_strength(ties[0])) - STRENGTHS.index(_strength(ties[1]))
        return "strengthened" if stronger > 0 else "weakened" if stronger < 0 else "unchanged"
    was_one = _works_as_one(before, ends[0].before + ends[1].before)
    is_one = _works_as_one(after, ends[0].after + ends[1].after)
    if ties[0]:
        return "internalised" if is_one and not was_one else "lost"
    return "externalised" if was_one and not is_one else "added"


def _works_as_one(case: Case, ids: tuple[str, ...]) -> bool:
    """Say whether one team holds them all."""
    return any(all(who in team.members for who in ids) for team in case.teams)


def _change(kind: str, ends: tuple[Block, Block], then: Mapping[Flow, Tie], now: Mapping[Flow, Tie]) -> Change:
    return Change(kind, *ends, _strength(then), _strength(now), _status(then), _status(now), tuple(then), tuple(now))


def _strength(ties: Mapping[Flow, Tie]) -> str:
    """Return the strength of the strongest of several ties; empty where there is none."""
    return next((strength for strength in STRENGTHS if any(tie.strength == strength for tie in ties.values())), "")


def _status(ties: Mapping[Flow, Tie]) -> str:
    """Return the surest status among the strongest ties."""
    strongest = [tie.status for tie in ties.values() if tie.strength == _strength(ties)]
    return next((status for status in STATUSES if status in strongest), "")


def turned(changes: Sequence[Change], blocks: Sequence[Block]) -> tuple[BlockPairs, BlockPairs]:
    """Return the pairs of blocks that became two-way, and those that became one-way; whoever joined or left is in neither."""
    then = {(c.source, c.target) for c in changes if c.before_flows}
    now = {(c.source, c.target) for c in changes if c.after_flows}
    two_way, one_way = [], []
    for at, a in enumerate(blocks):
        for b in blocks[at + 1:]:
            ways = [((a, b) in flows) + ((b, a) in flows) for flows in (then, now)]
            if ways == [1, 2]:
                two_way.append((a, b))
            elif ways == [2, 1]:
                one_way.append((a, b))
    return tuple(two_way), tuple(one_way)


def _ink(strength: str, status: str) -> str:
    return strength + {"disputed": ", disputed", "unknown": ", not known"}.get(status, "")


def _listed(ids: Sequence[str], labels: Labels) -> str:
    words = [labels[who] for who in ids]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _now(block: Block, before: Labels, after: Labels) -> str:
    """Return a block as the later map calls it, with what it was earlier where that differs."""
    earlier, later = _listed(block.before, before), _listed(block.after, after)
    return later if earlier == later else f"{later} ({f'earlier {earlier}' if earlier else 'joined'})"


def _then(block: Block, before: Labels, after: Labels) -> str:
    """Return a block as the earlier map calls it, with what it is now where that differs."""
    earlier, later = _listed(block.before, before), _listed(block.after, after)
    return earlier if earlier == later else f"{earlier} ({f'now {later}' if later else 'left'})"
