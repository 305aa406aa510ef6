// The room of one seat: wires the line, the state, and the parts of the page. Each part draws itself.

import { byId, recall, remember } from "../dom.js";
import { startTabs } from "../tabs.js";
import { aloudQuestions } from "./aloud.js";
import { Announcer } from "./announce.js";
import { Away } from "./away.js";
import { Badges } from "./badges.js";
import { Builder } from "./builder.js";
import { Channels } from "./channels.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { drawCourse, followNews } from "./course.js";
import { Dialogs } from "./dialogs.js";
import { Draft } from "./draft.js";
import { tell } from "./news.js";
import { Outbox } from "./outbox.js";
import { Presence } from "./presence.js";
import { Quoting } from "./quoting.js";
import { Rounds } from "./rounds.js";
import { many } from "./many.js";
import { shares } from "./shares.js";
import { Shortcuts } from "./shortcuts.js";
import { Line } from "./socket.js";
import { applyEvents, newState } from "./state.js";
import { Status } from "./status.js";
import { Signing, Strands } from "./strands.js";
import { OnTheTable } from "./table.js";
import { SharedText } from "./text.js";
import { Timeline } from "./timeline.js";
import { Toast } from "./toast.js";
import { View } from "./view.js";
import { Waiting } from "./waiting.js";
import { say } from "./words.js";

const { gettext } = globalThis;
const data = JSON.parse(byId("room-data").textContent);
const { seat } = byId("room-seat").dataset;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;

const state = newState(data);
const view = new View(data, state);
const announcer = new Announcer(byId("announcer"));
const draft = new Draft(seat, data.issues);
const toast = new Toast(byId("toast"));
const dialogs = new Dialogs(view);
dialogs.giveUp = () => {
  outbox.giveUp();
  toast.show(gettext("Given up. If it had arrived already, the table shows it."));
};
const clock = new Clock(byId("clock"), announcer);
const presence = new Presence(document.querySelectorAll("[data-presence]"), view);

const waiting = new Waiting(byId("waiting"), view, clock);

const act = {
  accept: (offer, place = 0) => dialogs.accept(offer, place, put),
  counter: (offer, place) => {
    startFrom(offer, place);
    location.hash = "#builder";
  },
  start: (offer) => startFrom(offer),
  withdraw: (offer, button) => press(button, { t: "withdraw", offer: offer.number }),
  decline: (offer, button) => press(button, { t: "decline", offer: offer.number }),
  declineWith: (offer) => dialogs.declineWith(offer, put),
  closest: (offer, place, button) => press(button, { t: "closest", offer: offer.number, package: place }),
  ...many?.acts((button, frame) => press(button, frame), (words) => toast.show(words)),
  pin: (issue, value, button) => press(button, { t: "pin", issue, value }),
  unpin: (issue, button) => press(button, { t: "unpin", issue }),
  tryAgain: (item) => outbox.tryAgain(item),
  score: (package_, receive) => outbox.read(travelling({ t: "score", package: package_ }), receive),
  net: (points) => waiting.net(points),
  review: (sent) => (view.isAloud ? aloudQuestions.record(dialogs, sent, put) : dialogs.review(sent, put)),
  confirmRecord: (record) => aloudQuestions.confirm(dialogs, record, draft.chosen, put),
  recordNone: () => aloudQuestions.none(dialogs, put),
  startPackage: (package_) => startWith(package_, gettext("Your notes now start from what they wrote.")),
  changed: () => table.draw(),
  doubts: (text) => quoting.doubts(text),
  propose: (text) => outbox.put({ t: "text", text }),
  sign: (version, whole) => dialogs.sign(version, whole(), (frame) => outbox.put(frame)),
  tap: (frame) => outbox.put(frame),
  choose: (round, move) => outbox.put({ t: "choose", round, move }),
};

const travelling = (frame) => shares?.outward(view, frame) ?? frame;
const put = (frame) => outbox.put(travelling(frame));

/** A button whose command is on its way says so until the server has answered. */
async function press(button, frame) {
  button.setAttribute("aria-busy", "true");
  await put(frame);
  button.removeAttribute("aria-busy");
}

function startFrom(offer, place = offer.shown ?? 0) {
  startWith(offer.packages[place], say(gettext("The draft now starts from %(offer)s."), { offer: view.offerName(offer) }));
}

function startWith(package_, words) {
  const wasBlank = draft.isEmpty;
  const before = builder.startFrom(package_);
  toast.show(words, wasBlank ? null : () => builder.startFrom(before));
}

const isOfPackages = Boolean(byId("builder"));
const BuilderHere = data.votes?.worths.length ? many.splitting(Builder) : Builder;
const builder = isOfPackages ? new BuilderHere({ rows: byId("builder-rows"), foot: byId("builder-score"), starts: byId("builder-starts"), packages: byId("builder-packages"), review: byId("review"), propose: byId("propose") }, view, draft, act) : null;
const table = theTable();
const lastCall = many && new many.LastCall(byId("last-call"), view, clock, act);
const timeline = new Timeline({ scroll: byId("talk-scroll"), list: byId("timeline"), jump: byId("jump") }, view, act);
const status = new Status(view, { notice: byId("line-notice"), help: document.querySelectorAll("[data-help]"), end: byId("ended"), walk: byId("walk"), review: byId("review"), composer: byId("say") });
const channels = new Channels(byId("readers"), view, `parley-to-${seat}`);
const quoting = new Quoting(dialogs, view);
dialogs.doubts = (text) => quoting.doubts(text);
const composer = new Composer(byId("say"), byId("message"), draft, (text) => {
  const to = channels.channel;
  if (to === null) return false;
  const found = to === "team" ? "" : quoting.found(text);
  if (!found) return sendWords(text, to);
  quoting.ask(found, () => sendWords(text, to) && composer.clear());
  return false;
});

