/**
 * Who is here. It remembers a name and a random id in this browser and sends them as the state `me`.
 * Twice in three seconds it asks the server who else is here and what is new. When the plan has
 * changed since it was drawn it tells the part of the page that listens (ear.js), else sends the
 * trigger `news`; and it says when the server was started anew, because the page shows an old state.
 */

const NAME = "fulcrum-name";
const ID = "fulcrum-id";
const ASK_MS = 1500;
const TELL_AGAIN_MS = 6000;
const SAY_MS = 40;
const views = new WeakMap();
const guard = { boot: null, view: null, shown: "", told: "", toldAt: 0, timer: 0, said: false,
  typing: "", left: false };

/** Called by Streamlit on mount and on every change of data or theme. */
export default function fulcrumPeople({ data, parentElement, setStateValue, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = createView(parentElement);
    views.set(parentElement, view);
  }
  view.send = (me) => setStateValue("me", me);
  view.tell = (news) => setTriggerValue("news", news);
  receive(view, data);
  const host = parentElement.host ?? parentElement;
  // Streamlit may run the cleanup of an overtaken call, so leave only when really gone.
  return () => setTimeout(() => {
    if (!host.isConnected) views.delete(parentElement);
  }, 0);
}

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Storage may be forbidden; then a name lasts as long as the page. */
function kept(name) {
  try { return localStorage.getItem(name) ?? ""; } catch { return ""; }
}

function keep(name, value) {
  try { localStorage.setItem(name, value); } catch { /* it lasts as long as the page */ }
}

function createView(parent) {
  const others = element("ul", { class: "others", "aria-label": "Also here" });
  const own = element("button", { type: "button", class: "own" });
  const field = element("input", { type: "text", maxlength: "80", "aria-label": "Your name",
    placeholder: "Your name" });
  const save = element("button", { type: "submit", class: "save" }, "OK");
  const form = element("form", { class: "ask", hidden: "" }, field, save);
  const host = element("div", { class: "people" }, others, own, form);
  parent.appendChild(host);
  const view = { others, own, field, form, name: null, drawn: "", send: () => {}, tell: () => {}, sent: "",
    id: kept(ID) || crypto.randomUUID?.() || String(Math.random()).slice(2).padEnd(12, "0") };
  keep(ID, view.id);
  own.addEventListener("click", () => {
    form.hidden = !form.hidden;
    field.value = view.name ?? "";
    if (!form.hidden) field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    form.hidden = true;
    own.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    rename(view, field.value.trim());
    form.hidden = true;
    own.focus();
  });
  return view;
}

function rename(view, name) {
  view.name = name;
  keep(NAME, name);
  say(view);
  drawOwn(view);
}

function say(view) {
  const me = { id: view.id, name: view.name ?? "" };
  if (JSON.stringify(me) === view.sent) return;
  view.sent = JSON.stringify(me);
  // Not at the moment in which other parts of the page may send something too: Streamlit would
  // make one message of both.
  setTimeout(() => whenQuiet(view, () => view.send(me)), SAY_MS);
}

/**
 * Return whether the server is drawing. Streamlit may lose the last of what it draws if a message
 * reaches it just then, so what no hand has sent waits.
 */
function isDrawing() {
  const app = document.querySelector("[data-testid=stApp]");
  return (app?.dataset.testScriptState ?? "notRunning") !== "notRunning";
}

function whenQuiet(view, act) {
  if (!view.others.isConnected) return;
  if (isDrawing()) setTimeout(() => whenQuiet(view, act), SAY_MS);
  else act();
}

function receive(view, data) {
  if (!data) return;
  if (view.name === null) {
    view.name = kept(NAME) || data.me;
    // Only what the server does not know yet: a message of its own on each page would meet those
    // of a person who has already gone on to the next.
    if (data.met === view.id) view.sent = JSON.stringify({ id: data.met, name: data.me });
    say(view);
  } else if (data.me && data.me !== view.name) {
    view.name = data.me;  // given elsewhere on the page
    keep(NAME, data.me);
  }
  drawOwn(view);
  drawOthers(view, data.others ?? []);
  watchServer(view, data);
}

