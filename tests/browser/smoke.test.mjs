// The sample site as a reader meets it: clicked through from file://, under a path prefix, on a phone, in the dark.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, build, host, ROOT } from './site.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const lessons = readdirSync(join(ROOT, 'content/secrets')).filter((name) => /^\d+-/.test(name)).length;

let output;
let chromium;
before(async () => {
  output = build();
  chromium = await browser();
});
after(() => chromium.close());

const heading = (page) => page.locator('h1').innerText();
const click = async (page, selector) => {
  await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
};

/** Home → contents → lesson 1 → next … → last → first → a tag → top, by clicking only. */
async function walk(page) {
  await click(page, 'main h2 a');
  await click(page, 'ol.lessons a');
  const first = page.url();
  const seen = [await heading(page)];
  while (await page.locator('a[rel=next]').count()) {
    await click(page, 'a[rel=next]');
    seen.push(await heading(page));
    assert.ok(seen.length <= lessons, 'next leads in a circle');
  }
  assert.equal(new Set(seen).size, lessons, 'next visits each lesson once');
  for (let back = seen.length - 2; back >= 0; back--) {
    await click(page, 'a[rel=prev]');
    assert.equal(await heading(page), seen[back]);
  }
  assert.equal(page.url(), first, 'previous comes back to the first');
  await click(page, 'a[rel=tag]');
  assert.ok(await page.locator('main ol a').count(), 'a tag lists lessons');
  await click(page, 'nav[aria-label] a');
}

test('by double-click, without a server', async () => {
  const { page, wrong, close } = await chromium.open(pathToFileURL(join(output, 'index.html')).href, DESKTOP);
  await walk(page);
  assert.deepEqual(wrong, []);
  await close();
});

test('under a path prefix, on a phone', async () => {
  const site = await host(output, '/course/');
  const { page, wrong, close } = await chromium.open(site.url, PHONE);
  await walk(page);
  assert.deepEqual(wrong, []);
  await close();
  site.close();
});

test('without JavaScript', async () => {
  const site = await host(output);
  const { page, wrong, close } = await chromium.open(site.url, { ...PHONE, javaScriptEnabled: false });
  await walk(page);
  assert.deepEqual(wrong, []);
  await close();
  site.close();
});

test('no page is wider than a small phone, light or dark', async () => {
  const site = await host(output);
  const urls = [...readFileSync(join(output, 'sitemap.xml'), 'utf8').matchAll(/<loc>https?:\/\/[^/]+\/(.*?)<\/loc>/g)].map((match) => match[1]);
  assert.ok(urls.length > lessons);
  for (const colorScheme of ['light', 'dark']) {
    const { page, wrong, close } = await chromium.open(site.url, { viewport: { width: 320, height: 640 }, colorScheme });
    for (const url of [...urls, 'search/']) {
      await page.goto(site.url + url);
      const [inner, wide] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(wide <= inner, `/${decodeURI(url)} is ${wide} px wide at 320 px`);
      assert.equal(await page.evaluate(() => document.documentElement.lang), 'ja');
    }
    assert.deepEqual(wrong, []);
    await close();
  }
  site.close();
});

test('text is readable in both colour schemes', async () => {
  const site = await host(output);
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await chromium.open(`${site.url}secrets/forget-the-quota/`, { ...DESKTOP, colorScheme });
    const ratio = await page.evaluate(() => {
      const luminance = (css) => {
        const canvas = document.createElement('canvas').getContext('2d');
        canvas.fillStyle = css;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      // The page's colour is on the root element.
      const [text, back] = [getComputedStyle(document.querySelector('.body p')).color, getComputedStyle(document.documentElement).backgroundColor].map(luminance);
      return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    });
    assert.ok(ratio >= 7, `contrast ${ratio} in ${colorScheme}`);
    await close();
  }
  site.close();
});

test('an old address leads to the lesson', async () => {
  const site = await host(output);
  const { page, close } = await chromium.open(`${site.url}old/quota/`, PHONE);
  await page.waitForURL('**/secrets/forget-the-quota/');
  assert.match(await heading(page), /ノルマ/);
  await close();
  site.close();
});

test('a page that is not there offers ways on, at any depth', async () => {
  const site = await host(output);
  const { page, close } = await chromium.open(`${site.url}no/such/page/`, PHONE);
  await click(page, 'main a');
  assert.equal(page.url(), `${site.url}secrets/`);
  await close();
  site.close();
});

const CHECKED = 'secrets/forget-the-quota/';
const ticks = (page) => page.locator('.check input').evaluateAll((boxes) => boxes.map((box) => box.checked));

test('what was ticked stays ticked, and can be taken back', async () => {
  const site = await host(output, '/course/');
  const { page, wrong, close } = await chromium.open(site.url + CHECKED, PHONE);
  assert.deepEqual(await ticks(page), [false, false, false]);
  await page.locator('.check label').nth(1).click();
  assert.match(await page.locator('.tally [role=status]').innerText(), /1\/3/);
  await page.reload();
  assert.deepEqual(await ticks(page), [false, true, false]);
  assert.match(await page.locator('.tally [role=status]').innerText(), /1\/3/);
  const stored = await page.evaluate(() => JSON.parse(localStorage['reader:secrets:c']));
  assert.deepEqual(stored['forget-the-quota'], [await page.locator('.check input').nth(1).getAttribute('data-key')]);
  await page.locator('.tally button').click();
  await page.reload();
  assert.deepEqual(await ticks(page), [false, false, false]);
  assert.ok(await page.locator('.tally button').isDisabled());
  assert.deepEqual(wrong, []);
  await close();
  site.close();
});

test('where nothing may be stored, boxes still tick', async () => {
  const site = await host(output);
  const { page, wrong, close } = await chromium.open(`${site.url}404.html`, PHONE);
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });
  });
  await page.goto(site.url + CHECKED);
  await page.locator('.check label').first().click();
  assert.deepEqual(await ticks(page), [true, false, false]);
  assert.match(await page.locator('.tally [role=status]').innerText(), /1\/3/);
  assert.deepEqual(wrong, []);
  await close();
  site.close();
});

test('boxes tick without JavaScript, and nothing offers more', async () => {
  const site = await host(output);
  const { page, close } = await chromium.open(site.url + CHECKED, { ...PHONE, javaScriptEnabled: false });
  await page.locator('.check label').first().click();
  assert.ok(await page.locator('.check input').first().isChecked());
  assert.equal(await page.locator('.tally').count(), 0);
  await close();
  site.close();
});
