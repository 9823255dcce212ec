"""The memory for investigation: append-only events in one chain of hashes, reads of people among them.

Events have no foreign keys to live rows, and outlive what they tell of. Pages never read them; only
``oversight`` does.
"""
