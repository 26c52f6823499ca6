// Small helpers. Whatever comes from the data enters the page through el(), as text.

const $ = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("screen and (max-width: 860px)");

function el(tag, props, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "class") made.className = value;
    else if (key === "tint") made.style.setProperty("--tint", value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(9).filter((c) => c !== null && c !== undefined && c !== ""));
  return made;
}

// A name from the data: isolated, so that its direction marks end with it.
const name = (text, props) => el("bdi", { class: "name", ...props }, text);

function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(9).filter((c) => c !== null && c !== ""));
}

// http and https alone; anything else is shown as text, never linked.
function link(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const props = { href: url.href, target: "_blank", rel: "noopener noreferrer" };
  return el("a", { ...props, referrerpolicy: "no-referrer" }, text || url.host);
}

async function inflate(packed) {
  if (packed.plain !== undefined) return packed.plain;
  const raw = Uint8Array.from(atob(packed.deflate), (c) => c.charCodeAt(0));
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await new Response(stream).arrayBuffer());
}

// The vocabulary's colours; on a dark ground as light as text, as strong as they were.
function tone(hex) {
  if (!dark.matches || !/^#[0-9a-f]{6}$/i.test(hex)) return hex;
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
  const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
  const chroma = high - low;
  const turn = !chroma ? 0 : high === r ? ((g - b) / chroma + 6) % 6 : high === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  const light = (high + low) / 2;
  const strong = chroma ? chroma / (1 - Math.abs(2 * light - 1)) : 0;
  const lighter = Math.min(0.85, 0.42 + light * 0.62);
  const reach = strong * 0.9 * Math.min(lighter, 1 - lighter);
  const part = (n) => {
    const k = (n + turn * 2) % 12;
    return Math.round(255 * (lighter - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)))).toString(16).padStart(2, "0");
  };
  return "#" + part(0) + part(8) + part(4);
}

const css = (variable) => getComputedStyle(document.body).getPropertyValue(variable).trim();
const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || one + "s"}`;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// One line for the canvas: direction marks and breaks out, cut to a length.
function short(text, length) {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, " ").trim();
  const all = Array.from(line.slice(0, 4 * length));
  return all.length > length ? all.slice(0, length - 1).join("").trim() + "…" : all.join("");
}

function debounce(action, wait) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
}

function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (box.hidden = true), 4000);
}

const say = (text) => ($("spoken").textContent = text);

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAY = 86400000;

// "2017", "2017-11", "2017-11-06" or "a/b" as first and last day, in days since 1970.
function days(text) {
  const parts = text.split("/").map((part) => {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(part);
    if (!found) return null;
    const [year, month, day] = found.slice(1).map((x) => x && Number(x));
    if (month > 12 || month === 0 || day > 31 || day === 0) return null;
    const first = Date.UTC(year, (month || 1) - 1, day || 1);
    const after = day ? first + DAY : month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
    return [first / DAY, after / DAY - 1];
  });
  const known = parts.filter(Boolean);
  if (!known.length) return null;
  return [Math.min(...known.map((k) => k[0])), Math.max(...known.map((k) => k[1]))];
}

const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// "2017-11-06" as "6 Nov 2017", "a/b" as "a – b"; what is no date stays as it is.
function date(text) {
  const parts = text.split("/").map((part) => /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?$/.exec(part));
  if (parts.includes(null)) return text;
  const one = ([, year, month, day]) => [day && Number(day), month && MONTHS[month - 1], year].filter(Boolean).join(" ");
  return parts.map(one).join(" – ");
}
