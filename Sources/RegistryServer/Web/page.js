"use strict";
// The page works without this. With it, it is shown anew while nobody does anything with it.
(() => {
  const main = document.getElementById("content");
  if (!main || !document.querySelector("header nav")) return;
  const isBusy = () =>
    document.hidden || main.contains(document.activeElement) || main.querySelector("details[open]")
    || String(document.getSelection());
  setInterval(async () => {
    if (isBusy()) return;
    try {
      const answer = await fetch(location.href, {
        credentials: "same-origin", redirect: "error", headers: { "X-Refresh": "1" },
      });
      const text = await answer.text();
      if (answer.status === 403) return location.reload();
      if (!answer.ok || isBusy()) return;
      const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("content");
      if (fresh && fresh.innerHTML !== main.innerHTML) main.replaceChildren(...fresh.childNodes);
    } catch {
      // The daemon is gone; what stands here stays until it answers again.
    }
  }, 30000);
})();
