"""OAuth 2.0, OpenID Connect and FAPI 2.0, from our side: a person approves at the bank, we get tokens.

A journey is `authorise.begin`, then the person is away, then `tokens.complete`; later `tokens.refresh`.
What must survive in between is a flat mapping of texts, to be kept sealed.
"""
