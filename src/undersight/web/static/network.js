// Very many accounts on a canvas: opens on groups, a click opens one; places come from the server.
"use strict";

(() => {
  const holder = document.querySelector(".network[data-map]");
  if (!holder) return;
  const words = holder.dataset;
  const canvas = document.createElement("canvas");
  const told = document.createElement("p");
  const tools = document.createElement("p");
  const figure = holder.querySelector("figure");
  const picture = document.createElement("canvas"); // the last whole drawing, to move at once
  const opened = new Map();
  const view = { x: 0, y: 0, scale: 1 };
  const MOST_SHAPES = 6000; // more marks than that are dots
  const MOST_LINES = 6000; // ties in one drawing: the strongest
  const SLOW_MS = 14; // a drawing that takes longer is moved first and drawn again afterwards
  const REST_MS = 140;
  const CHUNK = 100;
  let map = null;
  let chosen = 0;
  let marked = null;
  let drawn = null; // the view that `picture` shows, and how long it took
  let waiting = 0;
  let resting = 0;
  let nOpening = 0;

  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", words.name);
  canvas.className = "network-canvas";
  told.setAttribute("role", "status");
  told.className = "quiet";
  tools.className = "actions";

  function tool(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = label;
    button.addEventListener("click", act);
    tools.append(button);
  }

  let colours = {};
  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["edge", "raised", "accent", "accent-soft", "ink", "warn"]) {
      colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
  }

  // --- drawing ---------------------------------------------------------------------------------

  function draw() {
    if (!waiting) waiting = requestAnimationFrame(paint);
  }

  function paint() {
    waiting = 0;
    const pen = canvas.getContext("2d");
    const ratio = window.devicePixelRatio || 1;
    const isSlow = drawn && drawn.took > SLOW_MS && drawn.width === canvas.clientWidth;
    if (isSlow && !isSame(drawn, view)) {
      move(pen, ratio);
      clearTimeout(resting);
      resting = setTimeout(() => { drawn.took = 0; draw(); }, REST_MS);
      return;
    }
    const started = performance.now();
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (!width || !height) return; // not laid out: a window of no size, or a page that is left
    for (const one of [canvas, picture]) {
      if (one.width !== Math.round(width * ratio)) one.width = Math.round(width * ratio);
      if (one.height !== Math.round(height * ratio)) one.height = Math.round(height * ratio);
    }
    const within = picture.getContext("2d");
    within.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawAll(within, width, height);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(picture, 0, 0);
    drawn = { ...view, width, took: performance.now() - started };
    canvas.dataset.drawn = Math.round(drawn.took);
  }

  const isSame = (one, other) =>
    one.x === other.x && one.y === other.y && one.scale === other.scale;

  // The last drawing, pushed and stretched to where it belongs now.
  function move(pen, ratio) {
    const stretch = view.scale / drawn.scale;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = colours.raised;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(
      picture,
      (drawn.x - view.x) * view.scale * ratio,
      (drawn.y - view.y) * view.scale * ratio,
      picture.width * stretch,
      picture.height * stretch,
    );
  }

  function drawAll(pen, width, height) {
    pen.fillStyle = colours.raised;
    pen.fillRect(0, 0, width, height);
    const seen = [];
    map.clusters.forEach((one, place) => {
      const x = (one.x - view.x) * view.scale;
      const y = (one.y - view.y) * view.scale;
      const radius = one.r * view.scale;
      if (x + radius > 0 && y + radius > 0 && x - radius < width && y - radius < height) {
        seen.push({ one, place, x, y, radius });
      }
    });
    drawLinks(pen);
    drawDiscs(pen, seen.filter((at) => !opened.has(at.place)), "accent-soft");
    drawDiscs(pen, seen.filter((at) => opened.has(at.place)), "raised");
    const open = seen.filter((at) => opened.has(at.place)).map((at) => opened.get(at.place));
    if (open.length) drawMembers(pen, open, width, height);
    drawNames(pen, seen);
  }

  function drawLinks(pen) {
    pen.strokeStyle = colours.edge;
    for (const [a, b, n] of map.links) {
      pen.lineWidth = Math.min(1 + n / 5, 6);
      pen.beginPath();
      for (const one of [map.clusters[a], map.clusters[b]]) {
        pen.lineTo((one.x - view.x) * view.scale, (one.y - view.y) * view.scale);
      }
      pen.stroke();
    }
  }

  function drawDiscs(pen, some, fill) {
    pen.beginPath();
    for (const { x, y, radius } of some) {
      pen.moveTo(x + radius, y);
      pen.arc(x, y, radius, 0, 2 * Math.PI);
    }
    pen.fillStyle = colours[fill];
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = colours.edge;
    pen.stroke();
    for (const { x, y, radius, place } of some) {
      if (place !== chosen) continue;
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.lineWidth = 3;
      pen.strokeStyle = colours.ink;
      pen.stroke();
    }
  }

  function drawNames(pen, seen) {
    pen.fillStyle = colours.ink;
    pen.textAlign = "center";
    pen.font = "13px system-ui, sans-serif";
    for (const { one, place, x, y, radius } of seen) {
      const label = `${one.label}: ${one.n}`;
      const isWide = radius * 2 > label.length * 7;
      if (opened.has(place) && radius > 24) pen.fillText(label, x, y - radius - 5);
      else if (!opened.has(place) && isWide) pen.fillText(label, x, y + 4);
      else if (!opened.has(place) && radius > 14) pen.fillText(one.n, x, y + 4);
      else if (place === chosen) pen.fillText(label, x, y - radius - 5);
    }
  }

  function drawMembers(pen, groups, width, height) {
    const left = view.x * 100;
    const top = view.y * 100;
    const scale = view.scale / 100;
    const near = groups.map((group) => inSight(group, left, top, scale, width, height));
    const nSeen = near.reduce((sum, some) => sum + some.length, 0);
    drawTies(pen, groups, left, top, scale);
    const size = Math.max(0.8, Math.min(7, view.scale * 0.28));
    const isShaped = nSeen <= MOST_SHAPES && size >= 1.5;
    for (const isPage of [false, true]) {
      pen.fillStyle = isPage ? colours.warn : colours.accent;
      pen.beginPath();
      groups.forEach((group, at) => {
        for (const i of near[at]) {
          if ((group.kind[i] === 1) !== isPage) continue;
          const x = (group.x[i] - left) * scale;
          const y = (group.y[i] - top) * scale;
          // Kinds differ in shape as well as in colour: squares are pages.
          if (!isShaped) pen.fillRect(x - size, y - size, 2 * size, 2 * size);
          else if (isPage) pen.rect(x - size, y - size, 2 * size, 2 * size);
          else { pen.moveTo(x + size, y); pen.arc(x, y, size, 0, 2 * Math.PI); }
        }
      });
      if (isShaped) pen.fill();
    }
    if (view.scale > 24 && nSeen <= 150) nameMembers(pen, groups, near, left, top, scale, size);
    if (marked && opened.has(marked.place)) ring(pen, left, top, scale, size);
  }

  function inSight(group, left, top, scale, width, height) {
    const right = left + width / scale;
    const bottom = top + height / scale;
    const found = [];
    for (let i = 0; i < group.x.length; i += 1) {
      const x = group.x[i];
      const y = group.y[i];
      if (x > left - 100 && x < right + 100 && y > top - 100 && y < bottom + 100) found.push(i);
    }
    return found;
  }

  function drawTies(pen, groups, left, top, scale) {
    const nAll = groups.reduce((sum, group) => sum + group.ties.length / 3, 0);
    const share = Math.min(1, MOST_LINES / Math.max(nAll, 1));
    pen.strokeStyle = colours.accent;
    pen.globalAlpha = Math.max(0.05, Math.min(0.4, 400 / (share * nAll)));
    pen.lineWidth = 1;
    pen.beginPath();
    for (const group of groups) {
      const end = 3 * Math.ceil((share * group.ties.length) / 3);
      for (let i = 0; i < end; i += 3) {
        const a = group.ties[i];
        const b = group.ties[i + 1];
        if (marked && marked.group === group && a !== marked.i && b !== marked.i) continue;
        pen.moveTo((group.x[a] - left) * scale, (group.y[a] - top) * scale);
        pen.lineTo((group.x[b] - left) * scale, (group.y[b] - top) * scale);
      }
    }
    pen.stroke();
    pen.globalAlpha = 1;
  }

  function nameMembers(pen, groups, near, left, top, scale, size) {
    pen.fillStyle = colours.ink;
    pen.textAlign = "start";
    pen.font = "12px system-ui, sans-serif";
    groups.forEach((group, at) => {
      for (const i of near[at]) {
        const x = (group.x[i] - left) * scale + size + 3;
        pen.fillText(labelOf(group, i), x, (group.y[i] - top) * scale + 4);
      }
    });
  }

  function ring(pen, left, top, scale, size) {
    pen.beginPath();
    const x = (marked.group.x[marked.i] - left) * scale;
    const y = (marked.group.y[marked.i] - top) * scale;
    pen.arc(x, y, size + 3, 0, 2 * Math.PI);
    pen.lineWidth = 2;
    pen.strokeStyle = colours.ink;
    pen.stroke();
  }

  const labelOf = (group, i) => map.kinds[group.kind[i]].replace("{number}", group.number[i]);

  // --- what is said ----------------------------------------------------------------------------

  function say(place) {
    const one = map.clusters[place];
    const group = opened.get(place);
    let line = `${one.label}: ${one.n} ${words.accounts}`;
    if (group) {
      const nSent = group.ties.length / 3;
      const ties = nSent < group.n_ties ? `${nSent} / ${group.n_ties}` : `${nSent}`;
      line += `, ${ties} ${words.ties}`;
    }
    told.textContent = `${line}. `;
    const link = document.createElement("a");
    link.href = `/finding/${encodeURIComponent(one.finding)}`;
    link.textContent = words.open;
    told.append(link);
  }

  function sayOne(place, i) {
    const group = opened.get(place);
    let n = 0;
    for (let at = 0; at < group.ties.length; at += 3) {
      if (group.ties[at] === i || group.ties[at + 1] === i) n += 1;
    }
    told.textContent = `${labelOf(group, i)} · ${map.clusters[place].label}: ${n} ${words.ties}`;
  }

  // --- opening and looking ---------------------------------------------------------------------

  function bounds() {
    const right = Math.max(...map.clusters.map((one) => one.x + one.r), 1);
    const bottom = Math.max(...map.clusters.map((one) => one.y + one.r), 1);
    return { right, bottom };
  }

  function fit() {
    const { right, bottom } = bounds();
    view.scale = Math.min(canvas.clientWidth / (right + 2), canvas.clientHeight / (bottom + 4), 40);
    view.x = (right - canvas.clientWidth / view.scale) / 2;
    view.y = (bottom - canvas.clientHeight / view.scale) / 2;
    draw();
  }

  function look(place) {
    const one = map.clusters[place];
    view.scale = Math.min(canvas.clientWidth, canvas.clientHeight) / (2 * one.r + 2.5);
    view.x = one.x - canvas.clientWidth / view.scale / 2;
    view.y = one.y - canvas.clientHeight / view.scale / 2;
    draw();
  }

  function redraw() {
    drawn = null;
    canvas.dataset.opened = opened.size;
    draw();
  }

  const packed = (group) => ({
    ...group,
    x: Float64Array.from(group.x),
    y: Float64Array.from(group.y),
    kind: Uint8Array.from(group.kind),
    number: Uint32Array.from(group.number),
    ties: Uint32Array.from(group.ties),
  });

  async function ask(path) {
    const answer = await fetch(path, { credentials: "same-origin" });
    return answer.ok ? answer.json() : null;
  }

  async function open(place) {
    chosen = place;
    marked = null;
    if (!opened.has(place)) {
      const group = await ask(`${words.map}/${place}`);
      if (!group) return;
      opened.set(place, packed(group));
    }
    say(place);
    redraw();
    look(place);
  }

  async function openInSight() {
    const right = view.x + canvas.clientWidth / view.scale;
    const bottom = view.y + canvas.clientHeight / view.scale;
    const missing = map.clusters.flatMap((one, place) => {
      const isSeen = one.x + one.r > view.x && one.y + one.r > view.y
        && one.x - one.r < right && one.y - one.r < bottom;
      return isSeen && !opened.has(place) ? [place] : [];
    });
    nOpening = missing.length;
    canvas.dataset.opening = nOpening;
    while (nOpening > 0) {
      const first = missing[missing.length - nOpening];
      const groups = await ask(`${words.map}?first=${first}&n=${CHUNK}`);
      if (!groups || !groups.length) { nOpening = 0; break; }
      groups.forEach((group, at) => {
        if (!opened.has(first + at)) opened.set(first + at, packed(group));
      });
      nOpening = missing.filter((place) => place >= first + groups.length).length;
      redraw();
    }
    canvas.dataset.opening = nOpening;
    told.textContent = `${opened.size} / ${map.clusters.length}`;
  }

  function close() {
    opened.clear();
    marked = null;
    redraw();
    fit();
  }

  function under(event) {
    const box = canvas.getBoundingClientRect();
    const x = (event.clientX - box.left) / view.scale + view.x;
    const y = (event.clientY - box.top) / view.scale + view.y;
    const place = map.clusters.findIndex((one) => Math.hypot(one.x - x, one.y - y) <= one.r);
    return { place, x, y };
  }

  function press(event) {
    const { place, x, y } = under(event);
    if (place < 0) return;
    if (!opened.has(place)) { open(place); return; }
    const group = opened.get(place);
    let best = -1;
    let least = 12 / view.scale;
    for (let i = 0; i < group.x.length; i += 1) {
      const away = Math.hypot(group.x[i] / 100 - x, group.y[i] / 100 - y);
      if (away < least) { least = away; best = i; }
    }
    const isAgain = marked && marked.group === group && marked.i === best;
    marked = best < 0 || isAgain ? null : { place, group, i: best };
    chosen = place;
    if (marked) sayOne(place, best); else say(place);
    redraw();
  }

  function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    const scale = Math.min(Math.max(view.scale * factor, 0.05), 200);
    view.x += x / view.scale - x / scale;
    view.y += y / view.scale - y / scale;
    view.scale = scale;
    draw();
  }

  function save() {
    redraw();
    requestAnimationFrame(() => picture.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "network.png";
      link.click();
      URL.revokeObjectURL(link.href);
    }));
  }

  // --- hands -----------------------------------------------------------------------------------

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
    if (was && was.moved < 4 && event.target === canvas) press(event);
  });
  // The wheel scrolls the page until the picture was clicked into.
  canvas.addEventListener("wheel", (event) => {
    if (document.activeElement !== canvas && !event.ctrlKey) return;
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    zoom(2 ** (-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const push = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    if (step && event.shiftKey) {
      view.x += (push[event.key][0] * 60) / view.scale;
      view.y += (push[event.key][1] * 60) / view.scale;
      draw();
    } else if (step) {
      chosen = (chosen + step + map.clusters.length) % map.clusters.length;
      say(chosen);
      redraw();
    } else if (event.key === "Enter") open(chosen);
    else if (event.key === "Escape") close();
    else if (event.key === "+") zoom(1.4);
    else if (event.key === "-") zoom(1 / 1.4);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  async function begin() {
    map = await ask(words.map);
    if (!map || !map.clusters.length) return;
    readColours();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      readColours();
      redraw();
    });
    figure.replaceWith(canvas);
    canvas.before(tools);
    canvas.after(told);
    tool(words.all, close);
    tool(words.expand, openInSight);
    tool(words.closer, () => zoom(1.4));
    tool(words.wider, () => zoom(1 / 1.4));
    tool(words.png, save);
    for (const one of document.querySelectorAll(".without-script")) one.hidden = true;
    window.addEventListener("resize", () => { drawn = null; fit(); });
    fit();
    if (map.clusters.length === 1) open(0);
  }
  begin();
})();
