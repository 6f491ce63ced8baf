/**
 * The Fulcrum board: goals as lanes, tactics as cards, the balance above them.
 *
 * The balance is drawn in beam.js, what shows before a drop in preview.js, how the lanes share the
 * width in lanes.js; motion is in motion.js, and keeping.js redraws what differs; the six files are
 * one script. It keeps no truth. It draws `data`, sends what the person did (`move`, `open`,
 * `goal`, `add`, `paste`, `archive`) and draws again from the answer. Every word from `data`
 * enters the page as text, never as HTML.
 */

const LONG_PRESS_MS = 300;
const MOUSE_SLOP_PX = 5;
const TOUCH_SLOP_PX = 8;
const EDGE_PX = 56;
const SCROLL_STEP_PX = 14;
const PHONE_PX = 760;
const MEDIUM_PX = 1120;
const ANSWER_MS = 10_000;
const SLOW_MS = 300;
const MAX_TILT = 6;

// Code points of Material Symbols Rounded, the icon font Streamlit bundles.
const ICON = {
  grip: "\ue945", more: "\ue5d4", add: "\ue145", toss: "\ueaf6", unlikely: "\ue8e3",
  likely: "\uf0be", gate: "\uf1c2", edit: "\uf097", down: "\ue5cf", ideas: "\ue90f",
  archive: "\ue149", arrowUp: "\ue5d8", paste: "\ue14f", arrowDown: "\ue5db", right: "\ue5c8",
  collapse: "\ue5d6", open: "\ue5d7", before: "\ue5cb", after: "\ue5cc",
};

const HELP = "Enter opens. Space lifts, arrow keys move, Space drops, Escape returns. "
  + "Delete parks. Shift and F10 opens the menu.";

const boards = new WeakMap();
let serial = 0;  // makes ids inside the board unique, whatever the data's own ids look like

/** Draw `data`; called by Streamlit on mount and on every change of data or theme. */
export default function fulcrumBoard({ data, parentElement, setTriggerValue }) {
  let board = boards.get(parentElement);
  if (!board) {
    board = createBoard();
    boards.set(parentElement, board);
    parentElement.appendChild(board.host);
    listen(board);
  }
  board.emit = setTriggerValue;
  readTheme(board);
  receive(board, data);
  // Streamlit may run the cleanup of an overtaken call, so leave only when really gone.
  return () => setTimeout(() => {
    if (board.host.isConnected) return;
    destroy(board);
    if (boards.get(parentElement) === board) boards.delete(parentElement);
  }, 0);
}

// ---- small DOM helpers ---------------------------------------------------------------------

/** Build an element; `attributes` go through setAttribute, children may be text or nodes. */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function icon(name) {
  return el("span", { class: "icon", "aria-hidden": "true" }, ICON[name]);
}

function percent(share) {
  return `${Math.min(1, Math.max(0, Number(share) || 0)) * 100}%`;
}

function within(rect, x, y) {
  return x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom;
}

// ---- life of a board -----------------------------------------------------------------------

function createBoard() {
  const stage = el("div", { class: "stage" });
  const layer = el("div", { class: "layer" });
  const live = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
  const help = el("div", { class: "unseen", id: "board-help" }, HELP);
  const probe = el("span", { class: "probe", "aria-hidden": "true" });
  return {
    host: el("div", { class: "board" }, stage, layer, live, help, probe),
    stage, layer, live, probe,
    data: null,            // what is drawn
    waiting: null,         // data that came while something was lifted
    moves: [],             // moves sent or queued; the first is with the server
    timer: 0,
    slow: 0,
    roving: new Map(),     // lane id -> card id that Tab reaches
    bars: new Map(),       // lane id -> the bar drawn last, to move from
    chances: new Map(),
    tilt: null,
    beam: null,            // the balance on the screen, and its squares by group
    squares: null,
    beamMade: "",          // what the balance was made from
    cards: new Map(),      // card id -> its node and what it was made from
    known: new Map(),      // the same of the drawing before
    order: new Map(),      // lane id -> the nodes of its cards
    preview: noPreview(),
    width: 0,
    ideasOpen: null,
    collapsed: null,       // ids of the lanes a person wants as strips; null before any choice
    collapsedOf: null,     // the plan that choice was read for
    peek: null,            // the lane that is open only while a card is held in it
    announced: null,
    drag: null, lift: null, menu: null,
    drawing: false,
    emit: () => {},
    ended: new AbortController(),
    observer: null,
  };
}

function listen(board) {
  const { host, stage } = board;
  const options = { signal: board.ended.signal };
  stage.addEventListener("click", (event) => onClick(board, event), options);
  stage.addEventListener("keydown", (event) => onKeyDown(board, event), options);
  stage.addEventListener("keyup", onKeyUp, options);
  stage.addEventListener("pointerdown", (event) => startPress(board, event), options);
  // Listened for from the start: a browser may ignore such a listener added during a touch.
  stage.addEventListener("touchmove", (touch) => board.drag?.lifted && touch.preventDefault(),
    { ...options, passive: false });
  stage.addEventListener("scroll", (event) => onLanesScroll(board, event),
    { ...options, passive: true, capture: true });
  stage.addEventListener("focusin", (event) => onFocusIn(board, event), options);
  stage.addEventListener("focusout", (event) => onFocusOut(board, event), options);
  board.observer = new ResizeObserver(() => onResize(board));
  board.observer.observe(host);
}

function destroy(board) {
  board.drag?.stop.abort();
  cancelAnimationFrame(board.drag?.frame ?? 0);
  closeMenu(board, { focus: false });
  clearTimeout(board.timer);
  clearTimeout(board.slow);
  board.preview.stop.abort();
  board.observer?.disconnect();
  board.ended.abort();
  board.host.remove();
}

/** Take data from the server: draw now, or after whatever is in the person's hand. */
function receive(board, data) {
  if (!data || data === board.data || data === board.waiting) return;
  if (board.drag?.lifted || board.lift) {
    board.waiting = data;
    return;
  }
  accept(board, data);
}

