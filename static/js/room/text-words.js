// An agreement in words, in words: for the timeline and the ear.

import { say } from "./words.js";

const { gettext } = globalThis;

export function textWords(view, event) {
  const mine = view.isMine(event.party);
  const values = { name: view.name(event.party), number: event.version };
  if (event.type === "text.signed") return say(mine ? gettext("You signed version %(number)s of the text.") : gettext("%(name)s signed version %(number)s of the text."), values);
  return say(mine ? gettext("You wrote version %(number)s of the text.") : gettext("%(name)s wrote version %(number)s of the text."), values);
}
