/**
 * A rep's week: today's bar with a handle on each admin task, and the bar with the plan.
 *
 * It keeps no truth. It draws `data`, redraws the hatching while a handle moves, and sends the
 * hours automated of one task (`set_hours`) when the hand leaves it. What was set stays on
 * screen until `data` brings it; what it would do is shown while the hand moves (look.js).
 * Steppers send the share of freed hours for one use (`send_freed`). Every word from `data` enters
 * the page as text, never as HTML.
 */

const PAUSE_MS = 250;  // after a key or a step, before it is sent: they come in bursts
const STEP = 0.1;
const LEAP = 0.5;
const POINTS = 5;  // of a hundred freed hours
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const DEPTH = 100;  // of the drawing of the ribbons, stretched to its place
const GROUPS = new Set(["selling", "prospecting", "account", "coaching", "tactical", "other"]);

const weeks = new WeakMap();

/** Draw `data`; called by Streamlit on mount and on every change of data or theme. */
export default function fulcrumWeek({ data, parentElement, setTriggerValue }) {
  let week = weeks.get(parentElement);
  if (!week) {
    week = { host: el("div", { class: "week" }), shape: "", handles: new Map() };
    weeks.set(parentElement, week);
    parentElement.appendChild(week.host);
  }
  week.emit = (message) => setTriggerValue("set_hours", message);
  week.emitShare = (message) => setTriggerValue("send_freed", message);
  week.host.dataset.theme = isDark(week.host) ? "dark" : "light";
  week.data = data;
  const shape = JSON.stringify([data.today.map(({ id }) => id), data.handles.map(({ id }) => id)]);
  if (shape !== week.shape) build(week, shape);
  take(week);
  draw(week);
}

function isDark(node) {
  const color = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  return /^#[0-3]/.test(color);
}

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children);
  return node;
}

const written = (hours) => hours.toFixed(1);
const left = (hours, taken) => written(Number(written(hours)) - Number(written(taken)));
const near = (one, other) => Math.abs(one - other) < 0.051;

// ---- building ------------------------------------------------------------------------------

function build(week, shape) {
  Object.assign(week, {
    shape,
    handles: new Map(),
    title: el("h2"),
    note: el("span"),
    ruler: el("div", { class: "ruler", "aria-hidden": "true" }),
    names: el("div", { class: "names", "aria-hidden": "true" }),
    today: el("div", { class: "bar" }),
    after: el("div", { class: "bar after" }),
    afterTitle: el("div", { class: "line after" }),
    ceiling: el("div", { class: "ceiling" }),
    said: el("div", { class: "said", "aria-live": "polite" }),
    uses: el("div", { class: "uses", role: "group", "aria-label": "Freed hours are meant for" }),
    ribbons: document.createElementNS("http://www.w3.org/2000/svg", "svg"),
  });
  week.ribbons.setAttribute("class", "ribbons");
  week.ribbons.setAttribute("aria-hidden", "true");
  week.ribbons.setAttribute("preserveAspectRatio", "none");
  const lines = week.data.handles.map((handle) => buildHandle(week, handle));
  week.steppers = week.data.uses.map((use) => buildUse(week, use));
  week.uses.replaceChildren("Freed hours are meant for", ...week.steppers.map(({ box }) => box));
  week.host.replaceChildren(
    el("header", {}, week.title, toggle(week),
      el("span", { class: "key" }, el("i", { "aria-hidden": "true" }), "promised to automation",
        el("span", {}, "· drag to change"))),
    week.uses,
    el("div", { class: "bars" }, week.ruler, el("div", { class: "line" }, "Today", week.note),
      week.names, week.today, week.ribbons, week.afterTitle, week.after, week.ceiling),
    week.said,
    el("div", { class: "table" }, ...lines),
  );
}

function toggle(week) {
  const choices = ["Bar", "Table"].map((word) => el("button", { type: "button" }, word));
  const choose = (isTable) => {
    week.host.classList.toggle("as-table", isTable);
    choices.forEach((each, place) => each.setAttribute("aria-pressed", (place === 1) === isTable));
  };
  choices.forEach((each, place) => each.addEventListener("click", () => choose(place === 1)));
  choose(false);
  return el("div", { class: "toggle", role: "group", "aria-label": "Show the week as" }, ...choices);
}

