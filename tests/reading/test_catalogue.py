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
        (
            3 * "Der Kapitän blieb am Montag im Hafen. “The salt of the sea, the rust of the pier and the smell of the "
            "nets and the noise of the gulls are the things that the men of the coast know,” rief er über die Mole. ",
            "de",
        ),
    ],
)
def test_language(text, code):
    assert catalogue.language(text) == code


LONG = (
    "Fishermen of the two harbours met in the old customs house to speak of the new nets, the mayor said afterwards.",
    "Nobody could remember a longer evening, and the lamp of the pier was lit twice before the last of them went home.",
    "A clerk said that the nets would be paid for by the end of the year, whatever the price of herring might be then.",
)
PROSE = "\n".join(LONG)


def read_one(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    documents, removed = catalogue.read_documents(folder)
    return documents.set_index("doc"), removed


def page(address, head="", body=""):
    told = "".join(f"<p>{sentence}</p>" for sentence in LONG)
    head = f"<title>New nets</title><link rel='canonical' href='{address}'>{head}"
    return f"<html><head>{head}</head><body><article><h1>New nets</h1>{body}{told}</article></body></html>"


STATED = "<meta property='article:published_time' content='2023-05-03T06:00:00Z'>"
TOLD = [
    ("a.html", page("https://l.example/remembering-2001-09-11", STATED), "2023-05-03", "HTML metadata"),
    ("a.html", page("https://l.example/2001-09-11-remembered", STATED), "2023-05-03", "HTML metadata"),
    ("2001-09-11.html", page("https://l.example/nets", STATED), "2023-05-03", "HTML metadata"),
    ("a.html", page("https://l.example/news/2023/may/03/nets"), "2023-05-03", "address"),
    ("a.html", page("https://l.example/news/03-may-2023/nets"), "2023-05-03", "address"),
    ("report-19991231.txt", f"OSLO, May 3, 2023 (NTB) - {PROSE}", "2023-05-03", "dateline"),
    ("report-19991231.txt", f"New nets\nPublished: 3 May 2023\n{PROSE}", "2023-05-03", "text"),
    ("report-19991231.txt", f"Title: New nets\nDate: 3 May 2023\n\n{PROSE}", "2023-05-03", "front matter"),
    ("report-20230503.txt", PROSE, "2023-05-03", "file name"),
    ("report-20010911.txt", f"{PROSE}\nIn 2023 the herring came back.", None, "unknown"),
    (
        "report-20230503.txt",
        f"{PROSE}\nIn 2010 the herring left, and by 2050 it may be back.",
        "2023-05-03",
        "file name",
    ),
    ("2023-05-03-nets.txt", f"{PROSE}\nUpdated: 4 May 2023", "2023-05-03", "file name"),
    ("a.txt", f"2023-05-03T09:12:00Z\n\n{PROSE}", "2023-05-03", "text"),
    ("a.txt", f"New nets\n2023-05-03T09:12:00.000+02:00\n{PROSE}", "2023-05-03", "text"),
    ("a.txt", f"New nets\n20230503T091200Z\n{PROSE}", "2023-05-03", "text"),
    ("a.txt", f"New nets\n03-May-2023\n{PROSE}", "2023-05-03", "text"),
    ("a.txt", f"New nets\nmercredi 3 mai 2023\n{PROSE}", "2023-05-03", "text"),
    ("a.txt", f"New nets\n5/13/23\n{PROSE}", "2023-05-13", "text"),
    ("a.txt", f"Wed May 03 08:12:00 +0000 2023\n{PROSE}", "2023-05-03", "text"),
    ("a.txt", f"2023年5月3日\n{PROSE}", "2023-05-03", "text"),
    ("a.txt", f"New nets\nMay 3 at 5:12\n{PROSE}", None, "unknown"),
    ("a.txt", f"{PROSE}\nPublished on 3 May 2023", "2023-05-03", "text"),
    ("a.txt", f"{PROSE}\n3 May 2023", "2023-05-03", "text"),
    ("a.txt", f"New nets\nUpdated 5 May 2023\nPublished 3 May 2023\n{PROSE}", "2023-05-03", "text"),
    ("a.txt", f"New nets\n15 June 2012 to 30 September 2050\n{PROSE}", None, "unknown"),
    ("a.txt", f"New nets\n15 June 2012 – 30 September 2020\n{PROSE}", None, "unknown"),
    ("a.txt", f"Remembering 11 September 2001\n{PROSE}", None, "unknown"),
    ("a.txt", f"On 11 September 2001 the pier was closed.\n{PROSE}", None, "unknown"),
    ("a.txt", f"Nets on the pier, 11 September 2001 (Photo: Lantern/J. Doe)\n{PROSE}", None, "unknown"),
    ("a.txt", f"{PROSE}\n— The Pier (@pier) September 11, 2001\n{LONG[0][:-1]} again.", None, "unknown"),
    ("a.txt", f"New nets\n30 September 2050\n{PROSE}", None, "unknown"),
    ("2050-01-01-nets.txt", PROSE, None, "unknown"),
]


@pytest.mark.parametrize(("name", "content", "day", "how"), TOLD)
def test_the_day_a_page_states_goes_before_one_that_stands_in_other_words(tmp_path, name, content, day, how):
    row = read_one(tmp_path, {name: content})[0].iloc[0]
    assert (f"{row.published:%Y-%m-%d}" if day else None, row.dated_by) == (day, how)
    assert row.text.startswith(("Fishermen", "New nets", "Remembering", "On 11", "15 June")) or "Photo" in content
    assert all(sentence in row.text for sentence in LONG)


ROWS = "doc,source,date,text\n" + "".join(f'{n},L,{{}},"{n} {PROSE}"\n' for n in "abc")
COLUMN = [
    (("15/10/2024", "03/10/2024", "28/09/2024"), ["2024-10-15", "2024-10-03", "2024-09-28"]),
    (("10/15/24", "03/10/24", "3/9/24"), ["2024-10-15", "2024-03-10", "2024-03-09"]),
    (("45580", "45581.5", "2024-10-17"), ["2024-10-15", "2024-10-16", "2024-10-17"]),
    (("03/10/2024", "04/10/2024", "5/5/2024"), [None, None, "2024-05-05"]),
    (("15/10/2024", "10/15/2024", "03/10/2024"), ["2024-10-15", "2024-10-15", None]),
]


@pytest.mark.parametrize(("cells", "days"), COLUMN)
def test_a_column_tells_the_order_of_day_and_month_and_a_cell_that_stays_open_is_listed(tmp_path, cells, days):
    documents, removed = read_one(tmp_path, {"x.csv": ROWS.format(*cells)})
    assert [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in documents.published.sort_index()] == days
    open_cells = [cell for cell, day in zip(cells, days, strict=True) if not day]
    stated = removed[(removed.line == 0)]
    assert stated.text.tolist() == open_cells
    assert set(stated.rule) <= {"a day or a month may come first in the table: write it as 2024-10-15"}


def test_the_order_is_learnt_from_the_catalogue_and_from_the_headers_of_all_files(tmp_path):
    rows = "doc,published\ncatalogue/a,03/10/2024\ncatalogue/b,15/10/2024\n"
    header = "Title: New nets\nDate: {}\n\n{} " + PROSE
    documents, removed = read_one(
        tmp_path,
        {"articles.csv": rows, "catalogue/a.txt": PROSE, "catalogue/b.txt": f"Again: {PROSE}"}
        | {"a.txt": header.format("03/10/2024", "One."), "b.txt": header.format("10/15/2024", "Two.")},
    )
    assert documents.published.map(str).str[:10].to_dict() == {
        "a": "2024-03-10", "b": "2024-10-15", "catalogue/a": "2024-10-03", "catalogue/b": "2024-10-15",
    }  # fmt: skip
    assert not left_out(removed)


FUTURE = "a day after today in {}: not believed"
STATED_AHEAD = [
    ({"articles.csv": "doc,published\na,2024-10-16\n", "a.txt": f"3 May 2023\n{PROSE}"}, "articles.csv", "2023-05-03"),
    ({"a.txt": f"Title: N\nDate: 2024-10-16\n\nOSLO, May 3, 2023 - {PROSE}"}, "front matter", "2023-05-03"),
    ({"x.csv": f'doc,date,text\na,2050-01-01,"{PROSE}"\n'}, "the table", None),
]


@pytest.mark.parametrize(("contents", "where", "day"), STATED_AHEAD)
def test_no_day_after_today_is_believed_and_the_next_source_counts(tmp_path, monkeypatch, contents, where, day):
    monkeypatch.setattr(catalogue.dates, "today", lambda: pd.Timestamp("2024-10-15").date())
    documents, removed = read_one(tmp_path, contents)
    assert (None if pd.isna(documents.published["a"]) else f"{documents.published['a']:%Y-%m-%d}") == day
    assert left_out(removed) == {"a": FUTURE.format(where)}


def test_today_is_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue.dates, "today", lambda: pd.Timestamp("2024-10-15").date())
    documents, removed = read_one(tmp_path, {"a.txt": f"Title: N\nDate: 2024-10-15\n\n{PROSE}"})
    assert documents.dated_by["a"] == "front matter" and not left_out(removed)


