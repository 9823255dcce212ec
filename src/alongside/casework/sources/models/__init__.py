"""The tables of sources."""

from alongside.casework.sources.models.questions import DataQuestion, DataQuestionMessage
from alongside.casework.sources.models.releases import Flag, Release, Run
from alongside.casework.sources.models.review import DoubtfulLink, LinkAnswer

__all__ = ["DataQuestion", "DataQuestionMessage", "DoubtfulLink", "Flag", "LinkAnswer", "Release", "Run"]
