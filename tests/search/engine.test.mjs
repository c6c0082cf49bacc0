// The engine by itself: rules shared with the writer, what is typed, what is found, in which order, and what it costs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { open, ROOT, search } from './engine.mjs';
import { wrap, write } from './writer.mjs';

const vectors = (name) => JSON.parse(readFileSync(join(ROOT, 'tests/search/vectors', `${name}.json`), 'utf8'));
for (const name of ['fold', 'normal', 'skeleton']) {
  test(`${name}: as the writer has it`, () => {
    for (const [input, output] of vectors(name)) assert.equal(search[name](input), output, JSON.stringify(input));
  });
}

test('a fold leads back to the original, and a match ends where a cluster does', () => {
  const f = search.folded('ｶﾞｷﾞの㈱ＡＢ\u3000Ｃ');
  assert.deepEqual(search.find(f, 'ガ').map(([a, b]) => f.original.slice(a, b)), ['ｶﾞ']);
  assert.deepEqual(search.find(f, 'ギの(株)').map(([a, b]) => f.original.slice(a, b)), ['ｷﾞの㈱']);
  assert.deepEqual(search.find(f, '株'), [], 'inside a cluster');
  assert.deepEqual(search.find(f, 'カ'), [], 'a part of a cluster');
  assert.deepEqual(search.find(f, 'ab c').map(([a, b]) => f.original.slice(a, b)), ['ＡＢ\u3000Ｃ']);
});

test('romaji: Hepburn, kunrei, as typed into an input method, half a syllable, mixed', () => {
  const table = {
    eigyou: 'えいぎょう', eigyô: 'えいぎょう', tyotto: 'ちょっと', chotto: 'ちょっと', sinrai: 'しんらい', shinrai: 'しんらい', tuduku: 'つづく', tsuzuku: 'つずく',
    huan: 'ふあん ふあな', fuan: 'ふあん ふあな', zyunbi: 'じゅんび', junbi: 'じゅんび', jyunbi: 'じゅんび', shimbun: 'しんぶん', gakkou: 'がっこう', matcha: 'まっちゃ', maccha: 'まっちゃ',
    "kon'yaku": 'こんやく', "shin'you": 'しんよう', konnichiwa: 'こんにちわ', kinnenn: 'きんねん きんえん', kinnen: 'きんねん きんえん', xtu: 'っ', ltu: 'っ', 'ko-hi-': 'こーひー', vaiorinn: 'ゔぁいおりん', thi: 'てぃ', fairu: 'ふぁいる',
    tōkyō: 'とうきょう', えいgyou: 'えいぎょう', ノruma: 'のるま', sya: 'しゃ', kwa: 'くぁ', ohayou: 'おはよう', onna: 'おんな おんあ', honnya: 'ほんにゃ ほんや', annnai: 'あんない',
    eig: 'えいが えいぎ えいぐ えいげ えいご', えいg: 'えいが えいぎ えいぐ えいげ えいご', えいgy: 'えいぎゃ えいぎゅ えいぎょ', k: 'か き く け こ', n: 'な ん', kekk: 'けっか けっこ', ts: 'つ', sh: 'し',
  };
  for (const [typed, readings] of Object.entries(table)) {
    const got = search.romaji(search.fold(typed));
    for (const reading of readings.split(' ')) assert.ok(got.includes(reading), `${typed}: ${got} has no ${reading}`);
  }
  for (const typed of ['google', '営業', 'x1', 'abc', 'mp3', 'qz', '']) assert.deepEqual(search.romaji(search.fold(typed)), [], typed);
});

test('what is typed: words, phrases, what is left out, numbers', () => {
  const words = (query) => search.parse(query).words.map((w) => (w.exclude ? '-' : '') + (w.phrase ? `"${w.text}"` : w.text));
  assert.deepEqual(words('営業　ノルマ  ＡＢＣ'), ['営業', 'ノルマ', 'abc']);
  assert.deepEqual(words('"a  b" c'), ['"a b"', 'c']);
  assert.deepEqual(words('“もう一度” -値引き -"a b"'), ['"もう一度"', '-値引き', '-"a b"']);
  assert.deepEqual(words('"やめ'), ['"やめ"']);
  assert.deepEqual(words('-'), ['-']);
  assert.deepEqual(words('e-mail 1-2'), ['e-mail', '1-2']);
  assert.deepEqual(words(' "" '), []);
  for (const typed of ['12', '第12回', '#12', '１２', '第１２話']) assert.equal(search.parse(typed).number, 12, typed);
  for (const typed of ['12a', '第', '1 2', '']) assert.equal(search.parse(typed).number, undefined, typed);
});

test('distance: one slip of each kind', () => {
  for (const [a, b, d] of [['sales', 'slaes', 1], ['sales', 'sale', 1], ['sales', 'saless', 1], ['sales', 'saled', 1], ['sales', 'sales', 0], ['abcdefgh', 'abdcefhg', 2], ['ab', 'xyzq', 3]]) {
    assert.equal(search.distance(a, b, 2), d, `${a} ${b}`);
  }
});

