"""What the codes in banks' refusals mean: Berlin Group, UK Open Banking, aggregators, OAuth, bunq.

A code that stands here is told on, since it is known to name nobody; the bank's sentences never are.
"""

import re
from collections.abc import Mapping
from enum import Enum


class Meaning(Enum):
    """What a refusal asks of us."""

    CONSENT_ENDED = "the consent is not valid at the bank: expired, revoked or ended"
    CONSENT_UNKNOWN = "the bank does not know this consent"
    PERSON_NEEDED = "the bank wants the person to log in and agree again"
    TOO_OFTEN = "the bank allows no more calls for now"
    DOWN = "the bank has a fault"
    HISTORY = "the bank does not go back so far"
    NOT_OFFERED = "the bank does not offer this"
    OURS = "the bank does not accept our registration, certificate or signature"
    TOKEN = "the bank does not accept the access token"  # noqa: S105 -- a sentence, no secret
    ACCOUNT = "the bank does not have what was asked, or not under this consent"
    PERSON_BLOCKED = "the bank has closed this way of access for the person"
    NOT_YET = "the bank is not ready with it"
    REQUEST = "the bank refused"


def _all(meaning: Meaning, codes: str) -> dict[str, Meaning]:
    return dict.fromkeys(codes.split(), meaning)


#: Berlin Group 1.3, account information, every status from 400 to 429.
_BERLIN = (
    _all(Meaning.CONSENT_ENDED, "CONSENT_EXPIRED CONSENT_INVALID")
    | _all(Meaning.CONSENT_UNKNOWN, "CONSENT_UNKNOWN")
    | _all(Meaning.PERSON_NEEDED, "PSU_CREDENTIALS_INVALID SCA_INVALID SCA_METHOD_UNKNOWN")
    | _all(Meaning.TOO_OFTEN, "ACCESS_EXCEEDED")
    | _all(Meaning.HISTORY, "PERIOD_INVALID")
    | _all(
        Meaning.NOT_OFFERED,
        "SERVICE_INVALID PARAMETER_NOT_SUPPORTED SESSIONS_NOT_SUPPORTED REQUESTED_FORMATS_INVALID",
    )
    | _all(
        Meaning.OURS,
        "CERTIFICATE_INVALID CERTIFICATE_EXPIRED CERTIFICATE_BLOCKED CERTIFICATE_REVOKE CERTIFICATE_REVOKED "
        "CERTIFICATE_MISSING SIGNATURE_INVALID SIGNATURE_MISSING ROLE_INVALID CORPORATE_ID_INVALID",
    )
    | _all(Meaning.TOKEN, "TOKEN_UNKNOWN TOKEN_INVALID TOKEN_EXPIRED")
    | _all(Meaning.ACCOUNT, "RESOURCE_UNKNOWN RESOURCE_EXPIRED RESOURCE_BLOCKED")
    | _all(Meaning.PERSON_BLOCKED, "SERVICE_BLOCKED")
    | _all(Meaning.REQUEST, "FORMAT_ERROR PARAMETER_NOT_CONSISTENT TIMESTAMP_INVALID STATUS_INVALID")
)

#: Enable Banking's own codes, those of account information.
_ENABLE_BANKING = (
    _all(
        Meaning.CONSENT_ENDED,
        "EXPIRED_SESSION REVOKED_SESSION CLOSED_SESSION EXPIRED_AUTHORIZATION_CODE WRONG_AUTHORIZATION_CODE",
    )
    | _all(Meaning.CONSENT_UNKNOWN, "SESSION_DOES_NOT_EXIST WRONG_SESSION_STATUS")
    | _all(Meaning.PERSON_NEEDED, "ASPSP_PSU_ACTION_REQUIRED")
    | _all(Meaning.TOO_OFTEN, "ASPSP_RATE_LIMIT_EXCEEDED")
    | _all(Meaning.DOWN, "ASPSP_ERROR ASPSP_TIMEOUT")
    | _all(Meaning.HISTORY, "WRONG_TRANSACTIONS_PERIOD")
    | _all(Meaning.NOT_OFFERED, "WRONG_ASPSP_PROVIDED")
    | _all(
        Meaning.OURS,
        "ACCESS_DENIED AUTHORIZATION_NOT_PROVIDED INVALID_HOST UNAUTHORIZED_IP NO_ACCOUNTS_ADDED "
        "REDIRECT_URI_NOT_ALLOWED UNAUTHORIZED_ACCESS WEBHOOK_URI_NOT_ALLOWED WRONG_CREDENTIALS_PROVIDED",
    )
    | _all(
        Meaning.ACCOUNT,
        "ACCOUNT_DOES_NOT_EXIST ASPSP_ACCOUNT_NOT_ACCESSIBLE INVALID_ACCOUNT_ID TRANSACTION_DOES_NOT_EXIST",
    )
    | _all(
        Meaning.REQUEST,
        "ALREADY_AUTHORIZED DATE_TO_WITHOUT_DATE_FROM DATE_FROM_IN_FUTURE PSU_HEADER_NOT_PROVIDED "
        "PSU_HEADER_INVALID WRONG_DATE_INTERVAL WRONG_REQUEST_PARAMETERS WRONG_CONTINUATION_KEY",
    )
)

