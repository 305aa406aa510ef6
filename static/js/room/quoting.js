// A gentle question before a message that quotes the private sheet. All of it happens in this browser.

import { bdi, h, recall, remember } from "../dom.js";
import { say } from "./words.js";

const { gettext } = globalThis;
const KEY = "parley-quoting";
const PHRASE = 4;

const wordsOf = (text) => text.toLocaleLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];

/** So many words in a row of a private text. */
function phraseIn(text, secret) {
  const said = ` ${wordsOf(text).join(" ")} `;
  const words = wordsOf(secret);
  for (let start = 0; start + PHRASE <= words.length; start += 1) {
    const phrase = words.slice(start, start + PHRASE).join(" ");
    if (said.includes(` ${phrase} `)) return phrase;
  }
  return "";
}

/** Numbers as people write them: thousands apart, a currency before. */
const numbersIn = (text) => [...text.matchAll(/\d[\d.,’' ]*\d|\d/gu)].map(({ 0: digits, index }) => ({ digits, number: Number(digits.replace(/[,’' ]/gu, "")), before: text.slice(0, index).trimEnd(), after: text.slice(index + digits.length).trimStart() }));

/** Whether a number is given in what the sheet counts in: "40 thousand", "12 points", "$4". */
function isCounted({ before, after }, unit) {
  const word = unit.after.trim().split(" ")[0].replace(/s$/u, "").toLocaleLowerCase();
  return word ? after.toLocaleLowerCase().startsWith(word) : Boolean(unit.before) && before.endsWith(unit.before);
}

/** A number that the terms themselves can have is no secret: a price in the unit in which it is counted. */
const isPublic = (number, { named_unit: unit }, issues) =>
  issues.some((issue) => issue.max !== null && issue.unit.before === unit.before && issue.unit.after === unit.after && number >= issue.min && number <= issue.max);

/** What of the private sheet stands in this text, or an empty text. `me` is what the page knows of my stakes. */
export function quoted(text, me, issues = []) {
  if (!me) return "";
  const phrase = me.alternative ? phraseIn(text, me.alternative.text) : "";
  if (phrase) return phrase;
  const secrets = [me.alternative?.value, me.target, me.plan?.target, me.plan?.limit].filter((value) => typeof value === "number" && value >= 10);
  const points = new Set(Object.values(me.points ?? {}).flatMap((pairs) => pairs.map(([, worth]) => worth)));
  const isPoints = (found) => points.has(found.number) && isCounted(found, me.named_unit) && !isPublic(found.number, me, issues);
  return numbersIn(text).find((found) => secrets.includes(found.number) || isPoints(found))?.digits ?? "";
}

const sayFound = (found) => say(gettext("Your words say “%(found)s”, and that stands on your confidential sheet."), { found });

export class Quoting {
  constructor(dialogs, view) {
    Object.assign(this, { dialogs, view });
  }

  /** What of the own sheet stands in words that others will read. */
  found(text) {
    return recall(localStorage, KEY) === "off" ? "" : quoted(text, this.view.me, this.view.issues);
  }

  /** What is asked before this is sent; empty if nothing. */
  doubts(text) {
    const found = this.found(text);
    return found && `${sayFound(found)} ${gettext("Press again if they shall know it.")}`;
  }

  ask(found, send) {
    const never = h("input", { type: "checkbox" });
    this.dialogs.ask({
      title: gettext("Shall they know this?"),
      head: { after: h("p", {}, bdi(sayFound(found))) },
      body: h("label", { class: "choice" }, never, h("span", {}, gettext("Do not ask me again"))),
      primary: gettext("Send it"),
      back: gettext("Back to the message"),
      commit: () => {
        if (never.checked) remember(localStorage, KEY, "off");
        send();
        return Promise.resolve({ t: "ack" });
      },
    });
  }
}
