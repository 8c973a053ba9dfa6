/** By then the frame with the messages is on the screen. */
const PAUSE_MS = 300;

/**
 * The modules that nobody waits for: fetched a moment after the first messages, while the server is there, for when it is
 * not.
 */
export class Rest {
  #loads;

  /** @param {(() => Promise<unknown>)[]} loads */
  constructor(loads) {
    this.#loads = loads;
  }

  /** @param {{type: string}} event of `js/client/parley.js` */
  heard({ type }) {
    if (type !== 'page' || this.#loads.length === 0) return;
    const loads = this.#loads;
    this.#loads = [];
    setTimeout(() => loads.forEach(attempt), PAUSE_MS);
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
