// A table of rounds: the strip of all rounds, the choice to seal, who has chosen, and what was shown.

import { bdi, h, hidden, icon, mark } from "../dom.js";
import { totalOf } from "./rounds-state.js";
import { countWords, moveLabel, overWords, roundTitle, roundWords, talkRounds, talkWords, weightWords } from "./rounds-words.js";
import { privateWord } from "./terms.js";
import { say, sayList } from "./words.js";

const { gettext } = globalThis;

export class Rounds {
  /** `act.choose(round, move)` sends it and gives the answer's promise; without `act` one only reads along. */
  constructor({ strip, now, shown }, view, act) {
    Object.assign(this, { strip, now, shown, view, act, picked: null, of: 0 });
  }

  get rounds() {
    return this.view.state.rounds;
  }

  draw() {
    if (this.rounds.number !== this.of) Object.assign(this, { of: this.rounds.number, picked: null });
    this.put("strip", this.strip, () => this.view.data.rounds.multipliers.map((times, place) => this.cell(place + 1, times)));
    this.put("now", this.now, () => this.present());
    this.put("shown", this.shown, () => [table(this.view), pays(this.view, this.rounds.number)]);
  }

  /** Nothing is drawn anew that looks the same: whoever stands on a button stays there. */
  put(name, place, make) {
    const { phase, people } = this.view.state;
    const { number, endsAt, ready, sealed, played } = this.rounds;
    const face = JSON.stringify([phase, people, number, Boolean(endsAt), [...ready], sealed, played, name === "now" && this.picked]);
    if (place.dataset.face === face) return;
    place.dataset.face = face;
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    place.replaceChildren(...[make()].flat(2));
    if (focused) (place.querySelector(`[data-key="${focused}"]`) ?? place).focus({ preventScroll: true });
  }

  cell(number, times) {
    const { played } = this.rounds;
    const past = played[number - 1];
    const isNow = !past && number === this.rounds.number;
    const talks = talkRounds(this.view.data).includes(number);
    return h("li", { class: past ? "past" : isNow ? "current" : "", "aria-current": isNow && "step" },
      h("span", { class: "number" }, hidden(gettext("Season ")), String(number)),
      h("span", { class: "times" }, times === 1 ? "" : h("span", { "aria-hidden": "true", dir: "ltr" }, `×${times}`), times === 1 ? "" : hidden(`, ${weightWords(this.view, number)}`)),
      h("span", { class: "talks" }, talks ? [icon("talk"), hidden(`, ${gettext("talk before it")}`)] : ""),
      h("span", { class: "landed" }, past ? this.cellResult(past) : ""));
  }

  cellResult(past) {
    const points = this.view.me && past.landed[this.view.me.party];
    return typeof points === "number" ? [hidden(", "), bdi(signed(points))] : "";
  }

  present() {
    const { view, rounds } = this;
    if (view.state.phase === "ended") return [h("h2", {}, overOf(view)), view.me ? h("p", {}, h("a", { class: "button", href: view.data.urls.result }, gettext("Your result"))) : ""];
    if (!rounds.number) return [h("h2", {}, gettext("The first season has not begun.")), h("p", { class: "second" }, gettext("It begins when your instructor opens the table."))];
    return [
      h("h2", {}, roundTitle(view, rounds.number), h("span", { class: "label" }, `, ${weightWords(view, rounds.number)}`)),
      h("p", { class: "talk-state" }, icon(rounds.talk && rounds.endsAt ? "talk" : "silent"), h("span", {}, talkWords(view))),
      this.last(),
      view.me ? this.choice() : "",
      this.waiting(),
    ];
  }

  /** What was shown last stands over the new choice, where nobody misses it. */
  last() {
    const past = this.rounds.played.at(-1);
    return past ? h("p", { class: "last-shown" }, roundWords(this.view, { type: "round.revealed", round: past.round })) : "";
  }

  choice() {
    const own = this.rounds.sealed[this.view.me.party];
    if (own) return this.sealed(own);
    const { moves } = this.view.data.rounds;
    const isOpen = this.view.state.phase === "open";
    const seal = h("button", {
      type: "button", class: "button button-primary button-wide", "data-key": "seal", "aria-disabled": String(!isOpen || !this.picked), onclick: (event) => this.send(event.currentTarget),
    }, this.picked ? say(gettext("Seal “%(move)s”"), { move: moveLabel(this.view, this.picked) }) : gettext("Choose one, then seal it"));
    return h("div", { class: "stack-tight" },
      h("div", { class: "moves", role: "group", "aria-label": gettext("Your choice") }, moves.map((move) => this.moveButton(move))),
      seal,
      h("p", { class: "second" }, gettext("Nobody else sees it until all have chosen. Once sealed it cannot be changed.")));
  }

