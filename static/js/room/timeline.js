// The one timeline of messages, offers and what happened to the table. It never moves focus, and moves the
// scroll position only for a reader who is at its end.

import { bdi, h, icon, mark } from "../dom.js";
import { channelWords } from "./channels.js";
import { answerWords } from "./answers.js";
import { offerCard } from "./card.js";
import { askedItem, courseWords, newsItem } from "./course.js";
import { overWords, roundWords } from "./rounds-words.js";
import { termsLine } from "./strands.js";
import { deedCard } from "./teams.js";
import { privateWord } from "./terms.js";
import { textWords } from "./text-words.js";
import { mayOffer } from "./course-state.js";
import { many } from "./many.js";
import { say, sayTime } from "./words.js";

const { gettext, ngettext } = globalThis;
const AT_THE_END = 80;
const COURSE = { "phase.began": true, "overtime.began": true };

export class Timeline {
  constructor({ scroll, list, jump }, view, act) {
    Object.assign(this, { scroll, list, jump, view, act, shown: new Map(), unsent: new Map(), news: 0 });
    scroll.addEventListener("scroll", () => this.isAtEnd() && this.countNews(0), { passive: true });
    jump.addEventListener("click", () => {
      this.toEnd();
      scroll.focus();
    });
  }

  isAtEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < AT_THE_END;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.countNews(0);
  }

  countNews(count) {
    this.news = count;
    this.jump.hidden = count === 0;
    this.jump.replaceChildren(icon("down"), ` ${say(ngettext("%(count)s new below", "%(count)s new below", count), { count })}`);
  }

  /** Draws what is new and what changed; `pending` are own messages that the log does not show yet. */
  draw(pending = []) {
    const wasAtEnd = this.isAtEnd();
    const before = this.shown.size;
    this.people = JSON.stringify([this.view.state.people, this.view.data.mates]); // once, not for each of hundreds of entries
    for (const entry of this.view.state.entries) this.drawEntry(entry);
    this.drawPending(pending);
    const fresh = this.shown.size - before;
    if (wasAtEnd || before === 0) this.toEnd();
    else if (fresh > 0) this.countNews(this.news + fresh);
  }

  drawEntry(entry) {
    const known = this.shown.get(entry);
    const face = this.faceOf(entry);
    if (known?.face === face) return;
    const item = this.itemOf(entry);
    if (!known) this.markUnread(entry);
    if (known) swap(known.item, item);
    else this.list.insertBefore(item, this.list.querySelector("[data-pending]"));
    this.shown.set(entry, { item, face });
  }

  /** Where a table stays open for days: a line before the first thing of others that came since I was here. */
  markUnread({ event }) {
    const { read } = this.view.data;
    if (!read || event.n <= read || this.marked || this.view.isMine(event.party)) return;
    this.marked = true;
    this.list.insertBefore(h("li", { class: "on-line unread" }, gettext("New since you were here")), this.list.querySelector("[data-pending]"));
  }

  /** All that can still change about an entry: if it is the same, the entry looks the same. */
  faceOf(entry) {
    const { people, view: { state } } = this;
    if (entry.kind === "seat") return "";
    if (entry.kind === "deed") return `${people} ${entry.status} ${state.phase}`;
    if (entry.kind === "vote") return `${people} ${entry.parties ?? ""}`;
    if (entry.kind !== "offer") return people;
    const { offer } = entry;
    const mine = JSON.stringify([offer.worth ?? null, offer.closest, this.view.me?.alternative ?? null]);
    const last = state.policy.offers === "turns" && state.offers.at(-1) === offer;
    return `${people} ${mine} ${offer.status} ${offer.replacedBy ?? ""} ${state.phase} ${mayOffer(this.view)} ${offer.noes} ${offer.expiresAt ?? ""} ${last} ${many?.ballotFace(this.view, offer) ?? ""}`;
  }

  itemOf(entry) {
    const { view } = this;
    if (entry.kind === "message") return this.messageItem(entry.event);
    if (entry.kind === "news") return newsItem(view, entry.event);
    if (entry.kind === "line" && entry.event.phase === "ask") return askedItem(view, entry.event);
    if (entry.kind === "offer") return h("li", { class: `${view.side(entry.event.party)} has-offer` }, offerCard(view, entry.offer, this.act));
    if (entry.kind === "deed") return h("li", { class: view.side(entry.event.party) }, deedCard(view, entry, this.act));
    return h("li", { class: "on-line" }, lineOf(view, entry));
  }

  messageItem(event) {
    const { view } = this;
    const { party, text, at, channel } = event;
    return h("li", { class: view.side(party) },
      h("div", { class: `message party-${view.index(party)}${channel ? " message-apart" : ""}` },
        h("div", { class: "message-head" }, view.who(party, false, view.doer(event)), apartWord(view, channel, party), timeOf(at)),
        h("p", { dir: "auto", class: "said" }, text)));
  }

  drawPending(pending) {
    for (const [item, drawn] of this.unsent) {
      if (!pending.includes(item) || drawn.face !== item.state) {
        drawn.element.remove();
        this.unsent.delete(item);
      }
    }
    for (const item of pending) {
      if (this.unsent.has(item)) continue;
      const element = this.pendingItem(item);
      this.list.append(element);
      this.unsent.set(item, { element, face: item.state });
    }
  }

  pendingItem(item) {
    const { view } = this;
    const failed = item.state === "unsent" || item.state === "refused";
    const words = { sending: gettext("sending"), sent: gettext("sent") }[item.state] ?? gettext("not sent yet");
    const again = h("button", { type: "button", class: "button button-quiet button-small", onclick: () => this.act.tryAgain(item) }, gettext("Try again"));
    return h("li", { class: "mine", "data-pending": true },
      h("div", { class: `message party-${view.index(view.me.party)} ${failed ? "message-unsent" : ""}${item.frame.to ? " message-apart" : ""}` },
        h("div", { class: "message-head" }, view.who(view.me.party, false, gettext("You")), apartWord(view, item.frame.to, view.me.party), h("span", { class: "state" }, words), failed ? again : ""),
        h("p", { dir: "auto", class: "said" }, item.frame.text),
        item.words ? h("p", { class: "error" }, item.words) : ""));
  }
}

