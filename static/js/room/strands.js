// Linked negotiations at a glance: what is negotiated by whom, what waits for what, and what I have to sign.

import { bdi, h, icon } from "../dom.js";
import { wordsField } from "./fields.js";
import { strandState } from "./strands-state.js";
import { privateWord, termsInWords } from "./terms.js";
import { say, sayList, sayTerms, sayTime } from "./words.js";

const { gettext } = globalThis;

export class Strands {
  /** `act`: sign(strand), sendBack(strand); none for who only reads along. */
  constructor(place, view, act) {
    Object.assign(this, { place, view, act });
    place.hidden = false;
  }

  draw() {
    const { view } = this;
    const face = JSON.stringify([view.state.strands, view.state.people, view.state.phase]);
    if (face === this.face) return;
    this.face = face;
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.place.replaceChildren(h("h2", {}, gettext("Agreements")), h("ol", { class: "strands" }, view.strands.map((strand) => this.card(strand))));
    if (focused) this.place.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
  }

  card(strand) {
    const now = strandState(this.view.state, strand.id);
    const [sign, words] = this.stateOf(strand, now);
    return h("li", { class: `strand ${now.settled ? "strand-settled" : ""}`, "data-strand": strand.id },
      h("h3", {}, strandTitle(this.view, strand)),
      h("p", { class: "second" }, say(gettext("Negotiated by %(names)s"), { names: this.view.names(strand.parties) })),
      h("p", { class: "strand-state" }, icon(sign), " ", h("span", {}, words)),
      now.agreed ? this.toSign(strand, now) : "",
      now.settled ? h("details", {}, h("summary", { class: "second" }, sayTerms(Object.keys(now.settled).length)), termsInWords(this.view, now.settled)) : "",
      now.marked && !now.agreed && !now.settled ? markedWords(this.view, now.marked) : "");
  }

  stateOf(strand, now) {
    const { view } = this;
    if (now.settled) return ["check", say(gettext("Settled at %(time)s"), { time: sayTime(now.settledAt) })];
    if (now.agreed) return ["clock", say(gettext("Agreed at %(time)s, waits for signatures"), { time: sayTime(now.agreedAt) })];
    if (strand.after.length && !now.opened) return ["lock", gettext("Begins when the agreements before it are settled")];
    if (view.state.phase === "ended") return ["cross", gettext("Not settled")];
    if (now.sentBack) return ["leave", say(gettext("Sent back by %(name)s at %(time)s"), { name: view.name(now.sentBack.party), time: sayTime(now.sentBack.at) })];
    return ["talk", strand.parties.includes(view.me?.party) ? gettext("You negotiate this now") : gettext("Is being negotiated")];
  }

  toSign(strand, now) {
    const { view, act } = this;
    const line = (party) => h("li", {}, icon(now.signed[party] ? "check" : "clock"), " ", signedWords(view, party, now.signed[party]));
    const isMine = act && strand.signers.includes(view.me.party) && !now.signed[view.me.party] && view.state.phase === "open";
    return [
      h("ul", { class: "signatures" }, strand.signers.map(line)),
      isMine ? h("div", { class: "button-row" },
        h("button", { type: "button", class: "button button-primary", "data-key": `sign-${strand.id}`, onclick: () => act.sign(strand) }, gettext("Sign…")),
        h("button", { type: "button", class: "button", "data-key": `back-${strand.id}`, onclick: () => act.sendBack(strand) }, gettext("Send back…"))) : "",
      h("details", { open: isMine }, h("summary", { class: "second" }, sayTerms(Object.keys(now.agreed).length)), termsInWords(view, now.agreed)),
    ];
  }
}

function signedWords(view, party, at) {
  const words = { name: view.name(party), time: at ? sayTime(at) : "" };
  if (view.isMine(party)) return at ? say(gettext("You signed at %(time)s"), words) : gettext("You have not signed yet");
  return at ? say(gettext("%(name)s signed at %(time)s"), words) : say(gettext("%(name)s has not signed yet"), words);
}

/** A strand has no name of its own: it is called by its terms. */
export function strandTitle(view, strand) {
  const titles = view.data.issues.filter((issue) => strand.issues.includes(issue.id)).map((issue) => issue.title);
  if (titles.length < 2) return titles[0] ?? "";
  return say(gettext("%(first)s and %(count)s more terms"), { first: titles[0], count: titles.length - 1 });
}

/** Words for the channel in which all who negotiate a strand talk, which observers hear too; null for any other. */
export function strandTalk(view, channel, names) {
  const members = channel.split("+");
  const hears = (party) => members.includes(party);
  const found = view.data.channels.find((each) => each.strand && each.members.length === members.length && each.members.every(hears));
  const strand = view.data.strands.find(({ id, parties }) => id === found?.strand && parties.every(hears));
  return strand ? { heading: say(gettext("“%(title)s”: %(names)s"), { title: strandTitle(view, strand), names }), readers: say(gettext("Read by %(names)s, and by whoever observes."), { names }) } : null;
}

