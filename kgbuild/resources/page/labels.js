// Labels, drawn over the network at one size whatever the zoom: the most telling first,
// each where it lies on no other label and no symbol, else not at all.

const widths = new Map();
const FONT = 12.5;
const IMPORTANT = 30; // so many labels may lie on symbols, none on another label

function textWidth(pen, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

// Boxes on the screen, in a coarse grid so that each is compared with its neighbours only.
function occupancy() {
  const grid = new Map();
  const cells = (box, act) => {
    for (let x = Math.floor(box.left / 80); x <= box.right / 80; x++)
      for (let y = Math.floor(box.top / 40); y <= box.bottom / 40; y++) if (act(x + ":" + y)) return true;
    return false;
  };
  const meets = (a, b) => a.owner !== b.owner && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    add: (box) => cells(box, (key) => void (grid.has(key) ? grid.get(key).push(box) : grid.set(key, [box]))),
    free: (box, all) => !cells(box, (key) => (grid.get(key) || []).some((other) => (all || other.label) && meets(box, other))),
  };
}

function boxAt(x, y, w, h, owner) {
  return { left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2, owner };
}

// Below, above, right, left of a symbol of radius r.
function seats(x, y, r, w) {
  return [[x, y + r + 9], [x, y - r - 9], [x + r + w / 2 + 5, y], [x - r - w / 2 - 5, y]];
}

let drawnLabels = []; // the labels as drawn, in the network's coordinates, for the SVG

function drawLabels(pen) {
  const scale = network.getScale();
  const frame = $("canvas").getBoundingClientRect();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const ratio = pen.canvas.width / frame.width;
  const places = network.getPositions();
  const view = { pen, scale, corner, frame, places, space: occupancy(), look: seen, labels: [] };
  const controls = document.querySelector(".zoom").getBoundingClientRect();
  view.space.add({ left: controls.left - frame.left, right: controls.right - frame.left, top: controls.top - frame.top, bottom: controls.bottom - frame.top, owner: "controls", label: true });
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  nameLabels(view);
  edgeLabels(view);
  pen.restore();
  drawnLabels = view.labels;
}

const onScreen = (view, p) => ({ x: (p.x - view.corner.x) * view.scale, y: (p.y - view.corner.y) * view.scale });
const outside = (view, p) => p.x < -40 || p.y < -20 || p.x > view.frame.width + 40 || p.y > view.frame.height + 20;

const within = (view, x, w) => x - w / 2 > 2 && x + w / 2 < view.frame.width - 2;

function nameLabels(view) {
  const symbols = [];
  for (const i of shown) {
    const p = view.places[i] && onScreen(view, view.places[i]);
    if (!p || outside(view, p)) continue;
    const r = size(i) * view.scale;
    symbols.push({ i, ...p, r });
    if (r > 3) view.space.add(boxAt(p.x, p.y, 1.8 * r, 1.8 * r, i));
  }
  const first = ({ i }) => (E.id[i] === state.node ? 0 : !lit || lit.has(i) ? 1 : 2);
  if (lit) symbols.sort((a, b) => first(a) - first(b) || a.i - b.i);
  let given = 0;
  for (const symbol of symbols) {
    const loud = !lit || lit.has(symbol.i);
    if (!loud && shown.length > 60) continue;
    const font = `${size(symbol.i) > 19 ? "600 " : ""}${FONT}px ${view.look.face}`;
    const text = short(label(symbol.i), 34);
    const w = textWidth(view.pen, text, font);
    const fits = (all) => ([x, y]) => within(view, x, w) && view.space.free(boxAt(x, y, w + 6, 17, symbol.i), all);
    const tried = seats(symbol.x, symbol.y, symbol.r, w);
    const seat = tried.find(fits(true)) || (given < IMPORTANT || (lit && loud) ? tried.find(fits(false)) : null);
    if (!seat && E.id[symbol.i] !== state.node) continue;
    given++;
    writeLabel(view, text, seat || tried[0], { w, font, color: loud ? view.look.ink : view.look.faint, owner: symbol.i, name: symbol.i });
  }
}

// The widest lines, deals among them, get their words first.
function edgeLabels(view) {
  const font = `11px ${view.look.face}`;
  const noted = edges.get({ filter: (edge) => edge.note && view.places[edge.from] && view.places[edge.to] });
  for (const edge of noted.sort((a, b) => b.width - a.width)) {
    const w = textWidth(view.pen, edge.note, font);
    const seat = edgeSeats(view, edge, w).find(([x, y]) => !outside(view, { x, y }) && view.space.free(boxAt(x, y, w + 4, 14, edge.id), true));
    if (seat) writeLabel(view, edge.note, seat, { w, font, color: edge.color.color === view.look.negated ? view.look.negated : view.look.soft, owner: edge.id });
  }
}

// On the line where it is long enough for the words, else beside it; never on the bar.
function edgeSeats(view, edge, w) {
  const [a, b] = [onScreen(view, view.places[edge.from]), onScreen(view, view.places[edge.to])];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy);
  const gap = length - (size(edge.from) + size(edge.to)) * view.scale;
  if (gap < Math.min(w, 26)) return [];
  const bend = edge.smooth ? edge.smooth.roundness / 2 : 0;
  const along = (edge.arrows.middle.enabled ? [0.34, 0.66] : [0.5, 0.38, 0.62]).map((t) => [a.x + dx * t + bend * dy, a.y + dy * t - bend * dx]);
  const [nx, ny] = [-dy / length, dx / length];
  const aside = 9 * Math.abs(ny) + (w / 2 + 4) * Math.abs(nx);
  const beside = along.flatMap(([x, y]) => [-1, 1].map((side) => [x + side * nx * aside, y + side * ny * aside]));
  const across = Math.abs(dx) > 2 * Math.abs(dy); // words along the line hide it
  return across && w > 0.5 * gap ? beside : [...along, ...beside];
}

function writeLabel(view, text, [x, y], { w, font, color, owner, name }) {
  const { pen } = view;
  view.space.add({ ...boxAt(x, y, w + 6, 16, owner + "label"), label: true });
  pen.font = font;
  pen.lineWidth = 4;
  pen.strokeStyle = view.look.ground;
  pen.fillStyle = color;
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
  view.labels.push({ text, color, font, name, box: boxAt(x, y, w, 15), x: x / view.scale + view.corner.x, y: y / view.scale + view.corner.y });
}
