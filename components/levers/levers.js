/**
 * A table of levers: a share and a month in each row, and a few numbers for all of them. Where
 * nobody is sure, a row opens to a low and a high share and to an earliest and a latest month.
 *
 * It keeps no truth. It draws `data`, shows at once what a lever would do (look.js) and sends what
 * a person set (`set`); a number out of bounds stays in its field with a sentence under it and is
 * not sent. A field that somebody is typing in is never written over. Every word from `data` enters the page as text, never as HTML.
 */

const PAUSE_MS = 150;  // after a step, before it is sent: steps come in bursts
const STEP = 5;

const tables = new WeakMap();

/** Draw `data`; called by Streamlit on mount and on every change of data or theme. */
export default function fulcrumLevers({ data, parentElement, setTriggerValue }) {
  let table = tables.get(parentElement);
  if (!table) {
    table = { host: el("div", { class: "levers" }), shape: "", rows: new Map(), terms: new Map() };
    tables.set(parentElement, table);
    parentElement.appendChild(table.host);
  }
  Object.assign(table, { emit: (message) => setTriggerValue("set", message), data });
  table.host.dataset.theme = isDark(table.host) ? "dark" : "light";
  const shape = shapeOf(data);
  if (shape !== table.shape) build(table, data, shape);
  data.rows.forEach((row) => showRow(table.rows.get(row.id), row));
  data.terms.forEach((term) => show(table.terms.get(term.id), term.value));
}

