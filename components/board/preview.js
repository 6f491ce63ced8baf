// ---- what shows before a drop --------------------------------------------------------------

const STATUS_OK = 200;

function noPreview() {
  return {
    key: null,             // the address and revision that are asked
    rows: new Map(),       // card id -> what it would change in each lane
    effects: new Map(),    // card id -> what it adds; the last known stays until there is another
    stop: new AbortController(),
    shown: null,           // the card and lane that are on the screen
    tip: null,             // what floats beside the card
  };
}

/** Ask what each card would change, once for each state of the plan. */
function askPreview(board) {
  const { preview: address, revision } = board.data;
  const key = address ? `${address} ${revision}` : null;
  if (key === board.preview.key) return;
  board.preview.stop.abort();
  const { effects } = board.preview;
  board.preview = { ...noPreview(), key, effects };
  if (key) readPreview(board, board.preview, address, revision);
}

/** Take line after line; the first names the revision, the others are a card each. */
async function readPreview(board, preview, address, revision) {
  try {
    const answer = await fetch(address, { signal: preview.stop.signal });
    if (answer.status !== STATUS_OK) return;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let isNow = null;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      const rows = lines.filter(Boolean).map((line) => JSON.parse(line));
      if (isNow === null && rows.length) isNow = rows.shift().revision === revision;
      if (isNow === false || board.preview !== preview) return;
      takeRows(board, rows);
    }
  } catch {
    // Aborted by newer data, or no answer: the lanes keep saying nothing.
  }
}

function takeRows(board, rows) {
  const { preview } = board;
  for (const row of rows) {
    preview.rows.set(row.card, row);
    preview.effects.set(row.card, row.effect);
    showEffect(board, row.card);
    if (preview.shown?.card === row.card) showPreview(board, { again: true });
    if (board.menu?.id === row.card) sayMenuChances(board);
  }
}

/** Let the server count a card next that somebody is about to move. */
function wantCard(board, card) {
  const { preview } = board;
  if (!preview.key || preview.rows.has(card)) return;
  const address = `${board.data.preview}?card=${encodeURIComponent(card)}`;
  fetch(address, { method: "HEAD", signal: preview.stop.signal }).catch(() => {});
}

// ---- what a card adds ----------------------------------------------------------------------

/** Always there, known or not, so that no card grows while somebody reaches for it. */
function effectOf(board, card) {
  const { effects } = board.preview;
  if (!effects.has(card)) return el("span", { class: "effect", "aria-hidden": "true" }, "…");
  return effectPart(effects.get(card)) ?? el("span", { class: "effect" });
}

function showEffect(board, card) {
  board.cards.get(card)?.node.querySelector(".effect")?.replaceWith(effectOf(board, card));
}

// ---- the board as it would be --------------------------------------------------------------

function startPreview(board) {
  const card = (board.drag ?? board.lift).card.dataset.card;
  board.preview.shown = { card, lane: null };
  wantCard(board, card);
  showPreview(board, { again: true });
}

/** Show the lifted card in the lane it is over; called as often as the hand moves. */
function showPreview(board, { again = false } = {}) {
  const { shown } = board.preview;
  if (!shown) return;
  const over = overLane(board);
  if (over !== shown.lane || again) {
    shown.lane = over;
    const row = board.preview.rows.get(shown.card);
    for (const lane of board.data.lanes) showLane(board, lane, row, over);
    showBalance(board, row?.lanes[over]);
    fillTip(board, row, over);
  }
  placeTip(board);
}

function overLane(board) {
  const lane = board.drag ? board.drag.target?.lane : laneOf(board.lift?.card);
  return lane?.dataset.lane ?? null;
}

/** A lane with the card where it is held, and what it would show with the card in it. */
function showLane(board, lane, row, over) {
  const section = laneNode(board, lane.id);
  if (lane.kind === "unaligned") showSpend(section, row?.lanes[over] ?? lane);
  const number = section.querySelector(".chance strong");
  if (!lane.chance || !number) return;
  const [text, verdict, tone] = row?.lanes[over]?.chances[lane.id] ?? [lane.chance, lane.verdict, lane.tone];
  setText(number, text);
  number.classList.toggle("long", text.length > 4);
  section.querySelector(".words").replaceChildren(...laneWords(lane, row, over, text));
  section.querySelector(".chip")?.replaceWith(chip(verdict, tone));
}

