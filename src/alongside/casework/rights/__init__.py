"""What a person may ask of us: a copy of everything held about them, why, where it came from and who got it.

Words: a *request for access* is made by a person (UK GDPR Article 15); its *bundle* is what is held, row by
row; a *line* is one row of one table, in words; what somebody *withholds* appears in no bundle that is given.
"""
