// The deals as a table; a row picks its line on the drawing, and the reverse.

const COLUMNS = [
  ["supplier", "Supplier", (s) => E.label[s.s]],
  ["recipient", "Recipient", (s) => E.label[s.o]],
  ["items", "Items", (s) => s.deal.items.map(([what]) => what).join("; ")],
  ["value", "Value", (s) => s.deal.amount || 0],
  ["status", "Status", (s) => s.deal.status || s.factuality],
  ["by", "Who says so", (s) => s.by.map((e) => E.label[e]).join(", ")],
  ["date", "Date", (s) => (s.when ? s.when[1] : -1e9)],
  ["evidence", "Evidence", (s) => DOCS[s.doc].title || s.doc],
];
const NUMBERS = ["value"];
let dealsOpen = false;
let dealRows = 200;

function sortedDeals() {
  const [key, down] = state.sort ? [state.sort.replace("-", ""), state.sort.startsWith("-")] : ["date", true];
  const value = (COLUMNS.find(([k]) => k === key) || COLUMNS.find(([k]) => k === "date"))[2];
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en"));
  const list = selection().filter((s) => s.deal).map((s) => [value(s), s]);
  return list.sort((a, b) => (down ? -1 : 1) * compare(a[0], b[0]) || a[1].n - b[1].n).map(([, s]) => s);
}

function showDeals() {
  const list = sortedDeals();
  $("toggle-deals").textContent = `Deals (${list.length})`;
  $("toggle-deals").setAttribute("aria-expanded", String(dealsOpen));
  const section = $("deals");
  section.hidden = !dealsOpen;
  if (!dealsOpen) return;
  const close = el("button", { type: "button", class: "close", "aria-label": "Close the deals", onclick: () => openDeals(false) }, "×");
  fill(section, el("div", { class: "head" }, el("h2", {}, count(list.length, "deal")), close),
    list.length ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of deals" }, table(list)) : el("p", { class: "none" }, picked() ? "No deal of what is picked passes the filters." : "No deal passes the filters."));
}

function table(list) {
  const bare = COLUMNS.filter(([key, , value]) => NUMBERS.includes(key) && list.every((s) => !value(s))).map(([key]) => key);
  const more = list.length > dealRows ? el("tr", {}, el("td", { colspan: String(COLUMNS.length - bare.length) }, el("button", { type: "button", class: "more", onclick: () => { dealRows += 500; showDeals(); } }, `Show more of ${list.length - dealRows}`))) : "";
  return el("table", { class: bare.map((key) => "no-" + key).join(" ") }, el("thead", {}, el("tr", {}, COLUMNS.map(header))), el("tbody", {}, list.slice(0, dealRows).map(row), more));
}

function header([key, title]) {
  const now = (state.sort || "-date").replace("-", "") === key;
  const down = (state.sort || "-date").startsWith("-");
  const order = now ? (down ? "descending" : "ascending") : "none";
  const press = () => {
    change({ sort: now && !down ? "-" + key : key });
    const again = $("deals").querySelector(`[data-key="${key}"]`);
    if (again) again.focus();
  };
  return el("th", { scope: "col", "aria-sort": order, class: NUMBERS.includes(key) ? "number " + key : key }, el("button", { type: "button", "data-key": key, onclick: press }, title, el("span", { class: "order", "aria-hidden": "true" }, now ? (down ? " ▾" : " ▴") : "")));
}

// Tables hold the beginning of long texts; the panel has them whole.
const brief = (text) => name(short(text, 120));

// A few words around what says it, else the article.
function quoted(s) {
  const e = s.ev[0];
  if (!SENTENCES || !e || e[7] < 0) return brief(DOCS[s.doc].title || DOCS[s.doc].id);
  const sentence = SENTENCES[e[2]];
  const [from, to] = [Math.max(0, e[7] - 30), Math.min(sentence.length, e[8] + 42)];
  const words = sentence.slice(from, to).replace(from ? /^\S*\s/ : "", "").replace(to < sentence.length ? /\s\S*$/ : "", "");
  return brief((from ? "… " : "") + words + (to < sentence.length ? " …" : ""));
}

function row(s) {
  const deal = s.deal;
  const on = s.id === state.statement || (state.edge && pair(state.edge).every((i) => i === s.s || i === s.o));
  const show = el("button", { type: "button", class: "go", title: short(DOCS[s.doc].title || DOCS[s.doc].id, 200), onclick: (event) => { event.stopPropagation(); openDeal(s); } }, quoted(s));
  return el("tr", { "data-id": s.id, class: on ? "picked" : "", "aria-selected": on ? "true" : null, onclick: () => openDeal(s) },
    el("td", {}, brief(label(s.s))), el("td", {}, brief(label(s.o))),
    el("td", {}, brief(deal.items.map(counted).join("; "))),
    el("td", { class: "number value" }, deal.amount ? money(deal.amount, deal.currency) : ""),
    el("td", {}, el("span", { class: "kind " + way(s), title: wayName(s) }, short(deal.status || wayName(s), 40)),
      deal.status && s.factuality !== FACTUALITIES[0] ? el("span", { class: "told" }, s.factuality) : ""),
    el("td", { class: "by" }, s.by.length ? brief(s.by.map((e) => E.label[e]).join(", ")) : el("span", { class: "told" }, "the article")),
    el("td", { class: "date" }, s.time ? short(date(s.time), 40) : DOCS[s.doc].date ? el("span", { class: "told", title: "Date of the article" }, short(date(DOCS[s.doc].date), 40)) : ""),
    el("td", {}, show));
}

// On a phone the table covers the panel: show the sentence in its place.
function openDeal(s) {
  pickStatement(s);
  if (narrow.matches) sheet("panel");
}

function pickStatement(s) {
  pick({ statement: s.id });
  frame([s.s, s.o]);
}

function openDeals(open) {
  dealsOpen = open;
  showDeals();
  requestAnimationFrame(resized);
}
