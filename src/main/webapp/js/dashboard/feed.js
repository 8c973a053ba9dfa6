import { backoff } from '../client/backoff.js';
import { systemClock, systemRandom, Timer } from '../client/clock.js';

const SUBPROTOCOL = 'parley.dashboard.v1';
const RECONNECT = { minMs: 500, maxMs: 30_000 };
/** A snapshot comes each second; who has heard nothing for so long is not connected, whatever the socket says. */
const SILENCE_MS = 15_000;

/**
 * The stream of snapshots: of the node that answers each second, with its tables now and then if it tells them; of the others when it hears of them. Comes back when it is lost; a server that refuses is asked why.
 *
 * @typedef {{snapshots: (snapshots: object[], answering: string) => void, tables: (tables: object) => void, state: (state: 'connecting' | 'open' | 'refused') => void}} Listener
 */
export class Feed {
  #url;
  #listener;
  #open;
  #ask;
  #random;
  #timer;
  #token = '';
  #socket = null;
  #attempt = 0;
  #mayDisconnect = false;

  /**
   * @param {{url: URL, listener: Listener, mayWatch: (token: string) => Promise<boolean>, clock?: object,
   *   random?: object, open?: (url: URL, subprotocols: string[]) => WebSocket}} parts
   */
  constructor({ url, listener, mayWatch, clock = systemClock, random = systemRandom, open }) {
    this.#url = url;
    this.#listener = listener;
    this.#ask = mayWatch;
    this.#random = random;
    this.#timer = new Timer(clock);
    this.#open = open ?? ((address, subprotocols) => new WebSocket(address, subprotocols));
  }

  /** @param {string} [token] of an administrator; kept by this object only */
  start(token = '') {
    this.#token = token;
    this.#attempt = 0;
    this.#connect();
  }

  stop() {
    this.#timer.clear();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  #connect() {
    this.stop();
    this.#listener.state('connecting');
    const socket = this.#open(this.#url, this.#token === '' ? [] : [SUBPROTOCOL, `parley.bearer.${base64url(this.#token)}`]);
    this.#socket = socket;
    let opened = false;
    socket.onopen = () => (opened = true);
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#take(JSON.parse(data));
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lost(opened);
    };
  }

  #take(frame) {
    const { history = [], others = [], tables, mayDisconnect = this.#mayDisconnect, ...newest } = frame;
    this.#attempt = 0;
    this.#timer.set(SILENCE_MS, () => this.#connect());
    this.#listener.state('open');
    this.#mayDisconnect = mayDisconnect;
    if (tables) this.#listener.tables({ ...tables, mayDisconnect });
    this.#listener.snapshots([...history, newest, ...others], newest.node);
  }

  async #lost(opened) {
    this.#socket = null;
    this.#timer.clear();
    this.#listener.state('connecting');
    const token = this.#token;
    if (!opened && !(await this.#ask(token))) {
      if (token === this.#token) this.#listener.state('refused');
      return;
    }
    if (token === this.#token && this.#socket === null) {
      this.#timer.set(backoff(this.#attempt++, RECONNECT, this.#random.fraction()), () => this.#connect());
    }
  }
}

const base64url = (text) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/u, '');
