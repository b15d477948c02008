"""The vocabulary of attribution: verbs of saying, thinking, naming and asking, and what may stand around them."""

import re

from . import quotes as marks

M = marks.MASK
_STEMS = (
    "acknowledg add affirm alleg announc argu assert claim complain conclud conced confirm contend counter declar "
    "disclos estimat exclaim explain insist joke maintain not observ pledg point_out predict promis recall reckon "
    "recount reiterat reaffirm relat remark report respond shout stat stress suggest threaten tweet vow warn whisper"
).split()


def _forms(stems: list[str]) -> str:
    return "|".join(
        rf"{s.partition('_')[0]}e?(?:d|s|ed|es){s[len(s.partition('_')[0]) :].replace('_', ' ')}" for s in stems
    )


# Verbs in the forms newspapers use. Strong ones report with or without "that"; weak ones tell thoughts, and need
# "that" or a clause whose subject shows it: "he found that ...", not "he found a boat".
_PLURAL = "insist|argue|maintain|contend|allege|acknowledge|concede|suggest|predict"
STRONG = (
    r"said|says?|told|tells?|wrote|writes?|emphasi[sz]e[ds]?|underlin(?:ed|es)|repl(?:ied|ies)|jok(?:ed|es)|"
    r"testif(?:ied|ies)|admit(?:ted|s)|adds?|warns?|insists?|reports?|claims?|went on|goes on|continued|continues|"
    rf"{_PLURAL}|clarified|put it|puts it|" + _forms(_STEMS)
)
WEAK = (
    r"believ(?:ed?|es)|th(?:inks?|ought)|hop(?:ed?|es|ing)|fear(?:ed|s)?|expect(?:ed|s)?|agreed|kn(?:ows?|ew)|found|"
    r"finds|indicat(?:ed|es)|show(?:ed|s)|reveal(?:ed|s)|decid(?:ed|es)|felt|feels?|doubt(?:ed|s)?|suspect(?:ed|s)?|"
    r"assum(?:ed|es)|assur(?:ed|es)|argue|say|express(?:ed|es)|mean(?:s|t)|denie[sd]|deny|answers?|answered"
)
PARTICIPLE = r"saying|telling|adding|" + "|".join(s + "ing" for s in _STEMS if "_" not in s) + "|pointing out"
TELL = r"told|tells?|assur(?:es|ed)|inform(?:s|ed)|remind(?:s|ed)"
CLAUSAL = rf"said|says?|wrote|writes?|{_PLURAL}|emphasi[sz]e[ds]?|underlin(?:ed|es)|testif(?:ied|ies)|"
CLAUSAL += _forms(
    "acknowledg admit affirm alleg announc argu assert claim complain conclud conced confirm contend counter "
    "declar estimat explain insist maintain not predict promis reckon reiterat reaffirm report stat stress suggest "
    "warn".split()
)
LABEL = r"call(?:s|ed|ing)?|dub(?:s|bed)|brand(?:s|ed|ing)|label(?:s|l?ed|l?ing)|consider(?:s|ed)|declar(?:es|ed|ing)"
LIKEN = (
    r"describ(?:es?|ed|ing)|regard(?:s|ed)?|present(?:s|ed)|portray(?:s|ed)|fram(?:es|ed|ing)|dismiss(?:es|ed|ing)|"
    r"hail(?:s|ed|ing)|denounc(?:es|ed|ing)|characteri[sz](?:es|ed)|depict(?:s|ed)|reject(?:s|ed)|condemn(?:s|ed|ing)"
)
ASK = (
    r"ask(?:s|ed)?|urg(?:es?|ed|ing)|order(?:s|ed)|begg?(?:s|ed)|implor(?:es|ed)|tells?|told|warn(?:s|ed)?|"
    r"call(?:s|ed|ing) (?:on|upon)|advis(?:e|es|ed)|appeal(?:s|ed) to|invit(?:es|ed)|wonder(?:s|ed)?|enquired|inquired|"
    r"remember(?:s|ed)? asking|pledg(?:es|ed)|promis(?:es|ed)|vow(?:s|ed)|threaten(?:s|ed)"
)
OF = (
    r"(?:spoke|speaks?|speaking|complain(?:s|ed|ing)|warn(?:s|ed|ing)|talk(?:s|ed|ing)|boast(?:s|ed)|hint(?:s|ed))"
    r"(?: only| mainly)? (?:of|about|against)|call(?:s|ed|ing) for|advis(?:es?|ed) against|appeal(?:s|ed) for"
)
DENY = r"den(?:y|ies|ied|ying)|recall(?:s|ed)|admit(?:s|ted)|remember(?:s|ed)"
ACCUSE = r"accus(?:es?|ed|ing)|blam(?:es?|ed|ing)|critici[sz](?:es?|ed|ing)|reproach(?:es|ed)"
# Verbs that own the words in marks behind them and report nothing else.
QUOTE = (
    r"prais\w+|press(?:es|ed|ing)?|rais(?:es|ed|ing)|demand(?:s|ed|ing)?|attribut\w+|slam(?:s|med)|mock\w*|"
    r"decr(?:ies|ied)|"
    r"refer(?:s|red|ring)|tout(?:s|ed)|seek(?:s|ing)?|sought|propos(?:es|ed|ing)|voic(?:es|ed|ing)|greet(?:s|ed)|"
    r"post(?:s|ed)|highlight\w*|cit(?:es|ed|ing)|endors\w+|offer(?:s|ed|ing)|agreed?|quot(?:es|ed|ing)|laugh\w*|"
    r"spoke|speaks?|used?|critici[sz]\w+|welcom(?:es|ed)|champion(?:s|ed)|sign(?:s|ed)|issu(?:es|ed)|read|reads|"
    r"chant\w+|sang|titl(?:es|ed)|lament\w*|scoff\w*|quipp\w+|muttered|cried|pray\w*|acclaim\w*|celebrat\w+|"
    r"contribut\w+|characteri[sz]\w+|reflect\w+|thank\w*|signal\w*"
)
COUNT = r"said|says?|report(?:s|ed)|estimat(?:es|ed)"
KINDS = {
    "strong": STRONG, "weak": WEAK, "part": PARTICIPLE, "label": LABEL, "liken": LIKEN, "ask": ASK, "of": OF,
    "deny": DENY, "accuse": ACCUSE, "count": COUNT, "tell": TELL, "clausal": CLAUSAL, "quote": QUOTE,
}  # fmt: skip


