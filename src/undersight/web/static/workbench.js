// What a page does when scripts are on; everything works without it.
"use strict";

(() => {
  // A form keeps its token: htmx sends it with every request of its own.
  const csrf = document.querySelector('meta[name="csrf"]');
  document.addEventListener("htmx:config:request", (event) => {
    const headers = event.detail?.ctx?.request?.headers;
    if (headers && csrf) headers["X-CSRF-Token"] = csrf.content;
  });

  const isTyping = (target) =>
    target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  const overlay = document.getElementById("keys");
  let waitsForPage = false;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) return;
    if (event.key === "?" && overlay) {
      event.preventDefault();
      overlay.open ? overlay.close() : overlay.showModal();
      return;
    }
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
    if (event.key === "g") { waitsForPage = true; setTimeout(() => { waitsForPage = false; }, 1500); }
  });

  // What was typed and not sent is not lost by accident.
  let isChanged = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-ask-before-leaving]")) isChanged = true;
  });
  document.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
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
  for (const one of document.querySelectorAll("input[data-pick]")) {
    one.addEventListener("change", () => { document.getElementById(one.dataset.pick).value = one.value; });
  }
})();