  moveButton({ id, label }) {
    const isPicked = this.picked === id;
    return h("button", { type: "button", class: "move", "data-key": `move-${id}`, "aria-pressed": String(isPicked), onclick: () => this.pick(id) },
      h("span", { class: "move-sign", "aria-hidden": "true" }, isPicked ? icon("check") : ""), h("span", {}, label));
  }

  pick(move) {
    this.picked = move;
    this.draw();
  }

  async send(button) {
    if (!this.picked || this.view.state.phase !== "open" || button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    await this.act.choose(this.rounds.number, this.picked);
    button.removeAttribute("aria-busy");
  }

  sealed(move) {
    return h("div", { class: "card private stack-tight sealed" },
      privateWord(gettext("Only your side sees this")),
      h("p", { tabindex: "-1", "data-key": "seal" }, say(gettext("Sealed: “%(move)s”."), { move: moveLabel(this.view, move) }), " ", gettext("It is shown when all have chosen or the time is up.")));
  }

  waiting() {
    const { view, rounds } = this;
    const parties = view.data.parties.filter((party) => party.chooses);
    return h("ul", { class: "crews", "aria-label": gettext("Who has chosen") }, parties.map(({ id, index }) => {
      const isReady = rounds.ready.has(id);
      const isEmpty = !seated(view, id);
      const chose = view.isMine(id) ? gettext("have chosen") : gettext("has chosen");
      const chooses = view.isMine(id) ? gettext("are choosing") : gettext("is choosing");
      const words = isReady ? chose : isEmpty ? gettext("nobody plays it") : chooses;
      const secret = view.me ? "" : secretOf(view, id);
      return h("li", { class: isReady ? "ready" : "" }, mark(index, !isReady), bdi(view.name(id)), h("span", { class: "second" }, isReady ? [icon("check"), " "] : "", words, secret));
    }));
  }
}

const seated = ({ state }, party) => {
  const kinds = state.people[party];
  return Boolean(kinds) && kinds.person + kinds.partner > 0;
};

/** An instructor who reads along sees what is sealed. */
function secretOf(view, party) {
  const move = view.state.rounds.sealed[party];
  return move ? `: ${moveLabel(view, move)}` : "";
}

const signed = (points) => (points < 0 ? `−${Math.abs(points)}` : String(points));

const overOf = (view) => (view.state.outcome === "played_out" ? overWords(view) : gettext("Your instructor ended the table."));

/** What this round pays: of two by the moves of both, of more by how many choose the counted one. */
function pays(view, number) {
  if (!number || view.state.phase === "ended") return "";
  const found = view.data.rounds.pairs ? paysOfTwo(view, number) : paysByCount(view, number);
  return h("details", { class: "pays", open: Boolean(view.data.rounds.pairs) }, h("summary", {}, say(gettext("What season %(number)s pays"), { number })), found);
}

const unitWords = (view) => view.data.rounds.unit.after.trim() || gettext("points");

/** Rows are what I choose; in each cell mine comes first. Who reads along has the first side's moves in the rows. */
function paysOfTwo(view, number) {
  const { pairs, moves, multipliers } = view.data.rounds;
  const parties = view.data.parties.filter((party) => party.chooses);
  const [own, other] = parties[1].id === view.me?.party ? [...parties].reverse() : parties;
  const paid = (mine, theirs) => (own === parties[0] ? pairs[mine][theirs] : [...pairs[theirs][mine]].reverse());
  const words = (party) => (view.isMine(party.id) ? gettext("you") : view.name(party.id));
  const cell = (mine, theirs) => paid(mine, theirs).map((amount, place) => h("span", { class: "pair" },
    hidden(`${words([own, other][place])}: `), mark([own, other][place].index), " ", bdi(signed(amount * multipliers[number - 1])), place ? "" : hidden(", ")));
  const head = (party, move) => say(gettext("%(name)s: “%(move)s”"), { name: words(party), move: move.label });
  return h("table", { class: "table" },
    h("caption", { class: "second" }, say(gettext("By the moves of both, %(own)s first and %(other)s second; in %(unit)s"), { own: words(own), other: words(other), unit: unitWords(view) })),
    h("thead", {}, h("tr", {}, h("td", {}), moves.map((move) => h("th", { scope: "col" }, head(other, move))))),
    h("tbody", {}, moves.map((mine) => h("tr", {}, h("th", { scope: "row" }, head(own, mine)), moves.map((theirs) => h("td", {}, cell(mine.id, theirs.id)))))));
}

function paysByCount(view, number) {
  const { pays: amounts, moves, counted, multipliers } = view.data.rounds;
  const counts = [...Array(view.data.parties.filter((party) => party.chooses).length + 1).keys()];
  const label = moveLabel(view, counted);
  const cell = (move, count) => (move === counted ? count > 0 : count < counts.length - 1) ? signed(amounts[move][count] * multipliers[number - 1]) : "–";
  return h("table", { class: "table" },
    h("caption", { class: "second" }, say(gettext("For each side, by how many of all choose “%(move)s”; in %(unit)s"), { move: label, unit: unitWords(view) })),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say(gettext("Choose “%(move)s”"), { move: label })), counts.map((count) => h("th", { scope: "col", class: "number" }, String(count))))),
    h("tbody", {}, moves.map(({ id, label: own }) => h("tr", {}, h("th", { scope: "row" }, own), counts.map((count) => h("td", { class: "number" }, bdi(cell(id, count))))))));
}

