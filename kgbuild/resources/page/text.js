// The whole text of an article, where it is carried, at the sentence of a statement.

let ARTICLES = null;

async function openText(e) {
  const doc = DOCS[e[0]];
  ARTICLES = ARTICLES || (await inflate(DATA.texts)).split("\u0000");
  const text = ARTICLES[doc.text];
  const sentence = e[2] >= 0 && SENTENCES ? SENTENCES[e[2]] : "";
  const start = utf16(text, e[1]);
  const body = $("text-body");
  $("text-title").textContent = doc.title || doc.id;
  if (sentence && text.slice(start, start + sentence.length) === sentence) {
    fill(body, text.slice(0, start), el("mark", { class: "sentence", id: "sentence" }, marked(sentence, e)), text.slice(start + sentence.length));
  } else fill(body, text);
  $("text").showModal();
  const mark = $("sentence");
  if (mark) mark.scrollIntoView({ block: "center" });
}

// Offsets in characters, as the texts are cut, to the units that JavaScript counts.
function utf16(text, offset) {
  let units = 0;
  for (let n = 0; n < offset && units < text.length; n++) units += text.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
}
