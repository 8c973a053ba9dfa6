/**
 * What the client needs of the outside: time and chance. Tests give their own, so that a backoff of 30 s is tested in
 * a microsecond and always with the same numbers.
 *
 * @typedef {{now: () => number, setTimeout: (f: () => void, ms: number) => any, clearTimeout: (timer: any) => void}} Clock
 * @typedef {{fraction: () => number, bytes: (n: number) => Uint8Array}} Random fraction is in [0, 1)
 */

/** @type {Clock} */
export const systemClock = {
  now: () => Date.now(),
  setTimeout: (f, ms) => globalThis.setTimeout(f, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};

/** @type {Random} */
export const systemRandom = {
  fraction: () => Math.random(),
  bytes: (n) => crypto.getRandomValues(new Uint8Array(n)),
};

/** One timer at a time: setting it again replaces the one before. */
export class Timer {
  #clock;
  #id = null;

  constructor(clock) {
    this.#clock = clock;
  }

  get running() {
    return this.#id !== null;
  }

  set(ms, f) {
    this.clear();
    this.#id = this.#clock.setTimeout(() => {
      this.#id = null;
      f();
    }, ms);
  }

  clear() {
    if (this.#id !== null) this.#clock.clearTimeout(this.#id);
    this.#id = null;
  }
}
