/**
 * What waits a moment before it is sent, because more may follow. When the page is being left it is
 * sent at once: nothing a person has set may be lost because they were quick.
 */

const LEAVE_AFTER_MS = 50;  // Streamlit takes a moment to send; what is set must go first
const waitingToBeSent = new Set();

/** Call `act` after `ms`, or as soon as the page is being left; return what calls it off. */
function soon(act, ms) {
  const now = () => { off(); act(); };
  const off = () => {
    clearTimeout(timer);
    waitingToBeSent.delete(now);
  };
  const timer = setTimeout(now, ms);
  waitingToBeSent.add(now);
  return off;
}

/** Send all; what these make wait in their turn is sent too. */
function sendAll() {
  for (const now of waitingToBeSent) now();
}

/** Send all when a link is followed, and follow it then. */
function sendBeforeLeaving(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || waitingToBeSent.size === 0) return;
  sendAll();
  if (event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;  // this page stays
  event.preventDefault();
  event.stopImmediatePropagation();
  setTimeout(() => link.click(), LEAVE_AFTER_MS);
}

addEventListener("pagehide", sendAll);
addEventListener("popstate", sendAll, true);
addEventListener("click", sendBeforeLeaving, true);
