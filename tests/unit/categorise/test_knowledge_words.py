"""Common Dutch names and words are nobody's name: no payee is found in them."""

from datetime import date
from typing import Any

import pytest

from psd2_affordability.categorise.engine import categorise
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of

_SURNAMES = """jansen janssen jong vries berg bakker dijk visser smit meijer meyer boer mulder groot bos
vos peters hendriks leeuwen dekker brouwer wit dijkstra smits graaf meer linden jacobs kok haan vermeulen
heuvel veen broek bruin heijden bruijn schouten willems vliet hoekstra maas verhoeven koster dam prins
huisman peeters kuipers postma veenstra jonge wal kramer beek blom kuijpers kuiper wolters jonker koning
post martens molenaar bosman sanders schipper scholten willemsen timmermans smeets hermans driessen
gerritsen claassen vink bosch wolf verbeek aarts hoekman boersma bouwman bosma verschoor groen zwart rood
jager ruiter visscher snijders klein lange korte oude hof kroon maes cornelissen molen schoonhoven
verstappen lammers goossens schuurman evers rietveld hermes laurens franken peerdeman terpstra hofman
zijlstra sikkema kamphuis nijland wiersma dijkman kortekaas hoogland roos tromp kempen weller antonissen
manders lubbers pronk hollander vlaming brabander fries duits spanjaard pool turk moor heinen florijn
gulden heller penning stuiver daalder mantel donner mandemakers goedhart huijbers boels hoogvliet nelson
otto douglas tempelman schreuder timmer boon smeenk vestdijk zwarts roelofs hagen louwman hessels vermaat
wensink muller schulte bergman nijhof"""
_FIRST_NAMES = """jan piet kees anna maria johan hendrik sanne lotte emma julia tess lars daan bram finn
milan sem levi luca noah fatima mohamed yusuf ali zeynep elif murat mehmet aisha omar ibrahim karim amina
hugo otto victor ben dirk jelle femke sjoerd douwe wout guus loes truus bep riet cor nel toos henk wim
gerrit klaas"""
_WORDS = """huis tuin keuken auto fiets boot reis feest verjaardag kado cadeau bedankt groetjes samen
delen helft boodschap etentje lunch diner koffie thee brood melk kaas vlees vis groente fruit bloem plant
boom gras zon maan ster regen wind sneeuw winter zomer herfst lente maandag dinsdag woensdag donderdag
vrijdag zaterdag zondag januari mei juni juli augustus september oktober november december week maand
jaar dag uur geld euro cent lening terug betaald overschot tekort rekening saldo opa oma papa mama broer
zus oom tante neef nicht vriend vriendin buurman buurvrouw collega school klas sport voetbal zwemmen
dansen muziek boek film spel hond kat paard vogel konijn water vuur aarde lucht rood groen blauw geel wit
zwart links rechts boven onder nieuw oud groot klein vrij vast snel zeker trots moed hoop geluk liefde
leven hal actief start plan goed beter best samenwerking vooruitgang toekomst vesting haven stad dorp
straat plein markt kerk toren brug molen sluis dijk polder zee strand duin bos heide berg dal ring steen
hout glas papier licht kleur zilver goud brons parel schelp trap deur raam dak muur vloer kamer zolder
kelder stoel tafel bed kast lamp klok sleutel tas schoen jas broek hemd rok hoed ring"""


def _lines() -> list[str]:
    lines = [f"{title} {name}" for name in set(_SURNAMES.split()) for title in ("J.", "Mw A", "Fam.")]
    lines += [f"{name} van {surname}" for name in set(_FIRST_NAMES.split()) for surname in ("Dalen", "Rees")]
    lines += [f"voor {word}" for word in set(_WORDS.split())]
    lines += [f"Stichting {word}" for word in set(_WORDS.split())]
    return sorted(lines)


def test_the_lists_hold_some_hundreds_of_words() -> None:
    assert len({*_SURNAMES.split(), *_FIRST_NAMES.split(), *_WORDS.split()}) >= 400


@pytest.mark.parametrize("cents", [-2500, 2500])
def test_no_payee_is_found_in_common_names_and_words(knowledge: Knowledge, cents: int) -> None:
    known = {entry.name for entry in knowledge.entries if entry.name}
    told: dict[str, Any] = {
        "subject": "s",
        "account": "NL02SNBX0000000001",
        "status": "booked",
        "currency": "EUR",
    }
    told |= {"booked_on": date(2026, 3, 2), "amount_ct": cents}
    rows = frame_of([{**told, "counterparty_name": line} for line in _lines()])
    found = categorise(with_keys(rows), knowledge, {})
    printed = found["counterparty_name"]
    hit = found[found["payee"].isin(known) & (found["payee"].str.lower() != printed.str.lower())]
    assert dict(zip(hit["counterparty_name"], hit["payee"], strict=True)) == {}
