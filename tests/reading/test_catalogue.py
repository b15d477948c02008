import random

import pandas as pd
import pytest

from helpers import InputError
from helpers.reading import catalogue, files

ARTICLE = "Russia met China on Monday. The talks were long, and nobody spoke to the press afterwards.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.txt").write_text(ARTICLE)
    return tmp_path


def left_out(removed):
    return dict(zip(removed[removed.line == 0].doc, removed[removed.line == 0].rule, strict=True))


NOISE = random.Random(7)
FILES = [
    ("empty", b"", "an empty file"),
    ("blank", b" \n\t\n", "an empty file"),
    ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file: save the article as plain text"),
    ("noise", bytes(NOISE.randrange(1, 256) for _ in range(4000)), "a binary file: save the article as plain text"),
]


@pytest.mark.parametrize(("name", "data", "rule"), FILES, ids=[name for name, *_ in FILES])
def test_a_file_that_is_no_article_is_listed_with_the_reason(folder, name, data, rule):
    (folder / f"{name}.txt").write_bytes(data)
    documents, removed = catalogue.read_documents(folder)
    assert documents.doc.tolist() == ["good"]
    assert left_out(removed) == {name: rule}


ENCODINGS = [
    ("utf-8-sig", "Der Außenminister sprach über die Brücke und über Größe."),
    ("utf-16", "Министр обороны прибыл в Пекин и встретился с коллегой."),
    ("cp1251", "Министр обороны России прибыл в Пекин с официальным визитом и встретился с китайским коллегой."),
    ("latin-1", "Le président a été reçu à l'Élysée; la réunion s'est achevée très tard, a-t-on appris à Paris."),
    (
        "cp1252",
        "He called it “a new start” – nothing more – and the ministers’ talks went on for three hours in the city.",
    ),
]


@pytest.mark.parametrize(("encoding", "text"), ENCODINGS, ids=[name for name, _ in ENCODINGS])
def test_text_in_another_encoding_is_read(encoding, text):
    assert files.decode(text.encode(encoding)) == text


def test_one_word_is_an_article_and_two_megabytes_are_one_too(folder):
    (folder / "word.txt").write_text("Snow")
    (folder / "long.txt").write_text(
        "\n".join(f"Line {n} of a report that never ends, filed from the coast." for n in range(34_000))
    )
    documents, _ = catalogue.read_documents(folder)
    words = documents.set_index("doc").words
    assert words["word"] == 1
    assert words["long"] == 34_000 * 12


def test_the_catalogue_gives_outlet_day_title_and_address(folder):
    (folder / "articles.csv").write_text(
        "doc,outlet,published,title,url\ngood,The Lantern,2024-02-29,A Title,https://x.example\n"
    )
    row = catalogue.read_documents(folder)[0].iloc[0]
    assert (row.outlet, row.title, row.url, row.dated_by) == (
        "The Lantern",
        "A Title",
        "https://x.example",
        "catalogue",
    )
    assert row.published == row.earliest == row.latest == pd.Timestamp("2024-02-29")


def test_without_a_catalogue_outlet_and_day_are_unknown_unless_the_dateline_tells(folder):
    (folder / "wire.txt").write_text("OSLO, May 3, 2023 (NTB) - " + ARTICLE)
    documents = catalogue.read_documents(folder)[0].set_index("doc")
    assert documents.outlet.tolist() == ["unknown outlet"] * 2
    assert documents.dated_by.to_dict() == {"wire": "dateline", "good": "unknown"}
    assert (documents.place["wire"], documents.agency["wire"]) == ("OSLO", "NTB")
    assert documents.published["wire"] == pd.Timestamp("2023-05-03")


CATALOGUES = [
    ("doc,outlet\nmissing,X\n", "missing", "articles.csv names it, but there is no such file"),
    ("doc,published\ngood,31 February\n", "good", "no such day in articles.csv: write it as 2024-10-15"),
    ("doc,published\ngood,2024-02-31\n", "good", "no such day in articles.csv: write it as 2024-10-15"),
    ("doc,outlet\ngood,X\ngood,Y\n", "good", "a second row for this article in articles.csv: the first counts"),
]


@pytest.mark.parametrize(("table", "doc", "rule"), CATALOGUES)
def test_a_catalogue_row_that_can_not_be_used_is_listed(folder, table, doc, rule):
    (folder / "articles.csv").write_text(table)
    documents, removed = catalogue.read_documents(folder)
    assert documents.doc.tolist() == ["good"]
    assert left_out(removed) == {doc: rule}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name,outlet\ngood,X\n", "no column 'doc'"),
        ('doc,outlet\n"good,X\nother,Y\n', "a quotation mark before 'good,X' is never closed"),
        ("", "no column 'doc'; it has nothing"),
    ],
)
def test_a_broken_catalogue_is_one_line(folder, table, message):
    (folder / "articles.csv").write_text(table)
    with pytest.raises(InputError, match=message) as raised:
        catalogue.read_documents(folder)
    assert "\n" not in str(raised.value)


def test_an_article_the_catalogue_lacks_is_read_all_the_same(folder):
    (folder / "articles.csv").write_text("doc,outlet\n")
    assert catalogue.read_documents(folder)[0].outlet.tolist() == ["unknown outlet"]


