// A histogram of the statements in time, with a first and a last bar that can be moved.

const BINS = timeBins();

function timeBins() {
  const dated = S.filter((s) => s.when);
  if (!dated.length) return [];
  let [first, last] = [Infinity, -Infinity];
  for (const s of dated) [first, last] = [Math.min(first, s.when[0]), Math.max(last, s.when[0])];
  const span = last - first;
  const unit = span <= 62 ? "day" : span <= 31 * 62 ? "month" : span <= 366 * 80 ? "year" : "decade";
  const made = [];
  for (let day = start(first, unit); day <= last && made.length < 400; day = next(day, unit)) made.push({ from: day, to: next(day, unit) - 1, n: 0, unit });
  for (const s of dated) {
    const bin = made.find((b) => b.from <= s.when[0] && s.when[0] <= b.to);
    if (bin) bin.n++;
  }
  return made;
}

function start(day, unit) {
  const [y, m] = iso(day).split("-").map(Number);
  if (unit === "day") return day;
  return Date.UTC(unit === "decade" ? y - (y % 10) : y, unit === "month" ? m - 1 : 0, 1) / DAY;
}

function next(day, unit) {
  const [y, m] = iso(day).split("-").map(Number);
  if (unit === "day") return day + 1;
  return Date.UTC(unit === "month" ? y : y + (unit === "year" ? 1 : 10), unit === "month" ? m : 0, 1) / DAY;
}

const binName = (bin) => date(iso(bin.from).slice(0, { day: 10, month: 7, year: 4, decade: 4 }[bin.unit])) + (bin.unit === "decade" ? "s" : "");

function showTimeline() {
  if (BINS.length < 2) return;
  const bars = BINS.map((bin, i) => el("button", { type: "button", tabindex: "-1", onclick: () => setRange(i, i) }, el("i")));
  const slider = (id, text) => el("input", { type: "range", id, min: "0", max: String(BINS.length - 1), "aria-label": text, oninput: slid });
  fill($("timeline"), el("div", { class: "bars" }, bars), el("div", { class: "thumbs" }, slider("first", "From"), slider("last", "To")),
    el("p", { class: "range" }, el("span", { id: "range-from" }), el("button", { type: "button", id: "all-times", onclick: () => change({ from: "", to: "" }) }, "All times"), el("span", { id: "range-to" })));
  $("timeline").hidden = false;
  refreshTimeline();
}

function slid() {
  const ends = [Number($("first").value), Number($("last").value)].sort((a, b) => a - b);
  setRange(...ends);
}

function setRange(a, b) {
  const whole = a === 0 && b === BINS.length - 1;
  change({ from: whole ? "" : iso(BINS[a].from), to: whole ? "" : iso(BINS[b].to) });
}

// The bars are of what is picked and passes the filters, times apart.
function refreshBars() {
  const chosen = picks();
  const passes = passer({ ...state, from: "", to: "" });
  for (const bin of BINS) bin.now = 0;
  for (const s of S) {
    if (!s.when || !passes(s) || !chosen(s)) continue;
    const bin = BINS.find((b) => b.from <= s.when[0] && s.when[0] <= b.to);
    if (bin) bin.now++;
  }
  const top = Math.max(1, ...BINS.map((b) => b.n));
  $("timeline").querySelectorAll(".bars button").forEach((bar, i) => {
    const { now } = BINS[i];
    const told = `${binName(BINS[i])}: ${count(now, "statement")}`;
    bar.firstChild.style.height = (now ? Math.max(8, (100 * now) / top) : 0) + "%";
    bar.title = told;
    bar.setAttribute("aria-label", told);
  });
}

function refreshTimeline() {
  if (BINS.length < 2) return;
  refreshBars();
  const from = state.from ? days(state.from)[0] : -Infinity;
  const to = state.to ? days(state.to)[1] : Infinity;
  const inside = BINS.map((bin) => bin.to >= from && bin.from <= to);
  const bars = $("timeline").querySelectorAll(".bars button");
  inside.forEach((yes, i) => bars[i].classList.toggle("out", !yes));
  const first = Math.max(0, inside.indexOf(true));
  const last = inside.lastIndexOf(true) < 0 ? BINS.length - 1 : inside.lastIndexOf(true);
  [$("first").value, $("last").value] = [String(first), String(last)];
  $("first").setAttribute("aria-valuetext", binName(BINS[first]));
  $("last").setAttribute("aria-valuetext", binName(BINS[last]));
  $("range-from").textContent = binName(BINS[first]);
  $("range-to").textContent = binName(BINS[last]);
  $("all-times").hidden = !state.from && !state.to;
}
