"""What holds for any two maps and any lineage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import Case, Lineage, compare
from agencygraph.comparison import Block, Change, Comparison
from agencygraph.comparison.changes import CHANGE_KINDS
from strategies import examples

MIRRORED = {"added": "lost", "lost": "added", "strengthened": "weakened", "weakened": "strengthened",
            "internalised": "externalised", "externalised": "internalised", "joined": "left",
            "left": "joined", "unchanged": "unchanged"}  # fmt: skip
INK = st.sampled_from(["=>", "->", "<=>", "<->", "~=>", "?->"])


@st.composite
def maps(draw: st.DrawFn, ids: str) -> Case:
    """A map of some of these actors, perhaps with a team."""
    who = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=6, unique=True))
    pairs = [(a, b) for at, a in enumerate(who) for b in who[at + 1:]]
    some = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    ties = [f" {draw(INK)} ".join(draw(st.permutations(pair))) for pair in some]
    members = draw(st.lists(st.sampled_from(who), unique=True, max_size=4))
    teams = [{"name": "Team", "members": members}] if members else []
    return Case.of(actors=dict.fromkeys(who, "practitioner"), ties=ties, teams=teams)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Two maps, whose actors are partly alike, and a lineage that names anybody."""
    before, after = draw(maps("abcdef")), draw(maps("defghi"))
    both = st.tuples(st.sampled_from(before.ids), st.sampled_from(after.ids))
    became = draw(st.lists(both, max_size=5))
    left = draw(st.lists(st.sampled_from(before.ids), unique=True, max_size=2))
    joined = draw(st.lists(st.sampled_from(after.ids), unique=True, max_size=2))
    return compare(before, after, Lineage(tuple(became), tuple(who for who in joined if who not in {b for _, b in became}),
                                          tuple(who for who in left if who not in {a for a, _ in became})))


def backwards(change: Comparison) -> Comparison:
    lineage = Lineage(tuple((b, a) for a, b in change.lineage.became), change.lineage.left, change.lineage.joined)
    return compare(change.after, change.before, lineage)


def flows(case: Case) -> Counter[tuple[str, str]]:
    return Counter(flow for tie in case.ties for flow in tie.flows)


def turned(block: Block) -> Block:
    return Block(block.after, block.before)


@given(comparisons())
def test_every_flow_of_both_maps_is_in_exactly_one_class(change: Comparison) -> None:
    assert Counter(flow for c in change.changes for flow in c.before_flows) == flows(change.before)
    assert Counter(flow for c in change.changes for flow in c.after_flows) == flows(change.after)
    assert all(c.before_flows or c.after_flows for c in change.changes)
    assert sum(len(change.of_kind(kind)) for kind in CHANGE_KINDS) == len(change.changes)
    between = [(c.source, c.target) for c in change.changes if c.source != c.target]
    assert len(between) == len(set(between))


@given(comparisons())
def test_every_actor_is_in_exactly_one_block(change: Comparison) -> None:
    assert sorted(who for block in change.blocks for who in block.before) == sorted(change.before.ids)
    assert sorted(who for block in change.blocks for who in block.after) == sorted(change.after.ids)


@given(comparisons())
def test_blocks_are_the_connected_parts_that_networkx_finds(change: Comparison) -> None:
    lineage, graph = change.lineage, nx.Graph()
    graph.add_nodes_from([("then", who) for who in change.before.ids] + [("now", who) for who in change.after.ids])
    graph.add_edges_from((("then", a), ("now", b)) for a, b in lineage.became)
    named = ({a for a, _ in lineage.became} | set(lineage.left), {b for _, b in lineage.became} | set(lineage.joined))
    alike = set(change.before.ids) & set(change.after.ids) - named[0] - named[1]
    graph.add_edges_from((("then", who), ("now", who)) for who in alike)
    parts = {frozenset(part) for part in nx.connected_components(graph)}
    assert parts == {frozenset([("then", a) for a in b.before] + [("now", a) for a in b.after]) for b in change.blocks}


@given(comparisons())
def test_each_class_is_what_its_definition_says(change: Comparison) -> None:
    def strongest(case: Case, ends: tuple[tuple[str, ...], tuple[str, ...]]) -> int:
        return max((1 + tie.is_critical for tie in case.ties for a, b in tie.flows if a in ends[0] and b in ends[1]), default=0)

    def in_one_team(case: Case, who: tuple[str, ...]) -> bool:
        return any(set(who) <= set(team.members) for team in case.teams)

    for c in change.changes:
        then = strongest(change.before, (c.source.before, c.target.before))
        now = strongest(change.after, (c.source.after, c.target.after))
        assert c.source == c.target or (then, now) == tuple(("", "peripheral", "critical").index(s)
                                                            for s in (c.before_strength, c.after_strength))
        if c.source == c.target:
            expected = "internalised" if c.before_flows else "externalised"
        elif not (c.source.before and c.target.before):
            expected = "joined"
        elif not (c.source.after and c.target.after):
            expected = "left"
        elif then and now:
            expected = "unchanged" if then == now else "strengthened" if now > then else "weakened"
        else:
            was = in_one_team(change.before, c.source.before + c.target.before)
            is_now = in_one_team(change.after, c.source.after + c.target.after)
            expected = ("internalised" if is_now > was else "lost") if then else ("externalised" if was > is_now else "added")
        assert c.kind == expected


@given(comparisons())
def test_read_backwards_every_class_turns_round(change: Comparison) -> None:
    def told(changes: tuple[Change, ...]) -> Iterator[tuple[object, ...]]:
        return ((MIRRORED[c.kind], turned(c.source), turned(c.target), c.after_flows, c.before_flows) for c in changes)

    back = backwards(change)
    assert set(told(change.changes)) == {(c.kind, c.source, c.target, c.before_flows, c.after_flows) for c in back.changes}
    assert back.hamming == change.hamming
    assert {frozenset(map(turned, pair)) for pair in change.became_two_way} == {frozenset(pair) for pair in back.became_one_way}


@given(maps("abcdef"))
def test_a_map_beside_itself_is_unchanged(case: Case) -> None:
    change = compare(case, case)
    assert {c.kind for c in change.changes} <= {"unchanged"}
    assert len(change.unchanged) == sum(flows(case).values())
    assert change.hamming == 0
    assert change.became_two_way == change.became_one_way == ()


@settings(max_examples=examples(50))
@given(comparisons())
def test_every_change_can_be_said_and_tabled(change: Comparison) -> None:
    assert len(change.sentences()) == len(change.table) == len(change.changes) - len(change.unchanged)
    assert all(sentence.endswith(".") and "  " not in sentence and "()" not in sentence for sentence in change.sentences())
