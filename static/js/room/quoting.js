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
const numbersIn = (text) => (text.match(/\d[\d.,’' ]*\d|\d/gu) ?? []).map((digits) => ({ digits, number: Number(digits.replace(/[,’' ]/gu, "")) }));

/** What of the private sheet stands in this text, or an empty text. `me` is what the page knows of my stakes. */
export function quoted(text, me) {
  if (!me) return "";
  const phrase = me.alternative ? phraseIn(text, me.alternative.text) : "";
  if (phrase) return phrase;
  const secrets = [me.alternative?.value, me.target, me.plan?.target, me.plan?.limit].filter((value) => typeof value === "number" && value >= 10);
  const found = numbersIn(text).find(({ number }) => secrets.includes(number));
  if (found) return found.digits;
  const points = new Set(Object.values(me.points ?? {}).flatMap((pairs) => pairs.map(([, worth]) => worth)));
  const told = /(\d+(?:\.\d+)?)\s+points?\b/iu.exec(text);
  return told && points.has(Number(told[1])) ? told[0] : "";
}

export class Quoting {
  constructor(dialogs, view) {
    Object.assign(this, { dialogs, view });
  }

  /** Whether to ask before this is sent to others. */
  doubts(text, to) {
    if (to === "team" || recall(localStorage, KEY) === "off") return "";
    return quoted(text, this.view.me);
  }

  ask(found, send) {
    const never = h("input", { type: "checkbox" });
    this.dialogs.ask({
      title: gettext("Shall they know this?"),
      head: { after: h("p", {}, bdi(say(gettext("Your message says “%(found)s”, and that stands on your confidential sheet."), { found }))) },
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
