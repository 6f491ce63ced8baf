/**
 * The ear of a part of the page: it sends the trigger `heard` when people.js says that something is
 * new, so that this part is drawn again, together with whatever else was sent at that moment.
 */

const ears = new WeakMap();

/** Called by Streamlit on mount and on every change of theme; the last call's trigger counts. */
export default function fulcrumEar({ parentElement, setTriggerValue }) {
  let ear = ears.get(parentElement);
  if (!ear) {
    ear = { ended: new AbortController() };
    ears.set(parentElement, ear);
    document.addEventListener("fulcrum-news", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();  // so that it is told once
      ear.send(event.detail);
    }, { signal: ear.ended.signal });
  }
  ear.send = (news) => setTriggerValue("heard", news);
  const host = parentElement.host ?? parentElement;
  // Streamlit may run the cleanup of an overtaken call, so leave only when really gone.
  return () => setTimeout(() => {
    if (host.isConnected) return;
    ear.ended.abort();
    ears.delete(parentElement);
  }, 0);
}
