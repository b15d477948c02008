"""What somebody does to a notebook: cells out of order, no parameters cell, old names. Each is one line."""

import subprocess
import sys
from textwrap import dedent

import pytest
from support import OFFLINE, ROOT

LOAD = "corpus = load(corpus, outlet=outlet)"
IMPORT = "from helpers import load\n"
CASES = {
    "a cell run out of order": (
        [IMPORT, "corpus.search('ship')"],
        "there is no 'corpus' yet; run the cells above first",
    ),
    "a deleted parameters cell": ([IMPORT + LOAD], "there is no 'corpus' yet; run the cells above first"),
    "a slip": ([IMPORT + "corpus = ''", "corpu"], "there is no 'corpu' yet; did you mean 'corpus'?"),
    "another type": (["corpus = ''; outlet = 3", IMPORT + LOAD], "outlet takes text, not 3; put it in quotes"),
    "an old parameter": (
        ["corpus = ''; outlet = ''; min_articles = 3", "# Parameters\nleast = 5", IMPORT + LOAD],
        "parameter 'least' is now called min_articles; give it under that name",
    ),
    "a name of one's own": (["# Parameters\nleast = 5", IMPORT + "least"], ""),
}
SCRIPT = """
    import sys
    from IPython.core.interactiveshell import InteractiveShell
    shell = InteractiveShell.instance(colors="nocolor")
    for cell in {cells!r}:
        done = shell.run_cell(cell, store_history=True)
"""


@pytest.mark.parametrize("case", CASES)
def test_what_goes_wrong_in_a_cell_is_one_line_that_says_what_to_do(case, tmp_path):
    cells, message = CASES[case]
    done = subprocess.run(
        [sys.executable, "-c", dedent(SCRIPT).format(cells=cells)],
        cwd=ROOT, env=OFFLINE | {"IPYTHONDIR": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    shown = (done.stdout + done.stderr).strip().splitlines()
    assert "Traceback" not in "".join(shown)
    assert message in shown[-1] if message else shown[-1] == "Out[2]: 5", shown
    assert len(shown) == 1
