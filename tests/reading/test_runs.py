"""Furniture inside the text is cut, and nothing that an article needs."""

import pytest

from helpers.reading import catalogue, runs

TALES = [
    ("ferry", "Nobody in town could say why it had come to that.", "The price of the ferry rose again."),
    ("harvest", "The mayor spoke of bad luck and went home early.", "People from the north came to see it at dusk."),
    (
        "bakery",
        "Fishermen blamed the wind, and farmers the rain.",
        "A book on the bakery is out, and few have read it.",
    ),
    ("railway", "Two men from the ministry left a bill.", "Its owner sold the railway to a bank from the south."),
    ("orchard", "It will be mended in spring, if money comes.", "He asked for a loan, and the bank gave him half."),
    ("glacier", "Children drew it on the wall of the school.", "She paints the glacier from her window every day."),
    ("chapel", "A choir sang, and the brigade's band played on.", "In March the chapel was closed to visitors."),
    ("lighthouse", "Old people remember a worse year than this.", "But the lighthouse has friends in the capital."),
]
FURNITURE = [
    "JUST WATCHED Gale keeps the boats ashore Replay More Videos ... MUST WATCH Gale keeps the boats ashore 02:05",
    "JUST WATCHED Boats stay ashore for a third day in Bergen as prices rise",
    "Gale keeps boats ashore for third day Council votes on new budget after long night",
    "Gale Keeps Boats Ashore For Third Day, Council votes on the budget after a long night",
    "Related: Gale keeps boats ashore for a third day as council votes on new budget",
    "Watch: Gale keeps boats ashore for a third day as council votes on the budget 02:31",
    "Sign up for our morning letter to get the news of the coast in your inbox.",
    "You can read all our stories on the harbour at www.lantern.example and in print every day.",
    "Follow us on all channels for the latest on the harbour, the boats and the weather.",
]
BACKGROUND = "The two towns have quarrelled over the water of the lake since a dam was built there in 1962."
NEEDED = [  # {} stands for what differs from article to article
    BACKGROUND,
    "All the accused are presumed innocent until a court of law has found them guilty beyond doubt.",
    "“We will not give up an inch of this land, and our children will not either,” the mayor said.",
    "“We are ready. You must know that our people on the islands will stand with us to the end. Yes,” he said.",
    '"We are ready. Your people on the islands must know that we will stand with them to the end. Yes," he said.',
    "We call on both sides to show restraint and to come back to the table, the ministry said.",
    "You have to know the sea to fish here, Mr Dahl, 71, said in an interview with the Lantern.",
    "Minister of Foreign Affairs of the People's Republic of China Wang Yi said the {} would wait.",
    "The Ministry of Foreign Affairs of the People's Republic of China on Monday praised the {}.",
    "It was the third time this year that the Joint Commission for Fisheries and the Environment met on the {}.",
    "According to the Joint Commission for Fisheries of the Kingdom of Norway and the Russian Union the {} is safe.",
    "Asked about it at a briefing in the capital, the spokesman for the ministry of fish said “The {} is safe.”",
    "The harbour is closed from 10:30 to 12:00 local time every day because of the works on the northern pier.",
    "The minister wrote on WhatsApp that the works on the northern pier would go on until the end of the year.",
    "NATO allies agreed in Madrid in 2022 to put more troops on high alert along the eastern flank.",
    "Sailing with HMCS OTTAWA of the Royal Canadian Navy and the whole northern fleet is the {}.",
]


def read(folder, furniture, number=8, where="{opening} {} {more}\n{end}"):
    for subject, end, more in TALES[:number]:
        opening = f"The {subject} has been the talk of the town since a {TALES[len(subject) % 8][0]} burned down there."
        body = where.format(furniture.format(subject), opening=opening, more=more, end=end)
        (folder / f"{subject}.txt").write_text(f"Title: Of a {subject}\nSource: The Lantern\n\n{body}\n")
    return catalogue.read_documents(folder)


