// Taking away: the picture, the drawing, and the statements in view.

function save(content, type, suffix) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const file = (short(DATA.title, 60).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "graph") + suffix;
  el("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  toast(`Saved ${file}`);
}

function takePng() {
  const from = $("canvas").querySelector("canvas");
  const made = el("canvas", { width: from.width, height: from.height });
  const pen = made.getContext("2d");
  pen.fillStyle = css("--ground");
  pen.fillRect(0, 0, made.width, made.height);
  pen.drawImage(from, 0, 0);
  made.toBlob((blob) => save(blob, "image/png", ".png"));
}

function svg(tag, props, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(props)) if (value !== undefined) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "�");
  return made;
}

// Points of a shape of radius r around (0, 0), as vis-network draws it.
const SHAPES = {
  square: () => [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: () => [[0, -1], [1, 0], [0, 1], [-1, 0]],
  triangle: () => [[0, -1.15], [1.15, 0.86], [-1.15, 0.86]],
  triangleDown: () => [[0, 1.15], [1.15, -0.86], [-1.15, -0.86]],
  star: () => Array.from({ length: 10 }, (_, k) => [Math.sin((k * Math.PI) / 5) * (k % 2 ? 0.5 : 1.2), -Math.cos((k * Math.PI) / 5) * (k % 2 ? 0.5 : 1.2)]),
  hexagon: () => Array.from({ length: 6 }, (_, k) => [Math.cos((k * Math.PI) / 3), Math.sin((k * Math.PI) / 3)]),
};

function takeSvg() {
  const place = network.getPositions();
  const frame = $("canvas").getBoundingClientRect();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const end = network.DOMtoCanvas({ x: frame.width, y: frame.height });
  const [w, h] = [end.x - corner.x, end.y - corner.y];
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${corner.x} ${corner.y} ${w} ${h}`, width: Math.round(frame.width), height: Math.round(frame.height), "font-family": css("--face") });
  root.append(svg("title", {}, DATA.title), svg("rect", { x: corner.x, y: corner.y, width: w, height: h, fill: css("--ground") }));
  for (const edge of edges.get()) root.append(...svgEdge(edge, place));
  for (const node of nodes.get()) root.append(svgNode(node, place[node.id]));
  for (const made of drawnLabels) root.append(svgLabel(made, parseFloat(made.font.replace("600 ", "")) / network.getScale()));
  save(new XMLSerializer().serializeToString(root), "image/svg+xml", ".svg");
}

function svgEdge(edge, place) {
  const [a, b] = [place[edge.from], place[edge.to]];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  const bend = edge.smooth ? 0.16 * length : 0;
  const middle = { x: (a.x + b.x) / 2 + (bend * dy) / length, y: (a.y + b.y) / 2 - (bend * dx) / length };
  const toward = Math.hypot(b.x - middle.x, b.y - middle.y) || 1;
  const gap = size(edge.to) + 3;
  const tip = { x: b.x - ((b.x - middle.x) / toward) * gap, y: b.y - ((b.y - middle.y) / toward) * gap };
  const look = { stroke: edge.color.color, "stroke-opacity": edge.color.opacity };
  const made = [svg("path", { d: `M${a.x} ${a.y}Q${middle.x} ${middle.y} ${tip.x} ${tip.y}`, fill: "none", ...look, "stroke-width": edge.width, "stroke-dasharray": edge.dashes ? edge.dashes.join(" ") : undefined })];
  const turn = (Math.atan2(b.y - middle.y, b.x - middle.x) * 180) / Math.PI;
  if (edge.arrows.to.enabled) made.push(svg("path", { d: "M0 0L-9 -4L-9 4Z", fill: edge.color.color, "fill-opacity": edge.color.opacity, transform: `translate(${tip.x} ${tip.y}) rotate(${turn})` }));
  if (edge.arrows.middle.enabled) made.push(svg("path", { d: "M0 -7L0 7", ...look, "stroke-width": 2.5, transform: `translate(${middle.x} ${middle.y}) rotate(${turn})` }));
  return made;
}

const svgLabel = ({ text, x, y, color, font }, size) =>
  svg("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central", "font-size": size, "font-weight": font.startsWith("600") ? 600 : undefined, fill: color,
    stroke: css("--ground"), "stroke-width": size / 4, "paint-order": "stroke", "stroke-linejoin": "round" }, text);

function svgNode(node, at) {
  const points = SHAPES[node.shape] ? SHAPES[node.shape]() : null;
  const look = { fill: node.color.background, stroke: node.color.border, "stroke-width": node.borderWidth, "fill-opacity": node.opacity };
  const r = node.size;
  const body = points
    ? svg("polygon", { points: points.map(([x, y]) => `${at.x + r * x},${at.y + r * y}`).join(" "), ...look })
    : svg("circle", { cx: at.x, cy: at.y, r, ...look });
  return body;
}

const inView = () => {
  if (picked()) return selection();
  if (state.statement) return [BY_ID.get(state.statement)];
  return [...bundles.values()].flatMap((b) => b.list).sort((a, b) => a.n - b.n);
};

// A cell for spreadsheets: quoted, and never taken for a formula.
function cell(value) {
  const text = String(value ?? "");
  const runs = typeof value === "string" && /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text);
  return '"' + (runs ? "'" : "").concat(text).replaceAll('"', '""') + '"';
}

function takeCsv() {
  const head = ["id", "subject", "relation", "object", "factuality", "attributed_to", "time", "confidence", "items", "amount", "currency", "kind", "status", "contractors", "sentence", "article", "title", "source", "date", "url"];
  const rows = inView().map((s) => {
    const deal = s.deal || { items: [], makers: [] };
    const doc = DOCS[s.doc];
    return [s.id, E.label[s.s], s.rel.name, E.label[s.o], s.factuality, s.by.map((e) => E.label[e]).join("; "), s.time, s.conf,
      deal.items.map(counted).join("; "), deal.amount, deal.currency, deal.kind, deal.status,
      deal.makers.map((e) => E.label[e]).join("; "), s.ev.map((e) => SENTENCES[e[2]]).join(" "), doc.id, doc.title, doc.source, doc.date, doc.url];
  });
  save("\ufeff" + [head, ...rows].map((r) => r.map(cell).join(",")).join("\r\n") + "\r\n", "text/csv", ".csv");
}
