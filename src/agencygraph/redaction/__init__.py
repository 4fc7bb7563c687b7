"""Who may see what: names taken out and put back, further names found, views for an audience, and what gives a case away."""

from agencygraph.redaction.audiences import age_band, for_audience
from agencygraph.redaction.disclosure import disclosure
from agencygraph.redaction.further_names import further_names
from agencygraph.redaction.pairs import redact_pair
from agencygraph.redaction.pseudonyms import Key, pseudonymise, redact, restore

__all__ = ["Key", "age_band", "disclosure", "for_audience", "further_names", "pseudonymise", "redact", "redact_pair",
           "restore"]
