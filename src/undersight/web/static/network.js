// Very many accounts on a canvas: opens on groups, a click opens one; places come from the server.
"use strict";

(() => {
  const holder = document.querySelector(".network[data-map]");
  if (!holder) return;
  const words = holder.dataset;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const canvas = document.createElement("canvas");
  const told = document.createElement("p");
  const tools = document.createElement("p");
  const figure = holder.querySelector("figure");
  let map = null;
  let chosen = 0;
  const opened = new Map();
  const view = { x: 0, y: 0, scale: 1 };

  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", words.name);
  canvas.className = "network-canvas";
  told.setAttribute("role", "status");
  told.className = "quiet";
  tools.className = "actions";

  const tool = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = label;
    button.addEventListener("click", act);
    tools.append(button);
  };

  const toScreen = (x, y) => [(x - view.x) * view.scale, (y - view.y) * view.scale];

  function fit() {
    const right = Math.max(...map.clusters.map((one) => one.x + one.r), 1);
    const bottom = Math.max(...map.clusters.map((one) => one.y + one.r), 1);
    view.scale = Math.min(canvas.clientWidth / (right + 2), canvas.clientHeight / (bottom + 4));
    view.scale = Math.min(view.scale, 40);
    view.x = (right - canvas.clientWidth / view.scale) / 2;
    view.y = (bottom - canvas.clientHeight / view.scale) / 2;
    draw();
  }

  function look(place) {
    const one = map.clusters[place];
    view.scale = Math.min(canvas.clientWidth, canvas.clientHeight) / (2 * one.r + 4);
    view.x = one.x - canvas.clientWidth / view.scale / 2;
    view.y = one.y - canvas.clientHeight / view.scale / 2;
    draw();
  }

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    pen.strokeStyle = colour("--edge");
    for (const [a, b, n] of map.links) {
      pen.lineWidth = Math.min(1 + n / 5, 6);
      pen.beginPath();
      pen.moveTo(...toScreen(map.clusters[a].x, map.clusters[a].y));
      pen.lineTo(...toScreen(map.clusters[b].x, map.clusters[b].y));
      pen.stroke();
    }
    map.clusters.forEach((one, place) => drawGroup(pen, one, place));
  }

  function drawGroup(pen, one, place) {
    const [x, y] = toScreen(one.x, one.y);
    const radius = one.r * view.scale;
    const group = opened.get(place);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = group ? colour("--raised") : colour("--accent-soft");
    pen.fill();
    pen.lineWidth = place === chosen ? 3 : 1;
    pen.strokeStyle = place === chosen ? colour("--ink") : colour("--edge");
    pen.stroke();
    if (group) drawMembers(pen, group);
    pen.fillStyle = colour("--ink");
    pen.textAlign = "center";
    pen.font = "13px system-ui, sans-serif";
    const label = `${one.label}: ${one.n}`;
    if (group || radius < 30) pen.fillText(label, x, y - radius - 5);
    else pen.fillText(label, x, y + 4);
  }

  // Kinds differ in shape as well as in colour: squares are pages.
  function drawMembers(pen, group) {
    pen.strokeStyle = colour("--accent");
    pen.globalAlpha = group.ties.length > 2000 ? 0.12 : 0.4;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const [a, b] of group.ties) {
      pen.moveTo(...toScreen(group.nodes[a][0], group.nodes[a][1]));
      pen.lineTo(...toScreen(group.nodes[b][0], group.nodes[b][1]));
    }
    pen.stroke();
    pen.globalAlpha = 1;
    const size = Math.max(1.5, Math.min(7, view.scale * 0.28));
    for (const isPage of [false, true]) {
      pen.fillStyle = colour(isPage ? "--warn" : "--accent");
      pen.beginPath();
      for (const [nodeX, nodeY, kind] of group.nodes) {
        if ((kind === 1) !== isPage) continue;
        const [x, y] = toScreen(nodeX, nodeY);
        if (isPage) pen.rect(x - size, y - size, 2 * size, 2 * size);
        else { pen.moveTo(x + size, y); pen.arc(x, y, size, 0, 2 * Math.PI); }
      }
      pen.fill();
    }
  }

  const say = (place) => {
    const one = map.clusters[place];
    const group = opened.get(place);
    told.textContent = `${one.label}: ${one.n} ${words.accounts}`
      + (group ? `, ${group.ties.length} ${words.ties}. ` : ". ");
    const link = document.createElement("a");
    link.href = `/finding/${encodeURIComponent(one.finding)}`;
    link.textContent = words.open;
    told.append(link);
  };

  async function open(place) {
    chosen = place;
    if (!opened.has(place)) {
      const answer = await fetch(`${words.map}/${place}`, { credentials: "same-origin" });
      if (!answer.ok) return;
      opened.set(place, await answer.json());
    }
    say(place);
    look(place);
  }

  function under(event) {
    const box = canvas.getBoundingClientRect();
    const x = (event.clientX - box.left) / view.scale + view.x;
    const y = (event.clientY - box.top) / view.scale + view.y;
    return map.clusters.findIndex((one) => Math.hypot(one.x - x, one.y - y) <= one.r);
  }

  function zoom(factor) {
    const middleX = view.x + canvas.clientWidth / view.scale / 2;
    const middleY = view.y + canvas.clientHeight / view.scale / 2;
    view.scale *= factor;
    view.x = middleX - canvas.clientWidth / view.scale / 2;
    view.y = middleY - canvas.clientHeight / view.scale / 2;
    draw();
  }

  function picture() {
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "network.png";
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }

  let dragged = null;
  canvas.addEventListener("pointerdown", (event) => {
    dragged = { x: event.clientX, y: event.clientY, moved: 0 };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    view.x -= (event.clientX - dragged.x) / view.scale;
    view.y -= (event.clientY - dragged.y) / view.scale;
    dragged.moved += Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y);
    dragged.x = event.clientX;
    dragged.y = event.clientY;
    draw();
  });
  window.addEventListener("pointerup", (event) => {
    const was = dragged;
    dragged = null;
    if (was && was.moved < 4 && event.target === canvas) {
      const place = under(event);
      if (place >= 0) open(place);
    }
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + map.clusters.length) % map.clusters.length;
      say(chosen);
      draw();
    } else if (event.key === "Enter") open(chosen);
    else if (event.key === "Escape") { opened.clear(); fit(); }
    else if (event.key === "+") zoom(1.4);
    else if (event.key === "-") zoom(1 / 1.4);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  async function begin() {
    const answer = await fetch(words.map, { credentials: "same-origin" });
    if (!answer.ok) return;
    map = await answer.json();
    if (!map.clusters.length) return;
    figure.replaceWith(canvas);
    canvas.before(tools);
    canvas.after(told);
    tool(words.all, () => { opened.clear(); fit(); });
    tool(words.closer, () => zoom(1.4));
    tool(words.wider, () => zoom(1 / 1.4));
    tool(words.png, picture);
    for (const one of document.querySelectorAll(".without-script")) one.hidden = true;
    window.addEventListener("resize", fit);
    fit();
    if (map.clusters.length === 1) open(0);
  }
  begin();
})();
