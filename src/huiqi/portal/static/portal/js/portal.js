/* What the pages gain from JavaScript; each of them works without it. */

"use strict";

/* After a part of the page was replaced, the heading is where reading goes on, for the eye and for a screen reader. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "page") return;
  const heading = event.detail.target.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
});

/* Error pages are pages too: show them instead of doing nothing. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

/* A long checklist gets a box that narrows it down. */
document.addEventListener("input", (event) => {
  const list = event.target.dataset?.narrows && document.getElementById(event.target.dataset.narrows);
  if (!list) return;
  const wanted = event.target.value.trim();
  for (const item of list.children) {
    item.hidden = !item.textContent.includes(wanted) && !item.querySelector(":checked");
  }
});

/* Boxes that only work with JavaScript are shown once there is some. */
const reveal = () => document.querySelectorAll("[data-needs-script]").forEach((part) => (part.hidden = false));
document.addEventListener("DOMContentLoaded", reveal);
document.addEventListener("htmx:afterSettle", reveal);

/* Paper shows every reason: open the folds to print, and close again those that were closed. */
const opened = new Set();
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("main details:not([open], .clause__aside details)").forEach((fold) => {
    opened.add(fold);
    fold.open = true;
  });
});
window.addEventListener("afterprint", () => {
  opened.forEach((fold) => (fold.open = false));
  opened.clear();
});

/* A citation and its address are copied by a button; where the browser forbids that, they are selected to copy by hand. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  const words = document.getElementById(button.dataset.copies);
  const said = document.getElementById("copied");
  try {
    await navigator.clipboard.writeText(words.href ?? words.textContent);
    said.textContent = "已经复制。";
  } catch {
    window.getSelection().selectAllChildren(words);
    said.textContent = "已经选中，请按 Ctrl+C 或长按来复制。";
  }
});
