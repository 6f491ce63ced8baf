// Fetches a component's script and style; both come from one address that a browser keeps.

const PAUSES_MS = [300, 1200];

/** Import the script; a browser remembers a failure by address, so each try has one of its own. */
async function fetched(address, tries = 0) {
  try {
    return await import(new URL(tries ? `${address}?try=${tries}` : address, location.href));
  } catch (error) {
    if (tries === PAUSES_MS.length) throw error;
    await new Promise((done) => setTimeout(done, PAUSES_MS[tries]));
    return fetched(address, tries + 1);
  }
}

const { default: draw, componentStyle } = await fetched("ADDRESS");
const sheet = new CSSStyleSheet();
sheet.replaceSync(componentStyle);

export default function drawStyled(given) {
  const root = given.parentElement.getRootNode();
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  const drawn = draw(given);
  // Until then the page's rules keep room, so that what stands under it need not move.
  root.host?.setAttribute("data-drawn", "");
  return drawn;
}
