"""Who became whom: the lineage, equal ids, and the blocks that follow."""

from __future__ import annotations

import pytest

from agencygraph import Case, Lineage, compare
from agencygraph.comparison import Block, Comparison
from agencygraph.errors import InvalidError


def people(*ids: str, **fields: object) -> Case:
    return Case.of(actors=dict.fromkeys(ids, "practitioner"), **fields)


def blocks(before: Case, after: Case, **lineage: tuple[object, ...]) -> list[tuple[str, str]]:
    return [("+".join(b.before), "+".join(b.after)) for b in compare(before, after, Lineage(**lineage)).blocks]  # type: ignore[arg-type]


def test_equal_ids_are_the_same_actor_and_nobody_else_is() -> None:
    assert blocks(people("a", "nurse"), people("school_nurse", "a")) == [("a", "a"), ("nurse", ""), ("", "school_nurse")]


def test_a_lineage_overrules_equal_ids_on_either_side() -> None:
    assert blocks(people("a", "b"), people("a", "b"), became=(("a", "b"),)) == [("a", "b"), ("b", ""), ("", "a")]
    assert blocks(people("a"), people("a"), left=("a",)) == [("a", ""), ("", "a")]
    assert blocks(people("a"), people("a"), joined=("a",)) == [("a", ""), ("", "a")]


def test_merge_split_regroup_and_their_order() -> None:
    before, after = people("e", "a", "b", "c", "d", "f"), people("z", "y", "x", "w", "v", "e")
    pairs = (("b", "x"), ("a", "x"), ("c", "y"), ("c", "z"), ("d", "w"), ("f", "w"), ("f", "v"))
    change = compare(before, after, Lineage(became=pairs))
    assert change.blocks == (Block(("e",), ("e",)), Block(("a", "b"), ("x",)), Block(("c",), ("z", "y")),
                             Block(("d", "f"), ("w", "v")))
    assert [block.kind for block in change.blocks] == ["matched", "merged", "split", "regrouped"]
    assert (change.matched, change.merged, change.split, change.regrouped) == tuple((block,) for block in change.blocks)
    assert change.joined == change.left == ()


def test_a_long_chain_of_pairs_is_one_block() -> None:
    before, after = people("a", "b", "c"), people("x", "y", "z")
    pairs = (("a", "x"), ("b", "x"), ("b", "y"), ("c", "y"), ("c", "z"))
    assert blocks(before, after, became=pairs) == [("a+b+c", "x+y+z")]


def test_a_pair_said_twice_counts_once() -> None:
    assert blocks(people("a"), people("x"), became=(("a", "x"), ("a", "x"))) == [("a", "x")]


def test_the_lineage_of_the_later_map_is_used_where_none_is_given() -> None:
    after = people("x", lineage={"became": {"a": "x"}})
    assert [b.kind for b in compare(people("a"), after).blocks] == ["matched"]
    assert [b.kind for b in compare(people("a"), after, Lineage()).blocks] == ["left", "joined"]


def test_the_later_maps_lineage_may_name_actors_of_another_account() -> None:
    after = people("x", lineage={"became": {"a": "x", "only_in_the_narrative": "x"}, "left": ["refuge"]})
    assert compare(people("a"), after).blocks == (Block(("a",), ("x",)),)
    assert compare(people("b"), after).blocks == (Block(("b",), ()), Block((), ("x",)))


def test_a_lineage_that_is_given_may_not_name_strangers_and_all_are_said_at_once() -> None:
    lineage = Lineage(became=(("nurze", "x"), ("a", "senko")), joined=("nobody_new",), left=("nobody_old",))
    with pytest.raises(InvalidError) as error:
        compare(people("a", "nurse"), people("x", "senco"), lineage)
    assert [problem.path for problem in error.value.problems] == [
        ("lineage", "became"), ("lineage", "became"), ("lineage", "joined"), ("lineage", "left")]
    assert "Did you mean 'nurse'" in str(error.value)
    assert "Did you mean 'senco'" in str(error.value)
    assert "earlier map" in error.value.problems[0].message
    assert "later map" in error.value.problems[1].message


@pytest.mark.parametrize("wrong", [(None, people("a")), (people("a"), [people("a")])])
def test_compare_takes_two_cases(wrong: tuple[object, object]) -> None:
    with pytest.raises(InvalidError, match="two cases"):
        compare(*wrong)  # type: ignore[arg-type]


def test_a_lineage_must_be_a_lineage() -> None:
    with pytest.raises(InvalidError, match="Lineage"):
        compare(people("a"), people("a"), {"became": {}})  # type: ignore[arg-type]


def test_a_comparison_is_a_value() -> None:
    one, two = (compare(people("a", "b"), people("a")) for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    assert one != compare(people("a"), people("a"))
    assert one == Comparison(people("a", "b"), people("a"))
    with pytest.raises(AttributeError):
        one.before = one.after  # type: ignore[misc]


def test_blocks_are_named_in_the_labels_of_both_maps_and_never_by_id() -> None:
    before = Case.of(actors={"smith": {"kind": "practitioner", "label": "School nurse", "name": "Ms Smith"}, "gp_jones": "agency"})
    after = Case.of(actors={"brown": {"kind": "practitioner", "label": "School health advisor"}, "green": "school"})
    change = compare(before, after, Lineage(became=(("smith", "brown"),)))
    assert [change.words(block) for block in change.blocks] == [
        "School nurse -> School health advisor", "Agency (left)", "School (joined)"]
    assert change.words(change.blocks[0], names=True) == "Ms Smith -> School health advisor"
    same = compare(before, before)
    assert same.words(same.blocks[0]) == "School nurse"
