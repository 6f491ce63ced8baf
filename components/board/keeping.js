// ---- redrawing what differs ----------------------------------------------------------------

/**
 * Make the children of a node like new ones. What would be the same stays the node it is: what is
 * put into the page anew is styled and laid out anew, and a board may have hundreds of cards.
 */
function becomeAll(parent, fresh) {
  const old = [...parent.childNodes];
  fresh.forEach((node, at) => (old[at] ? become(old[at], node) : parent.append(node)));
  old.slice(fresh.length).forEach((node) => node.remove());
}

function become(old, fresh) {
  if (old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh);
  } else if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
  } else {
    becomeAttributes(old, fresh);
    // What is in these is drawn by `arrange`, `drawBeam` and `fillBar`.
    if (!old.matches(".cards, .beam, .lane-bar")) becomeAll(old, [...fresh.childNodes]);
  }
}

// How the lanes share the width is measured after they are drawn.
const MEASURED = { "lane-bar": ["hidden"], "lanes-frame": ["data-more"], lanes: ["class", "style"] };

function becomeAttributes(old, fresh) {
  const measured = MEASURED[old.classList[0]] ?? [];
  const isOwn = (name) => measured.includes(name);
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !isOwn(name)) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isOwn(name)) old.removeAttribute(name);
  }
}

/** Let a list have these nodes in this order; those that stand right are not touched. */
function arrange(list, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...list.children]) if (!wanted.has(node)) node.remove();
  let at = list.firstElementChild;
  for (const node of nodes) {
    if (node === at) at = at.nextElementSibling;
    else list.insertBefore(node, at);
  }
}
