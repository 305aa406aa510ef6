// The clock in the head. It counts by the server's time: `now` of a frame against this machine's steady clock.

import { h, icon, s } from "../dom.js";
import { roughly } from "./spans.js";
import { say } from "./words.js";

const { gettext } = globalThis;
const RING = 59.7;
const CALM_SECONDS = 300;
const LAST_SECONDS = 60;

export class Clock {
  constructor(place, announce) {
    Object.assign(this, { place, announce, offset: 0, drawn: "", warned: new Set() });
    setInterval(() => this.draw(), 500);
  }

  /** Date.now() may jump when a machine sets its clock; performance.now() does not. */
  setNow(now) {
    this.offset = Date.parse(now) - performance.now();
  }

  /** The server's time, in milliseconds. */
  now() {
    return performance.now() + this.offset;
  }

  follow(state) {
    this.state = state;
    this.draw();
  }

  secondsLeft() {
    return this.secondsTo(spanOf(this.state).until);
  }

  secondsTo(at) {
    return Math.max(0, Math.ceil((Date.parse(at) - this.now()) / 1000));
  }

  draw() {
    if (!this.state) return;
    const [kind, words, share] = this.reading();
    const drawn = `${kind} ${words} ${share === null ? "" : Math.round(share * 200)}`;
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.place.className = `clock ${kind}`.trim();
    this.place.replaceChildren(share === null ? "" : ring(share), ...wordsOf(kind, words));
  }

  reading() {
    const { phase, pauseReason } = this.state;
    if (phase === "waiting") return ["", gettext("not open yet"), null];
    if (phase === "ended") return ["", gettext("ended"), null];
    if (phase === "paused") return ["clock-paused", pauseReason ? say(gettext("Paused: %(reason)s"), { reason: pauseReason }) : gettext("Paused"), null];
    return this.running(this.secondsLeft());
  }

  running(left) {
    const { from, until } = spanOf(this.state);
    const total = (Date.parse(until) - Date.parse(from)) / 1000;
    const share = total > 0 ? Math.min(1, left / total) : 0;
    if (left > CALM_SECONDS) {
      return ["", say(gettext("about %(time)s"), { time: roughly(left) }), share];
    }
    if (total > (left <= LAST_SECONDS ? LAST_SECONDS : CALM_SECONDS)) this.warn(left, until);
    const figure = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) return ["clock-last", gettext("time is up"), share];
    if (left <= LAST_SECONDS) return ["clock-last", say(gettext("%(figure)s left, last minute"), { figure }), share];
    return ["clock-soon", say(gettext("%(figure)s left"), { figure }), share];
  }

  warn(left, until) {
    const [mark, words] = left <= LAST_SECONDS ? ["last", gettext("One minute is left.")] : ["soon", gettext("Five minutes are left.")];
    if (left === 0 || this.warned.has(`${mark} ${until}`)) return;
    this.warned.add(`${mark} ${until}`);
    this.announce.say(words);
  }
}

/** What the clock counts: the round or the part of the time that runs, else the whole. */
function spanOf({ rounds, part, openedAt, closesAt }) {
  if (rounds.endsAt) return { from: rounds.beganAt, until: rounds.endsAt };
  return part ?? { from: openedAt, until: closesAt };
}

function ring(share) {
  const circle = { cx: 12, cy: 12, r: 9.5 };
  return s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
    s("circle", { class: "ring", ...circle }),
    s("circle", { class: "left", ...circle, "stroke-dasharray": `${(share * RING).toFixed(1)} ${RING}`, transform: "rotate(-90 12 12)" }));
}

const wordsOf = (kind, words) => [kind === "clock-paused" ? icon("pause") : "", h("span", { dir: "auto" }, words)];
