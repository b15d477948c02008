import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.actors import gazetteer, names, resolve
from helpers.actors import mentions as actors

GAZETTEER = gazetteer.read()
AUTUMN_2024, SUMMER_2023, VACANT = map(pd.Timestamp, ("2024-10-15", "2023-08-15", "2023-11-15"))


def named(text, day=AUTUMN_2024, *, nested=False, until=None):
    """(surface, actor, via) of each mention."""
    found = actors.mentions(text, day, GAZETTEER, until=until)
    return [(m.surface, m.actor, m.via) for m in found if m.nested == nested]


MENTIONS = [
    ("He told us that US forces left.", [("US", "USA", "name")]),
    ("DON'T MAKE US LAUGH", []),
    ("A U.S.-led drill; the U.S. agreed.", [("U.S.", "USA", "name")] * 2),
    ("China’s army, China-made, non-Chinese.", [("China", "CHN", "name")] * 2 + [("Chinese", "CHN", "dem")]),
    ("Sino-Russian ties", [("Sino", "CHN", "dem"), ("Russian", "RUS", "dem")]),
    ("Guangdong and Dongfeng stayed home.", []),
    ("In the Sea of Japan, Japan protested.", [("Japan", "JPN", "name")]),
    ("The Washington Post and the Moscow Times wrote.", []),
    ("Latin America keeps to the one-China principle.", []),
    ("Radio Free Europe/Radio Liberty reported.", [("Radio Free Europe/Radio Liberty", "RFERL", "inst")]),
    ("the Russian defence ministry said", [("Russian defence ministry", "RUS_MOD", "inst")]),
    ("Russia's Defense Ministry said", [("Russia's Defense Ministry", "RUS_MOD", "inst")]),
    ("Moscow's Ministry of Foreign Affairs said", [("Moscow's Ministry of Foreign Affairs", "RUS_MFA", "inst")]),
    (
        "the Ministry of National Defense in Taipei said",
        [("Ministry of National Defense", "TWN_MOD", "inst"), ("Taipei", "TWN", "loc")],
    ),
    (
        "the Shanghai Cooperation Organization (SCO)",
        [("Shanghai Cooperation Organization", "SCO", "inst"), ("SCO", "SCO", "inst")],
    ),
    ("Seoul and South Korean jets", [("Seoul", "KOR", "met"), ("South Korean", "KOR", "dem")]),
    ("The West objects; so do Russians.", [("The West", "WEST", "name"), ("Russians", "RUS", "dem")]),
    ("\u202eChina\u202c won.", [("China", "CHN", "name")]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS, ids=[text[:40] for text, _ in MENTIONS])
def test_mentions(text, expected):
    assert named(text) == expected


PEOPLE = [
    ("Xi Jinping came. Xi left.", ["xi", "xi"]),
    ("Dong Jun met him. Dong spoke.", ["dong_jun", "dong_jun"]),
    ("Dong meets a guest\nDong Jun met him.", ["dong_jun", "dong_jun"]),
    ("A man called Dong spoke.", []),
    ("Li Shangfu met Li Qiang. Li spoke.", ["li_shangfu", "li_qiang"]),
    ("Li Shangfu met Li Ming, a student. Li spoke.", ["li_shangfu"]),
    ("His wife Melania Trump waved.", []),
    ("Donald Trump and his wife Melania Trump waved. Trump spoke.", ["trump", "trump"]),
    ("An aide, Yoon Do-han, spoke. Yoon smiled.", []),
    ("Xi Gives Putin the Cover He Came For", ["xi", "putin"]),
    ("Lloyd Austin spoke. In Texas, Austin said no.", ["austin", "austin"]),
    ("Mr Putin and Gen. Gerasimov watched.", ["putin", "gerasimov"]),
]


@pytest.mark.parametrize(("text", "people"), PEOPLE, ids=[text[:40] for text, _ in PEOPLE])
def test_a_surname_is_its_person_s_or_nobody_s(text, people):
    assert [actor for _, actor, _ in named(text)] == people


CAPITALS = [
    ("Moscow objected.", "met"),
    ("They met in Moscow.", "loc"),
    ("In Moscow, nobody answered.", "loc"),
    ("That is not in Moscow's interest.", "met"),
    ("They walked in Moscow's Gorky Park.", "loc"),
    ("During his visit to Moscow he smiled.", "loc"),
    ("The visit of the admiral, who is ill, to Moscow is off.", "loc"),
    ("Arms were sold to Moscow.", "met"),
    ("He flew from Moscow.", "loc"),
    ("Pressure from Moscow grew.", "met"),
    ("from Moscow to Vladivostok", "loc"),
    ("The Moscow-based institute said so.", "loc"),
    ("A Moscow-led bloc", "met"),
    ("a Moscow taxi driver", "loc"),
    ("a Moscow spokesman", "met"),
    ("the streets of Moscow", "loc"),
    ("the view of Moscow on this", "met"),
    ("They opened a Moscow university.", "loc"),
    ("They tour Moscow, Russia, in May.", "loc"),
    ("He left the Moscow climate accord.", "loc"),
    ("The Moscow agreement binds nobody.", "loc"),
    ("A year after the Moscow summit, little is done.", "loc"),
    ("Moscow agreed to talks.", "met"),
    ("A train between Moscow and Tula was late.", "loc"),
    ("Ties between Moscow and others soured.", "met"),
    ("The mood is sour in both Moscow and Tula.", "loc"),
    ("Both Moscow and others object.", "met"),
    ("Drones struck Moscow overnight.", "loc"),
    ("The march on Moscow stopped.", "loc"),
    ("Sanctions hit Moscow.", "met"),
    ("Pressure on Moscow grew.", "met"),
    ("He left for Moscow.", "loc"),
    ("A blow for Moscow.", "met"),
    ("They drove from Moscow to Tula.", "loc"),
    ("The message from Moscow to Tula is clear.", "met"),
    ("Trust in Moscow is gone.", "met"),
    ("The curbs are aimed at Moscow.", "met"),
    ("That left Moscow isolated.", "met"),
    ("She left Moscow on Friday.", "loc"),
    ("The chess player, Moscow-born, won.", "loc"),
    ("A Moscow-backed militia", "met"),
    ("The Moscow-Tula train runs weekly.", "loc"),
    ("Moscow's mayor spoke.", "loc"),
    ("Residents of Moscow fled.", "loc"),
    ("Moscow, a city of millions, slept.", "loc"),
    ("Our Moscow correspondent writes.", "loc"),
    ("France sent an envoy to Moscow.", "loc"),
    ("France sent weapons to Moscow.", "met"),
    ("Moscow signed an agreement.", "met"),
]


@pytest.mark.parametrize(("text", "via"), CAPITALS)
def test_a_capital_is_its_government_or_a_place(text, via):
    at = text.index("Moscow")
    assert resolve.is_place(text, at, at + 6) == (via == "loc") or "Moscow, Russia" in text
    assert next(found for found in named(text) if found[0] == "Moscow") == ("Moscow", "RUS", via)


def test_capitals_in_a_list_are_what_the_first_is():
    assert [via for *_, via in named("Leaders from Washington, Canberra and Tokyo met.")] == ["met"] * 3
    assert [via for *_, via in named("He stopped in Washington, Canberra and Tokyo.")] == ["loc"] * 3
    assert [via for *_, via in named("During talks in Riyadh, Washington lifted the ban.")] == ["loc", "met"]
    assert [via for *_, via in named("The Moscow-Beijing train and the Moscow-Beijing axis")] == ["loc"] * 2 + [
        "met"
    ] * 2
    halls = "He was received in the Kremlin. Nobody in the White House objects."
    assert [via for *_, via in named(halls)] == ["loc", "met"]


OFFICES = [
    ("Russian Defense Minister", AUTUMN_2024, "belousov"),
    ("Russia's defence minister", SUMMER_2023, "shoigu"),
    ("Russia's new Minister of Defence", AUTUMN_2024, "belousov"),
    ("the minister of defence of Russia", SUMMER_2023, "shoigu"),
    ("Vladimir Putin's number-crunching defence minister", AUTUMN_2024, "belousov"),
    ("Moscow's top diplomat", AUTUMN_2024, "lavrov"),
    ("the Chinese leader", AUTUMN_2024, "xi"),
    ("the Chinese defence minister", SUMMER_2023, "li_shangfu"),
    ("the Chinese defence minister", VACANT, None),
    ("the Chinese defence minister", pd.NaT, None),
    ("the former Russian defence minister", AUTUMN_2024, None),
    ("the Russian deputy defence minister", AUTUMN_2024, None),
    ("the US Secretary of State", AUTUMN_2024, "blinken"),
    ("the secretary of state", AUTUMN_2024, "blinken"),
    ("NATO secretary general", pd.Timestamp("2024-07-10"), "stoltenberg"),
    ("NATO's Secretary General", pd.Timestamp("2024-10-02"), "rutte"),
    ("the Iranian president", pd.Timestamp("2024-06-01"), None),
    ("defence minister of Russia", pd.Timestamp("2024-05-13"), None),
    ("the chief of the Russian general staff", AUTUMN_2024, "gerasimov"),
    ("the commander of the Russian Navy", SUMMER_2023, "yevmenov"),
    ("the vice chairman of the Central Military Commission", AUTUMN_2024, None),  # there are two
    ("the head of the Russian Defence Ministry", AUTUMN_2024, "belousov"),
    ("the head of Russia's foreign ministry", AUTUMN_2024, "lavrov"),
    ("the chief of Russia's general staff", AUTUMN_2024, "gerasimov"),
    ("Russia's Security Council chief", AUTUMN_2024, "shoigu"),
    ("the Chinese Communist Party chief", AUTUMN_2024, "xi"),
    ("NATO's boss", AUTUMN_2024, "rutte"),
    ("the United Nations chief", AUTUMN_2024, "guterres"),
    ("the Kremlin spokesman", AUTUMN_2024, "peskov"),
    ("the Russian Navy Commander-in-Chief", AUTUMN_2024, "moiseyev"),
    ("Iran's supreme leader", AUTUMN_2024, None),
    ("the Russian opposition leader", AUTUMN_2024, None),
    ("the president of Russia's football union", AUTUMN_2024, None),
    ("China's ousted defence minister", AUTUMN_2024, None),
    ("the chairman", AUTUMN_2024, None),
]


@pytest.mark.parametrize(("office", "day", "person"), OFFICES)
def test_an_office_is_whoever_held_it_on_the_day(office, day, person):
    roles = [actor for _, actor, via in named(f"On that day {office} spoke.", day) if via == "role"]
    assert roles == ([person] if person else [])


def test_an_office_of_an_undated_text_is_resolved_when_all_its_days_agree():
    text, may, october = "The Russian defence minister spoke.", pd.Timestamp("2024-05-20"), pd.Timestamp("2024-10-01")
    assert ("Russian defence minister", "belousov", "role") in named(text, may, until=october)
    assert ("Russian defence minister", "belousov", "role") in named(text, may, until=pd.NaT)
    assert [via for *_, via in named(text, SUMMER_2023, until=october)] == ["dem"]


BESIDE = [
    ("President Putin spoke.", ["role putin", "name putin"]),
    ("Defense Secretary Lloyd Austin spoke.", ["role austin", "name austin"]),
    ("The president of Russia spoke.", ["role putin"]),
    ("President-elect Donald Trump waits.", ["role trump", "name trump"]),
    ("Jim Mattis, the former Defense Secretary, spoke.", ["name mattis", "role mattis"]),
    (
        "Zhang Youxia, one of two vice-chairmen of the Central Military Commission, spoke.",
        ["name zhang_youxia", "role zhang_youxia"],
    ),
    ("Tsai Ing-wen (a lawyer), the former president, spoke.", ["name tsai", "role tsai"]),
    ("Defence Minister Dong spoke. Dong smiled.", ["role dong_jun", "name dong_jun", "name dong_jun"]),
    ("The Chinese and Russian defence ministers met.", ["role belousov", "role dong_jun"]),
    (
        "Russian defence minister Andrei Belousov came. The minister spoke.",
        ["role belousov", "name belousov", "role belousov"],
    ),
    ("Dong Jun met Andrei Belousov, his Russian counterpart.", ["name dong_jun", "name belousov", "desc belousov"]),
    ("Dong Jun met his Russian counterpart.", ["name dong_jun", "desc belousov"]),
    ("Wang Yi saw his American counterpart.", ["name wang_yi", "desc blinken"]),
    ("He met his Russian counterpart.", ["dem RUS"]),
    ("The presidents of Russia and China met.", ["role putin", "role xi"]),
    ("The Russian and Chinese leaders met.", ["role putin", "role xi"]),
    ("The leaders of Japan and Kenya met.", ["name JPN"]),
    ("Lavrov met the Russian energy minister.", ["name lavrov", "dem RUS"]),
    ("President-elect Trump waits.", ["role trump", "name trump"]),
    ("NATO met. The alliance's secretary general spoke.", ["name NATO", "role rutte"]),
    ("Xi Jinping spoke for his country.", ["name xi", "desc CHN"]),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE, ids=[text[:50] for text, _ in BESIDE])
def test_who_is_meant_by_what_stands_beside(text, expected):
    assert [f"{via} {actor}" for _, actor, via in named(text)] == expected


GROUPS = [
    ("China and Russia agree. Japan does not. Both countries are glad.", ["CHN", "RUS"]),
    ("Japan fears that Russia and China grow closer. The two sides deny it.", ["CHN", "RUS"]),
    ("Putin met Xi. The two countries are friends.", ["CHN", "RUS"]),
    ("Putin met Xi. Both leaders smiled.", ["putin", "xi"]),
    ("Xi and Putin saw Dong Jun. The two presidents smiled.", ["putin", "xi"]),
    ("China and Russia are friends. China sends no weapons to either side.", []),
    ("China and Russia watch. Both sides of the conflict are tired.", []),
    ("Three countries took part.", []),
    ("China is alone. Both countries are not.", []),
    ("Taiwan is watched. The island waits.", ["TWN"]),
    ("The island waits.", []),
    ("NATO met. The alliance agreed.", ["NATO"]),
    ("The Russian Defence Ministry spoke. The ministry denied it.", ["RUS_MOD"]),
    ("The Russian Defence Ministry and China's Defence Ministry spoke. The ministry denied it.", []),
]


GROUPS += [
    ("Chinese and Russian jets flew. Seoul and Washington objected, for South Korea and the US are allies. "
     "Chinese and Russian crews left, and Moscow praised the two militaries.", ["CHN", "RUS"]),
    ("South Korea and Japan watched as Chinese and Russian bombers came. Tokyo wrote to both governments.",
     ["CHN", "RUS"]),
    ("China talks to Russia when the two navies drill. Neither government fears Manila, and Vietnam and Manila know.",
     ["CHN", "CHN", "RUS", "RUS"]),
    ("Ships, Russian and Chinese, drilled. The US, Britain and Australia met. Both navies left.", ["CHN", "RUS"]),
    ("Russia and Ukraine fight. Chinese traders supply both armies. China and Russia trade.", ["RUS", "UKR"]),
    ("China and the US talk. China sells drones to both armies.", []),
    ("China and the US talk. China said it arms neither side.", []),
    ("A cook and a baker met. Both men laughed. Later Xi met Putin.", []),
    ("Li Shangfu left. No successor was named, though Dong Jun and Lloyd Austin came.", []),
    ("The allies met. NATO agreed.", ["NATO"]),
    ("The allies met.", []),
    ("Thirty-two members agreed, and all thirty-two countries signed for NATO.", ["NATO", "NATO"]),
    ("The European Union met; the Union agreed.", ["EU"]),
    ("The European Union watched the State of the Union.", []),
    ("The authorities in Taipei and the present leadership in Kyiv agree.", ["TWN", "UKR"]),
    ("The author in Taipei agrees.", []),
    ("He praised the Trump administration.", ["USA"]),
    ("He praised Trump for his administration of it.", []),
    ("The Taiwanese president, Lai Ching-te, spoke of his island.", ["TWN"]),
]  # fmt: skip
VISITS = [
    ("Xi Jinping received Vladimir Putin in Beijing. The guest smiled.", ["putin"]),
    ("Vladimir Putin flew to China, where Xi Jinping spoke. The host smiled.", ["xi"]),
    ("Andrei Belousov came to Beijing. Dong Jun told the visitor so.", ["belousov"]),
    ("Andrei Belousov met Dong Jun. His guest was welcome, he said.", ["belousov"]),
    ("Sergei Shoigu, the guest from Moscow, spoke.", ["shoigu"]),
    ("A summit with Putin as host ended. Xi Jinping left. The host was glad.", ["putin"]),
    ("A forum opens in Beijing, and its hosts have no minister.", ["CHN"]),
    ("Antony Blinken saw Xi Jinping in Beijing. His hosts smiled.", ["xi"]),
    ("Joe Biden met Xi Jinping. The American host smiled.", ["biden"]),
    ("The guest smiled, and the hosts did.", []),
    ("The talk show host Donald Trump left. The host was loud.", []),
    ("Xi Jinping went to Moscow. Putin, the host, smiled.", ["putin"]),
    ("Putin came to Beijing. Guests came, and a host of others; the host country paid.", []),
    ("Putin came to Beijing. The guest list was long and the guest-house full.", []),
]


@pytest.mark.parametrize(("text", "members"), GROUPS, ids=[text[:50] for text, _ in GROUPS])
def test_groups_and_descriptions_mean_those_in_play(text, members):
    assert sorted(actor for _, actor, via in named(text) if via == "desc") == members


@pytest.mark.parametrize(("text", "described"), VISITS, ids=[text[:50] for text, _ in VISITS])
def test_who_visits_and_who_is_visited(text, described):
    assert [actor for _, actor, via in named(text) if via == "desc"] == described


def test_the_country_inside_an_office_is_nested():
    text = "Chinese Defence Minister Dong arrived. Dong smiled."
    assert [actor for _, actor, _ in named(text)] == ["dong_jun"] * 3
    assert named(text, nested=True) == [("Chinese", "CHN", "dem")]


# Text, and the actors that are named in it, in order.
INSIDE = [
    ("Torpedo Moscow and Dynamo Kyiv drew, and Atletico Madrid lost.", []),
    ("The Bank of Japan, the Treaty of Rome and the University of Tokyo are old.", []),
    ("Deutsche Bank sold to Air France, and Japan Tobacco to China Mobile.", []),
    ("Chinese Academy of Sciences teams flew with Turkish Airlines.", []),
    ("The Berlin Wall fell; the Tehran Times and the Kyiv Post told it.", []),
    ("The Rome Pact binds them.", []),
    ("Kerry Washington sang, Paris Jackson danced, and so did Emily London.", []),
    ("The writer Irving Berlin rested.", []),
    ("The frigate Delhi, built in 1995, and the USS Washington sailed.", []),
    ("Washington Gov. Ann Lee and Georgia Power agreed.", []),
    ("On Friday Georgia Brown won.", []),
    ("The destroyer China bought is old; Beijing knows it.", ["CHN", "CHN"]),
    ("The US Navy, the Israel Police and the Russian Central Bank agreed.", ["USA", "ISR", "RUS"]),
    ("Russia Deputy Foreign Minister Jan Roe met Taiwan Vice President Ann Lee.", ["RUS", "TWN"]),
    ("The Government of China met the Embassy of Japan.", ["CHN", "JPN"]),
    ("But Moscow said no. Since Tokyo left, Europe waits.", ["RUS", "JPN", "EUROPE"]),
    ("Backing Taiwan is risky. On Monday Beijing agreed. Will China help?", ["TWN", "CHN", "CHN"]),
    ("Nazi Germany attacked; Imperial Japan and Communist China fought.", ["DEU", "JPN", "CHN"]),
    ("He told Bild Ukraine needs arms.", ["UKR"]),
    ("China Monday denied it.", ["CHN"]),
    ("Why Russia Fears Tiny Taiwan", ["RUS", "TWN"]),
    ("The Russia-Ukraine War goes on.", ["RUS", "UKR"]),
    ("Moscow Mayor Jan Roe spoke in Washington, D.C., today.", ["RUS", "USA"]),
    ("The Brussels sprouts and a Peking duck; French fries and Russian roulette.", []),
    ("The West Bank, the West Wing and Western Australia are far from the West.", ["WEST"]),
    ("Paris, Texas, and Peru, Indiana, are towns; Paris, Berlin and Rome agree.", ["FRA", "DEU", "ITA"]),
    ('The show "China in Ten Colours" opens. "China in May?" he asked.', ["CHN"]),
    ("Booker T. Washington wrote. Georgia Senator Ann Lee and Miss Ukraine waved.", []),
    ("The Institute for China Studies praised aid for China.", ["CHN"]),
    ("The cruiser Moscow went down off the Gateway of India.", []),
    ("Donald Trump Jr. left the Trump Tower for Lenin Street. Trump stayed.", ["trump"]),
]


@pytest.mark.parametrize(("text", "states"), INSIDE, ids=[text[:40] for text, _ in INSIDE])
def test_a_state_inside_a_longer_name_is_not_named(text, states):
    assert [actor for _, actor, _ in named(text)] == states


TIMES = [
    ("Deputy Russian defence minister Jan Roe came.", []),
    ("First Deputy Russian Foreign Minister Jan Roe came.", []),
    ("The assistant US secretary of state and the acting Russian defence minister came.", []),
    ("Under Secretary of State Ann Lee came. The US under-secretary of state left.", []),
    ("The Russian vice defence minister and no Chinese president came.", []),
    ("The deputy chief of the Russian general staff came.", []),
    ("Russian defence minister Andrei Belousov met Deputy Chinese Defence Minister Jan Roe.", ["belousov"]),
    ("In 2019 the US president spoke.", ["trump"]),
    ("In May 2022, the Chinese defence minister spoke.", ["wei_fenghe"]),
    ("On 3 June 2023 the Chinese defence minister spoke.", ["li_shangfu"]),
    ("The Russian defence minister in 2022 was blunt.", ["shoigu"]),
    ("In 2024 the US president spoke.", ["biden"]),
    ("In 1985 the US president spoke.", []),
    ("Twenty years ago the Russian president spoke.", []),
    ("In the 1990s the Russian president spoke.", []),
    ("During the Cold War the US president spoke.", []),
    ("Under the previous US president it was so.", []),
    ("The US president of the day agreed.", []),
    ("The US president at the time, Donald Trump, agreed.", ["trump"]),
    ("The then US secretary of state, Mike Pompeo, spoke.", ["pompeo"]),
    ("The US president-elect smiled.", []),
    ("Since 2012 the Russian president has ruled.", ["putin"]),
    ("The US president praised a bridge built in 2018.", ["biden"]),
]


@pytest.mark.parametrize(("text", "people"), TIMES, ids=[text[:40] for text, _ in TIMES])
def test_an_office_of_another_time_or_a_deputy_is_not_today_s_holder(text, people):
    assert [actor for _, actor, via in named(text) if via == "role"] == people


MEANT = [
    ("Wang Yi met Wang Jun.", ["wang_yi"]),
    ("Wang Yi met Jun Wang, a student. Wang spoke.", ["wang_yi"]),
    ("Melania Trump waved. Trump spoke.", []),
    ("Wang Yi came. Wang smiled. Wang Hao left. Wang stayed.", ["wang_yi", "wang_yi"]),
    ("Li Qiang came. Li spoke. Li Shangfu left.", ["li_qiang", "li_qiang", "li_shangfu"]),
    ("Premier Li came. Li spoke.", ["li_qiang", "li_qiang", "li_qiang"]),
    ("Former premier Li came.", ["li_keqiang", "li_keqiang"]),
    ("Is Putin ill? Can Lavrov stay?", ["putin", "lavrov"]),
    ("Putin Meets Xi", ["putin", "xi"]),
    ("VLADIMIR PUTIN met WANG YI", ["putin", "wang_yi"]),
    ("LI AND PUTIN SPEAK\nLi Qiang came.", ["li_qiang", "putin", "li_qiang"]),
    ("IT IS FOR US; WHO KNOWS?", []),
    ("THEY SENT US$5 AND US$6", []),
    ("BEIJING — All is calm.", ["CHN"]),
    ("The Kremlin boss met the head of NATO.", ["putin", "rutte"]),
    ("The Kremlin chief of staff met the NATO chief negotiator.", ["RUS", "NATO"]),
    ("The Russian PM met the Chinese prime minister.", ["mishustin", "li_qiang"]),
    ("The US defence minister met the head of Chinese diplomacy.", ["austin", "wang_yi"]),
    ("The Russian navy chief met the French head of state.", ["moiseyev", "macron"]),
    ("On Friday China removed Li Shangfu. It had made him defence minister.", ["CHN", "li_shangfu", "li_shangfu"]),
    ("Shoigu met Wei Fenghe, his opposite number.", ["shoigu", "wei_fenghe", "wei_fenghe"]),
    ("Lavrov, who met Blinken, phoned his Chinese counterpart.", ["lavrov", "blinken", "wang_yi"]),
    ("Austin Lloyd met Dong Jun and his US counterpart.", ["dong_jun", "austin"]),
    ("Xi met his counterpart; Putin came late.", ["xi", "putin"]),
    ("Putin came. Xi met his counterpart.", ["putin", "xi", "putin"]),
    ("China said through its Foreign Ministry that it agreed.", ["CHN", "CHN_MFA"]),
    (
        "Russia's Foreign Ministry and China's Foreign Ministry spoke. Beijing smiled, the ministry said.",
        ["RUS_MFA", "CHN_MFA", "CHN", "CHN_MFA"],
    ),
    ("China and Russia met. Neither side in Gaza yields.", ["CHN", "RUS"]),
    ("Thirty-two countries met China and Russia.", ["CHN", "RUS"]),
    ("Volodymyr Zelenskiy met Aliaksandr Lukashenka and Sergei Shoygu.", ["zelensky", "lukashenko", "shoigu"]),
]


@pytest.mark.parametrize(("text", "expected"), MEANT, ids=[text[:40] for text, _ in MEANT])
def test_whom_names_titles_and_what_stands_for_them_mean(text, expected):
    assert [actor for _, actor, _ in named(text)] == expected


STOPS = ["He made Moscow his first stop.", "Moscow was the first stop.", "He chose Moscow for his first journey."]
STOPS += ["He toured Moscow.", "He spoke at Moscow's security conference.", "MOSCOW, May 3 (AP) - All is calm."]


@pytest.mark.parametrize("text", STOPS)
def test_a_capital_where_one_stops_is_a_place(text):
    assert [via for surface, _, via in named(text) if surface.upper() == "MOSCOW"] == ["loc"]


WRITTEN = [
    "Lai Ching\u2011te",
    "Lai Ching\u2010te",
    "Lai\u2009Ching-te",
    "Lai  Ching-te",
    "L\u00adai\u00a0 Ching-\u200bte",
]
WRITTEN += ["People\u02bcs Liberation Army", "People\u2019s   Liberation\u202fArmy"]


@pytest.mark.parametrize("name", WRITTEN)
def test_a_name_is_found_however_its_marks_and_blanks_are_written(name):
    text = f"Now\u00ad  {name}  spoke."
    (found,) = actors.mentions(text, AUTUMN_2024, GAZETTEER)
    assert (found.surface, text[found.start : found.end]) == (name, name)


SPOKEN = (
    "Xi Putin Li Shangfu Qiang Moscow China’s Russian Chinese defence minister Minister the The two both countries his "
    "counterpart and , . in to from President former ministry Defence of Navy island said \n US “Russia U.S.-led"
)
WORDS = st.sampled_from(SPOKEN.split(" "))


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_mentions_are_sorted_point_at_their_words_and_are_the_same_twice(text):
    found = actors.mentions(text, AUTUMN_2024, GAZETTEER)
    assert found == sorted(set(found)) == actors.mentions(text, AUTUMN_2024, GAZETTEER)
    assert all(text[m.start : m.end] == m.surface and m.actor for m in found)
    assert {m.actor for m in found} <= set(GAZETTEER.actors.actor)


HEAVY = [
    "the Russian defence minister and the two countries and his Chinese counterpart, ",
    "China and Russia and both countries and the island and his country and the ministry ",
    "the minister, Dong, Li, the two presidents of the Russian defence ministry, ",
    "Xi and the guest of Russia and China, his hosts and both armies, the Russian is the host ",
    "Xi " * 9 + "US ",
]


@pytest.mark.parametrize("phrase", HEAVY)
def test_a_long_text_without_a_stop_is_read_and_nothing_in_it_is_read_twice(phrase):
    text = phrase * (300_000 // len(phrase))
    few, many = (actors.mentions(text[:size], AUTUMN_2024, GAZETTEER) for size in (10_000, len(text)))
    assert len(many) > 20 * len(few)


def test_a_folder_s_own_gazetteer_replaces_the_packaged_one(tmp_path):
    (tmp_path / "actors.csv").write_text("actor,kind,name,aliases\nmoon,state,Moonland,Moonland|C++ (state)\n")
    found = actors.mentions("Moonland and C++ (state) met China.", AUTUMN_2024, gazetteer.read(tmp_path))
    assert [(m.surface, m.actor) for m in found] == [("Moonland", "moon"), ("C++ (state)", "moon")]


def test_an_empty_gazetteer_finds_nobody(tmp_path):
    (tmp_path / "actors.csv").write_text("actor,kind,name,aliases\n")
    assert actors.mentions("China met Russia.", AUTUMN_2024, gazetteer.read(tmp_path)) == []


def table(*texts):
    """The sentences of as many articles, one sentence a full stop."""
    rows = []
    for number, text in enumerate(texts):
        for sent, found in enumerate(re.finditer(r"[^.]+\.?", text)):
            rows.append((f"d{number}", sent, found.start(), found[0]))
    return pd.DataFrame(rows, columns=["doc", "sent", "start", "text"]).astype({"text": str})


NOBODY = pd.DataFrame({"doc": pd.Series(dtype=str), "start": pd.Series(dtype=int), "end": pd.Series(dtype=int)})
UNKNOWN = [
    ("We met Jane Doe. Then Doe left.", ["Jane Doe", "Jane Doe"]),
    ("Foreign Minister Kang Kyung-wha met Kang Kyung-wha.", ["Kang Kyung-wha"] * 2),
    ("We saw Polish President Jane Doe. So did Polish President Jane Doe.", ["Jane Doe"] * 2),
    ("On Monday we met the Harbin Institute of Technology. The Harbin Institute of Technology won.", 2),
    ("The house is old. The house is new. A house.", []),
    ("They wrote Not again. He wrote Not and Not.", []),  # a small word is no name
    ("He saw Oslo.", []),  # once
    ("JANE DOE WINS AGAIN IN OSLO. JANE DOE WINS AGAIN IN OSLO.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), UNKNOWN, ids=[text[:40] for text, _ in UNKNOWN])
def test_names_no_gazetteer_knows(text, expected):
    found = names.unknown(table(text), NOBODY)
    assert (found.actor.tolist() if isinstance(expected, list) else len(found)) == expected
    assert list(found) == ["doc", "sent", "start", "end", "surface", "actor"]
    assert all(text[row.start : row.end] == row.surface for row in found.itertuples())


def test_what_the_gazetteer_knows_is_not_unknown():
    known = pd.DataFrame({"doc": ["d0"], "start": [7], "end": [15]})
    assert names.unknown(table("We met Jane Doe. She met Oslo. So did Oslo."), known).actor.tolist() == ["Oslo", "Oslo"]


@pytest.mark.parametrize(
    "text", ["The administration spoke.", "His guest and the host met his country.", "Both sides left."]
)
def test_who_is_told_of_by_nobody_named_is_nobody(text, tmp_path):
    (tmp_path / "actors.csv").write_text("actor,kind,name,surname,aliases\n")
    assert actors.mentions(text, None, gazetteer.read(tmp_path)) == []
