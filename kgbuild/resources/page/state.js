// What the reader has chosen, all of it in the address fragment, so that a view can be sent.

const LISTS = ["types", "families", "kinds", "add"];
const TEXTS = ["doc", "by", "from", "to", "node", "edge", "statement", "path", "view", "sort"];

const blank = () => ({ types: new Set(), families: new Set(), kinds: new Set(), add: new Set(), conf: 0, only: false,
  doc: "", by: "", from: "", to: "", node: "", edge: "", statement: "", path: "", view: "", sort: "" });

let state = blank();
const listeners = [];

function written() {
  const parts = [];
  for (const key of LISTS) if (state[key].size) parts.push(key + "=" + [...state[key]].map(encodeURIComponent).join(","));
  for (const key of TEXTS) if (state[key]) parts.push(key + "=" + encodeURIComponent(state[key]));
  if (state.conf > 0) parts.push("conf=" + state.conf);
  if (state.only) parts.push("only=1");
  return parts.join("&");
}

// Unknown or broken parts of a fragment are passed over: it may come from another file.
function readFragment() {
  const found = blank();
  for (const part of location.hash.slice(1).split("&")) {
    const [key, value] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
    try {
      if (LISTS.includes(key)) found[key] = new Set(value.split(",").map(decodeURIComponent));
      else if (TEXTS.includes(key)) found[key] = decodeURIComponent(value);
    } catch {
      continue;
    }
    if (key === "conf") found.conf = Math.min(1, Math.max(0, Number(value) || 0));
    if (key === "only") found.only = true;
  }
  const known = (id) => ENTITY.has(id);
  for (const id of [...found.add]) if (!known(id)) found.add.delete(id);
  if (!known(found.node)) found.node = "";
  if (!pair(found.edge)) found.edge = "";
  if (!BY_ID.has(found.statement)) found.statement = "";
  if (!pair(found.path)) found.path = "";
  if (found.by !== "-" && !known(found.by)) found.by = "";
  if (!DOCS.some((d) => d.id === found.doc)) found.doc = "";
  if (!days(found.from)) found.from = "";
  if (!days(found.to)) found.to = "";
  state = found;
}

// Two entities in one text: their ids, each encoded, with a space between.
const joined = (a, b) => encodeURIComponent(E.id[a]) + " " + encodeURIComponent(E.id[b]);
function pair(text) {
  const parts = text.split(" ");
  if (parts.length !== 2) return null;
  try {
    const ends = parts.map((p) => ENTITY.get(decodeURIComponent(p)));
    return ends.includes(undefined) ? null : ends;
  } catch {
    return null;
  }
}

const writeFragment = debounce(() => {
  const text = written();
  if (location.hash.slice(1) === text) return;
  try {
    history.replaceState(null, "", "#" + text);
  } catch {
    location.hash = text;
  }
}, 60);

// Change something and tell everybody what was changed.
function change(parts) {
  Object.assign(state, parts);
  writeFragment();
  for (const listener of listeners) listener(Object.keys(parts));
}

const pick = (parts) => change({ node: "", edge: "", statement: "", path: "", only: false, ...parts });
const choose = (entity) => pick({ node: E.id[entity] });

function toggle(key, value) {
  const set = new Set(state[key]);
  if (!set.delete(value)) set.add(value);
  change({ [key]: set });
}

const FILTERS = ["types", "families", "kinds", "conf", "doc", "by", "from", "to"];
const active = () => FILTERS.filter((k) => (state[k] instanceof Set ? state[k].size : state[k])).length;
function reset() {
  change(blank());
}
