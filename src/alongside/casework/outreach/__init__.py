"""Worklists and conversations: whom to get in touch with today, how the talk goes, and what comes of it.

Words: a *work item* is one person on one organisation's list, from a flag, a professional or both; a
*judgement* is a professional's agree, disagree or unsure of a flag; a *conversation* follows a guide of the
area pack; a *referral* asks another organisation, which must answer.
"""
