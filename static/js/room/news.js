// What is said aloud when something arrives: short, plain, and never the person's own doing.

import { answerWords } from "./answers.js";
import { channelWords } from "./channels.js";
import { courseWords } from "./course.js";
import { termsLine } from "./strands.js";
import { endWords } from "./timeline.js";
import { referenceFor } from "./card.js";
import { roundWords } from "./rounds-words.js";
import { textWords } from "./text-words.js";
import { sameTerm } from "./view.js";
import { many } from "./many.js";
import { say } from "./words.js";

const { gettext, ngettext } = globalThis;
let unread = 0;
const title = document.title;

addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unread = 0;
  document.title = title;
});

export function tell(announcer, view, events) {
  for (const event of events) {
    const words = wordsFor(view, event);
    if (!words) continue;
    announcer.say(words);
    if (document.hidden) document.title = `(${(unread += 1)}) ${title}`;
  }
}

function wordsFor(view, event) {
  const makers = {
    "message.said": () => (view.isByMe(event) ? "" : `${view.doer(event)}: ${event.text}`),
    "message.whispered": () => (view.isByMe(event) ? "" : `${view.doer(event)}, ${channelWords(view, event.channel, event.party)}: ${event.text}`),
    "offer.made": () => (view.isMine(event.party) ? "" : offerWords(view, event)),
    "offer.withdrawn": () => (view.isMine(event.party) ? gettext("Your offer is withdrawn.") : say(gettext("%(name)s withdrew offer %(number)s."), { name: view.name(event.party), number: event.offer })),
    "tap.asked": () => (view.isByMe(event) ? "" : say(gettext("%(name)s wants to do something that needs your tap."), { name: view.doer(event) })),
    "terms.agreed": () => termsWords(view, event),
    "terms.signed": () => (view.isMine(event.party) ? "" : termsWords(view, event)),
    "terms.sent_back": () => (view.isMine(event.party) ? "" : termsWords(view, event)),
    ...Object.fromEntries(["offer.declined", "offer.preferred", "offer.lapsed", "term.pinned", "term.unpinned", "outcome.recorded"].map((type) => [type, () => answerNews(view, event)])),
    "table.opened": () => gettext("The table is open."),
    "table.paused": () => gettext("The table is paused. The clock stands still."),
    "table.resumed": () => gettext("The table is open again."),
    "table.extended": () => gettext("There is more time."),
    "table.closed": () => endWords(view),
    "round.began": () => roundWords(view, event),
    "round.revealed": () => roundWords(view, event),
    "crew.ready": () => (view.isMine(event.party) ? gettext("Your choice is sealed.") : say(gettext("%(name)s has chosen."), { name: view.name(event.party) })),
    "phase.began": () => courseWords(view, event),
    "overtime.began": () => courseWords(view, event),
    "news.released": () => say(gettext("News: %(text)s"), { text: event.text }),
    "text.proposed": () => (view.isMine(event.party) ? "" : textWords(view, event)),
    "text.signed": () => (view.isMine(event.party) ? "" : textWords(view, event)),
    "help.closed": () => gettext("Your call for the instructor is closed."),
  };
  return makers[event.type]?.() ?? many?.newsOfVotes(view, event) ?? "";
}

const termsWords = (view, event) => termsLine(view, event).at(-1).textContent;

/** Answers of the others, as their line on the timeline says them. */
function answerNews(view, event) {
  if (view.isMine(event.party) && event.type !== "offer.lapsed") return "";
  const entry = view.state.entries.find((each) => each.event.n === event.n);
  return entry ? `${answerWords(view, entry)} ${event.words ?? ""}`.trim() : "";
}

function offerWords(view, event) {
  const offer = view.state.offers[event.offer - 1];
  const reference = referenceFor(view, offer, offer.packages[0]);
  const words = say(gettext("New offer %(number)s from %(name)s."), { number: event.offer, name: view.name(event.party) });
  if (!reference) return words;
  const old = reference.offer.packages[reference.place];
  const count = view.slotsIn(old, offer.packages[0]).filter((slot) => !sameTerm(view.termIn(slot, old), view.termIn(slot, offer.packages[0]))).length;
  return `${words} ${say(ngettext("%(count)s change.", "%(count)s changes.", count), { count })}`;
}