const section = (heading, text, kind = 0) => ({ heading, text, kind, id: heading && encodeURIComponent(heading).toLowerCase() });
const COURSE = [
  { number: 1, title: '営業とは何か', url: 'secrets/what/', terms: ['tags/trust'], sections: [section('', '売る前に聴く。\nお客様の一日を知る。'), section('困りごと', '営業とは、困りごとを一つ減らす仕事です。'), section('まとめ', '信頼はノルマより先に来ます。', 1)] },
  { number: 2, title: 'ノルマを忘れる', url: 'secrets/quota/', terms: ['tags/quota'], sections: [section('', '会社のノルマは他人の目標です。'), section('物差し', '信頼を積む。申し込みは後から来る。Sales と コンピューター、ヴァイオリン。'), section('ノルマ', '数字。')] },
  { number: 12, title: '営業', url: 'secrets/sales/', terms: ['tags/trust', 'tags/quota'], sections: [section('', '映画を見る。12件の提案。大きくなる。'), section('聴く', '耳で聴く。目で聞く。Sales talk の話。')] },
];
const WORDS = [['えいぎょう', '営業', 2], ['えいが', '映画', 0], ['のるま', 'ノルマ', 1], ['こんぴゅーたー', 'コンピューター', 0], ['もうしこみ', '申し込み', 0], ['ばいおりん', 'ヴァイオリン', 0], ['きく', '聴く', 1], ['きく', '聞く', 0], ['', 'Sales', 1], ['しんらい', '信頼', 1]];
const course = (options = {}) => {
  const files = write(COURSE, { words: WORDS, ...options });
  return open(async (name) => files.get(name) ?? Promise.reject(Error('404')));
};
const where = ({ hits }) => hits.map((h) => `${h.number}${h.heading && `#${h.heading}`}`);

for (const depth of [1, 2]) {
  test(`order: number, exact title, title, heading, takeaways, body (depth ${depth})`, async () => {
    const engine = course({ depth });
    assert.deepEqual(where(await engine.search('営業')), ['12', '1', '1#困りごと']);
    assert.deepEqual(where(await engine.search('ノルマ')), ['2', '2#ノルマ', '1#まとめ']);
    assert.deepEqual(where(await engine.search('12')), ['12'], 'lesson 12, once, though 12 is in its text too');
    assert.deepEqual(where(await engine.search('第2回')), ['2']);
    assert.deepEqual(where(await engine.search('信頼', { order: 'lessons' })), ['1#まとめ', '2#物差し']);
  });
}

test('words are joined by AND within a lesson; what is left out is left out', async () => {
  const engine = course();
  assert.deepEqual(where(await engine.search('営業 困りごと')), ['1#困りごと']);
  assert.deepEqual(where(await engine.search('聴く　減らす')).length, 1);
  assert.deepEqual(where(await engine.search('営業 -映画')), ['1', '1#困りごと']);
  assert.deepEqual(where(await engine.search('"sales talk"')), ['12#聴く']);
  assert.deepEqual(where(await engine.search('sales -talk')), ['2#物差し']);
  const none = await engine.search('映画 困りごと');
  assert.deepEqual([where(none), none.offered], [[], ['映画', '困りごと']], 'nothing is dropped in silence, but offered');
});

test('kana, romaji, variants and slips find what the site writes, and say so', async () => {
  const engine = course();
  for (const [typed, word] of [['えいぎょう', '営業'], ['eigyou', '営業'], ['eigyo', '営業'], ['eig', '映画'], ['えいg', '営業'], ['エイギョウ', undefined], ['norma', undefined], ['noruma', 'ノルマ'], ['のるm', 'ノルマ'],
    ['申込', '申し込み'], ['申込み', '申し込み'], ['コンピュータ', undefined], ['コムピューター', 'コンピューター'], ['こんぴゅーた', 'コンピューター'], ['バイオリン', 'ヴァイオリン'], ['slaes', 'sales'], ['きく', '聴く']]) {
    const { hits, expansions } = await engine.search(typed);
    if (word) {
      assert.ok(expansions.some((e) => e.word === word && e.from === search.fold(typed)), `${typed}: ${JSON.stringify(expansions)}`);
      assert.ok(hits.some((h) => h.words.includes(word)), typed);
    } else assert.ok(!expansions.length || typed === 'コンピュータ', `${typed}: ${JSON.stringify(expansions)}`);
  }
  const exact = await engine.search('きく');
  assert.deepEqual(exact.hits.map((h) => h.words[0]), ['聴く', 'きく', '聴く', '聞く'].slice(0, exact.hits.length), JSON.stringify(exact.hits.map((h) => [h.words, h.tier])));
  assert.deepEqual((await engine.search('eig')).expansions.map((e) => e.word), ['営業', '映画'], 'by weight');
  assert.deepEqual((await engine.search('sales')).expansions, [], 'a word that is found has no slips');
});

test('filters', async () => {
  const engine = course({ facets: [['tags', 'タグ', [['trust', '信頼', 2], ['quota', 'ノルマ', 2]]]] });
  assert.deepEqual(await engine.facets(), [{ key: 'tags', label: 'タグ', terms: [{ id: 'trust', label: '信頼', lessons: 2 }, { id: 'quota', label: 'ノルマ', lessons: 2 }] }]);
  assert.deepEqual(where(await engine.search('営業', { filters: [['tags', 'quota']] })), ['12']);
  assert.deepEqual(where(await engine.search('営業', { filters: [['tags', 'quota'], ['tags', 'none']] })), []);
});

test('snippets: marked, cut between graphemes, on one line', async () => {
  const family = '👨‍👩‍👧';
  const files = write([{ number: 1, title: 't', url: '', sections: [section('', `${family.repeat(40)}前の行\n${'あ'.repeat(10)}言葉と言葉${'い'.repeat(100)}`)] }]);
  const { hits: [hit] } = await open(async (name) => files.get(name)).search('言葉');
  const text = hit.snippet.map(([t]) => t).join('');
  assert.deepEqual(hit.snippet.filter(([, mark]) => mark).map(([t]) => t), ['言葉', '言葉']);
  assert.ok(text.startsWith(`…${family}`) && text.endsWith('い…') && !text.includes('\n'), text);
  assert.ok([...text].length < 130);
});

test('nothing is asked for twice; a file that is gone means that the root is asked for once more', async () => {
  const files = write(COURSE, { words: WORDS });
  const engine = open(async (name) => files.get(name) ?? Promise.reject(Error('404')));
  await engine.search('営業');
  await engine.search('営業');
  await engine.search('営業とは');
  assert.equal(new Set(engine.cost.names).size, engine.cost.names.length);

  let old = write(COURSE.slice(0, 1));
  const moving = open(async (name) => (name === 'root' && old ? old.get(name) : files.get(name)) ?? Promise.reject(Error('404')));
  const first = moving.search('営業').catch((e) => e);
  old = undefined;
  await first;
  assert.deepEqual(where(await moving.search('営業')), ['12', '1', '1#困りごと']);

  const other = open(async () => Buffer.from(wrap([1]).toString('latin1').replace('HKS1', 'HKS2'), 'latin1'));
  await assert.rejects(other.search('営業'), /version/);
  assert.equal(other.cost.names.length, 2);
});

test('a search that is given up stops', async () => {
  const given = new AbortController();
  given.abort();
  await assert.rejects(course().search('営業', { signal: given.signal }), { name: 'AbortError' });
});

// A small generator with a seed: the cases are the same everywhere.
const random = (seed) => () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0), seed / 2 ** 32);
test('every substring is found, and nothing else, whatever the shape of the index', async () => {
  const next = random(110);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const letters = ['あ', 'い', 'か', '営', '業', 'ー', 'ｶﾞ', '𠮷', 'A', 'b', '1', ' ', '\u3000', 'が', '㈱', '。', '\n', 'か\u3099', '👨‍👩‍👧'];
  const text = (n) => Array.from({ length: Math.floor(next() * n) }, () => pick(letters)).join('').replace(/\s+\n\s*|\n\s+/g, '\n').replace(/[^\S\n]+/g, ' ').trim();
  for (let round = 0; round < 25; round++) {
    const lessons = Array.from({ length: 1 + Math.floor(next() * 12) }, (_, i) => ({
      number: i + 1, title: text(6) || '題', url: `${i}/`,
      sections: Array.from({ length: 1 + Math.floor(next() * 4) }, (_, s) => ({ ...section(s ? text(5) : '', text(60)), kind: s && next() < 0.2 ? 1 : 0 })),
    }));
    const files = write(lessons, { leaf: 30 + Math.floor(next() * 100), split: 3 + Math.floor(next() * 12), depth: 1 + (round % 2), pack: Math.floor(next() * 60) });
    const engine = open(async (name) => files.get(name) ?? Promise.reject(Error(`no ${name}`)));
    for (let n = 0; n < 40; n++) {
      const source = [...pick(pick(lessons).sections).text.matchAll(/.[\p{M}\uFF9E\uFF9F]*/gsu)].map((m) => m[0]);
      const from = Math.floor(next() * source.length);
      const query = (next() < 0.15 ? text(4) : source.slice(from, from + 1 + Math.floor(next() * 5)).join('')).replace(/[\s]+/g, ' ').trim();
      const needle = search.fold(query).trim();
      if (!needle) continue;
      const truth = lessons.flatMap((lesson, l) => lesson.sections.flatMap((s, i) => ([i ? '' : lesson.title, s.heading, s.text].some((t) => search.find(search.folded(t), needle).length) ? [`${l}.${i}`] : [])));
      const { hits, more } = await engine.search(`"${query}"`, { limit: Infinity });
      const got = hits.map((h) => `${h.lesson}.${h.section}`);
      assert.deepEqual([...got].sort(), truth.sort(), `${JSON.stringify(query)} in round ${round}`);
      assert.equal(more, false);
      const few = await engine.search(`"${query}"`, { limit: 2 });
      assert.equal(few.hits.length, Math.min(2, got.length), `${JSON.stringify(query)} with a limit`);
    }
  }
});
