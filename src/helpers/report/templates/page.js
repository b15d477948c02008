// Everything here is a comfort: without it every page still reads, links and prints.
(() => {
  const root = document.documentElement;
  const make = (tag, attributes = {}, words = "") => Object.assign(document.createElement(tag), attributes, { textContent: words });
  const named = ({ hash }) => {
    try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch { return null; /* "#100%" names nothing */ }
  };

  // The theme button: the reader's choice before the system's, kept for the next page where the browser allows it.
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const name = () => { button.textContent = dark() ? "Light" : "Dark"; };
  try { if (localStorage.theme) root.dataset.theme = localStorage.theme; } catch { /* no storage: no memory */ }
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.theme = root.dataset.theme; } catch { /* as above */ }
    name();
  });
  system.addEventListener("change", name);
  button.hidden = false;
  name();

  // What a cell is sorted by: a number, a day, or its words.
  const value = cell => {
    const words = cell.textContent.trim().replace(/−/g, "-");
    const number = /^[<>≤≥]?\s*[+-]?[\d,]*\.?\d+/.exec(words);
    const day = /^\d{1,2} [A-Z][a-z]+ \d{4}/.exec(words);
    if (day && !Number.isNaN(Date.parse(day[0]))) return Date.parse(day[0]);
    return number ? parseFloat(number[0].replace(/[<>≤≥,\s]/g, "")) : words;
  };
  const compare = (a, b) => {
    const kinds = [typeof a, typeof b];
    if (kinds[0] !== kinds[1]) return kinds[0] === "number" ? -1 : 1;
    return kinds[0] === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true });
  };
  for (const table of document.querySelectorAll(".out table")) {
    const body = table.tBodies[0];
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    if (body && heads.length > 4) {  // on a phone each row is a card
      table.classList.add("wide");
      for (const row of body.rows) for (const [column, cell] of [...row.cells].entries()) cell.dataset.label = heads[column]?.textContent ?? "";
    }
    if (!body || body.rows.length < 3 || heads.length !== body.rows[0].cells.length) continue;
    for (const [column, head] of heads.entries()) {
      const sort = make("button", { type: "button", className: "sort" }, head.textContent);
      sort.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        const rows = [...body.rows].map(row => [value(row.cells[column]), row]);
        rows.sort((one, two) => (down ? -1 : 1) * compare(one[0], two[0]));
        body.append(...rows.map(pair => pair[1]));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
      });
      head.replaceChildren(sort);
    }
    if (body.rows.length < 10) continue;
    if (body.rows.length > 15) {  // the first ten; the others on demand, and in print
      const more = make("button", { type: "button", className: "more" }, `Show all ${body.rows.length} rows`);
      table.classList.add("few");
      more.addEventListener("click", () => { table.classList.remove("few"); more.remove(); });
      table.after(more);
    }
    const label = make("label", { className: "filter" }, "Filter ");
    const field = make("input", { type: "search" });
    const count = make("span", { role: "status" });
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      table.classList.toggle("found", field.value !== "");
      let left = 0;
      for (const row of body.rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every(word => text.includes(word));
        left += !row.hidden;
      }
      count.textContent = field.value ? ` ${left} of ${body.rows.length} rows` : "";
    });
    label.append(field, count);
    table.before(label);
  }

  // The contents list follows the reader: the last heading that has passed the top is where they are.
  const list = document.querySelector(".contents");
  const entries = [...document.querySelectorAll(".contents a")].map(link => [link, named(link)]).filter(entry => entry[1]);
  let now = null;
  const follow = () => {
    const bottom = innerHeight + scrollY >= root.scrollHeight - 2;
    const passed = entries.filter(entry => entry[1].getBoundingClientRect().top < 100);
    const here = (bottom ? entries : passed).at(-1)?.[0] ?? null;
    if (here === now) return;
    now?.removeAttribute("aria-current");
    here?.setAttribute("aria-current", "true");
    now = here;
    if (here && list.scrollWidth > list.clientWidth) list.scrollLeft = here.offsetLeft - 20;
  };
  if (entries.length) {
    addEventListener("scroll", follow, { passive: true });
    addEventListener("resize", follow);
    follow();
  }

  // What a link leads to may lie in something folded, which not every browser opens by itself.
  const unfold = () => {
    const target = named(location);
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target?.scrollIntoView();
  };
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) unfold();  // followed again: no hash changes
  });
  addEventListener("hashchange", unfold);
  if (location.hash) unfold();

  // A network: pointing at a dot, or reaching it by keyboard, fades what it does not touch.
  for (const figure of document.querySelectorAll("figure")) {
    const parts = [...figure.querySelectorAll("g[id]")].map(part => [part, /^f\d+-(node|edge|label)-(\d+)(?:-(\d+))?$/.exec(part.id)]).filter(pair => pair[1]);
    if (!parts.some(pair => pair[1][1] === "node")) continue;
    const edges = parts.filter(pair => pair[1][1] === "edge").map(pair => [pair[1][2], pair[1][3]]);
    const light = number => {
      const near = new Set([number, ...edges.filter(edge => edge.includes(number)).flat()]);
      for (const [part, [, kind, one, other]] of parts) {
        const touched = kind === "edge" ? one === number || other === number : near.has(one);
        part.classList.toggle("faded", number !== null && !touched);
      }
    };
    for (const [part, [, kind, number]] of parts) {
      if (kind === "edge") continue;
      for (const reached of ["pointerenter", "focusin"]) part.addEventListener(reached, () => light(number));
      for (const left of ["pointerleave", "focusout"]) part.addEventListener(left, () => light(null));
    }
  }
})();
