/* Pages of a form work without this. With it, names of communes come as one types, and questions that depend on an answer
   come at once. The server decides everything; this only asks it sooner. */
(() => {
  "use strict";
  const part = (box, name) => box.querySelector(`[data-part="${name}"]`);

  const suggest = async (box, name, above) => {
    const input = part(box, name);
    const list = input && document.getElementById(input.getAttribute("list"));
    if (!list) return;
    list.replaceChildren();
    if (!above) return;
    const era = part(box, "era").value;
    const answer = await fetch(`${box.dataset.units}?bo=${era}&trong=${encodeURIComponent(above)}`);
    if (!answer.ok) return;
    const { units } = await answer.json();
    list.replaceChildren(...units.map(([code, name]) => {
      const option = document.createElement("option");
      option.value = name;
      option.dataset.code = code;
      return option;
    }));
  };

  const codeOf = (input) => {
    const list = document.getElementById(input.getAttribute("list"));
    const found = list && [...list.options].find((option) => option.value === input.value);
    return found ? found.dataset.code : "";
  };

  const refresh = async (box) => {
    const form = box.closest("form");
    if (!form || form.dataset.refreshing) return;
    form.dataset.refreshing = "1";
    let typed = false; // in the meantime: then the answer is of yesterday, and would wipe out what was typed
    const note = () => { typed = true; };
    form.addEventListener("input", note);
    const sent = new FormData(form);
    for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name);
    sent.set("_look", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "X-Requested-With": "eform" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(`[data-eform="${box.dataset.eform}"]`);
      if (answer.ok && fresh && !typed) {
        const here = document.activeElement && document.activeElement.id;
        const files = new Map([...box.querySelectorAll("input[type=file]")].map((input) => [input.id, input]));
        box.replaceChildren(...fresh.childNodes);
        for (const [id, input] of files) document.getElementById(id)?.replaceWith(input);
        if (here) document.getElementById(here)?.focus();
      }
    } finally {
      form.removeEventListener("input", note);
      delete form.dataset.refreshing;
      if (typed) setTimeout(() => refresh(box), 400);
    }
  };

  document.addEventListener("change", (event) => {
    const address = event.target.closest("[data-address]");
    if (address) {
      const name = event.target.dataset.part;
      if (name === "province" && part(address, "district")) suggest(address, "district", event.target.value);
      else if (name === "province") suggest(address, "commune", event.target.value);
      else if (name === "district") suggest(address, "commune", codeOf(event.target) );
    }
    const box = event.target.closest("[data-eform]");
    if (box && (event.target.matches("[data-look]") || (event.target.matches("[data-drives]") && box.dataset.depends))) refresh(box);
  });
})();