/** A message that not everybody reads says who does. */
const apartWord = (view, channel, party) => (channel ? privateWord(channelWords(view, channel, party)) : "");

/** The new face in the old place; a reader inside stays inside. */
function swap(old, item) {
  const hadFocus = old.contains(document.activeElement);
  const wasOpen = old.querySelector("details")?.open;
  old.replaceWith(item);
  const details = item.querySelector("details");
  if (wasOpen && details) details.open = true;
  if (hadFocus) (item.querySelector("h3") ?? item).focus({ preventScroll: true });
}

const timeOf = (at) => h("time", { datetime: at }, sayTime(at));

function lineOf(view, entry) {
  const { kind, event, taken } = entry;
  if (kind === "terms") return termsLine(view, event);
  if (kind === "end") return endOf(view, event);
  const time = [timeOf(event.at), " · "];
  if (kind === "seat") return [...time, seatWords(view, event, taken)];
  if (kind === "text") return [...time, bdi(textWords(view, event))];
  if (kind === "round") return [...time, roundWords(view, event)];
  if (kind === "vote") return [...time, many.voteWords(view, event, entry.parties)];
  if (kind === "answer") return [...time, answerWords(view, entry), event.words ? [" ", h("q", { dir: "auto" }, event.words)] : ""];
  if (kind === "help") return [...time, helpWords(view, event)];
  if (kind === "reason") return [privateWord(view.me ? gettext("Only you and your instructor see this") : gettext("Only instructors see this")), h("br"), h("q", { dir: "auto" }, event.text)];
  const words = event.type in COURSE ? courseWords(view, event) : tableWords(event);
  return [...time, h("span", { dir: "auto" }, words)];
}

function seatWords(view, event, taken) {
  const name = view.doer(event);
  if (event.kind === "observer") return gettext("An observer reads along. Observers say nothing and have no vote.");
  if (!taken) return say(gettext("%(name)s left the seat."), { name });
  if (event.kind === "partner") return say(gettext("A practice partner plays %(name)s."), { name });
  if (view.isByMe(event)) return gettext("You took your seat.");
  return say(gettext("%(name)s took a seat."), { name });
}

function helpWords(view, event) {
  const asked = event.type === "help.asked";
  if (!view.me) return say(asked ? gettext("%(name)s called the instructor.") : gettext("The call of %(name)s is closed."), { name: view.name(event.party) });
  return asked ? gettext("You called the instructor. The other side does not see this.") : gettext("Your call for the instructor is closed.");
}

function tableWords(event) {
  if (event.type === "table.opened") return say(gettext("The table is open until %(time)s."), { time: sayTime(event.closes_at) });
  if (event.type === "table.resumed") return say(gettext("The table is open again, until %(time)s."), { time: sayTime(event.closes_at) });
  if (event.type === "table.paused") return event.reason ? say(gettext("Your instructor paused the table: %(reason)s"), { reason: event.reason }) : gettext("Your instructor paused the table.");
  const minutes = Math.round(event.seconds / 60);
  return say(ngettext("%(count)s more minute for this table.", "%(count)s more minutes for this table.", minutes), { count: minutes });
}

function endOf(view, event) {
  if (event.outcome !== "deal") return [timeOf(event.at), " · ", endWords(view)];
  if (view.data.votes) return [...many.ending(view), timeOf(event.at), " · ", many.countWords(view)];
  const [first, second] = view.data.parties;
  if (view.data.texts) return [h("span", { class: "settled" }, mark(first.index), endWords(view), second ? mark(second.index) : ""), h("br"), timeOf(event.at)];
  const count = Object.keys(view.state.deal?.package ?? {}).length;
  return [h("span", { class: "settled" }, mark(first.index), say(ngettext("Deal", "Deal on all %(count)s terms", count), { count }), second ? mark(second.index) : ""), h("br"), timeOf(event.at)];
}

/** How the table ended, in one sentence. */
export function endWords(view) {
  const { outcome, walked } = view.state;
  if (outcome === "deal") return many?.leftOutWords(view) || (view.data.texts ? gettext("The text is signed.") : gettext("You have a deal."));
  if (outcome === "played_out") return overWords(view);
  if (outcome === "no_deal") return gettext("You wrote down alike that there is no deal.");
  if (outcome === "out_of_time") return gettext("Time is up. There is no deal.");
  if (outcome === "walked_away") {
    if (view.isMine(walked)) return gettext("You left the table. There is no deal.");
    return say(gettext("%(name)s left the table. There is no deal."), { name: view.name(walked) });
  }
  if (view.data.rounds) return gettext("Your instructor ended the table.");
  return gettext("Your instructor ended the table. There is no deal.");
}
