/**
 * Keys for the whole page: Ctrl or Command with Z undoes, with Shift too or with Y it does again,
 * and P turns the projector mode on and off. Nothing happens while somebody types or a dialog is open.
 */

const CLASS = "fulcrum-projector";
const listeners = new WeakMap();

/** Called by Streamlit on mount and on every change of theme; the last call's trigger counts. */
export default function fulcrumKeys({ parentElement, setTriggerValue }) {
  let known = listeners.get(parentElement);
  if (!known) {
    known = { ended: new AbortController() };
    listeners.set(parentElement, known);
    const options = { signal: known.ended.signal };
    document.addEventListener("keydown", (event) => onKey(known, event), options);
    document.addEventListener("keydown", leaveField, { ...options, capture: true });
    document.documentElement.classList.toggle(CLASS, sessionStorage.getItem(CLASS) === "on");
  }
  known.send = (name) => setTriggerValue("pressed", name);
  const host = parentElement.host ?? parentElement;
  // Streamlit may run the cleanup of an overtaken call, so leave only when really gone.
  return () => setTimeout(() => {
    if (host.isConnected) return;
    known.ended.abort();
    listeners.delete(parentElement);
  }, 0);
}

/** Escape closes a dialog; a field that is typed in is left first, so that it is saved. */
function leaveField(event) {
  if (event.key !== "Escape") return;
  const field = document.activeElement;
  if (field?.matches("input, textarea") && field.closest("[role=dialog]")) field.blur();
}

function onKey(known, event) {
  if (event.defaultPrevented || event.repeat || isTyping(event)) return;
  const key = event.key.toLowerCase();
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isCommand && key === "z") {
    event.preventDefault();
    known.send(event.shiftKey ? "redo" : "undo");
  } else if (isCommand && key === "y" && !event.shiftKey) {
    event.preventDefault();
    known.send("redo");
  } else if (key === "p" && !isCommand && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    const isOn = document.documentElement.classList.toggle(CLASS);
    sessionStorage.setItem(CLASS, isOn ? "on" : "off");
  }
}

function isTyping(event) {
  if (document.querySelector("[role=dialog]")) return true;
  const [target] = event.composedPath();
  return target instanceof Element
    && (target.isContentEditable || target.closest("input, textarea, select, [role=combobox]"));
}
