"""The bank is told of a person only while one is there, and never of one who is made up."""

from bank_material import open_sandbox

PSU = "psu-"


def listening():
    """Return a middleware that keeps path and headers of every call for data."""
    heard = []

    class Listener:
        def __init__(self, app):
            self.app = app

        async def __call__(self, scope, receive, send):
            if scope["type"] == "http" and "/accounts" in scope["path"]:
                heard.append({name.decode().lower(): value.decode() for name, value in scope["headers"]})
            await self.app(scope, receive, send)

    return Listener, heard


def test_a_refresh_without_the_person_says_nothing_of_a_person():
    listener, heard = listening()
    with open_sandbox(recorder=listener) as visit:
        completed = visit.consented()
        heard.clear()

        visit.refresh(completed)

    assert len(heard) >= 5
    assert not [name for call in heard for name in call if name.startswith(PSU)]


def test_while_the_person_is_there_every_call_says_so_with_the_persons_own_address():
    listener, heard = listening()
    with open_sandbox(recorder=listener) as visit:
        completed = visit.consented()
        heard.clear()

        visit.refresh(completed, psu_ip="192.0.2.77")

    said = [call.get("psu-ip-address") for call in heard]
    assert len(said) >= 5
    # A link to a next page was made for a call that said so, and is followed in the same way.
    assert set(said) == {"192.0.2.77"}
