"""What there is to offer: local services, what they do, who for, where and when. They keep it themselves.

Words: an *entry* is a service as the directory shows it; *own* entries are kept by a member of the
partnership, the others come from a *feed* in the Open Referral UK standard; *assured* is the day somebody
last confirmed that it is right.
"""
