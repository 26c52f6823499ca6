// What is pressed and clicked, and the start.

const sheetOf = () => document.body.dataset.sheet;

function sheet(which) {
  document.body.dataset.sheet = which;
  for (const button of $("tabs").children) button.setAttribute("aria-current", String(button.dataset.sheet === which));
  if (which === "deals" && !dealsOpen) openDeals(true);
  resized();
}

function resized() {
  if (!network) return;
  network.redraw();
}

function frame(entities) {
  network.fit({ nodes: entities.filter((i) => nodes.get(i)), maxZoomLevel: 1.1, minZoomLevel: 0.3, animation: still.matches || shown.length > 300 ? false : { duration: 250 } });
}

// The nearest name in the direction of an arrow key.
function walk(dx, dy) {
  const from = state.node ? ENTITY.get(state.node) : null;
  const here = from === null ? network.getViewPosition() : spots.get(from);
  let best = null;
  let least = Infinity;
  for (const i of shown) {
    if (i === from) continue;
    const [x, y] = [spots.get(i).x - here.x, spots.get(i).y - here.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (from !== null && along <= 0) continue;
    const cost = from === null ? Math.hypot(x, y) : along + 2.5 * aside;
    if (cost < least) [best, least] = [i, cost];
  }
  if (best === null) return;
  choose(best);
  goTo(best);
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function canvasKey(event) {
  const arrow = ARROWS[event.key];
  if (arrow && event.shiftKey) {
    const at = network.getViewPosition();
    const far = 80 / network.getScale();
    network.moveTo({ position: { x: at.x + arrow[0] * far, y: at.y + arrow[1] * far } });
    keepView();
  } else if (arrow) walk(...arrow);
  else if (event.key === "Enter" && (state.node || state.edge)) focusSheet("panel");
  else return;
  event.preventDefault();
}

function focusSheet(which) {
  if (narrow.matches) sheet(which);
  $(which).focus();
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)) });
  keepView();
}

const here = () => (state.node ? ENTITY.get(state.node) : null);
const KEYS = {
  "/": () => $("find").focus(),
  "?": () => $("help").showModal(),
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: () => fitAll(true),
  f: () => toggleFilters(),
  d: () => { openDeals(!dealsOpen); if (dealsOpen) focusSheet("deals"); },
  n: () => here() !== null && change({ only: !state.only }),
  p: () => here() !== null && startPath(here()),
  e: () => here() !== null && bringIn(here()),
  r: () => resetAll(),
  Escape: () => escape(),
};

function escape() {
  if (!$("formats").hidden) return menu(false);
  if (picking !== null) return stopPath();
  pick({});
}

function globalKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (typing && event.key !== "Escape") return;
  const act = KEYS[event.key] || KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
}

function toggleFilters() {
  if (narrow.matches) return sheet(sheetOf() === "filters" ? "graph" : "filters");
  const off = document.body.classList.toggle("no-filters");
  $("toggle-filters").setAttribute("aria-expanded", String(!off));
  resized();
}

function menu(open) {
  $("formats").hidden = !open;
  $("save").setAttribute("aria-expanded", String(open));
  if (open) $("formats").firstElementChild.focus();
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    toast("Link copied: it opens this view");
  } catch {
    toast("The address bar holds the link to this view");
  }
}

function movePhysics() {
  const on = $("physics").getAttribute("aria-pressed") !== "true";
  $("physics").setAttribute("aria-pressed", String(on));
  network.setOptions({ physics: { enabled: on } });
  if (on) return network.startSimulation();
  network.stopSimulation();
  for (const [id, at] of Object.entries(network.getPositions())) spots.set(Number(id), rounded(at));
}

function changed(keys) {
  const only = (...some) => keys.every((k) => some.includes(k));
  if (only("view")) return;
  if (only("sort")) return showDeals();
  expanded = STEP;
  draw();
  showPanel();
  showDeals();
  refreshFilters();
  refreshTimeline();
  summary();
  if (keys.includes("node") && state.node) say(spoken(ENTITY.get(state.node)));
  if (narrow.matches && keys.includes("node") && (state.node || state.edge || state.statement)) {
    document.body.classList.add("has-pick");
    aboveSheet();
  }
  else if (keys.includes("node")) document.body.classList.remove("has-pick");
}

