"""What one app asks of others is answered by somebody, or it is a fault."""

import pytest

from alongside.casework.accounts.telling import TELLERS
from alongside.casework.kernel.asked import Asked, NobodyAnswersError
from alongside.casework.marm.commands.harm import AFTER_HARM
from alongside.casework.people.commands.identity import WITH_WHAT_GOES
from alongside.casework.people.queries.disputed import DISPUTED
from alongside.casework.people.queries.parting import GIVES, STAYS
from alongside.casework.people.queries.recipients import RECIPIENTS
from alongside.casework.people.queries.telling import STANDS_IN_THE_WAY
from alongside.casework.sources.queries.objecting import OBJECTED_BEFORE, OBJECTING


@pytest.mark.parametrize(
    "asked",
    [
        AFTER_HARM,
        DISPUTED,
        GIVES,
        OBJECTED_BEFORE,
        OBJECTING,
        RECIPIENTS,
        STANDS_IN_THE_WAY,
        STAYS,
        TELLERS,
        WITH_WHAT_GOES,
    ],
)
def test_what_must_be_answered_is(asked: Asked[object]) -> None:
    assert [callable(each) for each in asked]


def test_that_nobody_answers_is_never_taken_for_no() -> None:
    nobody: Asked[bool] = Asked()
    with pytest.raises(NobodyAnswersError):
        any(nobody)
    nobody.append(False)
    assert not any(nobody)
