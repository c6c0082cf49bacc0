// What a page may weigh and ask for, and that it stays readable: every template, light and dark.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { browser, build, HIKETSU, host } from './site.mjs';

const KB = 1024;
/** Lessons and plain pages load no more than this; with what a list has beside, the others. */
const PAGE = 15 * KB;
const SCRIPT = 4 * KB;
const REQUESTS = 5;

/** A page of every template. */
const TEMPLATES = ['', 'secrets/', 'secrets/forget-the-quota/', 'about/', 'tags/', 'tags/trust/', 'secrets/takeaways/', 'today/', 'search/', '404.html'];
const LESSON = 'secrets/forget-the-quota/';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let output;
let site;
let chromium;
before(async () => {
  output = build();
  site = await host(output);
  chromium = await browser();
});
after(async () => {
  await chromium.close();
  site.close();
});

const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** What a browser loads for `url` before the reader does anything: name and compressed size of each file. */
async function loaded(url, folder = output, root = site.url) {
  const { page, wrong, close } = await chromium.open(url);
  await page.waitForLoadState('networkidle');
  const names = await page.evaluate(() => [location.href, ...performance.getEntriesByType('resource').map((entry) => entry.name)]);
  await close();
  assert.deepEqual(wrong, []);
  return names.filter((name) => name.startsWith(root)).map((name) => {
    const path = decodeURIComponent(name.slice(root.length)).replace(/(^|\/)$/, '$1index.html');
    return { path, size: zipped(readFileSync(join(folder, path))) };
  });
}
const sum = (files, kind = '') => files.filter(({ path }) => path.endsWith(kind)).reduce((all, { size }) => all + size, 0);

test('what a page loads stays within its budget', async () => {
  for (const path of TEMPLATES) {
    const files = await loaded(site.url + path);
    const said = JSON.stringify(files);
    assert.ok(files.length >= 3 && files.length <= REQUESTS + (path === 'today/' || path === 'search/' ? 4 : 0), `/${path}: ${files.length} requests ${said}`);
    const scripts = files.filter(({ path }) => !/search|today\.[^/]*\.js/.test(path));
    assert.ok(sum(scripts, '.js') <= SCRIPT, `/${path}: ${sum(scripts, '.js')} bytes of JavaScript ${said}`);
    if ([LESSON, 'about/', '404.html'].includes(path)) assert.ok(sum(files) <= PAGE, `/${path}: ${sum(files)} bytes ${said}`);
  }
});

test('a lesson weighs the same in a series of one and in one of a thousand', async () => {
  const weigh = async (lessons) => {
    const root = mkdtempSync(join(tmpdir(), 'hiketsu-'));
    mkdirSync(join(root, 'content/course'), { recursive: true });
    writeFileSync(join(root, 'site.toml'), 'title = "見本"\nbase_url = "https://example.com/"\nlanguage = "ja"\n[[navigation]]\nlabel = "目次"\nlink = "/course/"\n');
    writeFileSync(join(root, 'content/course/_index.md'), '---\ntitle: 連載\nkind: series\n---\n');
    const body = readFileSync(new URL('../../content/secrets/003-listen.md', import.meta.url), 'utf8').split('---\n').slice(2).join('---\n').replace(/\]\([^)]*\)|\[\[[^\]]*\]\]/g, '');
    for (let n = 1; n <= lessons; n++) {
      // One in the middle is the same lesson in both; the others are short, so that this takes no minute.
      const text = n === Math.ceil(lessons / 2) ? body.replaceAll('![', '[') : '本文です。\n';
      writeFileSync(join(root, `content/course/${String(n).padStart(4, '0')}-l${n}.md`), `---\ntitle: 話し上手な営業ほど、なぜ売れないのか\ndate: 2026-01-05\ntags: [聴く]\n---\n${text}`);
    }
    const folder = join(root, 'public');
    execFileSync(HIKETSU, ['--root', root, 'build', '--output', folder, '--quiet'], { stdio: 'ignore' });
    const own = await host(folder);
    const files = await loaded(`${own.url}course/l${Math.ceil(lessons / 2)}/`, folder, own.url);
    own.close();
    return sum(files);
  };
  const [few, many] = [await weigh(3), await weigh(1000)];
  assert.ok(Math.abs(many / few - 1) <= 0.05, `${few} bytes with three lessons, ${many} with a thousand`);
});

