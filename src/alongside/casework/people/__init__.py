"""One record per person across agencies, the person's own words first.

Words: *about me* is what the person said, kept as said; *reach* is that an organisation may see a person, and
why; *involvement* is that an agency is in touch, how often and since when, without what it holds; a *merge*
joins two records that are one person without losing either, and can be undone.
"""
