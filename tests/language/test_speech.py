import importlib
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from helpers.language import speech as voice

sys.path.insert(0, str(ROOT / "benchmarks"))
benchmark = importlib.import_module("voice")

Q, R = "quoted", "reported"
SPANS = [
    # Said, with and without "that", before, after and in the middle.
    ("The minister said that ties are strong.", [(R, "ties are strong", "The minister")]),
    ("The minister said ties were strong.", [(R, "ties were strong", "The minister")]),
    ("Ties are strong, the minister said on Tuesday.", [(R, "Ties are strong", "the minister")]),
    ("According to Dong Jun, ties are strong.", [(R, "ties are strong", "Dong Jun")]),
    ("Ties are strong, according to Dong Jun.", [(R, "Ties are strong", "Dong Jun")]),
    ("“Ties are strong,” Dong said.", [(Q, "“Ties are strong,”", "Dong")]),
    (
        "Dong said ties were at a “new starting point”.",
        [(R, "ties were at a", "Dong"), (Q, "“new starting point”", "Dong")],
    ),
    (
        "Manila, the senator warned, would not be pushed around.",
        [(R, "Manila", "the senator"), (R, "would not be pushed around", "the senator")],
    ),
    (
        "The harbour would reopen by Friday, port officials told Reuters.",
        [(R, "The harbour would reopen by Friday", "port officials")],
    ),
    (
        "Talks had failed, said Maria Costa, who heads the union, adding that a strike was likely.",
        [(R, "Talks had failed", "Maria Costa"), (R, "a strike was likely", "Maria Costa")],
    ),
    (
        "Anna Lind, the Swedish foreign minister, told parliament on Monday that the treaty was dead.",
        [(R, "the treaty was dead", "Anna Lind")],
    ),
    (
        "As the mayor put it, the bridge is a monument to haste.",
        [(R, "the bridge is a monument to haste", "the mayor")],
    ),
    (
        "The ministry said 40 soldiers had been wounded and called the attack cowardly.",
        [(R, "40 soldiers had been wounded", "The ministry"), (R, "cowardly", "The ministry")],
    ),
    (
        "Two more villages have fallen, the army claims, though no one has confirmed it.",
        [(R, "Two more villages have fallen", "the army")],
    ),
    ("Per a police statement, the driver fled on foot.", [(R, "the driver fled on foot", "a police statement")]),
    ("The envoy complained of a lack of trust.", [(R, "a lack of trust", "The envoy")]),
    ("It is late, he said.", [(R, "It is late", "he")]),
    # Accused, denied, asked, doubted.
    ("Washington accused Beijing of arming Moscow.", [(R, "arming Moscow", "Washington")]),
    ("Ministers denied allegations that parts were sold.", [(R, "parts were sold", None)]),
    ("Oslo has denied supplying the drones.", [(R, "supplying the drones", "Oslo")]),
    ("The judge asked whether the letter was genuine.", [(R, "whether the letter was genuine", "The judge")]),
    ("Paris urged both sides to show restraint.", [(R, "to show restraint", "Paris")]),
    ("Her deputy doubted that the money would come.", [(R, "the money would come", "Her deputy")]),
    ("Delhi described the report as a collection of rumours.", [(R, "a collection of rumours", "Delhi")]),
    ("Smuggled chips, which Seoul says came by sea, were seized.", [(R, "came by sea", "Seoul")]),
    # Marks may enclose a name that is part of a speaker's; words of the speaker they are elsewhere.
    (
        "The winner of the “Golden Ladle” said the soup had been cold.",
        [(R, "the soup had been cold", "The winner of the “Golden Ladle”")],
    ),
    (
        "The captain of the “Maria Dolores” later told reporters that the ship would sail.",
        [(R, "the ship would sail", "The captain of the “Maria Dolores”")],
    ),
    ("The author of “Salt Roads” has denied that it was bought.", [(R, "it was bought", "The author of “Salt Roads”")]),
    ("“Great Hall,” said the guide.", [(Q, "“Great Hall,”", "the guide")]),
    # What stands in brackets behind a name is no speaker, and what stands before a ruling is not said.
    ("Rep. Ida Crow (D-N.Y.) said the law would fall short.", [(R, "the law would fall short", "Rep. Ida Crow")]),
    (
        "The survey (of 2,000 people) found that most had never heard of it.",
        [(R, "most had never heard of it", "The survey")],
    ),
    ("“Get back to life,” said the whip, Ivo Scales (R-La.).", [(Q, "“Get back to life,”", "the whip")]),
    (
        "The ferry sank near Oban, reported Radio North/Radio South (RN/RS).",
        [(R, "The ferry sank near Oban", "Radio North/Radio South")],
    ),
    ("Sharpe, in his ruling, pointed out the delay, adding that it was costly.", [(R, "it was costly", "Sharpe")]),
    ("Norway, says the mayor, is near.", [(R, "Norway", "the mayor"), (R, "is near", "the mayor")]),
    # Marks of every kind, nested, across paragraphs, with apostrophes.
    ("The ‘no limits’ pledge stood.", [(Q, "‘no limits’", None)]),
    ('She called it "a start" and left.', [(Q, '"a start"', "She")]),
    ("“An open mark runs on\nThe next paragraph is free.", [(Q, "“An open mark runs on", None)]),
    (
        "“We are tired,” Ali said. “We want to go home.\n“But we will wait.”",
        [(Q, "“We are tired,”", "Ali"), (Q, "“We want to go home.", "Ali"), (Q, "“But we will wait.”", "Ali")],
    ),
    (
        "‘It’s the dockers’ money,’ said Tom O’Neill, the branch secretary.",
        [(Q, "‘It’s the dockers’ money,’", "Tom O’Neill")],
    ),
    ("“He told me ‘go now’ and I went,” the pilot recalled.", [(Q, "“He told me ‘go now’ and I went,”", "the pilot")]),
    ("'The ships' crews are safe,' the captain said.", [(Q, "'The ships' crews are safe,'", "the captain")]),
    ("The workers' union met in the '90s and it's gone.", []),
    ("«The line holds,» General Petrov told reporters.", [(Q, "«The line holds,»", "General Petrov")]),
    ("„Wir warten“, said the clerk.", [(Q, "„Wir warten“", "the clerk")]),
    (
        "“Is this the end?” asked Rosa Diaz. “I doubt it.”",
        [(Q, "“Is this the end?”", "Rosa Diaz"), (Q, "“I doubt it.”", "Rosa Diaz")],
    ),
    ("The chancellor said: “We cannot pay.”", [(Q, "“We cannot pay.”", "The chancellor")]),
    (
        "“The road,” the driver said, “is closed at night.”",
        [(Q, "“The road,”", "the driver"), (Q, "“is closed at night.”", "the driver")],
    ),
    ("Wang was quoted by Xinhua as saying: “The door is open.”", [(Q, "“The door is open.”", "Wang")]),
    ("In a post on X, Musk wrote “see you there” to his rivals.", [(Q, "“see you there”", "Musk")]),
    ("The president hailed a “golden age” of ties.", [(Q, "“golden age”", "The president")]),
    ("The general smiled. “Ask me in spring.”", [(Q, "“Ask me in spring.”", "The general")]),
    (
        "“Nobody was hurt,” according to a spokesman for the airline.",
        [(Q, "“Nobody was hurt,”", "a spokesman for the airline")],
    ),
    # A quotation goes on behind a long apposition, and marks of two kinds are a pair.
    (
        "“The flood took the sheep,” said Nils Aune, 71, a farmer from the upper valley, “and left the dog.”",
        [(Q, "“The flood took the sheep,”", "Nils Aune"), (Q, "“and left the dog.”", "Nils Aune")],
    ),
    (
        "“The sheep are gone,” Nils Aune, a farmer in the valley, told the local paper.",
        [(Q, "“The sheep are gone,”", "Nils Aune")],
    ),
    ('“The locks are open," the pilot said. Then he slept.', [(Q, '“The locks are open,"', "the pilot")]),
    ('"The locks are shut,” the pilot said. Then he slept.', [(Q, '"The locks are shut,”', "the pilot")]),
    ('“He said "go" and went,” the pilot said.', [(Q, '“He said "go" and went,”', "the pilot")]),
    ("‘The locks are wet,” the pilot said. Then he slept.", [(Q, "‘The locks are wet,”", "the pilot")]),
    ("“The locks are dry,’ the pilot said. Then he slept.", [(Q, "“The locks are dry,’", "the pilot")]),
    ("»The roof is tight«, said the sexton.", [(Q, "»The roof is tight«", "the sexton")]),
    ("« Il pleut », the diver said. » More on page 4", [(Q, "« Il pleut »", "the diver")]),
    ("”The ferry is full,” the pilot said.", [(Q, "”The ferry is full,”", "the pilot")]),
    ('"We are shut, the baker said. "Come back."', [(R, "We are shut", "the baker"), (Q, '"Come back."', "the baker")]),
    ("›The well is dry‹, the shepherd said.", [(Q, "›The well is dry‹", "the shepherd")]),
    ("‚The bees are back‘, the gardener said.", [(Q, "‚The bees are back‘", "the gardener")]),
    ("The cook said, 'Nobody eats before noon.\" He ate.", [(Q, "'Nobody eats before noon.\"", "The cook")]),
    ("The pilot said the '62 flood was worse. The farmers' barns fell.", [(R, "the '62 flood was worse", "The pilot")]),
    ("'43 boats sank,' the pilot said.", [(Q, "'43 boats sank,'", "the pilot")]),
    (
        "“It is not snow,” said Pia Roe, who drives a bus, and whose father did, “it is ice,” she added, “and salt.”",
        [(Q, "“It is not snow,”", "Pia Roe"), (Q, "“it is ice,”", "Pia Roe"), (Q, "“and salt.”", "Pia Roe")],
    ),
    # Where the outlet goes on in its own voice, and where one does not say but does.
    ("The envoy said the house was empty, then knocked on the door.", [(R, "the house was empty", "The envoy")]),
    (
        "The envoy reiterated the need to free the men and return the ship, and left for the airport.",
        [(R, "the need to free the men and return the ship", "The envoy")],
    ),
    ("The priest, who says the bells are his, rang them and was fined.", [(R, "the bells are his", "The priest")]),
    ("The mill employs 40 people, adds a shift in autumn and says goodbye to it in spring.", []),
    ("The firm said it had paid the men, none of whom has seen a coin.", [(R, "it had paid the men", "The firm")]),
    ("The mayor says it fell, something that no one else saw.", [(R, "it fell", "The mayor")]),
    ("The mayor said that the fire was out, before smoke drove him off.", [(R, "the fire was out", "The mayor")]),
    ("The priest said he forgave them (they had fled in March).", [(R, "he forgave them", "The priest")]),
    ("Police found a “rocket” made of cardboard in the shed.", []),
    ("The audit found a “culture of fear”.", [(Q, "“culture of fear”", "The audit")]),
    (
        "The unions agreed to wait, agreed that pay be frozen and agreed on little else.",
        [(R, "pay be frozen", "The unions"), (R, "little else", "The unions")],
    ),
    (
        "The hall, which opened in 1911, has, according to its owner, no second door.",
        [(R, "The hall, which opened in 1911, has", "its owner"), (R, "no second door", "its owner")],
    ),
    ("The dish, which is called “goat’s tea” on the coast, is a soup.", []),
    ("The mayor said he had slept well, an answer that drew laughter.", [(R, "he had slept well", "The mayor")]),
    ("The mayor says all have beds, even though two sleep outside.", [(R, "all have beds", "The mayor")]),
    ("The mayor said the wine was for guests, prompting laughter.", [(R, "the wine was for guests", "The mayor")]),
    ("Asked about it, the mayor replied with a shrug.", []),
    (
        "According to police, a boy drove it; according to his mother, he only steered it.",
        [(R, "a boy drove it", "police"), (R, "he only steered it", "his mother")],
    ),
    (
        "Both sides, the envoy noted, had agreed that the men should go.",
        [(R, "Both sides", "the envoy"), (R, "had agreed that the men should go", "the envoy")],
    ),
    ("The report was blunt, emphasising that no one had read it.", [(R, "no one had read it", "The report")]),
    ("“Nothing,” grumbled Pia Roe, “is sung.”", [(Q, "“Nothing,”", "Pia Roe"), (Q, "“is sung.”", "Pia Roe")]),
    ("The mayor says it is safe, a view not shared by the police.", [(R, "it is safe", "The mayor")]),
    ("Officials insist it is clean, yet they drink from bottles.", [(R, "it is clean", "Officials")]),
    ("The envoy’s letter, underlining that it leaked, lay unread.", [(R, "it leaked", "The envoy’s letter")]),
    (
        "The envoy stressed the importance of patience, highlighted the need for tents and thanked the cooks.",
        [(R, "the importance of patience", "The envoy"), (R, "the need for tents", "The envoy")],
    ),
    # What things are done according to says nothing; nor does "agreed on Friday"; one believes in a thing.
    ("The mail is stacked according to size, and everything went according to plan.", []),
    ("According to the plan, the road will be shut.", [(R, "the road will be shut", "the plan")]),
    ("The players agreed on Friday to a pay cut.", []),
    ("The bridge holds, the river believes in nothing.", []),
    (
        "The general said the road was open, a statement contradicted by every driver on it.",
        [(R, "the road was open", "The general")],
    ),
    ("“They said ‘go,’ and I went.\nNobody came.", [(Q, "“They said ‘go,’ and I went.", None)]),
    # Studies, polls and experts; what shows something and is nobody shows nothing.
    ("A survey of 900 bakers found that most rise at three.", [(R, "most rise at three", "A survey of 900 bakers")]),
    ("The new figures show prices fell in May.", [(R, "prices fell in May", "The new figures")]),
    ("Experts warn the dike could break.", [(R, "the dike could break", "Experts")]),
    ("Its silence shows that the firm is afraid.", []),
    ("The shrinking of the lake suggests that the springs are dry.", []),
    # Participles, readiness, agreement, needs.
    ("The envoy spoke for an hour, noting that the dam was old.", [(R, "the dam was old", "The envoy")]),
    ("Arguing that the dam was old, the envoy left.", [(R, "the dam was old", "the envoy")]),
    ("She expressed how the fire had changed her.", [(R, "how the fire had changed her", "She")]),
    ("Lima expressed its readiness to sell the mine.", [(R, "its readiness to sell the mine", "Lima")]),
    ("Lima expressed its concern to both governments.", []),
    (
        "The mayor stressed the need to dredge the canal, mend the locks and train the pilots.",
        [(R, "the need to dredge the canal, mend the locks and train the pilots", "The mayor")],
    ),
    (
        "The sides agreed that the border should open and agreed on the importance of a bridge.",
        [(R, "the border should open", "The sides"), (R, "the importance of a bridge", "The sides")],
    ),
    ("The sides agreed to meet again.", []),
    ("Quito asked its neighbours for patience.", [(R, "patience", "Quito")]),
    ("The bank is convinced that prices have peaked.", [(R, "prices have peaked", "The bank")]),
    ("The memo makes clear that nobody was asked.", [(R, "nobody was asked", "The memo")]),
    ("The pilot is said to have slept.", [(R, "to have slept", None)]),
    ("Both praised what they called a wise law.", [(R, "a wise law", "they")]),
    # Nouns of saying, with and without an owner.
    ("The mayor’s promise that the bridge would open was broken.", [(R, "the bridge would open", "The mayor")]),
    ("There are fears that the harvest will fail.", [(R, "the harvest will fail", None)]),
    ("The union’s message was simple: no contract, no coal.", [(R, "no contract, no coal", "The union")]),
    ("It is a charge that Bern rejects.", []),
    ("The claims that have been paid were small.", []),
    # Sources before, behind and in the middle.
    (
        "The mill, according to the fire brigade, had no alarm.",
        [(R, "The mill", "the fire brigade"), (R, "had no alarm", "the fire brigade")],
    ),
    (
        "The mill burned, as happens often, according to the brigade.",
        [(R, "The mill burned, as happens often", "the brigade")],
    ),
    ("“It burned,” the miller said, according to the brigade.", [(Q, "“It burned,”", "the miller")]),
    ("In Oslo’s view, the treaty is dead.", [(R, "the treaty is dead", "Oslo")]),
    # Where the words of others end.
    ("The firm says the leak is small — a word it has used before.", [(R, "the leak is small", "The firm")]),
    (
        "The firm says the leak – the third in a year – is small.",
        [(R, "the leak – the third in a year – is small", "The firm")],
    ),
    ("The firm said the leak was small, a claim the divers dispute.", [(R, "the leak was small", "The firm")]),
    (
        "She said that the law, which is old, was sound, which is true, and that it would stay.",
        [(R, "the law, which is old, was sound", "She"), (R, "it would stay", "She")],
    ),
    ("Berg, who told the jury that he was ill, was let go.", [(R, "he was ill", "Berg")]),
    ("While Rome warns Paris not to sell the ships, Madrid buys them.", [(R, "to sell the ships", "Rome")]),
    ("Milan was less shy: the league, it said, was finished.", [(R, "the league", "it"), (R, "was finished", "it")]),
    # Reports that go on, and sentences that do not.
    (
        "The minister said the line would close. Coaches would run instead.",
        [(R, "the line would close", "The minister"), (R, "Coaches would run instead", "The minister")],
    ),
    (
        "The minister said the line would close. A guard who stood near would not laugh.",
        [(R, "the line would close", "The minister")],
    ),
    (
        "The harbour board said in a statement:\nThe crane is safe. It was tested.\nNobody asked.",
        [(R, "The crane is safe", "The harbour board"), (R, "It was tested", "The harbour board")],
    ),
    ("The board named three:\nThe crane, the lock and the pier are closed.", []),
    # Titles beside a name, whom somebody tells, and what he thinks of a thing.
    ("“It is late,” Treasurer of the League, Ada Roe said.", [(Q, "“It is late,”", "Ada Roe")]),
    ("The pier is shut, said Ada Roe, treasurer of the League of Friends.", [(R, "The pier is shut", "Ada Roe")]),
    ("He told the Harbour Times the pier was shut.", [(R, "the pier was shut", "He")]),
    ("She warned the sailors of a storm.", [(R, "a storm", "She")]),
    ("The judges found the painting dreadful.", [(R, "the painting dreadful", "The judges")]),
    ("The crew found the road closed.", []),
    ("Rome expects the talks to fail.", [(R, "the talks to fail", "Rome")]),
    ("The crew is expected to sail on Monday.", []),
    ("Those who say it has no teeth are right.", [(R, "it has no teeth", "Those")]),
    (
        "Lawyers for the family say guards ignored the calls.",
        [(R, "guards ignored the calls", "Lawyers for the family")],
    ),
    ("Dr Osei said in a Radio Nine interview on Monday the pier was shut.", [(R, "the pier was shut", "Dr Osei")]),
    ("The guards believe it was a joke, said Osei.", [(R, "The guards believe it was a joke", "Osei")]),
    ("The house stated in the deed was sold.", []),
    ("The sheriff noted with regret that the pool was shut.", [(R, "the pool was shut", "The sheriff")]),
    ("It is understood that the club has a buyer.", [(R, "the club has a buyer", None)]),
    # Not speech.
    ("The so-called “reform” cost a fortune.", []),
    ("A self-declared “king of jam”, he owns a shop.", []),
    ("The pass, dubbed “the sieve” by nobody, is closed.", []),
    ("The court registered nine jobless claims.", []),
    ("The islands and smaller states are members.", []),
    ("Within an hour, two doctors responded.", []),
    ("The orchestra continued to play and maintained its tempo.", []),
    ("Nobody says that the road is safe.", []),
    ("The ministry did not say whether anybody was hurt.", []),
    ("I think that the road is safe, and we believe that it is new.", []),
    ("He called her immediately.", []),
    ("Moscow denies everything.", []),
    ("The ships left on Monday.", []),
    ("He found a boat.", []),
    ("It was China’s idea, not Russia’s.", []),
    ("The exercise, called “Eastern Shield 2020”, ended on Sunday.", []),
    ("Her novel “The Long Winter” sold a million copies.", []),
    ("Some “experts” had a lean year.", []),
    ("The fleet reported to the northern command.", []),
    ("She told him a story about the sea.", []),
    ("The bank added 300 jobs and the airline 12.", []),
    ("Warsaw welcomed the delegation and condemned the attack.", []),
]


