import pandas as pd
import pytest

from helpers.actors import gazetteer, speakers
from helpers.actors import mentions as actors
from helpers.language import speech as voice

DAY = pd.Timestamp("2024-10-15")
GAZETTEER = gazetteer.read()
SPEAKERS = [
    ("Putin said the pact holds. “It is firm,” he added.", ["putin", "putin"]),
    ("Xi Jinping met Vladimir Putin. He said ties were strong.", ["xi"]),
    ("Xi Jinping told Vladimir Putin that ties were strong. “They are firm,” he said.", ["xi", "xi"]),
    ("After meeting Xi Jinping, Antony Blinken said he was worried. “I am,” he said.", ["blinken", "blinken"]),
    ("China’s defence ministry said the ships had left. It said none was damaged.", ["CHN_MOD", "CHN_MOD"]),
    ("The Russian defence minister said talks were “substantive”.", ["belousov", "belousov"]),
    ("Moscow said the border was quiet.", ["RUS"]),
    ("Xi Jinping and Vladimir Putin said the pact holds.", ["xi+putin"]),
    ("Russia and China declared a “no limits” partnership.", ["RUS+CHN"]),
    ("A former Pentagon planner said it was late.", ["A former Pentagon planner"]),
    ("A Chinese scholar in Beijing said ties were strong.", ["A Chinese scholar in Beijing"]),
    ("A spokesman for the Russian defence ministry said it was late.", ["RUS_MOD"]),
    ("Putin’s spokesman said the call was short.", ["Putin’s spokesman"]),
    ("Vladimir Putin’s government said the call was short.", ["Vladimir Putin’s government"]),
    (
        "A nurse in Tver said pay was late. “We wait,” the nurse said. “She will wait too,” she said.",
        ["A nurse in Tver", "A nurse in Tver", "A nurse in Tver"],
    ),
    ("Although it declared a “new era”, China maintains that it is neutral.", ["CHN", "CHN"]),
    ("Sergei Shoigu, who led the talks, said they went well.", ["shoigu"]),
    ("Speaking in Beijing on Monday, Dong Jun said ties were strong.", ["dong_jun"]),
    ("Vladimir Putin met Xi Jinping in Kazan.\nThe Chinese leader said ties were strong.", ["xi"]),
    ("NATO met in Washington. The alliance called China a “decisive enabler”.", ["NATO", "NATO"]),
    ("“Go home,” someone shouted.", ["someone"]),
    ("Ships burned. “We saw it.”", [""]),
    ("“It is over,” they said.", ["they"]),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS, ids=[text[:40] for text, _ in SPEAKERS])
def test_speakers(text, expected):
    named = actors.mentions(text, DAY, GAZETTEER)
    assert speakers.name_speakers(text, voice.spans(text), named, GAZETTEER.kinds) == expected
