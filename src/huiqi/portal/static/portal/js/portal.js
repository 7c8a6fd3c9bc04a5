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
  document.querySelectorAll("main details:not([open])").forEach((fold) => {
    opened.add(fold);
    fold.open = true;
  });
});
window.addEventListener("afterprint", () => {
  opened.forEach((fold) => (fold.open = false));
  opened.clear();
});
