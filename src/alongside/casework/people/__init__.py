"""One record per person across agencies, the person's own words first.

Words: *about me* is what the person said, word for word; *reach* means that an organisation may see a person,
and why; *involvement* means that an agency is in touch, how often and since when, but not what it holds; a
*merge* joins two records of one person without losing either, and can be undone.
"""