/** The server answered: the move it had is settled, the next one in the queue may go. */
function accept(board, data) {
  const first = board.data === null;
  board.data = data;
  board.waiting = null;
  board.moves.shift();
  clearTimeout(board.timer);
  askPreview(board);
  recall(board);
  draw(board);
  if (board.moves.length) send(board);
  else rest(board);
  if (first) board.announced = data.announce?.id ?? null;
  else announceFromServer(board);
}

function announceFromServer(board) {
  const { announce } = board.data;
  if (!announce || announce.id === board.announced) return;
  board.announced = announce.id;
  say(board, announce.text);
}

/** Speak in the one polite region; a trailing space makes a repeated sentence heard again. */
function say(board, text) {
  board.live.textContent = board.live.textContent === text ? `${text}\u00a0` : text;
}

/** Dark or light is read from the page's own background, never guessed. */
function readTheme(board) {
  const numbers = getComputedStyle(board.probe).color.match(/[\d.]+/g)?.slice(0, 3).map(Number);
  const [red, green, blue] = (numbers ?? [255, 255, 255]).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  board.host.dataset.theme = luminance < 0.2 ? "dark" : "light";
}

function onResize(board) {
  const width = board.host.clientWidth;
  if (!width || width === board.width || !board.data) return;
  board.width = width;
  fitWidth(board);
  drawBeam(board, board.beam);
  if (board.menu) placeMenu(board);
}

function isPhone(board) {
  return board.host.dataset.size === "phone";
}

// ---- drawing -------------------------------------------------------------------------------

/** Draw everything from data, then put back focus, scroll, menu and motion. */
function draw(board) {
  endPreview(board, { keep: true });
  const focus = rememberFocus(board);
  const before = cardRects(board);
  const lanes = board.stage.querySelector(".lanes");
  const scroll = lanes ? { left: lanes.scrollLeft, top: lanes.scrollTop } : null;
  const lists = new Map(laneNodes(board).map((lane) => [lane.dataset.lane, listOf(lane)?.scrollTop]));
  board.drawing = true;
  becomeAll(board.stage, stageParts(board));
  for (const lane of laneNodes(board)) arrange(listOf(lane), board.order.get(lane.dataset.lane));
  board.drawing = false;
  board.width = board.host.clientWidth;
  fitWidth(board);
  drawBeam(board, board.data.strip?.beam);
  board.moves.forEach((move) => showMove(board, move));
  if (scroll) Object.assign(board.stage.querySelector(".lanes"),
    { scrollLeft: scroll.left, scrollTop: scroll.top });
  for (const lane of laneNodes(board)) listOf(lane).scrollTop = lists.get(lane.dataset.lane) ?? 0;
  setRoving(board);
  restoreFocus(board, focus);
  slideCards(board, before);
  moveNumbers(board);
  refreshMenu(board);
}

function stageParts(board) {
  const { data } = board;
  board.known = board.cards;
  board.cards = new Map();
  board.order = new Map();
  const columns = data.lanes.filter((lane) => lane.kind !== "ideas");
  const ideas = data.lanes.find((lane) => lane.kind === "ideas");
  return [
    data.strip ? stripPart(data.strip) : null,
    laneBar(),
    laneFrame(columns.map((lane, index) => lanePart(board, lane, index))),
    ideas ? ideasPart(board, ideas) : null,
  ].filter(Boolean);
}

function stripPart(strip) {
  return el("div", { class: "strip" },
    strip.beam ? el("div", { class: "beam" }) : null,
    el("dl", { class: "facts" }, ...(strip.facts ?? []).map(factPart)));
}

function factPart(fact) {
  return el("div", { class: "fact" },
    el("dt", {}, fact.label),
    el("dd", { class: "value settles" }, fact.value,
      fact.unit ? el("small", {}, ` ${fact.unit}`) : null),
    fact.note ? el("dd", { class: "fact-note" }, fact.note) : null);
}

function lanePart(board, lane, index) {
  const nameId = `lane-${index}`;
  const node = el("section", { class: `lane ${lane.kind}`, "data-lane": lane.id, "aria-labelledby": nameId },
    lane.kind === "goal" ? goalHead(lane, nameId) : unalignedHead(lane, nameId),
    cardList(board, lane),
    el("p", { class: "empty" }, lane.empty ?? "No tactics yet."),
    el("div", { class: "adds" }, addButton(lane), lane.kind === "unaligned" ? pasteButton() : null));
  dressLane(node, lane, stripsNow(board).has(lane.id));
  return node;
}

function pasteButton() {
  return el("button", { class: "add", type: "button", "data-do": "paste", "data-focus": "paste" },
    icon("paste"), "Paste tactics");
}

/** The list of a lane, and beside it the cards that `arrange` puts there. */
function cardList(board, lane) {
  board.order.set(lane.id, lane.cards.map((card) => cardFor(board, card, lane.kind)));
  return el("ul", { class: "cards" });
}

/** Take the card that is there already, if it would be drawn the same. */
function cardFor(board, card, kind) {
  const made = `${JSON.stringify(card)} ${kind === "ideas"} ${Boolean(board.data.preview)}`;
  const known = board.known.get(card.id);
  const node = known?.made === made ? known.node : cardPart(board, card, kind);
  if (known?.node === node) node.classList.remove("saving", "origin", "held");
  board.cards.set(card.id, { node, made });
  return node;
}

function addButton(lane) {
  return el("button", { class: "add", type: "button", "data-do": "add", "data-focus": `add:${lane.id}`,
    "aria-label": `Add tactic: ${lane.title}` }, icon("add"), "Add tactic");
}

function goalHead(lane, nameId) {
  return el("header", { class: "head" },
    el("div", { class: "name" },
      el("h2", { id: nameId }, lane.title),
      lane.initials
        ? el("span", { class: "avatar", role: "img", title: lane.owner, "aria-label": `Owner ${lane.owner}` },
          lane.initials)
        : null),
    el("div", { class: "about" },
      el("span", { class: "subtitle", title: lane.subtitle }, lane.subtitle ?? ""),
      el("button", { class: "edit", type: "button", "data-do": "goal", "data-focus": `goal:${lane.id}`,
        "aria-label": `Edit goal: ${lane.title}`, title: "Edit goal" }, icon("edit")),
      collapseButton(lane)),
    chanceRow(lane),
    lane.bar ? barPart(lane.bar) : null,
    lane.note ? el("p", { class: "note" }, lane.note) : null,
    laneCount(lane));
}

