// How names and bundles of statements look: colour, shape, dashes, bars, words.

// The family that the most statements of a bundle are of; a deal outweighs them all.
function leading(list) {
  const deal = list.find((s) => s.deal);
  if (deal) return deal;
  const times = new Map();
  for (const s of list) times.set(s.family, (times.get(s.family) || 0) + 1);
  return list.reduce((best, s) => (times.get(s.family) > times.get(best.family) ? s : best));
}

// How the statements of a bundle are told: all in one way, or in several.
function ways(list) {
  const found = new Set(list.map(wayName));
  return found.size > 1 ? "mixed" : way(list[0]);
}

const DASHES = { fact: false, possible: [9, 6], negated: [5, 3], [SAID]: [2, 4], mixed: [14, 4, 2, 4] };

// What a line holds beside what its words tell.
function beside(list, lead) {
  const others = new Set(list.filter((s) => wayName(s) !== wayName(lead)).map(wayName));
  return others.size ? `, also ${[...others].sort().join(" and ")}` : "";
}

function edgeLabel(bundle, lead, few) {
  const more = bundle.list.length - 1;
  if (!few) return more ? String(more + 1) : undefined;
  const what = (lead.deal ? dealName(lead.deal) : lead.rel.label) + (way(lead) === FACTUALITIES[0] ? "" : ` (${wayName(lead)})`);
  return more ? `${what} +${more}${beside(bundle.list, lead)}` : what;
}

function dealName({ items }) {
  const [what, n] = items[0] || ["arms", null];
  return counted([short(what, 24), n]) + (items.length > 1 ? " etc." : "");
}

// An item with its number beside it.
const counted = ([what, n]) => (n ? n.toLocaleString("en") + " × " : "") + what;

function money(amount, currency) {
  const steps = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"]];
  const [unit, sign] = steps.find(([u]) => amount >= u) || [1, ""];
  return `${currency} ${(amount / unit).toLocaleString("en", { maximumFractionDigits: 2 })}${sign && " " + sign}`.trim();
}

function edgeStyle(bundle, look) {
  const lead = leading(bundle.list);
  const told = ways(bundle.list);
  const negated = bundle.list.every((s) => s.factuality === FACTUALITIES[2]);
  const loud = !look.focus || look.focus(bundle);
  const color = negated ? look.negated : look.families[lead.family];
  const oneWay = bundle.list.some((s) => !s.rel.symmetric);
  const few = look.few || (look.focus && loud && bundles.size < 4000);
  const width = Math.min(6, 1.1 + 0.7 * Math.log2(bundle.list.length) + (lead.deal ? 1.6 : 0));
  return {
    id: bundle.id, from: bundle.a, to: bundle.b, width,
    color: { color, highlight: color, hover: color, opacity: !loud ? 0.09 : look.focus ? 1 : lead.deal ? 0.85 : look.few ? 0.75 : look.calm },
    dashes: DASHES[told] ?? DASHES.possible, told,
    arrows: { to: { enabled: oneWay, scaleFactor: lead.deal ? 0.75 : 0.55 }, middle: { enabled: negated, type: "bar", scaleFactor: 0.8 } },
    note: loud ? edgeLabel(bundle, lead, few) : undefined,
    smooth: bundles.has(bundleId(bundle.b, bundle.a)) && bundle.a !== bundle.b ? { enabled: true, type: "curvedCW", roundness: 0.16 } : false,
  };
}

function nodeStyle(i, look) {
  const color = look.types[typeOf[i]];
  const loud = !lit || lit.has(i);
  const picked = E.id[i] === state.node || (path && (path[0] === i || path[path.length - 1] === i));
  return {
    id: i, ...spots.get(i), shape: shapeOf[typeOf[i]], size: size(i),
    color: { background: color, border: picked ? look.ink : look.ground, highlight: { background: color, border: look.ink } },
    borderWidth: picked ? 3 : 1.5, opacity: loud ? 1 : 0.16,
  };
}

function currentLook() {
  const focus = lit && ((b) => (path ? steps(path, b) : state.node ? b.a === ENTITY.get(state.node) || b.b === ENTITY.get(state.node) : lit.has(b.a) && lit.has(b.b)));
  return {
    ink: css("--ink"), soft: css("--soft"), faint: css("--faint"), ground: css("--ground"), negated: css("--negated"),
    types: TYPES.map((t) => tone(t.color)), families: FAMILIES.map((f) => tone(f.color)),
    few: bundles.size <= 60, calm: bundles.size <= 250 ? 0.6 : 0.42, face: css("--face"), focus,
  };
}

const steps = (path, b) => path.some((x, k) => k && ((b.a === path[k - 1] && b.b === x) || (b.b === path[k - 1] && b.a === x)));
