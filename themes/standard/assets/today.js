// The day's lesson of each series, and what the reader has kept, as a file.
(() => {
const { one, all, fill, make, thing, load, save, progress, day, due, stores } = window.hiketsuReader;
if (!stores) return;

const choose = () => all("[data-fresh]").forEach((e) => {
  const p = progress(e.dataset.series), words = e.dataset, why = one(".why", e), way = one(".start", e), now = day();
  const items = all("li[data-id]", e), id = (li) => li.dataset.id, at = (li) => due(p, id(li));
  const fresh = items.find((li) => !p.read[id(li)]);
  const [again] = items.filter((li) => p.read[id(li)] && at(li) <= now).sort((a, b) => at(a) - at(b));
  // One new lesson a day; then what is to be read again, the longest due first; then, for whoever wants more, the next.
  const done = Object.values(p.read).some((t) => day(t) == now);
  const [first, then] = done ? [again, fresh] : [fresh || again, fresh && again];
  why.textContent = words[first && first == again ? "again" : done ? "done" : fresh ? "fresh" : "rest"];
  way.replaceChildren(...[first, then].filter(Boolean).map((li) => {
    const a = make("a", { href: one("a", li).href, className: li == first ? "button" : "button plain" });
    a.append(
      make("b", { textContent: li == fresh ? words.next : words.review }),
      make("span", { textContent: fill(words.nth, { n: li.value, title: one("a", li).textContent }) }),
    );
    return a;
  }));
  why.hidden = way.hidden = false;
  one("details", e).open = false;
});
choose();
addEventListener("pageshow", (e) => e.persisted && choose());

const said = one("#_kept"), pick = one("#_load"), say = (word) => { said.textContent = said.dataset[word]; };
one("#_save").onclick = () => {
  const kept = Object.keys(localStorage).filter((k) => /^reader:/.test(k)).map((k) => [k, load(k)]);
  const href = URL.createObjectURL(new Blob([JSON.stringify({ reader: 1, kept: Object.fromEntries(kept) })], { type: "application/json" }));
  make("a", { href, download: "reader.json" }).click();
  say("saved");
};
// What the file has is added to what is here; where both have something, the file's is taken.
const join = (to, from) => {
  for (const [k, v] of Object.entries(from)) {
    if (k != "__proto__") to[k] = v && typeof v == "object" && !Array.isArray(v) ? join({ ...thing(to[k]) }, v) : v;
  }
  return to;
};
pick.onchange = async () => {
  try {
    const { reader, kept } = JSON.parse(await pick.files[0].text());
    if (reader != 1) throw 0;
    for (const [k, v] of Object.entries(kept)) if (/^reader:/.test(k)) save(k, join(load(k), thing(v)));
    Object.assign(document.documentElement.dataset, load("reader:s"));
    dispatchEvent(new Event("reader"));
    choose();
    say("loaded");
  } catch { say("bad"); }
  pick.value = "";
};
})();
