// A table that settles a text: its last version with what changed, who has signed it, and a place to write the next.

import { bdi, h, hidden, icon, mark, recall, remember } from "../dom.js";
import { changesBetween } from "./text-diff.js";
import { say, sayTime } from "./words.js";

const { gettext } = globalThis;
const MOST = 5000;

export class SharedText {
  /** `act`: propose(text), sign(version) and walk; without it one only reads along. `key` keeps the own draft. */
  constructor(place, view, act, key = "") {
    Object.assign(this, { place, view, act, key, showsChanges: true, fields: null });
    this.draft = act ? recall(localStorage, key) : null;
    this.head = h("div", { class: "stack-tight" });
    this.body = h("div", { class: "stack text-body" });
    this.foot = h("div", { class: "stack-tight" });
    place.replaceChildren(this.head, this.body, this.foot);
  }

  get text() {
    return this.view.state.text;
  }

  get latest() {
    return this.text.versions.at(-1) ?? null;
  }

  draw() {
    const { view, text } = this;
    const face = JSON.stringify([view.state.phase, view.state.people, text.versions.length, [...text.signed], this.showsChanges, Boolean(this.draft), this.draft?.from]);
    if (face === this.face) return;
    this.face = face;
    this.drawHead();
    if (this.draft && view.state.phase !== "ended") this.drawEditor();
    else this.drawText();
    this.drawFoot();
  }

  drawHead() {
    const { latest, view } = this;
    if (!latest) {
      this.head.replaceChildren(h("h2", {}, gettext("The text")), h("p", { class: "second" }, this.emptyWords()));
      return;
    }
    const words = view.isMine(latest.party) ? gettext("Version %(number)s, written by you at %(time)s") : gettext("Version %(number)s, written by %(name)s at %(time)s");
    this.head.replaceChildren(
      h("h2", {}, view.state.text.agreed ? gettext("The signed text") : gettext("The text")),
      h("p", { class: "second" }, mark(view.index(latest.party)), " ", bdi(say(words, { number: latest.number, name: view.name(latest.party), time: sayTime(latest.at) }))),
      this.chooser());
  }

  emptyWords() {
    if (this.view.state.phase === "ended") return gettext("Nothing was written.");
    return this.act ? gettext("Nothing is written yet. Anybody here may write a first version; it binds nobody before it is signed.") : gettext("Nothing is written yet.");
  }

  chooser() {
    if (this.draft || this.text.versions.length < 2 || this.text.agreed) return "";
    const link = (words, isOn) => h("button", { type: "button", class: "chip", "aria-pressed": String(this.showsChanges === isOn), onclick: () => this.show(isOn) }, words);
    return h("div", { class: "button-row" }, link(gettext("With changes"), true), link(gettext("As it reads"), false));
  }

  show(changes) {
    this.showsChanges = changes;
    this.draw();
    [...this.head.querySelectorAll(".chip")].find((chip) => chip.getAttribute("aria-pressed") === "true")?.focus({ preventScroll: true });
  }

  drawText() {
    const { latest } = this;
    const before = this.showsChanges && !this.text.agreed ? this.text.versions.at(-2) : null;
    const parts = latest ? this.view.data.texts.headings.map(({ id, title }) => section(title, latest.text[id] ?? "", before && (before.text[id] ?? ""))) : [];
    const legend = before ? h("p", { class: "label" }, say(gettext("Against version %(number)s: [+ added +] and [− taken out −]."), { number: before.number })) : "";
    this.body.replaceChildren(legend, ...parts);
  }

  drawEditor() {
    if (this.fields) {
      this.drawTrouble();
      return;
    }
    const { headings } = this.view.data.texts;
    this.fields = Object.fromEntries(headings.map(({ id }) => [id, h("textarea", { class: "input", id: `text-${id}`, rows: "4", dir: "auto", oninput: () => this.keep() })]));
    for (const { id } of headings) this.fields[id].value = this.draft.text[id] ?? "";
    this.trouble = h("div", { role: "status" });
    this.left = h("p", { class: "label" });
    this.body.replaceChildren(
      this.trouble,
      ...headings.map(({ id, title }) => h("div", { class: "field" }, h("label", { for: `text-${id}` }, title), this.fields[id])),
      this.left);
    this.countLeft();
    this.drawTrouble();
  }

  /** Somebody wrote another version meanwhile: said, never forced upon the writer. */
  drawTrouble() {
    const { latest } = this;
    if (!latest || latest.number === this.draft.from) {
      this.trouble.replaceChildren();
      return;
    }
    const again = h("button", { type: "button", class: "button button-small", onclick: () => this.write() }, say(gettext("Start again from version %(number)s"), { number: latest.number }));
    const words = say(gettext("%(name)s wrote version %(number)s while you were writing. What you send takes its place."), { name: this.view.name(latest.party), number: latest.number });
    this.trouble.replaceChildren(h("p", { class: "notice" }, icon("clock"), h("span", {}, bdi(words))), again);
  }

  keep() {
    for (const [id, field] of Object.entries(this.fields)) this.draft.text[id] = field.value;
    remember(localStorage, this.key, this.draft);
    this.countLeft();
  }

