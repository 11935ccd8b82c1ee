"""Does what a person does at the sandbox bank's login page, for demonstrations and tests."""

import re
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
    answer = _decide(page, person, ibans, refuse=refuse)
    if answer.status_code != 303:
        raise BankRefused("the sandbox bank did not take the decision", do="Begin the consent again")
    return answer.headers["Location"]


def approve_in_app(bank: str, person: str, ibans: Collection[str], *, refuse: bool = False) -> None:
    """Approve (or refuse) in the bank's own app what waits there.

    Args:
        bank: address of the bank.
        person: key of the sandbox person.
        ibans: the accounts to share.
        refuse: press the other button.

    Raises:
        BankRefused: nothing waits, or there is no such person.
    """
    waiting = re.findall(r'href="([^"]+/authorise/[^"]+)"', requests.get(f"{bank}/app", timeout=10).text)
    if not waiting or any(not _decide(page, person, ibans, refuse=refuse).ok for page in waiting):
        raise BankRefused("the sandbox bank did not take the decision", do="Begin the consent again")


def _decide(page: str, person: str, ibans: Collection[str], *, refuse: bool) -> requests.Response:
    form = {"person": person, "account": list(ibans), "decision": "refuse" if refuse else "approve"}
    login = requests.get(page, timeout=10)
    return requests.post(f"{login.url}/decision", data=form, timeout=10, allow_redirects=False)
