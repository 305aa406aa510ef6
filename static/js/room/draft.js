// The draft of an offer and of a message: kept on this device, one place a seat, and nowhere else.

import { recall, remember } from "../dom.js";

export class Draft {
  constructor(key, issues) {
    this.key = `parley-draft-${key}`;
    const kept = recall(localStorage, this.key) ?? {};
    const known = Object.fromEntries(issues.map((issue) => [issue.id, issue]));
    const chosen = Object.entries(kept.chosen ?? {}).filter(([id, value]) => known[id] && fits(known[id], value));
    this.chosen = Object.fromEntries(chosen);
    this.text = typeof kept.text === "string" ? kept.text : "";
  }

  choose(issue, value) {
    if (value === null) delete this.chosen[issue];
    else this.chosen[issue] = value;
    this.keep();
  }

  replace(chosen) {
    this.chosen = { ...chosen };
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
    const isBlank = this.isEmpty && !this.text;
    remember(localStorage, this.key, isBlank ? null : { chosen: this.chosen, text: this.text });
  }
}

function fits(issue, value) {
  if (issue.options.length) return issue.options.some((option) => option.id === value);
  return typeof value === "number" && value >= issue.min && value <= issue.max;
}
