// The search as a reader meets it: by keyboard, by an input method, on a phone, by double-click, under a strict policy.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, build, host, ROOT } from './site.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";

let output;
let chromium;
let site;
before(async () => {
  output = build();
  chromium = await browser();
  site = await host(output, '/course/', { 'content-security-policy': STRICT });
});
after(async () => {
  await chromium.close();
  site.close();
});

const input = (page) => page.locator('.seek input');
const found = async (page) => {
  await page.waitForSelector('.found a');
  return page.locator('.found a').allInnerTexts();
};
const shown = (page, count) => page.waitForFunction((n) => new RegExp(n).test(document.querySelector('.said').textContent), count);

test('opened by keyboard, moved through, closed; focus goes back', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}secrets/listen/`, DESKTOP);
  await page.keyboard.press('/');
  assert.equal(await page.locator('dialog').count(), 0, 'no bare letter opens it');
  await page.locator('.pager a').first().focus();
  const before = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press('Control+k');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.type('ノルマ');
  const list = await found(page);
  assert.match(list[0], /第12回.*ノルマを忘れている/s);
  await shown(page, '件');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('.found a')].indexOf(document.activeElement)), 1);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.ok(await input(page).evaluate((e) => e === document.activeElement));
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.href), before);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ノルマ');
  await found(page);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.match(page.url(), /forget-the-quota\/\?h=/);
  assert.deepEqual(wrong, []);
  await close();
});

test('an input method: results while composing, and its Enter opens nothing', async () => {
  const { page, wrong, close } = await chromium.open(site.url, DESKTOP);
  await page.locator('a.search').click();
  await page.waitForSelector('dialog[open]');
  const cdp = await page.context().newCDPSession(page);
  const compose = (text) => cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await compose('のるm');
  await page.waitForFunction(() => /ノルマ/.test(document.querySelector('.named').textContent));
  await compose('のるま');
  await found(page);
  const url = page.url();
  await input(page).evaluate((e) => {
    e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
    e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }));
  });
  await cdp.send('Input.insertText', { text: 'ノルマ' });
  await page.waitForTimeout(200);
  assert.equal(page.url(), url);
  assert.equal(await input(page).inputValue(), 'ノルマ');
  assert.ok(await page.locator('.found mark').count());
  assert.deepEqual(wrong, []);
  await close();
});

test('a result leads to its section, with the words marked until the reader takes the marks away', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}search/?q=${encodeURIComponent('刈り取る')}`, DESKTOP);
  assert.equal(await input(page).inputValue(), '刈り取る');
  assert.ok(await page.locator('#_titles').isHidden());
  const [first] = await found(page);
  assert.match(first, /代わりに何を追いかけているのか/);
  await Promise.all([page.waitForNavigation(), page.locator('.found a').first().click()]);
  assert.match(decodeURIComponent(page.url()), /\?h=刈り取る#/);
  await page.waitForSelector('.unmark');
  const marks = () => page.evaluate(() => [...(CSS.highlights.get('search') ?? [])].map(String));
  assert.deepEqual(await marks(), ['刈り取る']);
  await page.locator('.unmark').click();
  assert.deepEqual(await marks(), []);
  assert.ok(!page.url().includes('?h='));
  assert.deepEqual(wrong, []);
  await close();
});