test('nothing moves while a page loads or is scrolled', async () => {
  for (const path of TEMPLATES) {
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
      const { page, wrong, close } = await chromium.open(`${site.url}404.html`, { viewport });
      await page.addInitScript(() => {
        localStorage['reader:secrets:p'] = JSON.stringify({ v: 1, read: { listen: 1, 'what-sales-is': 1 }, at: { n: 4, path: 'secrets/ask-for-the-scene/', title: '場面を聞く' } });
        window.moved = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 60))]);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(site.url + path);
      await page.waitForLoadState('networkidle');
      await page.evaluate(async () => {
        for (let y = 0; y < document.body.scrollHeight; y += 600) {
          scrollTo(0, y);
          await new Promise(requestAnimationFrame);
        }
      });
      assert.deepEqual(await page.evaluate(() => window.moved), [], `/${path} at ${viewport.width} px`);
      assert.deepEqual(wrong, []);
      await close();
    }
  }
});

test('a title of sixty characters fits the smallest phone, on every page that shows it', async () => {
  const root = mkdtempSync(join(tmpdir(), 'hiketsu-'));
  mkdirSync(join(root, 'content/course'), { recursive: true });
  const title = '営業成績五十位のビリから、たった一年でトップに躍り出た私が、毎朝かならず続けている「三つの小さな習慣」と、その本当の理由とは';
  assert.equal([...title].length, 62);
  const unbroken = 'スーパーカリフラジリスティックエクスピアリドーシャススーパーカリフラジリスティックエクスピアリドーシャス';
  writeFileSync(join(root, 'site.toml'), `title = "${title}"\nshort_title = "${title.slice(0, 30)}"\nbase_url = "https://example.com/"\nlanguage = "ja"\n`);
  writeFileSync(join(root, 'content/course/_index.md'), `---\ntitle: ${title}\nkind: series\nparts:\n  - title: ${title}\n    start: 1\n---\n`);
  writeFileSync(join(root, 'content/course/001-a.md'), `---\ntitle: ${title}\ntags: [${unbroken}]\n---\n## ${title}\n\n> [!BAD] ${title}\n>\n> ${'名前'}「${unbroken}」\n\n## ${unbroken}\n\n> [!SUMMARY]\n> 1. ${unbroken}\n`);
  writeFileSync(join(root, 'content/course/002-b.md'), `---\ntitle: ${unbroken}\ndate: 2026-01-05\n---\n本文。\n`);
  const folder = join(root, 'public');
  execFileSync(HIKETSU, ['--root', root, 'build', '--output', folder, '--quiet'], { stdio: 'ignore' });
  const own = await host(folder);
  for (const width of [320, 360]) {
    const { page, wrong, close } = await chromium.open(own.url, { viewport: { width, height: 640 } });
    for (const path of ['', 'course/', 'course/a/', 'course/b/', 'course/takeaways/', 'tags/', `tags/${encodeURIComponent(unbroken)}/`.toLowerCase(), 'today/', 'search/']) {
      await page.goto(own.url + path).catch(() => {});
      const [inner, wide] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(wide <= inner, `/${path} is ${wide} px wide at ${width} px`);
    }
    assert.deepEqual(wrong.filter((text) => !/404/.test(text)), []);
    await close();
  }
  own.close();
});

test('titles break between phrases, and never before what follows a bracket', async () => {
  const { page, close } = await chromium.open(`${site.url}secrets/`, { viewport: { width: 390, height: 844 } });
  const lines = await page.evaluate(() => [...document.querySelectorAll('.lessons a')].flatMap((a) => {
    const range = document.createRange();
    const starts = [];
    const walker = document.createTreeWalker(a, NodeFilter.SHOW_TEXT);
    let above = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let i = 0; i < node.data.length; i++) {
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const { top } = range.getBoundingClientRect();
        if (above !== null && top > above + 5) starts.push([i === 0 && node.previousSibling?.localName === 'wbr', node.data.slice(i, i + 4), a.textContent]);
        above = top;
      }
    }
    return starts;
  }));
  assert.ok(lines.length > 20);
  assert.deepEqual(lines.filter(([phrase, start, title]) => !phrase && !'、。」』）'.includes(title[title.indexOf(start) - 1])), []);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on any template, ${colorScheme}`, async () => {
    for (const path of TEMPLATES) {
      const { page, wrong, close } = await chromium.open(site.url + path, { viewport: { width: 390, height: 844 }, colorScheme, reducedMotion: 'reduce', bypassCSP: true });
      await page.waitForLoadState('networkidle');
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => {
        const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
        return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary}`));
      });
      assert.deepEqual(found, [], `/${path}`);
      assert.deepEqual(wrong, []);
      await close();
    }
  });
}

