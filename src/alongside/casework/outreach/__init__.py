"""Worklists and conversations: who to get in touch with today, how it goes, and what comes of it.

Words: a *work item* is one person on one organisation's list, from a flag, a professional or both; a
*judgement* is whether a professional agrees with a flag, disagrees or is unsure; an *attempt* is one try to
get in touch; a *conversation* follows a guide of the area pack; a *referral* asks another organisation, which
always answers.
"""
