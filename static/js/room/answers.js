// What was answered to an offer, and what was pinned or written down: one line each on the table's centre line.

import { packageLetter, say, sayTerms, sayTime, sayValue } from "./words.js";

const { gettext } = globalThis;

/** The sentence of an entry of kind "answer". */
export function answerWords(view, { event, held }) {
  const mine = view.isMine(event.party);
  const name = view.name(event.party);
  return makers[event.type](view, event, { mine, name, held });
}

const makers = {
  "offer.declined"(view, event, { mine, name }) {
    const words = mine ? gettext("You declined offer %(number)s.") : gettext("%(name)s declined offer %(number)s.");
    return say(words, { name, number: event.offer });
  },
  "offer.preferred"(view, event, { mine, name }) {
    const words = mine ? gettext("You said that %(letter)s is closest, of offer %(number)s.") : gettext("%(name)s said that %(letter)s is closest, of offer %(number)s.");
    return say(words, { name, number: event.offer, letter: packageLetter(event.package) });
  },
  "offer.lapsed"(view, event) {
    return say(gettext("Offer %(number)s ran out."), { number: event.offer });
  },
  "term.pinned"(view, event, { mine, name, held }) {
    if (held) return say(gettext("Pinned by all for now: %(term)s."), { term: termWords(view, event) });
    return say(mine ? gettext("You would pin %(term)s.") : gettext("%(name)s would pin %(term)s."), { name, term: termWords(view, event) });
  },
  "term.unpinned"(view, event, { mine, name }) {
    return say(mine ? gettext("You unpinned %(term)s.") : gettext("%(name)s unpinned %(term)s."), { name, term: termWords(view, event) });
  },
  "outcome.recorded"(view, event, { mine, name }) {
    const time = sayTime(event.at);
    if (!event.package) return say(mine ? gettext("You wrote down: no deal.") : gettext("%(name)s wrote down: no deal."), { name, time });
    const terms = sayTerms(Object.keys(event.package).length);
    return say(mine ? gettext("You wrote down a deal on %(terms)s.") : gettext("%(name)s wrote down a deal on %(terms)s."), { name, terms });
  },
};

export function termWords(view, { issue, value }) {
  const known = view.issue[issue];
  return say(gettext("%(title)s: %(value)s"), { title: known.name, value: sayValue(known, value) });
}
