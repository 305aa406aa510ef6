// The questions before something binds: native dialogs, every term in words, the safe way out last and plain.

import { bdi, h } from "../dom.js";
import { wordsField } from "./fields.js";
import { many } from "./many.js";
import { draftMarks, scoreBox } from "./scorebar.js";
import { linkOf } from "./strands-state.js";
import { addedTerms, packagesTable, termsInWords } from "./terms.js";
import { packageLetter, say, sayScore } from "./words.js";
import { equalWords, isKnown, worthWords } from "./worth.js";

const { gettext, ngettext } = globalThis;

export class Dialogs {
  constructor(view) {
    Object.assign(this, { view, open: null, giveUp: () => {}, doubts: () => "" });
  }

  /** `commit()` gives the answer's promise, or null to wait; `texts()` are the words that others will read. */
  ask({ title, head, body, primary, kind = "button-primary", back, still, commit, texts = () => [] }) {
    const heading = h("h2", { id: "question", tabindex: "-1" }, title);
    const trouble = h("p", { class: "error", role: "alert", hidden: true });
    const go = h("button", { type: "button", class: `button ${kind}` }, primary);
    const leave = h("button", { type: "button", class: "button", onclick: () => element.close() }, back);
    const element = h("dialog", { class: "dialog", "aria-labelledby": "question" },
      h("div", { class: "dialog-head stack-tight" }, head.before ?? "", heading, head.after ?? ""),
      h("div", { class: "dialog-body stack" }, body, trouble),
      h("div", { class: "dialog-foot" }, go, leave));
    const question = { element, trouble, go, still, primary, commit, texts };
    go.addEventListener("click", () => this.press(question));
    element.addEventListener("close", () => this.closed(question));
    document.body.append(element);
    this.open = question;
    element.showModal();
    heading.focus();
    return question;
  }

  async press(question) {
    const { go, element, primary } = question;
    if (go.getAttribute("aria-busy") || question.gone || this.wonders(question)) return;
    const ending = question.commit();
    if (!ending) return;
    go.setAttribute("aria-busy", "true");
    go.textContent = say(gettext("%(action)s: sending"), { action: primary });
    const answer = await ending;
    go.removeAttribute("aria-busy");
    go.textContent = primary;
    if (answer.t === "ack") element.close();
    else this.tell(question, answer.words);
  }

  /** Words of the private sheet are asked about once; who presses again means them. */
  wonders(question) {
    const doubt = this.doubts(question.texts().join("\n"));
    const isNew = doubt && doubt !== question.doubt;
    if (isNew) this.tell(question, doubt);
    question.doubt = doubt;
    return isNew;
  }

  tell(question, words) {
    question.trouble.textContent = words;
    question.trouble.hidden = !words;
  }

  /** Whoever goes back while it is on its way means it: it is not tried again when the line is back. */
  closed(question) {
    if (question.go.getAttribute("aria-busy")) this.giveUp();
    question.element.remove();
    if (this.open === question) this.open = null;
  }

  /** The table moved on under an open question: say so and take the button away. */
  refresh() {
    const question = this.open;
    if (!question?.still) return;
    const words = question.still();
    question.gone = Boolean(words);
    question.go.setAttribute("aria-disabled", String(Boolean(words)));
    if (words) this.tell(question, words);
    else if (question.wasGone) this.tell(question, "");
    question.wasGone = Boolean(words);
  }

  stillOpen() {
    const { phase } = this.view.state;
    if (phase === "paused") return gettext("The table is paused. Your instructor will resume it.");
    return phase === "open" ? "" : gettext("The table is not open now.");
  }

  steps(second) {
    return h("ol", { class: "steps" }, h("li", {}, gettext("1 Choose")), h("li", { "aria-current": "step" }, second));
  }

