/**
 * A page that is opened without its plan in the address gets it there at once. Streamlit makes
 * that a step of its own in the browser's history, where Back would stop and be sent forward
 * again; here it takes the place of the step it completes. Everything else stays a step.
 */

const push = Symbol.for("fulcrum.history.push");

/** Called by Streamlit on mount and on every change of theme; wraps the history once. */
export default function fulcrumAddress() {
  if (history[push]) return;
  history[push] = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    const step = completes(url) ? history.replaceState.bind(history) : history[push];
    step(state, unused, url);
  };
}

/** Whether an address is the present one with its query added. */
function completes(url) {
  const next = new URL(url ?? location.href, location.href);
  return location.search === "" && next.search !== "" && next.pathname === location.pathname;
}
