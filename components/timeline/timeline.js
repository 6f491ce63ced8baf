/**
 * The timeline. It keeps no truth: it draws `data`, sends `start` when a bar was moved and `open`
 * when a title was pressed, and draws again from the answer. All text enters as text.
 */

const COMMIT_MS = 500;
const SLOP_PX = 4;
const views = new WeakMap();

/** Called by Streamlit on mount and on every change of data or theme. */
export default function fulcrumTimeline({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = { host: element("div", { class: "timeline" }), data: null, held: null, waiting: null,
      off: null, said: element("div", { class: "unseen", role: "status", "aria-live": "polite" }) };
    views.set(parentElement, view);
    parentElement.append(view.host, view.said);
  }
  view.emit = setTriggerValue;
  if (view.held) view.waiting = data;
  else draw(view, data);
  const host = parentElement.host ?? parentElement;
  // Streamlit may run the cleanup of an overtaken call, so leave only when really gone.
  return () => setTimeout(() => {
    if (host.isConnected) return;
    view.off?.();
    views.delete(parentElement);
  }, 0);
}

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

function draw(view, data) {
  if (!data || view.data === data) return;
  const active = view.host.getRootNode().activeElement;
  const focus = active?.dataset?.focus ?? null;
  view.data = data;
  view.waiting = null;
  view.host.replaceChildren(ruler(data), ...data.groups.map((group) => groupPart(view, group)));
  if (!focus) return;
  [...view.host.querySelectorAll("[data-focus]")]
    .find((node) => node.dataset.focus === focus)?.focus({ preventScroll: true });
}

/** Where a month begins on the ruler, in percent. */
function at(data, month) {
  const share = (month - 1) / data.labels.length;
  return `${Math.min(1, Math.max(0, share)) * 100}%`;
}

function ruler(data) {
  const step = data.labels.length > 18 ? 6 : 3;
  const ticks = data.labels.flatMap((label, index) => (index % step === 0
    ? [tick(data, index + 1, label)] : []));
  const today = data.today === null ? null
    : element("i", { class: "today", title: "Today", style: `left:${at(data, data.today)}` });
  return element("div", { class: "row ruler", "aria-hidden": "true" },
    element("span", { class: "name" }), element("div", { class: "track" }, ...ticks, today));
}

function tick(data, month, label) {
  return element("span", { class: "tick", style: `left:${at(data, month)}` }, label);
}

function groupPart(view, group) {
  const { data } = view;
  const due = group.due === null ? null : element("span",
    { class: "due", style: `left:${at(data, Math.min(group.due + 1, data.labels.length + 1))}` },
    element("b", {}, group.due_label));
  const head = element("div", { class: "row head" },
    element("h3", { class: "name" }, group.title),
    // Where the ruler has no room for the words they stand under the title.
    due && element("span", { class: "until" }, group.due_label),
    element("div", { class: "track" }, due));
  const rows = group.rows.length
    ? element("ul", {}, ...group.rows.map((each) => rowPart(view, each, group)))
    : element("p", { class: "empty" }, group.empty);
  return element("section", { class: group.due === null ? "group stray" : "group",
    "aria-label": group.title }, head, rows);
}

function rowPart(view, row, group) {
  const { data } = view;
  const name = element("button", { type: "button", class: "name open", title: row.title,
    "data-focus": `open:${row.id}` }, row.title);
  name.addEventListener("click", () => view.emit("open", { tactic: row.id }));
  const bar = element("div", { class: "bar", role: "slider", tabindex: "0",
    "data-focus": `bar:${row.id}`, "aria-label": `${row.title}, start`, "aria-valuemin": 1,
    "aria-valuemax": data.labels.length },
  element("i", { class: "delay" }), element("i", { class: "adopt" }), element("i", { class: "full" }));
  const says = element("span", { class: "says" }, row.says);
  const flag = group.due === null ? null
    : element("i", { class: "flag", style: `left:${at(data, Math.min(group.due + 1, data.labels.length + 1))}` });
  const steps = element("span", { class: "steps" },
    stepButton(view, row, -1, bar), stepButton(view, row, 1, bar));
  place(data, bar, row, row.start);
  bar.addEventListener("keydown", (event) => onKey(view, row, bar, event));
  bar.addEventListener("blur", () => commit(view));
  bar.addEventListener("pointerdown", (event) => onPress(view, row, bar, event));
  return element("li", { class: "row" }, name,
    element("div", { class: "track" }, flag, bar), element("div", { class: "words" }, says, steps));
}

