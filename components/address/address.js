/**
 * A page that is opened without its plan in the address gets it there at once. Streamlit makes
 * that a step of its own in the browser's history, where Back would stop and be sent forward
 * again; here it takes the place of the step it completes. Everything else stays a step. A page
 * that turned white is loaded again at its address.
 */

const push = Symbol.for("fulcrum.history.push");
const MENDED = "fulcrum-page-mended";
const REST_MS = 15000;

/** Called by Streamlit on mount and on every change of theme; wraps the history once. */
export default function fulcrumAddress() {
  if (history[push]) return;
  history[push] = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    const step = completes(url) ? history.replaceState.bind(history) : history[push];
    step(state, unused, url);
  };
  addEventListener("error", mend);
}

/**
 * Draw the page again if its parts came in an order that Streamlit cannot draw and that leaves it
 * white: a click on one page that is answered while the next one is being opened.
 */
function mend({ message }) {
  if (!message.includes("Cannot set a node at a delta path")) return;
  const now = Date.now();
  try {
    if (now - Number(sessionStorage.getItem(MENDED)) < REST_MS) return;  // it did not help
    sessionStorage.setItem(MENDED, String(now));
  } catch { return; }
  location.reload();
}

/** Whether an address is the present one with its query added. */
function completes(url) {
  const next = new URL(url ?? location.href, location.href);
  return location.search === "" && next.search !== "" && next.pathname === location.pathname;
}
