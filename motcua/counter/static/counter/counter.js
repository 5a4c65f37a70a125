/* The counter at the keyboard: find a procedure, scan a card, tick papers, receive. Works on pages that also work without it. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });

  /* The queue's keys work on every desk, also while typing. One pressed while another is under way takes effect after it, on
     the strip that comes back. */
  let pressed = "";
  const queueButton = (key) => $(`[data-queue-key="${key}"]`);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat || !event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.code.replace(/^Key/, "").toLowerCase();
    const button = queueButton(key);
    if (!button) return;
    event.preventDefault();
    if (button.disabled) pressed = key;
    else button.click();
  }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "queue-strip" || !pressed) return;
    const button = queueButton(pressed);
    pressed = "";
    button?.click();
  });

  const intake = $("[data-intake]");
  if (!intake) return;

  /* 1. The running preview: one request after the last change */
  let timer = 0;
  const refresh = (wait = 250) => {
    clearTimeout(timer);
    timer = setTimeout(() => window.htmx?.trigger("#preview", "refresh-preview"), wait);
  };
  const matters = (element) => element.name && element.type !== "file" && element.id !== "procedure-search" && element.name !== "card";
  intake.addEventListener("change", (event) => { if (matters(event.target)) refresh(); });
  intake.addEventListener("input", (event) => {
    if (matters(event.target) && /identity_number|phone|tax_code/.test(event.target.name)) refresh(500);
  });

  /* 2. Typeahead */
  const search = $("#procedure-search");
  const list = $("#procedure-options");
  const options = () => $$("[role=option]:not([aria-disabled])", list);
  let at = -1;
  function openList(open) {
    list.hidden = !open;
    search.setAttribute("aria-expanded", String(open));
    if (!open) select(-1);
  }
  function select(index) {
    const items = options();
    at = items.length && index >= 0 ? (index + items.length) % items.length : -1;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return search.removeAttribute("aria-activedescendant");
    items[at].scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", items[at].id);
  }
  search.addEventListener("focus", () => { if (!options().length) window.htmx?.trigger(search, "open-options"); else openList(true); });
  search.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") { event.preventDefault(); if (!options().length) window.htmx?.trigger(search, "open-options"); openList(true); select(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); openList(true); select(at < 0 ? options().length - 1 : at - 1); }
    else if (event.key === "Escape") openList(false);
    else if (event.key === "Enter") { event.preventDefault(); choose(); }
  });
  /* Enter pressed before the answer to what stands in the box came back takes effect when it comes: a quick hand must not
     choose the first line of an older list. */
  let waiting = false;
  let asked = search.value;
  let arrived = {};
  let answered = options().length ? search.value : null;
  search.addEventListener("htmx:beforeRequest", () => { asked = search.value; });
  search.addEventListener("input", () => { waiting = false; });
  function choose() {
    if (answered !== search.value) {
      waiting = true;
      const underWay = search.classList.contains("htmx-request") && asked === search.value;
      if (!underWay) window.htmx?.trigger(search, "open-options");
      return;
    }
    const item = options()[Math.max(at, 0)];
    if (item && !list.hidden) item.click();
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-typeahead]")) openList(false);
    if (event.target.closest("[data-change-procedure]")) { search.focus(); search.select(); }
  });

  /* 3. After htmx has put something in */
  document.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.target.id;
    if (id === "procedure-options") {
      arrived = { text: asked, xhr: event.detail.xhr };
      openList(document.activeElement === search);
      select(options().length ? 0 : -1);
      $("#procedure-count").textContent = options().length ? `${options().length} thủ tục` : "Không có thủ tục nào khớp";
    }
    if (id === "sheet") {
      openList(false);
      search.value = "";
      countMissing();
      refresh(0);
      if (!event.detail.requestConfig?.elt?.matches?.("[name=case-choice]")) firstEmpty()?.focus();
    }
    if (id === "applicant" || id === "submitter") { refresh(0); $("#card").value = ""; firstEmpty(id)?.focus(); }
  });
  /* An answer that comes late may take the focus away once more: whoever typed on goes on in the person's fields. */
  document.addEventListener("htmx:afterSettle", (event) => {
    /* Until a list has settled its lines are plain links: a choice would load the whole page and lose the keyboard. */
    if (event.detail.target?.id === "procedure-options" && event.detail.xhr === arrived.xhr) {
      answered = arrived.text;
      if (waiting) { waiting = false; choose(); }
    }
    const lost = document.activeElement === document.body || document.activeElement === search;
    if (event.detail.target?.id === "sheet" && lost) firstEmpty()?.focus();
  });
  function firstEmpty(role = "applicant") {
    const box = $(`#${role}`);
    const names = ["identity_number", "name", "phone"];
    const shown = names.map((name) => $(`[name="${role}-${name}"]`, box)).filter((field) => field && field.getClientRects().length);
    return shown.find((field) => !field.value) || $("[data-receive]");
  }

  /* 4. A card read by the scanner (see app.js) or from a photograph fills the person whose fields were last used */
  let role = "applicant";
  intake.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-person]");
    if (box) role = box.dataset.person;
    else if (event.target.id !== "card") role = "applicant";
  });
  const card = $("#card");
  /* What is inserted into a field is gathered: keys alone lose letters that come through an input method, and the field
     itself may cut the text short. Nobody types "|" by hand, so a slow machine may take its time. */
  const CARD = /[0-9A-Z]{9,12}\|[^|]*\|[^|]*\|[0-9]{0,8}\|[^|]*\|[^|]*\|.*$/;
  let typed = { text: "", at: 0, field: null, value: "" };
  window.addEventListener("beforeinput", (event) => {
    const now = performance.now();
    if (now - typed.at > 2500 || typed.field !== event.target) typed = { text: "", at: now, field: event.target, value: event.target.value };
    typed.at = now;
    typed.text += event.data || "";
  }, true);
  window.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== "Tab") || typed.field !== event.target) return;
    const found = typed.text.match(CARD);
    if (!found) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    typed.field.value = typed.value + typed.text.slice(0, found.index);
    card.value = found[0];
    readCard(found[0]);
    typed = { text: "", at: 0, field: null, value: "" };
  }, true);
  card.addEventListener("scan", () => readCard(card.value));
  card.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); readCard(card.value); } });
  function readCard(text) {
    if (text.includes("|")) window.htmx.ajax("POST", card.dataset.url, { target: `#${role}`, swap: "innerHTML", values: { card: text, role } });
  }
  $("[data-photo]").addEventListener("change", async (event) => {
    const [photo] = event.target.files;
    if (!photo) return;
    const body = new FormData();
    body.append("photo", photo);
    body.append("role", role);
    body.append("csrfmiddlewaretoken", $("[name=csrfmiddlewaretoken]", intake).value);
    const answer = await fetch(event.target.dataset.photo, { method: "POST", body, headers: { "HX-Request": "true" } });
    const target = answer.ok ? $(`#${role}`) : $(`#${role}-hints`);
    window.htmx.swap(target, await answer.text(), { swapStyle: "innerHTML" });
    event.target.value = "";
    if (answer.ok) { refresh(0); firstEmpty(role)?.focus(); }
  });

  /* 5. Papers: arrows between lines, Space ticks; what is missing is counted aloud */
  const isMissing = (row) => row.hasAttribute("data-required") && !$("[name$=present]", row).checked;
  function countMissing() {
    const missing = $$("[data-paper]").filter((row) => isMissing(row) && !$("[name$=waiver]", row)?.value.trim()).length;
    const note = $("[data-missing-note]");
    note.hidden = !missing;
    $("[data-missing-count]").textContent = String(missing);
    $$("[data-paper]").forEach((row) => row.classList.toggle("paper-missing", isMissing(row)));
    if (missing) $("[data-slips]").open = true;
  }
  intake.addEventListener("change", (event) => { if (/-(present|waiver)$/.test(event.target.name)) countMissing(); });
  intake.addEventListener("input", (event) => {
    const row = event.target.closest(".paper-extra");
    if (row && event.target.name.endsWith("-name")) $("[name$=present]", row).checked = Boolean(event.target.value.trim());
  });
  intake.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const cell = event.target.closest("[data-paper]");
    if (!cell || event.target.type === "radio") return;
    const rows = $$("[data-paper]");
    const next = rows[rows.indexOf(cell) + (event.key === "ArrowDown" ? 1 : -1)];
    const part = event.target.name.replace(/^papers-\d+-/, "");
    const field = next && $(`[name$="-${part}"]`, next);
    if (field) { event.preventDefault(); field.focus(); field.select?.(); }
  });

  /* 6. Keys that work while typing */
  const firstShown = (box) => $$(`${box} input:not([type=radio])`).find((field) => field.getClientRects().length);
  const keys = {
    1: () => { search.focus(); search.select(); },
    2: () => firstShown("#applicant")?.focus(),
    3: () => $("#papers [name$=present]")?.focus(),
    d: () => $("[data-use-earlier]")?.click(),
    n: () => { const box = $("[name=has_submitter]"); box.click(); if (box.checked) firstShown("#submitter")?.focus(); },
    b: () => slip("[data-supplement]"),
    t: () => slip("[data-decline]"),
  };
  function slip(selector) {
    $("[data-slips]").open = true;
    const reason = $("[name=reason]", intake);
    if (selector === "[data-decline]" && !reason.value.trim()) reason.focus();
    else $(selector).click();
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); event.stopImmediatePropagation(); return $("[data-receive]").click(); }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const act = keys[event.code.replace(/^(Key|Digit)/, "").toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  }, true);
  /* Enter inside a field moves on like Tab: a scanner or a quick hand must not save half a dossier. */
  intake.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.ctrlKey || event.isComposing || !event.target.matches("input:not([type=checkbox]):not([type=radio])")) return;
    event.preventDefault();
    const fields = $$("input:not([type=hidden]), select, textarea, button", intake).filter((field) => field.getClientRects().length && field.tabIndex >= 0);
    fields[fields.indexOf(event.target) + 1]?.focus();
  });
  countMissing();
  addEventListener("load", () => {
    if ($("#id_offering")?.value) {
      refresh(0);
      if (document.activeElement === document.body) firstEmpty()?.focus();
    }
    else if (document.activeElement === search) window.htmx?.trigger(search, "open-options");
  });
})();

