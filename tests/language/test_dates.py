from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.language import dates

NAMED = [
    ("It was signed on 3 May 2024 in Oslo.", [(2024, 5, 3)]),
    ("It was signed on May 3, 2024, and again on Oct. 14.", [(2024, 5, 3), (0, 10, 14)]),
    ("Sept. 9 and 9 Sept are one day, and so is the 9th of September.", [(0, 9, 9)] * 3),
    ("2024-02-29, 29.02.2024, 2024/2/29 and 02/29/2024", [(2024, 2, 29)] * 4),
    ("31 February 2024, 2023-02-29 and 32 May are no days.", []),
    ("10/11/2024 is October here and November there.", []),
    ("10.11.2024 is November wherever a point is written.", [(2024, 11, 10)]),
    ("May I ask? In May 12,000 came, and 5 marched.", []),
    ("The March 15 march, 15 ene and 31 DEC", [(0, 3, 15), (0, 1, 15), (0, 12, 31)]),
    ("Version 2024-10-15-3 and 1.2.2024.5 are none.", []),
    ("2024-10-15T09:12:00Z", [(2024, 10, 15)]),
    ("2024-10-15T09:12:00.000+02:00", [(2024, 10, 15)]),
    ("20241015T091200Z", [(2024, 10, 15)]),
    ("15-Oct-2024 and 15/Oct/2024", [(2024, 10, 15)] * 2),
    ("le 15 octobre 2024, am 1. März 2023, el 3 de enero de 2022", [(2024, 10, 15), (2023, 3, 1), (2022, 1, 3)]),
    ("10/15/24", [(2024, 10, 15)]),
    ("The score was 10/15/24 and 3.4.15.", []),
    ("On Mars 15 rovers stand, and 3 juin ships sailed.", []),
]


@pytest.mark.parametrize(("text", "days"), NAMED)
def test_the_days_a_text_names(text, days):
    found = list(dates.named(text))
    assert [tuple(named[2:]) for named in found] == days


WRITTEN = [
    ("2024-10-15", (2024, 10, 15)),
    ("2024-10-15T23:59:00-05:00", (2024, 10, 15)),
    ("2024-10-15 08:00:00", (2024, 10, 15)),
    ("20241015", (2024, 10, 15)),
    ("20241015T120000Z", (2024, 10, 15)),
    ("Tue, 15 Oct 2024 08:12:00 GMT", (2024, 10, 15)),
    ("Oct. 15, 2024 9:12 AM", (2024, 10, 15)),
    ("Published: 3:40pm, 15 Oct, 2024", (2024, 10, 15)),
    ("15.10.2024", (2024, 10, 15)),
    ("1728979200", (2024, 10, 15)),
    ("1728979200000", (2024, 10, 15)),
    ("15-Oct-2024", (2024, 10, 15)),
    ("15-OCT-24", (2024, 10, 15)),
    ("15/Oct/2024:08:12:00 +0000", (2024, 10, 15)),
    ("2024-Oct-15", (2024, 10, 15)),
    ("15Oct2024", (2024, 10, 15)),
    ("Oct 15, ’24", (2024, 10, 15)),
    ("10/15/24", (2024, 10, 15)),
    ("10/15/24 8:12 AM", (2024, 10, 15)),
    ("15.10.24", (2024, 10, 15)),
    ("15.10.99", (1999, 10, 15)),
    ("15. 10. 2024", (2024, 10, 15)),
    ("15/10/2024 08.12", (2024, 10, 15)),
    ("45580", (2024, 10, 15)),
    ("45580.5", (2024, 10, 15)),
    ("36525", (1999, 12, 31)),
    ("1,728,950,400", (2024, 10, 15)),
    ("1728950400.25", (2024, 10, 15)),
    ("1728950400000000", (2024, 10, 15)),
    ("1.7289504E9", (2024, 10, 15)),
    ("/Date(1728950400000)/", (2024, 10, 15)),
    ("/Date(1728950400000+0300)/", (2024, 10, 15)),
    ("2024-10-15 08:12:00+00", (2024, 10, 15)),
    ("20241015081200", (2024, 10, 15)),
    ("2024. 10. 15.", (2024, 10, 15)),
    ("Oct 15 2024  8:00AM", (2024, 10, 15)),
    ("October 15, 2024 10.30 am", (2024, 10, 15)),
    ("Tue Oct 15 08:12:00 +0000 2024", (2024, 10, 15)),
    ("Thu Oct 10 23:12:00 UTC 2024", (2024, 10, 10)),
    ("mardi 15 octobre 2024 à 10h32", (2024, 10, 15)),
    ("1er octobre 2024", (2024, 10, 1)),
    ("Dienstag, 15. Oktober 2024, 10:15 Uhr", (2024, 10, 15)),
    ("15 de octubre de 2024", (2024, 10, 15)),
    ("15 ottobre 2024", (2024, 10, 15)),
    ("15 октября 2024 г., 10:32", (2024, 10, 15)),
    ("15 października 2024", (2024, 10, 15)),
    ("2024年10月15日", (2024, 10, 15)),
    ("2024년 10월 15일", (2024, 10, 15)),
    ("15 June 2012 to 30 September 2050", None),
    ("2024-10-15 – 2024-10-20", None),
    ("15-30 June 2024", None),
    ("until 30 September 2024", None),
    ("October 2024", None),
    ("2024", None),
    ("12", None),
    ("99999", None),
    ("1e99", None),
    ("1.7E9", None),
    ("03/10/24", None),
    ("00/00/0000", None),
    ("31/31/2024", None),
    ("2024-02-31", None),
    ("10/11/2024", None),
    ("yesterday", None),
    ("99999999999999", None),
    ("3 May 99999999999999", None),
    ("May 99999999999999 x 3", None),
    ("0001-01-01", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "day"), WRITTEN)