def test_two_files_of_one_name_and_a_file_that_is_no_text_are_listed(folder):
    (folder / "good.TXT").write_text(ARTICLE)
    (folder / "scan.pdf").write_bytes(b"%PDF")
    documents, removed = catalogue.read_documents(folder)
    assert len(documents) == 1
    assert set(left_out(removed)) == {"good", "scan.pdf"}
    assert left_out(removed)["scan.pdf"] == "not a kind of file that is read: save it as .txt or .html"


@pytest.mark.parametrize(("make", "message"), [(False, "no such folder"), (True, "holds no article")])
def test_a_missing_or_empty_folder_is_one_line_with_the_cure(tmp_path, make, message):
    target = tmp_path / "corpus"
    if make:
        target.mkdir()
    with pytest.raises(InputError, match=message) as raised:
        catalogue.read_documents(target)
    assert str(target) in str(raised.value)


def test_a_folder_of_empty_files_says_what_is_wrong_with_them(tmp_path):
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(InputError, match=r"a\.txt: an empty file"):
        catalogue.read_documents(tmp_path)


def test_a_line_that_three_articles_of_an_outlet_share_is_furniture(tmp_path):
    for name, story in zip("abc", ("ferry", "harvest", "election"), strict=True):
        (tmp_path / f"{name}.txt").write_text(
            f"The Lantern has been burning since 1871.\nThe {story} was late this year, and nobody could say why.\n"
            f"The people of the {story} have their own view of it, which they keep to themselves."
        )
    documents, removed = catalogue.read_documents(tmp_path)
    assert not documents.text.str.contains("1871").any()
    assert set(removed.rule) == {"repeated across articles"}


def test_a_sentence_that_three_copies_share_is_no_furniture(tmp_path):
    for name in "abc":
        lines = ["Russia met China in the old port on Monday.", "The talks were long and ended late at night."]
        (tmp_path / f"{name}.txt").write_text("\n".join([*lines, f"Nobody knows why the {name} ship left the port."]))
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.text.str.contains("Russia met China").all()
    assert removed.empty


def test_the_fingerprint_changes_with_a_letter_and_not_with_the_folder(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "good.txt").write_text(ARTICLE)
    assert files.fingerprint(folder) == files.fingerprint(other)
    (other / "good.txt").write_text(ARTICLE.replace("Monday", "Tuesday"))
    assert files.fingerprint(folder) != files.fingerprint(other)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister said on Monday that the talks had been useful.", "en"),
        ("El ministro dijo el lunes que las conversaciones habían sido útiles.", "es"),
        ("Министр сказал в понедельник, что переговоры были полезными.", "ru"),
        ("Snow", ""),
        ("", ""),
        # The script tells, however short a text is.
        ("渔船星期三早上离开港口，因为风暴已经过去。", "zh"),
        ("漁船在暴風過後離開港口。", "zh"),
        ("漁船は水曜日の朝に港を出た。", "ja"),
        ("港の嵐、三日目に", "ja"),
        ("어선이 수요일 아침 항구를 떠났다.", "ko"),
        ("เรือประมงออกจากท่าเรือเมื่อเช้าวันพุธ", "th"),
        ("Η αλιεία σταμάτησε.", "el"),
        ("غادرت السفن الميناء صباح الأربعاء.", "ar"),
        ("کشتی‌ها صبح چهارشنبه بندر را ترک کردند.", "fa"),
        ("הספינות עזבו את הנמל.", "he"),
        ("Суда вышли из порта.", "ru"),
        ("Кораблі вийшли з порту у середу вранці.", "uk"),
        ("जहाज़ बुधवार सुबह बंदरगाह से निकले।", "hi"),
        ("渔船“the crew of the north and the crew of the south sail”离开港口。", "zh"),
        ("Суда NATO вышли из порта Rotterdam, сообщила BBC.", "ru"),
        ("The crew painted the word 港口 on the hull of the boat before it left.", "en"),
        # Quotations are of no account.
        ("Le pêcheur a lu la lettre : “the crew of the north and the crew of the south sail”. Le port dort.", "fr"),
        (
            'Der Kapitän sagte: "the crew of the north and the cook of the south and him", und das Schiff lief aus.',
            "de",
        ),
        (
            "El capitán leyó «the crew of the north and the cook of the south and him» y el barco salió del puerto.",
            "es",
        ),
        ("The captain read: “Les pêcheurs ont quitté le port mercredi matin, et la mer dormait.” Nobody asked.", "en"),
        (
            "Le capitaine est parti pour le port. On the boat the crew and the cook met. La mer était calme et "
            "les pêcheurs dormaient dans les cabines pour la nuit.",
            "fr",
        ),
        # Headlines.
        ("Vessels stay ashore as gale hits coast", "en"),
        ("Kenya fishermen dey wait as gale hit Mombasa", "en"),
        ("Rovers win on penalties after late goal", "en"),
        ("GALE KEEPS BOATS ASHORE IN NORWAY", "en"),
        ("Fish prices rise as boats stay ashore: five charts", "en"),
        ("Tempête : le port fermé pour le troisième jour", "fr"),
        ("La tormenta cierra el puerto por tercer día", "es"),
        ("Sturm schließt Hafen den dritten Tag in Folge", "de"),
        ("Fırtına limanı üçüncü gün de kapattı", "tr"),
        ("Burza zamyka port trzeci dzień z rzędu", "pl"),
        ("Badai menutup pelabuhan untuk hari ketiga", "id"),
        ("Lind 12, Duarte 45", ""),
    ],
)
def test_language(text, code):
    assert catalogue.language(text) == code