/** What the table is made of; while it stays the same, fields stay the same nodes. */
function shapeOf(data) {
  const rows = data.rows.map(({ id, label, is_in, low }) => [id, label, is_in === null, low === null]);
  const terms = data.terms.map(({ id, label, step, most }) => [id, label, step, most]);
  const words = [data.heads, data.share_words, data.start_words, data.terms_title];
  return JSON.stringify([words, rows, data.months, terms]);
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

// ---- building ------------------------------------------------------------------------------

function build(table, data, shape) {
  Object.assign(table, { shape, rows: new Map(), terms: new Map() });
  const head = el("div", { class: "head", "aria-hidden": "true" },
    ...data.heads.map((word) => el("span", {}, word)));
  const rows = data.rows.map((row) => buildRow(table, row, data));
  table.host.replaceChildren(head, ...rows, ...buildTerms(table, data));
}

function buildRow(table, { id, label, is_in, low }, { months, ...words }) {
  const lever = { id, note: el("span", { class: "note" }), kept: null, isSet: false };
  const isSet = () => {
    if (!checkOrder(lever)) return false;
    // While nothing starts, a month alone is nothing.
    lever.isSet = numberIn(lever.field) > 0 || lever.field.kept > 0 || lever.kept !== null;
    return lever.isSet;
  };
  const send = () => (isSet() ? emit(table) : lookAway());
  const look = () => (isSet() ? glance(table) : lookAway());
  const withEnds = (act) => () => {
    if (lever.range) bringAlong(lever);
    act();
  };
  lever.field = numberField(
    label, `${label}: ${words.share_words}`, STEP, 100, "%", withEnds(send), withEnds(look));
  lever.month = monthField(`${label}: ${words.start_words}`, months, () => {
    if (lever.range) widen(lever);
    if (isGood(lever.field)) send();
  });
  if (is_in !== null) lever.choice = buildChoice(send);
  if (low !== null) lever.range = buildRange(lever, label, words, months, send, look);
  lever.row = el("div", { class: "row" },
    buildName(label, lever), lever.field.box, lever.month, lever.field.error,
    ...(lever.range ? [lever.range.box] : []));
  table.rows.set(id, lever);
  return lever.row;
}

function monthField(label, months, changed) {
  const field = el("select", { "aria-label": label },
    ...months.map((month, at) => el("option", { value: at + 1 }, month)));
  field.addEventListener("change", changed);
  return field;
}

/** Return a tick that says whether a row counts. */
function buildChoice(send) {
  const choice = el("input", { type: "checkbox" });
  choice.addEventListener("change", send);
  return choice;
}

function buildName(label, { choice, note, range }) {
  if (!choice) return el("div", { class: "name" }, el("span", {}, label), note);
  const ticked = el("label", {}, choice, el("span", {}, label));
  return el("div", { class: "name" }, ticked, note, ...(range ? [range.button] : []));
}

/**
 * Fields for the ends of the share and of the month, and the button that opens them or makes each
 * one value again.
 */
function buildRange(lever, label, { share_words, start_words }, months, send, look) {
  const end = (word) =>
    numberField(`${label}, ${word}`, `${label}: ${share_words}, ${word}`, STEP, 100, "%", send, look);
  const low = end("low"), high = end("high");
  const month = (word) => monthField(`${label}: ${start_words}, ${word}`, months, () => {
    follow(lever, word);
    if (isGood(lever.field)) send();
  });
  const earliest = month("earliest"), latest = month("latest");
  const order = el("div", { class: "error", "aria-live": "assertive" });
  const part = (word, ...fields) =>
    el("div", { class: "end" }, el("span", { "aria-hidden": "true" }, word), ...fields);
  const box = el("div", { class: "range", hidden: "" },
    part(`Low: ${share_words}`, low.box, low.error),
    part(`High: ${share_words}`, high.box, high.error), order,
    part("Earliest start", earliest), part("Latest start", latest));
  const button = el("button", { type: "button", class: "unsure", "aria-expanded": "false" });
  const range = { low, high, earliest, latest, order, box, button, label, isOpen: null };
  button.addEventListener("click", () => {
    setOpen(range, !range.isOpen);
    if (range.isOpen) {
      earliest.value = latest.value = lever.month.value;
      low.input.focus();
    } else send();
  });
  setOpen(range, false);
  return range;
}

/** While both ends of a share are one, they go along with the likely one. */
function bringAlong({ field, range: { low, high } }) {
  if (!isGood(field) || numberIn(low) !== numberIn(high)) return;
  for (const end of [low, high]) {
    end.input.value = plain(numberIn(field));
    say(end, "");
  }
}

/** Let the months of a range hold the likely one; while they are one month, they go along. */
function widen({ month, range: { earliest, latest } }) {
  const now = Number(month.value), first = Number(earliest.value), last = Number(latest.value);
  earliest.value = first === last ? now : Math.min(first, now);
  latest.value = first === last ? now : Math.max(last, now);
}

/** Let the likely month and the other end follow an end that went past them. */
function follow({ month, range: { earliest, latest } }, moved) {
  const first = Number(earliest.value), last = Number(latest.value), now = Number(month.value);
  if (moved === "earliest") {
    month.value = Math.max(now, first);
    latest.value = Math.max(last, first);
  } else {
    month.value = Math.min(now, last);
    earliest.value = Math.min(first, last);
  }
}

function setOpen(range, isOpen) {
  if (range.isOpen === isOpen) return;
  range.isOpen = isOpen;
  range.box.hidden = !isOpen;
  range.button.setAttribute("aria-expanded", isOpen);
  range.button.setAttribute("aria-label", `${range.label}: ${isOpen ? "one value" : "give a range"}`);
  range.button.textContent = isOpen ? "One value" : "Give a range";
}

function buildTerms(table, { terms, terms_title }) {
  if (terms.length === 0) return [];
  const fields = terms.map((term) => buildTerm(table, term));
  return [el("div", { class: "title" }, terms_title), el("div", { class: "terms" }, ...fields)];
}

function buildTerm(table, { id, label, step, most }) {
  const field = numberField(label, label, step, most, "", () => emit(table), () => glance(table));
  table.terms.set(id, field);
  return el("div", { class: "term" },
    el("span", { "aria-hidden": "true" }, label), field.box, field.error);
}

/**
 * A number field with a button on either side. `send` is called when its number is set; in a burst
 * of steps it waits for the last, and `look` is called at each.
 */
function numberField(name, label, step, most, unit, send, look) {
  const error = el("div", { class: "error", "aria-live": "assertive" });
  const input = el("input", {
    type: "number", inputmode: "decimal", min: 0, max: most, step: "any", "aria-label": label,
  });
  const less = el("button", { type: "button", tabindex: -1, "aria-label": `Less: ${name}` }, "−");
  const more = el("button", { type: "button", tabindex: -1, "aria-label": `More: ${name}` }, "+");
  const shown = el("span", { class: "unit", "aria-hidden": "true" }, unit);
  const box = el("div", { class: "number" }, input, shown, less, more);
  const field = { name, box, input, error, most, unit, kept: null, off: null, waiting: 0 };
  const sendNow = () => {
    field.off = null;
    send();
  };
  const set = (pause) => {
    field.off?.();
    field.off = null;
    if (!check(field)) return lookAway();  // else: what an earlier step would have done
    if (!pause) return send();
    field.off = soon(sendNow, PAUSE_MS);
    look();
  };
  const by = (change) => {
    const value = Number(input.value) + change;
    input.value = plain(Math.min(Math.max(value, 0), most));
    set(true);
  };
  input.addEventListener("change", () => set(false));
  input.addEventListener("keydown", (event) => {
    const change = { ArrowUp: step, ArrowDown: -step }[event.key];
    if (change === undefined) return;
    event.preventDefault();
    by(change);
  });
  less.addEventListener("click", () => by(-step));
  more.addEventListener("click", () => by(step));
  return field;
}

// ---- showing -------------------------------------------------------------------------------

function showRow(lever, row) {
  lever.note.textContent = row.note;
  if (lever.range) showRange(lever, row);
  show(lever.field, row.share);
  if (row.start !== null && row.start !== lever.kept) lever.month.value = row.start;
  lever.kept = row.start;
  lever.row.classList.toggle("changed", row.is_changed);
  if (lever.choice && row.is_in !== lever.keptIn) lever.choice.checked = row.is_in;
  lever.keptIn = row.is_in;
  if (isShown(lever, row)) lever.isSet = false;
}

/** Show a range where the row has one; somebody who opened it keeps it open. */
function showRange({ range }, { low, high, earliest, latest }) {
  const isRange = low !== high || earliest !== latest;
  if (isRange || range.wasRange) setOpen(range, isRange);
  range.wasRange = isRange;
  show(range.low, low);
  show(range.high, high);
  if (earliest !== range.keptEarliest) range.earliest.value = earliest;
  if (latest !== range.keptLatest) range.latest.value = latest;
  Object.assign(range, { keptEarliest: earliest, keptLatest: latest });
}

/** Return whether a row's fields show what is kept; its month counts only once it starts. */
function isShown(lever, row) {
  const isSameStart = row.start === null || row.start === Number(lever.month.value);
  const isSameChoice = !lever.choice || row.is_in === lever.choice.checked;
  const [low, high] = endsIn(lever);
  const [earliest, latest] = monthsIn(lever);
  const isSameRange = !lever.range || (row.low === low && row.high === high
    && row.earliest === earliest && row.latest === latest);
  return row.share === numberIn(lever.field) && isSameStart && isSameChoice && isSameRange;
}

/** Return the ends of a row's range: those typed, or its one share. */
function endsIn({ range, field }) {
  if (range && range.isOpen) return [numberIn(range.low), numberIn(range.high)];
  return [numberIn(field), numberIn(field)];
}

/** Return the earliest and the latest month of a row: those picked, or its one month. */
function monthsIn({ range, month }) {
  const ends = range && range.isOpen ? [range.earliest, range.latest] : [month, month];
  return ends.map((field) => Number(field.value));
}

/**
 * Show what is kept now, unless the field does already, somebody is typing in it, or a step in it
 * is still to be sent: the answer to an earlier step may come in between.
 */
function show(field, value) {
  const isTyped = field.kept !== null && numberIn(field) !== field.kept;
  if (isTyped && (field.kept === value || field.off || field.waiting)) {
    field.kept = value;
    return;
  }
  const isBusy = isTyped && field.input.getRootNode().activeElement === field.input;
  if (isBusy && numberIn(field) !== value) {
    say(field, `Somebody set this to ${plain(value)}${field.unit} meanwhile.`);
  } else {
    field.input.value = plain(value);
    say(field, "");
  }
  field.kept = value;
}

function plain(value) {
  return String(Math.round(value * 1e6) / 1e6);
}

function numberIn(field) {
  return field.input.value.trim() === "" ? NaN : Number(field.input.value);
}

function isGood(field) {
  const value = numberIn(field);
  return value >= 0 && value <= field.most;
}

/** Say what is wrong with a number; return whether it is good. */
function check(field) {
  const good = isGood(field);
  const most = field.most.toLocaleString("en-US");
  const typed = Number.isNaN(numberIn(field)) ? "empty" : `${plain(numberIn(field))}${field.unit}`;
  say(field, good ? "" : `${field.name} is ${typed}. Use a number from 0 to ${most}${field.unit}.`);
  return good;
}

/** Say when a likely share lies outside its range; return whether it does not. */
function checkOrder(lever) {
  if (!lever.range) return true;
  const [low, high] = endsIn(lever), likely = numberIn(lever.field);
  const isGoodOrder = low <= likely && likely <= high;
  lever.range.order.textContent = isGoodOrder ? "" :
    `${plain(likely)}% must lie between the low ${plain(low)}% and the high ${plain(high)}%.`;
  return isGoodOrder;
}

/** Return whether all numbers of a row are good. */
function isGoodRow(lever) {
  const [low, high] = endsIn(lever), likely = numberIn(lever.field);
  return isGood(lever.field) && low >= 0 && low <= likely && likely <= high && high <= 100;
}

function say(field, text) {
  field.error.textContent = text;
  field.input.setAttribute("aria-invalid", text !== "" && !isGood(field));
}

// ---- sending -------------------------------------------------------------------------------

/** Show what is set, and then send it to be kept; until then no answer writes over it. */
function emit(table) {
  const fields = [...table.terms.values()];
  for (const { field, range } of table.rows.values()) {
    fields.push(field, ...(range ? [range.low, range.high] : []));
  }
  for (const field of fields) field.waiting += 1;
  lookThen(spotOf(table), table.data.part, messageOf(table), () => {
    for (const field of fields) field.waiting -= 1;
    table.emit(messageOf(table));
  });
}

/** Show what is set so far. */
function glance(table) {
  lookAt(spotOf(table), table.data.part, messageOf(table));
}

/**
 * Return all rows that were set and are not kept yet: a message may overtake the answer to another.
 * Terms out of bounds are as they are kept.
 */
function messageOf(table) {
  const set = [...table.rows.values()].filter((lever) => lever.isSet && isGoodRow(lever));
  const rowOf = (lever) => {
    const { field, month, choice, range } = lever;
    const isOpen = range && range.isOpen, is_in = choice ? choice.checked : true;
    const [low, high] = isOpen ? endsIn(lever) : [null, null];
    const [earliest, latest] = isOpen ? monthsIn(lever) : [null, null];
    const start = Number(month.value);
    return { share: numberIn(field), start, is_in, low, high, earliest, latest };
  };
  const term = (field) => (isGood(field) ? numberIn(field) : field.kept);
  return {
    rows: Object.fromEntries(set.map((lever) => [lever.id, rowOf(lever)])),
    terms: Object.fromEntries([...table.terms].map(([id, field]) => [id, term(field)])),
  };
}