#: UK Open Banking: 3.1's names, and what is known of 4.0's four characters.
_UK = (
    _all(Meaning.PERSON_NEEDED, "UK.OBIE.Reauthenticate UK.OBIE.ReAuthenticate U028")
    | _all(Meaning.CONSENT_ENDED, "UK.OBIE.Resource.InvalidConsentStatus")
    | _all(Meaning.CONSENT_UNKNOWN, "UK.OBIE.Resource.ConsentMismatch")
    | _all(Meaning.ACCOUNT, "UK.OBIE.Resource.NotFound UK.OBIE.Resource.Forbidden")
    | _all(Meaning.TOKEN, "UK.OBIE.Resource.Unauthorized UK.OBIE.Unauthorized")
    | _all(Meaning.DOWN, "UK.OBIE.UnexpectedError U000")
    | _all(
        Meaning.OURS,
        "UK.OBIE.Signature.Invalid UK.OBIE.Signature.InvalidClaim UK.OBIE.Signature.MissingClaim "
        "UK.OBIE.Signature.Malformed UK.OBIE.Signature.Missing UK.OBIE.Signature.Unexpected",
    )
    | _all(
        Meaning.REQUEST,
        "UK.OBIE.Field.Expected UK.OBIE.Field.Invalid UK.OBIE.Field.InvalidDate UK.OBIE.Field.Missing "
        "UK.OBIE.Field.Unexpected UK.OBIE.Header.Invalid UK.OBIE.Header.Missing "
        "UK.OBIE.Resource.InvalidFormat",
    )
)

#: GoCardless Bank Account Data: what stands in `type` or `summary`.
_GOCARDLESS = (
    _all(Meaning.CONSENT_ENDED, "AccessExpiredError")
    | _all(Meaning.TOO_OFTEN, "RateLimitError")
    | _all(Meaning.DOWN, "ServiceError ConnectionError UnknownRequestError")
    | _all(Meaning.ACCOUNT, "AccountInactiveError AccountAccessForbidden")
    | _all(Meaning.NOT_YET, "AccountProcessing")
)

#: ABN AMRO's categories of errors.
_ABN_AMRO = (
    _all(Meaning.TOKEN, "INVALID_ACCESS_TOKEN")
    | _all(Meaning.CONSENT_UNKNOWN, "INSUFFICIENT_SCOPE")
    | _all(Meaning.ACCOUNT, "NOT_FOUND")
    | _all(Meaning.DOWN, "BACKEND_ERROR")
    | _all(Meaning.REQUEST, "BAD_REQUEST")
)

#: OAuth 2 at the token endpoint, with bearer tokens, and OpenID Connect.
_OAUTH = (
    _all(Meaning.CONSENT_ENDED, "invalid_grant access_denied")
    | _all(Meaning.CONSENT_UNKNOWN, "insufficient_scope")
    | _all(Meaning.PERSON_NEEDED, "login_required consent_required interaction_required expired_token")
    | _all(Meaning.DOWN, "server_error temporarily_unavailable")
    | _all(Meaning.TOKEN, "invalid_token")
    | _all(Meaning.NOT_YET, "authorization_pending slow_down")
    | _all(
        Meaning.OURS,
        "invalid_client unauthorized_client invalid_scope unsupported_grant_type unsupported_response_type "
        "invalid_client_metadata invalid_redirect_uri invalid_request_object invalid_dpop_proof "
        "use_dpop_nonce",
    )
    | _all(Meaning.REQUEST, "invalid_request")
)

MEANINGS: Mapping[str, Meaning] = _BERLIN | _ENABLE_BANKING | _UK | _GOCARDLESS | _ABN_AMRO | _OAUTH

#: Where only a sentence says it; the sentence itself goes no further than this table.
PHRASES: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(r"End User Agreement \(EUA\).{0,80}has expired", re.IGNORECASE), Meaning.CONSENT_ENDED),
    (re.compile(r"refresh token (?:has |is )?expired", re.IGNORECASE), Meaning.CONSENT_ENDED),
    (re.compile(r"Rate limit exceeded", re.IGNORECASE), Meaning.TOO_OFTEN),
    (re.compile(r"Account Suspended", re.IGNORECASE), Meaning.ACCOUNT),
    (re.compile(r"Institution .{0,80}is not operational", re.IGNORECASE), Meaning.DOWN),
    (re.compile(r"(?:Invalid token|Token Invalid)", re.IGNORECASE), Meaning.TOKEN),
    (re.compile(r"User credentials are incorrect", re.IGNORECASE), Meaning.OURS),
)

#: Where nothing but the status of HTTP says it.
STATUSES: Mapping[int, Meaning] = {
    404: Meaning.ACCOUNT,
    405: Meaning.NOT_OFFERED,
    406: Meaning.NOT_OFFERED,
    408: Meaning.DOWN,
    410: Meaning.ACCOUNT,
    429: Meaning.TOO_OFTEN,
    501: Meaning.NOT_OFFERED,
}

#: Codes that are not in the tables but are built as one, so that an engineer can look them up.
CODE_SHAPED = re.compile(
    r"[A-Z]{2,20}(?:_[A-Z]{1,20}){1,5}|UK\.OBIE(?:\.[A-Za-z]{1,30}){1,3}|ERR_[0-9]{4}_[0-9]{3}|[A-Z]{1,2}[0-9]{2,3}",
    re.ASCII,
)
