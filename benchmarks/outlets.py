"""How often the comparison of outlets says what is not so, and what it finds: simulated corpora and the bundled one.

    python benchmarks/outlets.py [corpora] [seed] [table]

Prints seven tables, or the one that is named: events alarms zeros spread bundled size speed; each figure stands beside
its goal. Without an argument a table has 100 corpora, of which a share of .05 is known to .02 and one of .50 to .05.
"""

import sys
from pathlib import Path
from time import process_time
from types import SimpleNamespace

import numpy as np
import pandas as pd

from helpers import stats
from helpers.corpus import corpus as tables
from helpers.corpus.grouping import group_articles
from helpers.report import pages
from helpers.show.result import Finding

CORPUS = Path(__file__).parent.parent / "corpus"
SHUFFLES = 999  # of each simulated corpus; a report shuffles 4,999 times

SIZES = [4, 6, 8, 10, 14, 18, 24, 32, 40, 50]
EVENTS, OF_EVENT, OF_ARTICLE, OF_SENTENCE = 30, 0.20, 0.10, 0.45
SPREADS = {
    0.0: ("<= .05", "<= .05"),
    0.04: (">= .30", ">= .38"),
    0.08: (">= .75", ">= .85"),
    0.16: (">= .95", ">= .99"),
}
ADDED = 0.06  # the spread of the effects that are added to the values of the bundled corpus
PAGES = 3  # of a front page


def corpus(rng: np.random.Generator, between: float) -> tuple[pd.DataFrame, pd.Series]:
    """One simulated corpus without copies, and each outlet's true difference from the average outlet."""
    told, true = rng.normal(0, OF_EVENT, EVENTS), rng.normal(0, between, len(SIZES))
    rows = []
    for outlet, size in enumerate(SIZES):
        for event in rng.choice(EVENTS, size, p=rng.dirichlet(np.full(EVENTS, 0.5))):
            noise = np.hypot(OF_ARTICLE, OF_SENTENCE / np.sqrt(rng.integers(10, 30)))
            rows.append((f"outlet {outlet}", f"event {event}", told[event] + true[outlet] + rng.normal(0, noise)))
    names = [f"outlet {outlet}" for outlet in range(len(SIZES))]
    return pd.DataFrame(rows, columns=["outlet", "event", "value"]), pd.Series(true, names)


def compared(values: pd.DataFrame | pd.Series | np.ndarray, articles: pd.DataFrame, seed: int) -> stats.Comparison:
    """Compare outlets by values of articles, on the same events."""
    return stats.compare(pd.DataFrame(values), articles.outlet, articles.event, shuffles=SHUFFLES, seed=seed)