function markedReaders(view, party) {
  if (!view.me) return say(gettext("Only %(name)s and the own agent see this"), { name: view.name(party) });
  return view.isMine(party) ? gettext("Only you and your agent see this") : gettext("Only your client and you see this");
}

function markedWords(view, event) {
  const titles = view.data.issues.filter((issue) => event.issues.includes(issue.id)).map((issue) => issue.title);
  return h("div", { class: "card private stack-tight" },
    privateWord(markedReaders(view, event.party)),
    titles.length ? h("p", {}, say(gettext("To be changed: %(terms)s."), { terms: sayList(titles) })) : "",
    event.text ? h("p", { dir: "auto" }, h("q", {}, event.text)) : "");
}

/** A line of the timeline about the agreement of a strand. */
export function termsLine(view, event) {
  const strand = view.data.strands.find((each) => each.id === (event.strand ?? event.slot));
  const title = strand ? strandTitle(view, strand) : "";
  if (event.type === "terms.marked") return markedWords(view, event);
  const words = {
    "terms.agreed": () => say(gettext("%(names)s agree on “%(title)s”. It waits for signatures."), { names: view.names(strand.parties), title }),
    "terms.signed": () => say(gettext("%(name)s signed “%(title)s”."), { name: view.name(event.party), title }),
    "terms.sent_back": () => say(gettext("%(name)s sent “%(title)s” back."), { name: view.name(event.party), title }),
    "strand.opened": () => say(gettext("“%(title)s” can be negotiated now."), { title }),
    "deal.made": () => say(gettext("“%(title)s” is settled."), { title }),
  };
  return [sayTime(event.at), " · ", bdi(words[event.type]())];
}

/** The questions before a signature, and before terms are sent back. */
export class Signing {
  constructor(dialogs, view, send) {
    Object.assign(this, { dialogs, view, send });
  }

  stillWaits(strand, digest) {
    const now = strandState(this.view.state, strand.id);
    return now.digest === digest ? this.dialogs.stillOpen() : gettext("These terms do not wait for you any more. Look at what is on the table now.");
  }

  sign(strand) {
    const { view, dialogs } = this;
    const { agreed, digest, offer, place } = strandState(view.state, strand.id);
    const tick = h("input", { type: "checkbox" });
    const terms = sayTerms(Object.keys(agreed).length);
    const question = dialogs.ask({
      title: say(gettext("Sign “%(title)s”?"), { title: strandTitle(view, strand) }),
      head: { before: dialogs.steps(gettext("2 Read and sign")), after: h("p", {}, gettext("Your signature binds you once all have signed. These are all the terms:")) },
      body: [termsInWords(view, agreed), dialogs.worth(offer.worth?.[place], view.index(offer.party), view.offerName(offer)),
        h("label", { class: "choice" }, tick, h("span", {}, say(gettext("I have read all %(terms)s."), { terms })))],
      primary: gettext("Sign"),
      back: gettext("Back to the table"),
      still: () => this.stillWaits(strand, digest),
      commit: () => {
        if (tick.checked) return this.send({ t: "sign", strand: strand.id, digest });
        dialogs.tell(question, gettext("Read the terms and tick the box first."));
        tick.focus();
        return null;
      },
    });
    dialogs.refresh();
  }

  sendBack(strand) {
    const { view, dialogs } = this;
    const { agreed, digest } = strandState(view.state, strand.id);
    const boxes = view.issuesOf(agreed).map((issue) => ({ issue, tick: h("input", { type: "checkbox" }) }));
    const words = wordsField("back-words");
    dialogs.ask({
      title: say(gettext("Send “%(title)s” back?"), { title: strandTitle(view, strand) }),
      head: { after: h("p", {}, gettext("Everybody in it learns that you did not sign. What has to change, only your agent reads.")) },
      body: [
        h("fieldset", { class: "field back-terms" }, h("legend", {}, gettext("What has to change?")), boxes.map(({ issue, tick }) => h("label", { class: "choice" }, tick, h("span", {}, issue.title)))),
        h("div", { class: "field" }, h("label", { for: "back-words" }, gettext("To your agent"), " ", h("span", { class: "label" }, gettext("optional"))), words),
      ],
      primary: gettext("Send back"),
      back: gettext("Back to the table"),
      still: () => this.stillWaits(strand, digest),
      texts: () => [words.value],
      commit: () => this.send({ t: "sendback", strand: strand.id, issues: boxes.filter(({ tick }) => tick.checked).map(({ issue }) => issue.id), words: words.value.trim() }),
    });
    dialogs.refresh();
  }
}
