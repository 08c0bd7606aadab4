/* The network without a library: choose a group, ask for stronger ties, follow one account. */
"use strict";
(() => {
  const figure = document.getElementById("ties");
  const controls = document.getElementById("network-controls");
  if (!figure || !controls) return;
  const svg = figure.querySelector("svg");
  const nodes = [...svg.querySelectorAll(".node")];
  const edges = [...svg.querySelectorAll(".edge")];
  const rings = [...svg.querySelectorAll(".group")];
  const choose = document.getElementById("group");
  const least = document.getElementById("least");
  const shown = document.getElementById("least-shown");
  const told = document.getElementById("told");
  const whole = svg.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let one = -1;
  let zoom = 1;

  const number = (element, name) => Number(element.getAttribute(`data-${name}`));

  function draw() {
    const group = choose.value === "" ? -1 : Number(choose.value);
    const floor = Number(least.value);
    const lit = new Set();
    let ties = 0;
    for (const edge of edges) {
      const a = number(edge, "a");
      const b = number(edge, "b");
      const ends = [number(nodes[a], "group"), number(nodes[b], "group")];
      const isOn = number(edge, "n") >= floor
        && (group < 0 || ends.includes(group))
        && (one < 0 || a === one || b === one);
      edge.classList.toggle("off", !isOn);
      if (isOn) { lit.add(a); lit.add(b); ties += 1; }
    }
    nodes.forEach((node, i) => {
      const isOn = one >= 0 ? i === one || lit.has(i) : group < 0 || number(node, "group") === group;
      node.classList.toggle("off", !isOn);
      node.classList.toggle("lit", i === one);
    });
    for (const ring of rings) ring.classList.toggle("off", group >= 0 && number(ring, "group") !== group);
    shown.textContent = String(floor);
    const name = one >= 0 ? `${nodes[one].querySelector("title").textContent}: ` : "";
    told.textContent = `${name}${ties} ${told.dataset.words}`;
  }

  function look(factor) {
    zoom = Math.min(8, Math.max(1, zoom * factor));
    let x = full.x + full.width / 2;
    let y = full.y + full.height / 2;
    if (choose.value !== "") {
      const ring = rings[Number(choose.value)].querySelector("circle");
      x = Number(ring.getAttribute("cx"));
      y = Number(ring.getAttribute("cy"));
    }
    const width = full.width / zoom;
    const height = full.height / zoom;
    const left = Math.min(Math.max(x - width / 2, full.x), full.x + full.width - width);
    const top = Math.min(Math.max(y - height / 2, full.y), full.y + full.height - height);
    svg.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
  }

  choose.addEventListener("change", () => { one = -1; draw(); look(1); });
  least.addEventListener("input", draw);
  document.getElementById("closer").addEventListener("click", () => look(1.5));
  document.getElementById("wider").addEventListener("click", () => look(1 / 1.5));
  document.getElementById("all").addEventListener("click", () => {
    choose.value = "";
    least.value = least.min;
    one = -1;
    zoom = 1;
    draw();
    look(1);
  });
  nodes.forEach((node, i) => node.addEventListener("click", () => {
    one = one === i ? -1 : i;
    draw();
  }));
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { one = -1; draw(); }
  });
  controls.hidden = false;
  draw();
})();
