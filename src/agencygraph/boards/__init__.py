"""Pictures that are no maps: an action plan as mind map or cycle, a team with its workload, pathways as lanes."""

from agencygraph.boards.asking import Look
from agencygraph.boards.choice import STYLES, draw_board
from agencygraph.boards.lanes import figures_of, lanes, titles_of
from agencygraph.boards.plans import continuum, mind_map
from agencygraph.boards.teams import team_picture

__all__ = ["STYLES", "Look", "continuum", "draw_board", "figures_of", "lanes", "mind_map", "team_picture", "titles_of"]