function buildUse(week, { id, label, group }) {
  const less = el("button", { type: "button", "aria-label": `Less for: ${label}` }, "−");
  const more = el("button", { type: "button", "aria-label": `More for: ${label}` }, "+");
  const share = el("b");
  const box = el("div", { class: "use" },
    el("i", { class: GROUPS.has(group) ? group : "other", "aria-hidden": "true" }),
    el("span", {}, `${label} `, share), less, more);
  const stepper = { id, label, share, box, set: null, off: null };
  less.addEventListener("click", () => stepUse(week, stepper, -POINTS));
  more.addEventListener("click", () => stepUse(week, stepper, POINTS));
  return stepper;
}

/** Steps of one burst are one message; the server takes from the others what one gains. */
function stepUse(week, stepper, by) {
  const { share } = week.data.uses.find(({ id }) => id === stepper.id);
  stepper.set = Math.min(Math.max((stepper.set ?? share) + by, 0), 100);
  stepper.isAsked = true;
  stepper.off?.();
  const message = { use: stepper.id, share: stepper.set };
  stepper.off = soon(
    () => lookThen(spotOf(week), "freed", message, () => week.emitShare(message)), PAUSE_MS);
  lookAt(spotOf(week), "freed", message);
  draw(week);
}

function buildHandle(week, { id, label }) {
  const knob = el("div", {
    class: "handle", role: "slider", tabindex: 0, "aria-label": `${label}, hours automated`,
  });
  const input = el("input", {
    type: "number", step: "any", inputmode: "decimal", "aria-label": `${label}: hours automated a week`,
  });
  const less = el("button", { type: "button", "aria-label": `Fewer hours: ${label}` }, "−");
  const more = el("button", { type: "button", "aria-label": `More hours: ${label}` }, "+");
  const note = el("span", { class: "note" });
  const handle = { id, knob, input, note, hatch: el("div", { class: "hatch" }), set: null, off: null };
  week.handles.set(id, handle);
  knob.addEventListener("keydown", (event) => onKey(week, handle, event));
  knob.addEventListener("pointerdown", (event) => onPress(week, handle, event));
  less.addEventListener("click", () => set(week, handle, value(week, handle) - STEP, PAUSE_MS));
  more.addEventListener("click", () => set(week, handle, value(week, handle) + STEP, PAUSE_MS));
  input.addEventListener("change", () => {
    const typed = Number(input.value);
    if (input.value.trim() !== "" && Number.isFinite(typed)) set(week, handle, typed, 0);
    else say(week, `${label}: type a number of hours.`, true);
  });
  return el("div", { class: "row" }, el("b", {}, label),
    el("div", { class: "number" }, less, input, more), note);
}

// ---- setting -------------------------------------------------------------------------------

function fact(week, handle) {
  return week.data.handles.find(({ id }) => id === handle.id);
}

function value(week, handle) {
  return handle.set ?? fact(week, handle).automated;
}

/** Set hours within what tactics can give; past that it stops, and says why. */
function set(week, handle, wanted, pause) {
  const { least, most, label, hours, stops_low: low, stops_high: high, belongs } = fact(week, handle);
  const rounded = Math.round(wanted * 10) / 10;
  const kept = Math.min(Math.max(rounded, least), most);
  handle.set = kept;
  draw(week);
  if (rounded > most + 0.051) say(week, high, true);
  else if (rounded < least - 0.051) say(week, low, true);
  else say(week, `${label}: ${written(kept)} of ${written(hours)} h automated. ${belongs}`, false);
  handle.off?.();
  if (pause !== null) handle.off = soon(() => send(week, handle), pause);
  if (pause !== 0) lookAt(spotOf(week), "hours", { task: handle.id, hours: kept });
}

function send(week, handle) {
  const { automated } = fact(week, handle);
  if (handle.set === null) return;
  const message = { task: handle.id, hours: handle.set };
  if (Math.abs(handle.set - automated) < 0.005) {
    handle.set = null;
    lookAway();
  } else {
    lookThen(spotOf(week), "hours", message, () => week.emit(message));
  }
  draw(week);
}

function say(week, words, isStopped) {
  week.said.textContent = words;
  week.said.classList.toggle("stopped", isStopped);
}

