"""What a map says: one file for each question that a meeting asks, and the table that answers them."""

from agencygraph.measures.answers import measure, readings, say, words_of
from agencygraph.measures.asking import ask, catalogue
from agencygraph.measures.questions import QUESTIONS, Question, Reading, question, share
from agencygraph.measures.sectors import sector_table

__all__ = ["QUESTIONS", "Question", "Reading", "ask", "catalogue", "measure", "question", "readings", "say", "sector_table",
           "share", "words_of"]
