"""Print what share of the statements of each module tests cover that build no report; fail where one is hardly covered.

python tests/covered.py build/coverage.json
"""

import json
import sys
from pathlib import Path

LEAST, LEAST_IN_ALL = 70, 93  # per cent of the statements of a module, and of all


def main(path: str) -> int:
    told = json.loads(Path(path).read_text(encoding="utf-8"))
    shares = {name: file["summary"]["percent_covered"] for name, file in told["files"].items()}
    for name, share in sorted(shares.items(), key=lambda pair: pair[1]):
        print(f"{share:6.1f} %  {name}")
    print(f"{told['totals']['percent_covered']:6.1f} %  in all")
    hardly = [name for name, share in shares.items() if share < LEAST]
    return int(bool(hardly) or told["totals"]["percent_covered"] < LEAST_IN_ALL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
