"""Every class of change on the smallest map that shows it."""

from __future__ import annotations

import pytest

from agencygraph import Case, Lineage, compare
from agencygraph.comparison import Comparison

TEAM = {"name": "Team", "members": ["a", "b"]}


def people(ids: str, *ties: str, **fields: object) -> Case:
    return Case.of(actors=dict.fromkeys(ids, "practitioner"), ties=list(ties), **fields)


def kinds(change: Comparison) -> list[str]:
    ends = [["+".join(block.before or block.after) for block in (c.source, c.target)] for c in change.changes]
    return [f"{c.kind} {source}>{target}" for c, (source, target) in zip(change.changes, ends, strict=True)]


@pytest.mark.parametrize(("before", "after", "expected"), [
    (["a => b"], ["a => b"], ["unchanged a>b"]),
    ([], ["a -> b"], ["added a>b"]),
    (["a <-> b"], [], ["lost a>b", "lost b>a"]),
    (["a -> b"], ["a => b"], ["strengthened a>b"]),
    (["a => b"], ["a -> b"], ["weakened a>b"]),
    (["a => b"], ["b => a"], ["added b>a", "lost a>b"]),
    (["a => b", "b -> a"], ["a <=> b"], ["strengthened b>a", "unchanged a>b"]),
])
def test_a_pair_on_both_maps(before: list[str], after: list[str], expected: list[str]) -> None:
    assert kinds(compare(people("ab", *before), people("ab", *after))) == expected


def test_hamming_counts_added_and_lost_only() -> None:
    change = compare(people("abcx", "a => b", "b -> c", "x => a"), people("abcy", "b => a", "b => c", "y => a"))
    assert change.hamming == 2
    assert (len(change.gained), len(change.lost), len(change.strengthened)) == (1, 1, 1)
    assert (len(change.with_joined), len(change.with_left)) == (1, 1)


def test_flows_of_who_joined_and_who_left_stand_apart() -> None:
    change = compare(people("abx", "a => x", "x => b"), people("aby", "y <=> a"))
    assert kinds(change) == ["joined a>y", "joined y>a", "left a>x", "left x>b"]


def test_two_way_and_one_way() -> None:
    change = compare(people("abcd", "a => b", "c <=> d", "a => c"), people("abcd", "a <-> b", "d => c", "b <=> d"))
    assert [tuple(block.before for block in pair) for pair in change.became_two_way] == [(("a",), ("b",))]
    assert [tuple(block.before for block in pair) for pair in change.became_one_way] == [(("c",), ("d",))]


def test_a_merger_takes_the_strongest_tie_and_counts_what_is_now_inside() -> None:
    before = people("abc", "a -> c", "b => c", "a <=> b", "c ~-> a")
    after = people("xc", "x => c", "c -> x")
    change = compare(before, after, Lineage(became=(("a", "x"), ("b", "x"))))
    assert kinds(change) == ["internalised a+b>a+b", "internalised a+b>a+b", "unchanged a+b>c", "unchanged c>a+b"]
    assert change.unchanged[0].before_flows == (("a", "c"), ("b", "c"))
    assert change.unchanged[0].before_strength == "critical"
    assert change.unchanged[1].before_words == "peripheral, disputed"
    assert change.hamming == 0


def test_a_split_is_a_merger_read_backwards() -> None:
    before, after = people("xc", "x => c"), people("abc", "a => c", "a => b")
    change = compare(before, after, Lineage(became=(("x", "a"), ("x", "b"))))
    assert [c.kind for c in change.changes] == ["externalised", "unchanged"]
    assert change.sentences() == (
        "Practitioner 1 now tells Practitioner 2 (critical); Practitioner 1 became Practitioner 1 and Practitioner 2.",)


def test_regrouping_keeps_what_ran_inside_on_both_maps() -> None:
    lineage = Lineage(became=(("a", "x"), ("b", "x"), ("b", "y")))
    change = compare(people("abc", "a => b", "a -> c"), people("xyc", "x <=> y", "y => c"), lineage)
    assert [c.kind for c in change.changes] == ["strengthened", "internalised", "externalised", "externalised"]


def test_a_flow_that_a_new_team_swallows_is_internalised_and_not_lost() -> None:
    before = people("abc", "a => b", "a => c")
    change = compare(before, people("abc", teams=[TEAM]))
    assert kinds(change) == ["lost a>c", "internalised a>b"]
    assert change.hamming == 1
    assert change.internalised[0].words(before.labels(), before.labels()) == (
        "Practitioner 1 told Practitioner 2 (critical before); they now work in one team.")


def test_a_tie_that_a_team_still_draws_is_classed_like_any_other() -> None:
    assert kinds(compare(people("ab", "a -> b"), people("ab", "a <=> b", teams=[TEAM]))) == ["added b>a", "strengthened a>b"]


