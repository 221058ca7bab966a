// Starts the page. A classic script, so that it runs before the first paint.
(() => {
  const root = document.documentElement;

  // The theme, before anything is painted: a flash of the wrong one hurts at night.
  let theme = null;
  try {
    theme = localStorage.getItem("trazo.theme");
  } catch {
    // Storage may be forbidden: then the system's theme it is.
  }
  root.dataset.theme = theme === "light" || theme === "dark" ? theme : "system";

  // The build writes the hashed names into these two links.
  const address = (rel) => document.querySelector(`link[rel=${rel}]`).href;

  const parsed = new Promise((done) => {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", done, { once: true });
    } else {
      done();
    }
  });

  // What is drawn is measured and takes its colours from the style sheet, so that has to be there first.
  const styled = parsed.then(() => {
    const sheet = document.querySelector("link[rel=stylesheet]");
    return sheet.sheet ?? new Promise((done) => (sheet.onload = sheet.onerror = done));
  });

  // Who opens a design needs the editor at once: it is fetched and compiled beside the rest, and the loader of the parts
  // takes it from here. Where it fails the loader tries again, and tells.
  function beginEditor() {
    if (!/^#\/(d\/|new)/.test(location.hash)) return;
    const begun = [];
    for (const part of document.querySelectorAll("meta[name=trazo-part]")) {
      const file = new URL(part.content, location.href).href;
      const module = WebAssembly.compileStreaming(fetch(file));
      module.catch(() => {});
      begun.push([file, module]);
    }
    globalThis.trazoParts = new Map(begun);
  }

  async function start() {
    beginEditor();
    // Both files travel while the rest of the page is read.
    const module = fetch(address("preload"));
    const [glue] = await Promise.all([import(address("modulepreload")), module, styled]);
    await glue.default({ module_or_path: module });
  }

  async function explain(error) {
    // A crash of the running application is shown by its own page, which marks the document.
    if (root.dataset.crashed) return;
    await parsed;
    const page = document.getElementById("cannot-start");
    const spoken = /^es\b/i.test(navigator.language) ? "es" : "en";
    for (const text of page.querySelectorAll("[lang]")) {
      text.hidden = text.lang !== spoken;
    }
    page.querySelector("pre").textContent = String(error);
    root.lang = spoken;
    page.hidden = false;
  }

  function keepForOffline() {
    // No worker on file: or plain http to another host; the page works without, but not offline.
    if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
    navigator.serviceWorker.register("./sw.js").catch(() => {});
  }

  // Only after the start: keeping copies must not slow down the page that somebody waits for.
  start().then(keepForOffline).catch(explain);
})();
