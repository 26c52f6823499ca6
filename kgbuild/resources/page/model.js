// The data as the page uses it: entities, statements, which of them pass, and paths.

const DATA = JSON.parse($("data").textContent);
const FACTUALITIES = DATA.factualities;
const TYPES = DATA.types;
const FAMILIES = DATA.families;
const RELATIONS = new Map(DATA.relations.map((r) => [r.name, r]));
const DOCS = DATA.docs;
const typeNumber = new Map(TYPES.map((t, i) => [t.name, i]));

const E = DATA.entities;
const TOTAL = E.id.length;
const ENTITY = new Map(E.id.map((id, i) => [id, i]));
const typeOf = E.type.map((t) => typeNumber.get(t));

const S = DATA.statements.map((row, n) => {
  const [id, s, relation, o, factuality, by, time, conf, doc, phrase, role, deal, ev] = row;
  const rel = RELATIONS.get(relation);
  const when = days(time) || days(DOCS[doc].date);
  return { n, id, s, o, rel, family: rel.family, factuality, by, time, conf, doc, phrase, role, ev, when,
    deal: deal ? { items: deal[0], amount: deal[1], currency: deal[2], kind: deal[3], status: deal[4], makers: deal[5] } : null };
});
const BY_ID = new Map(S.map((s) => [s.id, s]));
const DEALS = S.filter((s) => s.deal);

// Statements of each entity as a party; speakers and contractors count as taking part.
const OF = Array.from({ length: TOTAL }, () => []);
const PART = Array.from({ length: TOTAL }, () => []);
for (const s of S) {
  OF[s.s].push(s);
  if (s.o !== s.s) OF[s.o].push(s);
  for (const e of [...s.by, ...(s.deal ? s.deal.makers : [])]) PART[e].push(s);
}

// How a statement is told. What only somebody says is never told as the article tells it.
const SAID = "said";
const way = (s) => (s.by.length ? SAID : s.factuality);
const wayName = (s) => (s.by.length && s.factuality !== FACTUALITIES[0] ? `${SAID}, ${s.factuality}` : way(s));

let SENTENCES = null;
async function sentences() {
  SENTENCES = SENTENCES || (await inflate(DATA.sentences)).split("\u0000");
}

const label = (i) => (E.flag[i] ? E.flag[i] + " " : "") + E.label[i];
const newest = (a, b) => (b.when ? b.when[1] : -1e9) - (a.when ? a.when[1] : -1e9) || a.n - b.n;

function passer(state) {
  const doc = state.doc === "" ? -1 : DOCS.findIndex((d) => d.id === state.doc);
  const by = state.by === "" || state.by === "-" ? -1 : ENTITY.get(state.by) ?? -2;
  const from = state.from ? days(state.from)[0] : null;
  const to = state.to ? days(state.to)[1] : null;
  const families = new Set(FAMILIES.flatMap((f, i) => (state.families.has(f.name) ? [i] : [])));
  const types = new Set(TYPES.flatMap((t, i) => (state.types.has(t.name) ? [i] : [])));
  return (s) =>
    !families.has(s.family) &&
    !state.kinds.has(s.factuality) &&
    !types.has(typeOf[s.s]) &&
    !types.has(typeOf[s.o]) &&
    s.conf >= state.conf &&
    (state.doc === "" || s.doc === doc || s.ev.some((e) => e[0] === doc)) &&
    (state.by === "" || (state.by === "-" ? !s.by.length : s.by.includes(by))) &&
    (from === null || (s.when !== null && s.when[1] >= from)) &&
    (to === null || (s.when !== null && s.when[0] <= to));
}

// Are there filters that an entity without a passing statement should not outlive?
const narrowed = (state) =>
  state.families.size || state.kinds.size || state.conf > 0 || state.doc || state.by || state.from || state.to;

// Shortest path over passing statements, the better told neighbours first.
function pathBetween(a, b, passing) {
  const came = new Map([[a, a]]);
  const queue = [a];
  for (let head = 0; head < queue.length && !came.has(b); head++) {
    const here = queue[head];
    const next = new Set();
    for (const s of OF[here]) if (passing[s.n]) next.add(s.s === here ? s.o : s.s);
    for (const there of [...next].sort((x, y) => x - y)) {
      if (!came.has(there)) {
        came.set(there, here);
        queue.push(there);
      }
    }
  }
  if (!came.has(b)) return null;
  const path = [b];
  while (path[0] !== a) path.unshift(came.get(path[0]));
  return path;
}

// Names by how well they fit: whole name, its start, the start of a word, anywhere; aliases after.
let NAMES = null;
function search(query, limit) {
  NAMES = NAMES || E.label.map((l, i) => [plain(l), ...E.aliases[i].map(plain)]);
  const wanted = plain(query.trim());
  if (!wanted) return [];
  const found = [];
  for (let i = 0; i < TOTAL; i++) {
    let best = 9;
    let which = 0;
    for (let j = 0; j < NAMES[i].length; j++) {
      const at = NAMES[i][j].indexOf(wanted);
      if (at < 0) continue;
      const score = (NAMES[i][j] === wanted ? 0 : at === 0 ? 1 : /\P{L}/u.test(NAMES[i][j][at - 1]) ? 2 : 3) + (j ? 0.5 : 0);
      if (score < best) [best, which] = [score, j];
    }
    if (best < 9) found.push([best, i, which]);
  }
  found.sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  return found.slice(0, limit).map(([, i, j]) => ({ entity: i, alias: j ? E.aliases[i][j - 1] : "" }));
}
