"""The record for investigations: append-only events in one chain of hashes, including looks at people.

Events have no foreign keys to live rows, and outlive what they describe. They are read by those who oversee
how information is used, in ``oversight`` and before an emergency is reviewed; no other page uses them.
"""
