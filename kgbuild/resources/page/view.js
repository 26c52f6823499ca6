// The drawing: which entities and bundles of statements are shown, and how they look.

const OPEN_ON = 800;
const DRAWN = JSON.parse($("network").textContent);
const spots = new Map(DRAWN.nodes.map((n) => [n.id, { x: n.x, y: n.y }]));
const shapeOf = TYPES.map((t) => t.shape);
const passing = new Uint8Array(S.length);

const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;
let shown = []; // entity numbers
let bundles = new Map(); // edge id -> { id, a, b, list }
let hidden = 0;
let lit = null; // entity numbers that are emphasised, or null for all
let path = null;
let seen = null; // the colours in use

const size = (i) => E.radius[i];
const bundleId = (a, b) => a + ">" + b;

function neighbours(i) {
  const found = new Set();
  for (const s of OF[i]) if (passing[s.n]) found.add(s.s === i ? s.o : s.s);
  found.delete(i);
  return found;
}

function select() {
  const passes = passer(state);
  const taking = new Uint8Array(TOTAL);
  for (const s of S) {
    if (!(passing[s.n] = passes(s) ? 1 : 0)) continue;
    taking[s.s] = taking[s.o] = 1;
    for (const e of s.by) taking[e] = 1;
    if (s.deal) for (const e of s.deal.makers) taking[e] = 1;
  }
  const ends = state.path && pair(state.path);
  path = ends ? pathBetween(ends[0], ends[1], passing) : null;
  const forced = new Set([...state.add].map((id) => ENTITY.get(id)));
  for (const id of [state.node, ...(BY_ID.has(state.statement) ? [E.id[BY_ID.get(state.statement).s], E.id[BY_ID.get(state.statement).o]] : [])]) if (id) forced.add(ENTITY.get(id));
  for (const i of [...(path || ends || []), ...(state.edge ? pair(state.edge) : [])]) forced.add(i);
  const near = state.only && state.node ? neighbours(ENTITY.get(state.node)).add(ENTITY.get(state.node)) : null;
  const strict = narrowed(state);
  shown = [];
  hidden = 0;
  for (let i = 0; i < TOTAL; i++) {
    if (state.types.has(E.type[i]) || (strict && !taking[i]) || (near && !near.has(i))) continue;
    if (shown.length < OPEN_ON || forced.has(i)) shown.push(i);
    else hidden++;
  }
}

// What was picked, a statement apart: that is lit, and leaves the rest as it is.
const picked = () => state.node || state.edge || state.path;

// Tells of a statement whether it is of what was picked.
function picks() {
  if (path) return (s) => steps(path, { a: s.s, b: s.o });
  if (state.path) return () => false;
  const [a, b] = state.node ? [ENTITY.get(state.node)] : state.edge ? pair(state.edge) : [];
  if (state.node) return (s) => taking(s).includes(a);
  if (state.edge) return (s) => (s.s === a && s.o === b) || (s.s === b && s.o === a);
  return () => true;
}

// The statements that pass the filters, of what was picked: table, counts and CSV go by it.
function selection() {
  const chosen = picks();
  return S.filter((s) => passing[s.n] && chosen(s));
}

// Who takes part in a statement; the names in some; the articles that tell them.
const taking = (s) => [s.s, s.o, ...s.by, ...(s.deal ? s.deal.makers : [])];
const namesIn = (list) => new Set(list.flatMap(taking));
const articles = (list) => (picked() || narrowed(state) || state.types.size ? new Set(list.map((s) => s.doc)).size : DOCS.length);

function bundle() {
  const inView = new Set(shown);
  const found = new Map();
  const both = [];
  for (const s of S) {
    if (!passing[s.n] || !inView.has(s.s) || !inView.has(s.o)) continue;
    if (s.rel.symmetric) both.push(s);
    else put(found, s.s, s.o, s);
  }
  for (const s of both) {
    if (found.has(bundleId(s.o, s.s)) && !found.has(bundleId(s.s, s.o))) put(found, s.o, s.s, s);
    else put(found, s.s, s.o, s);
  }
  bundles = found;
}

function put(found, a, b, s) {
  const id = bundleId(a, b);
  if (!found.has(id)) found.set(id, { id, a, b, list: [] });
  found.get(id).list.push(s);
}

function light() {
  const ends = state.edge ? pair(state.edge) : null;
  const statement = BY_ID.get(state.statement);
  if (path) lit = new Set(path);
  else if (state.node) lit = neighbours(ENTITY.get(state.node)).add(ENTITY.get(state.node));
  else if (ends) lit = new Set(ends);
  else if (statement) lit = new Set([statement.s, statement.o]);
  else lit = null;
}

// Give places to entities that were not on the drawing: beside their neighbours, off all others.
function settle() {
  const taken = new Set();
  const cell = (x, y) => Math.round(x / 120) + ":" + Math.round(y / 64);
  for (const i of shown) if (spots.has(i)) taken.add(cell(spots.get(i).x, spots.get(i).y));
  for (const i of shown) {
    if (spots.has(i)) continue;
    const near = [...neighbours(i)].filter((j) => spots.has(j)).map((j) => spots.get(j));
    const at = near.length ? near : [{ x: 0, y: 0 }];
    const x = at.reduce((sum, p) => sum + p.x, 0) / at.length;
    const y = at.reduce((sum, p) => sum + p.y, 0) / at.length;
    for (let k = 1; ; k++) {
      const angle = k * 2.399963;
      const spot = { x: Math.round(x + 60 * Math.sqrt(k) * Math.cos(angle)), y: Math.round(y + 34 * Math.sqrt(k) * Math.sin(angle)) };
      if (taken.has(cell(spot.x, spot.y))) continue;
      taken.add(cell(spot.x, spot.y));
      spots.set(i, spot);
      break;
    }
  }
}

