"""The chances of plans and the bands of balances, on many more people of several makings."""

import pytest

from futures_score import score


@pytest.mark.parametrize("seed", [21, 22, 23, 24])
def test_what_is_called_sure_comes_true_whoever_the_people_are(seed: int):
    found = score(people=1_500, futures=10, seed=seed)

    assert found.futures >= 8_000
    assert 0.87 <= found.share_held <= 0.93, found
    assert 0.78 <= found.share_within <= 0.82, found
