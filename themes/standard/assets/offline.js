// Keeps the site in the reader's browser for reading without a network, until she says otherwise in the settings.
(() => {
const d = document, label = d.currentScript.dataset.label, at = new URL(d.body.dataset.root || "./", location), workers = navigator.serviceWorker;
if (!workers || location.protocol == "file:") return;
const off = () => { try { return localStorage["reader:offline"] == "off"; } catch { return true; } };
const keep = async () => {
  await workers.register(new URL("sw.js", at), { scope: at });
  const { active } = await workers.ready;
  if (!navigator.connection?.saveData) active.postMessage("all");
};
const forget = async () => {
  await (await workers.getRegistration(at))?.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`hiketsu:${at.pathname}:`)) await caches.delete(name);
};
const go = () => (off() ? forget() : keep()).catch(() => {});
addEventListener("load", go);
const panel = d.getElementById("_settings");
if (!panel) return;
const make = (tag, ...inside) => { const e = d.createElement(tag); e.append(...inside); return e; };
const box = Object.assign(make("input"), { type: "checkbox", id: "_offline", checked: !off() });
box.onchange = (e) => {
  e.stopPropagation();
  try { localStorage["reader:offline"] = box.checked ? "on" : "off"; } catch {}
  go();
};
panel.append(make("fieldset", make("label", box, " ", label)));
})();