test('kana and romaji find the word and say so; nothing found offers what would be', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}search/`, DESKTOP);
  await input(page).fill('noruma');
  await page.waitForFunction(() => /ノルマ/.test(document.querySelector('.named').textContent));
  assert.match(decodeURIComponent(page.url()), /\?q=noruma$/);
  await input(page).fill('ノルマ 存在しない言葉');
  await page.locator('.none button').click();
  assert.equal(await input(page).inputValue(), 'ノルマ');
  await found(page);
  await input(page).fill('');
  await page.waitForFunction(() => !document.querySelector('#_titles').hidden);
  assert.ok(!page.url().includes('?q='));
  assert.deepEqual(wrong, []);
  await close();
});

test('filters and the order', async () => {
  const folder = join(ROOT, 'content/secrets');
  const tagged = readdirSync(folder).filter((name) => /^tags:.*ノルマ/m.test(readFileSync(join(folder, name), 'utf8'))).map((name) => +name.slice(0, 3));
  const { page, wrong, close } = await chromium.open(`${site.url}search/?q=${encodeURIComponent('お客様')}`, DESKTOP);
  await found(page);
  await page.locator('.narrow summary').click();
  await page.locator('select[name=tags]').selectOption('quota');
  await page.waitForFunction((n) => [...document.querySelectorAll('.found .of')].every((e) => n.includes(+/第(\d+)回/.exec(e.textContent)?.[1])), tagged);
  await page.locator('select[name=tags]').selectOption('');
  await page.locator('.narrow select').first().selectOption('lessons');
  await page.waitForFunction(() => {
    const numbers = [...document.querySelectorAll('.found .of')].map((e) => +/第(\d+)回/.exec(e.textContent)?.[1]).filter(Boolean);
    return numbers.length > 5 && numbers.every((n, i) => !i || n >= numbers[i - 1]);
  });
  assert.deepEqual(wrong, []);
  await close();
});

test('by double-click: no server, the same answers and the same marks', async () => {
  const { page, wrong, close } = await chromium.open(pathToFileURL(join(output, 'index.html')).href, DESKTOP);
  await page.keyboard.press('Control+k');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.type('noruma');
  assert.match((await found(page))[0], /第12回/);
  await Promise.all([page.waitForNavigation(), page.locator('.found a').first().click()]);
  assert.match(page.url(), /forget-the-quota\/index\.html\?h=/);
  await page.waitForSelector('.unmark');
  assert.ok(await page.evaluate(() => CSS.highlights.get('search').size > 3));
  assert.deepEqual(wrong, []);
  await close();
});

test('what is typed stays text, also in the address', async () => {
  for (const poison of ['"><img src=x onerror=alert(1)>', '<b>営業</b>', '${1}', "'--"]) {
    const { page, wrong, close } = await chromium.open(`${site.url}search/?q=${encodeURIComponent(poison)}`, DESKTOP);
    await page.waitForFunction(() => document.querySelector('.said').textContent);
    assert.equal(await page.locator('.seek img, .seek .results script, .none b').count(), 0);
    await page.goto(`${site.url}secrets/listen/?h=${encodeURIComponent(poison)}`);
    await page.waitForFunction(() => window.hiketsuSearchUi);
    assert.deepEqual(wrong, []);
    await close();
  }
});

test('on a phone the dialog fills the screen, light and dark, and nothing moves while results come', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, wrong, close } = await chromium.open(site.url, { ...PHONE, colorScheme, reducedMotion: 'reduce' });
    await page.locator('a.search').tap();
    await page.waitForSelector('dialog[open]');
    const top = () => page.locator('.results').evaluate((e) => e.getBoundingClientRect().top);
    const empty = await top();
    await input(page).fill('お客様');
    await found(page);
    await shown(page, '件');
    assert.equal(await top(), empty);
    const [box, wide] = await page.evaluate(() => [document.querySelector('dialog').getBoundingClientRect().toJSON(), document.documentElement.scrollWidth]);
    assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 390, 844]);
    assert.ok(wide <= 390);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `phone-${colorScheme}.png`) });
    await page.locator('.shut').tap();
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.deepEqual(wrong, []);
    await close();
  }
});

test('without JavaScript the link leads to all titles', async () => {
  const { page, wrong, close } = await chromium.open(site.url, { ...PHONE, javaScriptEnabled: false });
  await Promise.all([page.waitForNavigation(), page.locator('a.search').click()]);
  assert.match(page.url(), /\/course\/search\/$/);
  assert.equal(await page.locator('#_titles .lessons li').count() > 10, true);
  assert.equal(await page.locator('.seek').count(), 0);
  assert.deepEqual(wrong, []);
  await close();
});

test('nothing of the search is loaded before it is wanted', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}secrets/listen/`, DESKTOP);
  const scripts = () => page.evaluate(() => performance.getEntriesByType('resource').filter((e) => /search|_\/search/.test(e.name)).length);
  assert.equal(await scripts(), 0);
  await page.locator('a.search').focus();
  await page.waitForFunction(() => window.hiketsuSearchUi);
  assert.equal(await scripts(), 3, "two scripts and their styles");
  assert.deepEqual(wrong, []);
  await close();
});
