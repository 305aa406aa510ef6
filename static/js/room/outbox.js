// Commands on their way: each keeps its id until the server has answered, over reloads and lost lines.

import { recall, remember, uuid } from "../dom.js";

const RETRY_SECONDS = 4;

export class Outbox {
  /** `settle(item, answer)` is told how each command ended; `changed()` when the list did. */
  constructor(key, line, { settle, changed }) {
    Object.assign(this, { key, line, settle, changed });
    // What binds is not tried again after a reload: nobody would see that it is. If it arrived, the log shows it.
    this.items = (recall(sessionStorage, key) ?? []).filter((item) => item.frame.t === "say");
    this.reads = new Map();
    setInterval(() => this.flush(), RETRY_SECONDS * 1000);
  }

  /** Sends a command; the promise ends with its answer (ack or err). */
  put(frame) {
    const item = { frame: { ...frame, id: uuid() }, state: "sending" };
    this.items.push(item);
    this.store();
    const ended = new Promise((resolve) => (item.resolve = resolve));
    this.try(item);
    return ended;
  }

  /** A read: asked once, forgotten when the line breaks. */
  read(frame, receive) {
    const id = uuid();
    this.reads.clear();
    this.reads.set(id, receive);
    this.line.send({ ...frame, id });
  }

  async try(item) {
    item.triedAt = Date.now();
    const left = await this.line.send(item.frame);
    if (!left && this.items.includes(item)) this.setState(item, "unsent");
  }

  /** After the line came back, all that was not answered goes out again with the same ids. */
  flush(all = false) {
    for (const item of this.items) {
      if (item.state === "sent") continue;
      if (all || (this.line.isUp && Date.now() - (item.triedAt ?? 0) > RETRY_SECONDS * 1000)) this.try(item);
    }
  }

  take(frame) {
    const read = this.reads.get(frame.id);
    if (read) {
      this.reads.delete(frame.id);
      read(frame);
      return;
    }
    const item = this.items.find((each) => each.frame.id === frame.id);
    if (!item) return;
    if (frame.t === "ack") {
      item.last = frame.last;
      this.setState(item, "sent");
      this.finish(item, frame);
    } else if (frame.retry) this.setState(item, "unsent");
    else this.refuse(item, frame);
  }

  finish(item, frame) {
    item.resolve?.(frame);
    this.settle(item, frame);
    const isShown = item.frame.t !== "say" || item.last <= this.line.hooks.applied();
    if (isShown) this.drop(item);
  }

  /** Refused for good: this id is dead, so another try is a new command. */
  refuse(item, frame) {
    item.words = frame.words;
    item.isShown = false;
    item.resolve?.(frame);
    this.settle(item, frame);
    if (item.frame.t === "say") this.setState(item, "refused");
    else this.drop(item);
  }

  /** The line brought an own message before its answer: it is in sight already, and not twice. */
  shown(text) {
    const item = text && this.items.find((each) => each.frame.t === "say" && each.state === "sending" && !each.isShown && each.frame.text === text);
    if (item) item.isShown = true;
  }

  /** Messages stay in sight until the log shows them. */
  applied(number) {
    const left = this.items.filter((item) => !(item.state === "sent" && item.last <= number));
    if (left.length === this.items.length) return;
    this.items = left;
    this.store();
  }

  /** What is on its way, messages aside, is not sent again; it may have arrived already. */
  giveUp() {
    for (const item of this.items.filter((each) => each.frame.t !== "say" && each.state !== "sent")) {
      this.drop(item);
      item.resolve?.({ t: "err", code: "given_up", words: "" });
    }
  }

  tryAgain(item) {
    if (item.state === "refused") item.frame.id = uuid();
    this.setState(item, "sending");
    this.try(item);
  }

  drop(item) {
    this.items = this.items.filter((each) => each !== item);
    this.store();
  }

  setState(item, state) {
    item.state = state;
    this.store();
  }

  store() {
    const kept = this.items.map(({ frame, state, last, words }) => ({ frame, state, last, words }));
    remember(sessionStorage, this.key, kept.length ? kept : null);
    this.changed();
  }

  isSending(kind) {
    return this.items.some((item) => item.frame.t === kind && item.state !== "refused");
  }
}
