import json
import re
from statistics import median

import pytest
from support import ROOT

from helpers.report import plan

NOTEBOOKS = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
}
FORBIDDEN = r"^\s*(?:def|class|%|!)|\binput\(|nltk\.download|pip install|~/|\.to_html\(|\bMarkdown\("


def code(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def prose(notebook):
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]


def test_names_are_numbered_and_the_report_lists_every_notebook():
    assert all(re.fullmatch(r"\d\d_[a-z]+", name) for name in NOTEBOOKS)
    assert [page.name for page in plan.read(ROOT / "report.yml").pages] == list(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_carries_no_output_and_no_function(name):
    for cell in code(NOTEBOOKS[name]):
        source = "".join(cell["source"])
        assert cell["outputs"] == [] and cell["execution_count"] is None
        assert not re.search(FORBIDDEN, source, re.MULTILINE), source
    assert [cell["id"] for cell in NOTEBOOKS[name]["cells"]] == [
        f"c{n:02d}" for n in range(1, len(NOTEBOOKS[name]["cells"]) + 1)
    ]


def lines(name):
    """How many lines each code cell has; the parameters, one a line, are told apart."""
    cells = [cell for cell in code(NOTEBOOKS[name]) if cell["metadata"].get("tags") != ["parameters"]]
    return [len("".join(cell["source"]).splitlines()) for cell in cells]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_short_and_its_prose_is_not(name):
    found, words = lines(name), len(" ".join(prose(NOTEBOOKS[name])).split())
    given = len(plan.declared(ROOT / "notebooks" / f"{name}.ipynb"))
    told = f"{len(found) + 1} cells, {sum(found)} lines and {given} parameters, longest {max(found)}"
    print(f"{name}: {told}, {words} words of prose")
    assert len(found) + 1 <= 15 and sum(found) + given < 90 and max(found) <= 6 and median(found) <= 2
    assert words >= 30 * (len(found) + 1)


def test_all_notebooks_together_are_short():
    assert sum(sum(lines(name)) for name in NOTEBOOKS) < 350


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_opens_with_its_question_and_ends_with_things_to_try(name):
    texts = prose(NOTEBOOKS[name])
    assert re.fullmatch(r"# .+\?", texts[0])
    assert NOTEBOOKS[name]["cells"][1]["metadata"]["tags"] == ["parameters"]
    assert texts[-1].startswith("## Try this") and 2 <= len(re.findall(r"^\d\. ", texts[-1], re.MULTILINE)) <= 3
    sources = ["".join(cell["source"]) for cell in code(NOTEBOOKS[name])]
    assert [number for number, source in enumerate(sources) if "show.answer(" in source] == [2]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_parameters_are_typed_and_commented_and_begin_with_the_corpus(name):
    declared = plan.declared(ROOT / "notebooks" / f"{name}.ipynb")
    assert next(iter(declared)) == "corpus"
    assert all(parameter.note for parameter in declared.values())
