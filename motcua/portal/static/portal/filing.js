/* Filing works without this. With it a page saves itself while one types, and files go up in parts that survive a bad network. */
(() => {
  "use strict";
  const WAIT = 700; // milliseconds after the last change before a page saves itself
  const TRIES = [1000, 2000, 4000, 8000, 15000, 30000]; // pauses before a request is sent again
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const signedOut = (answer) => answer.type === "opaqueredirect" || answer.redirected;
  const words = (node, text) => { if (node) node.textContent = text; };

  /* 1. Autosave: one request at a time, the newest state last */
  const saved = document.querySelector("[data-saved]");
  const stale = document.querySelector("[data-stale]");
  for (const form of document.querySelectorAll("form[data-draft]")) {
    let timer = 0, busy = false, again = false, stopped = false, held = null;
    const revision = form.elements.revision;

    const send = async () => {
      if (busy) { again = true; return; }
      busy = true;
      again = false;
      const sent = new FormData(form);
      for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name);
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: sent, redirect: "manual" });
        if (signedOut(answer)) words(saved, form.dataset.signIn || "Phiên đăng nhập đã hết. Mở thẻ khác để đăng nhập lại; nội dung vẫn còn trên trang này.");
        else await told(answer);
      } catch {
        words(saved, "Mất kết nối: chưa lưu. Máy sẽ lưu khi có mạng lại.");
        timer = setTimeout(send, 5000);
      } finally {
        busy = false;
        if (held) { const by = held; held = null; form.requestSubmit(by); } else if (again && !stopped) send();
      }
    };

    const told = async (answer) => {
      const type = answer.headers.get("Content-Type") || "";
      if (!type.startsWith("application/json")) { words(saved, "Chưa lưu được. Bấm Tiếp tục để lưu."); return; }
      const found = await answer.json();
      if (answer.status === 429) { words(saved, found.message); timer = setTimeout(send, found.wait * 1000); return; }
      if (found.sent) { held = null; location.reload(); return; }
      if (found.stale) {
        // From here on the person decides: go on with this page (it then writes over), or take the other one.
        stopped = true;
        held = null;
        if (stale) { stale.hidden = false; stale.scrollIntoView({ block: "center" }); }
      }
      if (found.revision) revision.value = found.revision;
      words(saved, found.message);
    };

    const later = (event) => {
      if (stopped || (event.target && event.target.type === "file")) return;
      clearTimeout(timer);
      timer = setTimeout(send, WAIT);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", (event) => {
      stopped = true;
      clearTimeout(timer);
      if (!busy || !event.submitter) return;
      // What is on its way brings the next revision; sent beside it, this page would pass for one of another device.
      event.preventDefault();
      held = event.submitter;
    });
    window.addEventListener("online", () => { if (!stopped && timer) send(); });
  }

  /* 2. Files in parts. What the server has is asked, never guessed; a part sent twice does no harm. */
  const hex = async (bytes) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");

  class Refused extends Error {}

  const ask = async (url, options, say) => {
    for (let turn = 0; ; turn += 1) {
      try {
        const answer = await fetch(url, { ...options, redirect: "manual" });
        if (signedOut(answer)) throw new Refused("Phiên đăng nhập đã hết. Đăng nhập lại rồi chọn lại tệp.");
        if (answer.status === 429 && turn < TRIES.length) {
          const told = await answer.json();
          say(told.message);
          await pause(told.wait * 1000);
          continue;
        }
        if (answer.status < 500) return answer;
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      if (turn >= TRIES.length) throw new Refused("Mạng đang bị ngắt. Khi có mạng, chọn lại đúng tệp này: máy gửi tiếp từ chỗ dừng.");
      say("Mất kết nối. Đang thử lại…");
      await pause(TRIES[turn]);
    }
  };

  const state = async (answer) => {
    const found = await answer.json();
    if (!answer.ok && answer.status !== 409) throw new Refused(found.message);
    return found;
  };

  const upload = async (form, file, say) => {
    const token = form.elements.csrfmiddlewaretoken.value;
    const head = { "X-CSRFToken": token };
    say("Đang chuẩn bị…");
    const begin = new FormData();
    begin.set("slot", form.dataset.slot);
    begin.set("name", file.name);
    begin.set("size", file.size);
    begin.set("sha256", await hex(await file.arrayBuffer()));
    let at = await state(await ask(form.dataset.upload, { method: "POST", body: begin, headers: head }, say));
    const own = `${form.dataset.upload}${at.id}/`;
    const size = at.part;
    while (at.state !== "stored" && at.offset < file.size) {
      const part = await file.slice(at.offset, at.offset + size).arrayBuffer();
      const headers = { ...head, "Content-Type": "application/octet-stream", "Upload-Offset": at.offset, "Upload-Sha256": await hex(part) };
      const before = at.offset;
      at = await state(await ask(own, { method: "PUT", body: part, headers }, say));
      if (at.offset === before) at = await state(await ask(own, {}, say));
      say(`Đã gửi ${Math.round((at.offset / file.size) * 100)} %`);
    }
    if (at.state !== "stored") await state(await ask(`${own}xong/`, { method: "POST", headers: head }, say));
  };

  for (const form of document.querySelectorAll("form[data-upload]")) {
    const progress = form.querySelector("[data-progress]");
    const say = (text) => words(progress, text);
    const inputs = [...form.querySelectorAll("input[type=file]")];
    const go = async () => {
      const files = inputs.flatMap((input) => [...input.files]);
      if (!files.length) { say("Chưa chọn tệp."); return; }
      inputs.forEach((input) => { input.disabled = true; });
      try {
        for (const file of files) await upload(form, file, say);
        say("Đã gửi xong.");
        inputs.forEach((input) => { input.value = ""; }); // a browser that fills forms in again must not send twice
        location.hash = form.closest("section").id;
        location.reload();
      } catch (error) {
        say(error instanceof Refused ? error.message : "Không gửi được tệp. Chọn lại tệp và thử lại.");
        inputs.forEach((input) => { input.disabled = false; input.value = ""; });
      }
    };
    if (!(window.crypto && crypto.subtle)) continue; // without a secure connection the plain form sends the file whole
    form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); go(); });
    inputs.forEach((input) => input.addEventListener("change", go));
    if (inputs.some((input) => input.files.length)) go(); // chosen before this script had come
  }
})();
