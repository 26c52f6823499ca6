// Finding a name, as a combo box; the same box asks for the other end of a path.

let picking = null; // the entity that a path is being asked from
let results = [];
let at = -1;

function find() {
  const box = $("find");
  results = search(box.value, 12);
  at = results.length ? 0 : -1;
  fill($("found"), results.map(option), box.value.trim() && !results.length ? el("li", { class: "none" }, "No such name") : "");
  openFound(Boolean(box.value.trim()));
}

function option({ entity, alias }, i) {
  return el("li", { role: "option", id: "option-" + i, "aria-selected": String(i === at), onpointerdown: (event) => { event.preventDefault(); take(i); } },
    mark(typeOf[entity]), name(label(entity)), alias ? el("span", { class: "alias" }, name(alias)) : "", el("span", { class: "n" }, String(OF[entity].length || "")));
}

function openFound(open) {
  $("found").hidden = !open;
  $("find").setAttribute("aria-expanded", String(open));
  if (open && at >= 0) $("find").setAttribute("aria-activedescendant", "option-" + at);
  else $("find").removeAttribute("aria-activedescendant");
}

function move(step) {
  if (!results.length) return;
  at = (at + step + results.length) % results.length;
  $("found").querySelectorAll("[role=option]").forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
  $("find").setAttribute("aria-activedescendant", "option-" + at);
  $("option-" + at).scrollIntoView({ block: "nearest" });
}

function take(i) {
  if (!results[i]) return;
  const { entity } = results[i];
  $("find").value = "";
  openFound(false);
  if (picking !== null) return finishPath(entity);
  choose(entity);
  goTo(entity);
  $("canvas").focus({ preventScroll: true });
}

function findKey(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter") take(at);
  else if (event.key === "Escape") {
    if ($("find").value) $("find").value = "";
    else $("find").blur();
    openFound(false);
    stopPath();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function startPath(entity) {
  picking = entity;
  $("find").placeholder = `Path from ${short(E.label[entity], 18)} to …`;
  document.body.classList.add("picking");
  $("find").focus();
  say(`Find or click the name that the path from ${E.label[entity]} should lead to.`);
}

function stopPath() {
  picking = null;
  $("find").placeholder = "Find a name";
  document.body.classList.remove("picking");
}

function finishPath(entity) {
  const from = picking;
  stopPath();
  pick({ path: joined(from, entity) });
  if (path) frame(path);
  $("canvas").focus({ preventScroll: true });
}
