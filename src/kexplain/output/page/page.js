"use strict";
for (const element of document.querySelectorAll(".js")) element.hidden = false;
const rule = document.getElementById("rule");
if (rule) rule.addEventListener("change", () => {
  for (const card of document.querySelectorAll(".card")) card.hidden = rule.value !== "" && card.dataset.rule !== rule.value;
  for (const line of document.querySelectorAll(".lines > li:has(> .card)")) line.classList.toggle("hit", line.querySelector(".card:not([hidden])") !== null);
});
const fold = document.getElementById("fold");
fold.addEventListener("click", () => {
  const files = [...document.querySelectorAll(".file > details")];
  const open = files.some((file) => file.open);
  for (const file of files) file.open = !open;
  fold.textContent = open ? "Unfold all files" : "Fold all files";
});
