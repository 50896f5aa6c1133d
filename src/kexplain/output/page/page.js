"use strict";
const all = (selector, below = document) => [...below.querySelectorAll(selector)];
const shown = (element) => element.offsetParent !== null;
for (const element of all(".js")) element.hidden = false;

const rule = document.getElementById("rule");
if (rule) rule.addEventListener("change", () => {
  for (const element of all(".card, .found li")) element.hidden = rule.value !== "" && element.dataset.rule !== rule.value;
  for (const line of all(".lines > li:has(> .card)")) line.classList.toggle("hit", line.querySelector(".card:not([hidden])") !== null);
});

const fold = document.getElementById("fold");
fold.addEventListener("click", () => {
  const files = all(".file > details");
  const open = files.some((file) => file.open);
  for (const file of files) file.open = !open;
  fold.textContent = open ? "Unfold all files" : "Fold all files";
});

// A list is one stop of the Tab key; the arrow keys go through it.
const rove = (items, key) => {
  for (const item of items) item.tabIndex = item === items[0] ? 0 : -1;
  return (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const visible = items.filter(shown);
    const next = visible[visible.indexOf(key(event.target)) + step];
    if (!next) return;
    event.preventDefault();
    for (const item of items) item.tabIndex = item === next ? 0 : -1;
    next.focus();
  };
};
for (const list of all(".roving")) list.addEventListener("keydown", rove(all("a", list), (target) => target));

// So are the lines of a file; what stands at a line is reached from there.
const inner = (line) => all("a:not(.n), summary", line);
for (const file of all(".file > details")) {
  const numbers = all(".n", file).filter((number) => number.closest("li").querySelector(".says, .card"));
  for (const line of all(".lines > li", file)) for (const element of inner(line)) element.tabIndex = -1;
  file.addEventListener("keydown", rove(numbers, (target) => target.closest(".lines > li")?.querySelector(".n")));
  let active = null;
  file.addEventListener("focusin", (event) => {
    const line = event.target.closest(".lines > li");
    if (!line || line === active) return;
    if (active) for (const element of inner(active)) element.tabIndex = -1;
    for (const element of inner(line)) element.tabIndex = 0;
    active = line;
  });
}

// A tap lights a line and its words; of several fields on a line each lights its own.
document.addEventListener("click", (event) => {
  const line = event.target.closest(".lines > li");
  for (const lit of all(".lines > .on")) lit.classList.remove("on");
  if (line) line.classList.add("on");
});
for (const words of all("[data-k]")) {
  const keys = all(".k", words.closest("li")).filter((key) => key.textContent.replace(/^["']|["']$/g, "") === words.dataset.k);
  for (const [one, other] of keys.flatMap((key) => [[words, key], [key, words]])) {
    one.addEventListener("pointerenter", () => other.classList.add("lit"));
    one.addEventListener("pointerleave", () => other.classList.remove("lit"));
  }
}

// A link into what is folded unfolds it.
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target?.scrollIntoView({ block: "nearest" });
};
addEventListener("hashchange", unfold);
if (location.hash) unfold();

let at = -1;
document.addEventListener("keydown", (event) => {
  const step = { n: 1, p: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select, input[type=text]")) return;
  const cards = all(".card").filter((card) => !card.hidden);
  if (!cards.length) return;
  const here = cards.indexOf(document.activeElement?.closest(".card"));
  at = ((here >= 0 ? here : at) + step + cards.length + (step < 0 && at < 0 && here < 0 ? 1 : 0)) % cards.length;
  cards[at].closest("details:not([open])")?.setAttribute("open", "");
  cards[at].closest(".file > details").open = true;
  cards[at].focus();
  cards[at].scrollIntoView({ block: "center" });
});

if (matchMedia("(max-width: 48rem)").matches) for (const outline of all(".outline > details")) outline.open = false;
