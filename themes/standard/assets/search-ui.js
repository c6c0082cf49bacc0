// What the reader sees of the search: the dialog, the same in the page of the search, and the marks where a result leads.
// Loaded by main.js when it is first wanted. Whatever comes from the index or the reader becomes text, never markup.
var hiketsuSearchUi = (link, base) => {
"use strict";
const d = document, w = link.dataset, local = location.protocol == "file:", S = hiketsuSearch;
const fill = (s, o) => s.replace(/\{(\w+)\}/g, (m, k) => o[k] ?? m);
const make = (tag, props, ...children) => {
  const e = Object.assign(d.createElement(tag), props);
  e.append(...children);
  return e;
};
const parts = (list) => list.map(([text, on]) => on ? make("mark", {}, text) : text);

const folder = new URL(".", new URL(w.index, d.baseURI));
const load = async (name, again) => {
  const src = new URL(name + ".js", folder).href;
  if (!local) {
    const answer = await fetch(src, { cache: name != "root" ? "default" : again ? "reload" : "no-cache" });
    if (!answer.ok) throw Error(`${answer.status}: ${src}`);
    return S.unwrap(new Uint8Array(await answer.arrayBuffer()));
  }
  // From file: only a script element may read. It runs, then its load event comes, before any other script runs.
  let payload;
  await new Promise((onload, onerror) => {
    const script = make("script", { src: again ? src + "?again" : src, charset: "x-user-defined", onerror, onload: () => { payload = load.payload; script.remove(); onload(); } });
    d.head.append(script);
  });
  return Uint8Array.from(payload, (c) => c.charCodeAt(0) & 255);
};
window.hiketsu = (payload) => { load.payload = payload; };
const engine = S.open(load);

/** The search itself: `first` is what stands over it (the dialog's way out). */
const box = (changed) => {
  const input = make("input", { type: "search", autocomplete: "off", spellcheck: false, enterKeyHint: "search", placeholder: w.hint });
  input.setAttribute("aria-label", w.label);
  const status = make("p", { className: "said" }), named = make("p", { className: "named", hidden: true }), list = make("ol", { className: "found" });
  status.setAttribute("role", "status");
  list.setAttribute("role", "list");
  const more = make("button", { type: "button", className: "button plain", hidden: true }, w.more), none = make("div", { className: "none", hidden: true });
  const order = make("select", {}, make("option", { value: "best" }, w.best), make("option", { value: "lessons" }, w.lessons));
  const narrow = make("details", { className: "narrow" }, make("summary", {}, w.filters), make("p", {}, make("label", {}, w.order, " ", order)));
  const results = make("div", { className: "results" }, named, list, more, none);
  const selects = [], rows = [];
  let limit = 30, running, query = "", shown = [], said, failed;

  const href = (h) => {
    const words = h.words.map((t) => t.includes(" ") ? `"${t}"` : t).join(" ");
    return base + h.url + (local && /(^|\/)$/.test(h.url) ? "index.html" : "") + (words && "?h=" + encodeURIComponent(words)) + (h.id && "#" + encodeURIComponent(h.id));
  };
  const say = (text) => {
    clearTimeout(said);
    said = setTimeout(() => { status.textContent = text; }, 250);
  };
  const show = (found, same) => {
    // What stands there keeps its place while more comes.
    const key = (h) => h.lesson + "." + h.section, at = new Map(same ? shown.map((k, i) => [k, i]) : []);
    const hits = [...found.hits].sort((a, b) => (at.get(key(a)) ?? 1e6) - (at.get(key(b)) ?? 1e6));
    shown = hits.map(key);
    hits.forEach((h, i) => {
      const a = rows[i] ??= make("a", {});
      a.href = href(h);
      a.replaceChildren(make("span", { className: "of" }, ...h.number ? [fill(w.nth, { n: h.number }), " "] : [], make("b", {}, ...parts(h.titleParts))),
        ...h.heading ? [make("span", { className: "in" }, ...parts(h.headingParts))] : [], make("span", { className: "text" }, ...parts(h.snippet)));
      if (!a.isConnected) list.append(make("li", {}, a));
    });
    for (const a of rows.splice(hits.length)) a.parentNode.remove();
    const by = new Map();
    for (const e of found.expansions) by.set(e.from, [...by.get(e.from) || [], e.word]);
    named.textContent = hits.length ? [...by].map(([from, words]) => fill(w.named, { from, words: words.join("・") })).join(" ") : "";
    named.hidden = !named.textContent;
    more.hidden = !(found.more && hits.length >= limit);
    none.hidden = !!hits.length || !query;
    if (!none.hidden) {
      none.replaceChildren(make("p", {}, fill(w.none, { q: query })), ...found.offered.length ? [make("p", {}, w.offer, ...found.offered.flatMap((q) => [" ", make("button", { type: "button", className: "button plain", onclick: () => { set(q); input.focus(); } }, q)]))] : []);
    }
    say(!query ? "" : hits.length ? fill(found.more ? w.many : w.count, { n: found.more ? hits.length : found.total }) : fill(w.none, { q: query }));
  };
  const run = async (same) => {
    running?.abort();
    const now = running = new AbortController();
    let started = same;
    if (!query) { failed = false; show({ hits: [], expansions: [], offered: [] }); return; }
    const showNow = (found) => { if (now == running) { show(found, started); started = true; } };
    try {
      const filters = selects.filter((s) => s.value).map((s) => [s.name, s.value]);
      showNow(await engine.search(query, { limit, filters, order: order.value, signal: now.signal, onprogress: showNow }));
      failed = false;
    } catch (e) {
      if (now != running || e.name == "AbortError") return;
      failed = true;
      show({ hits: [], expansions: [], offered: [] });
      none.replaceChildren(make("p", {}, w.failed, " ", make("a", { href: link.href }, w.titles)));
      say(w.failed);
    }
  };
  const typed = () => {
    const q = input.value.trim();
    if (q == query && !failed) return;
    query = q;
    limit = 30;
    results.scrollTop = 0;
    changed?.(q);
    run();
  };
  const set = (q) => { input.value = q; typed(); };
  input.oninput = typed;
  order.onchange = () => run();
  more.onclick = () => { limit += 30; run(true); };
  narrow.ontoggle = async () => {
    if (!narrow.open || selects.length) return;
    try {
      for (const facet of await engine.facets()) {
        const select = make("select", { name: facet.key, onchange: () => run() }, make("option", { value: "" }, w.all), ...facet.terms.map((t) => make("option", { value: t.id }, `${t.label} (${t.lessons})`)));
        selects.push(select);
        narrow.lastChild.append(make("label", {}, facet.label, " ", select));
      }
    } catch {}
  };
  const element = make("div", { className: "seek" }, input, narrow, status, results);
  element.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode == 229 || e.ctrlKey || e.metaKey || e.altKey) return;
    const at = rows.indexOf(d.activeElement), up = e.key == "ArrowUp";
    if (e.key == "ArrowDown" || up) {
      if (at < 0 && (up || e.target != input)) return;
      e.preventDefault();
      (rows[at + (up ? -1 : 1)] || (up ? input : rows[at])).focus();
    } else if (e.key == "Enter" && e.target == input) {
      e.preventDefault();
      if (matchMedia("(hover: none)").matches) input.blur(); else if (rows[0]) rows[0].click();
    } else if (at >= 0 && (e.key.length == 1 && e.key != " " || e.key == "Backspace")) input.focus();
  });
  return { element, input, set };
};

