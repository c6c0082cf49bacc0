// Reading on a train: the site is kept, read without a network, renewed by its contents, and let go of.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, host } from './site.mjs';

const HIKETSU = process.env.HIKETSU;
const SITE = 'title = "見本"\nbase_url = "https://example.com/course/"\n';
let chromium;
let folder;
const write = (path, text) => writeFileSync(join(folder, path), text);
const build = () => execFileSync(HIKETSU ?? join(import.meta.dirname, '../../target/debug/hiketsu'), ['--root', folder, 'build', '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
before(async () => {
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), 'hiketsu-'));
  cpSync(join(import.meta.dirname, '../../src/cli/init/ja'), folder, { recursive: true });
  cpSync(join(folder, 'lessons'), join(folder, 'content/lessons'), { recursive: true });
  for (const name of ['_index.md', 'about.md']) cpSync(join(folder, name), join(folder, 'content', name));
});
after(() => chromium.close());

/** Waits until all that is to be kept is kept. */
const complete = (page) => page.waitForFunction(async () => {
  const names = (await caches.keys()).filter((name) => name.endsWith(':pages'));
  if (!names.length || !navigator.serviceWorker.controller) return false;
  const kept = (await (await caches.open(names[0])).keys()).map((request) => decodeURIComponent(new URL(request.url).pathname));
  return kept.some((path) => path.endsWith('/listen/')) && kept.some((path) => path.endsWith('/about/'));
});
const body = (page) => page.locator('.body').innerText();

test('kept, read without a network, renewed, and let go of', async () => {
  write('site.toml', `${SITE}offline = true\n`);
  build();
  const site = await host(join(folder, 'public'), '/course/');
  const { page, wrong, close } = await chromium.open(`${site.url}lessons/first-step/`);
  await complete(page);
  assert.deepEqual(wrong, []);
  const manifest = await page.evaluate(() => fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json()));
  assert.equal(manifest.short_name, '見本');

  await page.context().setOffline(true);
  await Promise.all([page.waitForNavigation(), page.locator('a[rel=next]').click()]);
  assert.match(page.url(), /\/listen\/$/);
  assert.ok((await body(page)).length > 50);
  assert.ok(await page.evaluate(() => getComputedStyle(document.querySelector('.top')).display === 'flex'), 'with its style');
  await page.context().setOffline(false);

  const lesson = join(folder, 'content/lessons/002-listen.md');
  writeFileSync(lesson, `${readFileSync(lesson, 'utf8')}\n新しい一段落。\n`);
  build();
  await page.goto(`${site.url}about/`);
  await page.waitForFunction(async () => {
    await (await navigator.serviceWorker.ready).update();
    const name = (await caches.keys()).find((name) => name.endsWith(':pages'));
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (request.url.includes('/listen/?') && (await (await cache.match(request)).text()).includes('新しい一段落')) return true;
    }
    (await navigator.serviceWorker.ready).active.postMessage('all');
    return false;
  }, null, { polling: 200 });
  await page.context().setOffline(true);
  await page.goto(`${site.url}lessons/listen/`);
  assert.match(await body(page), /新しい一段落/);
  await page.context().setOffline(false);

  await page.goto(site.url);
  await page.locator('#_settings summary').click();
  await page.locator('#_offline').uncheck();
  await page.waitForFunction(async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length);
  await page.reload();
  await page.waitForLoadState();
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0, 'and she is not asked again');
  await close();
  site.close();
});

test('a site that takes it back is let go of by every browser that kept it', async () => {
  write('site.toml', `${SITE}offline = true\n`);
  build();
  const site = await host(join(folder, 'public'), '/course/');
  const { page, close } = await chromium.open(`${site.url}lessons/first-step/`);
  await complete(page);
  write('site.toml', `${SITE}offline = "remove"\n`);
  build();
  await page.goto(site.url);
  await page.waitForFunction(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update().catch(() => {});
    return !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length;
  }, null, { polling: 200 });
  await close();
  site.close();
});
