"""Asking for a chance: settings, sentences, tables and errors."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.errors import InvalidError, UndefinedError, UnknownNameError
from agencygraph.measures.chance import chance
from agencygraph.model import Case
from measured_cases import made_up
from strategies import examples

CASE = Case.of("Secret case", age=9,
               actors={"kid": {"kind": "child", "name": "Secret kid"}, "sch": {"kind": "school", "name": "Secret school"},
                       "gp": {"kind": "agency", "label": "GP", "name": "Secret gp"},
                       "ssd": {"kind": "agency", "label": "Social services"}},
               ties=["kid <=> sch", "kid => ssd", "sch => gp", "gp -> ssd", "gp ?-> kid"])  # fmt: skip


def test_without_settings_there_are_two_answers_and_no_single_value() -> None:
    found = chance(CASE, "sch", "ssd")
    assert [outcome.expected for outcome in found.outcomes] == pytest.approx([0.45, 0.21])
    with pytest.raises(UndefinedError, match="one answer for each setting"):
        assert found.value
    assert found.table.select("critical", "peripheral").rows == ((0.9, 0.5), (0.7, 0.3))


def test_what_is_said_aloud() -> None:
    found = chance(CASE, "sch", "ssd")
    assert str(found).splitlines() == [
        "At 90 % for critical and 50 % for peripheral ties, what School learns reaches Social services with a chance of 45 %. "
        "It hangs most on GP → Social services.",
        "At 70 % for critical and 30 % for peripheral ties, what School learns reaches Social services with a chance of 21 %. "
        "It hangs most on GP → Social services.",
        "What if, not a forecast: each tie is taken to pass news on, or not, by itself and with the chance that was set."]
    everyone = chance(CASE, "sch", critical=0.9, peripheral=0.5)
    assert everyone.sentences() == (
        "At 90 % for critical and 50 % for peripheral ties, what School learns reaches 1.4 of 2 other practitioners on average: "
        "GP 90 %, Social services 45 %. It hangs most on School → GP.",)
    assert chance(CASE, "ssd", "sch").sentences() == (
        "What Social services learns cannot reach School on this map: no route leads there.",)
    assert "Never: School." in chance(CASE, "gp", critical=0.999, peripheral=1).sentences()[0]
    assert "Social services 100 %" in chance(CASE, "gp", critical=0.999, peripheral=1).sentences()[0]
    assert "over 99 %" in chance(CASE, "sch", "gp", critical=0.999, peripheral=0.5).sentences()[0]
    assert "under 1 %" in chance(CASE, "sch", "gp", critical=0.001, peripheral=0.5).sentences()[0]
    assert chance(CASE, "sch", "gp", critical=0, peripheral=0.5).sentences() == (
        "At 0 % for critical and 50 % for peripheral ties, what School learns never reaches GP.",)


def test_who_passes_news_on() -> None:
    odds = {"critical": 0.5, "peripheral": 0.5}
    assert chance(CASE, "sch", "ssd", **odds).value == 0.25
    assert chance(CASE, "sch", "ssd", relay="anyone", **odds).value == pytest.approx(1 - 0.75 * 0.75)
    assert chance(CASE, "kid", "ssd", **odds).value == pytest.approx(1 - 0.5 * (1 - 0.125))
    assert chance(CASE, "gp", "kid", **odds).value == 0


def test_firm_ties_need_no_other_chance() -> None:
    assert chance(CASE, "sch", "gp", firm=True, critical=0.9).value == 0.9
    assert chance(CASE, "sch", "ssd", firm=True, critical=0.9).value == 0
    assert "the only ones that count" in str(chance(CASE, "sch", "gp", firm=True))


def test_importance_names_the_flows() -> None:
    table = chance(CASE, "sch", "ssd", critical=0.9, peripheral=0.5).importance
    assert table.select("from", "to", "importance").rows == (
        ("GP", "Social services", pytest.approx(0.9)), ("School", "GP", pytest.approx(0.5)))


@pytest.mark.parametrize(("wrong", "words"), [
    ({"critical": 90, "peripheral": 0.5}, "critical is 90; it must be a chance from 0 to 1"),
    ({"critical": 0.5, "peripheral": -0.1}, "peripheral is -0.1"),
    ({"critical": float("nan"), "peripheral": 0.5}, "critical is nan"),
    ({"critical": True, "peripheral": 0.5}, "critical is True"),
    ({"critical": "0.9", "peripheral": 0.5}, "critical is '0.9'"),
    ({"critical": 0.9}, "give a chance for critical and one for peripheral"),
    ({"peripheral": 0.9, "firm": True}, "give a chance for critical"),
])  # fmt: skip
def test_wrong_chances_are_refused(wrong: dict[str, float], words: str) -> None:
    with pytest.raises(InvalidError, match=words):
        chance(CASE, "sch", **wrong)


def test_wrong_actors_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'ssd'"):
        chance(CASE, "sch", "sssd")
    with pytest.raises(UnknownNameError, match="'' is not in the case"):
        chance(CASE, "sch", "")
    with pytest.raises(InvalidError, match="knows already"):
        chance(CASE, "sch", "sch")
    with pytest.raises(UndefinedError, match="no other practitioner"):
        chance(Case.of(actors={"kid": "child", "sch": "school"}, ties=["kid => sch"]), "sch")
    with pytest.raises(TypeError, match="forgotten"):
        chance(CASE, "sch", forgotten=1)


def test_no_output_shows_a_name_or_an_id() -> None:
    for found in (chance(CASE, "sch", "gp"), chance(CASE, "sch"), chance(CASE, "sch", budget=0)):
        shown = "".join([str(found), repr(found), found._repr_html_(), found.table.to_csv(), found.importance.to_csv()])
        assert "ecret" not in shown
        assert not any(id in shown for id in ("sch ", "sch,", "ssd", "kid", "gp"))
        assert "Secret school" in " ".join(found.sentences(names=True))


@settings(max_examples=examples(30), deadline=None)
@given(made_up(most=6), st.data())
def test_ids_and_order_change_no_chance(made: tuple[Case, dict[tuple[str, str], bool]], data: st.DataObject) -> None:
    case, _ = made
    if len(case.ids) < 2:
        return
    a, b = data.draw(st.permutations(case.ids))[:2]
    other = case.replace(actors=tuple(data.draw(st.permutations(case.actors))), ties=tuple(data.draw(st.permutations(case.ties))))
    one, two = (chance(which, a, b, critical=0.9, peripheral=0.5) for which in (case, other))
    assert one.value == pytest.approx(two.value, abs=1e-12)
    worth = [{(f.source, f.target): pytest.approx(f.importance, abs=1e-9) for f in c.outcomes[0].importance if f.importance > 1e-9}
             for c in (one, two)]
    assert worth[0] == {pair: value.expected for pair, value in worth[1].items()}
