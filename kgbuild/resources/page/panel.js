// The side panel: an overview, or the statements of what was picked, newest first.

const STEP = 40; // cards drawn at a time
let expanded = STEP;
let printing = false; // on paper every statement stands with its sentence

function listed() {
  if (state.statement) return [BY_ID.get(state.statement)];
  return picked() ? selection() : [];
}

function showPanel() {
  const panel = $("panel");
  const list = listed().sort(newest);
  fill(panel, picked() || state.statement ? [heading(list), cards(list)] : [overview(), printing ? cards(S.filter((s) => passing[s.n])) : ""]);
  panel.scrollTop = 0;
}

function heading(list) {
  const back = el("button", { type: "button", class: "close", "aria-label": "Let go", title: "Let go (Esc)", onclick: () => pick({}) }, "×");
  const told = el("p", { class: "told" }, count(list.length, "statement"), list.length ? spread(list) : "");
  if (state.node) return el("div", { class: "head" }, back, nodeHeading(ENTITY.get(state.node)), told);
  if (state.path) return el("div", { class: "head" }, back, pathHeading(), told);
  const ends = state.edge ? pair(state.edge) : [BY_ID.get(state.statement).s, BY_ID.get(state.statement).o];
  const all = el("button", { type: "button", onclick: () => pick({ edge: joined(...ends) }) }, "All between the two");
  return el("div", { class: "head" }, back, el("h2", {}, goButton(ends[0]), " and ", goButton(ends[1])), told, state.statement && between(ends) > 1 ? el("div", { class: "does" }, all) : "");
}

const between = ([a, b]) => OF[a].filter((s) => passing[s.n] && (s.s === b || s.o === b)).length;

function spread(list) {
  const times = [...FACTUALITIES, SAID].map((f) => [f, list.filter((s) => way(s) === f).length]).filter(([, n]) => n);
  return el("span", { class: "spread" }, times.map(([f, n]) => el("span", { class: "kind " + f }, `${n} ${f}`)));
}

const mark = (type) => el("i", { class: "shape " + TYPES[type].shape, tint: tone(TYPES[type].color), "aria-hidden": "true" });

function nodeHeading(i) {
  const aliases = E.aliases[i].filter((a) => a !== E.label[i]);
  const wikidata = /^wd:(Q\d+)$/.exec(E.id[i]);
  const toPath = el("button", { type: "button", onclick: () => startPath(i) }, "Path to …");
  const only = el("button", { type: "button", "aria-pressed": String(state.only), onclick: () => change({ only: !state.only }) }, "Only what is next to it");
  return [
    el("h2", {}, name(label(i))),
    el("p", { class: "type" }, mark(typeOf[i]), TYPES[typeOf[i]].label, wikidata ? [" · ", link("https://www.wikidata.org/wiki/" + wikidata[1], wikidata[1])] : ""),
    aliases.length ? el("p", { class: "also" }, "also: ", aliases.slice(0, 30).map((a, k) => [k ? ", " : "", name(a)])) : "",
    el("div", { class: "does" }, only, toPath),
  ];
}

function pathHeading() {
  const [a, b] = pair(state.path);
  const chain = (path || [a, b]).map((i, k) => [k ? el("span", { class: "step" }, " › ") : "", goButton(i)]);
  return [el("h2", {}, path ? `Path of ${count(path.length - 1, "step")}` : "No path"), el("p", { class: "chain" }, chain),
    path ? "" : el("p", {}, "Nothing that passes the filters links the two.")];
}

const goButton = (i) => el("button", { type: "button", class: "go", onclick: () => { choose(i); goTo(i); } }, name(label(i)));

function cards(list) {
  const more = list.length > expanded
    ? el("button", { type: "button", class: "more", onclick: () => { const top = $("panel").scrollTop; expanded += STEP; showPanel(); $("panel").scrollTop = top; } }, `Show ${Math.min(STEP, list.length - expanded)} more of ${list.length - expanded}`)
    : "";
  return [el("ol", { class: "cards" }, list.slice(0, expanded).map(card)), more];
}

