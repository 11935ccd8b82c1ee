"""Berlin Group NextGenPSD2 XS2A 1.3: account information, by every way to approve that banks use.

`bank` speaks it; `consents` has its words for a consent, `accounts` for accounts and balances,
`statements` for transactions, and `login` the ways through a bank's authorisation server.
"""

from psd2_affordability.connect.dialects.berlin_group.bank import BerlinGroup

__all__ = ["BerlinGroup"]