function chanceRow(lane) {
  if (!lane.chance && !lane.verdict) return null;
  const words = lane.change_words
    ? twoLines("chance,", el("b", {}, lane.change_words))
    : twoLines("chance of", "hitting it");
  return el("div", { class: "chance" },
    lane.chance
      ? el("strong", { class: lane.chance.length > 4 ? "settles long" : "settles" }, lane.chance)
      : null,
    lane.chance ? el("span", { class: "words" }, ...words) : null,
    lane.verdict ? chip(lane.verdict, lane.tone) : null);
}

/** Words that stand in two lines, or in one where the lane has no room beside the number. */
function twoLines(first, second) {
  return [`${first} `, el("br"), second];
}

function chip(words, tone) {
  const known = ["likely", "toss", "unlikely"].includes(tone);
  return el("span", { class: `chip ${known ? tone : "none"}` }, known ? icon(tone) : null,
    el("span", { class: "verdict" }, words));
}

/** Today's dot, the 80% band, the middle and the target on one track; right is better. */
function barPart(bar) {
  const side = bar.target < 0.16 ? "start" : bar.target > 0.84 ? "end" : "middle";
  const track = el("div", { class: "track" },
    el("i", { class: "band" }), el("i", { class: "today" }), el("i", { class: "mid" }),
    el("i", { class: "target" }, el("b", {}), el("span", { class: `label ${side}` }, bar.target_text ?? "")));
  placeBar(track, bar);
  return el("div", { class: "bar", role: "img", "aria-label": bar.sentence },
    track,
    el("div", { class: "ends" },
      el("span", {}, bar.today_text ?? ""),
      el("span", { class: "range" }, el("b", {}, bar.range_text ?? ""), bar.range_note ? ` ${bar.range_note}` : "")));
}

function placeBar(track, bar) {
  const put = (name, styles) => Object.assign(track.querySelector(name).style, styles);
  put(".band", bandStyle(bar));
  put(".today", { left: percent(bar.today) });
  put(".mid", { left: percent(bar.middle) });
  put(".target", { left: percent(bar.target) });
}

function bandStyle(bar) {
  return { left: percent(bar.low), width: percent(bar.high - bar.low) };
}

function unalignedHead(lane, nameId) {
  return el("header", { class: "head" },
    el("div", { class: "name" }, el("h2", { id: nameId }, lane.title)),
    el("div", { class: "about" }, el("span", { class: "subtitle" }, lane.subtitle ?? ""), collapseButton(lane)),
    lane.big
      ? el("div", { class: "chance" }, el("strong", { class: "settles" }, lane.big),
        el("span", { class: "words" }, lane.big_note ?? ""))
      : null,
    lane.text ? el("p", { class: "note" }, lane.text) : null,
    laneCount(lane));
}

function ideasPart(board, lane) {
  board.ideasOpen ??= !lane.collapsed;
  const count = lane.cards.length;
  return el("section", { class: "lane ideas", "data-lane": lane.id, "aria-labelledby": "lane-ideas" },
    el("header", { class: "head" },
      el("h2", {},
        el("button", { class: "toggle", type: "button", "data-do": "toggle", "data-focus": "toggle",
          "aria-expanded": String(board.ideasOpen), "aria-controls": "ideas-body" },
          icon("down"), el("span", { id: "lane-ideas" }, lane.title), el("span", { class: "count" }, String(count)))),
      el("span", { class: "subtitle" }, lane.subtitle ?? "")),
    el("div", { class: "body", id: "ideas-body", hidden: !board.ideasOpen },
      cardList(board, lane),
      el("p", { class: "empty" }, lane.empty ?? "Nothing parked."),
      addButton(lane)));
}

function openIdeas(board, open) {
  board.ideasOpen = open;
  const tray = board.stage.querySelector(".lane.ideas");
  tray?.querySelector(".toggle").setAttribute("aria-expanded", String(open));
  tray?.querySelector(".body").toggleAttribute("hidden", !open);
}

/** One card: a button that opens it, and a second one for its menu. */
function cardPart(board, card, kind) {
  const facts = `facts-${(serial += 1)}`;
  const owner = card.owner ? el("span", { class: "unseen" }, `Owner ${card.owner}. `) : null;
  return el("li", { class: `card${card.dimmed ? " dimmed" : ""}`, "data-card": card.id },
    el("button", { class: "face", type: "button", "data-do": "open", "data-focus": `card:${card.id}`,
      tabindex: "-1", "aria-label": card.title, "aria-describedby": `${facts} board-help`,
      title: card.owner ? `${card.title}. Owner ${card.owner}` : card.title },
    el("span", { class: "grip" }, icon("grip")),
    el("span", { class: "title" }, card.title),
    el("span", { class: "details", id: facts }, owner, ...detailRows(board, card, kind))),
    el("button", { class: "more", type: "button", "data-do": "menu", "data-focus": `menu:${card.id}`,
      tabindex: "-1", "aria-haspopup": "menu", "aria-expanded": "false",
      "aria-label": `Move or edit: ${card.title}` }, icon("more")));
}

/** Effect (or start month) beside cost and days; then what is still missing. */
function detailRows(board, card, kind) {
  // Who owns it is told in words beside the title; here stand the letters.
  const who = card.initials ? el("b", { class: "who", "aria-hidden": "true" }, card.initials) : null;
  const when = card.when ? el("span", { class: "when" }, who, card.when) : null;
  const facts = card.facts ? el("span", { class: "sums" }, card.facts) : null;
  const gate = card.gate ? el("span", { class: "gate" }, icon("gate"), card.gate) : null;
  const status = card.status ? el("span", { class: "status" }, card.status) : null;
  const also = card.also ? el("span", { class: "also" }, card.also) : null;
  const effect = effectSlot(board, card, kind);
  const badge = card.badge ? el("span", { class: "badge" }, card.badge) : null;
  return [row(effect ?? when, facts), row(gate ?? status, effect ? when : null), row(also, null),
    row(badge, null)].filter(Boolean);
}