let dialog;
return {
  /** Opens the dialog; focus goes back where it was when it closes. */
  open() {
    if (!dialog) {
      const { element, input } = box(), close = make("button", { type: "button", className: "shut", onclick: () => dialog.close() }, w.close);
      dialog = make("dialog", { className: "search-dialog" }, element);
      dialog.setAttribute("aria-label", w.label);
      element.prepend(close);
      dialog.onclick = (e) => {
        if (e.target == dialog) dialog.close();
        // A result on this page changes only what stands behind ? and #: the dialog must not stay in the way.
        else if (e.target.closest(".found a") && !e.ctrlKey && !e.metaKey) setTimeout(() => dialog.close());
      };
      // By itself, Escape would first empty the field.
      dialog.onkeydown = (e) => {
        if (e.key != "Escape" || e.isComposing || e.keyCode == 229) return;
        e.preventDefault();
        dialog.close();
      };
      dialog.input = input;
      d.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    dialog.input.select();
    dialog.input.focus();
  },
  /** Puts the search into the page of its own, before `place`, which is shown while nothing is asked for. */
  page(place) {
    const { element, input, set } = box((q) => {
      place.hidden = !!q;
      try { history.replaceState(null, "", q ? "?q=" + encodeURIComponent(q) : location.pathname); } catch {}
    });
    place.before(element);
    set(new URLSearchParams(location.search).get("q") || "");
    this.open = () => input.focus();
    if (matchMedia("(hover: hover)").matches) input.focus();
  },
  /** Marks the words of ?h= in the text, across inline markup; the page itself stays as it is. */
  mark(place) {
    const words = S.parse(new URLSearchParams(location.search).get("h") || "").words.map((t) => t.text);
    if (!globalThis.Highlight || !CSS.highlights || !words.length) return;
    const walker = d.createTreeWalker(place, 5, (n) => n.nodeType == 3 ? 1 : n.matches("rt, rp, script, style, button, [hidden], .tools, .pager, .around, .toc") ? 2 : 3);
    const nodes = [], block = (n) => { let e = n.parentNode; while (e != place && getComputedStyle(e).display.startsWith("inline") || e.matches("ruby, rb")) e = e.parentNode; return e; };
    let text = "", before;
    for (let n; (n = walker.nextNode());) {
      const own = block(n);
      if (before && own != before) text += "\n";
      before = own;
      nodes.push([text.length, n]);
      text += n.data.replace(/\s/g, " ");
    }
    const at = (i, end) => {
      let k = nodes.length - 1;
      while (k && (end ? nodes[k][0] >= i : nodes[k][0] > i)) k--;
      return [nodes[k][1], Math.min(i - nodes[k][0], nodes[k][1].length)];
    };
    const f = S.folded(text), ranges = words.flatMap((word) => S.find(f, word)).map(([a, b]) => {
      const range = new Range();
      range.setStart(...at(a));
      range.setEnd(...at(b, true));
      return range;
    });
    if (!ranges.length) return;
    CSS.highlights.set("search", new Highlight(...ranges));
    const button = make("button", { type: "button", className: "unmark button plain", onclick: () => {
      CSS.highlights.delete("search");
      button.remove();
      try { history.replaceState(null, "", location.pathname + location.hash); } catch {}
    } }, w.clear);
    place.append(button);
  },
};
};
