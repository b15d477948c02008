import pandas as pd
import pytest

from helpers.corpus import about

DAY = (
    "no day in articles.csv, the file’s own header or page data, the address, dateline, lines near the top, "
    "file name, text"
)
OUTLET = (
    "no outlet in articles.csv, the file’s own header or page data, the address, copyright and feed lines, "
    "an agency’s signature"
)
UNFOUND = [
    ("The Lantern", "2024-05-01", "2024-05-01", "2024-05-01", []),
    ("unknown outlet", "2024-05-01", "2024-05-01", "2024-05-01", [OUTLET]),
    ("The Lantern", None, None, None, [DAY]),
    ("The Lantern", None, "2024-05-01", "2024-05-31", [f"{DAY}; it may be of any day 1 to 31 May 2024"]),
    ("The Lantern", None, "2024-05-14", None, [f"{DAY}; it may be of any day after 14 May 2024"]),
    ("unknown outlet", None, None, None, [DAY, OUTLET]),
]


@pytest.mark.parametrize(("outlet", "day", "first", "last", "why"), UNFOUND)
def test_an_article_without_outlet_or_day_says_where_they_were_looked_for(outlet, day, first, last, why):
    days = (pd.to_datetime(one) for one in (day, first, last))
    names = ["doc", "outlet", "published", "earliest", "latest"]
    documents = pd.DataFrame([("a", outlet, *days)], columns=names).astype(dict.fromkeys(names[2:], "datetime64[ns]"))
    assert about.unfound(documents) == [("a", reason) for reason in why]