function laneWords(lane, row, over, text) {
  const here = text.length > 4 ? "if here" : "if dropped here";
  if (!row) return twoLines(here, "…");
  if (lane.id !== over) return twoLines(here, el("b", {}, chanceIn(lane, row, lane.id)));
  if (text === lane.chance) return twoLines("chance,", el("b", {}, "no change"));
  return twoLines("would be,", el("b", {}, `from ${lane.chance}`));
}

/** The chance a lane's goal would have with the card in some lane. */
function chanceIn(lane, row, where) {
  return row.lanes[where]?.chances[lane.id]?.[0] ?? lane.chance;
}

function showSpend(section, words) {
  setText(section.querySelector(".chance strong"), words.big);
  setText(section.querySelector(".chance .words"), words.big_note);
  setText(section.querySelector(".note"), words.text);
}

function setText(node, text) {
  if (node && text !== undefined && node.textContent !== text) node.textContent = text;
}

function showBalance(board, preview) {
  const { beam, facts } = board.data.strip ?? {};
  if (!beam) return;
  const after = preview ? beamWith(beam, preview) : beam;
  if (!isSame(after, board.beam)) drawBeam(board, after);
  const fact = board.stage.querySelector(".fact");
  const [label, value, note] = preview?.tip ?? [facts[0]?.label, facts[0]?.value, facts[0]?.note];
  setText(fact?.querySelector("dt"), label);
  setText(fact?.querySelector(".value")?.firstChild, value);
  setText(fact?.querySelector(".fact-note"), note ?? "");
}

function beamWith(beam, { squares, strategic_pct }) {
  const [unaligned, running, ...goals] = squares;
  return { ...beam, unaligned, running, strategic_pct, tactical_pct: 100 - strategic_pct,
    goals: beam.goals.map((goal, index) => ({ ...goal, squares: goals[index] })) };
}

/** The card was let go: back to what is settled, or, with `keep`, until the server has settled it. */
function endPreview(board, { keep }) {
  const { shown, tip } = board.preview;
  board.preview.shown = null;
  board.preview.tip = null;
  tip?.remove();
  if (!shown) return;
  for (const lane of board.data.lanes) endLane(board, lane, keep);
  if (!keep) showBalance(board, null);
}

/** Show what a card in another lane changes, as far as it is known, until that is settled. */
function foretell(board, card, where) {
  const row = board.preview.rows.get(card);
  if (!row?.lanes[where]) return;
  for (const lane of board.data.lanes) {
    showLane(board, lane, row, where);
    endLane(board, lane, true);
  }
  showBalance(board, row.lanes[where]);
}

function endLane(board, lane, keep) {
  const section = laneNode(board, lane.id);
  if (!section) return;
  if (lane.kind === "unaligned" && !keep) showSpend(section, lane);
  const row = section.querySelector(".chance");
  if (lane.kind !== "goal" || !lane.chance || !row) return;
  const usual = chanceRow(lane);
  if (keep) row.querySelector(".words").replaceChildren(...twoLines("chance of", "hitting it"));
  else row.replaceWith(usual);
}

// ---- in words ------------------------------------------------------------------------------

/** The lane whose chance is worth saying: the one moved to, else the one moved from. */
function toldLane(board, card, where) {
  const from = laneOf(cardNode(board, card))?.dataset.lane;
  const home = board.lift?.from.lane ?? from;
  const lanes = [where, home].map((id) => board.data.lanes.find((lane) => lane.id === id));
  return lanes.find((lane) => lane?.chance) ?? null;
}

function chanceSentence(board) {
  const { shown, rows } = board.preview;
  const row = shown && rows.get(shown.card);
  const lane = shown && toldLane(board, shown.card, shown.lane);
  if (!row || !lane) return "";
  const after = chanceIn(lane, row, shown.lane);
  const whose = lane.id === shown.lane ? "Chance" : `Chance of ${lane.title}`;
  const [was, now] = [lane.chance, after].map((text) => text.replace("%", ""));
  return was === now ? ` ${whose} would stay at ${was} per cent.`
    : ` ${whose} would go from ${was} to ${now} per cent.`;
}

