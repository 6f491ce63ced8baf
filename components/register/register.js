/**
 * The register of assumptions: what each is, where it comes from, and what it does to the outcome.
 *
 * It keeps no truth. It draws `data` and sends the id of the row somebody opens (`open`). Every
 * word from `data` enters the page as text, never as HTML; an address is followed only if it
 * begins with http.
 */

// Code points of Material Symbols Rounded, the icon font Streamlit bundles.
const ICON = { measured: "\ue41c", benchmark: "\ue873", estimate: "\ue7ef", edit: "\uf097" };

const tables = new WeakMap();

/** Draw `data`; called by Streamlit on mount and on every change of data or theme. */
export default function fulcrumRegister({ data, parentElement, setTriggerValue }) {
  let table = tables.get(parentElement);
  if (!table) {
    table = { host: el("div", { class: "register" }), shown: "", emit: null };
    tables.set(parentElement, table);
    parentElement.appendChild(table.host);
  }
  table.emit = (id) => setTriggerValue("open", id);
  table.host.dataset.theme = isDark(table.host) ? "dark" : "light";
  const wanted = JSON.stringify(data);
  if (wanted === table.shown) return;
  table.shown = wanted;
  const focused = table.host.getRootNode().activeElement?.dataset?.id;
  table.host.replaceChildren(build(table, data));
  if (focused) table.host.querySelector(`button[data-id="${CSS.escape(focused)}"]`)?.focus();
}

function isDark(node) {
  const color = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  return /^#[0-3]/.test(color);
}

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

function icon(name) {
  return el("span", { class: "icon", "aria-hidden": "true" }, ICON[name]);
}

// The roles are said again because a table that is laid out as a grid loses its own.
function build(table, data) {
  const heads = data.heads.map((word) => el("th", { role: "columnheader", scope: "col" }, word));
  const effect = el("th", { role: "columnheader", scope: "col", class: "effect-head" },
    el("span", { class: "key low" }, data.if_low), el("span", { class: "key high" }, data.if_high),
    el("span", {}, data.outcome));
  const change = el("th", { role: "columnheader", scope: "col" },
    el("span", { class: "unseen" }, "Change"));
  return el("table", { role: "table" },
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads, effect, change)),
    el("tbody", { role: "rowgroup" }, ...data.rows.map((row) => buildRow(table, row, data))));
}

function buildRow(table, row, data) {
  const open = () => table.emit(row.id);
  const button = el("button", {
    type: "button", class: "edit", "data-id": row.id, title: "Look at it or change it",
    "aria-label": `Look at or change: ${row.label}`,
  }, icon("edit"));
  button.addEventListener("click", open);
  const line = el("tr", { role: "row" },
    el("th", { role: "rowheader", scope: "row", class: "name" },
      el("span", { class: "label" }, row.label), el("span", { class: "small" }, row.meaning),
      row.note ? el("span", { class: "note" }, row.note) : null),
    cell("value", el("span", { class: "label" }, row.value), el("span", { class: "small" }, row.range)),
    cell("source", ...buildSource(row)),
    cell("effect", ...buildEffect(row, data)),
    cell("change", button));
  line.addEventListener("click", (event) => {
    const inside = event.composedPath();
    const isChosen = inside.some((node) => node.tagName === "A" || node.tagName === "BUTTON");
    const isMarked = String(document.getSelection() ?? "") !== "";
    if (!isChosen && !isMarked) open();
  });
  return line;
}

function cell(name, ...children) {
  return el("td", { role: "cell", class: name }, ...children);
}

function buildSource(row) {
  const [before, linked, after, address] = row.source;
  const text = el("span", { class: "small" }, before);
  if (linked && /^https?:\/\//i.test(address)) {
    text.append(el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, linked));
  } else {
    text.append(linked);
  }
  text.append(after);
  return [
    el("span", { class: "grade" },
      el("span", { class: `chip ${row.tone}` }, icon(row.tone), row.grade),
      el("span", { class: "small" }, row.set_by),
      row.stale ? el("span", { class: "stale" }, row.stale) : null),
    text,
    ...(row.added ? [el("span", { class: "small added" }, row.added)] : []),
  ];
}

function buildEffect({ effect, no_effect: none }, data) {
  if (effect === null) {
    return none ? [el("span", { class: "small none" }, none)]
      : [el("span", { class: "strip", "aria-label": "being worked out" })];
  }
  const [left, right] = effect.low <= effect.high ? ["low", "high"] : ["high", "low"];
  const bars = el("span", { class: "bars", "aria-hidden": "true", title: effect.tip });
  // The longer half first: the shorter stays visible where both lie on one side.
  ["low", "high"].sort((a, b) => Math.abs(effect[b]) - Math.abs(effect[a]))
    .forEach((end) => bars.append(buildHalf(end, effect[end])));
  const before = el("span", { class: "end" }, effect[`${left}_text`]);
  before.style.right = `calc(${50 - 50 * Math.min(effect[left], 0)}% + 0.4rem)`;
  const after = el("span", { class: "end" }, effect[`${right}_text`]);
  after.style.left = `calc(${50 + 50 * Math.max(effect[right], 0)}% + 0.4rem)`;
  bars.append(el("span", { class: "zero" }), before, after);
  return [bars, el("span", { class: "unseen" }, `${data.outcome}. ${effect.tip}`)];
}

function buildHalf(end, share) {
  const half = el("span", { class: `half ${end}` });
  half.style.left = `${50 + 50 * Math.min(share, 0)}%`;
  half.style.width = `${50 * Math.abs(share)}%`;
  return half;
}