function card(s) {
  const facts = [
    s.by.length ? ["said by", s.by.map((e, k) => [k ? ", " : "", goButton(e)])] : null,
    s.role ? ["as", name(s.role)] : null,
    ...(s.deal ? dealFacts(s.deal) : []),
  ].filter(Boolean);
  return el("li", { class: "card" + (s.id === state.statement ? " picked" : ""), tint: tone(FAMILIES[s.family].color) },
    el("p", { class: "line" }, el("span", { class: "kind " + way(s) }, wayName(s)), s.time ? el("time", {}, date(s.time)) : "", el("span", { class: "conf", title: "Confidence of the extraction" }, Math.round(s.conf * 100) + "%")),
    el("p", { class: "says" }, goButton(s.s), " ", el("button", { type: "button", class: "go relation", title: s.rel.definition, onclick: () => pickStatement(s) }, s.rel.label), " ", goButton(s.o)),
    facts.length ? el("dl", {}, facts.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])) : "",
    s.ev.map((e, k) => evidence(e, s.ev[k + 1])));
}

function dealFacts(deal) {
  const items = deal.items.map((item, k) => [k ? "; " : "", name(counted(item))]);
  const makers = deal.makers.map((e, k) => [k ? ", " : "", goButton(e)]);
  return [
    items.length ? ["items", items] : null,
    deal.amount ? ["value", money(deal.amount, deal.currency)] : null,
    deal.status || deal.kind ? ["deal", [deal.kind, deal.status].filter(Boolean).join(", ")] : null,
    makers.length ? ["contractor", makers] : null,
  ];
}

// The article is named once below several of its sentences.
function evidence(e, next) {
  const doc = DOCS[e[0]];
  const sentence = SENTENCES ? marked(SENTENCES[e[2]], e) : "…";
  const about = [name(doc.title || doc.id, { class: "name title" }), doc.source ? [", ", name(doc.source)] : "", doc.date ? ", " + date(doc.date) : ""];
  const open = doc.text !== undefined ? el("button", { type: "button", onclick: () => openText(e) }, "Read in the article") : "";
  const away = doc.url ? link(doc.url, "Source") || name(doc.url) : "";
  return el("figure", {}, el("blockquote", {}, sentence), el("figcaption", {}, next && next[0] === e[0] ? "" : [el("span", {}, about), away], open));
}

// The sentence with subject, trigger and object marked; the spans may lie in each other.
function marked(sentence, e) {
  const spans = [[e[3], e[4], "subject"], [e[5], e[6], "object"], [e[7], e[8], "trigger"]].filter(([from]) => from >= 0);
  const cuts = [...new Set([0, sentence.length, ...spans.flatMap(([a, b]) => [a, b])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, k) => {
    const roles = spans.filter(([a, b]) => a <= cuts[k] && end <= b).map(([, , role]) => role);
    const piece = sentence.slice(cuts[k], end);
    return roles.length ? el("mark", { class: roles.join(" "), title: roles.join(" and ") }, piece) : piece;
  });
}

function overview() {
  const inView = shown.slice(0, 60).sort((a, b) => (neighbourCount(b) || 0) - (neighbourCount(a) || 0) || a - b).slice(0, 30);
  const told = S.filter((s) => passing[s.n]);
  return [
    el("div", { class: "head" }, el("h2", {}, "What is told"), el("p", { class: "told" }, "Pick a name or a line to see the statements and the sentences that say so.")),
    el("ul", { class: "sums" }, sum(shown.length + hidden, "name"), sum(told.length, "statement"), sum(told.filter((s) => s.deal).length, "deal"), sum(articles(told), "article")),
    el("h3", {}, "Most told of"),
    el("ul", { class: "names" }, inView.map((i) => el("li", {}, mark(typeOf[i]), goButton(i), el("span", { class: "n" }, neighbourCount(i))))),
    el("h3", {}, DOCS.length === 1 ? "The article" : "Articles"),
    el("ul", { class: "docs" }, DOCS.slice(0, 60).map(docLine), DOCS.length > 60 ? el("li", {}, `and ${DOCS.length - 60} more, in the filters`) : ""),
  ];
}

const sum = (n, what) => el("li", {}, el("b", {}, n.toLocaleString("en")), n === 1 ? what : what + "s");
const neighbourCount = (i) => OF[i].filter((s) => passing[s.n]).length || "";

function docLine(doc) {
  return el("li", {}, name(doc.title || doc.id, { class: "name title" }), el("span", { class: "about" }, [doc.source && name(doc.source), doc.date && date(doc.date), doc.url && (link(doc.url) || name(doc.url))].filter(Boolean).flatMap((x, k) => (k ? [" · ", x] : [x]))),
    doc.text !== undefined ? el("button", { type: "button", onclick: () => openText([DOCS.indexOf(doc), 0, -1]) }, "Read") : "");
}