def test_what_a_cell_of_a_catalogue_means(written, day):
    assert dates.parse(written) == (date(*day) if day else None)


COLUMNS = [
    (["15/10/2024", "03/10/2024", "28/09/2024"], False, (2024, 10, 3)),
    (["10/15/2024 8:00", "03/10/2024"], True, (2024, 3, 10)),
    (["10-28-24", "", "a day", "03/10/2024"], True, (2024, 3, 10)),
    (["03/10/2024", "04/10/2024"], None, None),
    (["03/10/2024", "15/10/2024", "10/15/2024"], None, None),
    (["15.10.2024", "2024-10-15", "03/10/2024"], None, None),
]


@pytest.mark.parametrize(("cells", "month_first", "third"), COLUMNS)
def test_one_row_of_a_column_tells_which_number_is_the_month_unless_another_contradicts(cells, month_first, third):
    assert dates.month_first(cells) is month_first
    assert dates.parse("03/10/2024", month_first) == (date(*third) if third else None)
    assert dates.parse("03.10.2024", month_first) == date(2024, 10, 3)
    assert dates.parse("25/10/2024", month_first) == dates.parse("10/25/2024", month_first) == date(2024, 10, 25)


ADDRESSES = [
    ("https://l.example/world/2024/oct/15/three-ships", (2024, 10, 15)),
    ("https://l.example/2024/10/15/three-ships", (2024, 10, 15)),
    ("https://l.example/2024/1/5", (2024, 1, 5)),
    ("https://l.example/15-10-2024/three-ships", (2024, 10, 15)),
    ("https://l.example/news/15/10/2024/", (2024, 10, 15)),
    ("https://l.example/15-oct-2024/?page=2", (2024, 10, 15)),
    ("https://l.example/20241015/c_1.htm", (2024, 10, 15)),
    ("https://l.example/2024-10/15/c_1.htm", (2024, 10, 15)),
    ("https://l.example/202410/15/c_1.htm", (2024, 10, 15)),
    ("https://l.example/2024/1015/c_1.htm", (2024, 10, 15)),
    ("https://l.example/a/2024-10-15.html", (2024, 10, 15)),
    ("https://l.example/03-10-2024/three-ships", None),
    ("https://l.example/2001-09-11-remembered", None),
    ("https://l.example/remembering-2001-09-11", None),
    ("https://l.example/2024/12345/three-ships", None),
    ("https://l.example/2019/2020/", None),
    ("https://l.example/2024/13/41/", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "day"), ADDRESSES)
