// What a page does beyond being read: all of it optional, all of it kept in the reader's own browser.
(() => {
const d = document, root = d.documentElement, local = location.protocol == "file:", base = d.body.dataset.root || "./";
const one = (s, e = d) => e.querySelector(s), all = (s, e = d) => [...e.querySelectorAll(s)];
const fill = (s, o) => s.replace(/\{(\w+)\}/g, (m, k) => o[k] ?? m);
const make = (tag, is) => Object.assign(d.createElement(tag), is);
const thing = (v) => v && typeof v == "object" ? v : {};
const load = (k) => {
  try { return thing(JSON.parse(localStorage[k])); } catch { return {}; }
};
const save = (k, v) => { try { localStorage[k] = JSON.stringify(v); return 1; } catch {} };
const stores = save("reader:t", 1);
try { localStorage.removeItem("reader:t"); } catch {}
const progress = (series, change) => {
  const p = load(`reader:${series}:p`);
  p.v = 1;
  p.read = thing(p.read);
  p.again = thing(p.again);
  if (change) { change(p); save(`reader:${series}:p`, p); }
  return p;
};
// A lesson that was read is due again after so many days, each time after more of them.
const day = (t = Date.now()) => Math.floor(t / 864e5 - new Date(t).getTimezoneOffset() / 1440);
const due = (p, id) => {
  const [n, t] = p.again[id] || [0, p.read[id]];
  return day(t) + [1, 3, 7, 14, 30, 60, 120][Math.min(n, 6)];
};

window.hiketsuReader = { one, all, fill, make, thing, load, save, progress, day, due, stores };

// A lesson's boxes to tick: first of all, before the reader gets there
const lesson = one("[data-lesson]"), tally = one("#_tally");
if (tally) {
  const { lesson: id, series } = lesson.dataset, key = `reader:${series}:c`, ticks = [].concat(load(key)[id]);
  const every = all("input[data-key]");
  every.forEach((box) => { box.checked = ticks.includes(box.dataset.key); });
  all(".check").forEach((check) => {
    const boxes = all("input[data-key]", check);
    if (!boxes[0]) return;
    const foot = tally.content.cloneNode(true), said = one("[role=status]", foot), clear = one("button", foot);
    const count = () => {
      const n = boxes.filter((box) => box.checked).length;
      said.textContent = fill(said.dataset.count, { n, total: boxes.length });
      clear.disabled = !n;
    };
    const keep = () => {
      count();
      const c = load(key);
      c[id] = every.filter((box) => box.checked).map((box) => box.dataset.key);
      save(key, c);
    };
    boxes.forEach((box) => { box.onchange = keep; });
    clear.onclick = () => {
      boxes.forEach((box) => { box.checked = false; });
      keep();
      boxes[0].focus();
    };
    count();
    check.append(foot);
  });
}

// Read marks, progress, where to go on
const marks = () => {
  all("[data-series]").forEach((e) => {
    const p = progress(e.dataset.series), { at } = p;
    all("li[data-id]", e).forEach((li) => {
      const on = p.read[li.dataset.id], mark = one(".read", li);
      if (on && !mark) li.append(" ", make("span", { className: "read", textContent: e.dataset.read }));
      if (!on && mark) mark.remove();
    });
    const go = one("[data-resume]", e), bar = one("[data-progress]", e), n = Object.keys(p.read).length;
    if (go && typeof at?.path == "string" && !/^\w+:|^\//.test(at.path)) {
      go.href = base + at.path + (at.y ? "#_at" : "");
      one("span", go).textContent = fill(go.dataset.resume, at);
      go.hidden = false;
    }
    if (bar && n) {
      const meter = one("progress", bar);
      meter.value = n;
      one("span", bar).textContent = fill(bar.dataset.progress, { n, total: meter.max });
      bar.hidden = false;
    }
  });
  all("[data-part]").forEach((e) => {
    const items = all("li[data-id]", e.closest("section")), n = items.filter((li) => one(".read", li)).length;
    e.textContent = fill(e.dataset.part, { n, total: items.length });
    e.hidden = !n;
  });
};
marks();
addEventListener("reader", marks);
addEventListener("pageshow", (e) => e.persisted && marks());

// Settings
const panel = one("#_settings"), view = one("#_show");
if (stores) all("[data-stores]").forEach((e) => { e.hidden = false; });
if (panel && stores) {
  all("input", panel).forEach((i) => { i.checked = i.value == (root.dataset[i.name] || ""); });
  if (view) {
    view.hidden = false;
    view.onclick = () => { panel.open = true; panel.scrollIntoView(); one("summary", panel).focus(); };
  }
  panel.onchange = ({ target: { name, value, checked } }) => {
    const s = load("reader:s");
    if (value && checked) s[name] = root.dataset[name] = value;
    else { delete s[name]; delete root.dataset[name]; }
    save("reader:s", s);
  };
}

// A lesson
if (lesson) {
  const { lesson: id, series, n, path } = lesson.dataset, next = one(".pager [rel=next]"), pager = one(".pager");
  const tools = one(".after .tools"), button = one("#_read"), share = one("#_share"), said = one("[role=status]", tools);
  const here = { n, path, title: one("h1").textContent };
  const after = next ? { n: next.dataset.n, path: next.dataset.path, title: one("b", next).textContent } : here;
  const show = () => {
    const on = progress(series).read[id];
    button.dataset.do ??= button.textContent;
    button.textContent = on ? button.dataset.undo : button.dataset.do;
    button.classList.toggle("on", !!on);
  };
  const mark = (on) => {
    progress(series, (p) => {
      delete p.again[id];
      if (on) p.read[id] = Date.now(); else delete p.read[id];
      p.at = on ? after : here;
    });
    show();
  };
  const box = () => [lesson.offsetTop, lesson.offsetHeight];
  progress(series, (p) => {
    const y = p.at?.path == path && p.at.y;
    if (y && location.hash == "#_at") {
      history.replaceState(null, "", location.pathname);
      scrollTo(0, box()[0] + y * box()[1]);
    }
    p.last = id;
    if (!p.read[id] && !y) p.at = here;
  });
  addEventListener("pagehide", () => progress(series, (p) => {
    const [top, high] = box(), y = (scrollY - top) / high;
    if (p.at?.path == path) p.at.y = y > .02 && y < 1 ? +y.toFixed(4) : 0;
  }));
  show();
  tools.hidden = false;
  button.hidden = !stores;
  const end = new IntersectionObserver(([e]) => {
    if (!e.isIntersecting || scrollY < 1) return;
    end.disconnect();
    const p = progress(series);
    if (!p.read[id]) mark(1);
    else if (due(p, id) <= day()) progress(series, (p) => { p.again[id] = [(p.again[id]?.[0] || 0) + 1, Date.now()]; });
    if (next && !local) d.head.append(make("link", { rel: "prefetch", href: next.href }));
  });
  end.observe(pager);
  button.onclick = () => { end.disconnect(); mark(!progress(series).read[id]); };

  // Only for whoever turned them on: a reader's own keys scroll, and so do a screen reader's.
  addEventListener("keydown", (e) => {
    const to = { ArrowLeft: "prev", ArrowRight: "next" }[e.key];
    if (to && root.dataset.keys && !(e.ctrlKey || e.metaKey || e.altKey || e.shiftKey || e.isComposing) && !e.target.closest("input,select,textarea,dialog,[tabindex]")) one(`.pager [rel=${to}]`)?.click();
  });

  if (!local && (navigator.share || navigator.clipboard)) {
    share.hidden = false;
    share.onclick = async () => {
      const url = one("link[rel=canonical]")?.href || location.href;
      try {
        if (navigator.share) await navigator.share({ title: d.title, url });
        else { await navigator.clipboard.writeText(url); said.textContent = share.dataset.done; }
      } catch {}
    };
  }
}
// The table of contents: open and followed beside the text, folded above it
const toc = one("#_toc");
if (toc) {
  const wide = matchMedia("(min-width:72em)"), links = all("a", toc);
  const heads = links.map((a) => d.getElementById(decodeURIComponent(a.hash.slice(1))));
  const fit = () => { toc.open = wide.matches; };
  const spy = new IntersectionObserver(() => {
    let now = -1;
    heads.forEach((h, i) => { if (h && h.getBoundingClientRect().top < innerHeight * .3) now = i; });
    links.forEach((a, i) => i == now ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current"));
  }, { rootMargin: "0px 0px -70%" });
  fit();
  wide.onchange = fit;
  heads.forEach((h) => h && spy.observe(h));
}

const print = one("#_print");
if (print) { print.closest("p").hidden = false; print.onclick = () => window.print(); }

// Search: its two scripts come when they are first wanted
const seek = one("[data-index]"), titles = one("#_titles");
if (seek) {
  let ui;
  const part = (tag, is) => new Promise((onload, onerror) => d.head.append(make(tag, { ...is, onload, onerror })));
  const { engine, ui: face, css } = seek.dataset;
  const search = () => ui ??= Promise.all([part("script", { src: engine }), part("script", { src: face }), part("link", { rel: "stylesheet", href: css })])
    .then(() => hiketsuSearchUi(seek, base), () => { ui = 0; });
  const open = (e) => { e.preventDefault(); search().then((u) => u ? u.open() : location.assign(seek.href)); };
  seek.onpointerenter = seek.onfocus = () => { search(); };
  seek.onclick = (e) => { if (!e.ctrlKey && !e.metaKey && !e.shiftKey) open(e); };
  addEventListener("keydown", (e) => {
    if (e.key?.toLowerCase() == "k" && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && !e.isComposing) open(e);
  });
  if (titles) search().then((u) => u && u.page(titles));
  if (/[?&]h=./.test(location.search)) search().then((u) => u && u.mark(one("main")));
}

// Opened by double-click: a folder's address needs its index.html
if (local) all("a[href]").forEach((a) => {
  if (a.protocol == "file:" && a.pathname.endsWith("/")) a.pathname += "index.html";
});
})();
