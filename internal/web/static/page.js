// Conveniences only: every page can be read, searched and followed without them.
"use strict";

const box = document.getElementById("q");

// Keys: "/" searches, "j" and "k" go to the next and the previous thing to read, the
// arrows move between the marks of a matrix.
addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, select, textarea")) return;
  if (e.key === "/") {
    e.preventDefault();
    box.focus();
  } else if (e.key === "j" || e.key === "k") {
    step(e.key === "j" ? 1 : -1);
  } else if (e.key.startsWith("Arrow")) {
    walk(e);
  }
});

// The newest meeting stands at the right end, and is what most people come for.
for (const wide of document.querySelectorAll(".matrix-box, .lanes-box .scroll, .strip-box .scroll, .latest")) wide.scrollLeft = wide.scrollWidth;

function step(by) {
  const stops = [...document.querySelectorAll(".entry > details > summary, .st .ref, .hit .ref, .redlines .ref, .feed > li > a, .turns .said, .meetings > li a, .item h3 a")];
  if (!stops.length) return;
  const here = stops.indexOf(document.activeElement);
  const next = stops[Math.min(stops.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

// A matrix is one stop of the tab key: the arrows move inside it.
for (const matrix of document.querySelectorAll(".matrix tbody")) {
  const stops = [...matrix.querySelectorAll("a, button")];
  stops.forEach((stop, i) => (stop.tabIndex = i ? -1 : 0));
  matrix.addEventListener("focusin", (e) => {
    const stop = e.target.closest("a, button");
    if (!stop) return;
    stops.forEach((other) => (other.tabIndex = -1));
    stop.tabIndex = 0;
  });
}

// Topics that are part of another one fold under it.
for (const label of document.querySelectorAll(".matrix .parts-of")) {
  const parts = [...label.closest("tbody").querySelectorAll(".part")].filter((row) => row.dataset.of === label.dataset.topic);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "parts-of";
  button.tabIndex = -1;
  const show = (on) => {
    button.setAttribute("aria-expanded", on);
    button.textContent = (on ? "▾ " : "▸ ") + label.textContent;
    parts.forEach((row) => (row.hidden = !on));
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  label.after(button);
  label.hidden = true;
  show(false);
}

function walk(e) {
  const cell = e.target.closest(".matrix td, .matrix th");
  if (!cell) return;
  const row = cell.parentElement;
  const rows = [...row.parentElement.rows];
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[e.key] ?? [0, 0];
  let y = rows.indexOf(row);
  let x = cell.cellIndex;
  do { // a meeting that did not raise the topic has nothing to go to, nor has a folded part
    y += down;
    x += right;
  } while (rows[y]?.cells[x] && (rows[y].hidden || !rows[y].cells[x].querySelector("a")));
  const link = rows[y]?.cells[x]?.querySelector("a");
  if (!link) return;
  e.preventDefault();
  link.focus();
}

// Search answers while one types. The answers are links below the box, in the order
// of the keyboard; the form works without them.
if (box) {
  const list = document.createElement("div");
  list.className = "suggest";
  list.setAttribute("role", "region");
  list.setAttribute("aria-label", "What was found");
  list.setAttribute("aria-live", "polite");
  box.form.append(list);
  let timer, asked;
  const clear = () => list.replaceChildren();
  box.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    const words = box.value.trim();
    if (words.length < 2) return clear();
    timer = setTimeout(() => ask(words), 150);
  });
  box.form.addEventListener("keydown", (e) => {
    if (e.key === "Escape") {
      clear();
      box.focus();
    } else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      const stops = [box, ...list.querySelectorAll("a")];
      const to = stops[stops.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1)];
      if (!to || stops.length === 1) return;
      e.preventDefault();
      to.focus();
    }
  });
  box.form.addEventListener("focusout", (e) => {
    if (!box.form.contains(e.relatedTarget)) clear();
  });

  async function ask(words) {
    asked = new AbortController();
    try {
      const answer = await fetch("/suggest?q=" + encodeURIComponent(words), { signal: asked.signal });
      if (!answer.ok) return clear(); // a quotation mark that is not closed yet
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...found.querySelectorAll("a"));
    } catch (err) {
      if (err.name !== "AbortError") clear();
    }
  }
}

// An address that names a folded meeting unfolds it.
function unfold() {
  const here = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = here && here.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  here.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// Every quoted statement can be taken along with what proves it: its words, its source,
// its day and the hash of what was captured.
for (const said of document.querySelectorAll("[data-said]")) {
  const words = said.querySelector(".text.new, .text") ?? said.parentElement.querySelector(".formula");
  const place = said.querySelector(".about, .notes") ?? said;
  const cite = said.closest("[data-proof]")?.dataset.proof;
  if (!words || !cite || said.querySelector("del.whole")) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "copy";
  button.title = "Copy the quotation with source, day and hash";
  button.addEventListener("click", async () => {
    const plain = words.cloneNode(true);
    plain.querySelectorAll("del").forEach((gone) => gone.remove());
    const quote = "“" + plain.textContent.trim() + "” " + cite.replace(/\)\.$/, "#" + said.dataset.said + ").");
    try {
      await navigator.clipboard.writeText(quote);
      button.textContent = "copied";
    } catch {
      button.textContent = "not allowed";
    }
    setTimeout(() => (button.textContent = "copy"), 2000);
  });
  place.append(" ", button);
}

// The list of all series is narrowed while one types.
const narrow = document.querySelector(".narrow-series input");
if (narrow) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  narrow.addEventListener("input", () => {
    const words = plain(narrow.value).split(/\s+/).filter(Boolean);
    for (const region of document.querySelectorAll(".region")) {
      let any = false;
      for (const row of region.querySelectorAll("li")) {
        const name = plain(row.querySelector(".name").textContent + " " + row.querySelector(".name").title);
        row.hidden = !words.every((word) => name.includes(word));
        any ||= !row.hidden;
      }
      region.hidden = !any;
      if (words.length) region.open = any;
    }
  });
}
