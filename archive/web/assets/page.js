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

// Suggestions while something is typed: a list below the box, walked with the arrows, taken with Enter, closed with Escape.
for (const box of document.querySelectorAll("[data-suggest]")) {
  const list = document.createElement("ul");
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestLabel ?? "");
  list.hidden = true;
  const combo = document.createElement("div");
  combo.className = "combo";
  box.replaceWith(combo);
  combo.append(box, list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }
  let waiting = 0, asked = 0, at = -1;
  const close = () => { list.hidden = true; at = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) { box.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
    else box.removeAttribute("aria-activedescendant");
  };
  const take = (item) => { box.value = item.dataset.text; close(); box.form.requestSubmit(); };
  const show = (found) => {
    list.replaceChildren(...found.map((one, number) => {
      const item = document.createElement("li"), kind = document.createElement("span");
      item.id = `${list.id}-${number}`;
      item.setAttribute("role", "option");
      item.dataset.text = one.text;
      kind.className = "meta";
      kind.textContent = box.dataset[`suggest${one.kind[0].toUpperCase()}${one.kind.slice(1)}`] ?? "";
      item.append(kind, one.said);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = box.value.trim(), mine = ++asked;
    if (typed.length < 2) return close();
    waiting = setTimeout(async () => {
      try {
        const answer = await fetch(`${box.dataset.suggest}?query=${encodeURIComponent(typed)}`, { credentials: "same-origin" });
        const found = answer.ok ? (await answer.json()).suggestions : [];
        if (mine === asked && document.activeElement === box) show(found);
      } catch { close(); }
    }, 180);
  });
  box.addEventListener("keydown", (event) => {
    const many = list.children.length;
    if (list.hidden || !many || event.isComposing) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark((at + 1) % many); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark((at + many + (at < 0 ? 0 : -1)) % many); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(list.children[at]); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  box.addEventListener("blur", close);
}

// The page beside a text changes without the text being loaded again.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-part]"), part = link && document.getElementById(link.dataset.part);
  if (!part || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!fresh) return location.assign(link.href);
  part.replaceWith(document.adoptNode(fresh));
  history.replaceState(null, "", link.href);
});
