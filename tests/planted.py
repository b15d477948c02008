"""Articles whose topics are known."""

import numpy as np
import pandas as pd

SUBJECTS = {
    "sea": "ships harbour sailors waves fleet anchor captain deck cargo port lighthouse storm rope hull",
    "bank": "banks payments traders money loans interest deposits currency shares bonds brokers savings profit debt",
    "farm": "wheat tractor harvest cattle barn fields farmer seeds orchard milk plough sheep meadow soil",
    "law": "court judge lawyers verdict appeal trial witness jury sentence prison charges defendant evidence statute",
}


def written(subject, rng, sentences=6):
    """An article on one subject, of random words of it and of words that every subject has."""
    common = "people city report plan meeting official public number place group".split()
    pick = lambda: " ".join([*rng.choice(SUBJECTS[subject].split(), 5), *rng.choice(common, 3)])  # noqa: E731
    return " ".join(f"The {pick()}." for _ in range(sentences))


def planted(each, subjects=tuple(SUBJECTS), seed=7):
    """Articles by name, each named after its subject."""
    rng = np.random.default_rng(seed)
    return pd.Series({f"{subject}-{n}": written(subject, rng) for n in range(each) for subject in subjects})
