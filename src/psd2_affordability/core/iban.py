"""IBANs: checked, compared and shown with their middle hidden."""


def compact(text: str) -> str:
    """Write an IBAN without spaces and in capitals; the text is not checked.

    >>> compact("nl91 abna 0417 1643 00")
    'NL91ABNA0417164300'
    """
    return "".join(text.split()).upper()


def dutch_iban(bank_code: str, number: str) -> str:
    """Return the IBAN of an account that a Dutch bank calls by its number alone.

    >>> dutch_iban("ABNA", "417164300")
    'NL91ABNA0417164300'
    """
    from schwifty import IBAN

    return str(IBAN.generate("NL", bank_code=bank_code, account_code=number.zfill(10)))


def is_iban(text: str) -> bool:
    """Tell whether the text is an IBAN of a known country with a right check number.

    >>> is_iban("NL91ABNA0417164300"), is_iban("NL91ABNA0417164301")
    (True, False)
    """
    from schwifty import IBAN

    return bool(IBAN(text, allow_invalid=True).is_valid)


def masked(iban: str) -> str:
    """Show which account is meant without giving the number away.

    >>> masked("NL91ABNA0417164300")
    'NL91ABNA••••••4300'
    """
    text = compact(iban)
    if len(text) <= 8:
        return "•" * len(text)
    hidden = len(text) - 12
    return text[:8] + "•" * max(hidden, 0) + text[max(8, len(text) - 4) :]
