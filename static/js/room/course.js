// The parts of a table's time and the news told there, in words: in the head, on the line, and on the timeline.

import { bdi, byId, h, icon } from "../dom.js";
import { groupNow, isSettling, isTurnOfOthers } from "./course-state.js";
import { privateWord } from "./terms.js";
import { say, sayTime } from "./words.js";

const { gettext } = globalThis;

const AGAIN_SECONDS = 5;

const phaseOf = (view, id) => view.data.phases.find((phase) => phase.id === id);

const titleOf = (view, id) => phaseOf(view, id)?.title ?? id;

/** In the head: which part of the time runs, and who meets in it. */
export function drawCourse(view) {
  const { part, phase } = view.state;
  const place = document.querySelector("[data-course]");
  if (!place) return;
  const group = groupNow(view);
  const title = part && phase !== "ended" ? titleOf(view, part.id) : "";
  place.replaceChildren(...(title ? [" · ", bdi(title), group ? h("span", { class: "only-wide" }, ": ", bdi(view.names(group))) : ""] : []));
}

/** The calm line over the composer: [icon, words], or nothing to say. */
export function courseNotice(view) {
  const { state } = view;
  if (state.phase === "asking") return ["talk", say(gettext("The talk is over. Until %(time)s there is time for questions."), { time: sayTime(state.part.until) })];
  if (state.phase !== "open") return null;
  if (state.overtime) return ["clock", say(gettext("Time is up. What is on the table can still be answered, until %(time)s."), { time: sayTime(state.closesAt) })];
  if (isSettling(view)) return ["between", say(gettext("You settle up until %(time)s: what is on the table can still be answered, but nothing new comes."), { time: sayTime(state.part.until) })];
  const group = groupNow(view);
  if (!group || !view.me) return null;
  if (!isTurnOfOthers(view)) return ["lock", say(gettext("Only %(names)s hear each other now, until %(time)s. Offers come later."), { names: view.names(group), time: sayTime(state.part.until) })];
  return ["silent", say(gettext("%(names)s talk among themselves now, until %(time)s."), { names: view.names(group), time: sayTime(state.part.until) })];
}

/** What stands on the timeline. */
export function courseWords(view, event) {
  if (event.type === "overtime.began") return say(gettext("Time is up. What is on the table can still be answered, until %(time)s."), { time: sayTime(event.closes_at) });
  const phase = phaseOf(view, event.phase);
  const group = phase?.groups[event.place];
  const words = { title: titleOf(view, event.phase), time: sayTime(event.ends_at), names: group ? view.names(group) : "" };
  const line = group ? gettext("%(title)s: %(names)s meet, until %(time)s.") : gettext("%(title)s, until %(time)s.");
  const note = phase?.note && event.place === 0 ? ` ${phase.note.charAt(0).toUpperCase()}${phase.note.slice(1)}.` : "";
  return say(line, words) + note;
}

/** Where people are asked, the questions stand on the line; how they are answered is the instructor's to say. */
export function askedItem(view, event) {
  const sets = view.data.asks.map(({ title, items }) => h("details", { class: "reading" }, h("summary", {}, bdi(title)), h("ol", { class: "questions" }, items.map(questionOf))));
  return h("li", { class: "on-line" }, h("div", { class: "news stack-tight" }, h("p", { dir: "auto" }, courseWords(view, event)),
    sets.length ? h("p", {}, gettext("Your instructor says how you answer these:")) : "", sets));
}

const questionOf = ({ text, options }) => h("li", { dir: "auto" }, text, options.length ? [h("br"), h("span", { class: "second" }, options.join(" · "))] : "");

const plannedFor = (view, event) => view.state.plan.find((news) => news.id === event.news)?.to ?? [];

function readersOf(view, event) {
  if (event.everybody) return h("span", { class: "label" }, gettext("Everybody reads this"));
  if (!view.me) return privateWord(say(gettext("Only %(names)s"), { names: view.names(plannedFor(view, event)) }));
  return privateWord(gettext("Not everybody reads this"));
}

/** News stands on the line between the sides: it is nobody's word. */
export function newsItem(view, event) {
  const sheet = view.me ? h("p", { class: "second" }, h("a", { href: "#role" }, gettext("Your sheet is up to date with it."))) : "";
  return h("li", { class: "on-line" }, h("div", { class: "news stack-tight" },
    h("div", { class: "news-head" }, icon("sheet"), h("strong", {}, gettext("News")), h("time", { datetime: event.at }, sayTime(event.at)), readersOf(view, event)),
    h("p", { dir: "auto" }, event.text), sheet));
}

/** Whether two pages say the same of the terms: else nothing less than a new page will do. */
const sameTerms = (one, other) => JSON.stringify(one.issues) === JSON.stringify(other.issues);

/** News changes what things are worth: the page follows it, however often it has to ask, and says so meanwhile. */
export async function followNews(view, taken) {
  const failed = await readAnew(view).catch((error) => error);
  byId("stale").hidden = !failed;
  if (failed) setTimeout(() => followNews(view, taken), AGAIN_SECONDS * 1000);
  else taken();
}

/** What a new page says of me takes the place of the old. */
async function readAnew(view) {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const data = JSON.parse(page.getElementById("room-data").textContent);
  if (!sameTerms(view.data, data)) {
    location.reload();
    return;
  }
  for (const id of ["panel-mine", "panel-all"]) {
    const [old, fresh] = [byId(id), page.getElementById(id)];
    if (old && fresh) old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  }
  view.renew(data);
}
