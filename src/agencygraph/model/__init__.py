"""What a case is: values that check themselves, are equal by value, and never change."""

from agencygraph.model.actor import Actor
from agencygraph.model.case import Case
from agencygraph.model.caseload import Caseload
from agencygraph.model.chronology import Chronology, Event, When
from agencygraph.model.plan import ActionPlan, Question
from agencygraph.model.team import Lineage, Team
from agencygraph.model.tie import Gap, Tie

__all__ = ["ActionPlan", "Actor", "Case", "Caseload", "Chronology", "Event", "Gap", "Lineage", "Question", "Team", "Tie", "When"]
