"""The shape of the house: which way imports run, what is documented, and that files agree with each other."""

import ast
import re
import subprocess
import sys

import pytest
from support import ROOT

HOME = ROOT / "src" / "helpers"
SOURCES = {str(path.relative_to(HOME)): path for path in sorted(HOME.rglob("*.py")) if path != HOME / "__init__.py"}
# Which rooms a room may import; none imports itself from above. A file at the top is a room of one file.
ABOVE = {
    "language": "",
    "show": "",
    "stats": "",
    "reading": "language",
    "actors": "language",
    "corpus": "reading actors language show stats",
    "topics": "corpus language stats show",
    "sentiment": "corpus language stats show",
    "network": "corpus language stats show sentiment",
    "voices": "corpus language stats show",
    "report": "show corpus reading",
}
TEXT = {".py", ".md", ".yml", ".toml", ".lock", ".txt", ".csv", ".ipynb", ".j2", ".css", ".js", ".json", ""}


def tracked():
    """The text files of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).suffix in TEXT and (ROOT / name).is_file()]


def imports(path, *, anywhere=True):
    """The names a module imports, without those only for type checkers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if anywhere else tree.body
    guarded = {
        id(n)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for n in ast.walk(node)
    }
    for node in nodes:
        if id(node) in guarded:
            continue
        if isinstance(node, ast.ImportFrom) and node.level:
            yield from [node.module] if node.module else [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


def room(path):
    """The room a file of the package stands in."""
    return path.relative_to(HOME).parts[0].removesuffix(".py")


def rooms_imported(path):
    """The other rooms that a file imports from."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    far = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    up = len(path.relative_to(HOME).parts)
    for node in far:
        names = [node.module] if node.module else [alias.name for alias in node.names]
        yield from (name.split(".")[0] for name in names if node.level == up)


@pytest.mark.parametrize("name", SOURCES)
def test_a_room_imports_only_rooms_below_it(name):
    inside = set(rooms_imported(SOURCES[name])) - {"InputError", "load"}  # of the face, which any may use
    assert inside <= {*ABOVE[room(SOURCES[name])].split(), room(SOURCES[name])}


def test_no_room_stands_above_itself():
    order = list(ABOVE)
    assert all(set(below.split()) <= set(order[: order.index(name)]) for name, below in ABOVE.items())
    assert {room(path) for path in SOURCES.values()} == set(ABOVE)


HEAVY = {
    "sklearn",
    "scipy",
    "matplotlib",
    "networkx",
    "nltk",
    "papermill",
    "nbconvert",
    "nbformat",
    "vaderSentiment",
    "py3langid",
    "yaml",
    "pyarrow",
    "trafilatura",
    "lxml",
    "ftfy",
    "charset_normalizer",
    "xlsxwriter",
}


@pytest.mark.parametrize("name", SOURCES)
def test_heavy_packages_are_imported_where_they_are_needed(name):
    assert not HEAVY & set(imports(SOURCES[name], anywhere=False))


def test_importing_the_package_loads_nothing_but_itself():
    code = "import sys; before = set(sys.modules); import helpers; print(*(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == ["helpers"]


@pytest.mark.parametrize("name", SOURCES)
def test_modules_are_short_and_their_public_names_documented_and_typed(name):
    source = SOURCES[name].read_text(encoding="utf-8")
    assert source.count("\n") <= 520
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 45, node.name
            assert node.returns is not None, node.name
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_environment_yml_has_the_versions_of_the_lock():
    pins = re.findall(r'^      - "(.+)"$', (ROOT / "environment.yml").read_text(), re.MULTILINE)
    locked = re.findall(r"^([a-z][^\\\n]*[^\\\s])\s*\\$", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert pins == locked
    assert len(pins) > 50


def test_every_locked_version_has_a_hash_and_the_lock_names_no_index():
    lock = (ROOT / "requirements.lock").read_text()
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", lock.strip()))
    assert "://" not in lock


def test_the_lock_has_every_dependency_of_the_package():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {
        re.match(r"[\w-]+", entry)[0].lower().replace("_", "-")
        for entry in project["dependencies"] + project["optional-dependencies"]["dev"]
    }
    assert wanted <= set(re.findall(r"^([a-z][\w-]*)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))


def test_make_help_is_the_default_and_lists_every_target():
    shown = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    assert sorted(re.findall(r"^  make ([\w-]+) +\w", shown, re.MULTILINE)) == sorted(phony)


def test_every_link_of_the_readme_leads_somewhere():
    for page in (ROOT / "README.md", ROOT / "corpus" / "README.md"):
        targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"", page.read_text(encoding="utf-8"))
        for target in (one or two for one, two in targets):
            assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_file_names_a_package_index_or_a_folder_of_somebody_s_machine():
    words = ["py" + "pi.org", "python" + "hosted", "/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/"]
    found = [
        (str(path.relative_to(ROOT)), word)
        for path in tracked()
        for word in words
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []
