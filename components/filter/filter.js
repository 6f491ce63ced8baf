/**
 * The filter row. It draws lists from `data` and sends what is asked for as the state `filter`.
 * A slash focuses the search field from anywhere on the page; Escape in it clears everything.
 */

const PAUSE_MS = 150;
const HEARD_MS = 1500;
const LISTS = [
  ["owner", "owners", "Any owner", "Owner"],
  ["status", "statuses", "Any status", "Status"],
  ["kind", "kinds", "Any kind", "Kind"],
  ["start", "starts", "Any start", "Starts in"],
];
const rows = new WeakMap();

/** Called by Streamlit on mount and on every change of data or theme. */
export default function fulcrumFilter({ data, parentElement, setStateValue }) {
  let row = rows.get(parentElement);
  if (!row) {
    row = createRow(parentElement);
    rows.set(parentElement, row);
  }
  row.send = (asked) => setStateValue("filter", asked);
  receive(row, data);
  const host = parentElement.host ?? parentElement;
  // Streamlit may run the cleanup of an overtaken call, so leave only when really gone.
  return () => setTimeout(() => {
    if (host.isConnected) return;
    row.ended.abort();
    rows.delete(parentElement);
  }, 0);
}

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function createRow(parent) {
  const search = element("input", { type: "search", placeholder: "Find tactics  ( / )",
    "aria-label": "Find tactics by words", maxlength: "120" });
  const selects = Object.fromEntries(LISTS.map(([name, , , label]) =>
    [name, element("select", { "aria-label": label })]));
  const clear = element("button", { type: "button", class: "clear", hidden: "" }, "Clear");
  const said = element("span", { class: "said", role: "status" });
  const host = element("div", { class: "filter" }, search, ...Object.values(selects), clear, said);
  parent.appendChild(host);
  const row = { search, selects, clear, said, timer: 0, memory: null, send: () => {}, turn: 0,
    heard: 0, ended: new AbortController(), lists: {} };
  const options = { signal: row.ended.signal };
  search.addEventListener("input", () => later(row), options);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    clearAll(row);
  }, options);
  Object.values(selects).forEach((node) =>
    node.addEventListener("change", () => now(row), options));
  clear.addEventListener("click", () => { clearAll(row); search.focus(); }, options);
  document.addEventListener("keydown", (event) => onSlash(row, event), options);
  return row;
}

function onSlash(row, event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const [target] = event.composedPath();
  const isTyping = target instanceof Element
    && (target.isContentEditable || target.closest("input, textarea, select, [role=combobox]"));
  if (isTyping || document.querySelector("[role=dialog]")) return;
  event.preventDefault();
  row.search.focus();
}

function receive(row, data) {
  if (!data) return;
  row.heard = data.heard;
  for (const [name, list, any] of LISTS) fill(row, name, data[list] ?? [], any);
  if (row.said.textContent !== data.shown) row.said.textContent = data.shown;
  if (row.memory !== data.memory) {
    row.memory = data.memory;
    restore(row);
  }
  row.clear.hidden = isEmpty(asked(row));
}

/** Write a list anew only when it differs: a list that is open must not close. */
function fill(row, name, choices, any) {
  const written = JSON.stringify(choices);
  if (row.lists[name] === written) return;
  row.lists[name] = written;
  const select = row.selects[name];
  const chosen = select.value;
  select.replaceChildren(element("option", { value: "" }, any),
    ...choices.map((each) => element("option", { value: String(each.value) }, each.label)));
  select.value = [...select.options].some((each) => each.value === chosen) ? chosen : "";
}

function asked(row) {
  const { owner, status, kind, start } = row.selects;
  return {
    text: row.search.value.trim(),
    owner: owner.value,
    status: status.value || null,
    kind: kind.value || null,
    start: start.value ? Number(start.value) : null,
  };
}

function isEmpty(filter) {
  return Object.values(filter).every((value) => !value);
}

function later(row) {
  clearTimeout(row.timer);
  row.timer = setTimeout(() => now(row), PAUSE_MS);
}

function now(row) {
  clearTimeout(row.timer);
  const filter = asked(row);
  row.clear.hidden = isEmpty(filter);
  try {
    sessionStorage.setItem(name(row), JSON.stringify(filter));
  } catch { /* a browser without storage forgets the filter on reload */ }
  tell(row, filter);
}

/** Streamlit may take what is sent for another part of the page; then it is sent once more. */
function tell(row, filter) {
  row.turn = Math.max(row.turn, row.heard) + 1;
  row.send({ ...filter, turn: row.turn });
  row.timer = setTimeout(() => {
    if (row.heard < row.turn && row.search.isConnected) tell(row, filter);
  }, HEARD_MS);
}

function clearAll(row) {
  row.search.value = "";
  Object.values(row.selects).forEach((node) => { node.value = ""; });
  now(row);
}

function name(row) {
  return `fulcrum-filter-${row.memory}`;
}

/** After a reload, or on another plan: take up what was asked for here. */
function restore(row) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(name(row)));
  } catch { /* nothing usable was kept */ }
  row.search.value = typeof kept?.text === "string" ? kept.text : "";
  for (const [list, node] of Object.entries(row.selects)) {
    const value = String(kept?.[list] ?? "");
    node.value = [...node.options].some((each) => each.value === value) ? value : "";
  }
  // Streamlit sends what changes at the same moment as one message, and as one for a part of the
  // page if a part changed too: so not at the moment in which everything on the page appears.
  if (!isEmpty(asked(row))) row.timer = setTimeout(() => now(row), PAUSE_MS);
}