  accept(offer, place, send) {
    const { view } = this;
    const package_ = offer.packages[place];
    const count = view.issuesOf(package_).length + offer.added.length;
    const letter = offer.packages.length > 1 ? ` ${packageLetter(place)}` : "";
    const tick = h("input", { type: "checkbox" });
    const name = view.name(offer.party);
    const { primary, title, words } = many?.yesQuestion(view, offer, letter) ?? {
      primary: say(letter ? gettext("Accept offer %(number)s %(letter)s") : gettext("Accept offer %(number)s"), { number: offer.number, letter: letter.trim() }),
      title: say(gettext("Accept %(name)s’s offer %(number)s?"), { name, number: `${offer.number}${letter}` }),
      words: this.bindingWords(package_),
    };
    const question = this.ask({
      title,
      head: {
        before: this.steps(gettext("2 Read and confirm")),
        after: h("p", {}, words),
      },
      body: [
        termsInWords(view, package_, offer.added),
        this.worth(offer.worth?.[place], view.index(offer.party), view.offerName(offer), offer.beside?.[place]),
        h("label", { class: "choice" }, tick, h("span", {}, say(ngettext("I have read the term.", "I have read all %(count)s terms.", count), { count }))),
      ],
      primary,
      back: gettext("Back to the table"),
      still: () => (offer.status === "open" ? this.stillOpen() : gettext("This offer no longer stands. Look at what is on the table now.")),
      commit: () => {
        if (tick.checked) return send({ t: "accept", offer: offer.number, package: place, digest: offer.digest });
        this.tell(question, gettext("Read the terms and tick the box first."));
        tick.focus();
        return null;
      },
    });
    this.refresh();
  }

  bindingWords(package_) {
    const strand = linkOf(this.view.state, package_);
    if (!strand) return gettext("Accepting ends the negotiation. These are all the terms that will bind both sides:");
    if (strand.signers.every((party) => strand.parties.includes(party))) return gettext("Accepting settles this agreement for good. These are all its terms:");
    return gettext("Accepting ends your part. Those for whom you negotiate sign these terms, or send them back:");
  }

  worth(points, index, name, beside) {
    if (!isKnown(points)) return "";
    const isExact = typeof points === "number";
    const marks = isExact && !beside?.range ? [{ points, index, name }] : [];
    return scoreBox(this.view, marks, h("span", {}, isExact ? `${gettext("Worth")} ` : "", worthWords(this.view, points, beside)), "");
  }

  /** `draft`: {packages, added, worths, isOpen}: what the builder would send. */
  review(draft, send) {
    const { view } = this;
    const { packages, added, isOpen } = draft;
    const number = view.state.offers.length + 1;
    const note = wordsField("offer-words");
    this.ask({
      title: isOpen ? say(gettext("Send proposal %(number)s, with terms open?"), { number }) : say(gettext("Send offer %(number)s?"), { number }),
      head: {
        before: this.steps(gettext("2 Read and send")),
        after: h("p", {}, this.reviewWords(packages, isOpen), this.replacing()),
      },
      body: [packages.length > 1 ? packagesTable(view, packages) : termsInWords(view, packages[0], added), packages.length > 1 ? addedTerms(added) : "", this.draftWorth(draft),
        h("div", { class: "field" }, h("label", { for: note.id }, gettext("A word with it"), " ", h("span", { class: "label" }, gettext("optional"))), note)],
      primary: say(isOpen ? gettext("Send proposal %(number)s") : gettext("Send offer %(number)s"), { number }),
      back: gettext("Back to the builder"),
      still: () => this.stillOpen(),
      texts: () => [...added, note.value],
      commit: () => send({ t: "offer", packages, ...(note.value.trim() ? { words: note.value.trim() } : {}), ...(added.length ? { added } : {}), ...(isOpen ? { proposal: true } : {}) }),
    });
    this.refresh();
  }

  reviewWords(packages, isOpen) {
    if (this.view.data.votes && !isOpen) return many.reviewWords();
    const name = this.view.otherNames();
    if (isOpen) return say(gettext("%(name)s can answer it, but nobody can accept a package before it is whole."), { name });
    if (packages.length > 1) return say(gettext("%(name)s can accept any one of them as long as they stand, and then it binds both sides."), { name });
    return say(gettext("%(name)s can accept it as long as it stands, and then it binds both sides."), { name });
  }