function table(view) {
  const { played } = view.state.rounds;
  if (!played.length) return h("p", { class: "second" }, gettext("After each season it is shown here what was chosen and what it brought."));
  return view.me && !played[0].isNamed ? countsTable(view, played) : namedTable(view, played);
}

function namedTable(view, played) {
  const parties = view.data.parties.filter((party) => party.chooses);
  const head = parties.map(({ id, index }) => h("th", { scope: "col" }, h("span", { class: `who party-${index}` }, mark(index), " ", bdi(view.name(id)))));
  const rows = played.map((one) => h("tr", {}, h("th", { scope: "row" }, String(one.round)), parties.map(({ id }) => h("td", {}, chosen(view, one, id)))));
  const totals = parties.map(({ id }) => h("td", {}, h("strong", {}, bdi(signed(totalOf(view.state, id))))));
  return shownTable(view, [h("th", { scope: "col" }, gettext("Season")), head], rows, totals, played);
}

function chosen(view, one, party) {
  const isCounted = one.moves[party] === view.data.rounds.counted;
  return [
    h("strong", { class: "landed" }, bdi(signed(one.landed[party]))),
    h("span", { class: isCounted ? "chosen counted" : "chosen" }, moveLabel(view, one.moves[party])),
    one.absent.includes(party) ? h("span", { class: "badge badge-off" }, gettext("absent")) : "",
  ];
}

function countsTable(view, played) {
  const { party } = view.me;
  const head = [gettext("Season"), gettext("Chosen in all"), gettext("Yours")].map((words) => h("th", { scope: "col" }, words));
  const rows = played.map((one) => h("tr", {}, h("th", { scope: "row" }, String(one.round)), h("td", {}, countWords(view, one)), h("td", {}, chosen(view, one, party))));
  return shownTable(view, head, rows, [h("td", {}), h("td", {}, h("strong", {}, bdi(signed(totalOf(view.state, party)))))], played);
}

function shownWords(view, unit) {
  if (view.state.phase === "ended") return unit ? say(gettext("All that was shown, in %(unit)s"), { unit }) : gettext("All that was shown");
  return unit ? say(gettext("Shown so far, in %(unit)s"), { unit }) : gettext("Shown so far");
}

function shownTable(view, head, rows, totals, played) {
  const absent = [...new Set(played.flatMap((one) => one.absent))];
  const unit = view.data.rounds.unit.after.trim();
  const note = absent.length ? h("p", { class: "second" }, say(gettext("Absent: did not choose in time and got “%(move)s” (%(names)s)."), { move: moveLabel(view, played[0].default), names: sayList(absent.map((party) => view.name(party))) })) : "";
  return [
    h("h2", {}, shownWords(view, unit)),
    h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": gettext("Shown so far") }, h("table", { class: "table shown" },
      h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, rows),
      h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, gettext("In all")), totals)))),
    note,
  ];
}