/* Hand-over desk: a scanned slip ticks its dossier. Return desk: a scanned card fills the receiver. */
(() => {
  "use strict";
  const tick = document.querySelector("[data-tick]");
  if (tick) {
    const said = document.querySelector("[data-tick-said]");
    let first = true;
    const find = (text) => [...document.querySelectorAll("[data-code]")].find((box) => box.dataset.code === text || (box.dataset.token && text.endsWith(box.dataset.token)));
    const mark = () => {
      const text = tick.value.trim();
      if (!text) return;
      const box = find(text);
      if (!box) { said.textContent = `Không có hồ sơ ${text} trong danh sách chờ bàn giao.`; tick.select(); return; }
      /* The first scan means that what is really in the pile counts, and not everything on the screen. */
      if (first) document.querySelectorAll("[data-code]").forEach((other) => { other.checked = false; });
      first = false;
      box.checked = true;
      box.closest("tr").scrollIntoView({ block: "nearest" });
      said.textContent = `Đã đánh dấu ${box.dataset.code}. Tổng cộng ${document.querySelectorAll("[data-code]:checked").length} hồ sơ.`;
      tick.value = "";
    };
    tick.addEventListener("scan", mark);
    tick.form.addEventListener("submit", (event) => { event.preventDefault(); mark(); });
  }
  const receiver = document.querySelector("[data-receiver-card]");
  if (receiver) {
    const fill = () => {
      const parts = receiver.value.split("|");
      if (parts.length < 6) return;
      document.querySelector("[name=receiver_name]").value = parts[2];
      document.querySelector("[name=receiver_identity]").value = parts[0];
      receiver.value = "";
      document.querySelector("[name=receiver_name]").focus();
    };
    receiver.addEventListener("scan", fill);
    receiver.addEventListener("change", fill);
    receiver.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); fill(); } });
  }
})();
