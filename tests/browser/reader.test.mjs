// What a reader keeps in her own browser: marks, place, progress, settings, a file of them all, and the lesson of the day.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { browser, build, host } from './site.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const DAY = 864e5;

let site;
let chromium;
before(async () => {
  site = await host(build(), '/course/');
  chromium = await browser();
});
after(async () => {
  await chromium.close();
  site.close();
});

const stored = (page, key) => page.evaluate((k) => JSON.parse(localStorage[k] ?? 'null'), `reader:${key}`);
const store = (page, key, value) => page.evaluate(([k, v]) => { localStorage[k] = JSON.stringify(v); }, [`reader:${key}`, value]);
const toEnd = async (page) => {
  await page.locator('.pager').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector('#_read').classList.contains('on'));
};

test('a lesson is read at its end, not before; and not, where the reader says so', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}secrets/listen/`, PHONE);
  assert.deepEqual((await stored(page, 'secrets:p')).read, {});
  await toEnd(page);
  assert.deepEqual(Object.keys((await stored(page, 'secrets:p')).read), ['listen']);
  assert.match(await page.locator('#_read').innerText(), /取り消す/);
  await page.locator('#_read').click();
  assert.deepEqual((await stored(page, 'secrets:p')).read, {});
  await page.locator('#_read').click();
  await page.goto(`${site.url}secrets/`);
  assert.deepEqual(await page.locator('li:has(.read)').evaluateAll((all) => all.map((li) => li.value)), [3]);
  assert.match(await page.locator('.progress span').innerText(), /^1／110回/);
  assert.match(await page.locator('#_part-1 .done').innerText(), /^1／\d+回を読了$/);
  assert.ok(await page.locator('.part').nth(1).locator('.done').isHidden());
  assert.match(await page.locator('.resume').innerText(), /続きから読む\s*第4回/);
  assert.deepEqual(wrong, []);
  await close();
});

test('where she stopped, she goes on: the lesson, and the place in it', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}secrets/forget-the-quota/`, PHONE);
  const shown = () => page.evaluate(() => document.elementFromPoint(195, 300).closest('.body > *')?.textContent.slice(0, 20));
  await page.evaluate(() => scrollTo(0, document.querySelector('.body').offsetHeight * 0.4));
  const place = await shown();
  assert.ok(place);
  await page.goto(site.url);
  const resume = page.locator('.resume');
  assert.match(await resume.innerText(), /第12回/);
  await Promise.all([page.waitForNavigation(), resume.click()]);
  assert.equal(await shown(), place);
  assert.equal(await page.evaluate(() => location.hash), '');
  // A type size later, it is still the same paragraph.
  await page.goto(site.url);
  await store(page, 's', { size: 'xl' });
  await page.reload();
  await Promise.all([page.waitForNavigation(), page.locator('.resume').click()]);
  assert.ok(await page.evaluate((text) => {
    const at = [...document.querySelectorAll('.body > *')].find((e) => e.textContent.startsWith(text)).getBoundingClientRect();
    return at.top < innerHeight && at.bottom > 0;
  }, place));
  assert.deepEqual(wrong, []);
  await close();
});

test('type, colours and face stay as they were set, on every page and before it is painted', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}secrets/listen/`, PHONE);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const before = await size();
  await page.locator('#_show').click();
  for (const label of ['特大', '暗', '明朝']) await page.locator('#_settings label', { hasText: label }).last().click();
  assert.ok(Math.abs((await size()) / before - 1.35) < 0.01);
  await page.goto(`${site.url}tags/`);
  const now = await page.evaluate(() => ({ ...document.documentElement.dataset, scheme: getComputedStyle(document.documentElement).colorScheme, face: getComputedStyle(document.body).fontFamily }));
  assert.deepEqual([now.size, now.theme, now.face.includes('Mincho'), now.scheme], ['xl', 'dark', true, 'dark']);
  assert.deepEqual(wrong, []);
  await close();
});

test('the arrow keys turn pages for whoever turned them on', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}secrets/listen/`, DESKTOP);
  const url = page.url();
  await page.keyboard.press('ArrowRight');
  assert.equal(page.url(), url);
  await page.locator('#_show').click();
  await page.locator('input[name=keys]').check();
  await page.locator('input[name=keys]').blur();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('ArrowRight')]);
  assert.notEqual(page.url(), url);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('ArrowLeft')]);
  assert.equal(page.url(), url);
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  assert.equal(page.url(), url);
  assert.deepEqual(wrong, []);
  await close();
});

