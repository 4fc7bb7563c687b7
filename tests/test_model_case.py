"""A case checks itself: every rule, everything at once; it never changes, and it shows no names unless they are asked for."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencygraph.errors import InvalidError, Problem, UnknownNameError, did_you_mean, say_all
from agencygraph.model import Actor, Case, Caseload, Chronology, Event, Gap, Lineage, Team, Tie, When
from agencygraph.model import words as vocabulary
from agencygraph.model.record import case_of, record_of
from strategies import actors, caseloads, cases, dates, examples

thorough = settings(max_examples=examples(80), deadline=None,
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
PEOPLE: dict[str, Any] = {"child": "child", "mum": "parent", "school": "school", "gp": "agency", "nurse": "practitioner"}


def said(**fields: Any) -> str:
    with pytest.raises(InvalidError) as caught:
        Case.of(**fields)
    return str(caught.value)


# --- the rules ----------------------------------------------------------------------------------------------------------------

RULES: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown field": ({"actor": {}}, "'actor' is not a field of a case. Did you mean 'actors'?"),
    "an id in capitals": ({"actors": {"Mother": "parent"}}, "'Mother' cannot be an id"),
    "an id that is true": ({"actors": {True: "agency"}}, "YAML reads the words yes, no, on and off as true and false"),
    "an id with a space": ({"actors": {"the gp": "agency"}}, "Write 'the_gp'."),
    "an id that begins with a figure": ({"actors": {"7b": "agency"}}, "Write 'a_7b'."),
    "an id too long": ({"actors": {"a" * 61: "agency"}}, "cannot be an id"),
    "a kind misspelt": ({"actors": {"a": "schol"}}, "Did you mean 'school'?"),
    "no kind": ({"actors": {"a": {"label": "A"}}}, "the actor 'a' has no kind; it must be one of child, parent"),
    "nothing of an actor": ({"actors": {"a": None}}, "the actor 'a' needs a kind: write 'a: practitioner'"),
    "a list of actors": ({"actors": ["a"]}, "actors must be a group: 'school: school', one line for each actor; it is a list."),
    "a leading child": ({"actors": {"a": {"kind": "child", "lead": True}}}, "a child cannot be the lead"),
    "a lead that is no flag": ({"actors": {"a": {"kind": "agency", "lead": "yes"}}}, "lead is 'yes'; it must be true or false."),
    "a label of two lines": ({"actors": {"a": {"kind": "agency", "label": "a\nb"}}}, "label must be one line of text."),
    "a label too long": ({"actors": {"a": {"kind": "agency", "label": "a" * 201}}}, "201 characters long; 200 is the most."),
    "a label that is a number": ({"actors": {"a": {"kind": "agency", "label": 7}}},
                                 "label is 7, which is a number; it must be text"),
    "a control character": ({"actors": {"a": {"kind": "agency", "label": "a\x00"}}}, "label holds a control character; remove it."),
    "half a character": ({"title": "\ud800"}, "title holds a control character; remove it."),
    "a place not there": ({"actors": {"a": {"kind": "agency", "based_at": "b"}}},
                          "based_at of 'a' names 'b', who is not in the case."),
    "a place of one's own": ({"actors": {"a": {"kind": "agency", "based_at": "a"}}}, "'a' is based at itself; leave based_at out."),
    "a place within a place": ({"actors": PEOPLE | {"nurse": {"kind": "practitioner", "based_at": "gp"},
                                                    "gp": {"kind": "agency", "based_at": "school"}}}, "name the place itself."),
    "a tie with nobody": ({"actors": PEOPLE, "ties": ["child => mun"]}, "names 'mun', who is not in the case. Did you mean 'mum'?"),
    "a flow twice": ({"actors": PEOPLE, "ties": ["child => mum", "mum <-> child"]}, "say the same flow twice; keep one."),
    "two halves of a tie": ({"actors": PEOPLE, "ties": ["child => mum", "mum => child"]},
                            "are one two-way tie; write 'child <=> mum'."),
    "a gap against a tie": ({"actors": PEOPLE, "ties": ["child <=> mum"], "gaps": ["mum !> child"]},
                            "denies what a tie says; keep one."),
    "a gap twice": ({"actors": PEOPLE, "gaps": ["mum !> gp", "mum !> gp"]}, "the gap 'mum !> gp' stands twice; keep one."),
    "a gap with nobody": ({"actors": PEOPLE, "gaps": ["mum !> aunt"]},
                          "the gap 'mum !> aunt' names 'aunt', who is not in the case."),
    "a team without members": ({"teams": [{"name": "T", "members": []}]}, "the team 'T' has no members."),
    "a team without a name": ({"actors": PEOPLE, "teams": [{"members": ["gp"]}]},
                              "a team needs a name, such as 'Practitioner team'."),
    "a member twice": ({"actors": PEOPLE, "teams": [{"name": "T", "members": ["gp", "gp"]}]}, "the team 'T' lists 'gp' twice."),
    "a member of two": ({"actors": PEOPLE, "teams": [{"name": "T", "members": ["gp"]}, {"name": "U", "members": ["gp"]}]},
                        "'gp' is in two teams, 'T' and 'U'; keep one."),
    "two teams alike": ({"actors": PEOPLE, "teams": [{"name": "T", "members": ["gp"]}, {"name": "T", "members": ["mum"]}]},
                        "two teams are called 'T'; give each its own name."),
    "a lead from outside": ({"actors": PEOPLE, "teams": [{"name": "T", "members": ["gp"], "lead": "mum"}]}, "Add it to members."),
    "a host inside": ({"actors": PEOPLE, "teams": [{"name": "T", "members": ["gp"], "host": "gp"}]}, "a host is not a member."),
    "a member not there": ({"actors": PEOPLE, "teams": [{"name": "T", "members": ["gpp"]}]},
                           "names 'gpp', who is not in the case."),
    "an event of nobody": ({"actors": PEOPLE, "chronology": [{"when": 2004, "senders": "aunt", "receivers": "gp"}]},
                           "the event of 2004 names 'aunt', who is not in the case."),
    "an event without a date": ({"actors": PEOPLE, "chronology": [{"senders": "gp"}]}, "an event needs when."),
    "an event to oneself": ({"actors": PEOPLE, "chronology": [{"when": 2004, "senders": "gp", "receivers": "gp"}]},
                            "an actor cannot be sender and receiver of one event."),
    "an event to nobody": ({"actors": PEOPLE, "chronology": [{"when": 2004, "senders": "gp"}]},
                           "an event needs senders and receivers."),
    "a meeting of one": ({"actors": PEOPLE, "chronology": [{"when": 2004, "senders": "gp", "way": "meeting"}]},
                         "at least two actors"),
    "an order that is no number": ({"actors": PEOPLE, "chronology": [{"when": 2004, "senders": "gp", "receivers": "mum",
                                   "seq": 10**12}]},
                                   "it must be a whole number, such as 1 or 2."),
    "a lineage to nobody": ({"actors": PEOPLE, "lineage": {"became": {"x": "aunt"}}},
                            "the lineage names 'aunt', who is not in the case."),
    "joined and became": ({"actors": PEOPLE, "lineage": {"became": {"x": "gp"}, "joined": ["gp"]}},
                          "also to have been somebody; keep one."),
    "left and became": ({"actors": PEOPLE, "lineage": {"became": {"x": "gp"}, "left": ["x"]}},
                        "also to have become somebody; keep one."),
    "a lineage of half pairs": ({"lineage": {"became": [["x"]]}}, "became holds pairs (earlier id, later id), not ['x']."),
    "an age in words": ({"age": "nine"}, "age is 'nine'; it must be a whole number of years from 0 to 25."),
    "an age too high": ({"age": 26}, "from 0 to 25"),
    "an age that is true": ({"age": True}, "from 0 to 25"),
    "an arrangement": ({"arrangement": "team"}, "arrangement is 'team'; it must be one of collaboration, integration."),
    "a date": ({"agreed_on": "14/02/2004"}, "'14/02/2004' is not a date. Write 2004, 2004-02 or 2004-02-14."),
    "a day that there is not": ({"agreed_on": "2003-02-29"}, "'2003-02-29' is not a date."),
    "a person's numbers": ({"UPN": "A123"}, "'UPN' looks like a unique pupil number (UPN). A case map never holds one"),
    "a person's numbers in an actor": ({"actors": {"a": {"kind": "child", "nhs_no": 1}}}, "looks like an NHS number"),
    "ties that are no list": ({"ties": "child => mum"}, "ties must be a list, with a dash before each entry; it is a str."),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_kept_and_said(rule: str) -> None:
    fields, words = RULES[rule]
    assert words in said(**fields)


def test_everything_is_said_at_once_and_in_its_place() -> None:
    with pytest.raises(InvalidError) as caught:
        Case.of(age="nine", actors={"bad": "chief", "school": "school", "nurse": {"kind": "practitioner", "based_at": "schol"}},
                ties=["bad = school", "bad => school", "nurse -> gp"], gaps=["x"], teams=[{"name": "T", "members": ["gp"]}],
                chronology=[{"when": "x", "senders": "gp"}, {"when": 2004, "senders": "gp", "receivers": "school"}],
                lineage={"joined": ["gp"]})  # fmt: skip
    assert [problem.path for problem in caught.value.problems] == [
        ("age",), ("actors", "bad", "kind"), ("actors", "nurse", "based_at"), ("ties", 0), ("ties", 2), ("gaps", 0), ("teams", 0),
        ("chronology", 0, "when"), ("chronology", 0, "senders"), ("chronology", 1), ("lineage", "joined", 0),
    ]  # fmt: skip
    assert "bad" not in str([problem for problem in caught.value.problems if problem.path == ("ties", 1)])


def test_an_actor_that_is_wrong_is_not_missed_a_second_time() -> None:
    assert said(actors={"a": "chief", "b": "school"}, ties=["a => b"]).count("'a'") == 1


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(["a", "b", "child",
    "a => b", "2004"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3),
                            st.dictionaries(st.sampled_from(["a", "b", "kind", "tie", "name", "members", "when", "became",
                            "lead"]), inner,
                                            max_size=4)),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=examples(500), deadline=None)
@given(st.dictionaries(st.sampled_from(["name", "age", "actors", "ties", "gaps", "teams", "chronology", "lineage", "informants",
"agreed_on",
                                        "arrangement", "title", "x", "names_published"]), JUNK, max_size=6))  # fmt: skip
def test_any_record_is_a_case_or_a_clear_error(record: dict[str, Any]) -> None:
    try:
        found = [case_of(record).heading]
    except InvalidError as error:
        found = [problem.message for problem in error.problems]
    assert found
    assert all(len(words) < 600 for words in found)


@pytest.mark.parametrize("value", [None, [], "x", 7])
def test_what_is_no_record(value: Any) -> None:
    with pytest.raises(InvalidError) as caught:
        case_of(value)
    assert "a case is a group of fields (name, actors, ties ...)" in str(caught.value)


def test_the_parts_of_a_case_must_be_values() -> None:
    with pytest.raises(InvalidError) as caught:
        Case(actors=({},), ties="x", chronology=[], lineage={}, informants=(1,))  # type: ignore[arg-type]  # faults on purpose
    assert [problem.path[0] for problem in caught.value.problems] == ["actors", "ties", "informants", "chronology", "lineage"]


# --- words in, words out ------------------------------------------------------------------------------------------------------


@thorough
@given(cases())
def test_a_record_reads_back_as_an_equal_case(case: Case) -> None:
    assert case_of(record_of(case)) == case


@thorough
@given(cases())
def test_a_case_is_a_value(case: Case) -> None:
    assert case == copy.deepcopy(case) == pickle.loads(pickle.dumps(case)) == case.replace()
    assert hash(case) == hash(case.replace())
    assert case != case.replace(title=f"{case.title[:100]}x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        case.age = 3  # type: ignore[misc]  # it must not change


def test_a_list_given_to_a_case_does_not_stay_tied_to_it() -> None:
    people = [Actor("a", "child")]
    case = Case(actors=people)  # type: ignore[arg-type]  # a list is taken
    people.append(Actor("b", "parent"))
    assert case.ids == ("a",)


def test_replace_checks_the_copy() -> None:
    case = Case.of(actors=PEOPLE, ties=["child <=> mum"])
    with pytest.raises(InvalidError):
        case.replace(actors=case.actors[:1])
    with pytest.raises(InvalidError) as caught:
        case.replace(tie=())
    assert "Did you mean 'ties'?" in str(caught.value)


@pytest.mark.parametrize(("written", "meant"), [
    ({"actors": {"a": "professional"}}, {"actors": {"a": "practitioner"}}),
    ({"actors": {"a": {"kind": "agency", "sector": "police"}}}, {"actors": {"a": {"kind": "agency",
     "sector": "police and justice"}}}),
    ({"informants": "Head teacher"}, {"informants": ["Head teacher"]}),
    ({"actors": PEOPLE, "ties": [Tie("mum", "gp")]}, {"actors": PEOPLE, "ties": ["mum => gp"]}),
    ({"actors": {"a": Actor("a", "child")}}, {"actors": {"a": "child"}}),
    ({"actors": [Actor("a", "child")]}, {"actors": {"a": "child"}}),
    ({"agreed_on": dt.date(2004, 2, 14)}, {"agreed_on": "2004-2-14"}),
    ({"agreed_on": 2004}, {"agreed_on": "2004"}),
    ({"actors": PEOPLE, "lineage": {"became": {"x": ["gp", "mum"]}}}, {"actors": PEOPLE, "lineage": {"became": [["x", "gp"],
     ["x", "mum"]]}}),
    ({"title": None, "age": None, "ties": None}, {}),
])  # fmt: skip
def test_other_ways_to_say_the_same(written: dict[str, Any], meant: dict[str, Any]) -> None:
    assert Case.of(**written) == Case.of(**meant)


def test_an_actor_under_another_id_is_refused() -> None:
    assert "the actor 'b' is filed under 'a'; use one id." in said(actors={"a": Actor("b", "child")})


# --- what is shown ------------------------------------------------------------------------------------------------------------

SECRET = "Zebedee"


def _with_names(**fields: Any) -> Case:
    people = {"zebedee": {"kind": "child", "name": SECRET, "note": SECRET}, "mum": "parent",
              "gp": {"kind": "practitioner", "sector": "health", "label": "<b>GP</b> & co"}}  # fmt: skip
    return Case.of(SECRET, age=9, actors=people, ties=["zebedee <=> mum", "mum -> gp"], other_information=SECRET, **fields)


def test_a_case_shows_no_names() -> None:
    case = _with_names()
    html = case._repr_html_()
    assert SECRET.lower() not in (repr(case) + html).lower()
    assert "&lt;b&gt;GP&lt;/b&gt; &amp; co (peripheral)" in html
    assert "<b>" not in html
    assert "<caption>Child, 9: collaboration, 3 actors, 2 ties</caption>" in html
    assert '<th scope="col">Actor</th>' in html


def test_names_stand_where_they_are_published_or_asked_for() -> None:
    assert _with_names().labels() == {"zebedee": "Child", "mum": "Parent", "gp": "<b>GP</b> & co"}
    assert _with_names().label("zebedee", names=True) == SECRET
    published = _with_names(names_published=True)
    assert published.label("zebedee") == SECRET
    assert published.heading == f"{SECRET}, 9"


@thorough
@given(cases())
def test_a_case_is_shown_in_one_line_and_in_well_formed_html(case: Case) -> None:
    assert "\n" not in repr(case)
    html = case._repr_html_()
    assert html.count("<tr>") == html.count("</tr>") == len(case.actors) + 1
    assert html.count("<") == html.count(">")


@thorough
@given(cases(), st.booleans())
def test_no_two_actors_bear_the_same_label(case: Case, names: bool) -> None:
    labels = case.labels(names)
    assert list(labels) == list(case.ids)
    assert len(set(labels.values())) == len(labels)
    assert all(labels.values())


def test_labels_alike_are_numbered() -> None:
    case = Case.of(actors={"a": "agency", "b": "agency", "c": {"kind": "agency", "label": "Agency 1"}, "d": "family",
                           "e": {"kind": "practitioner", "sector": "health"}})  # fmt: skip
    assert list(case.labels().values()) == ["Agency 2", "Agency 3", "Agency 1", "Family member", "Health practitioner"]


@pytest.mark.parametrize(("fields", "heading"), [
    ({}, "Child"), ({"age": 0}, "Child, 0"), ({"age": 9, "title": "T"}, "T"), ({"name": "P"}, "Child"),
    ({"name": "P", "names_published": True}, "P"), ({"name": "P", "names_published": True, "age": 9}, "P, 9"),
])  # fmt: skip
def test_headings(fields: dict[str, Any], heading: str) -> None:
    assert Case.of(**fields).heading == heading


def test_leads_are_of_the_case_and_of_its_teams() -> None:
    case = Case.of(actors=PEOPLE | {"gp": {"kind": "agency", "lead": True}}, teams=[{"name": "T", "members": ["nurse"],
    "lead": "nurse"}])
    assert case.leads == ("gp", "nurse")


def test_an_actor_is_found_or_suggested() -> None:
    case = Case.of(actors=PEOPLE)
    assert case.actor("gp").kind == "agency"
    with pytest.raises(UnknownNameError) as caught:
        case.label("schol")
    assert str(caught.value) == "'schol' is not in the case. Did you mean 'school'?"


# --- the smaller values -------------------------------------------------------------------------------------------------------


@given(actors())
def test_an_actor_is_a_value(actor: Actor) -> None:
    assert actor == dataclasses.replace(actor)
    assert hash(actor) == hash(dataclasses.replace(actor))
    assert actor.is_family is (actor.kind in vocabulary.FAMILY_KINDS)
    assert "\n" not in repr(actor)
    assert not actor.name or f"{actor.name!r}" not in repr(actor).replace(repr(actor.label), "").replace(repr(actor.id), "")


@given(dates())
def test_a_date_is_read_back_and_lies_between_its_ends(when: When) -> None:
    assert When.parse(str(when)) == when == When.parse(when)
    assert when.earliest <= when.latest
    assert (when.earliest.year, when.latest.year) == (when.year, when.year)
    assert (when.latest - when.earliest).days in ((0,) if when.day else (27, 28, 29, 30) if when.month else (364, 365))
    assert repr(when) == f"When('{when}')"


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2004", "2004-01-01", "2004-12-31"), ("2004-02", "2004-02-01", "2004-02-29"), ("2003-12", "2003-12-01", "2003-12-31"),
    ("2004-2-9", "2004-02-09", "2004-02-09"), ("9999", "9999-01-01", "9999-12-31"),
])  # fmt: skip
def test_the_ends_of_a_date(text: str, first: str, last: str) -> None:
    assert (str(When.parse(text).earliest), str(When.parse(text).latest)) == (first, last)


@pytest.mark.parametrize("value", ["", "04", "2004-13", "2004-00", "2004-02-30", "0000", "2004-02-14T10:00", True, 4.5, None,
[2004]])
def test_what_is_no_date(value: object) -> None:
    with pytest.raises(InvalidError) as caught:
        When.parse(value)
    assert "is not a date. Write 2004, 2004-02 or 2004-02-14." in str(caught.value)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(InvalidError):
        When(2004, None, 14)


def test_the_small_values_show_themselves_in_one_line() -> None:
    event = Event("2004", ("a",), ("b",))  # type: ignore[arg-type]  # text is read as a date
    assert repr(event) == "Event(2004: a -> b)"
    assert repr(Event("2004", ("a", "b"), (),
    way="meeting")) == "Event(2004: meeting of a, b)"  # type: ignore[arg-type]  # as above
    assert repr(Chronology((event,))) == "Chronology(1 events)"
    assert repr(Team("T", ("a",))) == "Team('T', 1 member)"
    assert repr(Lineage(joined=("a",))) == "Lineage(0 became, 1 joined, 0 left)"
    assert repr(Gap("a", "b")) == "Gap('a !> b')"
    assert repr(Caseload((Case(),), "Audit")) == "Caseload('Audit', 1 case)"


@settings(parent=thorough, max_examples=examples(30))
@given(caseloads())
def test_a_caseload_is_its_cases_in_order(load: Caseload) -> None:
    assert tuple(load) == load.cases
    assert [load[at] for at in range(len(load))] == list(load)


@pytest.mark.parametrize("value", [Case(), 7, ["x"], None])
def test_what_is_no_caseload(value: Any) -> None:
    with pytest.raises(InvalidError):
        Caseload(value)


# --- errors -------------------------------------------------------------------------------------------------------------------


def test_many_faults_are_counted_and_the_first_fifty_shown() -> None:
    said = say_all(f"fault {n}" for n in range(70)).split("\n")
    assert said[0] == "70 things are wrong:"
    assert said[50].endswith("50. fault 49")
    assert said[51:] == ["  ... and 20 more."]
    assert say_all(["one"]) == "one"


def test_a_problem_seen_from_outside() -> None:
    assert Problem("x", ("kind",)).within("actors", "a") == Problem("x", ("actors", "a", "kind"))


def test_suggestions() -> None:
    assert did_you_mean("Schol", ["school", "nurse"]) == " Did you mean 'school'?"
    assert did_you_mean("zzz", ["school"]) == ""
    assert did_you_mean("s" * 10**6, ["s" * 10**6]) == ""
