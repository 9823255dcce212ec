"""Reading worklists, items, conversations, referrals and rates of agreement."""