@pytest.mark.parametrize(("text", "expected"), SPANS, ids=[text[:30] for text, _ in SPANS])
def test_spans(text, expected):
    found = [
        (s.voice, text[s.start : s.end], text[slice(*s.speaker)] if s.speaker else None) for s in voice.spans(text)
    ]
    assert found == expected


VERBS = [
    ("The minister said that ties were strong.", ["said"]),
    ("“Ties are strong,” Dong Jun claimed. “They will last.”", ["claimed", None]),
    ("Ties are strong, according to Dong Jun.", ["according to"]),
    ("By the mayor’s own count, nine houses burned.", ["count"]),
    ("As the captain recalled it, no flare was seen.", ["recalled"]),
    (
        "Paris called on both sides to show restraint and warned of a “long winter”.",
        ["called on", "warned of", "warned of"],
    ),
    ("Ministers denied allegations that parts were sold.", ["allegations"]),
    ("The “winter line” held, and the general praised its “stubborn” men.", ["praised"]),
]


@pytest.mark.parametrize(("text", "expected"), VERBS, ids=[text[:30] for text, _ in VERBS])
def test_the_verb_that_gives_words_to_somebody(text, expected):
    assert [text[slice(*s.verb)] if s.verb else None for s in voice.spans(text)] == expected


TURNS = [
    ("ANNA: Are you cold?\nBEN: It is.", ["ANNA", "BEN"]),
    ("Rosa Diaz: I have seen it.\nTom O’Neill: So have we.", ["Rosa Diaz", "Tom O’Neill"]),
    ("Q: Where were the keys?\nA: In the boat.\nQ: And the boat?\nA: At sea.", ["Q", "A", "Q", "A"]),
    ("Q. Where were the keys?\nA. In the boat.", ["Q", "A"]),
    ("Question: Will it be cold?\nAnswer: It will.", ["Question", "Answer"]),
    ("Rosa Diaz: I saw it.\nReporter: So did he.\nRosa Diaz: He lied.", ["Rosa Diaz", "Reporter", "Rosa Diaz"]),
    ("MR. LEE: It was lost.\nMS. KAY: When?\nThe lamp fell.\nMR. LEE: At noon.", ["MR. LEE", "MS. KAY", "MR. LEE"]),
    ("Pros: It is light.\nCons: It breaks.\nPros: You can mend it.", []),
    ("AUDIENCE MEMBER: Is it green?\nDR. ROE: It is.", ["AUDIENCE MEMBER", "DR. ROE"]),
    ("A. Apples are red.\nB. Bananas are not.", []),
    ("Host: The town hall.\nSpeaker: Anna Lind will open the fair.", []),
    ("They met twice.\nDiaz: Was it cold?\nLind: It was.\nDiaz: Good.\nLind: Not at all.", ["Diaz", "Lind"] * 2),
    ("Note: The hall is closed.\nPhoto: The hall last year.", []),
    ("South Korea: The island has two harbours.\nNew Zealand: The island has one.", []),
    ("Bread: Two loaves a day.\nMilk: None at all.", []),
    ("The verdict was short: Guilty.\nThe sentence was long: Nine years.", []),
    ("ANNA: The lake is frozen.\nThe others said nothing.", []),
    ("Opening Hours: We are here from nine.\nClosing Time: We leave at five.", []),
]


