// The draft of an offer and of a message: kept on this device, one place a seat, and nowhere else.

import { recall, remember } from "../dom.js";
import { shares } from "./shares.js";

export const MOST_PACKAGES = 4;

export class Draft {
  /** `packages` are what an offer would hold; beside them one more to try terms out, which is never sent. */
  constructor(key, issues) {
    this.key = `parley-draft-${key}`;
    const kept = recall(localStorage, this.key) ?? {};
    const known = Object.fromEntries(issues.map((issue) => [issue.id, issue]));
    const packages = Array.isArray(kept.packages) ? kept.packages : [kept.chosen];
    this.packages = packages.slice(0, MOST_PACKAGES).map((chosen) => fitting(known, chosen));
    this.tried = fitting(known, kept.tried);
    this.at = this.packages[kept.at] || kept.at === -1 ? kept.at : 0;
    this.added = Array.isArray(kept.added) ? kept.added.filter((term) => typeof term === "string") : [];
    this.text = typeof kept.text === "string" ? kept.text : "";
  }

  get isTrying() {
    return this.at === -1;
  }

  /** The choices one is working on. */
  get chosen() {
    return this.isTrying ? this.tried : this.packages[this.at];
  }

  choose(issue, value) {
    if (value === null) delete this.chosen[issue];
    else this.chosen[issue] = value;
    this.keep();
  }

  /** Takes another package in the place of the one worked on. */
  replace(chosen) {
    if (this.isTrying) this.tried = { ...chosen };
    else this.packages[this.at] = { ...chosen };
    this.keep();
  }

  /** -1 is the one to try terms out; the first look at it begins from where one was. */
  open(at) {
    if (at === -1 && !Object.keys(this.tried).length) this.tried = { ...this.chosen };
    this.at = at;
    this.keep();
  }

  /** One package more, a copy of the one worked on. */
  add() {
    if (this.packages.length === MOST_PACKAGES) return;
    this.packages.push({ ...this.chosen });
    this.open(this.packages.length - 1);
  }

  remove() {
    if (this.isTrying) this.tried = {};
    else this.packages.splice(this.at, 1);
    this.open(Math.max(0, Math.min(this.at, this.packages.length - 1)));
  }

  setAdded(terms) {
    this.added = terms;
    this.keep();
  }

  /** Once the offer is on the table. What was tried out stays. */
  clear() {
    Object.assign(this, { packages: [{}], added: [], at: 0 });
    this.keep();
  }

  write(text) {
    this.text = text;
    this.keep();
  }

  get isEmpty() {
    return Object.keys(this.chosen).length === 0;
  }

  keep() {
    const { packages, tried, at, added, text } = this;
    const isBlank = [...packages, tried].every((chosen) => !Object.keys(chosen).length) && !added.length && !text && packages.length === 1;
    remember(localStorage, this.key, isBlank ? null : { packages, tried, at, added, text });
  }
}

const fitting = (known, chosen) => Object.fromEntries(Object.entries(chosen ?? {}).filter(([id, value]) => known[id] && fits(known[id], value)));

function fits(issue, value) {
  if (shares?.is(issue)) return shares.fits(issue, value);
  if (issue.options.length) return issue.options.some((option) => option.id === value);
  return typeof value === "number" && value >= issue.min && value <= issue.max;
}