def uneven(rng: np.random.Generator) -> pd.DataFrame:
    """The articles of 9 to 40 outlets of 3 to 60: outlet, event, and the row that each is a copy of, or its own.

    Half of the outlets print the first article of an event again in half of what they tell of it.
    """
    sizes = np.clip(rng.lognormal(2.3, 0.9, rng.integers(9, 41)), 3, 60).astype(int)
    outlet = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    events = max(2, len(outlet) // 4)
    event = rng.choice(events, len(outlet), p=rng.dirichlet(np.full(events, 0.5)))
    first = pd.Series(np.arange(len(outlet))).groupby(event).transform("first").to_numpy()
    copied = (rng.random(len(outlet)) < 0.5) & (rng.random(len(sizes)) < 0.5)[outlet]
    return pd.DataFrame({"outlet": outlet, "event": event, "source": np.where(copied, first, np.arange(len(outlet)))})


def asked(rng: np.random.Generator, event: np.ndarray) -> dict[str, np.ndarray]:
    """The values of a page's four questions: events and articles differ, skewed, and outlets do not."""
    size, articles = event.max() + 1, len(event)
    often = rng.uniform(0.05, 0.2, 10)  # in how many articles a topic is, of an event in most or in none
    told = rng.random((articles, 10)) < rng.beta(often, 1 - often, (size, 10))[event]
    of_six = rng.exponential(0.3, (size, 6))[event] + rng.exponential(0.3, (articles, 6))
    return {
        "exponential": rng.exponential(0.2, (size, 1))[event] + rng.exponential(0.1, (articles, 1)),
        "lognormal": np.exp(rng.normal(0, 0.8, (size, 1))[event] + rng.normal(0, 1, (articles, 1))),
        "rare topics": np.where(told, rng.uniform(0.2, 1, (articles, 10)), 0),
        "six actors": np.where(rng.random((articles, 6)) < rng.uniform(0.3, 0.7, 6), np.nan, of_six),
    }


def alarms(corpora: int, seed: int) -> pd.DataFrame:
    """Nothing differs: the share of pages, and of front pages of three, that print a comparison as a finding."""
    found = {"copies taken out": [], "copies left in": []}
    for number, rng in enumerate(np.random.default_rng(seed).spawn(corpora)):
        articles = uneven(rng)
        originals = (articles.source == articles.index).to_numpy()
        pages = [asked(rng, articles.event.to_numpy()) for _ in range(PAGES)]
        for name, rows in {"copies taken out": originals, "copies left in": originals | (number % 4 == 0)}.items():
            if rows.all() or name == "copies taken out":  # a quarter of the corpora will do for the contrast
                source = articles.source[rows]
                least = [
                    page_p({what: v[source] for what, v in page.items()}, articles[rows], number) for page in pages
                ]
                found[name].append([len(source), np.mean(np.array(least) < stats.SURE), on_front(least)])
    rows = {name: [len(each), *np.mean(each, axis=0)] for name, each in found.items()}
    table = pd.DataFrame(rows, ["corpora", "articles", "a page", "front page"]).T
    table.insert(3, "goal", ["<= .05", ""])
    return table.assign(goal_=["<= .10", ""])


def page_p(questions: dict[str, np.ndarray], articles: pd.DataFrame, seed: int) -> float:
    """The smallest p of a page, whose questions count together."""
    answers = {what: compared(values, articles, seed) for what, values in questions.items()}
    return min(answer.p for answer in stats.corrected(answers).values())


def on_front(least: list[float]) -> bool:
    """Whether the report's front page prints a finding, given the smallest p of each of its pages."""
    told = [Finding(f"{p}", articles=9, p=p, headline="One differs").as_json() for p in least if p < stats.SURE]
    told = [each | {"sheet": SimpleNamespace(href=str(number))} for number, each in enumerate(told)]
    return bool(pages.front(told, len(least)))


def zeros(corpora: int, seed: int) -> pd.DataFrame:
    """A topic in a fifth of 600 articles, and in none of the few of outlet C: how often an outlet is named."""
    rows = {}
    for few, goal in {3: "<= .05", 8: "<= .05", 20: "by a chance of .01: it may be"}.items():
        rng, found = np.random.default_rng(seed), []
        outlet = pd.Series(np.repeat(["A", "B", "C"], [300, 300 - few, few]))
        for number in range(3 * corpora):
            values = pd.DataFrame({"topic": np.where((rng.random(600) < 0.2) & (outlet != "C"), 0.7, 0.0)})
            named = set(stats.compare(values, outlet, shuffles=SHUFFLES, seed=number).named.group)
            found.append([bool(named), "C" in named])
        rows[few] = [3 * corpora, *np.mean(found, axis=0), goal]
    return pd.DataFrame(rows, ["corpora", "some named", "C named", "goal"]).T.rename_axis("zeros")


def spread(corpora: int, seed: int) -> pd.DataFrame:
    """Outlets differ by so much: how often some are named, and intervals hold the truth; beside it, plain means.

    True is what the comparison says of the outlets' true values. Of plain means those are named whose interval, by
    Student, leaves out the mean of all.
    """
    rows = {}
    for between, (named, omnibus) in SPREADS.items():
        rng, found = np.random.default_rng(seed), []
        for number in range(corpora):
            articles, true = corpus(rng, between)
            answer = compared(articles.value, articles, number)
            truth = compared(articles.outlet.map(true), articles, number).table.effect
            held = ((answer.table.low <= truth) & (truth <= answer.table.high))[answer.table.compared]
            plain = plain_means(articles)
            some = len(answer.named) > 0, answer.p < stats.SURE
            found.append([*some, held.mean(), held.all(), plain.any(), plain.mean()])
        shares = np.mean(found, axis=0)
        rows[between] = [corpora, shares[0], named, shares[1], omnibus, shares[2], ">= .93", *shares[3:]]
    columns = ["corpora", "some named", "goal", "omnibus", "goal_", "covered", "goal__", "all of a corpus covered"]
    return pd.DataFrame(rows, [*columns, "plain: some named", "an outlet"]).T.rename_axis("spread")


def plain_means(articles: pd.DataFrame) -> pd.Series:
    """Whether Student's interval of each outlet's mean leaves out the mean of all."""
    from scipy.stats import t

    by = articles.groupby("outlet").value
    half = t.ppf(0.975, by.size() - 1) * by.sem()
    return (by.mean() - articles.value.mean()).abs() > half


def bundled(corpora: int, seed: int) -> pd.DataFrame:
    """The bundled corpus' originals, what tells them apart within events dealt anew and effects of spread .06 added.

    Measures are of an article's own voice: VADER, and its attitude to those it names. An article keeps the mean of its
    event and takes the rest of another's value; "whole" takes the whole value of another.
    """
    from helpers.sentiment import scores

    read = tables.load(CORPUS).english(copies=False)
    gold = pd.read_csv(CORPUS / "gold" / "articles.csv", keep_default_na=False).set_index("doc")
    named = read.mentions[~read.mentions.nested & (read.mentions.via != "loc") & (read.mentions.voice == "own")]
    voiced = scores.articles(scores.sentences(read.sentences, read.voices), read.documents)
    articles = voiced[voiced.voice == "own"].reset_index(drop=True)
    attitude = scores.mentions(read.sentences, named).groupby("doc").score.mean()
    articles = articles.assign(labelled=articles.doc.map(gold.event), attitude=articles.doc.map(attitude))
    rows = {}
    for edition, part in {"first": articles[articles.doc.map(gold.edition) == 1], "both": articles}.items():
        for events, column in {"found": "event", "labelled": "labelled"}.items():
            for measure in ("vader", "attitude"):
                known = part[part[measure].notna()]
                rows[edition, events, measure] = added(known.assign(event=known[column]), measure, corpora, seed)
    columns = ["articles", "share event", "sd", "corpora", "some named", "goal", "omnibus", "goal_"]
    table = pd.DataFrame(rows, [*columns, "whole: some named", "omnibus_"]).T
    return table.rename_axis(["edition", "events", "measure"])


def added(articles: pd.DataFrame, measure: str, corpora: int, seed: int) -> list[object]:
    """One row of `bundled`."""
    rng, found, names = np.random.default_rng(seed), [], sorted(articles.outlet.unique())
    middle = articles.groupby("event")[measure].transform("mean")
    apart = (articles[measure] - middle).to_numpy()
    for number in range(corpora):
        true = articles.outlet.map(dict(zip(names, rng.normal(0, ADDED, len(names)), strict=True)))
        dealt = middle + rng.permutation(apart), rng.permutation(articles[measure])
        answers = [compared(values + true, articles, number) for values in dealt]
        found.append([share for each in answers for share in (len(each.named) > 0, each.p < stats.SURE)])
    some, omnibus, *whole = np.mean(found, axis=0)
    return [len(articles), answers[0].shared, apart.std(), corpora, some, ">= .70", omnibus, ">= .80", *whole]


def size(corpora: int, seed: int) -> pd.DataFrame:
    """The difference that is said to be named four times in five, given to a middling outlet where none differs."""
    found = {}
    for number, rng in enumerate(np.random.default_rng(seed).spawn(corpora)):
        articles, _ = corpus(rng, 0.0)
        planted(found, {"ten outlets": articles[["value"]].to_numpy()}, articles, number)
        articles = uneven(rng).query("source == index").reset_index(drop=True)
        planted(found, asked(rng, articles.event.to_numpy()), articles, number)
    rows = {what: [len(each), *np.nanmean(each, axis=0)] for what, each in found.items()}
    table = pd.DataFrame(rows, ["corpora", "in standard errors", "named", "never could be"]).T
    return table.assign(goal="about .80").rename_axis("question")


def planted(found: dict[str, list], questions: dict[str, np.ndarray], articles: pd.DataFrame, seed: int) -> None:
    """Plant the size of each question of a page in one outlet and measure, and note whether it is named."""
    answers = {what: compared(values, articles, seed) for what, values in questions.items()}
    for what, answer in stats.corrected(answers).items():
        able = answer.table[answer.table.compared & (answer.table.error > 0)].sort_values("error")
        if not np.isfinite(answer.size):
            found.setdefault(what, []).append([np.nan, np.nan, 1])
            continue
        one = able.iloc[len(able) // 2]
        values = pd.DataFrame(questions[what])
        values.loc[articles.outlet.astype(str) == one.group, one.measure] += (-1) ** seed * answer.size
        named = stats.corrected(answers | {what: compared(values, articles, seed)})[what].named
        hit = ((named.group == one.group) & (named.measure == one.measure)).any()
        found.setdefault(what, []).append([answer.size / one.error, hit, 0])


def speed(_: int, seed: int) -> pd.DataFrame:
    """CPU seconds of one comparison of 10,000 articles, 100 outlets and 30 columns by 4,999 shuffles."""
    rng = np.random.default_rng(seed)
    outlet = rng.choice(100, 10_000, p=rng.dirichlet(np.full(100, 2.0)))
    values, event = pd.DataFrame(rng.exponential(size=(10_000, 30))), pd.Series(rng.choice(2_500, 10_000))
    before = process_time()
    answer = stats.compare(values, pd.Series(outlet), event, seed=seed)
    return pd.DataFrame({"articles": [answer.shared], "CPU seconds": process_time() - before, "goal": "< 10"})


def events_told_apart() -> None:
    """Print how well articles of one event are found in the bundled corpus, pair by pair and as a whole."""
    from sklearn.metrics import v_measure_score

    read = tables.load(CORPUS)
    gold = pd.read_csv(CORPUS / "gold" / "articles.csv", keep_default_na=False).set_index("doc")
    events = gold.event.where(~gold.event.str.startswith("other-"), gold.index)  # a subject is no event
    for name, docs in {"the first 128": gold.index[gold.edition == 1], "all": gold.index}.items():
        documents = read.documents[read.documents.doc.isin(docs)]
        true = events.reindex(documents.doc).to_numpy()
        found = group_articles(documents, read.mentions[read.mentions.doc.isin(docs)]).to_numpy()
        same, said = true[:, None] == true, found[:, None] == found
        right = (same & said).sum() - len(true)
        precision, recall = right / (said.sum() - len(true)), right / (same.sum() - len(true))
        both = 2 * precision * recall / (precision + recall)
        print(
            f"Events of {name}: {len(set(found))} found, {len(set(true))} labelled; pairs: precision {precision:.3f}, "
            f"recall {recall:.3f}, F1 {both:.3f}; V-measure {v_measure_score(true, found):.3f}"
        )


TABLES = {"alarms": alarms, "zeros": zeros, "spread": spread, "bundled": bundled, "size": size, "speed": speed}


if __name__ == "__main__":
    corpora, seed, *chosen = [*sys.argv[1:], *["100", "7"][len(sys.argv) - 1 :]]
    if chosen in ([], ["events"]):
        events_told_apart()
    for name, table in TABLES.items():
        if chosen in ([], [name]):
            begin, printed = process_time(), table(int(corpora), int(seed)).rename(columns=lambda name: name.strip("_"))
            shuffled = "" if table is speed else f" {SHUFFLES} shuffles; {process_time() - begin:.0f} CPU seconds."
            print(f"\n{name}: {table.__doc__.splitlines()[0]}{shuffled}")
            print(printed.to_string(float_format="{:.3f}".format))
