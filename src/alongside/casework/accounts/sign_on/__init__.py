"""Signing in through a council's own provider: OpenID Connect 1.0, the code flow with PKCE, nothing else.

``provider`` says which one, ``flow`` leads there and back, ``tokens`` checks what it signed, ``asking``
fetches.
"""