// On a phone the lower half is covered while something is picked: keep that in the upper.
function aboveSheet() {
  const picked = state.node ? [ENTITY.get(state.node)] : state.edge ? pair(state.edge) : [BY_ID.get(state.statement).s, BY_ID.get(state.statement).o];
  const at = picked.map((i) => spots.get(i)).filter(Boolean);
  const middle = (key) => at.reduce((sum, p) => sum + p[key], 0) / at.length;
  const height = $("canvas").clientHeight;
  if (at.length) network.moveTo({ position: { x: middle("x"), y: middle("y") }, scale: network.getScale(), offset: { x: 0, y: -0.24 * height } });
}

const spoken = (i) => `${E.label[i]}, ${TYPES[typeOf[i]].label}, ${count(neighbourCount(i) || 0, "statement")}`;

function summary() {
  const told = selection();
  const names = picked() ? namesIn(told).size : shown.length + hidden;
  $("summary").textContent = [count(names, "name"), count(told.length, "statement"), count(articles(told), "article")].join(" · ");
}

function wire() {
  $("find").addEventListener("input", find);
  $("find").addEventListener("keydown", findKey);
  $("find").addEventListener("blur", () => openFound(false));
  $("canvas").addEventListener("keydown", canvasKey);
  document.addEventListener("keydown", globalKey);
  const press = { "toggle-filters": toggleFilters, "toggle-deals": () => openDeals(!dealsOpen), link: copyLink, save: () => menu($("formats").hidden),
    "help-open": () => $("help").showModal(), "zoom-in": () => zoom(1.25), "zoom-out": () => zoom(0.8), "zoom-fit": () => fitAll(true), physics: movePhysics,
    "text-close": () => $("text").close(), "empty-reset": resetAll };
  for (const [id, action] of Object.entries(press)) $(id).addEventListener("click", action);
  const takes = { png: takePng, svg: takeSvg, csv: takeCsv };
  for (const button of $("formats").children) button.addEventListener("click", () => { menu(false); takes[button.dataset.take](); });
  for (const button of $("tabs").children) button.addEventListener("click", () => sheet(button.dataset.sheet));
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".menu")) menu(false); });
  dark.addEventListener("change", () => { paint(); showFilters(); showPanel(); showDeals(); });
  addEventListener("hashchange", () => { readFragment(); changed(Object.keys(state)); if (state.view) look(); });
  addEventListener("beforeprint", () => { [expanded, printing] = [1e6, true]; showPanel(); });
  addEventListener("afterprint", () => { [expanded, printing] = [STEP, false]; showPanel(); });
}

// For tests and the scripts of others: what is drawn, and where on the screen.
function drawn() {
  const corner = $("canvas").getBoundingClientRect();
  const point = (p) => ({ x: p.x + corner.x, y: p.y + corner.y });
  const at = network.getPositions();
  const ink = Object.fromEntries(nodes.get().map((n) => [E.id[n.id], { ...point(network.canvasToDOM(at[n.id])), opacity: n.opacity, shape: n.shape, color: n.color.background }]));
  const lines = edges.get().map((e) => ({ from: E.id[e.from], to: E.id[e.to], dashes: e.dashes, told: e.told, color: e.color.color, opacity: e.color.opacity, barred: e.arrows.middle.enabled, arrow: e.arrows.to.enabled, width: e.width,
    note: e.note, statements: bundles.get(e.id).list.map((s) => s.id), ...point(network.canvasToDOM({ x: (at[e.from].x + at[e.to].x) / 2, y: (at[e.from].y + at[e.to].y) / 2 })) }));
  return { names: ink, lines, labels: drawnLabels.map((l) => l.text), boxes: drawnLabels.map((l) => l.box), scale: network.getScale(), picked: network.getSelectedEdges().length };
}
globalThis.kgbuild = Object.freeze({ drawn });

readFragment();
listeners.push(changed);
startView();
showFilters();
showPanel();
showTimeline();
dealsOpen = DEALS.length > 0 && TOTAL <= 250 && innerHeight > 760 && !narrow.matches;
showDeals();
summary();
wire();
resized();
look();
requestAnimationFrame(() => performance.mark("drawn"));
sentences().then(() => { showPanel(); showDeals(); document.body.dataset.ready = "yes"; });