function row(left, right) {
  return left || right ? el("span", { class: "row" }, left, right) : null;
}

/** What the card adds: from the data, or from the preview that is still on its way. */
function effectSlot(board, card, kind) {
  if (card.effect || !board.data.preview) return effectPart(card.effect);
  return kind === "ideas" ? null : effectOf(board, card.id);
}

function effectPart(effect) {
  if (!effect) return null;
  const mark = markOf(Math.min(1, Math.max(0, Number(effect.share) || 0)));
  const kind = effect.is_loss ? "effect loss" : "effect";
  return el("span", { class: kind, title: effect.sentence }, mark, el("b", {}, effect.text),
    effect.sentence ? el("span", { class: "unseen" }, `. ${effect.sentence}`) : null);
}

function markOf(share) {
  if (!share) return null;
  const mark = el("i", { class: "mark" });
  mark.style.width = `${4 + share * 46}px`;
  return mark;
}

// ---- finding things ------------------------------------------------------------------------

function laneNode(board, id) {
  return [...board.stage.querySelectorAll(".lane")].find((lane) => lane.dataset.lane === id) ?? null;
}

function laneNodes(board) {
  return [...board.stage.querySelectorAll(".lane")];
}

function cardNode(board, id) {
  return [...board.stage.querySelectorAll("li.card")].find((card) => card.dataset.card === id) ?? null;
}

function listOf(lane) {
  return lane.querySelector(".cards");
}

function cardsIn(lane) {
  return [...lane.querySelectorAll("li.card")];
}

function laneOf(node) {
  return node?.closest(".lane") ?? null;
}

function laneTitle(board, id) {
  return board.data.lanes.find((lane) => lane.id === id)?.title ?? "";
}

function cardTitle(board, id) {
  return cardNode(board, id)?.querySelector(".title").textContent ?? "";
}

function ideasId(board) {
  return board.data.lanes.find((lane) => lane.kind === "ideas")?.id ?? null;
}

/** Where a card stands: its lane and the card after it. */
function placeOf(card) {
  const cards = cardsIn(laneOf(card));
  const index = cards.indexOf(card);
  return { lane: laneOf(card).dataset.lane, index, count: cards.length,
    before: cards[index + 1]?.dataset.card ?? null };
}

function placeWords(board, card) {
  const { lane, index, count } = placeOf(card);
  return `${laneTitle(board, lane)}, position ${index + 1} of ${count}`;
}

// ---- focus ---------------------------------------------------------------------------------

function activeNode(board) {
  return board.host.getRootNode().activeElement ?? null;
}

/** Note what has focus by name, and its place in case it is gone after the redraw. */
function rememberFocus(board) {
  const node = activeNode(board);
  if (!node || !board.stage.contains(node)) return null;
  const card = node.closest("li.card");
  return { key: node.dataset.focus, place: card ? placeOf(card) : null };
}

function restoreFocus(board, focus) {
  if (!focus) return;
  const node = [...board.stage.querySelectorAll("[data-focus]")]
    .find((candidate) => candidate.dataset.focus === focus.key && isShown(candidate));
  if (node) node.focus({ preventScroll: true });
  else if (focus.place) focusNear(board, focus.place);
}

function isShown(node) {
  return node.getClientRects().length > 0;
}

/** The card is gone: focus the one that took its place, or the lane's add button. */
function focusNear(board, place) {
  const lane = laneNode(board, place.lane);
  if (!lane) return;
  const cards = cardsIn(lane).filter(isShown);
  const next = cards[Math.min(place.index, cards.length - 1)];
  (next?.querySelector(".face") ?? lane.querySelector(".add"))?.focus({ preventScroll: true });
}

