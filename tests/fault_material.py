"""What a sandbox bank can do wrong on a later page, and the error that says so."""

from psd2_affordability.core.errors import BankAnswerBroken, ConsentNotValid, RateLimited
from psd2_affordability.sandbox.bank import Kind

ON_PAGE_TWO = [
    (Kind.RATE_LIMITED, RateLimited, "Ask again in 60 minutes; what was received before stays"),
    (Kind.CONSENT_EXPIRED, ConsentNotValid, "Ask the person to consent anew; what was received before stays"),
    (Kind.TRUNCATED, BankAnswerBroken, "is cut off or not JSON"),
    (Kind.CUT_OFF, BankAnswerBroken, "the bank's answer was cut off. Try again later"),
    (Kind.REDIRECT, BankAnswerBroken, "sends us to another address. It was not followed"),
    (Kind.NAN, BankAnswerBroken, "has the number NaN"),
    (Kind.DUPLICATE_KEY, BankAnswerBroken, "gives a key twice"),
    (Kind.DEEP, BankAnswerBroken, "is nested too deep"),
    (Kind.WEB_PAGE, BankAnswerBroken, "is not JSON"),
    (Kind.GZIP_BOMB, BankAnswerBroken, "is larger than 4194304 bytes"),
]
