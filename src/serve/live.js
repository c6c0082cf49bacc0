// Renews the page when the site has changed, and shows what is wrong while it cannot be built.
(() => {
  "use strict";
  const script = document.currentScript;
  const folder = new URL("./", script.src);
  const follows = "follow" in script.dataset;
  let built = script.dataset.build;
  let host = null;

  const hide = () => {
    if (host) host.remove();
    host = null;
  };

  const element = (name, parent, text) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    parent.append(made);
    return made;
  };

  const show = (status) => {
    hide();
    host = document.createElement("hiketsu-faults");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { all: initial; }
      section { position: fixed; inset: auto 0 0 0; max-height: 70vh; overflow: auto; z-index: 2147483647;
        box-sizing: border-box; padding: 1rem 1.25rem; background: #1c1b1f; color: #f4eff4;
        border-top: 4px solid #f2716b; font: 15px/1.6 system-ui, sans-serif; }
      h2 { margin: 0 0 .5rem; font-size: 1rem; }
      pre { margin: .75rem 0 0; padding: .75rem; background: #000; overflow: auto;
        font: 13px/1.5 ui-monospace, "BIZ UDGothic", "MS Gothic", Osaka-Mono, monospace; }
      button { position: absolute; top: .75rem; right: 1rem; font: inherit; padding: .25rem .75rem; }
    `);
    root.adoptedStyleSheets = [sheet];
    const section = element("section", root);
    section.setAttribute("role", "alert");
    element("h2", section, status.title);
    for (const fault of status.faults) element("pre", section, fault);
    element("button", section, status.close).addEventListener("click", hide);
    document.body.append(host);
  };

  // The page as it was served: what scripts have done to it since is no reason to load it again.
  const served = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    return answer.ok ? answer.text() : null;
  };
  const first = async () => {
    const text = await served();
    // There was a build between the two: this is not the text of the page that is shown.
    return text && text.includes(`data-build="${built}"`) ? text : null;
  };
  const STYLES = /<link [^>]*rel="?stylesheet"?[^>]*>/g;
  const own = (page) => page.replace(/<script [^>]*data-build="\d+"[^>]*><\/script>/, "");
  const withoutStyles = (page) => own(page).replace(STYLES, "");
  let page = built === "0" ? null : first();

  const swap = (next) => {
    const wanted = [...new DOMParser().parseFromString(next, "text/html").querySelectorAll("link[rel=stylesheet]")];
    const old = [...document.querySelectorAll("link[rel=stylesheet]")];
    const key = (link) => link.getAttribute("href");
    for (const link of wanted) {
      if (old.some((other) => key(other) === key(link))) continue;
      const replaced = old[wanted.indexOf(link)];
      const fresh = document.createElement("link");
      for (const { name, value } of link.attributes) fresh.setAttribute(name, value);
      // The old one goes when the new one is there, so that the page is never bare.
      fresh.onload = () => replaced?.remove();
      (replaced || document.head.lastChild).after(fresh);
    }
    for (const link of old.slice(wanted.length)) link.remove();
  };

  // A page that is the same stays as it is; one whose looks alone are other gets them; any other is loaded again, where
  // the browser keeps the reader's place.
  const renew = async (status) => {
    if (follows && status.edited && status.edited !== location.pathname) return location.assign(status.edited);
    const before = await page;
    const next = await served();
    if (before === null || next === null || withoutStyles(before) !== withoutStyles(next)) return location.reload();
    if (own(before) !== own(next)) swap(next);
    page = next;
    built = String(status.build);
    hide();
  };

  const look = async () => {
    const answer = await fetch(new URL("status.json", folder), { cache: "no-store" });
    if (!answer.ok) return;
    const status = await answer.json();
    if (String(status.build) !== built) renew(status);
    else if (status.faults.length && built !== "0") show(status);
    else if (status.faults.length && host === null && built === "0") remember(status);
    else if (!status.faults.length) hide();
  };

  // Before the first good build the page itself lists the faults: it is renewed when they change.
  let remembered = null;
  const remember = (status) => {
    const now = status.faults.join("\n");
    if (remembered !== null && remembered !== now) location.reload();
    remembered = now;
  };

  const listen = () => {
    const events = new EventSource(new URL("events", folder));
    events.onopen = look;
    events.onmessage = look;
    events.onerror = () => {
      // The browser tries again by itself, unless the server is another one now, with another path.
      if (events.readyState !== EventSource.CLOSED) return;
      const timer = setInterval(async () => {
        try {
          await fetch(location.href, { method: "HEAD", cache: "no-store" });
          clearInterval(timer);
          location.reload();
        } catch {
          // Not back yet.
        }
      }, 1000);
    };
  };

  listen();
})();