function focusCard(board, card, options = {}) {
  if (!card || !isShown(card)) return;
  rove(board, card);
  card.querySelector(".face").focus({ preventScroll: true, ...options });
  if (!options.still) card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Tab reaches one card of each lane; arrows reach the others. */
function setRoving(board, lanes = laneNodes(board)) {
  for (const lane of lanes) {
    const cards = cardsIn(lane);
    const chosen = cards.find((card) => card.dataset.card === board.roving.get(lane.dataset.lane));
    cards.forEach((card) => setTabbable(card, card === (chosen ?? cards[0])));
  }
}

function setTabbable(card, reachable) {
  const index = reachable ? "0" : "-1";
  // Asked for its `tabIndex`, a node would first have the page styled.
  card.querySelectorAll(".face, .more").forEach((node) => {
    if (node.getAttribute("tabindex") !== index) node.setAttribute("tabindex", index);
  });
}

function rove(board, card) {
  const lane = laneOf(card);
  board.roving.set(lane.dataset.lane, card.dataset.card);
  setRoving(board, [lane]);
}

function onFocusIn(board, event) {
  const card = event.target.closest("li.card");
  if (card) rove(board, card);
}

function onFocusOut(board, event) {
  if (!board.lift || board.drawing || board.lift.moving) return;
  if (event.relatedTarget?.closest?.("li.card")?.dataset.card === board.lift.card.dataset.card) return;
  endLift(board, { keep: false, refocus: false });
}

// ---- sending moves -------------------------------------------------------------------------

/**
 * Show the move at once at 60% with what it changes, and queue it; one move is with the server at
 * a time. Focus goes with the card, or stays beside where it was when it is now out of sight.
 */
function move(board, tactic, lane, before) {
  drawWaiting(board);
  const from = cardNode(board, tactic) && placeOf(cardNode(board, tactic));
  const entry = { tactic, lane, before };
  slideWhile(board, () => showMove(board, entry));
  if (from?.lane !== lane) foretell(board, tactic, lane);
  board.moves.push(entry);
  if (board.moves.length === 1) send(board);
  const card = cardNode(board, tactic);
  say(board, `${cardTitle(board, tactic)} moved to ${card ? placeWords(board, card) : ""}. Saving.`);
  if (card && !isShown(card)) focusNear(board, from);
  else focusCard(board, card);
  return card;
}

function send(board) {
  const { tactic, lane, before } = board.moves[0];
  board.emit("move", { tactic, lane, before, revision: board.data.revision });
  clearTimeout(board.timer);
  board.timer = setTimeout(() => giveUp(board), ANSWER_MS);
  if (board.stage.classList.contains("is-saving")) return;
  board.stage.classList.add("is-saving");
  // Not by a delay in the style: a browser would prepare all numbers to fade, and then not.
  board.slow = setTimeout(() => board.stage.classList.add("is-slow"), SLOW_MS);
}

/** Nothing is with the server. */
function rest(board) {
  clearTimeout(board.slow);
  board.stage.classList.remove("is-saving", "is-slow");
}

/** No answer: show the plan as it was last known, rather than a move that may not exist. */
function giveUp(board) {
  board.moves = [];
  draw(board);
  rest(board);
  say(board, "No answer about the last move. Showing the plan as last saved.");
}

/** Put the card's node where the move says, if both still exist. */
function showMove(board, { tactic, lane, before }) {
  const card = cardNode(board, tactic);
  const list = laneNode(board, lane)?.querySelector(".cards");
  if (!card || !list) return;
  const next = before === null ? null : cardNode(board, before);
  const lanes = new Set([laneOf(card), laneOf(list)]);
  list.insertBefore(card, next?.parentNode === list ? next : null);
  card.classList.add("saving");
  setRoving(board, lanes);
}

/** Draw what came from the server while a card was in the hand. */
function drawWaiting(board) {
  if (board.waiting) accept(board, board.waiting);
}

function park(board, tactic) {
  const ideas = ideasId(board);
  const card = cardNode(board, tactic);
  if (!ideas || !card) return;
  if (placeOf(card).lane === ideas) {
    say(board, `${cardTitle(board, tactic)} is already parked.`);
    return;
  }
  move(board, tactic, ideas, null);
}

function moveBy(board, tactic, step) {
  const card = cardNode(board, tactic);
  if (!card) return;
  const { lane, index } = placeOf(card);
  const others = cardsIn(laneOf(card)).filter((other) => other !== card);
  const target = index + step;
  if (target < 0 || target > others.length) return;
  move(board, tactic, lane, others[target]?.dataset.card ?? null);
}

// ---- clicks and keys -----------------------------------------------------------------------

function onClick(board, event) {
  const button = event.target.closest("[data-do]");
  const card = event.target.closest("li.card");
  const lane = laneOf(event.target)?.dataset.lane;
  if (board.suppressClick) {
    event.preventDefault();
    return;
  }
  if (board.lift) endLift(board, { keep: false });
  const actions = {
    open: () => board.emit("open", { tactic: card.dataset.card }),
    menu: () => toggleMenu(board, card.dataset.card),
    goal: () => board.emit("goal", { goal: lane }),
    add: () => board.emit("add", { lane }),
    paste: () => board.emit("paste", { lane }),
    toggle: () => openIdeas(board, !board.ideasOpen),
    lane: () => toggleLane(board, lane),
    "collapse-all": () => setLanes(board, true),
    "open-all": () => setLanes(board, false),
    before: () => scrollLanes(board, -1),
    after: () => scrollLanes(board, 1),
  };
  const action = button?.dataset.do ?? actionOn(event.target);
  if (action) actions[action]();
}

/** What a click does beside every button: open the card, or the lane that is a strip. */
function actionOn(node) {
  if (node.closest("li.card")) return "open";
  return node.closest(".lane.collapsed") ? "lane" : null;
}

function onKeyUp(event) {
  // A button fires a click when Space comes up; on a card Space lifts instead.
  if (event.key === " " && event.target.closest(".face")) event.preventDefault();
}

function onKeyDown(board, event) {
  if (laneKey(board, event)) return;
  const face = event.target.closest(".face");
  if (!face || event.ctrlKey || event.metaKey || event.altKey || board.drag?.lifted) return;
  const card = face.closest("li.card");
  const handled = board.lift ? liftKey(board, event) : cardKey(board, card, event);
  if (!handled) return;
  event.preventDefault();
  event.stopPropagation();
}

function cardKey(board, card, event) {
  if (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
    toggleMenu(board, card.dataset.card);
    return true;
  }
  const keys = {
    ArrowUp: () => focusBeside(board, card, -1),
    ArrowDown: () => focusBeside(board, card, 1),
    ArrowLeft: () => focusAcross(board, card, -1),
    ArrowRight: () => focusAcross(board, card, 1),
    Home: () => focusCard(board, cardsIn(laneOf(card))[0]),
    End: () => focusCard(board, cardsIn(laneOf(card)).at(-1)),
    Delete: () => park(board, card.dataset.card),
    " ": () => startLift(board, card),
  };
  if (!keys[event.key]) return false;
  keys[event.key]();
  return true;
}

function focusBeside(board, card, step) {
  const cards = cardsIn(laneOf(card));
  focusCard(board, cards[cards.indexOf(card) + step]);
}

/** The same place in the next lane that has cards on show. */
function focusAcross(board, card, step) {
  const lanes = laneNodes(board);
  const { index } = placeOf(card);
  for (let at = lanes.indexOf(laneOf(card)) + step; lanes[at]; at += step) {
    const cards = cardsIn(lanes[at]).filter(isShown);
    if (cards.length) {
      focusCard(board, cards[Math.min(index, cards.length - 1)]);
      return;
    }
  }
}

// ---- lifting by keyboard -------------------------------------------------------------------

function startLift(board, card) {
  const { lane, before } = placeOf(card);
  board.lift = { card, from: { lane, before }, ideasWereOpen: board.ideasOpen, moving: false };
  card.classList.add("held");
  say(board, `${cardTitle(board, card.dataset.card)} lifted, ${placeWords(board, card)}.`);
  startPreview(board);
}

function liftKey(board, event) {
  const keys = {
    ArrowUp: () => liftBeside(board, -1),
    ArrowDown: () => liftBeside(board, 1),
    ArrowLeft: () => liftAcross(board, -1),
    ArrowRight: () => liftAcross(board, 1),
    " ": () => endLift(board, { keep: true }),
    Enter: () => endLift(board, { keep: true }),
    Escape: () => endLift(board, { keep: false }),
    Delete: () => {},
  };
  if (!keys[event.key]) return false;
  keys[event.key]();
  return true;
}

function liftBeside(board, step) {
  const { card } = board.lift;
  const others = cardsIn(laneOf(card)).filter((other) => other !== card);
  const target = placeOf(card).index + step;
  if (target < 0 || target > others.length) return;
  carry(board, card.parentNode, others[target] ?? null);
}

function liftAcross(board, step) {
  const { card } = board.lift;
  const lanes = laneNodes(board);
  const next = lanes[lanes.indexOf(laneOf(card)) + step];
  if (!next) return;
  if (next.classList.contains("ideas")) openIdeas(board, true);
  carry(board, next.querySelector(".cards"), cardsIn(next)[placeOf(card).index] ?? null);
}

/** Move the held node and keep focus on it through the move. */
function carry(board, list, next) {
  const { card } = board.lift;
  board.lift.moving = true;
  slideWhile(board, () => {
    list.insertBefore(card, next);
    peekInto(board, laneOf(card).dataset.lane);
  });
  focusCard(board, card);
  board.lift.moving = false;
  markOver(board, laneOf(card));
  showPreview(board);
  say(board, `${placeWords(board, card)}.${chanceSentence(board)}`);
}

function endLift(board, { keep, refocus = true }) {
  const { card, from, ideasWereOpen } = board.lift;
  const to = placeOf(card);
  const moved = to.lane !== from.lane || to.before !== from.before;
  board.lift.moving = true;
  if (keep && board.peek) keepOpen(board);
  if (!keep || !moved) {
    slideWhile(board, () => {
      returnCard(board, card, from);
      peekInto(board, from.lane);
    });
  }
  card.classList.remove("held");
  markOver(board, null);
  board.lift = null;
  endPreview(board, { keep: keep && moved });
  if (!keep && ideasWereOpen === false) openIdeas(board, false);
  if (keep && moved) {
    move(board, card.dataset.card, to.lane, to.before);
    return;
  }
  const words = keep ? "not moved" : "returned";
  say(board, `${cardTitle(board, card.dataset.card)} ${words}, ${placeWords(board, card)}.`);
  if (refocus) focusCard(board, card);
  drawWaiting(board);
}

function returnCard(board, card, { lane, before }) {
  const list = laneNode(board, lane).querySelector(".cards");
  list.insertBefore(card, before === null ? null : cardNode(board, before));
}

// ---- dragging by pointer -------------------------------------------------------------------

/** A press may become a drag: by distance with a mouse, by a long press on touch. */
function startPress(board, event) {
  const card = event.target.closest("li.card");
  const blocked = event.button !== 0 || !event.isPrimary || board.drag || board.lift;
  if (!card || blocked || isPhone(board) || event.target.closest(".more")) return;
  const drag = {
    card, id: event.pointerId, touch: event.pointerType === "touch",
    startX: event.clientX, startY: event.clientY, x: event.clientX, y: event.clientY,
    lifted: false, target: null, stop: new AbortController(), frame: 0, press: 0,
  };
  board.drag = drag;
  const on = (name, act, options = {}) => window.addEventListener(name, act,
    { signal: drag.stop.signal, capture: true, ...options });
  on("pointermove", (moved) => moved.pointerId === drag.id && onPointerMove(board, moved));
  on("pointerup", (up) => up.pointerId === drag.id && endDrag(board, { keep: true }));
  on("pointercancel", (gone) => gone.pointerId === drag.id && endDrag(board, { keep: false }));
  on("keydown", (key) => onDragKey(board, key));
  on("blur", (lost) => lost.target === window && endDrag(board, { keep: false }));
  on("contextmenu", (menu) => drag.touch && menu.preventDefault());
  if (drag.touch) drag.press = setTimeout(() => liftCard(board), LONG_PRESS_MS);
}

function onDragKey(board, event) {
  if (event.key !== "Escape" || !board.drag.lifted) return;
  event.preventDefault();
  event.stopPropagation();
  endDrag(board, { keep: false });
  // The button is still down; letting it go is no click on the card.
  window.addEventListener("pointerup", () => ignoreNextClick(board),
    { once: true, capture: true, signal: board.ended.signal });
}

function onPointerMove(board, event) {
  const { drag } = board;
  drag.x = event.clientX;
  drag.y = event.clientY;
  const distance = Math.hypot(drag.x - drag.startX, drag.y - drag.startY);
  if (!drag.lifted && drag.touch) {
    if (distance > TOUCH_SLOP_PX) endDrag(board, { keep: false });  // scroll wins
    return;
  }
  if (!drag.lifted && distance >= MOUSE_SLOP_PX) liftCard(board);
  if (!drag.lifted) return;
  event.preventDefault();
  followPointer(board);
}

function liftCard(board) {
  const { drag } = board;
  closeMenu(board, { focus: false });
  const rect = drag.card.getBoundingClientRect();
  drag.lifted = true;
  drag.offsetX = drag.startX - rect.left;
  drag.offsetY = drag.startY - rect.top;
  drag.slot = el("li", { class: "slot", "aria-hidden": "true" });
  drag.slot.style.height = `${rect.height}px`;
  drag.ghost = ghostOf(drag.card, rect);
  drag.card.classList.add("origin");
  board.layer.append(drag.ghost);
  floatAbove(drag.ghost);
  board.host.classList.add("dragging");
  document.documentElement.style.cursor = "grabbing";
  if (drag.touch) navigator.vibrate?.(8);
  say(board, `${cardTitle(board, drag.card.dataset.card)} lifted, ${placeWords(board, drag.card)}.`);
  startPreview(board);
  followPointer(board);
  drag.frame = requestAnimationFrame(() => scrollNearEdges(board));
}

/** A copy of the card that flies with the pointer; names and ids stay with the original. */
function ghostOf(card, rect) {
  const copy = card.cloneNode(true);
  copy.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
  delete copy.dataset.card;
  copy.className = "card flying";
  const frame = el("ul", { class: "float", "aria-hidden": "true", inert: true }, copy);
  frame.style.width = `${rect.width}px`;
  return frame;
}

/** Use the browser's top layer where there is one, so nothing can clip what floats. */
function floatAbove(node) {
  if (!node.showPopover) return;
  node.setAttribute("popover", "manual");
  node.showPopover();
}

function followPointer(board) {
  const { drag } = board;
  drag.ghost.style.transform = `translate(${drag.x - drag.offsetX}px, ${drag.y - drag.offsetY}px)`;
  drag.target = dropTarget(board, drag.x, drag.y);
  markOver(board, drag.target?.lane ?? null);
  placeSlot(drag);
  showPreview(board);
}

function markOver(board, over) {
  laneNodes(board).forEach((lane) => lane.classList.toggle("over", lane === over));
}

/** The lane under the pointer and the card the drop would land before. */
function dropTarget(board, x, y) {
  const lanes = board.stage.querySelector(".lanes");
  const lane = laneNodes(board).find((candidate) => within(candidate.getBoundingClientRect(), x, y));
  if (!lane || (lanes.contains(lane) && !within(lanes.getBoundingClientRect(), x, y))) return null;
  const wraps = lane.classList.contains("ideas");
  const others = cardsIn(lane).filter((card) => card !== board.drag.card && isShown(card));
  const next = others.find((card) => isAfter(card.getBoundingClientRect(), x, y, wraps)) ?? null;
  return { lane, next };
}

/** Whether the point comes before a card: by height in a lane, by reading order in the tray. */
function isAfter(rect, x, y, wraps) {
  if (!wraps) return y < rect.top + rect.height / 2;
  return y < rect.top || (y <= rect.bottom && x < rect.left + rect.width / 2);
}

/** Whether a drop here would leave the card where it is. */
function isSamePlace({ card, target }) {
  const { lane, before } = placeOf(card);
  return target.lane.dataset.lane === lane && (target.next?.dataset.card ?? null) === before;
}

function placeSlot(drag) {
  const { target, slot } = drag;
  if (!target || isSamePlace(drag)) {
    slot.remove();
    return;
  }
  const list = target.lane.querySelector(".cards");
  if (slot.parentNode !== list || slot.nextElementSibling !== target.next) {
    list.insertBefore(slot, target.next);
  }
}

function endDrag(board, { keep }) {
  const { drag } = board;
  drag.stop.abort();
  clearTimeout(drag.press);
  cancelAnimationFrame(drag.frame);
  board.drag = null;
  if (!drag.lifted) return;
  ignoreNextClick(board);
  clearDrag(board, drag);
  const id = drag.card.dataset.card;
  const isMove = keep && drag.target && !isSamePlace(drag);
  endPreview(board, { keep: isMove });
  if (isMove) {
    const to = { lane: drag.target.lane.dataset.lane, before: drag.target.next?.dataset.card ?? null };
    if (drag.target.lane.classList.contains("ideas")) openIdeas(board, true);
    landFrom(board, drag, () => move(board, id, to.lane, to.before));
    return;
  }
  say(board, `${cardTitle(board, id)} returned, ${placeWords(board, drag.card)}.`);
  focusCard(board, drag.card, { still: true });
  drawWaiting(board);
}

function clearDrag(board, drag) {
  drag.flown = drag.ghost.getBoundingClientRect();
  drag.slot.remove();
  drag.ghost.remove();
  drag.card.classList.remove("origin");
  board.host.classList.remove("dragging");
  document.documentElement.style.cursor = "";
  markOver(board, null);
}

/** Make the dropped card glide from the hand, not from where it once stood. */
function landFrom(board, drag, drop) {
  const card = drop();
  if (!card || !isShown(card)) return;
  card.getAnimations().forEach((motion) => motion.cancel());
  const rect = card.getBoundingClientRect();
  const [x, y] = [drag.flown.left - rect.left, drag.flown.top - rect.top];
  animate(card, [{ transform: `translate(${x}px, ${y}px) rotate(-2deg)` }, { transform: "none" }]);
}

function ignoreNextClick(board) {
  board.suppressClick = true;
  setTimeout(() => { board.suppressClick = false; }, 0);
}

/** Scroll the lanes sideways, and the page up and down, while the pointer is near an edge. */
function scrollNearEdges(board) {
  const { drag } = board;
  if (!drag?.lifted) return;
  const lanes = board.stage.querySelector(".lanes");
  const list = drag.target ? listOf(drag.target.lane) : null;
  const moved = [
    list ? nudge(list, "scrollTop", drag.y, list.getBoundingClientRect(), "top", "bottom") : false,
    nudge(lanes, "scrollLeft", drag.x, lanes.getBoundingClientRect(), "left", "right"),
    nudge(lanes, "scrollTop", drag.y, lanes.getBoundingClientRect(), "top", "bottom"),
    ...pageScrollers(board).map((node) => nudge(node, "scrollTop", drag.y, viewOf(node), "top", "bottom")),
  ];
  if (moved.some(Boolean)) followPointer(board);
  drag.frame = requestAnimationFrame(() => scrollNearEdges(board));
}

function nudge(node, property, at, rect, start, end) {
  const toStart = at - rect[start];
  const toEnd = rect[end] - at;
  const near = Math.min(toStart, toEnd);
  if (near > EDGE_PX || near < -EDGE_PX) return false;
  const speed = Math.ceil(SCROLL_STEP_PX * (1 - Math.max(0, near) / EDGE_PX));
  const was = node[property];
  node[property] += toStart < toEnd ? -speed : speed;
  return node[property] !== was;
}

function viewOf(node) {
  const rect = node.getBoundingClientRect();
  return { top: Math.max(0, rect.top), bottom: Math.min(window.innerHeight, rect.bottom) };
}

/** The scrolling boxes around the board, outside its shadow root. */
function pageScrollers(board) {
  const found = [];
  let node = board.host.getRootNode().host ?? board.host.parentElement;
  while (node) {
    const overflow = getComputedStyle(node).overflowY;
    if (/auto|scroll/.test(overflow) && node.scrollHeight > node.clientHeight) found.push(node);
    node = node.parentElement ?? node.getRootNode().host ?? null;
  }
  return found;
}

// ---- the card's menu -----------------------------------------------------------------------

function toggleMenu(board, id) {
  if (board.menu?.id === id) {
    closeMenu(board);
    return;
  }
  closeMenu(board, { focus: false });
  openMenu(board, id, 0);
}

function openMenu(board, id, index) {
  const stop = new AbortController();
  const node = el("div", { class: "float menu", role: "menu", tabindex: "-1",
    "aria-label": cardTitle(board, id) }, ...menuParts(board, id, stop.signal));
  board.menu = { id, node, stop };
  wantCard(board, id);
  board.layer.append(node);
  floatAbove(node);
  moreButton(board)?.setAttribute("aria-expanded", "true");
  placeMenu(board);
  focusItem(board, index);
  node.addEventListener("keydown", (event) => onMenuKey(board, event), { signal: stop.signal });
  const options = { signal: stop.signal, capture: true };
  window.addEventListener("pointerdown", (event) => onOutside(board, event), options);
  window.addEventListener("scroll", () => placeMenu(board), { ...options, passive: true });
}

function moreButton(board) {
  return cardNode(board, board.menu.id)?.querySelector(".more") ?? null;
}

function menuParts(board, id, signal) {
  const { lane, index, count } = placeOf(cardNode(board, id));
  const ideas = ideasId(board);
  const others = board.data.lanes.filter((other) => other.id !== lane && other.id !== ideas);
  const item = (glyph, words, act, enabled = true) => menuItem(board, signal, { glyph, words, act, enabled });
  const way = (glyph, to, act, enabled = true) => menuItem(board, signal,
    { glyph, words: wayWords(board, id, to), act, enabled, to });
  return [
    item("edit", "Edit", () => board.emit("open", { tactic: id })),
    el("div", { class: "rule", role: "separator" }),
    ...others.map((other) => way("right", other.id, () => move(board, id, other.id, null))),
    item("arrowUp", "Move up", () => moveBy(board, id, -1), index > 0),
    item("arrowDown", "Move down", () => moveBy(board, id, 1), index < count - 1),
    el("div", { class: "rule", role: "separator" }),
    lane === ideas ? null : item("collapse", "Collapse this lane", () => toggleLane(board, lane)),
    ideas ? way("ideas", ideas, () => park(board, id), lane !== ideas) : null,
    item("archive", "Archive", () => archive(board, id)),
  ].filter(Boolean);
}

function menuItem(board, signal, { glyph, words, act, enabled, to }) {
  const node = el("button", { class: "item", type: "button", role: "menuitem", tabindex: "-1", "data-to": to,
    "aria-disabled": enabled ? null : "true" }, icon(glyph), el("span", {}, words));
  node.addEventListener("click", () => {
    if (!enabled) return;
    closeMenu(board);
    act();
  }, { signal });
  return node;
}

function archive(board, id) {
  cardNode(board, id)?.classList.add("saving");
  board.emit("archive", { tactic: id });
}

/** Below the button, right edges in line; above it or clamped when there is no room. */
function placeMenu(board) {
  const button = board.menu && moreButton(board);
  if (!button) return;
  const { node } = board.menu;
  const at = button.getBoundingClientRect();
  const [width, height] = [node.offsetWidth, node.offsetHeight];
  const left = Math.min(Math.max(8, at.right - width), window.innerWidth - width - 8);
  const below = at.bottom + 4;
  const top = below + height <= window.innerHeight - 8 ? below : Math.max(8, at.top - height - 4);
  Object.assign(node.style, { left: `${left}px`,
    top: `${Math.max(8, Math.min(top, window.innerHeight - height - 8))}px` });
}

function menuItems(board) {
  return [...board.menu.node.querySelectorAll(".item")];
}

function focusItem(board, index) {
  const items = menuItems(board);
  items[(index + items.length) % items.length]?.focus({ preventScroll: true });
}

function onMenuKey(board, event) {
  const items = menuItems(board);
  const at = items.indexOf(activeNode(board));
  const keys = {
    ArrowDown: () => focusItem(board, at + 1),
    ArrowUp: () => focusItem(board, Math.max(at, 0) - 1),
    Home: () => focusItem(board, 0),
    End: () => focusItem(board, -1),
    Escape: () => closeMenu(board),
    Tab: () => closeMenu(board),
  };
  event.stopPropagation();
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  } else if (event.key.length === 1 && event.key !== " ") {
    focusByLetter(board, items, at, event.key);
  }
}

function focusByLetter(board, items, at, letter) {
  const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  const starts = (node) => node.lastChild.textContent.toLowerCase().startsWith(letter.toLowerCase());
  order.find(starts)?.focus({ preventScroll: true });
}

function onOutside(board, event) {
  const path = event.composedPath();
  if (path.includes(board.menu.node) || path.includes(moreButton(board))) return;
  closeMenu(board, { focus: false });
}

function closeMenu(board, { focus = true } = {}) {
  if (!board.menu) return;
  const button = moreButton(board);
  const { node, stop } = board.menu;
  board.menu = null;
  stop.abort();
  node.remove();
  button?.setAttribute("aria-expanded", "false");
  if (focus) button?.focus({ preventScroll: true });
}

/** After a redraw: keep the menu of a card that is still there, with what is true now. */
function refreshMenu(board) {
  if (!board.menu) return;
  const { id } = board.menu;
  const at = Math.max(0, menuItems(board).indexOf(activeNode(board)));
  closeMenu(board, { focus: false });
  if (cardNode(board, id) && isShown(cardNode(board, id))) openMenu(board, id, at);
}
