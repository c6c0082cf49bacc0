// Builds the sample site, serves it under a path prefix, and opens pages in Chromium.
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const HIKETSU = process.env.HIKETSU ?? join(ROOT, 'target/debug/hiketsu');
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.xml': 'application/xml', '.atom': 'application/atom+xml', '.json': 'application/json' };

/** Builds the sample site into a new folder; its path. */
export function build(...args) {
  const output = join(mkdtempSync(join(tmpdir(), 'hiketsu-')), 'public');
  execFileSync(HIKETSU, ['--root', ROOT, 'build', '--output', output, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  return output;
}

/** A static host that knows nothing of Hiketsu: files, index.html, 404.html. Serves `folder` under `prefix`, with `headers` as well. */
export async function host(folder, prefix = '/', headers = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let file = path.startsWith(prefix) ? join(folder, normalize(path.slice(prefix.length) || '.')) : join(folder, 'nothing');
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    const found = existsSync(file);
    if (!found) file = join(folder, '404.html');
    response.writeHead(found ? 200 : 404, { ...headers, 'content-type': `${TYPES[extname(file)] ?? 'application/octet-stream'}; charset=utf-8` });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() };
}

/** A browser whose pages collect what must not happen: console errors, failed requests, requests to elsewhere. */
export async function browser() {
  const instance = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return {
    async open(url, options = {}) {
      const context = await instance.newContext({ locale: 'ja-JP', ...options });
      const page = await context.newPage();
      const wrong = [];
      const origin = url.startsWith('file:') ? 'file://' : new URL(url).origin;
      // Opened by double-click, what carries an `integrity` is refused first, and then loaded again without.
      const refused = (text) => origin === 'file://' && text.startsWith('Subresource Integrity:');
      page.on('console', (message) => message.type() === 'error' && !refused(message.text()) && wrong.push(message.text()));
      page.on('pageerror', (error) => wrong.push(String(error)));
      page.on('request', (request) => request.url().startsWith(origin) || request.url().startsWith('data:') || wrong.push(`request to ${request.url()}`));
      // A prefetch that is cut off because the reader clicked first is no failure.
      page.on('requestfailed', (request) => request.failure().errorText === 'net::ERR_ABORTED' || wrong.push(`failed: ${request.url()}`));
      page.on('response', (response) => response.status() < 400 || wrong.push(`${response.status()}: ${response.url()}`));
      await page.goto(url);
      return { page, wrong, close: () => context.close() };
    },
    close: () => instance.close(),
  };
}
