// The search engine: reads the index as docs/search-format.md describes it, and touches no page.
// Nothing is a hit that was not found in the text itself; the index only says where to look.
var hiketsuSearch = (() => {
"use strict";
// The tiers of a hit: exact title 9, title, heading, takeaways 6, body; of several words 4 in a section, 3 in a lesson.
const MAGIC = "HKS1", MANY = 65536, TITLE = 8, HEADING = 7, BODY = 5, SLIP = 4, KINDS = ["", "reading", "variant", "begun", "slip"];

// Folding, with the way back: `at[i]` is where in the original the cluster begins that folded character i begins, else -1.
const CLUSTER = /.[\p{M}\uFF9E\uFF9F\u1160-\u11FF]*/gsu, SAME = /^[\n -@[-~\u3001-\u3030\u3041-\u3096\u30A1-\u30FE\u4E00-\u9FFF]$/;
const known = new Map();
const foldCluster = (c) => {
  if (SAME.test(c)) return c;
  let f = known.get(c);
  if (f === undefined) {
    f = [...c.normalize("NFKC")].map((p) => p.toLowerCase()).join("").normalize("NFKC").replace(/[^\S\n]|[\0-\x09\x0B-\x1F]/g, " ");
    if (known.size < 9999) known.set(c, f);
  }
  return f;
};
const folded = (original) => {
  const at = [];
  let text = "", i = 0;
  for (const [c] of original.matchAll(CLUSTER)) {
    const f = foldCluster(c);
    if (f) at.push(i);
    for (let j = 1; j < f.length; j++) at.push(-1);
    text += f;
    i += c.length;
  }
  at.push(i);
  return { original, text, at };
};
const fold = (s) => folded(s).text;
/** Where `needle` (folded) stands in a folded text: [from, to] in the original. */
const find = (f, needle) => {
  const out = [];
  if (needle) for (let i = f.text.indexOf(needle); i >= 0;) {
    const hit = f.at[i] >= 0 && f.at[i + needle.length] >= 0;
    if (hit) out.push([f.at[i], f.at[i + needle.length]]);
    i = f.text.indexOf(needle, i + (hit ? needle.length : 1));
  }
  return out;
};

// Readings
const ROWS = { a: "あかさたなはまやらわがざだばぱぁゃゎゕ", u: "うくすつぬふむゆるぐずづぶぷぅゅ", e: "えけせてねへめれゑげぜでべぺぇゖ", o: "おこそとのほもよろをごぞどぼぽぉょ" };
const LONG = new RegExp(`ー|(?<=[${ROWS.a}])あ|(?<=[${ROWS.u}${ROWS.o}])う|(?<=[${ROWS.e}])え|(?<=[${ROWS.o}])お`, "g");
const hiragana = (s) => s.normalize("NFKC").replace(/[\u30A1-\u30F6\u30FD\u30FE]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 96));
const VU = { ぁ: "ば", ぃ: "び", ぇ: "べ", ぉ: "ぼ" };
const normal = (s) => hiragana(s).replace(/ゔ([ぁぃぇぉ]?)/g, (_, v) => VU[v] || "ぶ").replace(/ぢ/g, "じ").replace(/づ/g, "ず").replace(LONG, "");
const skeleton = (s) => /\p{sc=Han}/u.test(s) ? s.replace(/[\u3041-\u309F]/g, "") : "";

// Romaji: Hepburn, kunrei and what is typed into an input method. SYLLABLES: "sha" → しゃ.
const SYLLABLES = new Map();
const VOWELS = "aiueo", Y = ["ゃ", "ぃ", "ゅ", "ぇ", "ょ"];
const row = (heads, kana) => heads.split(" ").forEach((h) => kana.forEach((k, i) => k && SYLLABLES.set(h + VOWELS[i], k)));
for (const r of [" あいうえお", "k かきくけこ", "s さしすせそ", "t たちつてと", "n なにぬねの", "h はひふへほ", "m まみむめも", "r らりるれろ", "g がぎぐげご",
  "z ざじずぜぞ", "d だぢづでど", "b ばびぶべぼ", "p ぱぴぷぺぽ", "c かしくせこ"]) {
  const kana = [...r.slice(-5)], h = r.slice(0, -6);
  row(h, kana);
  if (h) row(h + "y", Y.map((y) => (h == "c" ? "ち" : kana[1]) + y));
}
const small = (base) => ["ぁ", "ぃ", "", "ぇ", "ぉ"].map((v) => base + v);
row("f v", [0, 0, 0, 0, 0]);
row("f", small("ふ")); row("v", small("ゔ")); row("q kw", small("く")); row("ts", small("つ")); row("x l", [..."ぁぃぅぇぉ"]); row("xy ly", Y);
row("y", ["や", "", "ゆ", "いぇ", "よ"]); row("w", ["わ", "うぃ", "う", "うぇ", "を"]); row("fy", Y.map((y) => "ふ" + y));
for (const [h, k] of [["sh", "し"], ["ch", "ち"], ["j", "じ"], ["jy", "じ"]]) row(h, ["ゃ", "", "ゅ", "ぇ", "ょ"].map((v) => k + v));
for (const [h, k] of [["th", "て"], ["dh", "で"]]) row(h, Y.map((v) => k + v));
for (const [k, v] of [["xtu", "っ"], ["ltu", "っ"], ["xtsu", "っ"], ["ltsu", "っ"], ["twu", "とぅ"], ["dwu", "どぅ"], ["xwa", "ゎ"], ["lwa", "ゎ"], ["-", "ー"], ["n'", "ん"]]) SYLLABLES.set(k, v);

/** What Latin letters may stand for: a list of [kana, rest], the rest being the letters of a syllable not yet finished. */
const syllables = (s) => {
  if (!s) return [["", ""]];
  const then = (kana, n) => syllables(s.slice(n)).map(([k, rest]) => [kana + k, rest]);
  const nn = /^nn(?=[aiueoy])/.test(s) ? then("ん", 2) : [];
  if (/^n(?=[^aiueoy']|$)/.test(s) && s.length > 1) return [...then("ん", s[1] == "n" && !nn.length ? 2 : 1), ...nn];
  for (let n = 4; n; n--) if (SYLLABLES.has(s.slice(0, n)) && s.length >= n) return then(SYLLABLES.get(s.slice(0, n)), n);
  if (/^([^aiueon\W\d_])\1|^tch/.test(s)) return then("っ", 1);
  if (/^m[bp]/.test(s)) return then("ん", 1);
  return /^[a-z]{1,3}$/.test(s) && [...SYLLABLES.keys()].some((k) => k.startsWith(s)) ? [["", s]] : [];
};
const MACRONS = { ā: "aa", â: "aa", ī: "ii", î: "ii", ū: "uu", û: "uu", ē: "ee", ê: "ee", ō: "ou", ô: "ou" };
/**
 * The readings that a folded word in kana, romaji or a mixture of them may begin: [] where it is neither. `whole`: only those
 * that are written to their end.
 */
const romaji = (word, whole) => {
  let out = [["", ""]];
  for (const part of hiragana(word).replace(/[āâīîūûēêōô]/g, (c) => MACRONS[c]).match(/[\u3041-\u309Fー]+|[^\u3041-\u309Fー]+/g) || []) {
    const more = /[ぁ-ゟー]/.test(part) ? [[part, ""]] : /^[a-z'-]+$/.test(part) ? syllables(part) : [];
    out = out.flatMap(([k, rest]) => rest ? [] : more.map(([m, r]) => [k + m, r]));
  }
  const all = out.flatMap(([kana, rest]) => rest && whole ? rest == "n" ? kana + "ん" : [] : rest
    ? [...SYLLABLES].flatMap(([k, v]) => k.startsWith(rest) ? [kana + v] : [])
    : kana || []);
  return [...new Set(all)].filter((k, i, a) => !a.some((b) => b != k && k.startsWith(b)));
};

/** Damerau's distance of two words (neighbours exchanged count once), or `most` + 1 where it is more. */
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before, last, now = [...b, 0].map((_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    [before, last, now] = [last, now, [i]];
    for (let j = 1; j <= b.length; j++) {
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
      if (before && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
    }
    if (Math.min(...now) > most) return most + 1;
  }
  return Math.min(now[b.length], most + 1);
};

// What the reader asks for: words of [folded, phrase, exclude], and the number of a lesson.
const parse = (query) => {
  const words = [], q = fold(query).replace(/\n/g, " ").replace(/[“”]/g, '"').trim();
  for (const [, minus, phrase, word] of q.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)) {
    const text = (phrase ?? word).trim().replace(/ +/g, " "), exclude = !!minus && !!text;
    if (text || minus) words.push({ text: text || minus, phrase: phrase !== undefined, exclude });
  }
  const number = /^(?:第|#|no\.? ?|lesson )?(\d{1,9})(?:回|話|章)?$/.exec(q);
  return { words, number: number ? +number[1] : undefined };
};

// Reading bytes
const utf8 = new TextDecoder();
const reader = (bytes) => {
  let i = 0;
  const int = () => {
    let n = 0, unit = 1, b;
    do { b = bytes[i++]; n += (b & 127) * unit; unit *= 128; } while (b > 127);
    if (b === undefined) throw Error("the index is cut off");
    return n;
  };
  const str = () => { const n = int(); return utf8.decode(bytes.subarray(i, i += n)); };
  const name = () => [...bytes.subarray(i, i += 4)].map((b) => b.toString(16).padStart(2, "0")).join("");
  const times = (f, n = int()) => Array.from({ length: n }, f);
  const keys = (also) => {
    let last = [];
    return times(() => {
      const key = [...last.slice(0, int()), ...str()];
      last = key;
      return also ? [key.join(""), also()] : key.join("");
    });
  };
  const directory = () => { const depth = int(), rows = keys(name); return { depth, keys: rows.map((r) => r[0]), names: rows.map((r) => r[1]) }; };
  // A list of places as numbers: 4 × (65536 × lesson + section) + tier.
  const list = (strong) => {
    const out = [];
    let lesson = -1;
    for (let n = int(); n; n--) {
      const gap = int();
      lesson += (gap >> 1) + 1;
      for (let k = gap & 1 ? int() : 1; k; k--) out.push(lesson * MANY * 4 + (strong ? int() : int() * 4));
    }
    return out;
  };
  const packs = () => times(() => [int(), name()]);
  return { int, str, name, times, keys, directory, list, packs };
};
const READ = {
  root: (r) => {
    const root = { lessons: r.int(), sections: r.int(), language: r.str(), grams: r.directory(), words: r.directory(), texts: { depth: r.int() } };
    if (root.texts.depth == 1) root.texts.packs = r.times(r.packs, root.lessons);
    else { root.texts.each = r.int(); root.texts.names = r.times(r.name); }
    root.facets = r.name();
    return root;
  },
  branch: (r) => r.directory(),
  texts: (r) => { const out = []; for (;;) try { out.push(r.packs()); } catch { return out; } },
  grams: (r) => {
    const keys = r.keys();
    return [keys, keys.map((key) => {
      if (key[0] == "\x01") return r.list();
      const flags = r.int();
      return { strong: flags & 2 ? r.list(true) : [], body: flags & 1 ? undefined : r.list() };
    })];
  },
  words: (r) => {
    const keys = r.keys();
    return [keys, keys.map((key) => r.times(() => ({ reading: r.str() || key, word: r.str() || key.replace(/^\x03/, ""), weight: r.int() })))];
  },
  pack: (r) => {
    const pack = { lesson: r.int(), number: r.int(), title: r.str(), url: r.str(), first: r.int() };
    pack.sections = r.times(() => ({ kind: r.int(), id: r.str(), heading: r.str(), text: r.str() }));
    return pack;
  },
  facets: (r) => r.times(() => ({ key: r.str(), label: r.str(), terms: r.times(() => ({ id: r.str(), label: r.str(), lessons: r.int() })) })),
};

const deflated = async (bytes) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer());
const ESCAPES = { 110: 10, 114: 13 };
/** The payload of a file's bytes: without the call around it, unescaped. */
const unwrap = (bytes) => {
  const out = new Uint8Array(bytes.length);
  let n = 0, end = bytes.length;
  while (end && bytes[end - 1] != 34) end--;
  for (let i = bytes.indexOf(34) + 1; i < end - 1; i++) out[n++] = bytes[i] == 92 ? ESCAPES[bytes[++i]] || bytes[i] : bytes[i];
  return out.subarray(0, n);
};

// Text that is shown: a list of [words, whether marked].
const marked = (f, needles, from = 0, to = f.original.length) => {
  const out = [], spots = needles.flatMap((n) => find(f, n)).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const push = (a, b, mark) => b > a && out.push([f.original.slice(a, b).replace(/\n/g, " "), mark]);
  let i = from;
  for (const [a, b] of spots) {
    if (b <= i || a >= to) continue;
    push(i, Math.max(a, i), false);
    push(Math.max(a, i), Math.min(b, to), true);
    i = Math.min(b, to);
  }
  push(i, to, false);
  return out;
};
const graphemes = globalThis.Intl?.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** The place nearest to `i`, not behind it, where a text may be cut. */
const cut = (text, i) => {
  if (i <= 0 || i >= text.length) return Math.max(0, Math.min(i, text.length));
  const from = Math.max(0, i - 40), part = text.slice(from, i + 40);
  if (graphemes) return from + graphemes.segment(part).containing(i - from).index;
  let at = from;
  for (const [c] of part.matchAll(CLUSTER)) { if (at + c.length > i) break; at += c.length; }
  return at;
};
const snippet = (f, needles) => {
  const spots = needles.flatMap((n, k) => find(f, n).map(([a, b]) => [a, b, k])).sort((a, b) => a[0] - b[0]);
  let best = spots[0], most = 0;
  for (const spot of spots) {
    const kinds = new Set(spots.filter((s) => s[0] >= spot[0] && s[1] <= spot[0] + 80).map((s) => s[2])).size;
    if (kinds > most) [best, most] = [spot, kinds];
  }
  const from = cut(f.original, best ? best[0] - 40 : 0), to = cut(f.original, Math.max(best ? best[1] + 40 : 0, from + 90));
  const out = marked(f, needles, from, to);
  if (from) out.unshift(["…", false]);
  if (to < f.original.length) out.push(["…", false]);
  return out;
};

/**
 * A search over one index. `load(name, again)` gives a file's payload ("root" is the root; `again`: past any cache), or fails;
 * `inflate` is for where there is no DecompressionStream.
 */
const open = (load, inflate = deflated) => {
  let files = new Map();
  const file = (name, kind, again) => {
    let got = files.get(name);
    if (!got) {
      got = Promise.resolve(load(name, again)).then(async (payload) => {
        if (String.fromCharCode(...payload.subarray(0, 4)) != MAGIC) throw Error(`${name} is of another version`);
        return READ[kind](reader(await inflate(payload.subarray(4))));
      });
      got.catch(() => files.get(name) == got && files.delete(name));
    } else files.delete(name);
    files.set(name, got);
    if (files.size > 3000) files.delete(files.keys().next().value);
    return got;
  };

  // The last place in sorted `keys` that is not behind `key`, or -1.
  const last = (keys, key) => {
    let a = 0, b = keys.length;
    while (a < b) { const m = (a + b) >> 1; if (keys[m] <= key) a = m + 1; else b = m; }
    return a - 1;
  };
  const lookup = async (directory, kind, key) => {
    for (let depth = directory.depth; ; depth--) {
      const i = last(directory.keys, key);
      if (i < 0) return;
      if (depth < 2) {
        const [keys, values] = await file(directory.names[i], kind), k = last(keys, key);
        return keys[k] === key ? values[k] : undefined;
      }
      directory = await file(directory.names[i], "branch");
    }
  };
  /** The entries whose key begins with `prefix`, from the first `most` leaves that may hold them. */
  const range = async (directory, kind, prefix, most) => {
    const { keys, names, depth } = directory, from = Math.max(0, last(keys, prefix));
    let to = from + 1;
    while (to < keys.length && to - from < most && (keys[to] < prefix || keys[to].startsWith(prefix))) to++;
    const parts = await Promise.all(names.slice(from, to).map(async (name) => {
      if (depth > 1) return range(await file(name, "branch"), kind, prefix, most);
      const [keys, values] = await file(name, kind);
      return keys.flatMap((key, i) => key.startsWith(prefix) ? [[key, values[i]]] : []);
    }));
    return parts.flat();
  };

  const prepare = (pack) => pack.folded ??= pack.sections.map((s, i) => ({ ...s, section: pack.first + i, title: folded(pack.title), heading: folded(s.heading), text: folded(s.text) }));
  const hit = ({ lesson, number, url }, f, tier, score, words) => ({ lesson, number, url, section: f.section, id: f.id, tier, score, words, f });
  const shown = ({ f, ...h }) => ({ ...h, title: f.title.original, heading: f.heading.original, titleParts: marked(f.title, h.words), headingParts: marked(f.heading, h.words), snippet: snippet(f.text, h.words) });
  // What is literal comes first; but kana in a body come behind a title or heading with a word that is read so.
  const tier = (field, rank) => !rank ? field : rank == 1 && field >= HEADING ? BODY + (field - BODY) / 10 : 3 - rank / 2 + (field - BODY) / 10;

  const search = async (root, query, { limit = 30, filters = [], order = "best", signal, onprogress, slips = [] }) => {
    const { words, number } = parse(query), best = order == "best", check = () => signal?.throwIfAborted();
    const compare = (a, b) => best && (b.tier - a.tier || b.score - a.score) || a.lesson - b.lesson || a.section - b.section;
    const packsOf = async (lesson) => {
      const { depth, packs, each, names } = root.texts;
      return depth == 1 ? packs[lesson] : (await file(names[Math.floor(lesson / each)], "texts"))[lesson % each];
    };
    const term = (key) => lookup(root.grams, "grams", "\x01" + key);
    const lessonsOf = (list = []) => new Set(list.map((n) => Math.floor(n / 4 / MANY)));
    const sets = await Promise.all(filters.map(async ([key, id]) => lessonsOf(await term(`@${key}/${id}`))));
    const may = (lesson) => sets.every((set) => set.has(lesson));

    // Where a needle may be: section → best tier, `all` where the text of any section may hold it.
    const gram = async (points, i, n) => {
      let value = await lookup(root.grams, "grams", points.slice(i, i + n).join(""));
      const strong = value ? value.strong : [];
      while (value && !value.body) {
        if (i + n++ >= points.length) return { strong };
        value = await lookup(root.grams, "grams", points.slice(i, i + n).join(""));
      }
      return { strong, body: value ? value.body : [] };
    };
    const needles = new Map();
    const candidates = (needle) => {
      if (!needles.has(needle)) needles.set(needle, (async () => {
        const runs = needle.split(" ").filter(Boolean), cover = [], rest = [];
        runs.forEach((run, r) => {
          const points = [...run], end = points.length;
          if (r < runs.length - 1) points.push("\0");
          if (end == 1) cover.push([points, 0, 1]);
          else for (let i = 0; i < end - 1; i++) (i % 2 && i < end - 2 ? rest : cover).push([points, i, 2]);
        });
        let strong, body;
        for (const grams of [cover, rest]) {
          const lists = (await Promise.all(grams.map((g) => gram(...g)))).sort((a, b) => a.strong.length - b.strong.length);
          for (const l of lists) {
            const tiers = new Map(l.strong.map((n) => [Math.floor(n / 4), n % 4]));
            strong = strong ? new Map([...strong].flatMap(([id, t]) => tiers.has(id) ? [[id, Math.min(t, tiers.get(id))]] : [])) : tiers;
          }
          for (const l of lists.filter((l) => l.body).sort((a, b) => a.body.length - b.body.length)) {
            const set = new Set(l.body.map((n) => n / 4));
            body = body ? new Set([...body].filter((id) => set.has(id))) : set;
          }
          if (strong.size + (body ? body.size : 0) < 8 && body) break;
        }
        const at = new Map([...body || []].map((id) => [id, BODY]));
        for (const [id, t] of strong) at.set(id, BODY + t);
        return { at, all: !body };
      })());
      return needles.get(needle);
    };

    // The other ways in which the site writes a word. rank: 0 literally, 1 exact reading, 2 variant, 3 begun, 4 slip.
    const variants = async (word) => {
      const { text } = word, found = new Map();
      const add = (e, rank) => {
        // One kana begins a tenth of all words: only what is read so is meant.
        if (e.word == text || rank == 3 && text.length < 2 || (found.get(e.word)?.rank ?? 9) <= rank) return;
        found.set(e.word, { text: e.word, rank, weight: e.weight, reading: e.reading });
      };
      const katakana = /^[\u30A1-\u30FFー]+$/.test(text), latin = /^[a-zāâīîūûēêōô'-]+$/.test(text);
      if (skeleton(text)) for (const e of await lookup(root.words, "words", "\x02" + skeleton(text)) || []) add({ ...e, reading: "" }, 2);
      else {
        const kana = new Set(romaji(text, true)), typed = romaji(text);
        const prefixes = [...new Set(typed.map(normal))].filter((k, _, a) => k && !a.some((b) => b && b != k && k.startsWith(b)));
        await Promise.all(prefixes.slice(0, 24).map(async (prefix) => {
          for (const [key, entries] of await range(root.words, "words", prefix, 4)) for (const e of entries) {
            if (katakana && !(/^[\u30A1-\u30FFー]+$/.test(e.word) && normal(e.word).startsWith(prefix))) continue;
            // つたわ is how 伝わ is read: all forms of 伝わる are found by what they share.
            const begun = typed.find((t) => e.reading.startsWith(t)) || "", tail = begun && e.reading.slice(begun.length);
            if (/^[ぁ-ゖ]+$/.test(tail) && e.word.endsWith(tail) && e.word.length > tail.length + 1) add({ ...e, word: e.word.slice(0, -tail.length), reading: begun }, kana.has(begun) ? 1 : 3);
            else add(e, kana.has(hiragana(e.reading)) ? 1 : [...kana].some((k) => normal(k) == key) ? 2 : 3);
          }
        }));
        if (word.slip && (latin && text.length > 3 || katakana && text.length > 2)) {
          const most = text.length > 7 ? 2 : 1, near = [];
          for (const prefix of ["\x03" + text[0], "\x03"]) {
            for (const [key, entries] of near.length ? [] : await range(root.words, "words", prefix, 24)) {
              const d = distance(text, key.slice(1), most);
              if (d <= most) near.push([d, entries[0]]);
            }
          }
          near.sort((a, b) => a[0] - b[0] || b[1].weight - a[1].weight).slice(0, 3).forEach(([, e]) => add({ ...e, reading: "" }, SLIP));
        }
      }
      return [...found.values()].sort((a, b) => a.rank - b.rank || b.weight - a.weight || (a.text < b.text ? -1 : 1)).slice(0, 8);
    };

    // `floor`: the tier of what may be in any section, where the index tells no more; 0 where it tells all.
    const plan = async (word) => {
      const ways = [{ text: word.text, rank: 0 }, ...word.phrase || word.exclude ? [] : await variants(word)];
      await Promise.all(ways.map(async (way) => { way.where = await candidates(way.text); }));
      const floor = Math.max(...ways.map((w) => w.where.all ? tier(BODY, w.rank) : 0)), seen = ways.reduce((n, w) => n + w.where.at.size, 1);
      return { ...word, ways, floor, idf: Math.log(1 + root.sections / seen) };
    };
    const wanted = await Promise.all(words.filter((w) => !w.exclude).map((w) => plan({ ...w, slip: slips.includes(w.text) })));
    const excluded = words.filter((w) => w.exclude), several = wanted.length > 1, whole = excluded.length || several && wanted.some((w) => w.floor);
    check();

    /** The hits among the sections of one lesson's packs. */
    const verify = (packs) => {
      const places = packs.flatMap((pack) => prepare(pack).map((f) => ({ pack, f })));
      if (excluded.some((w) => places.some(({ f }) => [f.title, f.heading, f.text].some((t) => find(t, w.text).length)))) return [];
      for (const place of places) {
        const { f } = place, zero = f.section == 0;
        // For each word the best way in which it is here: in the section itself (own), or in the title over it.
        place.got = wanted.map((word) => {
          let best;
          const texts = [];
          for (const { text, rank } of word.ways) {
            const title = find(f.title, text).length, heading = find(f.heading, text).length, spots = find(f.text, text);
            const own = zero && title || heading || spots.length;
            if (!own && !(title && several)) continue;
            texts.push(text);
            const t = tier(title && (zero || several) ? TITLE : heading ? HEADING : BODY + f.kind, rank);
            if (!best || t > best.t) best = { t, rank, own, spots, texts, tf: title * 4 + heading * 3 + spots.length / (.4 + f.text.original.length / 700) };
          }
          return best;
        });
        place.own = place.got.filter((w) => w && w.own).length;
        place.any = place.got.filter(Boolean).length;
      }
      if (!wanted.every((_, k) => places.some((p) => p.got[k]))) return [];
      let kept = places.filter((p) => p.own && p.any == wanted.length);
      const apart = !kept.length;
      if (apart) kept = places.sort((a, b) => b.any - a.any || b.own - a.own).slice(0, 1);
      return kept.map(({ pack, f, got }) => {
        const have = got.filter(Boolean), needles = [...new Set(have.flatMap((w) => w.texts))], phrase = wanted.map((w) => w.text).join(" ");
        let t = Math.min(...have.map((w) => w.t)), near = Infinity;
        let score = have.reduce((n, w) => n + wanted[got.indexOf(w)].idf * w.tf / (w.tf + 1.2) / (1 + w.rank / 2), 0);
        if (several) {
          for (const a of have[0].spots) for (const b of have.at(-1).spots) near = Math.min(near, Math.max(b[0] - a[1], a[0] - b[1], 0));
          score += 3 / (1 + near / 10);
          if (t == BODY && near > 1) t--;
          if (apart) t = Math.min(t - 1, 3);
        }
        if (f.section == 0 && f.title.text == phrase) t = TITLE + 1;
        return hit(pack, f, t, score, needles);
      });
    };

    // Where to look, the most promising first: for one word section by section, else lesson by lesson.
    // A title may be the word itself, but for one character, which is in most titles and the whole of none.
    const own = wanted.map((word) => {
      const lessons = new Map(), exact = [...word.text].length > 1;
      for (const { rank, where } of word.ways) for (const [id, field] of where.at) {
        const lesson = Math.floor(id / MANY), t = tier(field, rank) + (exact && field == TITLE && !rank);
        if (!may(lesson)) continue;
        if (!lessons.has(lesson)) lessons.set(lesson, new Map());
        lessons.get(lesson).set(id % MANY, Math.max(t, lessons.get(lesson).get(id % MANY) ?? 0));
      }
      return lessons;
    });
    const told = own.filter((_, k) => !wanted[k].floor).sort((a, b) => a.size - b.size), everywhere = wanted.length && !told.length;
    const lessons = told.length ? [...told[0].keys()].filter((l) => told.every((m) => m.has(l))) : new Set(own.flatMap((m) => [...m.keys()]));
    const floor = Math.min(...wanted.map((w) => w.floor)), units = [];
    for (const lesson of lessons) {
      if (several) {
        const t = own.map((m, k) => Math.max(wanted[k].floor, ...(m.get(lesson) || new Map()).values()));
        units.push({ lesson, tier: Math.min(...t), sections: new Set(own.flatMap((m) => [...(m.get(lesson) || new Map()).keys()])) });
      } else for (const [s, t] of own[0].get(lesson)) units.push({ lesson, tier: t, section: s, sections: new Set([s]) });
    }
    units.sort(compare);
    // What only the texts can tell comes behind what the index promises, in the order of the lessons.
    const queue = (function* () {
      if (best || !everywhere) yield* everywhere ? units.filter((u) => u.tier > floor) : units;
      if (everywhere) for (let lesson = 0; lesson < root.lessons; lesson++) if (may(lesson)) yield { lesson, tier: floor };
    })();

    const expansions = wanted.flatMap((w) => w.ways.filter((way) => way.rank).map((way) => ({ word: way.text, reading: way.reading, from: w.text, kind: KINDS[way.rank] })));
    const hits = [], seen = new Set();
    let more = false, read = 0, size = 5, next = queue.next();
    const take = (found) => found.forEach((h) => {
      const id = h.lesson * MANY + h.section;
      if (!seen.has(id)) { seen.add(id); hits.push(h); }
    });
    const result = (done) => {
      hits.sort(compare);
      return { hits: hits.slice(0, limit).map(shown), total: hits.length, more: more || !done || hits.length > limit, expansions, offered: [] };
    };
    if (number !== undefined) for (const lesson of lessonsOf(await term("#" + number))) if (may(lesson)) {
      const pack = await file((await packsOf(lesson))[0][1], "pack");
      take([hit(pack, prepare(pack)[0], TITLE + 2, 0, [])]);
    }
    while (!next.done) {
      const bound = next.value.tier;
      if (hits.filter((h) => !best || h.tier >= bound).length >= limit || limit < Infinity && read > 400) { more = true; break; }
      const batch = new Map();
      for (let n = 0; n < size && !next.done; next = queue.next()) {
        const { lesson, sections } = next.value, names = batch.get(lesson) || new Set();
        let first = 0;
        batch.set(lesson, names);
        n -= names.size;
        for (const [count, name] of await packsOf(lesson)) {
          if (!sections || whole || [...sections].some((s) => s >= first && s < first + count)) names.add(name);
          first += count;
        }
        n += names.size;
      }
      const lists = await Promise.all([...batch.values()].map((names) => Promise.all([...names].map((name) => file(name, "pack")))));
      check();
      for (const packs of lists) { read += packs.length; take(verify(packs)); }
      size = limit == Infinity ? 200 : 12;
      if (onprogress && hits.length && !next.done) onprogress(result(false));
    }
    return result(true);
  };

  let root;
  const withRoot = async (work) => {
    try { return await work(await (root ??= file("root", "root", false))); } catch (e) {
      if (e.name == "AbortError") throw e;
      files = new Map();
      root = file("root", "root", true);
      root.catch(() => { root = undefined; });
      return work(await root);
    }
  };
  return {
    /** Sets of what a reader can filter by. */
    facets: () => withRoot((r) => file(r.facets, "facets")),
    /**
     * `query` as typed; options: limit (30), filters ([[key, id]]), order ("best" or "lessons"), signal, onprogress (called with
     * what is sure so far). → { hits, total, more, expansions, offered }: `total` counts what was verified, `more` says that
     * there may be others, `offered` are queries that find something where this one finds nothing.
     */
    search: (query, options = {}) => withRoot(async (r) => {
      const found = await search(r, query, options);
      if (found.hits.length || found.more) return found;
      const words = parse(query).words.filter((w) => !w.exclude), good = [], slips = [];
      for (const { text, phrase } of words) {
        const alone = words.length > 1 ? await search(r, phrase ? `"${text}"` : text, { ...options, limit: 1, onprogress: undefined }) : found;
        if (alone.hits.length) good.push(text); else if (!phrase) slips.push(text);
      }
      const again = await search(r, query, { ...options, slips });
      return again.hits.length ? again : { ...again, offered: good };
    }),
  };
};
return { open, fold, folded, find, normal, skeleton, romaji, distance, parse, unwrap, marked, snippet };
})();
