// ---- the beam: one square is a fixed number of person-days ---------------------------------

/** Draw a balance; squares that changed sides cross over from where they were. */
function drawBeam(board, beam) {
  const box = board.stage.querySelector(".beam");
  if (!beam || !box) return;
  const made = JSON.stringify([beam, box.clientWidth]);
  if (made === board.beamMade && box.firstChild) return;
  const before = board.squares;
  board.beam = beam;
  board.beamMade = made;
  board.squares = new Map();
  box.replaceChildren(...beamParts(board, beam, box));
  crossOver(before, board.squares);
}

function beamParts(board, beam, box) {
  const width = Math.min(560, Math.max(260, box.clientWidth || 474));
  const height = 130;
  const middle = width / 2;
  const plank = height - 31;
  const tilt = Math.max(-MAX_TILT, Math.min(MAX_TILT, (beam.strategic_pct - 50) * 0.76));
  const squares = [
    ...groupParts(board, leftGroups(beam), middle - 24, 12, plank, "left"),
    ...groupParts(board, rightGroups(beam), width - 12, middle + 24, plank, "right"),
  ];
  const arm = svg("g", { class: "arm" }, ...squares,
    svg("rect", { class: "plank", x: 10, y: plank - 2.4, width: width - 20, height: 4.8, rx: 2.4 }));
  tiltArm(board, arm, tilt, middle, plank);
  return [svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": beam.sentence },
  arm,
  svg("path", { class: "foot", d: `M${middle} ${plank + 3.4}l12.5 22h-25z` }),
  svg("text", { class: "side tactical", x: middle - 24, y: height - 6, "text-anchor": "end" },
    `Tactical ${beam.tactical_pct}%`),
  svg("text", { class: "side strategic", x: middle + 24, y: height - 6 },
    `Strategic ${beam.strategic_pct}%`))];
}

function leftGroups(beam) {
  return [
    { key: "unaligned", label: "unaligned", squares: beam.unaligned, kind: "hollow" },
    { key: "running", label: "running the business", squares: beam.running, kind: "stone" },
  ].filter((group) => group.squares > 0);
}

function rightGroups(beam) {
  return (beam.goals ?? [])
    .map((group, index) => ({ ...group, key: `goal ${index}`, kind: "teal" }))
    .filter((group) => group.squares > 0);
}

const LETTER_PX = 5.7;
const LABEL_GAP_PX = 4;

/**
 * Pack groups of squares between two x positions, centred. Labels stand in one row, else in two;
 * where they would still touch, one label names them all.
 */
function groupParts(board, groups, to, from, plank, side) {
  if (!groups.length) return [];
  const room = to - from;
  const { rows, pitch } = squareGrid(groups, room);
  const labels = groups.map((group) => group.label.length * LETTER_PX);
  const sizes = groups.map((group) => Math.ceil(group.squares / rows) * pitch);
  const stagger = widthOf(sizes.map((size, index) => Math.max(size, labels[index]))) > room;
  const widths = sizes.map((size, index) => (stagger ? size : Math.max(size, labels[index])));
  const gap = groups.length > 1
    ? Math.max(5, Math.min(14, (room - sum(widths)) / (groups.length - 1))) : 0;
  let x = from + Math.max(0, (room - sum(widths) - gap * (groups.length - 1)) / 2);
  const top = plank - 8 - rows * pitch;
  const names = [];
  const squares = groups.flatMap((group, index) => {
    const left = x + (widths[index] - sizes[index]) / 2;
    x += widths[index] + gap;
    const lift = stagger && (index + (side === "left" ? 1 : 0)) % 2 ? 13 : 0;
    // A wide label over a narrow group stays within the drawing.
    const half = labels[index] / 2;
    const centre = Math.min(Math.max(left + sizes[index] / 2, from + half - 4), to - half + 4);
    names.push({ text: group.label, kind: group.kind, centre, half, y: top - lift });
    const made = squareParts(group, left, rows, pitch, plank);
    board.squares.set(group.key, made);
    return made;
  });
  const middle = (names[0].centre + names.at(-1).centre) / 2;
  const shown = doTouch(names)
    ? [{ text: `${groups.length} goals`, kind: groups[0].kind, centre: middle, y: top }] : names;
  return [...squares, ...shown.map(({ text, kind, centre, y }) => svg("text",
    { class: `group ${kind}`, x: centre, y, "text-anchor": "middle" }, text))];
}

function doTouch(names) {
  return names.some((one, index) => names.slice(index + 1).some((other) => one.y === other.y
    && Math.abs(one.centre - other.centre) < one.half + other.half + LABEL_GAP_PX));
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function widthOf(widths) {
  return sum(widths) + 8 * (widths.length - 1);
}

/** Four rows of 11 px squares, smaller or higher only when they would not fit. */
function squareGrid(groups, room) {
  const space = room - 8 * (groups.length - 1);
  for (let rows = 4; rows < 12; rows += 1) {
    const columns = sum(groups.map((group) => Math.ceil(group.squares / rows)));
    const pitch = Math.min(rows > 4 ? 44 / rows : 11, space / columns);
    if (pitch >= 44 / (rows + 1) - 0.4 || rows === 11) return { rows, pitch };
  }
  return { rows: 4, pitch: 11 };
}

function squareParts(group, left, rows, pitch, plank) {
  const hollow = group.kind === "hollow";
  const size = pitch * 0.84 - (hollow ? 1.2 : 0);
  return Array.from({ length: group.squares }, (_, index) => svg("rect", {
    class: `square ${group.kind}`,
    x: left + Math.floor(index / rows) * pitch + (hollow ? 0.6 : 0),
    y: plank - 4 - (index % rows) * pitch - pitch * 0.84 + (hollow ? 0.6 : 0),
    width: size, height: size, rx: Math.min(1.6, pitch / 6),
  }));
}

function tiltArm(board, arm, tilt, middle, plank) {
  const from = board.tilt ?? tilt;
  board.tilt = tilt;
  arm.style.transformOrigin = `${middle}px ${plank}px`;
  arm.style.transform = `rotate(${tilt}deg)`;
  if (from !== tilt) {
    animate(arm, [{ transform: `rotate(${from}deg)` }, { transform: `rotate(${tilt}deg)` }]);
  }
}

/** Let each square glide from its old place; one that is new comes from a group that lost one. */
function crossOver(before, after) {
  if (!before || isCalm()) return;
  const left = [...before].flatMap(([key, squares]) => squares.slice(after.get(key)?.length ?? 0));
  for (const [key, squares] of after) {
    const old = before.get(key) ?? [];
    squares.forEach((square, index) => glide(old[index] ?? left.pop(), square));
  }
}

function glide(from, to) {
  if (!from) {
    animate(to, [{ opacity: 0 }, { opacity: 1 }]);
    return;
  }
  const [x, y] = ["x", "y"].map((name) => from.getAttribute(name) - to.getAttribute(name));
  if (x || y) animate(to, [{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }]);
}
