"""The memory for investigation: append-only events in one chain of hashes, reads of people among them.

Events have no foreign keys to live rows, and outlive what they tell of. They are read by who watches over how
information is used, in ``oversight`` and before an emergency is reviewed; no other page is made of them.
"""
