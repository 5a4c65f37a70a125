// The kiosk's extras: the full screen, sending the page that somebody has walked away from, and leaving one without sending it.
"use strict";
const full = document.querySelector("[data-full-screen]");
if (full && document.documentElement.requestFullscreen) {
  full.hidden = false;
  full.addEventListener("click", () => document.documentElement.requestFullscreen().then(() => { full.hidden = true; }));
}
const form = document.querySelector("form[data-send-when-left]");
if (form) {
  const wait = Number(form.dataset.sendWhenLeft) * 1000;
  let timer = setTimeout(() => form.requestSubmit(), wait);
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => form.requestSubmit(), wait); });
}
const still = document.querySelector("dialog[data-still-here]");
if (still) {
  let timer = 0;
  const after = (seconds, act) => { clearTimeout(timer); timer = setTimeout(act, Number(seconds) * 1000); };
  const leave = () => location.replace(still.dataset.home);
  const ask = () => { if (!still.open) still.showModal(); after(still.dataset.answer, leave); };
  const here = () => after(still.dataset.stillHere, ask);
  // While the question stands, only an answer counts: a press that closed it half-way would end on what lies beneath.
  for (const sign of ["click", "input", "keydown", "pointerdown", "scroll"]) {
    addEventListener(sign, () => { if (!still.open) here(); }, { capture: true, passive: true });
  }
  still.addEventListener("click", () => still.close());
  still.addEventListener("close", here);
  here();
}
