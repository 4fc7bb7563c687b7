"""What a map says: one file for each question that a meeting asks, and the table that answers them."""

from agencygraph.measures.answers import ask, catalogue, measure, readings, say, words_of
from agencygraph.measures.questions import QUESTIONS, Question, Reading, question, share

__all__ = ["QUESTIONS", "Question", "Reading", "ask", "catalogue", "measure", "question", "readings", "say", "share", "words_of"]
