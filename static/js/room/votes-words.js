// Votes in sentences: for the timeline, for the announcer and for cards.

import { packageLetter, say, sayTime } from "./words.js";

const { gettext, ngettext } = globalThis;

const makers = {
  "offer.accepted": (mine) => (mine ? gettext("You said yes to offer %(number)s.") : gettext("%(name)s said yes to offer %(number)s.")),
  "vote.taken_back": (mine) => (mine ? gettext("You took back what you said of offer %(number)s.") : gettext("%(name)s took back what was said of offer %(number)s.")),
  "vote.carried": () => gettext("Offer %(number)s has enough votes. It becomes the deal at %(time)s, unless somebody changes their mind."),
  "vote.broken": () => gettext("Offer %(number)s no longer has enough votes."),
  "offer.sponsored": (mine) => (mine ? gettext("You put your name under offer %(number)s.") : gettext("%(name)s put their name under offer %(number)s.")),
  "poll.called": () => gettext("Straw poll: how does everybody lean? It binds nobody."),
  "party.walked_away": (mine) => (mine ? gettext("You left the table. The others may go on.") : gettext("%(name)s left the table. The others may go on.")),
};

export function voteWords(view, event, parties = []) {
  if (parties.length > 1) return say(gettext("%(names)s said yes to offer %(number)s."), { names: view.names(parties), number: numberOf(view, event) });
  const mine = view.isMine(event.party);
  const words = { name: event.party ? view.name(event.party) : "", number: numberOf(view, event), time: event.counts_at ? sayTime(event.counts_at) : "" };
  return say(makers[event.type](mine), words);
}

function numberOf(view, { offer: number, package: place }) {
  const several = number && place !== undefined && view.state.offers[number - 1].packages.length > 1;
  return `${number}${several ? ` ${packageLetter(place)}` : ""}`;
}

/** "3 of 5 needed", or who is for it. */
export function tallyWords(view, yes) {
  const { needed } = view.data.votes;
  if (!needed) return say(ngettext("%(count)s for it", "%(count)s for it", yes.length), { count: yes.length });
  return say(gettext("%(count)s for it, %(needed)s needed"), { count: yes.length, needed });
}

/** How the votes fell, once there is a deal. */
export function countWords(view) {
  const { count } = view.state.votes;
  if (!count) return "";
  const { deal } = view.state;
  if (view.data.votes.worths.length) {
    const out = view.state.signers.filter((party) => !(party in deal.package));
    if (!out.length) return gettext("Everybody is in it.");
    return say(gettext("In it: %(members)s. Left out: %(out)s."), { members: view.names(Object.keys(deal.package)), out: view.names(out) });
  }
  const against = count.no.length ? say(gettext("Against it: %(names)s."), { names: view.names(count.no) }) : "";
  const silent = count.silent.length ? say(gettext("Without a word: %(names)s."), { names: view.names(count.silent) }) : "";
  const all = against || silent ? say(gettext("For it: %(names)s."), { names: view.names(count.yes) }) : gettext("Everybody signed it.");
  return [all, against, silent].filter(Boolean).join(" ");
}

/** What is said aloud of votes; never the person's own doing. */
export function newsOfVotes(view, event) {
  if (!view.data.votes || !(event.type in makers)) return "";
  return event.party && view.isMine(event.party) ? "" : voteWords(view, event);
}

/** What is asked before a yes, where several decide. */
export function yesQuestion(view, offer, letter) {
  if (!view.data.votes) return null;
  const number = `${offer.number}${letter}`;
  return {
    primary: say(gettext("Say yes to offer %(number)s"), { number }),
    title: say(gettext("Say yes to %(name)s’s offer %(number)s?"), { name: view.name(offer.party), number }),
    words: yesWords(view, offer),
  };
}

export const reviewWords = () => gettext("It goes to all at the table, with your yes. It becomes the deal once enough others say yes.");

/** What a yes means where several decide. */
function yesWords(view, offer) {
  const words = gettext("It counts together with the yes of others. Once there are enough there is a last call, and until that is over you can take it back. These are the terms:");
  const { state, me, data } = view;
  const other = data.votes.worths.length && state.offers.find((each) => each !== offer && each.status === "open" && each.yeses[me.party]?.size);
  return other ? `${say(gettext("It takes back your yes to offer %(number)s."), { number: other.number })} ${words}` : words;
}
