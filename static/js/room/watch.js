// Reading along: the same timeline and comparison through the instructor's eyes, and nothing to send.

import { byId, h, recall, remember } from "../dom.js";
import { Announcer } from "./announce.js";
import { Clock } from "./clock.js";
import { drawCourse, followNews } from "./course.js";
import { many } from "./many.js";
import { Presence } from "./presence.js";
import { Shortcuts } from "./shortcuts.js";
import { Line } from "./socket.js";
import { applyEvents, newState } from "./state.js";
import { Rounds } from "./rounds.js";
import { Strands } from "./strands.js";
import { SharedText } from "./text.js";
import { OnTheTable } from "./table.js";
import { Timeline } from "./timeline.js";
import { View } from "./view.js";
import { sayScore } from "./words.js";

const { gettext } = globalThis;
const PATIENCE_SECONDS = 2;
const data = JSON.parse(byId("room-data").textContent);
const state = newState(data);
const view = new View(data, state);
const clock = new Clock(byId("clock"), new Announcer(byId("announcer")));
const presence = new Presence(document.querySelectorAll("[data-presence]"), view);
const timeline = new Timeline({ scroll: byId("talk-scroll"), list: byId("timeline"), jump: byId("jump") }, view, null);
const table = data.texts ? new SharedText(byId("shared-text"), view, null) : data.rounds
  ? new Rounds({ strip: byId("rounds-strip"), now: byId("rounds-now"), shown: byId("rounds-shown") }, view, null)
  : new OnTheTable({ card: byId("table-card"), sentence: byId("table-sentence"), pins: byId("pins"), matrix: byId("matrix") }, view, null);
const lastCall = many && new many.LastCall(byId("last-call"), view, clock, null);
const strands = view.strands.length ? new Strands(byId("strands"), view, null) : null;
new Shortcuts(document.querySelectorAll("[data-shortcuts]"));
let timer = null;

const line = new Line(data.urls, "", {
  applied: () => state.applied,
  receive,
  changed: showLine,
  goodbye: () => location.reload(),
});

function receive(frame) {
  if (frame.here) presence.show(frame.here);
  if (frame.t === "pong") {
    clock.setNow(frame.now);
    if (frame.head > state.applied) line.send({ t: "resume", after: state.applied });
  }
  if (frame.t !== "events") return;
  const before = state.applied;
  if (applyEvents(state, frame.events)) line.send({ t: "resume", after: state.applied });
  if (state.applied !== before) draw();
  if (frame.events.some((event) => event.type === "news.released" && event.n > before)) followNews(view, takeNews);
}

function takeNews() {
  if (byId("stakes")) drawStakes();
  draw();
}

function showLine(isUp) {
  clearTimeout(timer);
  const notice = byId("line-notice");
  if (isUp) notice.hidden = true;
  else timer = setTimeout(() => (notice.hidden = false), PATIENCE_SECONDS * 1000);
}

function draw() {
  clock.follow(state);
  timeline.draw();
  table.draw();
  lastCall?.draw();
  presence.draw();
  drawCourse(view);
  strands?.draw();
}

/** An observer's notes stay on this device: they are sent to nobody. */
function keepNotes(field) {
  if (!field) return;
  const key = `parley-notes-${field.dataset.notes}`;
  field.value = recall(localStorage, key) ?? "";
  field.addEventListener("input", () => remember(localStorage, key, field.value || null));
}

function drawStakes() {
  const rows = data.parties.filter((party) => data.stakes[party.id]).map((party) => {
    const { alternative, target } = data.stakes[party.id];
    const points = (value) => (value === null ? "–" : sayScore(value, data.unit));
    return h("tr", {}, h("th", { scope: "row" }, view.who(party.id)), h("td", { class: "number" }, points(alternative)), h("td", { class: "number" }, points(target)));
  });
  const head = h("tr", {}, h("th", { scope: "col" }, gettext("Party")), h("th", { scope: "col", class: "number" }, gettext("Alternative")), h("th", { scope: "col", class: "number" }, gettext("Target")));
  byId("stakes").replaceChildren(h("thead", {}, head), h("tbody", {}, rows));
}

applyEvents(state, data.events);
clock.setNow(data.now);
draw();
if (byId("stakes")) drawStakes();
keepNotes(byId("notes"));
line.open();
document.documentElement.dataset.ready = "watch";
