// `hiketsu serve` with a browser open, as an author has it: what is saved is shown, and nothing else moves.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, ROOT } from './site.mjs';

const HIKETSU = process.env.HIKETSU ?? join(ROOT, 'target/debug/hiketsu');
let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

const LONG = Array.from({ length: 60 }, (_, i) => `${i + 1}つ目の段落です。お客様の話を、最後まで聴きます。`).join('\n\n');

/** A server over a new site with two long lessons, and its address. */
async function serve(...options) {
  const folder = join(mkdtempSync(join(tmpdir(), 'hiketsu-')), 'course');
  execFileSync(HIKETSU, ['init', folder, '--lang', 'ja'], { stdio: 'ignore' });
  const lesson = (name) => join(folder, 'content/lessons', name);
  for (const [name, title] of [['101-one.md', '一つ目'], ['102-two.md', '二つ目']]) writeFileSync(lesson(name), `---\ntitle: ${title}\n---\n\n${LONG}\n`);
  const child = spawn(HIKETSU, ['serve', '--port', '0', '--lang', 'ja', ...options], { cwd: folder });
  let said = '';
  const url = await new Promise((done, fail) => {
    child.stdout.on('data', (data) => { said += data; const found = /http:\/\/\S+/.exec(said); if (found) done(found[0]); });
    child.on('exit', () => fail(Error(said)));
  });
  return { folder, lesson, url, close: () => { child.kill(); rmSync(folder, { recursive: true, force: true }); } };
}

/** Waits until `look` holds in the page. */
const until = (page, look, argument) => page.waitForFunction(look, argument, { timeout: 20_000, polling: 20 });
const overlay = (page) => page.evaluate(() => document.querySelector('hiketsu-faults')?.shadowRoot.textContent ?? '');

test('a saved lesson is shown where the reader was, and other pages stay as they are', async () => {
  const site = await serve();
  const { page, wrong, close } = await chromium.open(`${site.url}lessons/one/`);
  const other = await page.context().newPage();
  await other.goto(`${site.url}lessons/two/`);
  for (const each of [page, other]) await each.evaluate(() => { window.stays = true; });
  await page.evaluate(() => window.scrollTo(0, 900));
  appendFileSync(site.lesson('101-one.md'), '\n書き足した段落です。\n');
  await until(page, () => document.body.textContent.includes('書き足した段落です。'));
  await until(page, () => Math.abs(window.scrollY - 900) < 2);
  assert.equal(await page.evaluate(() => window.stays), undefined, 'the page was loaded again');
  // The other lesson shows nothing of it; it has heard of the build once its number is that of the server.
  await until(other, async () => {
    const script = document.querySelector('script[data-build]');
    const status = await (await fetch(new URL('status.json', script.src))).json();
    return status.build >= 2;
  });
  assert.equal(await other.evaluate(() => window.stays), true, 'the other page was not loaded again');
  assert.deepEqual(wrong, []);
  await close();
  site.close();
});

test('faults lie over the last good page with their place, and go when they are mended', async () => {
  const site = await serve();
  const { page, close } = await chromium.open(`${site.url}lessons/one/`);
  await page.evaluate(() => { window.stays = true; });
  const good = readFileSync(site.lesson('101-one.md'), 'utf8');
  writeFileSync(site.lesson('101-one.md'), `${good}\n[[nowhere]]と[x](nothing.md)\n`);
  await until(page, () => document.querySelector('hiketsu-faults'));
  const told = await overlay(page);
  for (const words of ['content/lessons/101-one.md:', 'nowhere', 'nothing.md', 'ヒント']) assert.ok(told.includes(words), `${words}: ${told}`);
  assert.ok((await page.textContent('h1')).includes('一つ目'), 'the last good page is underneath');
  writeFileSync(site.lesson('101-one.md'), good);
  await until(page, () => !document.querySelector('hiketsu-faults'));
  assert.equal(await page.evaluate(() => window.stays), true, 'what was mended to the same is not loaded again');
  await close();
  site.close();
});

