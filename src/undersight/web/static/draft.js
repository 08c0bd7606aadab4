// Walking through a draft by keyboard: j k move, a accepts, r rejects, c changes, u undoes.
"use strict";

(() => {
  const board = () => document.getElementById("draft");
  const rows = () => [...document.querySelectorAll(".proposed > li")];
  const now = () => Number(board()?.dataset.now ?? 0);

  const look = (place) => {
    const all = rows();
    if (!all.length) return;
    const at = Math.max(0, Math.min(all.length - 1, place));
    board().dataset.now = String(at);
    document.querySelectorAll(".is-now").forEach((one) => one.classList.remove("is-now"));
    all.forEach((one) => one.removeAttribute("aria-current"));
    all[at].classList.add("is-now");
    all[at].setAttribute("aria-current", "true");
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
      case "j": case "ArrowDown": look(now() + 1); break;
      case "k": case "ArrowUp": look(now() - 1); break;
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
  document.addEventListener("htmx:after:swap", () => look(now()));
  document.addEventListener("DOMContentLoaded", () => look(now()));
})();
