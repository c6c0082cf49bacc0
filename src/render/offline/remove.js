// Takes the place of the worker that kept this site, forgets what it kept, and goes.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  const own = `hiketsu:${new URL(registration.scope).pathname}:`;
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await registration.unregister();
})()));