function onKey(week, handle, event) {
  const { least, most } = fact(week, handle);
  const now = value(week, handle);
  const wanted = {
    ArrowRight: now + STEP, ArrowUp: now + STEP, ArrowLeft: now - STEP, ArrowDown: now - STEP,
    PageUp: now + LEAP, PageDown: now - LEAP, Home: least, End: most,
  }[event.key];
  if (wanted === undefined) return;
  event.preventDefault();
  set(week, handle, wanted, PAUSE_MS);
}

function onPress(week, handle, event) {
  if (event.button !== 0) return;
  event.preventDefault();
  handle.knob.focus();
  handle.knob.setPointerCapture(event.pointerId);
  const before = handle.set;
  const from = event.clientX;
  const at = value(week, handle);
  const scale = week.data.total / week.today.getBoundingClientRect().width;
  const move = ({ clientX }) => set(week, handle, at + (clientX - from) * scale, null);
  const done = ({ type, key }) => {
    if (type === "keydown" && key !== "Escape") return;
    handle.knob.removeEventListener("pointermove", move);
    ["pointerup", "pointercancel", "keydown"].forEach((name) => handle.knob.removeEventListener(name, done));
    if (type === "pointerup") return send(week, handle);
    handle.set = before;
    lookAway();
    draw(week);
    say(week, "", false);
  };
  handle.knob.addEventListener("pointermove", move);
  ["pointerup", "pointercancel", "keydown"].forEach((name) => handle.knob.addEventListener(name, done));
}

/** What the server kept replaces what was set here; a refused hour comes back as it was. */
function take(week) {
  if (week.refused !== undefined && week.refused !== week.data.refused) {
    [...week.handles.values(), ...week.steppers].forEach((each) => { each.set = null; });
  }
  week.refused = week.data.refused;
  week.steppers.forEach((stepper) => {
    const { share } = week.data.uses.find(({ id }) => id === stepper.id);
    if (stepper.set !== null && Math.abs(stepper.set - share) < 0.5) stepper.set = null;
    if (stepper.seen !== share) stepper.set = null;
    stepper.seen = share;
  });
  const asked = week.steppers.find(({ isAsked, set: wanted }) => isAsked && wanted === null);
  if (asked) {
    asked.isAsked = false;
    say(week, `Of freed hours: ${week.data.uses.map(({ label, share }) => `${label} ${Math.round(share)}%`).join(", ")}.`, false);
  }
  week.handles.forEach((handle) => {
    const { automated } = fact(week, handle);
    const isKept = handle.set !== null && near(handle.set, automated);
    if (isKept || handle.seen !== automated) handle.set = null;
    handle.seen = automated;
  });
}

// ---- drawing -------------------------------------------------------------------------------

function draw(week) {
  const { data } = week;
  week.title.textContent = data.title;
  week.note.textContent = data.note;
  week.afterTitle.textContent = data.after_title;
  week.ceiling.textContent = data.ceiling.words;
  week.steppers.forEach(({ id, share, set: wanted }) => {
    share.textContent = `${Math.round(wanted ?? data.uses.find((use) => use.id === id).share)}%`;
  });
  drawRuler(week);
  drawToday(week);
  drawAfter(week);
  const isPending = [...week.handles.values(), ...week.steppers].some(({ set: hours }) => hours !== null);
  week.host.classList.toggle("is-pending", isPending);
}

const percent = (hours, total) => `${(100 * hours) / total}%`;

function spot(node, start, hours, total) {
  node.style.left = percent(start, total);
  node.style.width = percent(hours, total);
  return node;
}

function drawRuler({ ruler, data }) {
  ruler.replaceChildren(...DAYS.map((day, place) => {
    const mark = el("span", {}, day);
    return spot(mark, (place * data.total) / DAYS.length, data.total / DAYS.length, data.total);
  }));
}

function partOf({ label, group, hours, words }, start, total) {
  const part = el("div", { class: `part ${GROUPS.has(group) ? group : "other"}` });
  part.title = `${label}: ${words}`;
  if (hours / total > 0.045) {
    part.append(el("span", {}, el("b", {}, label)), el("span", {}, words));
  }
  return spot(part, start, hours, total);
}

