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

  const chosen = (control) => {
    const address = control.closest("[data-address]");
    if (address) {
      const name = control.dataset.part;
      if (name === "province" && part(address, "district")) suggest(address, "district", control.value);
      else if (name === "province") suggest(address, "commune", control.value);
      else if (name === "district") suggest(address, "commune", codeOf(control));
    }
    const box = control.closest("[data-eform]");
    if (box && (control.matches("[data-look]") || (control.matches("[data-drives]") && box.dataset.depends))) refresh(box);
  };

  const isChanged = (control) => {
    if (control.tagName === "SELECT") {
      const [first] = control.selectedOptions;
      const given = [...control.options].find((option) => option.defaultSelected) || control.options[0];
      return first !== given;
    }
    if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
    return control.type !== "file" && control.value !== control.defaultValue;
  };

  document.addEventListener("change", (event) => chosen(event.target));
  // On a slow network one has answered before this was here; a page that is gone back to has its answers too.
  const parts = document.querySelectorAll("[data-address] [data-part], [data-eform] [data-look], [data-eform] [data-drives]");
  for (const control of parts) if (isChanged(control)) chosen(control);
})();
