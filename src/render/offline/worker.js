// Keeps a site for reading without a network. What it keeps is named by its contents, so an update fetches what changed.
const FILES = {};
const scope = new URL(registration.scope), name = `hiketsu:${scope.pathname}:`;
const PAGES = `${name}pages`, SEARCH = `${name}search`;
const key = (path) => new URL(`${path}?${FILES[path]}`, scope).href;
const put = async (cache, where, answer) => { if (answer.ok && !answer.redirected) await cache.put(where, answer); };

const keep = async (path) => {
  const cache = await caches.open(PAGES);
  if (!await cache.match(key(path))) await put(cache, key(path), await fetch(new URL(path, scope), { cache: "no-cache" }));
};

let whole;
// Six at a time, so that the page that is read comes first. What is old goes once all that is new is here.
const all = async () => {
  const left = Object.keys(FILES);
  const work = async () => { for (let path; (path = left.shift()) !== undefined;) await keep(path); };
  await Promise.all(Array.from({ length: 6 }, work));
  const cache = await caches.open(PAGES), now = new Set(Object.keys(FILES).map(key));
  for (const { url } of await cache.keys()) if (!now.has(url)) await cache.delete(url);
};

// From the network; from what is kept where there is none, or where it hangs, as in a tunnel.
const page = async (event, path) => {
  const cache = await caches.open(PAGES);
  const kept = async () => (path in FILES && await cache.match(key(path))) || cache.match(new URL(path, scope), { ignoreSearch: true });
  const live = fetch(event.request).then((answer) => {
    if (path in FILES) event.waitUntil(put(cache, key(path), answer.clone()));
    return answer;
  });
  const late = new Promise((done) => setTimeout(done, 3000)).then(kept).then((answer) => answer || live);
  late.catch(() => {});
  return Promise.race([live, late]).catch(async () => await kept() || Response.error());
};

const first = async (request, cache, where) => {
  const found = await cache.match(where);
  if (found) return found;
  const answer = await fetch(request);
  await put(cache, where, answer.clone());
  return answer;
};

const searched = async (request, root) => {
  const cache = await caches.open(SEARCH);
  if (!root) return first(request, cache, request.url);
  try {
    const answer = await fetch(request);
    await put(cache, request.url, answer.clone());
    return answer;
  } catch { return await cache.match(request.url) || Response.error(); }
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(Promise.all(Object.keys(FILES).filter((path) => path === "" || path.startsWith("_/")).map(keep)));
});
addEventListener("activate", (event) => event.waitUntil(Promise.all([clients.claim(), caches.delete(SEARCH)])));
addEventListener("message", (event) => { if (event.data === "all") event.waitUntil(whole ??= all().catch(() => { whole = 0; })); });
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const path = url.pathname.slice(scope.pathname.length);
  if (path.startsWith("_/search/")) event.respondWith(searched(request, path === "_/search/root.js"));
  else if (path.startsWith("_/") && path in FILES) event.respondWith(caches.open(PAGES).then((cache) => first(request, cache, key(path))));
  else if (request.mode === "navigate" || path in FILES) event.respondWith(page(event, path));
});
