import importlib
import sys

import pandas as pd
import pytest
from support import ROOT

from helpers.actors import gazetteer, people, speakers
from helpers.actors import mentions as actors
from helpers.language import speech as voice
from helpers.language import split

sys.path.insert(0, str(ROOT / "benchmarks"))
benchmark = importlib.import_module("voice")

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
    ("“It is over,” they said.", [""]),
    # He, she and it: the last human told of, named or not; nobody where that is not plain.
    (
        "Vladimir Putin opened the bridge on Monday. A welder from Omsk watched from the bank. “It sways,” he said.",
        ["A welder from Omsk"],
    ),
    ("Vladimir Putin opened the bridge on Monday. “It sways,” he said.", ["putin"]),
    ("Vladimir Putin opened the bridge on Monday. The weather was poor and the road shut. “It sways,” he said.", [""]),
    ("Antony Blinken met Wang Yi. “We agreed on little,” he said.", ["blinken"]),
    ("Antony Blinken and Wang Yi met for three hours. “We agreed on little,” he said.", [""]),
    ("Annalena Baerbock met Sergei Lavrov in Geneva. “We agreed on little,” she said.", ["baerbock"]),
    ("Sergei Lavrov met Annalena Baerbock in Geneva. “We agreed on little,” she said.", ["baerbock"]),
    ("Joe Biden cancelled the visit. “I had packed already,” she said.", [""]),
    ("A gardener and her son waited for the bus. “It never comes,” she said.", ["A gardener"]),
    (
        "Emmanuel Macron spoke first. An old woman selling pies at the gate heard nothing. “Too much wind,” she said.",
        ["An old woman selling pies at the gate"],
    ),
    (
        "A clerk at the port read the order twice. He shook his head. “It has no date,” he said.",
        ["A clerk at the port"],
    ),
    ("Xi Jinping spoke for an hour. The hall was cold. People coughed. He said the plan was ready.", [""]),
    ("Lloyd Austin said the ships were watched. He added that none had turned.", ["austin", "austin"]),
    (
        "Lloyd Austin said the ships were watched. A sailor on the pier shrugged. He said he had seen nothing.",
        ["austin", "A sailor on the pier"],
    ),
    ("According to a survey by the Tver Institute, most voters are tired.", ["a survey by the Tver Institute"]),
    ("The union and the airline’s board said the strike was over.", ["The union+the airline’s board"]),
    ("Leaders of Japan said the patrols would go on.", ["JPN"]),
    ("Japan’s leaders said the patrols would go on.", ["JPN"]),
    ("The leaders of Russia and China said the border was calm.", ["RUS+CHN"]),
    ("NATO allies said the border was calm.", ["NATO"]),
    ("Russian officials said the border was calm.", ["Russian officials"]),
    ("A Turkish colleague said the border was calm.", ["A Turkish colleague"]),
    ("Critics said the border was calm.", ["Critics"]),
    ("Some in Berlin said the border was calm.", ["Some in Berlin"]),
    ("The soup was served with more caution. “It is hot,” a cook said.", ["a cook"]),
    ("Ivan Petrov, 43, a fisherman from Murmansk, had lost his boat. “It was old,” Petrov said.", ["Ivan Petrov"]),
    (
        "“It was old,” said Ivan Petrov, a fisherman. Sergei Shoigu came by later. “I had two,” Petrov added.",
        ["Ivan Petrov", "Ivan Petrov"],
    ),
    ("Ivan Petrov mended nets beside Sergei Shoigu. “They tear,” he said.", ["Ivan Petrov"]),
    ("The envoy, Pia Roe, said the talks were short. “Very short,” she said.", ["Pia Roe", "Pia Roe"]),
    ("A Ukrainian diplomat came out first. “It is cold,” the diplomat said.", ["A Ukrainian diplomat"]),
    ("Wang Yi spoke in Beijing on Friday.\n“It changes nothing,” explained in Brussels a diplomat.", ["a diplomat"]),
    ("Wang Yi left.\n“It changes nothing.” — Pia Roe, The Herald", ["Pia Roe"]),
    ("Sergei Shoigu met Dong Jun in Astana. The two said ties were strong.", ["shoigu+dong_jun"]),
    ("Sergei Shoigu met Dong Jun in Astana. Both ministers said ties were strong.", ["shoigu+dong_jun"]),
    ("A bus hit a tram. Both drivers said the light was green.", ["Both drivers"]),
    (
        "One of Japan’s top leaders said the patrols would go on. Fumio Kishida, the prime minister, met the press.",
        ["kishida"],
    ),
    ("One of Japan’s top leaders said the patrols would go on. The ships left.", ["JPN"]),
    ("The president of a small bank said the loan was late.", ["The president of a small bank"]),
    (
        "Xi Jinping met bankers. The president of a small bank said the loan was late.",
        ["The president of a small bank"],
    ),
    ("His wife said the loan was late.", ["His wife"]),
    ("Vladimir Putin left early. His driver said the road was closed.", ["His driver"]),
    ("The farmers waited for hours. They said the road was closed.", ["The farmers"]),
    ("Vladimir Putin, however, said the road was closed.", ["putin"]),
    ("The United States has left two treaties. Last month it said it would leave a third.", ["USA"]),
    ("A poll of 900 drivers showed that most were tired.", ["A poll of 900 drivers"]),
    ("Residents of the old town said the road was closed.", ["Residents of the old town"]),
    ("Putin told a farmer that help was near. “We know your troubles,” he said.", ["putin", "putin"]),
    ("Ursula von der Leyen, who came by train, said the road was closed.", ["von_der_leyen"]),
    ("The minister’s letter says the road is closed.", ["The minister’s letter"]),
    ("Xi Jinping praised a teacher who had walked for two days. “My shoes were new,” she said.", ["a teacher"]),
    ("Officials at the Kremlin said the road was closed.", ["Officials at the Kremlin"]),
    (
        "A delegate from Peru stood up. Sergei Lavrov looked at his watch. “I waited a year,” the delegate said.",
        ["A delegate from Peru"],
    ),
    ("“Go home now,” he was told.", [""]),
    ("“It rained all night,” summed up a trader. “We swam to work.”", ["a trader", "a trader"]),
    ("Xi Jinping and Vladimir Putin signed one statement on a “new era” of trade.", ["one statement"]),
    (
        "The Polish minister said it was late. The Czech minister said it was early.",
        ["The Polish minister", "The Czech minister"],
    ),
    (
        "A study of 900 nurses found that sleep was short. It said the rota was to blame.",
        ["A study of 900 nurses", "A study of 900 nurses"],
    ),
    (
        "According to the Institute for the Study of War, the front was calm. “It may last,” analysts noted.",
        ["ISW", "ISW"],
    ),
    (
        "Dong Jun received the guest.\n“He asked for little,” a trader said.\n“It was a short day.”",
        ["a trader", "a trader"],
    ),
    ("Dong Jun received the guest.\n“He asked for little,” reflected a retired clerk.", ["a retired clerk"]),
    ("Russia and China signed the pact on Monday. They said it would hold.", ["RUS+CHN"]),
    ("The ministry of trade and industry said it was late.", ["The ministry of trade and industry"]),
    ("The minister and two of her aides said it was late.", ["The minister+two of her aides"]),
    ("Most of the villagers say the line will be built.", ["Most of the villagers"]),
    ("One of the sellers, a woman in a scarf, laughed. “He ate two,” she said.", ["One of the sellers"]),
    ("NATO has answered well. It promised Kyiv much and told it that its road was open.", ["NATO"]),
    ("When Xi Jinping arrived, Vladimir Putin was there. “My old friend,” he said.", ["putin"]),
    ("“My client,” said Pia Roe, a lawyer, in a note read in court, “was asleep.”", ["Pia Roe", "Pia Roe"]),
    ("“It holds,” said Pia Roe, and a critic called it “brave”.", ["Pia Roe", "a critic"]),
    ("Wang Yi left early. “Nobody in town minded,” mused in Oslo a clerk.", ["a clerk"]),
    ("“It talks,” says its last keeper, Eamon Tolley of Skerry Head, a man of few words.", ["Eamon Tolley"]),
    ("»The roof is tight«, said the sexton.", ["the sexton"]),
    ("A Turkish colleague of Sergei Lavrov said it was late.", ["A Turkish colleague of Sergei Lavrov"]),
    ("Four men sat in Tokyo. Their group, known as the Quad, spoke of a free sea.", ["QUAD"]),
    ("Vladimir Putin met Chinese President Xi Jinping. The Chinese leader said the road was open.", ["xi"]),
    ("Russia and China said the talks were over. It said that the ships would stay.", ["RUS+CHN", ""]),
    ("The envoy waited, and after a word with a banker he said the rates would fall.", [""]),
    ("Lloyd Austin said the ships left. The Chinese general said they came.", ["austin", "The Chinese general"]),
    ("China’s Zhang Youxia said the ships left. The Chinese general said they came.", ["zhang_youxia"] * 2),
    ("Vladimir Putin met Xi Jinping. A nurse and a driver waited outside. The two said it was cold.", ["The two"]),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS, ids=[text[:40] for text, _ in SPEAKERS])
