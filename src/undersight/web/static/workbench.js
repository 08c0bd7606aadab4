// What a page does when scripts are on; everything works without it.
"use strict";

(() => {
  // A form keeps its token: htmx sends it with every request of its own.
  const csrf = document.querySelector('meta[name="csrf"]');
  document.addEventListener("htmx:config:request", (event) => {
    const headers = event.detail?.ctx?.request?.headers;
    if (headers && csrf) headers["X-CSRF-Token"] = csrf.content;
  });

  // A page that asks again by itself says when nobody answers.
  const unanswered = document.getElementById("unanswered");
  document.addEventListener("htmx:error", () => { if (unanswered) unanswered.hidden = false; });
  document.addEventListener("htmx:after:swap", () => { if (unanswered) unanswered.hidden = true; });

  const isTyping = (target) =>
    target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  const overlay = document.getElementById("keys");
  let waitsForPage = false;

  // What this page can do by one key: its own words tell.
  const hot = () => [...document.querySelectorAll("[data-hot]")].filter((one) => one.offsetParent && !one.disabled);
  const wordsOf = (one) => {
    const label = one.labels?.[0] ?? one;
    const copy = label.cloneNode(true);
    copy.querySelectorAll(".unseen, input, select, textarea").forEach((part) => part.remove());
    return copy.textContent.trim();
  };
  const tellKeys = () => {
    const rows = document.getElementById("keys-here");
    rows.querySelectorAll("[data-told]").forEach((row) => row.remove());
    for (const one of hot()) {
      const row = rows.insertRow();
      row.dataset.told = "";
      const key = document.createElement("kbd");
      key.textContent = one.dataset.hot;
      row.insertCell().append(key);
      row.insertCell().textContent = wordsOf(one);
    }
    document.getElementById("keys-own").hidden = !rows.rows.length;
  };

  // j and k go through the first list or table of links; a draft has its own.
  const walk = (step) => {
    const all = [...document.querySelectorAll("main [data-walk] a, main .list > li > a, main .counts > li > a, main tbody a")]
      .filter((one) => one.offsetParent);
    if (!all.length) return false;
    const at = all.indexOf(document.activeElement);
    all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step))].focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "?" && overlay) {
      event.preventDefault();
      tellKeys();
      overlay.open ? overlay.close() : overlay.showModal();
      return;
    }
    if (overlay?.open) return;
    if (event.key === "/") {
      const field = document.querySelector("[data-search]");
      if (field) { event.preventDefault(); field.focus(); }
      return;
    }
    if (waitsForPage) {
      waitsForPage = false;
      const link = document.querySelector(`.menu a[data-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "g") {
      waitsForPage = true;
      setTimeout(() => { waitsForPage = false; }, 1500);
      return;
    }
    if ((event.key === "j" || event.key === "k") && !document.getElementById("draft")) {
      if (walk(event.key === "j" ? 1 : -1)) event.preventDefault();
      return;
    }
    const found = hot().find((one) => one.dataset.hot === event.key);
    if (!found) return;
    event.preventDefault();
    if (isTyping(found)) found.focus();
    else found.click();
  });

  // On a narrow window the line of pages begins at the one that is open.
  const here = document.querySelector(".menu a[aria-current]");
  if (here) here.closest(".menu").scrollLeft = here.offsetLeft - 24;

  // What was typed and not sent is not lost by accident.
  let isChanged = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-ask-before-leaving]")) isChanged = true;
  });
  document.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

  // A form that is being filled in is kept, encrypted, until it is sent.
  const PAUSE_MS = 1200;
  for (const form of document.querySelectorAll("form[data-keep]")) {
    let timer = 0;
    let sending = null;
    const keep = async () => {
      const fields = new URLSearchParams([["form_id", form.dataset.keep]]);
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string" && name !== "csrf") fields.append(name, value);
      }
      sending = new AbortController();
      try {
        const answer = await fetch("/keep", {
          method: "POST", body: fields, signal: sending.signal,
          headers: { "X-CSRF-Token": csrf?.content ?? "" },
        });
        if (answer.status === 204) isChanged = false;
        document.getElementById("unkept").hidden = answer.status !== 401;
        if (unanswered) unanswered.hidden = true;
      } catch (error) {
        // The page asks before it is left, as without this.
        if (unanswered && error.name !== "AbortError") unanswered.hidden = false;
      }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, PAUSE_MS); });
    form.addEventListener("submit", () => { clearTimeout(timer); sending?.abort(); });
  }

  // All or none of the boxes of a form.
  for (const button of document.querySelectorAll("button[data-tick]")) {
    button.closest("[hidden]")?.removeAttribute("hidden");
    button.addEventListener("click", () => {
      const boxes = button.closest("fieldset").querySelectorAll("input[type=checkbox]");
      boxes.forEach((box) => { box.checked = button.dataset.tick === "all"; });
    });
  }
})();

// The days of an entry as a slider; without scripts the date beside it does the same.
(() => {
  const slide = document.getElementById("slide");
  const day = document.getElementById("as_of");
  if (!slide || !day) return;
  const days = slide.dataset.days.split(" ");
  const at = days.indexOf(day.value);
  if (at >= 0) slide.value = String(at);
  slide.hidden = false;
  document.querySelector('label[for="slide"]').hidden = false;
  slide.addEventListener("input", () => { day.value = days[Number(slide.value)]; });
  slide.addEventListener("change", () => { day.form.requestSubmit(); });
})();

// What takes long and must not be asked for twice: its buttons rest, and a line says so.
(() => {
  const rest = (form, is) => {
    form.querySelectorAll("button").forEach((one) => { one.disabled = is; });
    document.getElementById(form.dataset.once).hidden = !is;
  };
  const forms = document.querySelectorAll("form[data-once]");
  forms.forEach((form) => form.addEventListener("submit", () => setTimeout(rest, 0, form, true)));
  // Also when somebody comes back to this page.
  window.addEventListener("pageshow", () => forms.forEach((form) => rest(form, false)));
})();

// Opening a large casebook after an update takes long: the page that waits says why.
(() => {
  const told = document.getElementById("long-opening");
  if (!told) return;
  document.addEventListener("submit", () => { setTimeout(() => { told.hidden = false; }, 6000); });
})();

// Files may be dropped on their form; a window picked in a table goes to its field.
(() => {
  for (const form of document.querySelectorAll("form[data-drop]")) {
    const field = form.querySelector("input[type=file]");
    const isOver = (is) => (event) => { event.preventDefault(); form.classList.toggle("is-over", is); };
    form.addEventListener("dragover", isOver(true));
    form.addEventListener("dragleave", isOver(false));
    form.addEventListener("drop", (event) => {
      isOver(false)(event);
      if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    });
  }
  // How far a large file is sent; the answer, whatever it is, becomes the page.
  const LARGE = 2 * 1024 * 1024;
  const sending = document.getElementById("sending");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
    const size = files.reduce((sum, one) => sum + one.size, 0);
    if (event.defaultPrevented || !sending || form.enctype !== "multipart/form-data" || size < LARGE) return;
    event.preventDefault();
    const bar = sending.querySelector("progress");
    const tell = (percent) => { bar.value = percent; sending.querySelector("span").textContent = `${percent} %`; };
    const asked = new XMLHttpRequest();
    asked.upload.addEventListener("progress", (at) => { if (at.lengthComputable) tell(Math.floor((100 * at.loaded) / at.total)); });
    asked.addEventListener("load", () => {
      if (asked.responseURL !== form.action) { location.assign(asked.responseURL); return; }
      const page = new DOMParser().parseFromString(asked.responseText, "text/html");
      document.title = page.title;
      document.body.replaceWith(page.body);
      scrollTo(0, 0);
    });
    // Cut off while it was sent: as without scripts, the browser says what it can.
    asked.addEventListener("error", () => form.submit());
    const body = new FormData(form, event.submitter);
    form.append(sending);
    form.querySelectorAll("button").forEach((one) => { one.disabled = true; });
    tell(0);
    sending.hidden = false;
    sending.scrollIntoView({ block: "nearest" });
    asked.open("POST", form.action);
    asked.send(body);
  });
  for (const one of document.querySelectorAll("input[data-pick]")) {
    one.addEventListener("change", () => { document.getElementById(one.dataset.pick).value = one.value; });
  }
})();