  draftWorth({ packages, worths }) {
    const { view } = this;
    if (packages.length === 1) return this.worth(worths[0].points, view.index(view.me.party), gettext("your offer"), worths[0]);
    const equal = equalWords(view, worths.map((each) => each?.points));
    return equal ? scoreBox(view, draftMarks(view, worths.map((each) => each?.points)), equal.words, "") : "";
  }

  declineWith(offer, send) {
    const { view } = this;
    const words = wordsField("no-words");
    this.ask({
      title: say(gettext("Decline %(offer)s?"), { offer: view.offerName(offer) }),
      head: { after: h("p", {}, say(gettext("%(name)s reads your words."), { name: view.name(offer.party) })) },
      body: [h("div", { class: "field" }, h("label", { for: "no-words" }, gettext("What is in the way?")), words)],
      primary: gettext("Decline"),
      back: gettext("Back to the table"),
      still: () => (offer.status === "open" ? this.stillOpen() : gettext("This offer no longer stands. Look at what is on the table now.")),
      texts: () => [words.value],
      commit: () => send({ t: "decline", offer: offer.number, words: words.value.trim() }),
    });
    this.refresh();
  }

  /** Signing a text: all of it once more, a tick, and then it binds. */
  sign(version, whole, send) {
    const tick = h("input", { type: "checkbox" });
    const { number } = version;
    const question = this.ask({
      title: say(gettext("Sign version %(number)s?"), { number }),
      head: { before: this.steps(gettext("2 Read and sign")), after: h("p", {}, gettext("When all who sign have signed this version, it binds and the talks are over.")) },
      body: [whole, h("label", { class: "choice" }, tick, h("span", {}, gettext("I have read the whole text.")))],
      primary: say(gettext("Sign version %(number)s"), { number }),
      back: gettext("Back to the table"),
      still: () => (this.view.state.text.versions.at(-1) === version ? this.stillOpen() : gettext("There is a newer version of the text. Read that one before you sign.")),
      commit: () => {
        if (tick.checked) return send({ t: "sign_text", version: number, digest: version.digest });
        this.tell(question, gettext("Read the text and tick the box first."));
        tick.focus();
        return null;
      },
    });
    this.refresh();
  }

  replacing() {
    const own = this.view.state.policy.offers === "open" ? null : this.view.standingOf(this.view.me.party);
    return own ? ` ${say(gettext("It takes the place of %(offer)s."), { offer: this.view.offerName(own) })}` : "";
  }

  walk(standing, send) {
    const { view } = this;
    const { me } = view;
    const why = wordsField("why");
    const left = standing && [h("p", {}, say(gettext("You leave %(offer)s on the table:"), { offer: view.offerName(standing) })), termsInWords(view, standing.packages[0]),
      this.worth(standing.worth?.[0], view.index(standing.party), view.offerName(standing))];
    this.ask({
      title: gettext("Leave the table without a deal?"),
      head: {
        after: h("p", {}, me.alternative ? [say(gettext("You would have your alternative, worth %(points)s."), { points: sayScore(me.alternative.value, me.unit) }), " "] : "",
          bdi(say(gettext("Told that you left, not why: %(names)s. This cannot be undone."), { names: view.names(view.others.filter((party) => party.kind !== "observer").map(({ id }) => id)) }))),
      },
      body: [left || "", h("div", { class: "field" }, h("label", { for: "why" }, gettext("Why?"), " ", h("span", { class: "label" }, gettext("optional, only your instructor reads it"))), why)],
      primary: gettext("Walk away"),
      kind: "button-danger",
      back: gettext("Back to the table"),
      still: () => this.stillOpen(),
      commit: () => send({ t: "walk", reason: why.value }),
    });
    this.refresh();
  }
}
