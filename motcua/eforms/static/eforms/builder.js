/* Says while an expression is typed whether it can be used. Saving checks it as well: pages work without this. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-check]");
  if (!form) return;
  for (const input of form.querySelectorAll("[data-expression]")) {
    const told = document.createElement("div");
    told.setAttribute("role", "status");
    input.after(told);
    let timer = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const asked = new URLSearchParams({
          place: form.dataset.place, key: form.dataset.key, type: form.dataset.type,
          part: input.dataset.expression, text: input.value,
        });
        const answer = await fetch(`${form.dataset.check}?${asked}`);
        if (answer.ok) told.innerHTML = await answer.text();
      }, 400);
    });
  }
})();
