// Walking through a draft by keyboard: j k move, a accepts, r rejects, c changes, u undoes.
"use strict";

(() => {
  const board = () => document.getElementById("draft");
  const rows = () => [...document.querySelectorAll(".proposed > li")];
  const now = () => Number(board()?.dataset.now ?? 0);

  const look = (place, isMoved = false) => {
    const all = rows();
    if (!all.length) return;
    const at = Math.max(0, Math.min(all.length - 1, place));
    board().dataset.now = String(at);
    document.querySelectorAll(".is-now").forEach((one) => one.classList.remove("is-now"));
    all.forEach((one) => one.removeAttribute("aria-current"));
    all[at].classList.add("is-now");
    all[at].setAttribute("aria-current", "true");
    if (isMoved) all[at].focus({ preventScroll: true }); // Tab goes on from here, and it is read out
    all[at].scrollIntoView({ block: "nearest" });
    const marks = document.querySelectorAll(`mark[data-place="${at}"]`);
    marks.forEach((one) => one.classList.add("is-now"));
    marks[0]?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const row = rows()[now()];
    const press = (what) => row?.querySelector(`button[data-does="${what}"]`)?.click();
    switch (event.key) {
      case "j": case "ArrowDown": look(now() + 1, true); break;
      case "k": case "ArrowUp": look(now() - 1, true); break;
      case "a": press("a"); break;
      case "r": press("r"); break;
      case "u": document.querySelector('#draft button[data-does="u"]')?.click(); break;
      case "c": {
        const details = row?.querySelector('details[data-does="c"]');
        if (details) {
          details.open = true;
          details.querySelector("input:not([type=hidden]), select")?.focus();
        }
        break;
      }
      default: return;
    }
    event.preventDefault();
  });
  // Whoever decides by Tab and Enter goes on at the field that comes next, not at the top.
  let held = null;
  document.addEventListener("htmx:before:swap", () => {
    const one = document.activeElement?.closest("#draft") ? document.activeElement : null;
    held = one && { does: one.dataset.does, isInRow: Boolean(one.closest(".proposed")) };
  });
  document.addEventListener("htmx:after:swap", () => {
    look(now());
    if (!held) return;
    const row = rows()[now()];
    const same = held.does && (held.isInRow ? row : board())?.querySelector(`button[data-does="${held.does}"]`);
    (same || (held.isInRow ? row : document.querySelector('#draft [data-hot="s"]')) || board())?.focus();
    held = null;
  });
  document.addEventListener("DOMContentLoaded", () => look(now()));
})();
