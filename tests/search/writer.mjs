// Writes small indexes of the format in docs/search-format.md, for tests that need one of an odd shape: tiny leaves, branches,
// keys split early. It is made for being read, not for speed, and shares no code with the engine but folding.
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { search } from './engine.mjs';

const { fold, normal, skeleton } = search;
const utf8 = (text) => [...Buffer.from(text)];
const int = (n) => {
  const out = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128);
  return [...out, n];
};
const str = (text) => [...int(utf8(text).length), ...utf8(text)];
const times = (list, write) => [...int(list.length), ...list.flatMap(write)];
const hex = (name) => [...Buffer.from(name, 'hex')];

/** The bytes of a file with this body. */
export function wrap(body) {
  const escaped = { 10: 'n', 13: 'r', 34: '"', 92: '\\' };
  const payload = [...Buffer.from('HKS1'), ...deflateRawSync(Buffer.from(body))];
  return Buffer.from([...Buffer.from('hiketsu("'), ...payload.flatMap((b) => (escaped[b] ? [92, escaped[b].charCodeAt(0)] : b)), ...Buffer.from('")\n')]);
}

const shared = (rows, also) => {
  let before = [];
  return times(rows, ([key, value]) => {
    const points = [...key];
    let n = 0;
    while (n < points.length && points[n] === before[n]) n++;
    before = points;
    return [...int(n), ...str(points.slice(n).join('')), ...(also ? also(value) : [])];
  });
};

/** sections: Map of lesson → Map of section → tier (or true). */
const list = (sections, strong) => {
  let last = -1;
  return times([...sections].sort((a, b) => a[0] - b[0]), ([lesson, own]) => {
    const gap = lesson - last - 1;
    const sects = [...own].sort((a, b) => a[0] - b[0]).flatMap(([s, tier]) => int(strong ? 4 * s + tier : s));
    last = lesson;
    return own.size === 1 ? [...int(2 * gap), ...sects] : [...int(2 * gap + 1), ...int(own.size), ...sects];
  });
};

/**
 * lessons: [{ number, title, url, terms: ["tags/trust"], sections: [{ kind, id, heading, text }] }]; words: [[reading, surface, weight]].
 * A Map of name → bytes, with `root`.
 */
export function write(lessons, { words = [], facets = [], leaf = 200, split = 40, depth = 1, pack = 60 } = {}) {
  const files = new Map();
  const put = (body) => {
    const bytes = wrap(body);
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
    files.set(name, bytes);
    return name;
  };

  const strong = new Map();
  const body = new Map();
  const grams = (text, longest) =>
    fold(text).split(/\s+/).filter(Boolean).flatMap((run) => {
      const points = [...run, '\0'];
      return points.slice(0, -1).flatMap((_, i) => Array.from({ length: Math.min(longest, points.length - i) }, (_, n) => points.slice(i, i + n + 1).join('')));
    });
  const add = (map, key, lesson, section, tier) => {
    if (!map.has(key)) map.set(key, new Map());
    const own = map.get(key);
    if (!own.has(lesson)) own.set(lesson, new Map());
    own.get(lesson).set(section, Math.max(tier, own.get(lesson).get(section) ?? 0));
  };
  let sections = 0;
  lessons.forEach((lesson, l) => {
    for (const gram of grams(lesson.title, 2)) add(strong, gram, l, 0, 3);
    lesson.sections.forEach((section, s) => {
      sections++;
      for (const gram of grams(section.heading, 2)) add(strong, gram, l, s, 2);
      for (const gram of grams(section.text, section.kind ? 2 : 8)) section.kind ? add(strong, gram, l, s, 1) : add(body, gram, l, s, 0);
    });
  });
  // Grams: keys of one or two, longer ones behind a split.
  const rows = [];
  const emit = (key) => {
    const own = [...key].length < 3 && !key.endsWith('\0') ? strong.get(key) : undefined;
    const bytes = list(body.get(key) ?? new Map());
    const parts = bytes.length > split && [...key].length < 8 && !key.endsWith('\0');
    rows.push([key, [...int(2 * !!own + parts), ...(own ? list(own, true) : []), ...(parts ? [] : bytes)]]);
    if (!parts) return;
    for (const longer of body.keys()) if (longer.startsWith(key) && [...longer].length === [...key].length + 1) {
      if ([...key].length > 1 || longer.endsWith('\0')) emit(longer);
    }
  };
  for (const key of new Set([...strong.keys(), ...body.keys()])) if ([...key].length < 3 && !key.endsWith('\0')) emit(key);
  const terms = new Map();
  lessons.forEach((lesson, l) => {
    if (lesson.number) add(terms, `\x01#${lesson.number}`, l, 0, 0);
    for (const term of lesson.terms ?? []) add(terms, `\x01@${term}`, l, 0, 0);
  });
  for (const [key, own] of terms) rows.push([key, list(own)]);

  const table = (all) => {
    all.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    const leaves = [];
    let size = Infinity;
    for (const row of all) {
      if (size > leaf) { leaves.push([]); size = 0; }
      leaves.at(-1).push(row);
      size += row[0].length + row[1].length;
    }
    let entries = leaves.map((rows, i) => [i ? rows[0][0] : '', put([...shared(rows), ...rows.flatMap((row) => row[1])])]);
    if (depth > 1) {
      const groups = [];
      entries.forEach((entry, i) => (i % 3 ? groups.at(-1) : groups[groups.push([]) - 1]).push(entry));
      entries = groups.map((group) => [group[0][0], put([1, ...shared(group, hex)])]);
    }
    return [depth, ...shared(entries, hex)];
  };

  const vocabulary = new Map();
  const word = (key, entry) => vocabulary.set(key, [...(vocabulary.get(key) ?? []), entry]);
  for (const [reading, surface, weight = 0] of words) {
    const folded = fold(surface);
    if (reading) word(normal(reading), [normal(reading) === reading ? '' : reading, folded, weight]);
    if (skeleton(folded)) word(`\x02${skeleton(folded)}`, [reading, folded, weight]);
    else word(`\x03${folded}`, ['', '', weight]);
  }
  const wordRows = [...vocabulary].map(([key, entries]) => [key, times(entries.sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1)), ([r, s, w]) => [...str(r), ...str(s), ...int(w)])]);

  const packed = lessons.map((lesson, l) => {
    const groups = [];
    let size = Infinity;
    lesson.sections.forEach((section, s) => {
      if (size > pack) { groups.push([s, []]); size = 0; }
      groups.at(-1)[1].push(section);
      size += section.text.length;
    });
    return times(groups, ([first, own]) => [
      ...int(own.length),
      ...hex(put([...int(l), ...int(lesson.number ?? 0), ...str(lesson.title), ...str(lesson.url), ...int(first), ...times(own, (s) => [...int(s.kind ?? 0), ...str(s.id), ...str(s.heading), ...str(s.text)])])),
    ]);
  });
  let texts = [1, ...packed.flat()];
  if (depth > 1) {
    const groups = [];
    packed.forEach((packs, i) => (i % 2 ? groups.at(-1) : groups[groups.push([]) - 1]).push(...packs));
    texts = [2, ...int(2), ...times(groups, (group) => hex(put(group)))];
  }
  const facetFile = put(times(facets, ([key, label, terms]) => [...str(key), ...str(label), ...times(terms, ([id, name, n]) => [...str(id), ...str(name), ...int(n)])]));
  files.set('root', wrap([...int(lessons.length), ...int(sections), ...str('ja'), ...table(rows), ...table(wordRows), ...texts, ...hex(facetFile)]));
  return files;
}
