const EVERY_MS = 3000;
/** Longer than the pause between two signals of somebody who goes on typing. */
const LASTS_MS = 5000;

/** Who is typing: told at most every few seconds, and over when it was not repeated, for a signal has no end. */
export class Typing {
  #store;
  #told = 0;

  /** @param {import('../store/store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** @returns {boolean} whether it is time to tell the others again */
  mayTell() {
    const now = Date.now();
    if (now - this.#told < EVERY_MS) return false;
    this.#told = now;
    return true;
  }

  /** @param {{room: string}} signal of another user */
  heard(signal) {
    this.#store.dispatch({ ...signal, until: Date.now() + LASTS_MS });
    setTimeout(() => this.#store.dispatch({ type: 'typing-ended', room: signal.room, now: Date.now() }), LASTS_MS);
  }
}
