/* Một Cửa: small helps on top of pages that work without them. No inline code, no eval, no inline style. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fold = (text) => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
  const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) && !/^(checkbox|radio|button|submit)$/.test(element.type);
  const QUICK = 50; // milliseconds between two keys, on average: people are slower, scanners are not
  const PAUSE = 400; // milliseconds without a key that end a scan; a busy computer may swallow less
  const shown = (element) => Boolean(element && element.getClientRects().length);

  /* 1. Words that take the focus when they arrive: error summaries, refusals */
  function focusErrors(root) {
    const target = root.matches?.("[data-autofocus]") ? root : $("[data-autofocus]", root);
    if (target) target.focus();
  }

  function say(message, tone = "danger", stays = false) {
    const live = $("#live");
    if (!live) return;
    const box = document.createElement("div");
    box.className = `alert alert-${tone} notice`;
    box.textContent = message;
    live.replaceChildren(box);
    if (!stays) setTimeout(() => box.remove(), 9000);
  }

  /* 2. htmx: fragments of 422 are swapped (see htmx-config); errors of ours carry HX-Retarget and go among the
        messages; a whole page instead of a fragment means that the session ended; the rest is said aloud. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status >= 400 && xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
    if (xhr.status < 400 && /^\s*<!doctype html/i.test(xhr.responseText) && !event.detail.boosted) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.target || event.target));
  document.addEventListener("htmx:afterSettle", (event) => enhance(event.detail.elt || event.target));
  document.addEventListener("htmx:sendError", () => say("Mất kết nối đến máy chủ. Việc chưa được lưu; kiểm tra mạng rồi thử lại."));
  document.addEventListener("htmx:timeout", () => say("Máy chủ trả lời quá chậm. Tải lại trang để xem việc đã được lưu chưa."));
  document.addEventListener("htmx:responseError", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Retarget")) say("Hệ thống gặp lỗi. Dữ liệu đã lưu không bị mất; thử lại sau ít phút.");
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest("form[hx-post]");
    if (form !== event.target) return;
    if (form.dataset.sent) event.preventDefault();
    else hold(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.target.matches?.("form[data-sent]")) release(event.target); });
  window.addEventListener("offline", () => say("Máy này đang mất mạng. Việc chưa gửi sẽ không được lưu.", "warning", true));
  window.addEventListener("online", () => say("Đã có mạng trở lại.", "success"));

  /* 3. Forms: sent once; filters send themselves */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) return event.preventDefault();
    hold(form);
  });
  function hold(form) {
    form.dataset.sent = "1";
    $$("button:not([type=button])", form).forEach((button) => button.setAttribute("aria-busy", "true"));
    setTimeout(() => release(form), 8000);
  }
  function release(form) {
    delete form.dataset.sent;
    $$("button[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
  }
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach(release));
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form) form.requestSubmit();
  });
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-check-all]");
    if (!all) return;
    $$(`input[type=checkbox][name="${all.dataset.checkAll}"]`, all.closest("form, table")).forEach((box) => { box.checked = all.checked; });
  });

  document.addEventListener("change", (event) => {
    const choice = event.target.closest("select[data-fills]");
    const text = choice && choice.selectedOptions[0].dataset.text;
    if (!text) return;
    const field = choice.form.elements[choice.dataset.fills];
    field.value = field.value.trim() ? `${field.value.trim()}\n${text}` : text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  /* 4. Popovers made of <details>: one open at a time, Esc and a click outside close */
  document.addEventListener("click", (event) => {
    $$("details[data-popover][open]").forEach((details) => { if (!details.contains(event.target)) details.open = false; });
    if (event.target.closest("[data-open-palette]")) openPalette();
    if (event.target.closest("[data-open-help]")) openHelp();
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => say("Đã chép.", "success"));
    if (event.target.closest("[data-print]")) window.print();
  });

  /* 5. Rows: j and k move, Enter opens, x ticks */
  let at = -1;
  const rows = () => $$("[data-rows] tbody tr, ul[data-rows] > li, ol[data-rows] > li").filter(shown);
  function moveTo(index) {
    const list = rows();
    if (!list.length) return;
    at = Math.max(0, Math.min(index, list.length - 1));
    list.forEach((row, i) => row.classList.toggle("row-at", i === at));
    list[at].scrollIntoView({ block: "nearest" });
    const link = $("a[href]", list[at]);
    if (link) link.focus({ preventScroll: true });
  }
  function openRow() {
    const link = rows()[at] && $("a[href]", rows()[at]);
    if (link) link.click();
  }
  function tickRow() {
    const box = rows()[at] && $("input[type=checkbox]", rows()[at]);
    if (box) box.click();
  }

  /* 6. Keys. Elements name their own: data-shortcut="d" data-shortcut-label="Duyệt" */
  let waitingForGo = 0;
  const shortcuts = () => $$("[data-shortcut]").filter((element) => shown(element) && !element.disabled);
  const label = (element) => element.dataset.shortcutLabel || element.textContent.trim().replace(/\s+/g, " ");
  function use(element) {
    if (typing(element)) element.focus();
    else element.click();
  }
  const fixed = {
    "/": () => ($("[data-search]") || { focus() {} }).focus(),
    "?": openHelp,
    j: () => moveTo(at + 1),
    k: () => moveTo(at - 1),
    x: tickRow,
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); return openPalette(); }
    if (event.key === "Escape") $$("details[data-popover][open]").forEach((details) => { details.open = false; $("summary", details).focus(); });
    if (event.ctrlKey && event.key === "Enter") return sendForm(event);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || $("dialog[open]")) return;
    act(event);
  });
  function sendForm(event) {
    // The attribute: a form with a field named "method" hides its own.
    const form = event.target.closest?.("form");
    if (form?.getAttribute("method")?.toLowerCase() === "post") { event.preventDefault(); form.requestSubmit(); }
  }
  function act(event) {
    const { key } = event;
    const element = shortcuts().find((candidate) => candidate.dataset.shortcut === key);
    if (Date.now() < waitingForGo) later(event, () => { waitingForGo = 0; go(key); });
    else if (element) later(event, () => use(element));
    else if (key === "g") later(event, () => { waitingForGo = Date.now() + 1500; });
    else if (key === "Enter" && event.target === document.body) openRow();
    else if (key === "j" || key === "k") fixed[key]();
    else if (fixed[key]) later(event, fixed[key]);
  }
  function go(key) {
    const link = $$("[data-go]").find((candidate) => candidate.dataset.go === key);
    if (link) location.href = link.href;
  }
  /* A key acts a moment later, so that the letters of a scanned card are not taken for keys. */
  let pending = 0;
  function later(event, run) {
    event.preventDefault();
    clearTimeout(pending);
    pending = setTimeout(run, scanning(event) ? PAUSE : QUICK + 20);
  }

  /* 7. Help: the keys of this very page */
  function openHelp() {
    const dialog = $("#shortcuts");
    if (!dialog) return;
    const list = $("dl", dialog);
    list.replaceChildren();
    const add = (keys, words) => {
      const dt = document.createElement("dt");
      keys.forEach((key) => { const kbd = document.createElement("kbd"); kbd.textContent = key; dt.append(kbd, " "); });
      const dd = document.createElement("dd");
      dd.textContent = words;
      list.append(dt, dd);
    };
    shortcuts().forEach((element) => add([element.dataset.shortcut], label(element)));
    if ($("[data-search]")) add(["/"], "Tìm hồ sơ");
    if (rows().length) { add(["j", "k"], "Xuống, lên một dòng"); add(["Enter"], "Mở dòng đang chọn"); add(["x"], "Đánh dấu dòng đang chọn"); }
    add(["Ctrl", "K"], "Bảng lệnh");
    add(["Ctrl", "Enter"], "Gửi biểu mẫu đang nhập");
    $$("[data-go]").forEach((link) => add(["g", link.dataset.go], link.textContent.trim()));
    dialog.showModal();
  }

  /* 8. Command palette: acts of this page, then the menu, then a search */
  let commands = null;
  async function menuCommands() {
    const address = document.body.dataset.palette;
    if (!address) return [];
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).commands : [];
  }
  async function openPalette() {
    const dialog = $("#palette");
    if (!dialog || dialog.open) return;
    const here = shortcuts().map((element) => ({ label: label(element), group: "Trang này", run: () => use(element) }));
    $("#palette-input").value = "";
    dialog.showModal();
    commands = here;
    showCommands("");
    try { commands = here.concat(await menuCommands()); } catch { /* the page's own acts remain */ }
    showCommands($("#palette-input").value);
  }
  function showCommands(query) {
    const words = fold(query).split(" ").filter(Boolean);
    const hits = commands.filter((command) => { const text = fold(`${command.label} ${command.group} ${command.words || ""}`); return words.every((word) => text.includes(word)); }).slice(0, 12);
    const search = $("[data-search]");
    if (query.trim() && search) hits.push({ label: `Tìm hồ sơ “${query.trim()}”`, group: "Tìm", run: () => { search.value = query.trim(); search.form.requestSubmit(); } });
    const list = $("#palette-list");
    list.replaceChildren(...hits.map((command, index) => option(command, index)));
    select(0);
  }
  function option(command, index) {
    const item = document.createElement("li");
    item.id = `palette-${index}`;
    item.setAttribute("role", "option");
    const words = document.createElement("span");
    words.textContent = command.label;
    const where = document.createElement("span");
    where.className = "where";
    where.textContent = command.group;
    item.append(words, where);
    item.addEventListener("click", () => { $("#palette").close(); if (command.run) command.run(); else location.href = command.href; });
    return item;
  }
  function select(index) {
    const items = $$("#palette-list li");
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    const item = items[index];
    const input = $("#palette-input");
    if (item) { item.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", item.id); } else input.removeAttribute("aria-activedescendant");
  }
  function paletteKeys(event) {
    const items = $$("#palette-list li");
    const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); select((now + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length); }
    if (event.key === "Enter" && items[now]) { event.preventDefault(); items[now].click(); }
  }

  /* 9. Scanners type like a very quick person. A card ("|") or a dossier code goes where it belongs, whatever has the focus.
        <input data-scan-target="card"> takes CCCD QR text, <input data-scan-target="code"> takes codes; a form with
        data-scan-submit is sent. The first matching field of main wins over the one of the top bar. */
  const CODE = /^(https?:\/\/\S+|(\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(\.[0-9A-Z]+)*)-\d{6}-\d{4,6})$/i;
  let burst = "";
  let first = 0;
  let last = 0;
  let started = null;
  function scanning(event) { return burst.length > 3 && (event.timeStamp - first) / burst.length <= QUICK; }
  document.addEventListener("keydown", (event) => {
    const gap = event.timeStamp - last;
    last = event.timeStamp;
    if (gap > PAUSE || event.target !== started) { burst = ""; first = last; started = event.target; }
    else if (gap <= QUICK || scanning(event)) clearTimeout(pending);
    if (event.key === "Enter" || event.key === "Tab") {
      if (burst.length >= 12 && scanning(event) && deliver(burst, started)) { event.preventDefault(); event.stopImmediatePropagation(); }
      burst = "";
      last = 0;
    } else if (event.key.length === 1) burst += event.key;
  }, true);
  function deliver(text, from) {
    const kind = text.split("|").length >= 7 ? "card" : CODE.test(text) ? "code" : "";
    const target = kind && ($(`main [data-scan-target~="${kind}"]`) || $(`[data-scan-target~="${kind}"]`));
    if (!target) return false;
    if (from && from !== target && typing(from)) { from.value = from.value.replace(text, "").replace(text.slice(1), ""); from.dispatchEvent(new Event("input", { bubbles: true })); }
    target.value = text;
    target.focus();
    ["input", "change"].forEach((name) => target.dispatchEvent(new Event(name, { bubbles: true })));
    target.dispatchEvent(new CustomEvent("scan", { bubbles: true, detail: { kind, text } }));
    if (target.form && (target.form.hasAttribute("data-scan-submit") || target.hasAttribute("data-search"))) target.form.requestSubmit();
    return true;
  }

  /* 10. Start */
  function enhance(root) {
    $$("[data-autogrow]", root).forEach((area) => area.addEventListener("input", () => { area.rows = Math.min(14, area.value.split("\n").length + 2); }));
  }
  const menu = $("[data-menu]");
  const wide = matchMedia("(min-width: 62rem)");
  const fitMenu = () => { if (menu) menu.open = wide.matches; };
  wide.addEventListener("change", fitMenu);
  // Parts of a long page that a telephone shows folded; paper has all of them.
  const phone = matchMedia("(max-width: 40rem)");
  const fitParts = () => $$("details[data-fold]").forEach((part) => { part.open = !phone.matches; });
  let unfolded = [];
  phone.addEventListener("change", () => { if (!phone.matches) fitParts(); }); // what somebody has opened is not shut by turning the telephone
  addEventListener("beforeprint", () => { unfolded = $$("details[data-fold]:not([open])"); unfolded.forEach((part) => { part.open = true; }); });
  addEventListener("afterprint", () => unfolded.forEach((part) => { part.open = false; }));
  document.addEventListener("DOMContentLoaded", () => {
    fitMenu();
    fitParts();
    focusErrors(document);
    enhance(document);
    $("#palette-input")?.addEventListener("input", (event) => showCommands(event.target.value));
    $("#palette-input")?.addEventListener("keydown", paletteKeys);
  });
})();