def named_outlets(folder, fields):
    files = {f"{n}.txt": f"Title: N\n{more}\n\n{n} {PROSE}" for n, more in enumerate(fields)}
    return read_one(folder, files)[0].outlet.sort_index().tolist()


OUTLETS = [
    (["Source: PolitiFact", "Source: Politifact", "Source: PolitiFact"], ["PolitiFact"] * 3),
    (["Source: The Hill", "Source: TheHill.com", "Source: thehill"], ["The Hill"] * 3),
    (["Source: politifact.com", "Source: PolitiFact"], ["PolitiFact"] * 2),
    (["Source: The Lantern", "Source: Lantern", "Source: Lantern"], ["Lantern"] * 3),
    (["Source: Fox News", "Source: Fox Business"], ["Fox News", "Fox Business"]),
    (["Source: Daily Pier", "Source: Daily Pier Opinion"], ["Daily Pier", "Daily Pier Opinion"]),
    (["Source: 光明日报", "Source: 人民日报"], ["光明日报", "人民日报"]),
    (["Source: Copyright 2014\nURL: https://www.pier.example/a"], ["pier.example"]),
    (["Source: Hosted\nURL: https://hosted.pier.example/a"], ["hosted.pier.example"]),
    (["Source: https://www.pier.example/\nURL: https://www.pier.example/a"], ["pier.example"]),
    (["Source: Untitled Document\nURL: https://pier.example/a"], ["pier.example"]),
    (["Source: Home | The Pier\nURL: https://pier.example/a"], ["The Pier"]),
    (["Source: The Pier | News, Sport, Weather\nURL: https://pier.example/a"], ["The Pier"]),
    (["Source: {{site.title}}\nURL: https://pier.example/a"], ["pier.example"]),
    (["Source: 24.hu\nURL: https://24.hu/a", "Source: 9to5Pier\nURL: https://p.example"], ["24.hu", "9to5Pier"]),
    (
        ["Source: Hosted\nURL: https://pier.example/a", "Source: The Pier\nURL: https://pier.example/b"],
        ["The Pier"] * 2,
    ),
    (["Source: Home Affairs Weekly\nURL: https://haw.example/a"], ["Home Affairs Weekly"]),
]


