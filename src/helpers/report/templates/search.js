// The search page: reads the sentences of all articles part by part, and finds words and names in them.
(() => {
  const FIRST = 50, OFFERED = 6;
  const make = (tag, words = "", attributes = {}) => Object.assign(document.createElement(tag), attributes, { textContent: words });
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const [box, field, outlet, since, until, offers, chosen, count, list, more] =
    ["search", "query", "outlet", "from", "to", "actors", "actor", "count", "hits", "more"].map(id => document.getElementById(id));
  const total = Number(box.dataset.parts);

  // What was read. Sentences are numbered through all parts, the newest articles first; `of` has the article of each.
  const parts = [], articles = [], sentences = [], of = [];
  let actors = [], months = [], lost = 0;
  // What is asked, and the numbers of the sentences that answer it; `begins`: words need not be found whole.
  let terms = [], actor = null, begins = false, fits = () => true, hits = [];

  // Text as it is compared: small, without accents, with plain quotation marks, one blank where there are several. Each
  // piece is folded by itself, so that `marked` can walk back to the letters as they were.
  const PLAIN = new Map(["’'", "‘'", "“\"", "”\"", "„\"", "«\"", "»\"", "–-", "—-", "‑-", "øo", "łl", "đd", "ıi", "æae", "œoe"].map(pair => [pair[0], pair.slice(1)]));
  const DROPPED = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\ufe00-\ufe0f]|\p{Cf}/gu;
  const known = new Map();
  const plain = piece => {
    if (!known.has(piece)) {
      const small = [...piece.normalize("NFKD").replace(DROPPED, "").toUpperCase().toLowerCase()];
      known.set(piece, small.map(letter => PLAIN.get(letter) ?? letter).join("").replace(/\s+/g, " "));
    }
    return known.get(piece);
  };
  const fold = text => text.replace(/\s{2,}|[\t\n\v\f\r]|[^\x00-\x7f]/gu, plain).toLowerCase();

  // Whether a letter or digit stands there; scripts that put no blanks between words have no whole words to find.
  const LETTER = /^(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{N}\p{M}_]/u;
  const isWord = (text, at) => {
    const code = text.charCodeAt(at);
    if (code < 128) return code > 96 && code < 123 || code > 47 && code < 58 || code === 95;
    return code >= 128 && LETTER.test(text.slice(code >>> 10 === 55 ? at - 1 : at, at + 2));  // 55: half of a letter
  };

  // The words and phrases of a query, the longest first. A term is found whole where it begins and ends with a letter.
  const termsOf = query => [...fold(query).matchAll(/"([^"]*[^"\s][^"]*)"?|(\S+)/g)].map(([, phrase, word]) => {
    let text = phrase ? phrase.trim() : word.replace(/[.,;:!?]+$/, "") || word;
    const open = !phrase && /.\*$/.test(text);
    if (open) text = text.slice(0, -1);
    return { text, open, first: isWord(text, 0), last: isWord(text, text.length - 1) };
  }).sort((one, other) => other.text.length - one.text.length);

  // Where a term stands next in a folded text, or -1; and where that ends: a beginning of a word with the word.
  const next = (text, term, start) => {
    for (let at = text.indexOf(term.text, start); at >= 0; at = text.indexOf(term.text, at + 1)) {
      if (!(term.first && isWord(text, at - 1)) && (term.open || begins || !(term.last && isWord(text, at + term.text.length)))) return at;
    }
    return -1;
  };
  const end = (text, term, at) => {
    at += term.text.length;
    while (term.last && isWord(text, at)) at += 1;
    return at;
  };

  // The sentences of a part that answer what is asked.
  const scan = ({ begun, text, starts }) => {
    const found = [], [lead, ...rest] = terms;
    const has = (place, some) => some.every(term => next(text.slice(starts[place], starts[place + 1] - 1), term, 0) >= 0);
    if (actor) {
      for (const number of new Set(actor.named.map(mention => mention[0]))) {
        const place = number - begun;
        if (place >= 0 && place < starts.length - 1 && fits(number) && has(place, terms)) found.push(number);
      }
    } else if (lead) {
      for (let place = 0, at = next(text, lead, 0); at >= 0; at = next(text, lead, starts[++place])) {
        while (starts[place + 1] <= at) place += 1;
        if (fits(begun + place) && has(place, rest)) found.push(begun + place);
      }
    }
    return found;
  };

  // A sentence with what was asked for marked; `origin` has where each unit of the folded sentence comes from.
  const marked = number => {
    const text = sentences[number], origin = [], spans = [], said = make("bdi");
    let folded = "", done = 0;
    for (const { 0: piece, index } of text.matchAll(/\s+|\S/gu)) {
      folded += fold(piece);
      while (origin.length < folded.length) origin.push(index);
    }
    origin.push(text.length);
    for (const term of terms) {
      for (let at = next(folded, term, 0), stop; at >= 0; at = next(folded, term, stop)) {
        stop = end(folded, term, at);
        spans.push([origin[at], origin[stop]]);
      }
    }
    for (const [place, start, stop] of actor?.named ?? []) if (place === number) spans.push([start, stop]);
    for (const [start, stop] of spans.sort((one, other) => one[0] - other[0])) {
      const from = Math.max(start, done);
      if (stop <= from) continue;
      said.append(text.slice(done, from), make("mark", text.slice(from, stop)));
      done = stop;
    }
    said.append(text.slice(done));
    return said;
  };
  const row = number => {
    const { headline, outlet, day, page, first } = articles[of[number]];
    const who = make("span", "", { className: "who" }), said = make("span"), shown = make("li");
    const title = page ? make("a", "", { href: `${page}#s${number - first}` }) : make("b");
    title.className = "title";
    title.append(make("bdi", headline));
    who.append(make("bdi", outlet), " ", make("br"), day);
    said.append(title, " ", make("br"), marked(number));
    shown.append(who, said);
    return shown;
  };
  const paint = upTo => {
    list.append(...hits.slice(list.children.length, upTo).map(row));
    const left = hits.length - list.children.length;
    more.hidden = !left;
    more.textContent = `Show ${Math.min(left, FIRST)} more`;
  };

  // What was found, and in how much.
  const say = () => {
    const here = hits.reduce((sum, number, place) => sum + (of[number] !== of[hits[place - 1]]), 0);
    const whole = `${counted(hits.length, "sentence")} of ${counted(here, "article")}`;
    const not = `No sentence has ${terms.length > 1 ? "all of these" : "this"}`;
    const told = !terms.length && !actor ? `${counted(sentences.length, "sentence")} of ${counted(articles.length, "article")} to search`
      : !hits.length ? not : begins ? `${not} as ${terms.length > 1 ? "whole words" : "a whole word"}; words that begin so are in ${whole}` : whole;
    const far = parts.length + lost < total ? `, so far: ${parts.length} of ${counted(total, "part")} read` : "";
    count.textContent = `${told}${far}.${lost ? ` ${counted(lost, "part")} could not be read.` : ""}`;
  };
  const find = () => {
    const ends = [since, until].map(select => select.value && Number(select.value)), dated = ends.some(place => place !== "");
    const [low, high] = [ends[0] || 0, ends[1] === "" ? Infinity : ends[1]].sort((one, other) => one - other);
    fits = number => {
      const { place, month } = articles[of[number]];
      return (!outlet.value || place === Number(outlet.value)) && (!dated || month >= low && month <= high);
    };
    terms = termsOf(field.value);
    begins = false;
    hits = parts.flatMap(scan);
    if (!hits.length && terms.length) {
      begins = true;
      hits = parts.flatMap(scan);
    }
    list.replaceChildren();
    paint(FIRST);
    say();
  };

  // The actors one of whose names is what is typed, begins so, or has a word that does; or else with its last word.
  const called = wanted => wanted.length < 2 ? [] : [`\n${wanted}\n`, `\n${wanted}`, ` ${wanted}`].flatMap(words => actors.filter(one => one !== actor && one.names.includes(words)));
  const offered = one => {
    const also = one.also.filter(name => !fold(name).startsWith(fold(one.name)));
    const names = also.length ? `: also ${also.slice(0, 3).join(", ")}${also.length > 3 ? " …" : ""}` : "";
    const button = make("button", "", { type: "button" }), shown = make("li");
    button.append(make("bdi", one.name), make("span", ` (actor, named ${counted(one.times, "time")}${names})`));
    button.addEventListener("click", () => { actor = one; field.value = one.left; field.focus(); ask(); });
    shown.append(button);
    return shown;
  };
  const offer = () => {
    const typed = fold(field.value).replace(/["*]/g, "").trim();
    let left = "", found = called(typed);
    if (!found.length) [left, found] = [field.value.trim().replace(/\S+$/, ""), called(typed.split(" ").at(-1))];
    found = [...new Set(found)].slice(0, OFFERED);
    offers.replaceChildren(...found.map(one => offered(Object.assign(one, { left }))));
    offers.hidden = !found.length;
    chosen.hidden = !actor;
    chosen.replaceChildren("Names ", make("bdi", actor?.name ?? ""), " ✕");
  };

  // The address keeps what is asked, so that it can be linked.
  let waiting, later;
  const remember = () => {
    const told = [["q", field.value.trim()], ["actor", actor?.id], ["outlet", outlet.value && outlet.selectedOptions[0].textContent], ["from", months[since.value]?.[0]], ["to", months[until.value]?.[0]]];
    try { history.replaceState(null, "", `#${new URLSearchParams(told.filter(pair => pair[1]))}`); } catch { /* too often: no link */ }
  };
  const recall = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    field.value = kept.get("q") ?? "";
    actor = actors.find(one => one.id === kept.get("actor")) ?? null;
    outlet.selectedIndex = Math.max(0, [...outlet.options].findIndex((one, place) => place && one.textContent === kept.get("outlet")));
    for (const select of [since, until]) select.selectedIndex = 1 + months.findIndex(month => month[0] === kept.get(select.id));
    find();
    offer();
  };
  const ask = () => {
    find();
    offer();
    clearTimeout(later);
    later = setTimeout(remember, 400);
  };

  // The data: each file calls one of these, and when it has, the next is read.
  window.addNames = ([outlets, dates, named]) => {
    outlet.append(...outlets.map((name, value) => make("option", name, { value })));
    months = dates;
    for (const select of [since, until]) select.append(...months.map(([, name], value) => make("option", name, { value })));
    actors = named.map(([id, name, times, also]) => ({ id, name, times, also, named: [], names: `\n${[name, ...also].map(fold).join("\n")}\n` }));
    recall();
  };
  window.addPart = part => {
    const lines = [], starts = [0], begun = sentences.length;
    for (const [headline, place, day, month, page, said, mentions] of part) {
      const first = sentences.length;
      for (const text of said) {
        lines.push(fold(text));
        starts.push(starts.at(-1) + lines.at(-1).length + 1);
        of.push(articles.length);
        sentences.push(text);
      }
      for (let at = 0; at < mentions.length; at += 4) actors[mentions[at]]?.named.push([first + mentions[at + 1], mentions[at + 2], mentions[at + 3]]);
      articles.push({ headline, place, outlet: outlet.options[place + 1]?.textContent ?? "", day, month, page, first });
    }
    parts.push({ begun, text: lines.join("\n"), starts });
    if (begins || !hits.length) return find();
    hits.push(...scan(parts.at(-1)));
    paint(Math.max(FIRST, list.children.length));
    say();
  };
  const load = number => {
    if (number > total) return;
    const file = make("script", "", { src: `search/${number || "names"}.js` });
    file.addEventListener("load", () => load(number + 1));
    file.addEventListener("error", () => { lost += 1; say(); load(number + 1); });
    document.head.append(file);
  };

  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 15); });
  for (const select of [outlet, since, until]) select.addEventListener("change", ask);
  chosen.addEventListener("click", () => { actor = null; field.focus(); ask(); });
  more.addEventListener("click", () => {
    const shown = list.children.length;
    paint(shown + FIRST);
    list.children[shown].querySelector("a")?.focus();
  });
  addEventListener("hashchange", () => { if (/=|^$/.test(location.hash)) recall(); });  // "#main" asks nothing
  box.hidden = false;
  load(0);
})();
