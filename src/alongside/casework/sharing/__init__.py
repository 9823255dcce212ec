"""What one agency shares with another about a person: on which basis, who decided, what the person said.

Words: an *agreement* is what organisations signed about sharing; a *basis* is what the law calls the reason
why it may be done, in layers: Article 6, a condition for special or criminal data, and the ground on which a
confidence may be passed on. Alongside shows what is open, and a person decides.
"""
