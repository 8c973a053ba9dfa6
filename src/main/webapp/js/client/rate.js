/** As far back as a speed looks: long enough not to jump, short enough to notice that a network became another one. */
const SPAN_MS = 5000;
/** A speed of less time than this is chance. */
const LEAST_MS = 500;

/** How fast a number grows. */
export class Rate {
  #clock;
  #samples = [];

  /** @param {import('./clock.js').Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {number} value as it is now */
  add(value) {
    const now = this.#clock.now();
    this.#samples = this.#samples.filter(({ time }) => time >= now - SPAN_MS);
    this.#samples.push({ time: now, value });
  }

  /** After a break the time in between does not count. */
  restart() {
    this.#samples = [];
  }

  /** @returns {number | null} by the second; null while that is not known */
  get perSecond() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const ms = (last?.time ?? 0) - (first?.time ?? 0);
    return ms < LEAST_MS ? null : ((last.value - first.value) * 1000) / ms;
  }
}