// Bring a data set to hold exactly these items, touching only what differs.
const drawnAs = new Map();
function sync(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  for (const id of gone) drawnAs.delete(id);
  const fresh = items.filter((item) => {
    const text = JSON.stringify(item);
    return drawnAs.get(item.id) !== text && drawnAs.set(item.id, text);
  });
  if (gone.length) set.remove(gone);
  if (fresh.length) set.update(fresh);
}

function draw() {
  select();
  settle();
  bundle();
  light();
  paint();
  announce();
}

function paint() {
  seen = currentLook();
  sync(nodes, shown.map((i) => nodeStyle(i, seen)));
  sync(edges, [...bundles.values()].map((b) => edgeStyle(b, seen)));
  markPicked();
}

function markPicked() {
  const ends = state.edge && pair(state.edge);
  const ids = ends ? [bundleId(...ends), bundleId(ends[1], ends[0])].filter((id) => bundles.has(id)) : [];
  network.setSelection({ nodes: [], edges: ids.slice(0, 1) }, { highlightEdges: false });
}

function announce() {
  const note = $("note");
  note.hidden = !hidden;
  note.textContent = hidden ? `${shown.length.toLocaleString("en")} of ${(shown.length + hidden).toLocaleString("en")} names shown, those most told of. Search, filter or double-click to bring in the rest.` : "";
  $("empty").hidden = shown.length > 0;
}

// A wide drawing is turned on its side where the screen is high.
let turned = false;
function turn() {
  const frame = $("canvas").getBoundingClientRect();
  turned = frame.height > 1.2 * frame.width;
  if (turned) for (const [i, p] of spots) spots.set(i, { x: p.y, y: p.x });
}

function startView() {
  turn();
  const big = Math.min(TOTAL, OPEN_ON) > 250;
  network = new vis.Network($("canvas"), { nodes, edges }, {
    physics: { enabled: false, solver: "forceAtlas2Based", stabilization: false },
    layout: { improvedLayout: false },
    interaction: { hideEdgesOnDrag: big, hideEdgesOnZoom: big, hover: false, tooltipDelay: 1e6, keyboard: false, selectConnectedEdges: false, multiselect: false },
    nodes: { chosen: false, labelHighlightBold: false },
    edges: { chosen: false, labelHighlightBold: false, selectionWidth: 1.5, arrowStrikethrough: false },
  });
  network.on("afterDrawing", drawLabels);
  draw();
  look();
  network.on("click", clicked);
  network.on("doubleClick", (event) => {
    const entity = network.getNodeAt(event.pointer.DOM);
    if (entity !== undefined) bringIn(entity);
  });
  network.on("dragEnd", (event) => {
    for (const id of event.nodes) spots.set(id, rounded(network.getPositions([id])[id]));
    keepView();
  });
  network.on("zoom", debounce(keepView, 200));
}

const rounded = (p) => ({ x: Math.round(p.x), y: Math.round(p.y) });

function keepView() {
  const at = rounded(network.getViewPosition());
  const [x, y] = turned ? [at.y, at.x] : [at.x, at.y];
  change({ view: `${x},${y},${network.getScale().toFixed(3)}` });
}

// Show what the fragment says, or everything.
function look() {
  const [x, y, scale] = state.view.split(",").map(Number);
  if (scale > 0 && Number.isFinite(x + y)) network.moveTo({ position: turned ? { x: y, y: x } : { x, y }, scale });
  else fitAll(false);
}

function fitAll(animated) {
  network.fit({ animation: false, maxZoomLevel: 1.35 });
  const whole = network.getScale() * 0.92; // room for labels and controls at the edges
  network.moveTo({ scale: whole, animation: animated && !still.matches && shown.length < 300 ? { duration: 200 } : false });
}

function goTo(entity) {
  const spot = spots.get(entity);
  if (!spot) return;
  const scale = Math.max(network.getScale(), 0.7);
  network.moveTo({ position: spot, scale, animation: still.matches || shown.length > 300 ? false : { duration: 250 } });
}

function clicked(event) {
  $("canvas").focus({ preventScroll: true });
  if (event.nodes.length) {
    if (picking !== null) return finishPath(event.nodes[0]);
    return choose(event.nodes[0]);
  }
  if (event.edges.length) {
    const bundle = bundles.get(event.edges[0]);
    return pick({ edge: joined(bundle.a, bundle.b) });
  }
  if (picking === null) pick({});
}

function bringIn(entity) {
  const inView = new Set(shown);
  const fresh = [...neighbours(entity)].filter((i) => !inView.has(i)).sort((a, b) => a - b);
  if (!fresh.length) return toast(`Nothing is hidden next to ${short(E.label[entity], 40)}.`);
  change({ add: new Set([...state.add, ...fresh.slice(0, 100).map((i) => E.id[i])]) });
  toast(`${count(Math.min(100, fresh.length), "name")} brought in` + (fresh.length > 100 ? `; ${fresh.length - 100} more` : ""));
}
