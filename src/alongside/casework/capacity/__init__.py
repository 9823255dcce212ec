"""Whether a person can make one decision, at one time, with all practicable help; and what follows.

Words: a *capacity record* is about one decision, never about a person; what somebody *made in advance* is
kept in their words; an *advocate* is on the person's side when they could not otherwise take part. Alongside
says what the law asks (Mental Capacity Act 2005, Care Act 2014 s.67 and 68), and a practitioner decides.
"""