function stepButton(view, row, step, bar) {
  const words = step < 0 ? "earlier" : "later";
  const node = element("button", { type: "button", "data-focus": `${words}:${row.id}`,
    "aria-label": `${row.title}: start a month ${words}` }, step < 0 ? "−" : "+");
  node.addEventListener("click", () => {
    shift(view, row, bar, step);
    commit(view);
  });
  return node;
}

/** Put a bar where a start says; its parts keep their lengths. */
function place(data, bar, row, start) {
  const moved = start - row.start;
  const end = data.labels.length + 1;
  const works = Math.min(row.works + moved, end);
  const used = Math.min(row.used + moved, end);
  const length = Math.max(end - start, 0.001);
  bar.style.left = at(data, start);
  bar.style.width = `calc(100% - ${at(data, start)})`;
  const part = (name, from, to) => {
    bar.querySelector(name).style.left = `${(from - start) / length * 100}%`;
    bar.querySelector(name).style.width = `${Math.max(0, to - from) / length * 100}%`;
  };
  part(".delay", start, works);
  part(".adopt", works, used);
  part(".full", used, end);
  bar.setAttribute("aria-valuenow", start);
  bar.setAttribute("aria-valuetext", data.labels[start - 1] ?? "");
}

function held(view, row, bar) {
  if (view.held?.row.id !== row.id) {
    commit(view);
    view.held = { row, bar, start: row.start };
  }
  return view.held;
}

function moveTo(view, row, bar, start) {
  const hold = held(view, row, bar);
  hold.start = Math.min(view.data.labels.length, Math.max(1, Math.round(start)));
  place(view.data, bar, row, hold.start);
}

function shift(view, row, bar, step) {
  moveTo(view, row, bar, held(view, row, bar).start + step);
  view.said.textContent = `${row.title}: ${view.data.labels[view.held.start - 1]}.`;
}

/** Send the new start, if it is one; what came meanwhile is drawn. */
function commit(view) {
  view.off?.();
  const hold = view.held;
  if (!hold || hold.dragging) return;
  view.held = null;
  if (hold.start !== hold.row.start) view.emit("start", { tactic: hold.row.id, start: hold.start });
  if (view.waiting) draw(view, view.waiting);
}

function cancel(view) {
  const hold = view.held;
  if (!hold) return;
  view.off?.();
  place(view.data, hold.bar, hold.row, hold.row.start);
  view.held = null;
  if (view.waiting) draw(view, view.waiting);
}

function onKey(view, row, bar, event) {
  const last = view.data.labels.length;
  const from = view.held?.row.id === row.id ? view.held.start : row.start;
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -3, PageUp: 3,
    Home: 1 - from, End: last - from };
  if (event.key === "Enter") commit(view);
  else if (event.key === "Escape") cancel(view);
  else if (event.key in steps) {
    shift(view, row, bar, steps[event.key]);
    view.off?.();
    view.off = soon(() => commit(view), COMMIT_MS);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function onPress(view, row, bar, event) {
  if (event.button !== 0 || !event.isPrimary) return;
  const month = bar.parentNode.clientWidth / view.data.labels.length;
  const stop = new AbortController();
  const from = event.clientX;
  const on = (name, act) => window.addEventListener(name, act, { signal: stop.signal });
  on("pointermove", (moved) => {
    if (moved.pointerId !== event.pointerId) return;
    if (!view.held?.dragging && Math.abs(moved.clientX - from) < SLOP_PX) return;
    held(view, row, bar).dragging = true;
    moveTo(view, row, bar, row.start + (moved.clientX - from) / month);
  });
  const end = (keep) => {
    stop.abort();
    if (!view.held) return;
    view.held.dragging = false;
    if (keep) commit(view);
    else cancel(view);
  };
  on("pointerup", () => end(true));
  on("pointercancel", () => end(false));
  on("keydown", (key) => key.key === "Escape" && end(false));
}