@pytest.mark.parametrize(("fields", "outlets"), OUTLETS)
def test_an_outlet_has_one_spelling_and_what_is_no_name_gives_way_to_the_site(tmp_path, fields, outlets):
    assert named_outlets(tmp_path, fields) == outlets


def test_the_spelling_of_outlets_csv_goes_before_the_commonest(tmp_path):
    (tmp_path / "outlets.csv").write_text("outlet\nThe Hill\n")
    assert named_outlets(tmp_path, ["Source: TheHill.com"] * 2) == ["The Hill"] * 2


FEEDS = [
    ("The post New nets appeared first on The Pier.", "The Pier"),
    ("The post New nets first appeared on Pier & Harbour", "Pier & Harbour"),
    ("The postman said that the nets appeared first on Monday.", "unknown outlet"),
]


@pytest.mark.parametrize(("line", "outlet"), FEEDS)
def test_a_feed_says_on_which_site_an_article_stood(tmp_path, line, outlet):
    assert read_one(tmp_path, {"a.txt": f"{PROSE}\n{line}"})[0].outlet["a"] == outlet


SIGNED = [
    (f"Oslo, Oct 15 (EFE).- {PROSE} EFE\nabc-def", "EFE", "EFE"),
    (f"OSLO (Reuters) - {PROSE}", "unknown outlet", "Reuters"),
    (f"{PROSE}\n(Reporting by Jo Doe in Oslo; Editing by Ann Lee)", "unknown outlet", "Reuters"),
    (
        f"{PROSE}\n(Reporting by Jo Doe; additional reporting by Ann Lee; Editing by Al Poe)",
        "unknown outlet",
        "Reuters",
    ),
    (f"BERGEN (Thomson Reuters) - {PROSE}", "unknown outlet", "Reuters"),
    (f"BERGEN (REUTERS) - {PROSE}", "unknown outlet", "Reuters"),
    (f"{PROSE}\nSource: Reuters", "unknown outlet", "Reuters"),
    (f"By Associated Press\n{PROSE}", "unknown outlet", "AP"),
    (f"{PROSE}\n(Reporting by Jo Doe)", "unknown outlet", ""),
    (f"{PROSE}\nSource: Bergen School District", "unknown outlet", ""),
    (f"{PROSE}\nThe Associated Press contributed to this report.", "unknown outlet", ""),
    (f"{PROSE}\n© 2013 Reuters", "Reuters", ""),
    (f"Source: The Pier\nTitle: N\n\nOSLO (AP) — {PROSE} AP", "The Pier", "AP"),
]


@pytest.mark.parametrize(("content", "outlet", "agency"), SIGNED)
def test_an_agency_has_one_name_and_is_the_outlet_where_it_alone_signs(tmp_path, content, outlet, agency):
    row = read_one(tmp_path, {"a.txt": content})[0].iloc[0]
    assert (row.outlet, row.agency) == (outlet, agency)


