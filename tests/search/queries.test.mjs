// The sample site, asked as readers ask: what is found against what its text holds. The truth is told by substring, on texts
// that are read out of the index by a decoder of its own, which knows nothing of grams.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { openFolder, ROOT } from './engine.mjs';
import { literal, none, words } from './queries.mjs';

const output = mkdtempSync(join(tmpdir(), 'hiketsu-queries-'));
let sections;
before(() => {
  execFileSync(process.env.HIKETSU || 'hiketsu', ['build', '--output', join(output, 'public')], { cwd: ROOT, stdio: 'pipe' });
  sections = texts(join(output, 'public', '_/search'));
});
after(() => rmSync(output, { recursive: true, force: true }));

/** The body of a file of the index. */
function body(bytes) {
  const inside = bytes.subarray(9, -2), out = [];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] != 92) out.push(inside[i]);
    else { i++; out.push({ 110: 10, 114: 13 }[inside[i]] ?? inside[i]); }
  }
  return inflateRawSync(Buffer.from(out).subarray(4));
}

/** All sections, by "lesson/section": the packs are the files that decode as such, to the last byte, with an URL of the site. */
function texts(folder) {
  const found = new Map();
  for (const name of readdirSync(folder).filter((name) => name != 'root.js')) {
    const bytes = body(readFileSync(join(folder, name)));
    let at = 0;
    const int = () => { let n = 0, shift = 0, b; do { b = bytes[at++]; n += (b & 127) * 2 ** shift; shift += 7; } while (b > 127); return n; };
    const text = () => { const n = int(), from = at; at += n; return bytes.toString('utf8', from, at); };
    try {
      const lesson = int(); int();
      const title = text(), url = text(), first = int(), count = int(), read = [];
      if (url && !/^[\w%./-]+\/$/.test(url)) continue;
      for (let i = 0; i < count; i++) read.push({ kind: int(), id: text(), heading: text(), text: text() });
      if (at != bytes.length) continue;
      read.forEach((section, i) => found.set(`${lesson}/${first + i}`, { ...section, title: first + i ? '' : title, over: title }));
    } catch { /* another kind of file */ }
  }
  return found;
}

const fold = (text) => text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/[^\S\n]/g, ' ');
const holding = (word) => new Set([...sections].filter(([, s]) => [s.title, s.heading, s.text].some((t) => fold(t).includes(fold(word)))).map(([id]) => id));
const ask = async (query, options = {}) => {
  const engine = openFolder(join(output, 'public'));
  const result = await engine.search(query, { limit: Infinity, ...options });
  return { ...result, ids: result.hits.map((h) => `${h.lesson}/${h.section}`), cost: engine.cost };
};

test('the decoder of the tests reads every section', async () => {
  assert.ok(sections.size > 100, `${sections.size}`);
  assert.ok(Object.values(literal).flat().length + Object.values(words).flat().length + none.length >= 200);
});

for (const [kind, queries] of Object.entries(literal)) {
  test(`literal, ${kind}: all of it, and what is more is named`, async () => {
    for (const query of queries) {
      const truth = holding(query), { ids, hits, expansions } = await ask(query);
      const found = new Set(ids);
      for (const id of truth) assert.ok(found.has(id), `${query}: ${id} is not found`);
      const others = ids.filter((id) => !truth.has(id));
      // Whatever else is shown is named.
      if (others.length) assert.ok(expansions.length || hits.some((h) => h.tier > 4), `${query} finds ${others.length} sections without it and says nothing`);
    }
  });
}

for (const [kind, queries] of Object.entries(words)) {
  test(`${kind}: the word that is meant, and it is named`, async () => {
    for (const [query, word] of queries) {
      const truth = holding(word), { ids, expansions } = await ask(query);
      if (!truth.size) continue;
      const found = new Set(ids);
      assert.ok(expansions.some((e) => fold(e.word).includes(fold(word)) || fold(word).includes(fold(e.word))) || holding(query).size, `${query}: ${word} is not named but ${expansions.map((e) => e.word)}`);
      for (const id of truth) assert.ok(found.has(id), `${query}: ${id} with ${word} is not found`);
    }
  });
}

test('absent words find nothing', async () => {
  for (const query of none) {
    assert.equal(holding(query.replaceAll('"', '')).size, 0, `${query} is there`);
    const { ids, expansions } = await ask(query);
    assert.deepEqual([ids, expansions], [[], []], query);
  }
});

test('what a query costs, in bytes and files, from nothing', async () => {
  const costs = [];
  for (const query of Object.values(literal).flat()) {
    const engine = openFolder(join(output, 'public'));
    await engine.search(query, { limit: 5 });
    costs.push([engine.cost.bytes, engine.cost.names.length, query]);
  }
  costs.sort((a, b) => a[0] - b[0]);
  const mean = costs.reduce((n, [bytes]) => n + bytes, 0) / costs.length;
  console.log(`cold queries, five results: mean ${(mean / 1000).toFixed(1)} KB, median ${(costs[costs.length >> 1][0] / 1000).toFixed(1)} KB, at most ${(costs.at(-1)[0] / 1000).toFixed(1)} KB in ${costs.at(-1)[1]} files (${costs.at(-1)[2]})`);
  // Pagefind takes 125 KB and more for its first one.
  assert.ok(mean < 25_000, `${mean}`);
});