def test_an_address_tells_a_day_only_in_parts_of_their_own(url, day):
    assert dates.in_address(url) == ((date(*day), date(*day)) if day else None)


@pytest.mark.parametrize(
    "url", ["https://l.example/2024/02/snow", "https://l.example/2024/feb", "https://l.example/2024-02/"]
)
def test_an_address_may_tell_a_month(url):
    assert dates.in_address(url) == (date(2024, 2, 1), date(2024, 2, 29))


CREDITS = [
    ("Reuters", "Reuters"), ("REUTERS.", "Reuters"), ("(reuters)", "Reuters"), ("Thomson Reuters", "Reuters"),
    ("© 2014 The Associated Press. All rights reserved.", "AP"), ("By JO DOE | AP", "AP"),
    ("Agence France-Presse", "AFP"), ("A.P.", "AP"), ("(U.P.I.)", "UPI"),
    ("Xinhua News Agency", "Xinhua"), ("an ap for walkers", ""), ("Afp", ""), ("Reutersberg", ""), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("credit", "agency"), CREDITS)
def test_an_agency_has_one_name_however_it_is_credited(credit, agency):
    assert dates.agency(credit) == agency


NAMES = [
    ("2024-10-15-three-ships.txt", (2024, 10, 15)),
    ("efe_20241015_drill.html", (2024, 10, 15)),
    ("https://lantern.example/2024/10/15/three-ships", (2024, 10, 15)),
    ("https://lantern.example/id/2024101512", None),
    ("thread-20231399", None),
    ("three-ships", None),
]


@pytest.mark.parametrize(("name", "day"), NAMES)
def test_the_day_in_a_name(name, day):
    assert dates.in_name(name) == (date(*day) if day else None)


LINES = [
    ("BEIJING, Oct. 15 (Meridian) — Ships", ("BEIJING", 10, 15, 0, "Meridian")),
    ("Beijing, 15 Oct (IP).- Ships", ("Beijing", 10, 15, 0, "IP")),
    ("MOSCOW/BEIJING – Ships", ("MOSCOW, BEIJING", 0, 0, 0, "")),
    ("MOSCOW, 15 October. Ships", ("MOSCOW", 10, 15, 0, "")),
    ("MOSCOW, October 15. /TARS/. Ships", ("MOSCOW", 10, 15, 0, "TARS")),
    ("MOSCOW. Oct 15 (Interlux) - Ships", ("MOSCOW", 10, 15, 0, "Interlux")),
    ("KYIV, Ukraine (AGN) — Ships", ("KYIV, Ukraine", 0, 0, 0, "AGN")),
    ("KYIV, Ukraine — Ships", ("KYIV, Ukraine", 0, 0, 0, "")),
    ("Kazan (Russia), 24 Oct (IP).- Ships", ("Kazan, Russia", 10, 24, 0, "IP")),
    ("New Delhi [India], October 15 (AGN): Ships", ("New Delhi, India", 10, 15, 0, "AGN")),
    ("WASHINGTON, May 3, 2023 (AP) -- Ships", ("WASHINGTON", 5, 3, 2023, "AP")),
    ("Las Palmas de Gran Canaria, Spain, Feb 8 (MDA).- Ships", ("Las Palmas de Gran Canaria, Spain", 2, 8, 0, "MDA")),
    ("Pekín, 31 ene (IP).- Barcos", ("Pekín", 1, 31, 0, "IP")),
    ("Tokyo (Kyodo) - “Ships", ("Tokyo", 0, 0, 0, "Kyodo")),
    ("Visakhapatnam, Jun 14 (BPS) Ships", ("Visakhapatnam", 6, 14, 0, "BPS")),
    ("GENEVA, Jan. 17 (CP) _ Ships", ("GENEVA", 1, 17, 0, "CP")),
    ("(Reuters) - Ships", ("", 0, 0, 0, "Reuters")),
    ("(AFP) — “Ships", ("", 0, 0, 0, "AFP")),
    ("(CNN) Ships", ("", 0, 0, 0, "CNN")),
    ("(CNN)Ships", ("", 0, 0, 0, "CNN")),
    ("/TASS/. Ships", ("", 0, 0, 0, "TASS")),
    ("UPI - Ships", ("", 0, 0, 0, "UPI")),
    ("Oct 15 (Reuters) - Ships", ("", 10, 15, 0, "Reuters")),
    ("Oct. 15, 2024 (Meridian) — Ships", ("", 10, 15, 2024, "Meridian")),
    ("TUESDAY, Oct. 15 (Ward News) -- Ships", ("", 10, 15, 0, "Ward News")),
    ("HO CHI MINH CITY, Vietnam (AP) — Ships", ("HO CHI MINH CITY, Vietnam", 0, 0, 0, "AP")),
    ("Ho Chi Minh City, Vietnam (AP) — Ships", ("Ho Chi Minh City, Vietnam", 0, 0, 0, "AP")),
    ("LA PAZ — Ships", ("LA PAZ", 0, 0, 0, "")),
    ("EL PASO, Texas – Ships", ("EL PASO, Texas", 0, 0, 0, "")),
    ("ST. PETERSBURG, Oct 15 (Interlux) - Ships", ("ST. PETERSBURG", 10, 15, 0, "Interlux")),
    ("THE HAGUE (Reuters) - Ships", ("THE HAGUE", 0, 0, 0, "Reuters")),
    ("AL-ARISH, Egypt (AFP) - Ships", ("AL-ARISH, Egypt", 0, 0, 0, "AFP")),
    ("SÃO PAULO, Oct 15 - Ships", ("SÃO PAULO", 10, 15, 0, "")),
    ("ABU DHABI, 15th October, 2024 (WAM) -- Ships", ("ABU DHABI", 10, 15, 2024, "WAM")),
    ("LE HAVRE, France, 15 octobre 2024 (AFP) - Ships", ("LE HAVRE, France", 10, 15, 2024, "AFP")),
    ("PARIS — (AFP) Ships", ("PARIS", 0, 0, 0, "AFP")),
    ("AP - Ships", ("", 0, 0, 0, "AP")),
    ("NEW YORK--(BUSINESS WIRE)--Ships", ("NEW YORK", 0, 0, 0, "BUSINESS WIRE")),
]