function sendWords(text, to) {
  outbox.put(to ? { t: "say", text, to } : { t: "say", text });
  timeline.toEnd();
  return true;
}

const line = new Line(data.urls, token, {
  applied: () => state.applied,
  receive,
  changed: (isUp) => {
    status.lineChanged(isUp);
    if (isUp) outbox.flush(true);
  },
  goodbye,
});
const outbox = new Outbox(`parley-outbox-${seat}`, line, { settle: settled, changed: () => timeline.draw(pending()) });

const away = new Away(byId("away"), view, presence, { tell: () => outbox.put({ t: "help" }) });
new Shortcuts(document.querySelectorAll("[data-shortcuts]"));
// Modules of other kinds of tables are not in this page's script: their names are there, undefined.
const signing = view.strands.length ? new Signing(dialogs, view, (frame) => outbox.put(frame)) : null;
const strands = view.strands.length ? new Strands(byId("strands"), view, { sign: (strand) => signing.sign(strand), sendBack: (strand) => signing.sendBack(strand) }) : null;

/** The part of the page where this kind of table is settled. */
function theTable() {
  if (data.rounds) return new Rounds({ strip: byId("rounds-strip"), now: byId("rounds-now"), shown: byId("rounds-shown") }, view, act);
  if (data.texts) return new SharedText(byId("shared-text"), view, act, `parley-text-${seat}`);
  return new OnTheTable({ card: byId("table-card"), sentence: byId("table-sentence"), foot: byId("table-foot"), pins: byId("pins"), matrix: byId("matrix") }, view, act, builder);
}

function pending() {
  return outbox?.items.filter((item) => item.frame.t === "say" && !item.isShown) ?? [];
}

function receive(frame) {
  if (frame.t === "events") take(frame);
  else if (frame.t === "pong") takePong(frame);
  else if (frame.id) outbox.take(frame);
}

function take(frame) {
  const before = state.applied;
  if (applyEvents(state, frame.events)) line.send({ t: "resume", after: state.applied });
  if (frame.here) presence.show(frame.here, frame.mates);
  if (state.applied === before) return;
  outbox.applied(state.applied);
  const fresh = frame.events.filter((event) => event.n > before);
  for (const event of fresh) if (view.isMine(event.party)) showOwn(event);
  tell(announcer, view, fresh);
  if (fresh.some((event) => event.type === "news.released" || isNewMate(event))) followNews(view, takeNews);
  drawAll();
}

/** Somebody new on my own side: the page learns the name. */
const isNewMate = ({ type, party }) => type === "seat.taken" && view.isMine(party);

/** What the line brings of my side needs no second copy: neither the message under way nor the draft of an offer. */
function showOwn(event) {
  outbox.shown(event.text);
  if (event.type === "offer.made") builder.sent(state.offers[event.offer - 1]);
}

/** The sheet follows the news. */
function takeNews() {
  builder?.renew();
  drawAll();
}

function takePong(frame) {
  clock.setNow(frame.now);
  presence.show(frame.here, frame.mates);
  if (frame.head > state.applied) line.send({ t: "resume", after: state.applied });
}

function drawAll() {
  waiting.count();
  clock.follow(state);
  builder?.draw();
  table.draw();
  // The line over the composer first: it takes room from the timeline, which then goes to its end.
  status.draw();
  timeline.draw(pending());
  strands?.draw();
  lastCall?.draw();
  channels.draw();
  presence.draw();
  away.draw();
  drawCourse(view);
  dialogs.refresh();
  badges.draw();
}

function settled({ frame }, answer) {
  if (answer.t === "err") {
    if (frame.t !== "say") toast.show(answer.words);
    announcer.say(answer.words);
  } else if (frame.t === "record") {
    location.hash = "#table";
  } else if (frame.t === "offer") {
    if (location.hash === "#builder") location.hash = "#talk";
    timeline.toEnd();
  }
}

/** The line ended for a reason that trying again cannot mend. A page loads anew at most once in ten seconds. */
function goodbye(code) {
  const key = `parley-reload-${seat}`;
  const isFresh = Date.now() - (recall(sessionStorage, key) ?? 0) < 10_000;
  if (code === 4403 && !isFresh) {
    remember(sessionStorage, key, Date.now());
    location.reload();
    return;
  }
  status.sayGoodbye(code);
}

function startHelp() {
  for (const button of document.querySelectorAll("[data-help]")) {
    button.addEventListener("click", () => outbox.put({ t: state.hands.has(data.me.party) ? "lower" : "help" }));
  }
  byId("walk")?.addEventListener("click", () => dialogs.walk(view.standingOfOthers, put));
}

/** Going to a panel by its link: the focus goes along when the link itself is gone from sight. */
function followHash() {
  addEventListener("hashchange", () => {
    const target = document.querySelector(location.hash || (isOfPackages ? "#talk" : "#table"));
    // A panel that was hidden has no end to stand at.
    if (target?.id === "talk" && timeline.news === 0) timeline.toEnd();
    const link = document.activeElement;
    if (link && link !== document.body && link.checkVisibility()) return;
    target?.querySelector("[data-landing]")?.focus({ preventScroll: true });
  });
}

applyEvents(state, data.events);
const badges = new Badges(document.querySelector(".room-tabs"), view);
clock.setNow(data.now);
startTabs(byId("role-tabs"));
startHelp();
followHash();
drawAll();
composer.start();
outbox.applied(state.applied);
outbox.changed();
line.open();
setInterval(() => waiting.count() && drawAll(), 1000);
document.documentElement.dataset.ready = "room";
