"""What there is to offer: local services, what they do, for whom, where and when; kept by themselves.

Words: an *entry* is a service as the directory tells it; *own* entries are kept by a member of the
partnership, the others come from a *feed* in the Open Referral UK standard; *assured* is the day somebody
said that it is right.
"""
