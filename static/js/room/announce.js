// One polite voice for screen readers: short plain sentences, bursts joined, never the list itself.

export class Announcer {
  constructor(region) {
    this.region = region;
    this.waiting = [];
  }

  say(words) {
    if (!words) return;
    this.waiting.push(words);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), 400);
  }

  speak() {
    const spoken = this.waiting.length > 3 ? [...this.waiting.slice(0, 1), "…", ...this.waiting.slice(-2)] : this.waiting;
    this.region.textContent = spoken.join(" ");
    this.waiting = [];
  }
}
