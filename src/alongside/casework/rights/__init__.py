"""What a person may ask of us: a copy of all that is held about them, why, from whom and for whom.

Words: a *request for access* is a person's (UK GDPR Article 15); its *bundle* is what is held, row by row; a
*line* is one row of one table, in words; what somebody *withholds* of it stands in no bundle that is given.
"""
