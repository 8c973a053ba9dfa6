/**
 * The other tabs of this application in this browser: what is said to them, and whose turn something is.
 *
 * Where a page has no Web Locks (it came over plain HTTP from another machine) every tab has every turn. That is safe,
 * only wasteful: the server knows a publish that two tabs send by its id.
 */
export class Tabs {
  #channel;
  #locks;
  #name;

  /**
   * @param {string} name what the tabs have in common
   * @param {{BroadcastChannel: typeof BroadcastChannel, locks?: LockManager}} browser
   */
  constructor(name, { BroadcastChannel, locks }) {
    this.#name = name;
    this.#channel = new BroadcastChannel(name);
    this.#locks = locks;
  }

  /** @param {(message: object) => void} listener */
  set onMessage(listener) {
    this.#channel.onmessage = ({ data }) => listener(data);
  }

  tell(message) {
    this.#channel.postMessage(message);
  }

  close() {
    this.#channel.close();
  }

  /**
   * Waits until no other tab has the turn.
   *
   * @param {string} what
   * @param {() => void} begins called when the turn is ours
   * @returns {() => void} gives the turn back, or up
   */
  take(what, begins) {
    if (!this.#locks) {
      begins();
      return () => {};
    }
    const waiting = new AbortController();
    let release = () => {};
    const held = new Promise((resolve) => (release = resolve));
    this.#locks
      .request(`${this.#name}/${what}`, { signal: waiting.signal }, () => {
        begins();
        return held;
      })
      .catch((error) => {
        if (error.name !== 'AbortError') throw error;
      });
    return () => {
      waiting.abort();
      release();
    };
  }
}
