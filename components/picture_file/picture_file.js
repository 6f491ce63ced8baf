/**
 * Saves a chart of the page as PNG or SVG, with its finding over it and its source under it.
 *
 * The chart is a picture that Streamlit has drawn already; a copy of it gets a ground, the words and
 * the page's font, so that it looks the same in any program. Words enter as text, never as HTML.
 */

const SVG = "http://www.w3.org/2000/svg";
const PIXELS = 2;  // of the PNG for each of the page
const EDGE = 16;
const LINE = 20;
const MARKS = ":is(svg, canvas).marks";  // a chart of very many marks is drawn as a canvas
const FAMILY = "Source Sans";

const places = new WeakMap();

/** Draw the buttons; called by Streamlit on mount and on every change of data or theme. */
export default function fulcrumPictureFile({ data, parentElement }) {
  let place = places.get(parentElement);
  if (!place) {
    place = build();
    places.set(parentElement, place);
    parentElement.appendChild(place.host);
  }
  place.data = data;
}

function build() {
  const place = { host: document.createElement("div"), said: document.createElement("p") };
  place.host.className = "files";
  place.said.setAttribute("role", "status");
  for (const kind of ["PNG", "SVG"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Save ${kind}`;
    button.addEventListener("click", () => save(place, kind));
    place.host.append(button);
  }
  place.host.append(place.said);
  return place;
}

async function save(place, kind) {
  const { data, said } = place;
  const drawn = document.querySelector(`.st-key-${CSS.escape(data.chart)} ${MARKS}`);
  if (!drawn) {
    said.textContent = "The chart is not on the page yet. Try again in a moment.";
    return;
  }
  said.textContent = "Saving…";
  try {
    const svg = composed(drawn, data, await fontFace());
    const text = new XMLSerializer().serializeToString(svg);
    const file = new Blob([text], { type: "image/svg+xml" });
    download(kind === "SVG" ? file : await painted(file, svg), `${data.name}.${kind.toLowerCase()}`);
    said.textContent = `Saved as ${data.name}.${kind.toLowerCase()}.`;
  } catch {
    said.textContent = `The browser could not make the ${kind}. Try the other kind.`;
  }
}

/** Return a picture of the chart with its words, as large as it stands on the page. */
function composed(drawn, data, face) {
  const box = drawn.getBoundingClientRect();
  const width = Math.round(box.width) + 2 * EDGE;
  const lines = broken(data.heading, width - 2 * EDGE);
  const head = EDGE + LINE * lines.length + (lines.length ? 8 : 0);
  const height = Math.round(box.height) + head + LINE + EDGE;
  const svg = make("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  if (face) {
    const style = make("style", {});
    style.textContent = face;
    svg.append(style);
  }
  svg.append(make("rect", { width, height, fill: data.ground }));
  lines.forEach((line, at) =>
    svg.append(words(line, EDGE, EDGE + LINE * (at + 0.75), 15, 600, data.ink)));
  const chart = drawn instanceof HTMLCanvasElement
    ? make("image", { href: drawn.toDataURL() })
    : drawn.cloneNode(true);
  for (const [name, value] of Object.entries({
    x: EDGE, y: head, width: box.width, height: box.height })) chart.setAttribute(name, value);
  chart.removeAttribute("style");
  svg.append(chart, words(data.source, EDGE, height - EDGE + 4, 11, 400, data.faint));
  return svg;
}

function make(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function words(text, x, y, size, weight, fill) {
  const node = make("text", {
    x, y, fill, "font-size": size, "font-weight": weight,
    "font-family": `"${FAMILY}", "Source Sans 3", system-ui, sans-serif`,
  });
  node.textContent = text;
  return node;
}

/** Return a text in lines that fit a width. */
function broken(text, room) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `600 15px "${FAMILY}", sans-serif`;
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Return the page's font as a rule that carries it along; nothing where it cannot be read. */
async function fontFace() {
  try {
    const rule = rules().find((each) =>
      each instanceof CSSFontFaceRule &&
      each.style.getPropertyValue("font-family").replaceAll(/["']/g, "") === FAMILY &&
      !/italic/.test(each.style.getPropertyValue("font-style")));
    const [, address] = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"));
    const base = rule.parentStyleSheet.href ?? location.href;
    const file = await (await fetch(new URL(address, base))).blob();
    const weights = rule.style.getPropertyValue("font-weight") || "200 900";
    return `@font-face { font-family: "${FAMILY}"; font-weight: ${weights}; ` +
      `src: url("${await dataUrl(file)}"); }`;
  } catch {
    return "";
  }
}

function rules() {
  return [...document.styleSheets].flatMap((sheet) => {
    try { return [...sheet.cssRules]; } catch { return []; }
  });
}

function dataUrl(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });
}

/** Return the picture as PNG. */
async function painted(file, svg) {
  const image = new Image();
  image.src = await dataUrl(file);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = PIXELS * svg.getAttribute("width");
  canvas.height = PIXELS * svg.getAttribute("height");
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) =>
    canvas.toBlob((made) => (made ? done(made) : failed(new Error("empty"))), "image/png"));
}

function download(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();  // outside the page, or the popover would take it for a click beside itself
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