test('an edited stylesheet is put in without loading the page again', async () => {
  const site = await serve();
  const { page, close } = await chromium.open(`${site.url}lessons/one/`);
  await page.evaluate(() => { window.stays = true; });
  await page.evaluate(() => window.scrollTo(0, 700));
  const css = readFileSync(join(ROOT, 'themes/standard/assets/style.css'), 'utf8');
  mkdirSync(join(site.folder, 'assets'), { recursive: true });
  for (const [colour, shown] of [['#123456', 'rgb(18, 52, 86)'], ['#654321', 'rgb(101, 67, 33)']]) {
    writeFileSync(join(site.folder, 'assets/style.css'), `${css}\nh1 { color: ${colour} !important }\n`);
    await until(page, (shown) => getComputedStyle(document.querySelector('h1')).color === shown, shown);
    await until(page, () => document.querySelectorAll('link[rel=stylesheet][href*="style"]').length === 1);
  }
  assert.equal(await page.evaluate(() => window.stays), true);
  assert.ok(Math.abs(await page.evaluate(() => window.scrollY) - 700) < 2);
  await close();
  site.close();
});

test('with --follow the browser goes to the page whose text was saved', async () => {
  const site = await serve('--follow');
  const { page, close } = await chromium.open(site.url);
  appendFileSync(site.lesson('102-two.md'), '\n書き足した段落です。\n');
  await until(page, () => location.pathname.endsWith('/lessons/two/') && document.body.textContent.includes('書き足した段落です。'));
  await close();
  site.close();
});

test('drafts are shown and marked, but for --published', async () => {
  for (const [options, status] of [[[], 200], [['--published'], 404]]) {
    const site = await serve(...options);
    writeFileSync(site.lesson('103-three.md'), '---\ntitle: 下書きの話\ndraft: true\n---\n\n本文です。\n');
    const { page, close } = await chromium.open(site.url);
    let answer;
    // The build that has it may not be done yet.
    for (let n = 0; n < 100 && answer?.status() !== status; n++) answer = await page.goto(`${site.url}lessons/three/`);
    assert.equal(answer.status(), status);
    if (status === 200) assert.ok((await page.textContent('main')).includes('まだ読者には見えません'));
    await close();
    site.close();
  }
});

test('the page of the server shows how far the site is and what is wrong', async () => {
  const site = await serve();
  writeFileSync(site.lesson('104-four.md'), '---\ntitle: 四つ目\ndraft: true\n---\n\n[[one]]から。\n\n## 空の見出し\n');
  const { page, wrong, close } = await chromium.open(`${new URL('/_hiketsu/', site.url)}`);
  for (let n = 0; n < 100 && !(await page.content()).includes('四つ目'); n++) await page.reload();
  const draft = page.locator('.grid li.draft a', { hasText: '104' });
  assert.equal(await draft.getAttribute('title'), '104 四つ目 (下書き)');
  assert.ok((await page.textContent('.faults')).includes('content/lessons/104-four.md:'));
  assert.match(await page.getAttribute('.faults a', 'href'), /^vscode:\/\/file\/.*course\/content\/lessons\/104-four\.md:\d+:\d+$/);
  assert.ok(await page.locator('svg path').count() > 0, 'who links to whom');
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
  }
  await draft.click();
  await until(page, () => location.pathname.endsWith('/lessons/four/'));
  assert.deepEqual(wrong, []);
  await close();
  site.close();
});

test('however an editor saves, the page is right', async () => {
  const site = await serve();
  const { page, close } = await chromium.open(`${site.url}lessons/one/`);
  const path = site.lesson('101-one.md');
  const text = (n) => `---\ntitle: ${n}回目の保存\n---\n\n${LONG}\n`;
  const ways = [
    (text) => writeFileSync(path, text),
    // Emptied first, filled a little later.
    async (text) => { writeFileSync(path, ''); await new Promise((done) => setTimeout(done, 30)); writeFileSync(path, text); },
    // A new file takes its place.
    (text) => { writeFileSync(`${path}.tmp`, text); renameSync(`${path}.tmp`, path); },
    // The old one is kept aside.
    (text) => { renameSync(path, `${path}~`); writeFileSync(path, text); },
    // It goes, and comes back.
    async (text) => { rmSync(path); await new Promise((done) => setTimeout(done, 30)); writeFileSync(path, text); },
    // Piece by piece.
    (text) => { writeFileSync(path, text.slice(0, 40)); appendFileSync(path, text.slice(40, 200)); appendFileSync(path, text.slice(200)); },
  ];
  for (const [n, save] of ways.entries()) {
    await save(text(n));
    await until(page, (title) => document.querySelector('h1')?.textContent.includes(title), `${n}回目の保存`);
    assert.equal(await overlay(page), '');
  }
  await close();
  site.close();
});
