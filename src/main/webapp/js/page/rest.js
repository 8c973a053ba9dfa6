/** By then the frame with the messages is on the screen. */
const PAUSE_MS = 300;

/** Modules that nobody waits for: fetched a moment after the first messages, while the server is there, for when it is not. */
export class Rest {
  #load;

  /** @param {() => Promise<unknown>} load */
  constructor(load) {
    this.#load = load;
  }

  /** @param {{type: string}} event of `js/client/parley.js` */
  heard({ type }) {
    if (type !== 'page' || this.#load === null) return;
    const load = this.#load;
    this.#load = null;
    setTimeout(() => attempt(load), PAUSE_MS);
  }
}

async function attempt(load) {
  try {
    await load();
  } catch (error) {
    // Whoever needs it tries again, and tells the person.
    console.warn('A part of the page is not loaded yet:', error.message);
  }
}
