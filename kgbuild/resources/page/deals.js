// The deals as a table; a row picks its line on the drawing, and the reverse.

const COLUMNS = [
  ["supplier", "Supplier", (s) => E.label[s.s]],
  ["recipient", "Recipient", (s) => E.label[s.o]],
  ["items", "Items", (s) => s.deal.items.map(([what]) => what).join("; ")],
  ["quantity", "Quantity", (s) => s.deal.items.reduce((sum, [, n]) => sum + (n || 0), 0)],
  ["value", "Value", (s) => s.deal.amount || 0],
  ["status", "Status", (s) => s.deal.status || s.factuality],
  ["date", "Date", (s) => (s.when ? s.when[1] : -1e9)],
  ["evidence", "Evidence", (s) => DOCS[s.doc].title || s.doc],
];
const NUMBERS = ["quantity", "value"];
let dealsOpen = false;
let dealRows = 200;

function sortedDeals() {
  const [key, down] = state.sort ? [state.sort.replace("-", ""), state.sort.startsWith("-")] : ["date", true];
  const value = (COLUMNS.find(([k]) => k === key) || COLUMNS[6])[2];
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en"));
  const list = DEALS.filter((s) => passing[s.n]).map((s) => [value(s), s]);
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
  fill(section, el("div", { class: "head" }, el("h2", {}, count(list.length, "deal")), el("p", { class: "told" }, totals(list)), close),
    list.length ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of deals" }, table(list)) : el("p", { class: "none" }, "No deal passes the filters."));
}

function table(list) {
  const bare = COLUMNS.filter(([key, , value]) => NUMBERS.includes(key) && list.every((s) => !value(s))).map(([key]) => key);
  const more = list.length > dealRows ? el("tr", {}, el("td", { colspan: String(8 - bare.length) }, el("button", { type: "button", class: "more", onclick: () => { dealRows += 500; showDeals(); } }, `Show more of ${list.length - dealRows}`))) : "";
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
  const amounts = deal.items.filter(([, n]) => n).map(([, n]) => n.toLocaleString("en"));
  const show = el("button", { type: "button", class: "go", title: short(DOCS[s.doc].title || DOCS[s.doc].id, 200), onclick: (event) => { event.stopPropagation(); pickStatement(s); } }, quoted(s));
  return el("tr", { "data-id": s.id, class: on ? "picked" : "", "aria-selected": on ? "true" : null, onclick: () => pickStatement(s) },
    el("td", {}, brief(label(s.s))), el("td", {}, brief(label(s.o))),
    el("td", {}, brief(deal.items.map(([what]) => what).join("; "))),
    el("td", { class: "number quantity" }, amounts.join("; ")),
    el("td", { class: "number value" }, deal.amount ? money(deal.amount, deal.currency) : ""),
    el("td", {}, el("span", { class: "kind " + s.factuality }, short(deal.status || s.factuality, 40))),
    el("td", { class: "date" }, s.time ? short(date(s.time), 40) : DOCS[s.doc].date ? el("span", { class: "told", title: "Date of the article" }, short(date(DOCS[s.doc].date), 40)) : ""),
    el("td", {}, show));
}

function pickStatement(s) {
  pick({ statement: s.id });
  frame([s.s, s.o]);
}

// Sums by currency, apart for what is told as fact and as possible. A deal that several
// articles tell of with the same parties and value counts once; stopped ones do not count.
function totals(list) {
  const sums = new Map();
  const seen = new Set();
  let without = 0;
  for (const { s, o, deal, factuality } of list) {
    if (factuality === FACTUALITIES[2] || deal.status === "stopped") continue;
    if (!deal.amount) {
      without++;
      continue;
    }
    const key = [s, o, deal.amount, deal.currency].join(" ");
    if (seen.has(key)) continue;
    seen.add(key);
    const group = factuality + " " + deal.currency;
    sums.set(group, (sums.get(group) || 0) + deal.amount);
  }
  if (!sums.size) return "";
  const words = [...sums].sort().map(([group, amount]) => `${money(amount, group.split(" ")[1])} ${group.split(" ")[0] === FACTUALITIES[0] ? "told as fact" : "possible"}`);
  return words.join(" · ") + (without ? ` · ${count(without, "deal")} without a value not counted` : "");
}

function openDeals(open) {
  dealsOpen = open;
  showDeals();
  requestAnimationFrame(resized);
}
