/* The workbench: how many rows are ticked, and Esc that closes the form of an act. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  function count(form) {
    const number = $$("tbody input[type=checkbox]:checked", form).length;
    $$("[data-batch-count]", form).forEach((place) => { place.textContent = String(number); });
  }
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-batch]");
    if (form) setTimeout(() => count(form));
  });
  $$("[data-batch]").forEach(count);

  /* A shortcut for a batch with nothing ticked takes the row that is marked. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-batch] .batch button[name]");
    const form = button?.form;
    if (!form || $("tbody input[type=checkbox]:checked", form)) return;
    const box = $("tr.row-at input[type=checkbox]", form);
    if (box) { box.checked = true; count(form); }
  }, true);

  /* A due date tells its derivation while the pointer rests on it; a click or Enter keeps it open. */
  let resting = 0;
  document.addEventListener("pointerover", (event) => {
    const due = event.target.closest?.(".due-more");
    if (!due || due.open || event.pointerType !== "mouse") return;
    clearTimeout(resting);
    resting = setTimeout(() => { due.open = true; due.dataset.hover = "1"; }, 350);
    due.addEventListener("pointerleave", () => { clearTimeout(resting); if (due.dataset.hover) { due.open = false; delete due.dataset.hover; } }, { once: true });
  });
  document.addEventListener("click", (event) => {
    const due = event.target.closest?.(".due-more[data-hover]");
    if (due && event.target.closest("summary")) { event.preventDefault(); delete due.dataset.hover; }
  });

  document.addEventListener("keydown", (event) => {
    const form = $("#act-form");
    if (event.key !== "Escape" || !form?.children.length || $("dialog[open]")) return;
    form.replaceChildren();
    $(".act-buttons a")?.focus();
  });
  /* The form of an act takes the focus at its first field. */
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "act-form" || $("[data-autofocus]", event.detail.target)) return;
    $("input:not([type=hidden]), select, textarea, button", event.detail.target)?.focus();
  });
})();
