// Draws the charts of a page: fetches each spec, puts this page's colours in, and replaces the server's picture.
// It knows nothing of negotiations; when anything fails, the picture and the table beside it stay.

const WIDEST = 760;
const REDRAW_AFTER = 150;
const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const specs = new WeakMap();
let bundle = null;

const charts = () => [...document.querySelectorAll("[data-chart]")];

/** Any colour the stylesheet knows, as plain rgb that a drawing library understands. */
function colourOf(token) {
  const swatch = document.createElement("span");
  swatch.hidden = true;
  swatch.style.color = `var(--${token})`;
  document.body.append(swatch);
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = getComputedStyle(swatch).color;
  probe.fillRect(0, 0, 1, 1);
  swatch.remove();
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

function valueOf(token) {
  const isFace = token === "sans" || token === "serif";
  return isFace ? getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim() : colourOf(token);
}

/** The spec with every "token:name" replaced by what the page's stylesheet says now. */
function withTokens(part, known = new Map()) {
  if (Array.isArray(part)) return part.map((one) => withTokens(one, known));
  if (part && typeof part === "object") {
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, withTokens(one, known)]));
  }
  if (typeof part !== "string" || !part.startsWith("token:")) return part;
  const token = part.slice("token:".length);
  if (!known.has(token)) known.set(token, valueOf(token));
  return known.get(token);
}

async function embedder(place) {
  bundle ??= import(place.dataset.bundle);
  await bundle;
  return globalThis.vegaEmbed;
}

function sized(spec, width) {
  const narrower = Math.min(width, WIDEST);
  const isSquare = spec.height === spec.width;
  return { ...spec, width: narrower, height: isSquare ? Math.min(narrower, 540) : spec.height };
}

/** A drawing with a fixed width would hold its column open when the window narrows. */
function letShrink(svg) {
  svg.setAttribute("width", "100%");
  svg.removeAttribute("height");
}

async function draw(place) {
  const spec = specs.get(place);
  const embed = await embedder(place);
  const canvas = document.createElement("div");
  const drawn = await embed(canvas, withTokens(sized(spec, place.clientWidth)), {
    ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false,
  });
  letShrink(canvas.querySelector("svg"));
  const before = place.drawn;
  place.drawn = drawn;
  place.replaceChildren(canvas);
  place.dataset.drawn = String(Number(place.dataset.drawn ?? 0) + 1);
  before?.finalize();
}

/** One after the other per chart: a later drawing must not be overtaken by an earlier one. */
function queue(place, work) {
  place.turn = (place.turn ?? Promise.resolve()).then(work).catch((fault) => {
    console.warn("The chart is not drawn here; the server's picture stays.", fault);
    place.setAttribute("data-failed", "");
  });
}

async function fetchSpec(place) {
  const answer = await fetch(place.dataset.chart, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`chart ${answer.status}`);
  specs.set(place, await answer.json());
}

const renew = () => charts().forEach((place) => queue(place, async () => { await fetchSpec(place); await draw(place); }));
const redraw = () => charts().filter((place) => specs.has(place)).forEach((place) => queue(place, () => draw(place)));

function later(work) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(work, REDRAW_AFTER); };
}

/** What the reader had open stays open when the words around the charts are exchanged. */
function keepOpenDetails() {
  let open = [];
  document.body.addEventListener("htmx:beforeSwap", () => {
    open = [...document.querySelectorAll("details[open][id]")].map((one) => one.id);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    open = [];
  });
}

function watchRevision() {
  let seen = document.getElementById("live")?.dataset.revision;
  document.body.addEventListener("htmx:afterSettle", () => {
    const revision = document.getElementById("live")?.dataset.revision;
    if (revision !== seen) renew();
    seen = revision;
  });
}

let width = innerWidth;
addEventListener("resize", later(() => { if (innerWidth !== width) { width = innerWidth; redraw(); } }));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
keepOpenDetails();
watchRevision();
renew();
