// The line to the server: a socket, and plain requests while it is down. Carries frames, understands few.

const PING_SECONDS = 5;
const PING_SECONDS_HIDDEN = 25;
const PONG_SECONDS = 6;
const POLL_SECONDS = 3;
const MOST_WAIT_SECONDS = 5;
const FAILURES_BEFORE_POLLING = 2;
const GOODBYES = new Set([4401, 4403, 4404, 4409]);

/**
 * Keeps the line up. `hooks`: applied() the own number last applied, receive(frame), changed(isUp),
 * goodbye(code) when trying again is pointless. `urls`: socket, events, commands (none: reading only).
 */
export class Line {
  constructor(urls, token, hooks) {
    Object.assign(this, { urls, token, hooks, failures: 0, socket: null, patience: null, isUp: null, ended: false });
    document.addEventListener("visibilitychange", () => this.look());
    globalThis.addEventListener("online", () => this.look());
    globalThis.addEventListener("pageshow", (event) => event.persisted && this.look());
  }

  open() {
    if (this.ended) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}${this.urls.socket}`);
    this.socket.onopen = () => this.opened();
    this.socket.onmessage = (message) => this.heard(JSON.parse(message.data));
    this.socket.onclose = (close) => this.closed(close.code);
    this.expectAnswer();
  }

  opened() {
    this.failures = 0;
    clearTimeout(this.pollTimer);
    this.stopExpecting();
    this.send({ t: "resume", after: this.hooks.applied() });
    this.setUp(true);
    this.ping();
  }

  heard(frame) {
    if (frame.t === "pong") this.stopExpecting();
    this.hooks.receive(frame);
  }

  closed(code) {
    this.socket = null;
    clearTimeout(this.pingTimer);
    this.stopExpecting();
    if (GOODBYES.has(code)) {
      this.sayGoodbye(code);
      return;
    }
    this.failures += 1;
    this.setUp(false);
    if (this.failures >= FAILURES_BEFORE_POLLING) this.poll();
    // Full jitter: a class that lost the server together does not come back in one instant.
    const wait = Math.random() * Math.min(MOST_WAIT_SECONDS, 0.5 * 2 ** this.failures);
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.open(), wait * 1000);
  }

  /** Who has not answered yet when the next ping leaves is not given more time by it. */
  expectAnswer() {
    this.patience ??= setTimeout(() => this.drop(), PONG_SECONDS * 1000);
  }

  stopExpecting() {
    clearTimeout(this.patience);
    this.patience = null;
  }

  /** The socket is silent: it may never close by itself, so we let go of it. */
  drop() {
    const silent = this.socket;
    if (!silent) return;
    silent.onopen = silent.onmessage = silent.onclose = null;
    silent.close();
    this.closed(1006);
  }

  ping() {
    clearTimeout(this.pingTimer);
    // A tab that nobody looks at is read by nobody.
    this.send({ t: "ping", seen: document.hidden ? 0 : this.hooks.applied() });
    this.expectAnswer();
    const seconds = document.hidden ? PING_SECONDS_HIDDEN : PING_SECONDS;
    this.pingTimer = setTimeout(() => this.ping(), seconds * 1000);
  }

  /** The tab is looked at again, or the network is back: find out at once. */
  look() {
    if (document.hidden || this.ended) return;
    if (this.isOpen) {
      this.stopExpecting(); // while it slept nothing could be heard
      this.ping();
    } else if (!this.socket) {
      clearTimeout(this.retryTimer);
      this.open();
    }
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Over the socket if it is open, else by a request of its own. False: it did not leave. */
  async send(frame) {
    if (this.isOpen) {
      this.socket.send(JSON.stringify(frame));
      return true;
    }
    if (!frame.id || !this.urls.commands || this.ended) return false;
    return this.post(frame);
  }

  async post(frame) {
    try {
      const answer = await this.fetch(this.urls.commands, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(frame),
      });
      if (answer) this.hooks.receive(answer);
      return Boolean(answer);
    } catch {
      return false;
    }
  }

  async poll() {
    clearTimeout(this.pollTimer);
    if (this.isOpen || this.ended) return;
    try {
      const frame = await this.fetch(`${this.urls.events}?after=${this.hooks.applied()}`, {});
      if (frame && !this.isOpen) {
        this.hooks.receive(frame);
        this.setUp(true);
      }
    } catch {
      if (!this.isOpen) this.setUp(false);
    }
    clearTimeout(this.pollTimer);
    this.pollTimer = setTimeout(() => this.poll(), POLL_SECONDS * 1000);
  }

  async fetch(url, options) {
    const response = await fetch(url, { ...options, cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (response.status === 401 || response.status === 403 || response.status === 404) {
      this.sayGoodbye(4000 + response.status);
      return null;
    }
    if (!response.headers.get("Content-Type")?.includes("json")) throw new Error("no frame");
    return response.json();
  }

  setUp(isUp) {
    if (this.isUp === isUp) return;
    this.isUp = isUp;
    this.hooks.changed(isUp);
  }

  sayGoodbye(code) {
    this.ended = true;
    for (const timer of [this.pingTimer, this.patience, this.pollTimer, this.retryTimer]) clearTimeout(timer);
    this.hooks.goodbye(code);
  }
}
