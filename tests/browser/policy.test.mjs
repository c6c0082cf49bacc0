// What a page may load, as a browser enforces it: the policy in the page alone, without any header.
import assert from 'node:assert/strict';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, build, host } from './site.mjs';

let output;
let chromium;
before(async () => {
  output = build();
  chromium = await browser();
});
after(() => chromium.close());

const styled = (page) => page.evaluate(() => getComputedStyle(document.querySelector('.top')).display === 'flex');
const runs = (page) => page.waitForFunction(() => !document.querySelector('#_settings').hidden);

test('what stands in a page is neither run nor obeyed, and nothing comes from elsewhere', async () => {
  const site = await host(output);
  const { page, wrong, close } = await chromium.open(`${site.url}secrets/listen/`);
  assert.ok(await styled(page));
  await runs(page);
  assert.deepEqual(wrong, []);
  const ran = await page.evaluate(() => {
    const script = Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' });
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<p id="x" style="color:red" onclick="window.ran = 2">x</p>');
    document.querySelector('#x').click();
    return [window.ran, getComputedStyle(document.querySelector('#x')).color === 'rgb(255, 0, 0)'];
  });
  assert.deepEqual(ran, [undefined, false]);
  await assert.rejects(page.evaluate(() => fetch('https://example.org/')));
  await close();
  site.close();
});

test('by double-click, styles and scripts come although nothing can be checked there', async () => {
  const { page, wrong, close } = await chromium.open(pathToFileURL(join(output, 'secrets/listen/index.html')).href);
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.top')).display === 'flex');
  await runs(page);
  assert.deepEqual(wrong, []);
  await close();
});

test('a style sheet that was changed on its way is not obeyed', async () => {
  const other = build();
  const style = readdirSync(join(other, '_')).find((name) => name.startsWith('style.'));
  appendFileSync(join(other, '_', style), '\n');
  const site = await host(other);
  const { page, wrong, close } = await chromium.open(`${site.url}secrets/listen/`);
  assert.ok(!(await styled(page)));
  assert.match(wrong.join(), /integrity/);
  await close();
  site.close();
});
