"""What finding has found, and how it comes here: runs, releases, doubtful links, questions about data.

Words: a *run* is a folder made by ``alongside find``; a *release* is a person's decision that named agencies
may act on tiers of one policy for a purpose; a *flag* is one released person on one list, with its reasons;
a *doubtful link* is a pair of records put to a clerk; a *data question* goes to the owner of a source.
"""
