"""A report file and a parameters cell say in one line what is wrong with them."""

import json
import re

import pytest

from helpers import InputError
from helpers.report import __main__ as reports
from helpers.report import plan


def edit(project, name, change):
    """Change the source of a notebook's cells."""
    path = project / "notebooks" / f"{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = change(cell)
    path.write_text(json.dumps(notebook), encoding="utf-8")


REPORTS = [
    ("pages: [00_corpus\n", "not readable as YAML"),
    ("title: Nothing\n", "needs 'pages:'"),
    ("pages: []\n", "needs 'pages:'"),
    ("page: [00_corpus]\npages: [00_corpus]\n", "unknown key 'page'; did you mean 'pages'?"),
    ("pages: [09_weather]\n", "09_weather.ipynb: No such file or directory; check the name in report.yml"),
    ("pages: [00_corpus, 00_corpus]\n", "lists 00_corpus twice"),
    ("pages: [3]\n", "a page is a notebook's name"),
    ("pages: [00_corpus]\npages: [01_topics]\n", "'pages' stands twice"),
    ("title: 2024\npages: [00_corpus]\n", "'title' takes text, not 2024; put it in quotes"),
    ("title: [a]\npages: [00_corpus]\n", "'title' takes text, not ['a']"),
    ("pages: 00_corpus\n", "'pages' takes a list, not '00_corpus'"),
    ("pages: &a [*a]\n", "a page is a notebook's name"),
    ("- 00_corpus\n", "needs 'pages:'"),
    ("titel: x\npages: [00_corpus]\n", "unknown key 'titel'; did you mean 'title'?"),
    ("reports: {a: {pages: [00_corpus]}}\n", "needs 'pages:'"),
    ("reports: {a: {pages: [00_corpus]}}\npages: [00_corpus]\n", "unknown key 'reports'"),
    ("articles: whole\npages: [00_corpus]\n", "'articles' is one of full, passages, none, not 'whole'"),
    ("articles: None\npages: [00_corpus]\n", "'articles' is one of full, passages, none, not 'None'"),
    ("articles: no\npages: [00_corpus]\n", "'articles' takes text, not False; put it in quotes"),
    ("articles: [full]\npages: [00_corpus]\n", "'articles' takes text, not ['full']"),
    ("pages: [{notebook: 01_topics, most: yes}]\n", "'most' takes a whole number, not True"),
    ("pages: [{notebook: 01_topics, sweep: {seeds: [1, 2]}}]\n", "unknown parameter 'seeds'; did you mean 'seed'?"),
    ("pages: [{notebook: 01_topics, sweep: {seed: [1, two]}}]\n", "seed takes int, not 'two'"),
    ("pages: [{notebook: 01_topics, sweep: {seed: outlet}}]\n", "takes a list of values or one of outlets, events"),
    ("pages: [{notebook: 01_topics, sweep: [7]}]\n", "'sweep' takes a parameter with its values"),
    (
        "pages: [{notebook: 01_topics, parameters: {n_topic: 5}}]\n",
        "unknown parameter 'n_topic'; did you mean 'n_topics'?",
    ),
    (
        "pages: [{notebook: 01_topics, parameters: {n_topics: five}}]\n",
        "n_topics takes int, not 'five' (how many topics to look for;",
    ),
    ("pages: [{notebook: 01_topics, parameters: {n_topics: true}}]\n", "n_topics takes int, not True"),
    ("pages: [{notebook: 01_topics, parameters: {mask_names: 1}}]\n", "mask_names takes bool, not 1"),
    ("pages: [{notebook: 01_topics, parameters: [5]}]\n", "'parameters' holds lines of the form"),
    (
        "pages: [{notebook: 00_corpus, parameters: {least: 3}}]\n",
        "00_corpus: parameter 'least' is now called min_articles; give it under that name",
    ),
    (
        "pages: [{notebook: 00_corpus, sweep: {pairs: [1, 2]}}]\n",
        "parameter 'pairs' is now called copies_shown; give it under that name",
    ),
    ("corpus: nowhere\npages: [00_corpus]\n", "nowhere: no such folder"),
]


