// ---- motion --------------------------------------------------------------------------------

const MOTION_MS = 240;
const BESIDE_PX = 160;  // cards so far out of sight move too: they may come into it
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function isCalm() {
  return calm.matches;
}

function animate(node, frames) {
  if (!isCalm()) node.animate(frames, { duration: MOTION_MS, easing: "ease-out" });
}

/** Where each card is that can be seen, or nearly. */
function cardRects(board) {
  const found = new Map();
  for (const lane of laneNodes(board)) {
    const view = viewOf(listOf(lane));
    for (const card of cardsIn(lane)) {
      const rect = card.getBoundingClientRect();
      if (rect.top > view.bottom + BESIDE_PX) break;  // so do all that follow
      if (rect.width && rect.bottom > view.top - BESIDE_PX) found.set(card, rect);
    }
  }
  return found;
}

/**
 * Let cards glide from where they were to where they are now. All places are read before anything
 * moves: after each motion that begins, the next look at a place lays the page out anew.
 */
function slideCards(board, before) {
  if (isCalm()) return;
  const were = new Map([...before].map(([card, rect]) => [card.dataset.card, rect]));
  const moved = [];
  for (const [card, to] of cardRects(board)) {
    const from = were.get(card.dataset.card);
    if (!from) continue;
    const [x, y] = [from.left - to.left, from.top - to.top];
    if (Math.abs(x) + Math.abs(y) >= 1) moved.push([card, x, y]);
  }
  for (const [card, x, y] of moved) {
    animate(card, [{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }]);
  }
}

function slideWhile(board, change) {
  const before = cardRects(board);
  change();
  slideCards(board, before);
}

/** Move bars from their last place, and let a changed chance appear softly. */
function moveNumbers(board) {
  for (const lane of board.data.lanes) {
    const section = laneNode(board, lane.id);
    const was = board.bars.get(lane.id);
    if (was && lane.bar && !isSame(was, lane.bar)) {
      const glide = (name, from, to) => animate(section.querySelector(name), [from, to]);
      glide(".band", bandStyle(was), bandStyle(lane.bar));
      glide(".mid", { left: percent(was.middle) }, { left: percent(lane.bar.middle) });
    }
    const chance = lane.chance ?? lane.big ?? null;
    if (board.chances.has(lane.id) && board.chances.get(lane.id) !== chance) {
      const number = section.querySelector(".chance strong");
      if (number) animate(number, [{ opacity: 0.2 }, { opacity: 1 }]);
    }
    board.bars.set(lane.id, lane.bar ?? null);
    board.chances.set(lane.id, chance);
  }
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
