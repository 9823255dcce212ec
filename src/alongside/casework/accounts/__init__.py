"""Who works here and for whom: organisations, teams, members with roles and managers, absence, training.

Words: an *organisation* is a member of the partnership; a *member* is a user who belongs to one, in a *role*
and perhaps a *team*; *cover* is whoever does a member's work while they are away.
"""
