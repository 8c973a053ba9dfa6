/**
 * Begins what takes long while the page's other modules are still on their way: asks who is signed in and, if somebody is,
 * dials. Its `fetch` and `WebSocket` are for `Parley`, whose first question and connection are then the ones begun here;
 * later ones are new. Imports nothing, so that it runs first.
 */
export class Early {
  #session;
  #hub;
  #parts;
  #answer;
  #socket = null;
  #heard = [];

  /** @param {{url: string | URL, fetch?: typeof fetch, WebSocket?: typeof WebSocket}} options as of `Parley` */
  constructor({ url, fetch = (...request) => globalThis.fetch(...request), WebSocket = globalThis.WebSocket }) {
    this.#session = new URL('api/session', url).href;
    this.#hub = new URL('hub', url);
    this.#hub.protocol = this.#hub.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#parts = { fetch, WebSocket };
    this.#answer = fetch(this.#session, { method: 'GET', credentials: 'same-origin', cache: 'no-store', headers: { Accept: 'application/json' } });
    this.#dial(this.#answer).catch(() => {
      // Whoever asks gets the same failure, and knows what to do about it.
    });
  }

  async #dial(answer) {
    const { user } = await (await answer).clone().json();
    if (!user || this.#socket !== null) return;
    const socket = new this.#parts.WebSocket(this.#hub.href, ['parley.v1']);
    for (const type of ['open', 'message', 'close']) socket[`on${type}`] = (event) => this.#heard.push([type, event]);
    this.#socket = socket;
  }

  fetch = (url, request) => {
    const answer = this.#answer;
    if (answer === null || String(url) !== this.#session) return this.#parts.fetch(url, request);
    this.#answer = null;
    return request.method === 'GET' ? answer : this.#parts.fetch(url, request);
  };

  /** Constructs the socket that was dialled, once; what it has heard is told again to whoever has it now. */
  get WebSocket() {
    const take = (url, protocols) => this.#take(url, protocols);
    return function Socket(url, protocols) {
      return take(url, protocols);
    };
  }

  #take(url, protocols) {
    const socket = this.#socket;
    this.#socket = GONE;
    if (socket === null || socket === GONE || url !== this.#hub.href) return new this.#parts.WebSocket(url, protocols);
    queueMicrotask(() => {
      for (const [type, event] of this.#heard) socket[`on${type}`]?.(event);
    });
    return socket;
  }
}

/** In the place of a socket that was taken, or that nobody waited for. */
const GONE = Symbol('gone');
