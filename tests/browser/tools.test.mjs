// What others say of the built site: the validator of HTML and CSS, Lighthouse, pa11y, and a link checker that is not ours.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { LinkChecker } from 'linkinator';
import { build, host } from './site.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const require = createRequire(import.meta.url);

let output;
let site;
before(async () => {
  output = build();
  site = await host(output);
});
after(() => site.close());

const files = (ending) => readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith(ending)).map((entry) => join(entry.parentPath ?? entry.path, entry.name));

test('vnu finds no error on any page', async () => {
  const jar = join(dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const said = await promisify(execFile)('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', ...files('.html')], { maxBuffer: 1 << 26 });
  const { messages } = JSON.parse(said.stdout);
  // The error page's links begin with a slash, and a file has no origin that its policy could mean.
  const ours = ({ type, message, url }) => type === 'error' && !(url.endsWith('/404.html') && message.includes('Content Security Policy'));
  assert.deepEqual(messages.filter(ours).slice(0, 10).map(({ url, message, extract }) => `${relative(output, new URL(url).pathname)}: ${message} ${extract}`), []);
});

for (const [device, config] of [['phone', undefined], ['desktop', desktopConfig]]) {
  test(`Lighthouse gives full marks on a ${device}`, async () => {
    for (const path of device === 'phone' ? ['', 'secrets/forget-the-quota/', 'tags/trust/', 'search/'] : ['secrets/forget-the-quota/']) {
      const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: FLAGS, logLevel: 'silent' });
      // How fast a page is depends on the machine that asks, so its mark is no test; what it weighs and moves is (budgets).
      const { lhr } = await lighthouse(site.url + path, { port: chrome.port, logLevel: 'silent', onlyCategories: ['accessibility', 'best-practices', 'seo'] }, config);
      await chrome.kill();
      const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== 'informative').map(({ id, title }) => `${id}: ${title}`);
      assert.deepEqual(Object.values(lhr.categories).map(({ id, score }) => `${id} ${score * 100}`), ['accessibility 100', 'best-practices 100', 'seo 100'], `/${path}: ${failed}`);
    }
  });
}

test('pa11y finds nothing on any template', async () => {
  const pa11y = (await import('pa11y')).default;
  for (const path of ['', 'secrets/', 'secrets/forget-the-quota/', 'about/', 'tags/', 'tags/trust/', 'secrets/takeaways/', 'today/', 'search/', '404.html']) {
    const { issues } = await pa11y(site.url + path, { // It takes percent-encoded fragments as they are; that they lead somewhere is told below.
      ignore: ['WCAG2AA.Principle2.Guideline2_4.2_4_1.G1,G123,G124.NoSuchID'],
      standard: 'WCAG2AA', runners: ['htmlcs'], chromeLaunchConfig: { executablePath: CHROMIUM, args: FLAGS } });
    assert.deepEqual(issues.map(({ code, message, context }) => `${code} ${message} ${context}`), [], `/${path}`);
  }
});

test('every link of the site leads somewhere, by a checker that is not ours', async () => {
  const { links, passed } = await new LinkChecker().check({ path: site.url, recurse: true, checkFragments: true, concurrency: 20, linksToSkip: async (link) => !link.startsWith(site.url) });
  assert.deepEqual(links.filter(({ state }) => state === 'BROKEN').map(({ url, parent, status }) => `${parent} → ${url} ${status}`), []);
  assert.ok(passed && links.filter(({ state }) => state === 'OK').length > files('.html').length / 2);
});