@pytest.mark.parametrize(("text", "expected"), TURNS, ids=[text[:30] for text, _ in TURNS])
def test_turns_of_a_transcript(text, expected):
    found = voice.spans(text)
    assert [text[slice(*s.speaker)] for s in found] == expected
    assert all(s.voice == Q and text[s.start - 2 : s.start] in (": ", ". ") for s in found)


@given(st.text(alphabet=st.sampled_from("aB .,\n“”\"‘’'«said that accused of X"), max_size=160))
def test_spans_are_in_order_and_do_not_overlap(text):
    found = voice.spans(text)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


NEVER_STOPS = [
    *("word and China said the ", "“Russia said that ", "‘Russia said ’t ", "according to Xi, ", "‘a ", "', said \"x"),
    *("China, which said it, said that Xi said: ", "X accused Y of of of ", "“"),
]


@pytest.mark.parametrize("piece", NEVER_STOPS)
def test_a_text_that_never_stops_is_read_to_its_end(piece):
    assert {s.voice for s in voice.spans(piece * 20_000)} <= {"quoted"}


def test_the_corpus_labels_are_found(corpus, capsys):
    for name in ("first 128", "test"):
        found = benchmark.measure(benchmark.sets()[name], corpus)
        with capsys.disabled():
            print(f"\n  voices, {name}:", ", ".join(f"{what} {value:.3f}" for what, value in found.items()), end="")
        if name == "first 128":
            assert found["quoted F1"] >= 0.99
            assert found["reported F1"] >= 0.87
            assert found["token precision"] >= 0.96 and found["token recall"] >= 0.9
            assert found["own-voice purity"] >= 0.975
            assert found["speakers right"] >= 0.78