/** What the menu says of a lane: the chance its goal would have, or the card's own goal. */
function wayWords(board, card, to) {
  const lane = board.data.lanes.find((each) => each.id === to);
  const change = lane.kind === "goal" ? laneChange(board, card, lane, to) : homeChange(board, card, to);
  return `${lane.kind === "ideas" ? "Park in ideas" : `Move to ${lane.title}`}${change}`;
}

function homeChange(board, card, where) {
  const node = laneOf(cardNode(board, card));
  const home = board.data.lanes.find((lane) => lane.id === node?.dataset.lane);
  const change = home?.kind === "goal" ? laneChange(board, card, home, where) : "";
  return change.replace(", ", ", its goal ");
}

function laneChange(board, card, lane, where) {
  const row = board.preview.rows.get(card);
  if (!lane.chance || !board.preview.key) return "";
  if (!row) return ", …";
  const after = chanceIn(lane, row, where);
  return after === lane.chance ? `, stays ${after}` : `, ${lane.chance} to ${after}`;
}

/** The chances came while the menu is open: only its words change, focus and place stay. */
function sayMenuChances(board) {
  for (const item of board.menu.node.querySelectorAll("[data-to]")) {
    setText(item.lastChild, wayWords(board, board.menu.id, item.dataset.to));
  }
  placeMenu(board);
}

// ---- the note beside the card --------------------------------------------------------------

function fillTip(board, row, over) {
  const { preview } = board;
  const rows = row && isMoved(board) ? tipRows(board, row, over) : [];
  if (!rows.length) {
    preview.tip?.remove();
    preview.tip = null;
    return;
  }
  if (!preview.tip) {
    preview.tip = el("div", { class: "float tip", "aria-hidden": "true" });
    board.layer.append(preview.tip);
    floatAbove(preview.tip);
  }
  preview.tip.replaceChildren(el("b", {}, "If dropped here"), ...rows.map(tipRow));
}

/** Whether a drop now would put the card into another lane. */
function isMoved(board) {
  const { shown } = board.preview;
  const home = board.lift ? board.lift.from.lane : laneOf(board.drag?.card)?.dataset.lane;
  return shown.lane !== null && shown.lane !== home;
}

function tipRows(board, row, over) {
  const after = row.lanes[over];
  const lane = toldLane(board, row.card, over);
  const spend = board.data.lanes.find((each) => each.kind === "unaligned");
  const beam = board.data.strip?.beam;
  if (!after) return [];
  return [
    lane ? [lane.short ? `${capital(lane.short)} goal` : lane.title, lane.chance, chanceIn(lane, row, over)] : null,
    beam ? ["Balance, strategic", `${beam.strategic_pct}%`, `${after.strategic_pct}%`] : null,
    spend ? ["Unaligned spend", spend.big, after.big] : null,
  ].filter(Boolean);
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function tipRow([name, was, now]) {
  return el("div", {}, el("span", {}, name),
    el("span", {}, was === now ? now : `${was} → `, was === now ? null : el("b", {}, now)));
}

/** Beside the card in the hand, on the side where there is room. */
function placeTip(board) {
  const { tip } = board.preview;
  if (!tip) return;
  const at = board.drag ? board.drag.ghost.getBoundingClientRect() : restingRect(board.lift.card);
  const [width, height] = [tip.offsetWidth, tip.offsetHeight];
  const right = at.left + at.width + 10;
  const left = right + width <= window.innerWidth - 8 ? right : at.left - width - 10;
  const top = Math.min(Math.max(8, at.top + 12), window.innerHeight - height - 8);
  tip.style.transform = `translate(${Math.max(8, left)}px, ${top}px)`;
}

/** Where a card will stand once it has glided there. */
function restingRect(card) {
  const list = card.parentNode;
  const rect = list.getBoundingClientRect();
  return { left: rect.left + card.offsetLeft - list.offsetLeft, width: card.offsetWidth,
    top: rect.top + card.offsetTop - list.offsetTop - list.scrollTop };
}
