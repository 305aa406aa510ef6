// Makes elements. Text only ever becomes text, so nothing a person typed can become markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** h("p", {class: "second"}, "text", child): attributes that are false or null are left away. */
export const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const s = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export const byId = (id) => document.getElementById(id);

export function icon(name, turns = false) {
  return s("svg", { class: turns ? "icon icon-turns" : "icon", "aria-hidden": "true" }, s("use", { href: `#i-${name}` }));
}

/** A party's sign; hollow while what it stands for is not on the table. */
export function mark(index, hollow = false) {
  const kind = `mark party-${index}${hollow ? " mark-hollow" : ""}`;
  return s("svg", { class: kind, "aria-hidden": "true" }, s("use", { href: `#m-${index}` }));
}

export const hidden = (text) => h("span", { class: "visually-hidden" }, text);

export const bdi = (text) => h("bdi", {}, text);

/** Random UUID that also works on plain http, where the browser's own is missing. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Storage that may be full or forbidden: a page must work without it. */
export function remember(storage, key, value) {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
  } catch {
    // What cannot be kept is kept in memory only.
  }
}

export function recall(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}