@pytest.mark.parametrize(("text", "message"), REPORTS, ids=[message[:40] for _, message in REPORTS])
def test_a_wrong_report_file_is_one_line_before_anything_runs(project, capsys, text, message):
    (project / "report.yml").write_text(text)
    assert reports.main([str(project / "report.yml"), "--build", str(project / "build")]) == 2
    shown = capsys.readouterr()
    assert message in shown.err and shown.err.count("\n") == 1 and shown.out == ""
    assert not (project / "build").exists()


def test_a_report_file_that_is_missing_is_one_line(tmp_path, capsys):
    assert reports.main([str(tmp_path / "none.yml")]) == 2
    assert "none.yml: No such file or directory; name your report file" in capsys.readouterr().err


PARAMETERS = [
    ("least = 3  # how many", "line 1 is no typed parameter"),
    ("least: int = 3", "least has no comment"),
    ("least: int = 'three'  # how many", "least has type int and value 'three'"),
    ("least: int = 1 + least  # how many", "malformed"),
    ("least: set = {1}  # how many", "least has type set"),
    ("least: int =", "invalid syntax"),
]


@pytest.mark.parametrize(("source", "message"), PARAMETERS)
def test_a_parameters_cell_that_is_not_plain_is_one_line(project, source, message):
    edit(
        project, "00_corpus", lambda cell: source if cell["metadata"].get("tags") == ["parameters"] else cell["source"]
    )
    with pytest.raises(InputError, match=re.escape(message)) as raised:
        plan.declared(project / "notebooks" / "00_corpus.ipynb")
    assert "write each line as" in str(raised.value) and "\n" not in str(raised.value)


def test_a_notebook_without_a_parameters_cell_is_one_line(project):
    path = project / "notebooks" / "00_corpus.ipynb"
    path.write_text(path.read_text().replace('"parameters"', '"other"'))
    with pytest.raises(InputError, match="has 0 cells tagged 'parameters'; tag one"):
        plan.declared(path)
    for text in (
        "not a notebook",
        "[]",
        '{"cells": [{}]}',
        '{"cells": [{"cell_type": "code", "metadata": [], "source": ""}]}',
    ):
        path.write_text(text)
        with pytest.raises(InputError, match="is not a notebook"):
            plan.declared(path)


GIVEN = [
    ("outlet_is: BBC\n", {}, ("BBC", "auto")),
    ("outlet_is: BBC\n", {"outlet_is": "EFE"}, ("EFE", "auto")),
    ("outlet_is: BBC\n", {"elsewhere": True}, ("", "auto")),  # the report file speaks of its own corpus
    ("outlet_is: BBC\n", {"elsewhere": True, "outlet_is": "EFE"}, ("EFE", "auto")),
    ("outlet_is: BBC\nextra_names: 'yes'\n", {}, ("BBC", "yes")),
    ("extra_names: 'no'\n", {"elsewhere": True}, ("", "no")),
    ("", {}, ("", "auto")),
]


@pytest.mark.parametrize(("line", "options", "expected"), GIVEN)
def test_how_a_folder_is_read_goes_to_every_page(project, tmp_path, line, options, expected):
    report = project / "report.yml"
    report.write_text(f"{line}pages: [00_corpus, {{notebook: 02_sentiment, sweep: {{outlet: outlets}}}}]\n")
    asked = []

    def values(corpus, kind, outlet_is="", extra_names="auto"):
        asked.append((outlet_is, extra_names))
        return ["A"]

    corpus = tmp_path if options.pop("elsewhere", False) else None
    made = plan.read(report, corpus, values, **options)
    told = [(page.parameters["outlet_is"], page.parameters["extra_names"]) for page in made.pages]
    assert {*told, *asked, (made.reads.get("outlet_is", ""), made.reads.get("extra_names", "auto"))} == {expected}