@pytest.mark.parametrize(("line", "said"), LINES)
def test_datelines(line, said):
    found, end = dates.dateline(line)
    assert found == dates.Dateline(*said)
    assert line[end:].lstrip("“") in ("Ships", "Barcos")


NONE = [
    "London - as ever - waited for rain.",
    "Beijing: a city of walls.",
    "NATO (the alliance) met in Madrid.",
    "NATO – the alliance that shaped his career – was not mentioned.",
    "He was born in Moscow, October 15.",
    "MODERATOR: Good evening to all of you.",
    "(Left) – Ships",
    "(More than half of them children) - Ships",
    "(Updated) — Ships",
    "(Reuters reported it first) – Ships",
    "(US) - Ships",
    "(1) Ships",
    "(AP Photo) Ships",
    "Oct 15 – Ships",
    "Oct 15 (Tuesday) - Ships",
    "Oct 15 (Day 3) - Ships",
    "US SENATE – Ships",
    "IN PICTURES - Ships",
    "UN – Ships",
    "MOSCOW - 15 ships",
    "Reuters was there when the ships left.",
    "",
]


@pytest.mark.parametrize("line", NONE)
def test_prose_is_no_dateline(line):
    assert dates.dateline(line) is None


@given(st.text(max_size=120))
def test_any_text_is_searched_without_an_error_and_offsets_point_at_digits(text):
    for named in dates.named(text):
        assert any(letter.isdigit() for letter in text[named.start : named.end])
        assert date(named.year or 2000, named.month, named.day)
    dates.parse(text)
    dates.in_name(text)
    found = dates.dateline(text)
    assert found is None or 0 < found[1] <= len(text)


@given(st.dates(date(1980, 1, 1), date(2059, 12, 31)))
def test_a_day_comes_back_from_every_way_to_write_it(day):
    forms = ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y%m%d", "%Y-%m-%dT%H:%M:%SZ", "%d %b %Y"]
    assert {dates.parse(day.strftime(form)) for form in forms} == {day}
    assert dates.in_name(f"lantern-{day:%Y-%m-%d}.txt") == day