test('at four hundred per cent, in forced colours and with more contrast, nothing is lost', async () => {
  // 1280 px at 400 % are 320 px, and 256 of height.
  for (const options of [{ viewport: { width: 320, height: 256 } }, { viewport: { width: 1280, height: 900 }, forcedColors: 'active' }, { viewport: { width: 1280, height: 900 }, contrast: 'more', colorScheme: 'dark' }]) {
    const { page, wrong, close } = await chromium.open(site.url + LESSON, options);
    for (const path of TEMPLATES) {
      await page.goto(site.url + path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `/${path} is ${wide} px too wide`);
      // Nothing sticks to the window and covers what is read.
      assert.equal(await page.evaluate(() => [...document.querySelectorAll('body *')].filter((e) => ['fixed', 'sticky'].includes(getComputedStyle(e).position) && e.getBoundingClientRect().width > innerWidth / 2).length), 0);
    }
    await page.goto(site.url + LESSON);
    const bubbles = await page.locator('.words').evaluateAll((all) => all.map((e) => getComputedStyle(e).borderTopStyle));
    assert.ok(bubbles.length > 3 && bubbles.every((style) => style !== 'none'), 'bubbles have an edge');
    assert.deepEqual(wrong.filter((text) => !/404/.test(text)), []);
    await close();
  }
});

test('on paper: no navigation, boxes whole, links spelled out', async () => {
  const { page, close } = await chromium.open(`${site.url}reference/`, { viewport: { width: 794, height: 1123 } });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.locator('nav:visible, button:visible, .settings:visible').count(), 0);
  const links = await page.evaluate(() => [...document.querySelectorAll('.body a[href^=http]')].map((a) => getComputedStyle(a, '::after').content));
  assert.ok(links.length && links.every((content) => content.includes('http') || content.includes('attr')), String(links));
  assert.ok(await page.evaluate(() => [...document.querySelectorAll('.box, .say, pre')].every((e) => getComputedStyle(e).breakInside === 'avoid')));
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
  await page.goto(site.url + LESSON);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf);
  assert.deepEqual([Math.round(width / 5), Math.round(height / 5)], [119, 168], 'A4');
  await close();
});

test('by keyboard and by ear: the skip link is first, landmarks and headings are in order, everything has a name', async () => {
  for (const path of TEMPLATES) {
    const { page, close } = await chromium.open(site.url + path, { viewport: { width: 1280, height: 900 } });
    if (path !== 'search/') {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip', path);
      const box = await page.locator('.skip').boundingBox();
      assert.ok(box.x >= 0 && box.y >= 0, 'it is seen when it has the focus');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => location.hash), '#_main');
    }
    const order = await page.evaluate(() => [...document.querySelectorAll('body > header, body > main, body > footer')].map((e) => e.localName));
    assert.deepEqual(order, ['header', 'main', 'footer'], path);
    const levels = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, h4')].map((e) => +e.localName[1]));
    assert.equal(levels.filter((level) => level === 1).length, 1, path);
    assert.ok(levels.every((level, at) => at === 0 || level <= levels[at - 1] + 1), `${path}: ${levels}`);
    assert.equal(await page.evaluate(() => [...document.querySelectorAll('nav')].filter((nav) => !nav.ariaLabel).length), 0);
    await close();
  }
});

test('with motion reduced nothing moves by itself', async () => {
  const { page, close } = await chromium.open(site.url + LESSON, { reducedMotion: 'reduce' });
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await close();
});

test('the feed is a page to read, with links to its lessons', async () => {
  const { page, wrong, close } = await chromium.open(`${site.url}feed.xml`, { viewport: { width: 320, height: 640 } });
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('entry')).display), 'grid');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const first = await page.evaluate(() => {
    const link = document.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'a')[0];
    return [link.href, link.textContent, document.querySelector('entry > id').textContent, document.querySelector('entry > title').textContent];
  });
  assert.equal(first[0], first[2]);
  assert.equal(first[1], first[3]);
  // A browser asks for an icon, which a feed cannot name.
  assert.deepEqual(wrong.filter((text) => !/favicon|Failed to load/.test(text)), []);
  await close();
});
