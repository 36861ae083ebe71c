"use strict";
(() => {
  const graph = JSON.parse(document.getElementById("graph").textContent);
  const words = graph.words;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const stage = document.getElementById("stage");
  const svg = stage.querySelector("svg");
  const details = document.getElementById("details");
  const list = document.getElementById("documents");
  const search = document.getElementById("search");
  const boxes = new Map([...svg.querySelectorAll("[data-node]")].map((box) => [graph.nodes[box.dataset.node].id, box]));
  const lines = [...svg.querySelectorAll("[data-edge]")].sort((a, b) => a.dataset.edge - b.dataset.edge);
  const items = new Map();
  let chosen = null;

  const name = (node) => {
    const title = node.title || "";
    const called = node.symbol || title || node.id;
    const typed = called.toLowerCase().startsWith((node.type || "").toLowerCase()) ? called : `${node.type} ${called}`;
    return [typed, node.date].filter(Boolean).join(" · ");
  };
  // Without marks and case: "quyet dinh" finds Quyết định.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
  const element = (tag, text, parent) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };

  // --- zoom and pan: the part of the drawing that is seen
  const size = { width: svg.width.baseVal.value, height: svg.height.baseVal.value };
  // The drawing may lie around its own middle or begin at 0.
  const base = svg.viewBox.baseVal && svg.viewBox.baseVal.width ? { x: svg.viewBox.baseVal.x, y: svg.viewBox.baseVal.y } : { x: 0, y: 0 };
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.setAttribute("preserveAspectRatio", "xMidYMid meet");
  let view, drawn, resting = 0;
  const scaleOf = (seen) => Math.max(seen.width / stage.clientWidth, seen.height / stage.clientHeight) || 1;
  const scale = () => scaleOf(view);
  const draw = () => {
    drawn = view;
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    svg.style.transform = "";
    // Names that would lie over others are there as soon as there is room for them.
    stage.classList.toggle("close", scale() < 1);
  };
  // Thousands of lines take long to draw: what is drawn is moved as a whole, and drawn anew when it comes to rest.
  const show = (next) => {
    view = next;
    clearTimeout(resting);
    if (!drawn) return draw();
    const times = scaleOf(drawn) / scale(), middle = (seen) => [seen.x + seen.width / 2, seen.y + seen.height / 2];
    const [[x, y], [before, above]] = [middle(view), middle(drawn)];
    svg.style.transform = `translate(${(before - x) / scale()}px, ${(above - y) / scale()}px) scale(${times})`;
    resting = setTimeout(draw, 160);
  };
  const fit = () => show({ ...base, ...size });
  const zoom = (factor, x = view.x + view.width / 2, y = view.y + view.height / 2) => {
    const width = Math.min(Math.max(view.width * factor, 60), size.width * 8);
    const real = width / view.width;
    show({ x: x - (x - view.x) * real, y: y - (y - view.y) * real, width, height: view.height * real });
  };
  const move = (dx, dy) => show({ ...view, x: view.x + dx, y: view.y + dy });
  const at = (event) => {
    const box = stage.getBoundingClientRect();
    const [dx, dy] = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
    return [view.x + view.width / 2 + dx * scale(), view.y + view.height / 2 + dy * scale()];
  };
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey || !event.shiftKey) zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, ...at(event));
    else move(0, event.deltaY * scale());
  }, { passive: false });
  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("button")) return;
    drag = { x: event.clientX, y: event.clientY, moved: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) < 4) return;
    stage.classList.add("moving");
    move(-dx * scale(), -dy * scale());
    drag = { x: event.clientX, y: event.clientY, moved: true };
  });
  window.addEventListener("pointerup", (event) => {
    const box = drag && !drag.moved && event.target.closest && event.target.closest("[data-node]");
    stage.classList.remove("moving");
    drag = null;
    if (box) choose(graph.nodes[box.dataset.node].id, false);
  });
  stage.addEventListener("keydown", (event) => {
    const step = view.width / 10;
    const act = {
      "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), 0: fit,
      ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
    }[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act();
    }
  });
  document.getElementById("zoom-in").addEventListener("click", () => zoom(0.8));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1.25));
  document.getElementById("fit").addEventListener("click", fit);
  const reveal = (id) => {
    const box = boxes.get(id).getBBox();
    const inside = box.x >= view.x && box.y >= view.y && box.x + box.width <= view.x + view.width && box.y + box.height <= view.y + view.height;
    if (!inside) show({ ...view, x: box.x + box.width / 2 - view.width / 2, y: box.y + box.height / 2 - view.height / 2 });
  };

  // --- one document
  const button = (id, parent) => {
    const made = element("button", name(nodes.get(id)), parent);
    made.type = "button";
    made.className = "name";
    made.addEventListener("click", () => choose(id, true));
    return made;
  };
  const quote = (mention, parent) => {
    const block = element("blockquote", "", parent);
    element("small", `${graph.relations[mention.relation] || mention.relation} · ${mention.place}`, block);
    let from = 0;
    // Marks count code points, strings of this language code units.
    const letters = [...mention.text];
    for (const [start, end] of mention.marks) {
      block.append(letters.slice(from, start).join(""));
      element("mark", letters.slice(start, end).join(""), block);
      from = end;
    }
    block.append(letters.slice(from).join(""));
  };
  const neighbours = (heading, id, mine, other) => {
    element("h3", heading, details);
    const found = graph.edges.filter((edge) => edge[mine] === id);
    if (!found.length) element("p", words.nobody, details);
    for (const edge of found) {
      const entry = element("div", "", details);
      button(edge[other], entry);
      for (const mention of edge.mentions) quote(mention, entry);
    }
  };
  const choose = (id, jump) => {
    chosen = id;
    const node = nodes.get(id);
    details.replaceChildren();
    element("h2", name(node), details);
    const status = node.inArchive ? `${words["in-archive"]} [${node.document}]` : node.ambiguous ? words.ambiguous : words["not-in-archive"];
    for (const line of [node.symbol ? node.title : null, node.organ, status]) if (line) element("p", line, details);
    neighbours(words["cited-by"], id, "target", "source");
    neighbours(words.cites, id, "source", "target");
    details.scrollTop = 0;
    paint();
    if (jump) {
      reveal(id);
      details.focus();
    }
  };

  // --- search and filters
  const filter = (parent, values, label) => {
    const inputs = values.map((value) => {
      const row = element("label", "", document.getElementById(parent));
      const input = element("input", "", row);
      input.type = "checkbox";
      input.checked = true;
      input.value = value;
      row.append(` ${label(value)}`);
      return input;
    });
    return () => new Set(inputs.filter((input) => input.checked).map((input) => input.value));
  };
  const collate = new Intl.Collator(words.language).compare;
  const relations = filter("relations", Object.keys(graph.relations), (value) => graph.relations[value]);
  const types = filter("types", [...new Set(graph.nodes.map((node) => node.type || ""))].sort(collate), (value) => value || words["no-type"]);
  const paint = () => {
    const [wanted, kinds, asked] = [relations(), types(), fold(search.value.trim())];
    const kept = (id) => kinds.has(nodes.get(id).type || "");
    const seen = graph.edges.map((edge) => edge.relations.some((relation) => wanted.has(relation)) && kept(edge.source) && kept(edge.target));
    const linked = new Set();
    const near = new Set([chosen]);
    graph.edges.forEach((edge, index) => {
      if (!seen[index]) return;
      linked.add(edge.source).add(edge.target);
      if (edge.source === chosen || edge.target === chosen) near.add(edge.source).add(edge.target);
    });
    // What has no line at all stays; what lost its lines to a filter goes with them.
    const lonely = new Set(nodes.keys());
    for (const edge of graph.edges) { lonely.delete(edge.source); lonely.delete(edge.target); }
    let hits = 0;
    for (const [id, node] of nodes) {
      const visible = kept(id) && (linked.has(id) || lonely.has(id));
      const hit = asked && fold([node.type, node.symbol, node.title, node.organ, node.date].filter(Boolean).join(" ")).includes(asked);
      const classes = boxes.get(id).classList;
      classes.toggle("gone", !visible);
      classes.toggle("hit", Boolean(hit));
      classes.toggle("chosen", id === chosen);
      classes.toggle("far", Boolean(asked ? !hit : chosen && !near.has(id)));
      boxes.get(id).setAttribute("aria-pressed", String(id === chosen));
      items.get(id).hidden = !visible || Boolean(asked && !hit);
      if (!items.get(id).hidden) hits += 1;
    }
    graph.edges.forEach((edge, index) => {
      const own = chosen && (edge.source === chosen || edge.target === chosen);
      lines[index].classList.toggle("gone", !seen[index]);
      lines[index].classList.toggle("near", Boolean(own));
      lines[index].classList.toggle("far", Boolean(chosen && !own));
    });
    document.getElementById("found").textContent = asked ? words.found.replace("{count}", hits) : "";
  };
  document.getElementById("filters").addEventListener("input", paint);
  document.getElementById("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    const first = [...items].find(([, item]) => !item.hidden);
    if (search.value.trim() && first) choose(first[0], true);
  });

  for (const [id, node] of [...nodes].sort((a, b) => collate(name(a[1]), name(b[1])))) {
    const item = element("li", "", list);
    button(id, item);
    items.set(id, item);
    const box = boxes.get(id);
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "button");
    box.setAttribute("aria-label", name(node));
    box.addEventListener("focus", () => { if (box.matches(":focus-visible")) reveal(id); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(id, true);
      }
    });
  }
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", words.picture);
  for (const line of lines) line.setAttribute("aria-hidden", "true");
  fit();
  paint();
  if (graph.centres.length && nodes.has(graph.centres[0])) choose(graph.centres[0], false), reveal(graph.centres[0]);
})();
