/**
 * What a lever would do, drawn over the page's chart at once.
 *
 * `lookThen` asks the server for a picture, shows it, and lets the lever be kept once it is on the
 * screen; when no picture comes in time the lever is kept without. `lookAt` only shows it, while a
 * hand still moves. On a phone the outcomes at its foot change with it. One question is on its way
 * at a time, and of those that wait only the newest is asked. The picture goes when the page has
 * drawn what was kept, or with `lookAway`.
 */

const LOOK_PATIENCE_MS = 400;  // so long may a lever wait to be kept
const LOOK_QUIET_MS = 100;
const LOOK_QUIET_TIMES = 3;
const LOOK_UNHEARD_MS = 3000;
const LOOK_LONGEST_MS = 60_000;

const looks = { waiting: null, isAsking: false, cover: null, bar: null, shown: "", timer: 0, turn: 0 };

/** Return where a component with these `data` asks for looks; null where there is no chart. */
function spotOf({ data, host }) {
  return data.look && { ...data.look, is_dark: host.dataset.theme === "dark" };
}

/**
 * Show what `message` to `part` would do. `spot` says where to ask and what to cover, and whether
 * the page `is_dark`; it is null where there is no chart to cover.
 */
function lookAt(spot, part, message, then = () => {}) {
  looks.waiting?.then();
  if (!spot) {
    looks.waiting = null;
    then();
    return;
  }
  clearTimeout(looks.timer);
  if (looks.cover?.isConnected && looks.shown === JSON.stringify([part, message])) {
    looks.waiting = null;
    then();
    return;
  }
  looks.waiting = { spot, part, message, then };
  if (!looks.isAsking) askForLooks();
}

/** Show what would be, then `send` it to be kept; the picture stays until the page shows it too. */
function lookThen(spot, part, message, send) {
  let isSent = false;
  const once = () => {
    if (!isSent) {
      isSent = true;
      off();
      send();
    }
    awaitPage();  // a picture may come after its patience
  };
  const off = soon(once, LOOK_PATIENCE_MS);
  lookAt(spot, part, message, once);
}

/** Take the picture away: nothing of it will be kept. */
function lookAway() {
  looks.turn += 1;
  looks.waiting = null;
  clearTimeout(looks.timer);
  if (looks.cover) {
    const { parentElement: place } = looks.cover;
    if (place) Object.assign(place.style, { position: "", minHeight: "" });
    looks.cover.remove();
  }
  looks.bar?.remove();
  Object.assign(looks, { cover: null, bar: null });
}

async function askForLooks() {
  looks.isAsking = true;
  while (looks.waiting) {
    const { spot, part, message, then } = looks.waiting;
    const { turn } = looks;
    looks.waiting = null;
    try {
      const place = document.querySelector(`.st-key-${spot.place}`);
      const answer = await askForLook(place, spot, part, message);
      if (answer && turn === looks.turn && place.isConnected) {
        looks.shown = JSON.stringify([part, message]);
        await showLook(place, answer);
      }
    } catch { /* without an answer the page itself will show what was set */ }
    then();
  }
  looks.isAsking = false;
}

async function askForLook(place, { address, metric, is_dark }, part, message) {
  const chart = place?.querySelector("[data-testid=stVegaLiteChart]");
  if (!chart) return null;
  const has_bar = barInSight() !== null;
  const asked = { part, message, metric, width: chart.clientWidth, is_dark, has_bar };
  const answer = await fetch(address, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked),
  });
  return answer.status === 200 ? answer.json() : null;
}

/** Return the outcomes at the foot of a phone, or null where there are none. */
function barInSight() {
  const bar = document.querySelector("dl.outcome-bar");
  return bar && getComputedStyle(bar).display !== "none" ? bar : null;
}

/** Lay other numbers over those of the bar, each a value and its note. */
function coverBar(numbers) {
  looks.bar?.remove();
  looks.bar = numbers.length > 0 ? barInSight()?.cloneNode(true) ?? null : null;
  looks.bar?.querySelectorAll("dd").forEach((shown, at) => {
    [...shown.children].forEach((part, place) => { part.textContent = numbers[at]?.[place] ?? ""; });
  });
  if (!looks.bar) return;
  looks.bar.setAttribute("aria-hidden", "true");
  document.body.append(looks.bar);
}

/** Draw a picture over the chart; return once it is on the screen. */
function showLook(place, { svg, words, ground, ink, bar }) {
  const chart = place.querySelector("[data-testid=stVegaLiteChart]");
  if (!chart) return null;
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (!looks.cover?.isConnected) {
    looks.cover = document.createElement("div");
    looks.cover.className = "fulcrum-look";
    looks.cover.setAttribute("aria-hidden", "true");
  }
  const { cover } = looks;
  const from = place.getBoundingClientRect(), at = chart.getBoundingClientRect();
  const line = document.createElement("div");
  line.textContent = words;
  Object.assign(line.style, { position: "absolute", inset: "0 0 auto", fontSize: "0.875rem", color: ink });
  Object.assign(drawn.style, {
    position: "absolute", left: 0, top: `${at.top - from.top}px`, width: `${at.width}px`,
    height: `${at.height}px`,
  });
  Object.assign(cover.style, { position: "absolute", inset: 0, zIndex: 1, background: ground });
  cover.replaceChildren(line, document.importNode(drawn, true));
  // The page draws under the picture meanwhile, and must not jump.
  Object.assign(place.style, { position: "relative", minHeight: `${from.height}px` });
  place.append(cover);
  coverBar(bar);
  return new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 0)));
}

/** Take the picture away when the server has drawn and the page has rested since. */
function awaitPage() {
  const began = performance.now();
  let quiet = 0, hasDrawn = false;
  const look = () => {
    const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
    const isQuiet = (state ?? "notRunning") === "notRunning";
    hasDrawn ||= !isQuiet;
    quiet = isQuiet ? quiet + 1 : 0;
    const longest = hasDrawn ? LOOK_LONGEST_MS : LOOK_UNHEARD_MS;
    const isOver = (hasDrawn && quiet >= LOOK_QUIET_TIMES) || performance.now() - began > longest;
    if (isOver) lookAway();
    else looks.timer = setTimeout(look, LOOK_QUIET_MS);
  };
  clearTimeout(looks.timer);
  looks.timer = setTimeout(look, LOOK_QUIET_MS);
}
