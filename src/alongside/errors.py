"""The errors a person may meet, each with the sentence they read and the command's exit code.

Every message says what is wrong and what would be right. Anything that is not one of these is a defect
of ours.
"""


class AlongsideError(Exception):
    """Something the person who asked can put right; ``str(error)`` is the whole message, in plain English."""

    exit_code = 1


class DataRefusedError(AlongsideError):
    """What was given (extracts, a pack, a run folder) is refused; the message says why and what to do."""

    exit_code = 1


class AskedWronglyError(AlongsideError):
    """The question was wrong: a path that is not there, options that clash, a folder already there."""

    exit_code = 2
