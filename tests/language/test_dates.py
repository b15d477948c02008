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
    ("2024-02-31", None),
    ("10/11/2024", None),
    ("yesterday", None),
    ("99999999999999", None),
    ("0001-01-01", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "day"), WRITTEN)
def test_what_a_cell_of_a_catalogue_means(written, day):
    assert dates.parse(written) == (date(*day) if day else None)


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