HEADLINES = [
    (f"New nets\n{PROSE}", "New nets"),
    (
        f"Nets on the old pier of Oslo on Friday. Photo: Lantern via AP\n\nNew nets bring old quarrels back\n{PROSE}",
        "New nets bring old quarrels back",
    ),
    (PROSE, ""),
    ("New nets", ""),
]


@pytest.mark.parametrize(("content", "title"), HEADLINES)
def test_a_headline_stands_first_or_under_a_caption(tmp_path, content, title):
    assert read_one(tmp_path, {"a.txt": content})[0].title["a"] == title


NAMES = [  # a file, the name that the catalogue gives it
    ("E\u0301lyse\u0301e.txt", "Élysée"),
    ("Élysée.txt", "E\u0301lyse\u0301e.txt"),
    ("Élysée.txt", "élysée.TXT"),
    ("a.txt", "articles/a.txt"),
    ("a.txt", "articles\\a"),
    ("a.txt", "./a.txt"),
    ("a.txt", "C:\\news\\articles\\a.txt"),
    ("2024/a.txt", "articles/2024/a"),
    ("2024/a.txt", "a.txt"),
    ("Ship’s log.txt", "Ship's log"),
    ("a (1).txt", "a.txt"),
    ("a - Copy.html.txt", "a.html"),
    ("a copy.txt", "a"),
]


@pytest.mark.parametrize(("file", "name"), NAMES)
def test_a_catalogue_finds_a_file_however_its_name_is_written(tmp_path, file, name):
    (tmp_path / "articles" / file).parent.mkdir(parents=True)
    (tmp_path / "articles" / file).write_text(ARTICLE)
    (tmp_path / "articles.csv").write_text(f"doc,outlet\n{name},The Lantern\n")
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.outlet.tolist() == ["The Lantern"]
    assert removed.empty


def test_a_catalogue_gives_no_row_to_a_file_that_it_may_not_mean(tmp_path):
    for name in ("2023/a.txt", "2024/a.txt", "b.txt", "c.txt", "c (1).txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{ARTICLE} This is {name}, which no other one is.")
    (tmp_path / "articles.csv").write_text("doc,outlet\na,X\nold/b,Y\nc,Z\nC.TXT,W\n")
    documents, removed = catalogue.read_documents(tmp_path)
    outlets = documents.set_index("doc").outlet
    assert outlets[outlets != "unknown outlet"].to_dict() == {"c": "Z"}
    assert left_out(removed) == {
        "a": "articles.csv names it, but there is no such file",
        "old/b": "articles.csv names it, but there is no such file",
        "c": "a second row for this article in articles.csv: the first counts",
    }


TITLES = [
    ("Ministers meet | The Lantern", "Ministers meet"),
    ("The Lantern - Ministers meet", "Ministers meet"),
    ("LANTERN: Ministers meet", "Ministers meet"),
    ("The Lantern | Ministers meet — Lantern", "Ministers meet"),
    ("Ministers meet | World | The Lantern", "Ministers meet | World"),
    ("Ministers meet - coastgazette.example", "Ministers meet"),
    ("Ministers meet » Coast Gazette", "Ministers meet"),
    ("Ministers meet | CoastGazette", "Ministers meet"),
    ("Gas - a bridge", "Gas - a bridge"),
    ("The Lantern", "The Lantern"),
    ("The Lantern | The Lantern", "The Lantern"),
    ("The lantern that went out", "The lantern that went out"),
    ("Sea-Lantern", "Sea-Lantern"),
    ("The Lantern: what it costs", "The Lantern: what it costs"),
    ("The Lantern: What it costs", "What it costs"),
    ("War: what is it good for?", "War: what is it good for?"),
    ("Lions 3 - 1 Bears", "Lions 3 - 1 Bears"),
    ("", ""),
]


@pytest.mark.parametrize(("title", "left"), TITLES)
def test_a_title_loses_the_name_of_a_site_at_either_end(title, left):
    assert catalogue.without_site(title, {"The Lantern", "www.coastgazette.example", ""}) == left


def test_a_page_whose_title_begins_with_its_site_keeps_the_rest(tmp_path):
    site = "<meta property='og:site_name' content='The Lantern'>"
    told = page("https://l.example/nets", site).replace("<title>New nets", "<title>The Lantern | New nets")
    (tmp_path / "a.html").write_text(told.replace("<h1>New nets</h1>", ""))
    assert catalogue.read_documents(tmp_path)[0].title.tolist() == ["New nets"]


def test_documents_have_titles_without_their_outlet(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Title: Ministers meet | The Lantern\nSource: Lantern\n\nThey met on Monday at noon.\n"
    )
    assert catalogue.read_documents(tmp_path)[0].title.tolist() == ["Ministers meet"]