@pytest.mark.parametrize(
    "where", ["{opening} {} {more}\n{end}", "{opening} {more} {}\n{end}", "{} {opening}\n{more} {end}"]
)
@pytest.mark.parametrize("furniture", FURNITURE)
def test_what_many_articles_of_an_outlet_share_is_cut_out_of_their_sentences(furniture, where, tmp_path):
    documents, removed = read(tmp_path, furniture, where=where)
    assert not documents.text.str.contains("ashore|inbox|channels|stories").any()
    for subject, end, more in TALES:
        text = documents.set_index("doc").text[subject]
        assert end in text and more in text and f"The {subject} has been the talk of the town" in text
    assert all(furniture[-20:] in " ".join(cuts) for _, cuts in removed.groupby("doc").text)


@pytest.mark.parametrize("needed", NEEDED)
def test_what_a_sentence_needs_stays_in_all_articles(needed, tmp_path):
    documents, removed = read(tmp_path, needed)
    assert all(needed.format(row.doc) in row.text for row in documents.itertuples())
    assert set(removed.rule) == {"header"}


@pytest.mark.parametrize("furniture", FURNITURE)
def test_background_beside_furniture_stays(furniture, tmp_path):
    for number, both in enumerate(
        (f"{BACKGROUND} {furniture}", f"{furniture} {BACKGROUND}", f"{furniture} The {{}} is old.")
    ):
        (tmp_path / str(number)).mkdir()
        documents, _ = read(tmp_path / str(number), both)
        left = BACKGROUND if number < 2 else "The {} is old."
        assert all(left.format(row.doc) in row.text for row in documents.itertuples())


def test_few_articles_copies_and_other_outlets_make_no_furniture(tmp_path):
    for name in ("two", "copies", "others"):
        (tmp_path / name).mkdir()
    documents, _ = read(tmp_path / "two", FURNITURE[2], number=3)
    assert documents.text.str.contains("ashore").all()
    for number in range(5):
        body = (
            f"The ferry left on Monday. {FURNITURE[2]} It came back on Friday, and nobody was glad of it but {number}."
        )
        (tmp_path / "copies" / f"{number}.txt").write_text(f"Source: The Lantern\n\n{body}")
        body = f"{TALES[number][1]} {FURNITURE[2]} {TALES[number][2]}"
        (tmp_path / "others" / f"{number}.txt").write_text(f"Source: The Candle\n\n{body}")
    assert catalogue.read_documents(tmp_path / "copies")[0].text.str.contains("ashore").all()
    assert read(tmp_path / "others", FURNITURE[2])[0].text.str.contains("ashore").all()


STORIES = [
    ("Mayor Ann Bay Ann BayGale hits coast Boats stay ashore MORE (N.Y.) sailed.", "Mayor Ann Bay (N.Y.) sailed."),
    ("It is Lind Karl (Kalle) Erik LindWhat we know | Five fights to watch MORE's boat.", "It is Lind's boat."),
    (
        "He sailed. WATCH ALSO The gale is here Play ALSO WATCHED The gale is here 1:02 She fell.",
        "He sailed.  She fell.",
    ),
    ("Left. JUST SEEN The gale is here Play again ... MUST SEEN The gale is here (1:02) She fell.", "Left.  She fell."),
    ("The BayGale of Ann Bay asks for MORE of the same.", None),
    ("The ship Karl Lind of Karl Lindgren wants MORE from OTHERS.", None),
    ("HMAS PETREL sailed from the north on Monday, and HMAS GANNET sailed from the north on Friday.", None),
    ("The HMCS PETREL Frigate left. The HMCS PETREL Frigate came back.", None),
    ("GALE KEEPS BOATS ASHORE AND GALE KEEPS BOATS HERE", None),
]


@pytest.mark.parametrize(("line", "left"), STORIES)
def test_other_stories_are_cut_out_of_a_sentence(line, left):
    told = line
    for start, end in reversed(list(runs.stories(line))):
        told = told[:start] + told[end:]
    assert told == (line if left is None else left)
    assert left is None or runs.has_stories(line)
