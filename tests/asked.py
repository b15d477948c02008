"""Questions with a known answer, and the plain words of what is said of them."""

import numpy as np
import pandas as pd

from helpers import stats
from helpers.corpus.questions import EVENTS, Held, Posed, Question


def question(*rows, p=0.01, held=EVENTS, size=0.05, cannot="", values=()):
    """A question with an answer of rows (group, articles, effect, p) and, where told, (here, others, measure).

    What was asked of is the effects, or values by group, all in one stratum.
    """
    rows = [(*row, *(0.3, 0.14, "m")[len(row) - 4 :]) for row in rows]
    table = pd.DataFrame(rows, columns=["group", "articles", "effect", "p", "here", "others", "measure"])
    table = table.assign(compared=table.p.notna(), t=table.effect.abs())
    main = stats.Comparison(table, p, 90, 10, size, cannot, largest=() if cannot else (np.zeros(1),))
    known = (
        pd.DataFrame(values, columns=["group", "m"])
        if values
        else table.assign(**{"m": table.effect, "CHN": table.effect})
    )
    within = pd.Series("e", known.index)
    posed = Posed(known[[*{"m", "CHN"} & {*known}]], known.group, within, within, 8)
    return Question(main, Held(pd.Series(dtype=object), held), posed=posed)


def plain(words):
    return words.replace("\u00a0", " ")


def said(found):
    return [plain(finding.says) for finding in found]
