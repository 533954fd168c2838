
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;

  // The theme: what the system says until somebody chooses.
  const theme = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const label = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; label(); });
  system.addEventListener("change", label);
  label();

  // What a link leads to is opened.
  const openTarget = () => {
    let target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const first = target;
    for (; target; target = target.parentElement) if (target.tagName === "DETAILS") target.open = true;
    first.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  // The graph: a story, all that comes before it and all that waits for it.
  const graph = byId("graph");
  if (graph) {
    const text = byId("graph-text");
    const said = text.textContent;
    const nodes = new Map([...graph.querySelectorAll(".node")].map((node) => [node.dataset.node, node]));
    const lines = [...graph.querySelectorAll(".lines path")];
    const reach = (start, from, to) => {
      const seen = new Set();
      const waiting = [start];
      while (waiting.length) {
        const at = waiting.pop();
        for (const line of lines) {
          if (line.dataset[from] === at) {
            line.classList.add("on");
            if (!seen.has(line.dataset[to])) { seen.add(line.dataset[to]); waiting.push(line.dataset[to]); }
          }
        }
      }
      return seen;
    };
    const clear = () => {
      graph.classList.remove("follows");
      for (const one of graph.querySelectorAll(".on, .self")) one.classList.remove("on", "self");
      text.textContent = said;
    };
    const follow = (node) => {
      clear();
      const stories = (ids) => [...ids].filter((id) => nodes.has(id));
      const before = stories(reach(node.dataset.node, "to", "from"));
      const after = stories(reach(node.dataset.node, "from", "to"));
      for (const id of [node.dataset.node, ...before, ...after]) nodes.get(id).classList.add("on");
      node.classList.add("self");
      graph.classList.add("follows");
      const title = node.querySelector("title").textContent;
      text.textContent = `${title}: waits for ${before.length || "nothing"}; ${after.length || "nothing"} ${after.length > 1 ? "wait" : "waits"} for it.`;
    };
    for (const node of nodes.values()) {
      node.addEventListener("pointerenter", () => follow(node));
      node.addEventListener("focus", () => follow(node));
      node.addEventListener("pointerleave", clear);
      node.addEventListener("blur", clear);
    }
  }

  // The filter over the controls.
  const filter = byId("filter");
  const rows = [...document.querySelectorAll("tr.control")];
  const words = rows.map((row) => row.textContent.toLowerCase());
  const [text, domain, state, shown] = ["text", "domain", "state", "count"].map((name) => byId(`filter-${name}`));
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    let count = 0;
    rows.forEach((row, index) => {
      const fits = words[index].includes(wanted)
        && (!domain.value || row.dataset.domain === domain.value)
        && (!state.value || row.dataset.state === state.value);
      row.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = `${count} of ${rows.length}`;
  };
  filter.hidden = false;
  for (const one of [text, domain, state]) one.addEventListener("input", apply);
  apply();
})();
