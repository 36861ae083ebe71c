// What pages do beyond links and forms; all of them can be read and used without it.
"use strict";

// "/" leads to the search box, as on many sites; not while something is typed.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// On a narrow screen outline and details would stand before and behind a long text: they begin closed.
if (matchMedia("(max-width: 760px)").matches) {
  for (const each of document.querySelectorAll(".outline details, .facets details")) each.open = false;
}

// The line of the outline that the text stands at.
const lines = new Map([...document.querySelectorAll(".outline a")].map((link) => [link.getAttribute("href").slice(1), link]));
if (lines.size && "IntersectionObserver" in window) {
  let marked = null;
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const link = entry.isIntersecting ? lines.get(entry.target.id) : null;
        if (!link) continue;
        marked?.removeAttribute("aria-current");
        link.setAttribute("aria-current", "location");
        marked = link;
      }
    },
    { rootMargin: "0px 0px -75% 0px" },
  );
  for (const id of lines.keys()) {
    const block = document.getElementById(id);
    if (block) seen.observe(block);
  }
}

// What is corrected on a page of its own can be corrected over the page that one reads.
const dialog = document.createElement("dialog");
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-dialog]");
  if (event.target.closest?.("dialog a[data-close]")) {
    event.preventDefault();
    dialog.close();
  }
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.closest("dialog")) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  const asked = answer?.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".narrow");
  if (!asked) return location.assign(link.href);
  dialog.replaceChildren(document.adoptNode(asked));
  dialog.setAttribute("aria-label", dialog.querySelector("h1")?.textContent ?? "");
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), textarea, select")?.focus();
});

// A key for each answer of the review.
document.addEventListener("keydown", (event) => {
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = CSS.escape(event.key);
  const field = document.querySelector(`[data-focus="${key}"]`);
  if (!field) return document.querySelector(`[data-key="${key}"]`)?.click();
  event.preventDefault();
  field.focus();
});