def _beginnings() -> str:
    """A class of the first two letters of every form, by which most words are passed over at once."""
    pairs = sorted(
        {form[:2] for kind in KINDS.values() for form in re.findall(r"(?:^|[|])(?:[(][?]:)?([a-z]{2})", kind)}
    )
    return "|".join(
        f"{first}[{''.join(pair[1] for pair in pairs if pair[0] == first)}]" for first in sorted({p[0] for p in pairs})
    )


VERBS = re.compile(rf"\b(?={_beginnings()})(?:{'|'.join(KINDS.values())})\b")
OF_KIND = {kind: re.compile(rf"\b(?:{forms})\b") for kind, forms in KINDS.items()}
DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|later|earlier|again|here|there|instead|also|too)"
WHOM = (
    r"(?: (?:him|her|them|me|us|reporters|journalists|lawmakers|parliament|(?:the|an?|his|her|their|its|this) [\w’'-]+"
    r"(?: [a-z][\w’'-]+)?|[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|the|and)){0,8}))?"
)
WHEN = (
    rf"(?:,? (?:(?:on|in|at|to|by|through|during|via|after|across) [^,;:{M}“”]{{2,50}}?|{DAY}|as well|in turn|"
    rf"a day later)"
    rf"){{0,3}}"
)
AUX = re.compile(
    r"\b(?:is|are|was|were|will|would|could|should|may|might|has|have|had|can|cannot|must|do|does|did|need|kept|"
    r"rested?|"
    r"am|isn|aren|wasn|weren|won|wouldn|couldn|hasn|haven|hadn|don|doesn|didn|became|came|went|made|took)\b"
)
FINITE = re.compile(rf"{AUX.pattern}|\b(?!this\b|always\b|perhaps\b|news\b|various\b)[a-z]{{3,}}(?:ed|s)\b")
STARTER = (
    r"(?=(?:the|an?|he|she|it|they|there|his|her|their|its|this|these|those|both|some|no|any"
    r"|we|I|you|all|such)\b|[A-Z])"
)
NOT_CLAUSE = (
    r"(?!(?:to|on|in|at|by|for|with|from|of|about|after|before|as|when|while|and|but|or|so|nothing|little|much|that|"
    r"than|it\b(?! \w))\b)"
)
RULES = {
    "that": re.compile(rf"{WHOM}{WHEN},? that (?=[^\s])"),
    "all that": re.compile(
        rf"(?: (?:(?! (?:he|she|it|they|we|I|who|which|\w+ed) )[^;:{M}]){{1,120}}?)?,? that (?=[^\s])"
    ),
    "colon": re.compile(rf"{WHOM}{WHEN}[:,]? ?(?={M})"),
    "whether": re.compile(rf"{WHOM}{WHEN} (?=(?:whether|if|why|how|what|who|where|which)\b)"),
    "number": re.compile(r" (?=(?:(?:close to|about|more than|nearly|almost|over|some|only|at least) )?\d[\d,.]*\b)"),
    "clause": re.compile(rf"{WHEN} {STARTER}"),
    "told": re.compile(rf"{WHOM}{WHEN} {STARTER}"),
    "plain": re.compile(rf"{WHEN} {NOT_CLAUSE}(?=[a-z])"),
    "infinitive": re.compile(
        rf"(?: [^,;:{M}]{{2,60}}?)(?: not)? (?=to (?!(?:the|an?|his|her|their|its|this|that|be named)\b)[a-z]+\b)"
    ),
    "accuse": re.compile(rf" [^,.;:{M}]{{2,60}}? (?:of|for) (?=\w+ing\b|(?:his|her|its|their|the|an?)\b|{M})"),
    "as": re.compile(rf"(?: [^,.;:{M}]{{2,60}}?)? as (?={M}|\w)"),
    "call": re.compile(
        rf" (?:it|them|him|her|this|that|[A-Z][\w’'-]+|(?:the|this|these|those|his|her|their|its|one|such) "
        rf"[\w’']+(?: [a-z]+s)??) (?=[a-z{M}])"
    ),
}  # fmt: skip
RULES |= {"of": re.compile(r" (?=[^\s])"), "gerund": re.compile(r" (?=[a-z]+ing\b)")}
# Which rules a kind of verb is tried with, in order; and those whose words end with the clause.
FORWARD = {
    "of": ["of"],
    "tell": ["all that", "told"],
    "ask": ["whether", "infinitive"],
    "accuse": ["accuse"],
    "liken": ["as"],
    "label": ["call"],
    "count": ["number"],
    "strong": ["that", "colon"],
    "clausal": ["clause", "plain"],
    "weak": ["that", "clause"],
    "part": ["that", "colon", "clause"],
    "deny": ["gerund"],
}
SHORT = {"number", "call", "as"}
PRONOUN = re.compile(r"(?:(?:he|she|they|I|we|you) [a-z]+|it [a-z]+(?:ed|s)\b)")
PAST = re.compile(r" [a-z]+ed\b")
ASKED = re.compile(r"\b(?:ask(?:s|ed)|wonder(?:s|ed)|demand(?:s|ed))\b")
INVERTED = re.compile(
    rf" (?P<who>[^,;:{M}]{{2,140}}?)(?=[,;:{M}]|[.!?]*$| (?:who|on \w+day|yesterday|in an? interview|as|when|after)\b)"
)
_BACK = rf"(?:{AUX.pattern}|[a-z]+ed\b|[a-z]+s\b)"
ASIDE = re.compile(
    rf"(?:,|;| [–—-]) ?(?:even as|while|amid|drawing|according to|although|though|but|adding|a (?:figure|claim|charge|"
    rf"form|move|phrase)|the (?:highest|lowest|first|largest)|words|as|which(?![^,]{{2,60}}, {AUX.pattern}))\b|"
    rf"[;:]| – |"
    rf", and (?=(?:he|she|it|they|by|[A-Z]\w+ {_BACK}))"
)
CLAUSE_END = re.compile(rf",(?!\d)|[;:]|\bknown\b| – | — | and (?=(?:[a-z]+ed|[a-z]+s to|{VERBS.pattern})\b)")
CLOSING = re.compile(
    rf"{WHOM}(?:,? (?:(?:on|in|at|to|during|of|after|via|from|by|with|before|through|for|"
    rf"over) [^,;:{M}“”]{{1,90}}|{DAY}))"
    rf"{{0,3}}(?:[.!?…”’\"]*$|,? (?:as|while|amid|after|when|in|before|during|who)\b|[;:]|,? ?{M}|"
    rf", (?:who|an?|the|his|her|even|where|although|though|adding|using|with|and|but|according|[a-z]+ing)\b)"
)
BOUNDARY = re.compile(
    rf"[,;:—–(•{M}]\s*|\s- |\b(?:that|which|who|whom|what|when|while|as|because|although|though|if|after|before|since|"
    r"where|than|for|until|whose) "
)
TAIL = re.compile(
    rf"(?:,? (?:also|has|have|had|then|later|now|[a-z]+ly|once|again|still|{DAY}|himself|herself|itself|themselves|"
    rf"in turn|"
    r"(?:on|this|last|next) (?:the )?\w+|for (?:his|her|its|their) part|however|too|would|will|did not|does not|"
    r"do not|could|must|might|may|always|often|never|was|is|were|are|been|quick to|wearily|who|pointedly))*,?\s*$"
)
NO_SUBJECT = re.compile(r"^(?:to|be|been|of|not|by|in|on|at|and|or|but|so|there|the|an?|with|from|for)$")
LEAD = re.compile(
    rf"(?:[•‘“-]\s*)?(?:(?:In|On|At|After|During|While|Although|Though|Since|By|Before|When|As|If|For|With|"
    rf"Earlier|Later|"
    rf"Meanwhile|Against|Under|From|Asked|\w+ing|\w+ly|Still|Yet|But|And|So)\b[^,;:{M}]{{0,160}}, )+"
)
SUBJECT = re.compile(
    rf"(?:But |And |So |Yet |Then )?(?P<who>[^,;:.{M}()]{{2,140}}?)(?=,| (?:{AUX.pattern}|{VERBS.pattern}|"
    rf"[a-z]+ed\b)|$)"
)
ACCORDING = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of|[Aa]s reported by|Per)\s")
AS_PUT = re.compile(rf"As (?P<who>[^,;:{M}]{{2,80}}?) (?:{STRONG}|sees? it|saw it|tells? it)(?: {DAY})?, ")
OPINION = re.compile(
    r"\b(?:[Bb]y (?P<a>[^,;:]{2,80}?)[’']s (?:own )?(?:count|account|estimate|reckoning)|"
    r"[Ii]n (?P<b>his|her|their|its|[^,;:]{2,60}?[’']s) (?:own )?(?:opinion|view|words|account|telling))\b"
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly| also)? $")
QUOTED_AS = re.compile(
    r"(?P<who>[^,;]{2,120}?) (?:(?:was|were|is|are|been) (?:also )?quoted\b[^;]*?|quoted (?P<by>[^,;]+?)) as $"
)
# "the law, passed in haste, is unworkable"
PARTED = re.compile(rf"[^,;:{M}]{{2,80}}, [^,;:{M}]{{2,80}}, {AUX.pattern}")
HALF = re.compile(r"\b(?:the|an?|his|her|its|their|this|no|of|in|new)\b $")
AS_END = re.compile(r",? as $")
INVERTS = re.compile(rf"(?:,|{M},?) ?$")
AFTER_WORDS = re.compile(rf"(?:,|{M},?)(?: as)? ?$")
RESTRICTS = re.compile(rf"(?:who|which|that) (?:now |\w+ly )?(?:{AUX.pattern}|[a-z]+(?:ed|s)\b|went|sets?)")
# What a sentence opens with is a person by a pronoun, a name of two words, or what such nouns end in.
PERSON = re.compile(
    r"^(?:[Hh]e|[Ss]he)$|[A-Z]\w+ [A-Z]\w+|^[A-Z][a-z]+[a-rt-z]$|^(?:The|An?|His|Her|One|the|an?)\b.*(?:[eo]r|"
    r"man|woman|ist|ian|al|ant|ent|ee|eur|ess|ot|ar)$"
)
NOUN = re.compile(
    r"(?:[’']s|[’']|\b(?:the|an?|his|her|its|their|this|no|any|of|new|more|such|all))(?: joint| latest)? $"
)
MODAL = re.compile(r"\b(?:would|could|can|might|may|must|should|cannot)(?: not| have| \w+ly)? $")
CLAIM = re.compile(
    r"\b(?:accusations?|allegations?|assertions?|claims?|warnings?|suggestions?|statements?|reports|"
    r"rumou?rs) that (?=[^\s])"
)
COORDINATE = re.compile(r"(?:,? (?:and|but|then)|,)(?: (?:he|she|it|they))?(?: (?:also|then|later|has|had))* $")
JOINT_END = re.compile(r"(?:,|\s|\band|\bbut|\bthen)+$")
MORE = re.compile(
    rf"{WHEN}(?:, (?!(?:as|while|amid|after|when|adding|who|even|although|though|during|\w+ing)\b)|,? ?(?={M}))"
)
SOURCE = re.compile(rf"[^,;:{M}]{{2,120}}?(?:(?=[,;:]|[.]?$)|(?={M}))(?:, (?:who|which|a|an|the) [^,;]{{2,80}}(?=, ))?")
LEADING = re.compile(
    r"\s*(?:(?:(?:And|But|So|Yet|Then|Still|Although|Though|While|After|When|As|and|but|then|as|"
    r"There (?:is|are|were|was)|(?:[Oo]n|[Ee]arlier|[Ll]ater) \w+)\b)\s+)*"
)
PRONOUN_ONLY = re.compile(r"^(?:which|that|what|who|whom)\b|\b(?:whom|which)\b")
RELATIVE = re.compile(r"\b(?:that|which|what|who|whom) $")
