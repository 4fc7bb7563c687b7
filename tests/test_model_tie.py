"""Ties and gaps as sentences: every form is read and printed, and what is no sentence is refused with an example."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencygraph.errors import InvalidError
from agencygraph.model import Gap, Tie
from agencygraph.model import words as vocabulary
from strategies import ids, texts

ENDS = st.tuples(ids(), ids()).filter(lambda pair: pair[0] != pair[1])


@pytest.mark.parametrize(("sentence", "strength", "two_way", "status"), [
    ("a => b", "critical", False, "agreed"), ("a -> b", "peripheral", False, "agreed"), ("a <=> b", "critical", True, "agreed"),
    ("a <-> b", "peripheral", True, "agreed"), ("a ?=> b", "critical", False, "unknown"), ("a ?<-> b", "peripheral", True,
     "unknown"),
    ("a ~-> b", "peripheral", False, "disputed"), ("a ~<=> b", "critical", True, "disputed"),
])  # fmt: skip
def test_each_form_of_a_tie_is_read_and_printed(sentence: str, strength: str, two_way: bool, status: str) -> None:
    tie = Tie.parse(sentence)
    assert (tie.strength, tie.two_way, tie.status) == (strength, two_way, status)
    assert (tie.source, tie.target) == ("a", "b")
    assert tie.sentence == str(tie) == sentence
    assert repr(tie) == f"Tie({sentence!r})"


def test_an_arrow_to_the_left_is_turned_round() -> None:
    assert Tie.parse("a <= b") == Tie.parse("b => a")
    assert Tie.parse("a ?<- b") == Tie.parse("b ?-> a")


@pytest.mark.parametrize("sentence", ["  a=>b ", "a  =>  b", "a=> b\n"])
def test_blanks_do_not_matter(sentence: str) -> None:
    assert Tie.parse(sentence) == Tie("a", "b")


@given(ENDS, st.sampled_from(vocabulary.STRENGTHS), st.sampled_from(vocabulary.STATUSES), st.booleans())
def test_every_tie_comes_back_from_its_sentence(ends: tuple[str, str], strength: str, status: str, two_way: bool) -> None:
    tie = Tie(*ends, strength, two_way, status)
    assert Tie.parse(tie.sentence) == tie
    assert tie.flows == (ends, ends[::-1])[: 1 + two_way]
    assert tie.is_critical is (strength == "critical")


@given(ENDS, texts())
def test_every_gap_comes_back_from_its_sentence(ends: tuple[str, str], note: str) -> None:
    gap = Gap(*ends, note)
    assert Gap.parse(gap.sentence, note) == gap
    assert str(gap) == gap.sentence
    assert repr(gap) == f"Gap({gap.sentence!r})"


@pytest.mark.parametrize("sentence", ["", "a", "a b", "a = b", "a - b", "a => ", "=> b", "a >= b", "a =>> b", "a => b => c",
"a ! => b",
                                      "a !> b", "the gp => b", "a ?~=> b", "a == b", 7, None, ["a => b"]])  # fmt: skip
def test_what_is_no_tie_is_refused_with_an_example(sentence: object) -> None:
    with pytest.raises(InvalidError) as caught:
        Tie.parse(sentence)  # type: ignore[arg-type]  # what a file may hold
    assert "is not a tie. Write 'school => social_services' (critical, one way)" in str(caught.value)


@pytest.mark.parametrize("sentence", ["", "a => b", "a ! b", "a !>", None])
def test_what_is_no_gap_is_refused_with_an_example(sentence: object) -> None:
    with pytest.raises(InvalidError) as caught:
        Gap.parse(sentence)  # type: ignore[arg-type]  # what a file may hold
    assert "is not a gap. Write 'school !> family_centre'" in str(caught.value)


@pytest.mark.parametrize(("make", "words"), [
    (lambda: Tie.parse("A => b"),
     "'A' cannot be an id: use small letters, figures and underscores, beginning with a letter. Write 'a'."),
    (lambda: Tie("a", "a"), "'a => a' ties 'a' to itself: a tie joins two different actors."),
    (lambda: Gap("a", "a"), "'a !> a' names 'a' twice: a gap lies between two different actors."),
    (lambda: Tie("a", "b", "strong"), "strength is 'strong'; it must be one of critical, peripheral."),
    (lambda: Tie("a", "b", status="maybe"), "status is 'maybe'; it must be one of agreed, disputed, unknown."),
    (lambda: Tie("a", "b", basis="infered"), "Did you mean 'inferred'?"),
    (lambda: Tie("a", "b", two_way="yes"), "two_way is 'yes'; it must be true or false."),
    (lambda: Tie("a", "b", note=7), "note is 7, which is a number; it must be text (put quotes round it)."),
    (lambda: Tie("a", "b", layer="x\ny"), "layer must be one line of text."),
])  # fmt: skip
def test_every_rule_of_a_tie(make: object, words: str) -> None:
    assert callable(make)
    with pytest.raises(InvalidError) as caught:
        make()
    assert words in str(caught.value)


def test_all_that_is_wrong_with_a_tie_is_said_at_once() -> None:
    with pytest.raises(InvalidError) as caught:
        Tie("A", "B b", "strong", status="maybe", basis="guess", note=1, evidence=2)  # type: ignore[arg-type]  # faults on purpose
    assert [problem.path for problem in caught.value.problems] == [
        ("source",), ("target",), ("strength",), ("status",), ("basis",), ("note",), ("evidence",)]  # fmt: skip


def test_a_tie_is_a_value() -> None:
    tie = Tie("a", "b")
    assert tie == Tie("a", "b") != Tie("b", "a")
    assert len({tie, Tie("a", "b"), Gap("a", "b")}) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        tie.source = "c"  # type: ignore[misc]  # it must not change