  countLeft() {
    const left = MOST - Object.values(this.draft.text).join("").length;
    this.left.textContent = left > MOST / 5 ? gettext("A heading without words is left open.") : say(gettext("%(count)s characters are left."), { count: left });
  }

  /** Begins a new version from the last one. */
  write() {
    this.draft = { from: this.latest?.number ?? 0, text: { ...this.latest?.text } };
    this.fields = null;
    remember(localStorage, this.key, this.draft);
    this.face = "";
    this.draw();
    this.body.querySelector("textarea")?.focus();
  }

  leave() {
    this.draft = this.fields = null;
    remember(localStorage, this.key, null);
    this.face = "";
    this.draw();
  }

  drawFoot() {
    const { phase } = this.view.state;
    if (!this.act || phase === "ended") {
      this.foot.replaceChildren(this.latest ? this.signatures() : "", this.after());
      return;
    }
    this.foot.replaceChildren(...(this.draft ? this.writing() : this.reading()));
  }

  writing() {
    const send = h("button", { type: "button", class: "button button-primary", "aria-disabled": String(this.view.state.phase !== "open"), onclick: (event) => this.propose(event.currentTarget) }, say(gettext("Put version %(number)s on the table"), { number: this.text.versions.length + 1 }));
    const back = h("button", { type: "button", class: "button", onclick: () => this.leave() }, gettext("Throw the draft away"));
    return [h("div", { class: "button-row" }, send, back), h("p", { class: "second" }, gettext("Everybody reads it then. Signatures on an earlier version are void."))];
  }

  async propose(button) {
    if (this.view.state.phase !== "open" || button.getAttribute("aria-busy")) return;
    const doubt = this.act.doubts(Object.values(this.draft.text).join("\n"));
    if (doubt && doubt !== this.doubt) {
      this.doubt = doubt;
      this.trouble.replaceChildren(h("p", { class: "notice" }, bdi(doubt)));
      return;
    }
    button.setAttribute("aria-busy", "true");
    const answer = await this.act.propose({ ...this.draft.text });
    button.removeAttribute("aria-busy");
    if (answer.t === "ack") this.leave();
  }

  reading() {
    const { latest, view } = this;
    const isOpen = view.state.phase === "open";
    const may = view.data.texts.signers.includes(view.me.party);
    const sign = may && latest && !this.text.signed.has(view.me.party)
      ? h("button", { type: "button", class: "button button-primary", "aria-disabled": String(!isOpen), onclick: () => isOpen && this.act.sign(latest, () => this.whole(latest)) }, say(gettext("Sign version %(number)s…"), { number: latest.number }))
      : "";
    const write = h("button", { type: "button", class: latest ? "button" : "button button-primary", onclick: () => this.write() }, latest ? gettext("Write a new version") : gettext("Write the first version"));
    return [latest ? this.signatures() : "", h("div", { class: "button-row" }, sign, write), may ? "" : h("p", { class: "second" }, gettext("You help with the text. The others sign it."))];
  }

  signatures() {
    const { view, text } = this;
    return h("ul", { class: "crews", "aria-label": gettext("Signatures") }, view.data.texts.signers.map((party) => {
      const has = text.signed.has(party);
      const signed = view.isMine(party) ? gettext("have signed") : gettext("has signed");
      const waits = view.isMine(party) ? gettext("have not signed") : gettext("has not signed");
      return h("li", {}, mark(view.index(party), !has), bdi(view.name(party)), h("span", { class: "second" }, has ? [icon("check"), " ", signed] : waits));
    }));
  }

  after() {
    const { interests, result } = this.view.data.urls;
    if (!this.act || this.view.state.phase !== "ended") return "";
    const check = interests && h("a", { class: "button button-primary", href: interests }, gettext("How far are your interests met?"));
    return h("div", { class: "button-row" }, check, h("a", { class: "button", href: result }, gettext("Your result")));
  }

  /** The whole text as it reads: what one is bound to. */
  whole(version) {
    return this.view.data.texts.headings.map(({ id, title }) => section(title, version.text[id] ?? "", null));
  }
}

function section(title, words, before) {
  const isOpen = !words && !before;
  return h("section", { class: "text-part" }, h("h3", {}, title),
    isOpen ? h("p", { class: "second" }, gettext("Left open.")) : h("p", { class: "said", dir: "auto" }, before === null || before === undefined ? words : changesBetween(before, words).map(marked)));
}

const MARKS = { added: ["ins", gettext("added: "), "[+\u00a0", "\u00a0+]"], removed: ["del", gettext("taken out: "), "[−\u00a0", "\u00a0−]"] };

/** A change is a sign and a word: nobody has to see a colour. The signs stand outside, so that no line runs through them. */
function marked({ kind, text }, place, parts) {
  if (kind === "same") return text;
  const [tag, word, opens, closes] = MARKS[kind];
  const sign = (mark) => h("span", { "aria-hidden": "true" }, mark);
  const gap = text.slice(text.trimEnd().length) || (place < parts.length - 1 ? " " : "");
  return [hidden(word), sign(opens), h(tag, {}, text.trim()), sign(closes), hidden(gettext(" (end)")), gap];
}