function drawToday(week) {
  const { data, today, names, handles } = week;
  const parts = [];
  const above = [];
  let start = 0;
  data.today.forEach((one) => {
    const handle = handles.get(one.id);
    const part = partOf(one, start, data.total);
    if (handle) part.replaceChildren();
    parts.push(part);
    if (handle) {
      handle.start = start;
      part.title = `${one.label}: ${one.words}. ${fact(week, handle).belongs}`;
      above.push(drawHandle(week, handle, one));
    }
    start += one.hours;
  });
  const hatches = [...handles.values()].map(({ hatch }) => hatch);
  const knobs = [...handles.values()].map(({ knob }) => knob);
  [...today.children].filter((node) => node.classList.contains("part")).forEach((node) => node.remove());
  today.prepend(...parts);
  [...hatches, ...knobs].filter((node) => node.parentNode !== today).forEach((node) => today.append(node));
  names.replaceChildren(...above);
}

function drawHandle(week, handle, { label, hours }) {
  const { data } = week;
  const { least, most, belongs } = fact(week, handle);
  const now = value(week, handle);
  spot(handle.hatch, handle.start, now, data.total);
  handle.knob.style.left = percent(handle.start + now, data.total);
  const words = { valuemin: written(least), valuemax: written(most), valuenow: written(now) };
  Object.entries(words).forEach(([name, text]) => handle.knob.setAttribute(`aria-${name}`, text));
  const told = `${written(now)} of ${written(hours)} hours automated, ${left(hours, now)} left`;
  handle.knob.setAttribute("aria-valuetext", told);
  handle.note.textContent = `${written(hours)} h today, ${left(hours, now)} h left. ${belongs}`;
  if (handle.input.getRootNode().activeElement !== handle.input || handle.set === null) {
    handle.input.value = written(now);
  }
  const name = el("div", {}, el("b", {}, label), `${written(hours)} h `);
  if (now >= 0.05) name.append(el("em", {}, `(−${written(now)})`));
  return spot(name, handle.start, hours, data.total);
}

function drawAfter(week) {
  const { data, after } = week;
  const parts = [];
  const starts = new Map();
  let start = 0;
  (data.after?.parts ?? []).forEach((one) => {
    parts.push(partOf(one, start, data.total));
    starts.set(one.id, start + one.hours);
    start += one.hours;
  });
  const { p10, p50, p90 } = data.ceiling;
  const far = Math.min(p90, data.total);
  if (p10 < data.total) {
    parts.push(spot(el("div", { class: "range" }), p10, far - p10, data.total));
  }
  if (p50 < data.total) parts.push(spot(el("div", { class: "limit" }), p50, 0, data.total));
  after.replaceChildren(...parts);
  drawRibbons(week, starts);
}

/** Which freed hour goes where is a convention: each task's hours are shared out alike. */
function drawRibbons(week, ends) {
  const { data, ribbons } = week;
  ribbons.setAttribute("viewBox", `0 0 ${data.total} ${DEPTH}`);
  ribbons.replaceChildren();
  const gained = Object.entries(data.after?.gained ?? {}).filter(([id]) => ends.has(id));
  const all = gained.reduce((sum, [, hours]) => sum + hours, 0);
  const tasks = [...week.handles.values()].map((handle) => [handle.start, value(week, handle)]);
  const freed = tasks.reduce((sum, [, hours]) => sum + hours, 0);
  if (all <= 0 || freed <= 0) return;
  const above = tasks.map(([start]) => start);
  gained.forEach(([id, hours]) => {
    let below = ends.get(id) - hours;
    tasks.forEach(([, automated], place) => {
      const top = (automated * hours) / all;
      const foot = (hours * automated) / freed;
      if (foot > 0.005) ribbons.append(ribbon(groupOf(data, id), above[place], top, below, foot));
      above[place] += top;
      below += foot;
    });
  });
}

function groupOf(data, id) {
  return data.after.parts.find((one) => one.id === id).group;
}

function ribbon(group, above, top, below, foot) {
  const half = DEPTH / 2;
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("class", `to-${group}`);
  path.setAttribute("d", `M${above} 0C${above} ${half} ${below} ${half} ${below} ${DEPTH}H${below + foot}`
    + `C${below + foot} ${half} ${above + top} ${half} ${above + top} 0Z`);
  return path;
}
