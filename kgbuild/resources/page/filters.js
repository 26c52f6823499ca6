// The legend, which filters: what is pressed is shown.

function showFilters() {
  const perType = counts(E.type);
  const perFamily = counts(S.map((s) => s.family));
  const perKind = counts(S.map((s) => s.factuality));
  const lines = new Set([...[...bundles.values()].map((b) => ways(b.list)), ...S.map(way)]);
  const speakers = [...new Set(S.flatMap((s) => s.by))].sort((a, b) => E.label[a].localeCompare(E.label[b], "en"));
  fill($("filters"),
    el("div", { class: "head" }, el("h2", {}, "Legend"), el("button", { type: "button", id: "reset", onclick: resetAll }, "Reset")),
    group("Names", TYPES.filter((t) => perType.get(t.name)).map((t) => chip("types", t.name, t.plural, perType.get(t.name), mark(typeNumber.get(t.name))))),
    group("Lines", FAMILIES.map((f, i) => perFamily.get(i) && chip("families", f.name, f.name, perFamily.get(i), el("i", { class: "line", tint: tone(f.color), "aria-hidden": "true" })))),
    group("How sure", FACTUALITIES.filter((f) => perKind.get(f)).map((f) => chip("kinds", f, f, perKind.get(f), el("i", { class: "line " + f, "aria-hidden": "true" }))),
      [SAID, "mixed"].filter((f) => lines.has(f)).map((f) => el("p", { class: "key" }, el("i", { class: "line " + f, "aria-hidden": "true" }), KEYED[f], f === SAID ? el("span", { class: "n", id: "said" }) : ""))),
    selector("by", "Who says it", [["", "everyone"], ["-", "the article itself"], ...speakers.map((e) => [E.id[e], short(E.label[e], 40)])]),
    DOCS.length > 1 ? selector("doc", "Article", [["", "all articles"], ...DOCS.map((d) => [d.id, short(d.title || d.id, 60)])]) : "",
    confidence());
  refreshFilters();
}

function counts(list) {
  const found = new Map();
  for (const key of list) found.set(key, (found.get(key) || 0) + 1);
  return found;
}

const KEYED = { said: "Only somebody says so", mixed: "Of several of these" };
const group = (title, chips, keys) => el("div", { class: "group", role: "group", "aria-label": title }, el("h3", {}, title), chips.filter(Boolean), keys || "");

function chip(key, value, text, n, sign) {
  return el("button", { type: "button", class: "chip", "aria-pressed": "true", "data-filter": key, "data-value": value, onclick: () => toggle(key, value) },
    sign, el("span", { class: "what" }, text), el("span", { class: "n" }, n.toLocaleString("en")));
}

function selector(key, title, options) {
  const box = el("select", { id: "by-" + key, onchange: (event) => change({ [key]: event.target.value }) }, options.map(([value, text]) => el("option", { value }, text)));
  return el("label", { class: "field" }, el("span", {}, title), box);
}

function confidence() {
  const slider = el("input", { type: "range", min: "0", max: "100", step: "5", id: "conf", oninput: (event) => change({ conf: Number(event.target.value) / 100 }) });
  return el("label", { class: "field" }, el("span", {}, "Confidence at least ", el("output", { id: "conf-now", for: "conf" })), slider);
}

// What each chip stands for, among what is picked and passes the other filters.
function refreshCounts() {
  const chosen = picks();
  const without = (key) => S.filter(((passes) => (s) => passes(s) && chosen(s))(passer(key ? { ...state, [key]: new Set() } : state)));
  const whole = !picked() && !narrowed(state);
  const found = {
    families: counts(without("families").map((s) => FAMILIES[s.family].name)),
    kinds: counts(without("kinds").map((s) => s.factuality)),
    types: counts(whole ? E.type : [...namesIn(without("types"))].map((i) => E.type[i])),
  };
  if ($("said")) $("said").textContent = without("").filter((s) => way(s) === SAID).length.toLocaleString("en");
  for (const button of $("filters").querySelectorAll("[data-filter]")) {
    const n = found[button.dataset.filter].get(button.dataset.value) || 0;
    button.querySelector(".n").textContent = n.toLocaleString("en");
  }
}

function refreshFilters() {
  for (const button of $("filters").querySelectorAll("[data-filter]")) {
    button.setAttribute("aria-pressed", String(!state[button.dataset.filter].has(button.dataset.value)));
  }
  for (const key of ["by", "doc"]) if ($("by-" + key)) $("by-" + key).value = state[key];
  $("conf").value = String(Math.round(state.conf * 100));
  $("conf-now").textContent = Math.round(state.conf * 100) + "%";
  const n = active();
  $("active").hidden = !n;
  $("active").textContent = n ? String(n) : "";
  $("reset").disabled = !written();
  refreshCounts();
}

function resetAll() {
  stopPath();
  reset();
  fitAll(true);
  say("Everything is shown.");
}