test('a new lesson a day, then what is due again', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}today/`, PHONE);
  const at = (days) => page.evaluate((ms) => Date.now() - ms, days * DAY);
  const said = () => page.locator('.why').innerText();
  const links = () => page.locator('.day .start a').allInnerTexts();
  assert.match(await said(), /今日は、この回を読みましょう/);
  assert.match((await links()).join(), /^次の回\s*第1回[^,]*$/);
  // Read nine days ago and never again: overdue. Yesterday: due today, but after the other.
  await store(page, 'secrets:p', { v: 1, read: { 'what-sales-is': await at(1), 'small-promises': await at(9) } });
  await page.reload();
  assert.match((await links())[0], /^次の回\s*第3回/);
  assert.match((await links())[1], /^読み返す\s*第2回/);
  // With today's lesson read, reading again comes first.
  await store(page, 'secrets:p', { v: 1, read: { 'what-sales-is': await at(1), 'small-promises': await at(9), listen: await at(0) } });
  await page.reload();
  assert.match(await said(), /読み返しましょう/);
  assert.match((await links())[0], /^読み返す\s*第2回/);
  await Promise.all([page.waitForNavigation(), page.locator('.day .start a').first().click()]);
  await page.locator('.pager').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => JSON.parse(localStorage['reader:secrets:p']).again?.['small-promises']?.[0] === 1);
  await page.goto(`${site.url}today/`);
  assert.match((await links())[0], /^読み返す\s*第1回/, 'the one read again is due in three days');
  // Nothing is due: enough for today, and the next for whoever wants more.
  await store(page, 'secrets:p', { v: 1, read: { 'what-sales-is': await at(0) } });
  await page.reload();
  assert.match(await said(), /また明日/);
  assert.match((await links()).join(), /^次の回\s*第2回/);
  // All read, nothing due.
  const all = await page.locator('.day li').evaluateAll((items) => items.map((li) => li.dataset.id));
  await store(page, 'secrets:p', { v: 1, read: Object.fromEntries(all.map((id) => [id, 1])), again: Object.fromEntries(await Promise.all(all.map(async (id) => [id, [2, await at(1)]]))) });
  await page.reload();
  assert.match(await said(), /すべて読み終えました/);
  assert.deepEqual(await links(), []);
  assert.deepEqual(wrong, []);
  await close();
});

test('all that is kept goes into a file and comes out of it, joined to what is there', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}today/`, DESKTOP);
  await store(page, 'secrets:p', { v: 1, read: { listen: 5 }, at: { n: 4, path: 'secrets/ask-for-the-scene/', title: '場面' } });
  await store(page, 'secrets:c', { listen: ['abc'] });
  await store(page, 's', { theme: 'dark' });
  await page.evaluate(() => { localStorage.other = 'not ours'; });
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#_save').click()]);
  assert.equal(file.suggestedFilename(), 'reader.json');
  const bytes = readFileSync(await file.path());
  assert.ok(!bytes.includes('not ours'));
  await close();

  const other = await chromium.open(`${site.url}today/`, DESKTOP);
  await store(other.page, 'secrets:p', { v: 1, read: { 'small-promises': 3 } });
  const give = (buffer) => other.page.locator('#_load').setInputFiles({ name: 'reader.json', mimeType: 'application/json', buffer });
  const said = (words) => other.page.waitForFunction((text) => document.querySelector('#_kept').textContent.includes(text), words);
  for (const bad of ['', '[]', 'null', '{"reader":2}', '{"kept":{}}', '<html>']) {
    await other.page.evaluate(() => { document.querySelector('#_kept').textContent = ''; });
    await give(Buffer.from(bad));
    await said('読み込めません');
  }
  await give(Buffer.from('{"reader":1,"kept":{"reader:x":{"__proto__":{"polluted":1}},"elsewhere":{"a":1}}}'));
  await said('読み込みました');
  assert.ok(await other.page.evaluate(() => ({}).polluted === undefined && !('elsewhere' in localStorage)));
  await give(bytes);
  await other.page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  assert.deepEqual((await stored(other.page, 'secrets:p')).read, { 'small-promises': 3, listen: 5 });
  assert.deepEqual(await stored(other.page, 'secrets:c'), { listen: ['abc'] });
  assert.deepEqual(other.wrong, []);
  await other.close();
});

test('where nothing may be stored, nothing is offered that needs it, and nothing fails', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}about/`, PHONE);
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });
  });
  for (const path of ['', 'secrets/', 'secrets/listen/', 'today/', 'tags/', 'search/']) {
    await page.goto(site.url + path);
    assert.equal(await page.locator('[data-stores]:visible, .resume:visible, .progress:visible, #_read:visible').count(), 0, path);
  }
  await page.goto(`${site.url}today/`);
  assert.ok(await page.locator('.day .lessons a').first().isVisible(), 'every lesson is listed');
  assert.deepEqual(wrong, []);
  await close();
});
