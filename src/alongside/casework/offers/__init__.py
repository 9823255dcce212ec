"""What help a person was offered, how they replied, and what was never offered and why.

Words: an *offer* is one time help was offered, by whom and how it was explained; a *reply* is what came of
it, in the person's own words, and a later one is kept beside an earlier one; a *second look* is a manager's,
at help that was not offered. A refusal raises concern: nothing is closed from here.
"""
