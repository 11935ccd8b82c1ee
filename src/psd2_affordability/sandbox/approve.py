"""Does what a person does at the sandbox bank's login page, for demonstrations and tests."""

from collections.abc import Collection

import requests

from psd2_affordability.core.errors import BankRefused


def approve(page: str, person: str, ibans: Collection[str], *, refuse: bool = False) -> str:
    """Approve (or refuse) a consent as a person, and return where the bank sends them.

    Args:
        page: address of the login page as the bank gave it, or one that leads there.
        person: key of the sandbox person.
        ibans: the accounts to share.
        refuse: press the other button.

    Raises:
        BankRefused: the request is no longer open, or there is no such person.
    """
    form = {"person": person, "account": list(ibans), "decision": "refuse" if refuse else "approve"}
    login = requests.get(page, timeout=10)
    answer = requests.post(f"{login.url}/decision", data=form, timeout=10, allow_redirects=False)
    if answer.status_code != 303:
        raise BankRefused("the sandbox bank did not take the decision", do="Begin the consent again")
    return answer.headers["Location"]
