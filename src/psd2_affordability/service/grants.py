"""What we hold of a consent at its bank, and how it is renewed: by one at a time, and stored before use."""

from collections.abc import Callable, Mapping

from psd2_affordability.connect.port import Grant, Renew
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.store.consents import Consent

#: Kept beside the grant while a consent waits for the person.
WHILE_WAITING = ("redirect_url", "come_back", "valid_until")


def grant_of(consent: Consent) -> Grant:
    """Return what we hold of a consent, without what was kept while it waited for the person."""
    return _read(consent.journey)


def renewing(product: Product, consent: Consent) -> Renew:
    """Say how the tokens of a consent are replaced; whoever comes second gets what the first one brought."""
    waiting = {name: consent.journey[name] for name in WHILE_WAITING if name in consent.journey}

    def renew(grant: Grant, make: Callable[[Grant], Grant]) -> Grant:
        def made(kept: Mapping[str, str]) -> Mapping[str, str]:
            return {**waiting, **make(_read(kept)).written()}

        seen = {**waiting, **grant.written()}
        at = product.clock.now()
        return _read(product.store.consents.renewing(consent.id, made, at=at, seen=seen))

    return renew


def _read(journey: Mapping[str, str]) -> Grant:
    return Grant.read({name: value for name, value in journey.items() if name not in WHILE_WAITING})