def test_speakers(text, expected):
    named = actors.mentions(text, DAY, GAZETTEER)
    whole = [*split.sentences(text)]
    assert speakers.name_speakers(text, voice.spans(text), named, GAZETTEER.kinds, whole) == expected


def test_no_long_quotation_is_given_to_somebody_who_is_only_named_near_it(corpus):
    kinds, texts = (
        dict(zip(corpus.actors.actor, corpus.actors.kind, strict=True)),
        corpus.documents.set_index("doc").text,
    )
    first = corpus.voices[(corpus.voices.voice == "quoted") & corpus.voices.doc.isin(benchmark.sets()["first 128"])]
    words = [texts[v.doc][v.start : v.end] for v in first.itertuples()]
    persons = ["person" in map(kinds.get, speaker.split("+")) for speaker in first.speaker]
    given = [said for said, person in zip(words, persons, strict=True) if person and split.count(said) > 5]
    assert {said.lower().strip('“”".’,') for said in given} <= {
        "no alliance, no confrontation and no targeting of third parties"
    }


def test_words_given_to_a_named_person_are_theirs(corpus):
    given, right = benchmark.persons(benchmark.sets()["first 128"], corpus)
    assert right >= 9 and right >= 0.97 * given


PHRASES = [
    ("A beekeeper from the Altai waited.", [("A beekeeper from the Altai", "person", "")]),
    ("An elderly woman selling pies had seen him.", [("An elderly woman selling pies", "person", "f")]),
    (
        "A retired U.S. Navy supply officer in San Diego said so.",
        [("A retired U.S. Navy supply officer in San Diego", "person", "")],
    ),
    ("Vladimir Putin’s driver slept.", [("Vladimir Putin’s driver", "person", "")]),
    ("A survey of 400 nurses found it.", [("A survey of 400 nurses", "paper", "")]),
    ("The coast guard and the pilots waited.", [("The coast guard", "body", ""), ("the pilots", "people", "")]),
    # The noun before another is no one; nor are a part of the body and a thing.
    (
        "The member states and the teacher unions agreed.",
        [("The member states", "body", ""), ("the teacher unions", "body", "")],
    ),
    ("He shook his head over the number of letters.", []),
    ("The chili was served in winter.", []),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[text[:30] for text, _ in PHRASES])
def test_who_is_described_without_a_name(text, expected):
    found = people.phrases(text, 0, len(text))
    assert [(text[one.start : one.until], one.what, one.sex) for one in found] == expected
