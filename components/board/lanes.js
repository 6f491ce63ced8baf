// ---- how the lanes share the width ---------------------------------------------------------

const LANE_MIN_PX = 200;
const STRIP_PX = 44;
const LANE_GAP_PX = 12;
const TIGHT_GAP_PX = 8;
const TIGHT_LANE_PX = 236;  // narrower, and a chance has no room for words beside it
const FULL_LANE = 8;  // cards; with more in a lane, each lane scrolls by itself
const USUAL_PX = 1280;  // until the board is measured
const MANY_GOALS = 5;  // with more, what does not fit starts as a strip

/** Name the size class, give every lane its width, and let lanes scroll when they cannot fit. */
function fitWidth(board) {
  const width = board.width || USUAL_PX;
  board.host.dataset.size = width <= PHONE_PX ? "phone" : width <= MEDIUM_PX ? "medium" : "wide";
  const lanes = board.stage.querySelector(".lanes");
  if (!lanes) return;
  const strips = stripsNow(board);
  const columns = columnLanes(board);
  const isTight = strips.size > 0 || widthOfLanes(columns.length, 0, LANE_GAP_PX) > width;
  const gap = isTight ? TIGHT_GAP_PX : LANE_GAP_PX;
  const open = columns.length - strips.size;
  const share = (width - strips.size * STRIP_PX - gap * (columns.length - 1)) / Math.max(1, open);
  columns.forEach((lane) => dressLane(laneNode(board, lane.id), lane, strips.has(lane.id)));
  lanes.style.setProperty("--columns", columns.map((lane) => columnOf(strips.has(lane.id), open)).join(" "));
  lanes.style.setProperty("--gap", `${gap}px`);
  const isWide = !isPhone(board) && widthOfLanes(open, strips.size, gap) > width;
  lanes.classList.toggle("scrolls", isWide);
  lanes.classList.toggle("crowded", !isPhone(board) && isCrowded(columns, strips));
  lanes.classList.toggle("tight", !isPhone(board) && share < TIGHT_LANE_PX);
  fillBar(board, columns, strips, width);
  sayMore(board);
}

function columnLanes(board) {
  return board.data.lanes.filter((lane) => lane.kind !== "ideas");
}

function widthOfLanes(open, strips, gap) {
  return open * LANE_MIN_PX + strips * STRIP_PX + (open + strips - 1) * gap;
}

function columnOf(closed, open) {
  if (!closed) return `minmax(${LANE_MIN_PX}px, 1fr)`;
  return open ? `${STRIP_PX}px` : `minmax(${STRIP_PX}px, 120px)`;
}

function isCrowded(columns, strips) {
  return columns.some((lane) => lane.cards.length > FULL_LANE && !strips.has(lane.id));
}

/** The ids of the lanes that are strips: as the person chose, else as many as it takes. */
function stripsNow(board) {
  const chosen = board.collapsed ?? stripsThatFit(board, board.width || USUAL_PX);
  const here = columnLanes(board).map((lane) => lane.id);
  return new Set(here.filter((id) => chosen.has(id) && id !== board.peek));
}

/** Lanes open from the left while there is room, after the one without a goal if it has cards. */
function stripsThatFit(board, width) {
  const columns = columnLanes(board);
  if (columns.filter((lane) => lane.kind === "goal").length <= MANY_GOALS) return new Set();
  if (isPhone(board)) return new Set(columns.map((lane) => lane.id));
  const first = columns.filter((lane) => lane.kind === "unaligned" && lane.cards.length);
  const order = [...first, ...columns.filter((lane) => !first.includes(lane))];
  if (widthOfLanes(order.length, 0, LANE_GAP_PX) <= width) return new Set();
  const room = width - widthOfLanes(0, order.length, TIGHT_GAP_PX);
  const open = Math.max(1, Math.floor(room / (LANE_MIN_PX - STRIP_PX)));
  return new Set(order.slice(open).map((lane) => lane.id));
}

// ---- a lane as a strip ---------------------------------------------------------------------

/** The button is the whole strip while its lane is one. */
function collapseButton(lane) {
  return el("button", { class: "collapse", type: "button", "data-do": "lane", "data-focus": `lane:${lane.id}`,
    "aria-label": `Lane: ${lane.title}` }, icon("collapse"));
}

/** How many cards a strip hides. */
function laneCount(lane) {
  return el("p", { class: "held-cards" }, el("span", { class: "count" }, String(lane.cards.length)),
    el("span", { class: "unseen" }, lane.cards.length === 1 ? " tactic" : " tactics"));
}

function dressLane(node, lane, closed) {
  const button = node.querySelector(".collapse");
  node.classList.toggle("collapsed", closed);
  button.setAttribute("aria-expanded", String(!closed));
  button.title = closed ? stripWords(lane) : "Collapse lane";
  button.querySelector(".icon").textContent = closed ? ICON.open : ICON.collapse;
}

function stripWords(lane) {
  const numbers = [lane.chance, lane.verdict, lane.big, cardsInWords(lane)].filter(Boolean).join(", ");
  return `Open lane: ${lane.title}. ${numbers}`;
}

function cardsInWords(lane) {
  return lane.cards.length === 1 ? "1 tactic" : `${lane.cards.length} tactics`;
}

function isStrip(board, id) {
  return laneNode(board, id)?.classList.contains("collapsed") ?? false;
}

function toggleLane(board, id) {
  const lane = board.data.lanes.find((each) => each.id === id);
  const closes = !isStrip(board, id);
  choose(board, (chosen) => (closes ? chosen.add(id) : chosen.delete(id)));
  const button = laneNode(board, id).querySelector(".collapse");
  button.focus({ preventScroll: true });
  reveal(laneNode(board, id));
  say(board, `${lane.title} ${closes ? "collapsed" : "open"}, ${cardsInWords(lane)}.`);
}