def test_a_tie_lost_in_a_team_that_was_there_before_is_lost() -> None:
    assert kinds(compare(people("ab", "a => b", teams=[TEAM]), people("ab", teams=[TEAM]))) == ["lost a>b"]


def test_a_host_is_not_in_its_team() -> None:
    team = {"name": "Team", "members": ["a"], "host": "b"}
    assert kinds(compare(people("ab", "a => b"), people("ab", teams=[team]))) == ["lost a>b"]


def test_half_of_a_split_in_a_team_does_not_internalise() -> None:
    after = people("abd", teams=[TEAM])
    change = compare(people("cb", "c => b"), after, Lineage(became=(("c", "a"), ("c", "d"))))
    assert [c.kind for c in change.changes] == ["lost"]


def test_a_team_that_parts_externalises() -> None:
    assert kinds(compare(people("ab", teams=[TEAM]), people("ab", "a => b"))) == ["externalised a>b"]


def test_uncertain_ties_count_and_say_so() -> None:
    change = compare(people("ab", "a ?=> b"), people("ab", "a => b"))
    assert change.unchanged[0].before_words == "critical, not known"
    labels = change.before.labels()
    assert change.unchanged[0].words(labels, labels) == (
        "Practitioner 1 still tells Practitioner 2 (critical, not known before, critical now).")
    both = compare(people("abc", "a ?=> c", "b ~=> c"), people("xc", "x => c"), Lineage(became=(("a", "x"), ("b", "x"))))
    assert both.unchanged[0].before_words == "critical, disputed"


def test_sentences_call_people_by_what_they_are_then_and_now() -> None:
    def case(**labels: str) -> Case:
        actors = {id: {"kind": "practitioner", "label": label} for id, label in labels.items()}
        return Case.of(actors=actors, ties=[])

    before = case(a="SENCO", n="School nurse", m="Mother", g="GP").replace(
        ties=people("angm", "a => m", "n -> m", "g => m").ties)
    after = case(t="Support worker", m="Mother", e="EWO").replace(ties=people("tme", "t <=> m", "e -> t").ties)
    change = compare(before, after, Lineage(became=(("a", "t"), ("n", "t"))))
    assert change.sentences() == (
        "Mother now tells Support worker (earlier SENCO and School nurse) (critical).",
        "EWO (joined) tells Support worker (earlier SENCO and School nurse) (peripheral).",
        "GP (left) told Mother (critical before).",
    )
    lost = compare(before, after.replace(ties=()), change.lineage)
    assert lost.sentences()[0] == "SENCO and School nurse (now Support worker) no longer tell Mother (critical before)."


def test_the_table_numbers_the_changes_and_says_who_came_and_went() -> None:
    before, after = people("abx", "a <=> b", "a -> x"), people("aby", "a => b", "y => a")
    change = compare(before, after)
    table = change.table
    assert table.columns == ("number", "change", "from", "to", "before", "after")
    assert table.column("number") == tuple(range(1, len(table) + 1))
    assert [c.kind for c in change.changes][: len(table)] == list(table.column("change"))
    assert table[0] == {"number": 1, "change": "lost", "from": "Practitioner 2", "to": "Practitioner 1",
                        "before": "critical", "after": ""}
    assert "0 added, 1 lost, 1 unchanged" in table.note
    assert "Joined: Practitioner 3. Left: Practitioner 3. Became one-way: Practitioner 1 with Practitioner 2." in table.note


def test_what_is_unchanged_is_counted_but_makes_no_row() -> None:
    case = people("ab", "a <=> b")
    change = compare(case, case)
    assert len(change.table) == 0
    assert change.sentences() == ()
    assert "2 unchanged" in change.table.note
    assert repr(change) == "Comparison('Child': collaboration, then collaboration; nothing changed)"


def test_no_name_and_no_id_reaches_what_people_see() -> None:
    actors = {"secret_id": {"kind": "practitioner", "name": "Ms Secret", "label": "SENCO"},
              "hidden": {"kind": "child", "name": "Hidden Child"}}
    before = Case.of("Secret Case", age=9, actors=actors, ties=["secret_id => hidden"])
    after = before.replace(ties=())
    change = compare(before, after)
    seen = " ".join([repr(change), change._repr_html_(), str(change.table), repr(change.table), *change.sentences()])
    assert "secret" not in seen.lower()
    assert "hidden" not in seen.lower()
    assert "SENCO" in seen
    assert "Ms Secret" in change.sentences(names=True)[0]


def test_labels_are_escaped_in_a_notebook() -> None:
    before = Case.of(actors={"a": {"kind": "agency", "label": "<b>A & B</b>"}, "b": "agency"}, ties=["a => b"])
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in compare(before, before.replace(ties=()))._repr_html_()
