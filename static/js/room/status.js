// The calm line over the composer, and which parts of the page can be used in the table's phase.

import { h, icon } from "../dom.js";
import { isTurnOfOthers, mayOffer } from "./course-state.js";
import { courseNotice } from "./course.js";
import { isTalkClosed } from "./rounds-state.js";
import { talkWords } from "./rounds-words.js";
import { isHere } from "./shortcuts.js";
import { formWords } from "./aloud.js";
import { turnFault } from "./state.js";
import { endWords } from "./timeline.js";
import { say } from "./words.js";

const { gettext } = globalThis;
const PATIENCE_SECONDS = 2;

export class Status {
  constructor(view, parts) {
    Object.assign(this, { view, parts, isDown: false, farewell: null });
  }

  /** A short loss of the line is not worth a word. */
  lineChanged(isUp) {
    clearTimeout(this.timer);
    if (isUp) this.setDown(false);
    else this.timer = setTimeout(() => this.setDown(true), PATIENCE_SECONDS * 1000);
  }

  setDown(isDown) {
    this.isDown = isDown;
    this.draw();
  }

  sayGoodbye(code) {
    const words = {
      4401: gettext("This browser is not signed in any more. Come in again with your code."),
      4403: gettext("Your seat at this table has changed. Ask your instructor where you sit now."),
      4404: gettext("This table is not there for you any more. Ask your instructor where you sit now."),
      4409: gettext("This room is open in too many tabs. Go on in the newest one."),
    };
    this.farewell = words[code];
    this.draw();
  }

  draw() {
    this.drawNotice();
    this.drawPhase();
    this.drawHelp();
  }

  drawNotice() {
    const [sign, words] = this.notice();
    const { notice } = this.parts;
    if (notice.dataset.words === words) return;
    notice.dataset.words = words;
    notice.hidden = !words;
    notice.replaceChildren(...(words ? [icon(sign), h("span", { dir: "auto" }, words)] : []));
  }

  notice() {
    const { phase, pauseReason } = this.view.state;
    if (this.farewell) return ["cross", this.farewell];
    if (this.isDown) return ["wifi", gettext("Reconnecting. Your text is safe and will be sent.")];
    if (phase === "waiting") return ["clock", this.waitingWords()];
    if (phase === "open" && isTalkClosed(this.view)) return ["silent", talkWords(this.view)];
    if (phase !== "paused") return courseNotice(this.view) ?? (phase === "open" ? this.openNotice() : ["", ""]);
    const reason = pauseReason ? ` (${pauseReason})` : "";
    return ["pause", say(gettext("Your instructor paused the table%(reason)s. The clock stands still."), { reason })];
  }

  waitingWords() {
    if (this.parts.review) return gettext("The table is not open yet. You can already build an offer.");
    return gettext("The table is not open yet.");
  }

  /** Why I cannot offer now, where the session's rules say so. */
  openNotice() {
    const { policy } = this.view.state;
    if (this.view.isAloud) return ["talk", `${gettext("You talk face to face.")} ${formWords(this.view)}`];
    const fault = turnFault(this.view.state, this.view.me.party);
    if (fault === "turn") return ["between", gettext("Offers take turns here. The next one is theirs, unless they answer yours.")];
    return fault === "limit" ? ["between", gettext("You have made all your offers. You can still answer, talk or walk away.")] : ["", ""];
  }

  drawPhase() {
    const { phase } = this.view.state;
    const { composer, walk, review, end } = this.parts;
    const isOver = phase === "ended";
    const { isAloud } = this.view;
    document.body.classList.toggle("room-aloud", isAloud);
    composer.hidden = isOver || isAloud || phase === "asking" || ((isTalkClosed(this.view) || isTurnOfOthers(this.view)) && !this.view.isTeam);
    const hasLeft = this.view.state.votes?.left.includes(this.view.me.party);
    if (walk) walk.hidden = phase !== "open" || isAloud || !this.view.votes || hasLeft;
    review?.setAttribute("aria-disabled", String(phase !== "open" || !mayOffer(this.view) || Boolean(turnFault(this.view.state, this.view.me.party))));
    if (isOver && end.hidden) end.replaceChildren(...this.ending());
    end.hidden = !isOver;
    document.body.classList.toggle("room-ended", isOver);
    document.body.classList.toggle("room-signs", !this.view.negotiates);
    if (location.hash === "#builder" && !isHere("builder")) location.hash = "#talk";
  }

  ending() {
    const { released } = this.view.data.room;
    const link = h("a", { class: "button button-primary", href: this.view.data.urls.result }, gettext("Open your result"));
    const later = [h("p", { class: "second" }, gettext("Your instructor has not released results yet.")), h("a", { class: "button", href: location.pathname }, gettext("Look again"))];
    return [h("h3", {}, endWords(this.view)), ...(released ? [link] : later)];
  }

  drawHelp() {
    const asked = this.view.state.hands.has(this.view.me.party);
    const words = asked ? gettext("Instructor called. Take it back") : gettext("Call the instructor");
    for (const button of this.parts.help) {
      button.hidden = this.view.state.phase === "ended";
      button.setAttribute("aria-pressed", String(asked));
      button.querySelector("span").textContent = words;
    }
  }
}