function setLanes(board, areStrips) {
  const columns = columnLanes(board);
  choose(board, (chosen) => columns.forEach(({ id }) => (areStrips ? chosen.add(id) : chosen.delete(id))));
  say(board, `All ${columns.length} lanes ${areStrips ? "collapsed" : "open"}.`);
}

/** From the first choice on, every lane stays as it was left. */
function choose(board, change) {
  const chosen = new Set(stripsNow(board));
  change(chosen);
  board.collapsed = chosen;
  remember(board);
  slideWhile(board, () => fitWidth(board));
  setRoving(board);
}

/** While a card is held in a strip, by keys, the strip is open. */
function peekInto(board, id) {
  const was = board.peek;
  board.peek = null;
  const chosen = stripsNow(board);
  board.peek = chosen.has(id) ? id : null;
  if (board.peek !== was) fitWidth(board);
}

function keepOpen(board) {
  const id = board.peek;
  choose(board, (chosen) => chosen.delete(id));
  board.peek = null;
}

// ---- what a browser remembers of a plan ----------------------------------------------------

function memoryOf(board) {
  return board.data.plan ? `fulcrum.lanes.${board.data.plan}` : null;
}

/** Storage may be forbidden, or hold anything; then nothing was chosen. */
function recall(board) {
  const name = memoryOf(board);
  if (name === board.collapsedOf) return;
  board.collapsedOf = name;
  board.collapsed = null;
  try {
    const kept = JSON.parse(localStorage.getItem(name));
    if (Array.isArray(kept)) board.collapsed = new Set(kept.filter((id) => typeof id === "string"));
  } catch { /* the lanes share the width by themselves */ }
}

function remember(board) {
  const name = memoryOf(board);
  if (!name) return;
  try {
    localStorage.setItem(name, JSON.stringify([...board.collapsed]));
  } catch { /* it lasts as long as the page */ }
}

// ---- above the lanes, and at their edges ---------------------------------------------------

function laneBar() {
  const button = (act, glyph, words) => el("button", { class: "bar-button words", type: "button", "data-do": act,
    "data-focus": act }, icon(glyph), words);
  const arrow = (act, words) => el("button", { class: "bar-button arrow", type: "button", "data-do": act,
    "data-focus": act, "aria-label": words, title: words }, icon(act));
  return el("div", { class: "lane-bar", role: "group", "aria-label": "Lanes", hidden: true },
    el("span", { class: "lane-words" }),
    button("collapse-all", "collapse", "Collapse all"), button("open-all", "open", "Open all"),
    el("span", { class: "arrows" }, arrow("before", "Lanes to the left"), arrow("after", "Lanes to the right")));
}

function laneFrame(lanes) {
  return el("div", { class: "lanes-frame" }, el("div", { class: "lanes" }, ...lanes));
}

/** The bar is there while open lanes would not fit, so that no click on a lane moves the lanes. */
function fillBar(board, columns, strips, width) {
  const bar = board.stage.querySelector(".lane-bar");
  bar.hidden = isPhone(board) ? columns.length < 3 : widthOfLanes(columns.length, 0, LANE_GAP_PX) <= width;
  const words = strips.size ? `${columns.length} lanes, ${strips.size} collapsed` : `${columns.length} lanes`;
  bar.querySelector(".lane-words").textContent = words;
  disable(bar.querySelector("[data-do=collapse-all]"), strips.size === columns.length);
  disable(bar.querySelector("[data-do=open-all]"), strips.size === 0);
}

/** Unlike `disabled`, this keeps focus where it is. */
function disable(button, isOff) {
  if (isOff) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}

function onLanesScroll(board, event) {
  if (event.target.classList?.contains("lanes")) sayMore(board);
}

/** A shadow and an arrow on each side where there are more lanes. */
function sayMore(board) {
  const frame = board.stage.querySelector(".lanes-frame");
  const lanes = frame.firstChild;
  const scrolls = lanes.classList.contains("scrolls");
  const sides = {
    before: scrolls && lanes.scrollLeft > 1,
    after: scrolls && lanes.scrollLeft + lanes.clientWidth < lanes.scrollWidth - 1,
  };
  frame.dataset.more = Object.keys(sides).filter((side) => sides[side]).join(" ");
  board.stage.querySelector(".arrows").hidden = !scrolls;
  for (const side of ["before", "after"]) {
    disable(board.stage.querySelector(`.lane-bar [data-do=${side}]`), !sides[side]);
  }
}

/** Scroll the lanes sideways, and never the page, until a lane is on screen. */
function reveal(lane) {
  const lanes = lane.parentNode;
  const [view, at] = [lanes.getBoundingClientRect(), lane.getBoundingClientRect()];
  lanes.scrollLeft += Math.min(0, at.left - view.left) + Math.max(0, at.right - view.right);
}

/** Bring the next lanes into view, keeping the last one seen. */
function scrollLanes(board, step) {
  const lanes = board.stage.querySelector(".lanes");
  const left = step * Math.max(LANE_MIN_PX, lanes.clientWidth - LANE_MIN_PX);
  lanes.scrollBy({ left, behavior: isCalm() ? "auto" : "smooth" });
}

/** Arrow keys on a lane's button go to the next lane's. */
function laneKey(board, event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step || !event.target.classList.contains("collapse")) return false;
  const buttons = [...board.stage.querySelectorAll(".collapse")];
  buttons[buttons.indexOf(event.target) + step]?.focus();
  event.preventDefault();
  event.stopPropagation();
  return true;
}