function drawOwn(view) {
  const name = view.name ?? "";
  const letters = name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
  view.own.textContent = letters || "Add your name";
  view.own.classList.toggle("circle", Boolean(letters));
  view.own.title = name ? `You are ${name}. Press to change it.` : "Others see your name, and so does the history.";
  view.own.setAttribute("aria-label", name ? `You are ${name}. Change your name` : "Add your name");
}

function drawOthers(view, others) {
  const written = JSON.stringify(others);
  if (written === view.drawn) return;
  view.drawn = written;
  view.others.replaceChildren(...others.map((each) => element("li", { class: "circle", title: each.words },
    element("span", { "aria-hidden": "true" }, each.initials),
    element("span", { class: "unseen" }, each.words))));
}

// ---- the server ----------------------------------------------------------------------------

/** Ask now and then what is new; another start of the server knows nothing of this page. */
function watchServer(view, data) {
  guard.boot ??= data.boot;
  guard.view = view;
  guard.address = data.here;
  guard.shown = JSON.stringify([data.seq, data.edits]);
  if (guard.timer) return;
  guard.timer = setInterval(ask, ASK_MS);
  document.addEventListener("input", noteTyping, true);
  document.addEventListener("focusout", forgetTyping, true);
}

/** Remember what is being typed into a dialog: a server that starts anew takes the dialog away. */
function noteTyping(event) {
  const [field] = event.composedPath();
  if (!field.matches?.("input, textarea") || !field.closest("[role=dialog]")) return;
  guard.typing = field.value;
  guard.left = false;
}

/** A field that is left is sent, if the server is there to take it: `ask` finds out. */
function forgetTyping() {
  guard.left = true;
}

async function ask() {
  const { address, view } = guard;
  try {
    const answer = await fetch(`${address}?me=${encodeURIComponent(view.id)}`, { cache: "no-store" });
    if (!answer.ok) return;
    const found = await answer.json();
    if (found.boot !== guard.boot) { restarted(); return; }
    if (guard.left) guard.typing = "";
    if (address !== guard.address || !view.others.isConnected) return;  // the page went on meanwhile
    drawOthers(view, found.others);
    tellNews(view, JSON.stringify([found.seq, found.edits]));
  } catch { /* the server is away; Streamlit says so */ }
}

/** Say once what is new; and again if the page was not drawn since, though nothing is open. */
function tellNews(view, found) {
  if (found === guard.shown) return;
  const now = performance.now();
  const isTold = found === guard.told
    && (document.querySelector("[role=dialog]") || now - guard.toldAt < TELL_AGAIN_MS);
  if (isTold || isDrawing()) return;
  Object.assign(guard, { told: found, toldAt: now });
  const news = new CustomEvent("fulcrum-news", { detail: found, cancelable: true });
  if (document.dispatchEvent(news)) view.tell(found);
}

/** Load the plan again, unless somebody was typing: then show what, and let them copy it first. */
function restarted() {
  if (guard.said) return;
  guard.said = true;
  clearInterval(guard.timer);
  const words = guard.typing
    ? `The server was started anew. Fields you had left are kept. You were typing: “${guard.typing}”`
    : "The server was started anew. Loading the plan again.";
  const notice = element("div", { role: "alert" }, words);
  Object.assign(notice.style, { position: "fixed", inset: "12px 0 auto 0", margin: "auto", zIndex: 1e6,
    width: "fit-content", maxWidth: "90vw", padding: "10px 16px", borderRadius: "8px",
    background: "#17212B", color: "#FFFFFF", font: "15px sans-serif" });
  if (guard.typing) {
    const again = element("button", { type: "button" }, "Load again");
    Object.assign(again.style, { marginLeft: "12px", font: "inherit" });
    again.addEventListener("click", () => location.reload());
    notice.append(again);
  } else setTimeout(() => location.reload(), 1000);
  document.body.append(notice);
}
