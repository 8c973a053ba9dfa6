import { backoff } from './backoff.js';
import { Timer } from './clock.js';
import { CLOSED_BY_CLIENT, comesBack, RESTARTING, REVOKED, TOKEN_EXPIRED } from './policy.js';

/**
 * How frames look on the wire: of `/hub` each is a JSON object as text.
 *
 * @typedef {{subprotocol: string, ping?: object, encode: (frame: object) => string | Uint8Array,
 *   decode: (data: string | ArrayBuffer) => object | null}} Framing `decode` throws for what cannot be read, and gives null for
 *   what is not for us; without `ping` there is no heartbeat, and whoever waits for an answer says when it is too long
 * @type {Framing}
 */
export const TEXT_FRAMES = Object.freeze({
  subprotocol: 'parley.v1',
  ping: { type: 'ping' },
  encode: (frame) => JSON.stringify(frame),
  decode: (data) => (typeof data === 'string' ? JSON.parse(data) : null),
});

/** The `readyState` of a socket that takes frames; it is closing or closed beyond that. */
const OPEN = 1;
/** How long a handshake and the `welcome` after it may take together. */
const OPENING_MS = 15_000;
/** How long a connection that somebody doubts (the network changed, the page woke up) has to answer. */
const DOUBT_MS = 4_000;
/** A connection that lived this long ends a series of failed attempts; one that is closed at once does not. */
const STABLE_MS = 10_000;
/** Before the first welcome nobody has told us better. */
const DEFAULT_WINDOW = Object.freeze({ minMs: 500, maxMs: 30_000 });

/**
 * One WebSocket at a time, made again whenever it is lost.
 *
 *     idle ──start──► connecting ──welcome──► open ──lost──► waiting ──time, retry──► connecting
 *                         └──────────failed──────┴──► checking (who are we?) ──► waiting or stopped
 *     any ──stop──► idle          any ──a close code that says no──► stopped ──start──► connecting
 *
 * @typedef {{name: 'idle'} | {name: 'connecting', attempt: number} | {name: 'open', welcome: object}
 *   | {name: 'checking', attempt: number} | {name: 'waiting', attempt: number, until: number, code: number}
 *   | {name: 'stopped', why: 'signed-out' | 'refused', code: number, reason: string}} ConnectionState
 */
export class Connection {
  #options;
  #framing;
  #state = { name: 'idle' };
  #socket = null;
  #opened = false;
  #attempt = 0;
  #interrupted = null;
  #window = DEFAULT_WINDOW;
  #floorMs = 0;
  #openSince = 0;
  #heartbeatMs = 0;
  #unanswered = 0;
  #wait;
  #opening;
  #heartbeat;
  #doubt;

  /**
   * @param {object} options
   * @param {string} options.url ws: or wss:
   * @param {typeof WebSocket} options.WebSocket
   * @param {import('./clock.js').Clock} options.clock
   * @param {import('./clock.js').Random} options.random
   * @param {() => Promise<{answer: 'user' | 'nobody' | 'refused' | 'unknown', retryAfterMs?: number, reason?: string}>}
   *   options.whoAmI asked when a handshake failed: a page sees the code 1006 and no status
   * @param {() => Promise<string | null>} [options.token] for clients that have a token and no cookie
   * @param {Framing} [options.framing]
   * @param {(state: ConnectionState) => void} options.onState
   * @param {(frame: object) => void} options.onFrame each frame while open, except `welcome` and `pong`
   * @param {(code: number) => void} options.onLost an open connection ended
   */
  constructor(options) {
    this.#options = options;
    this.#framing = options.framing ?? TEXT_FRAMES;
    this.#wait = new Timer(options.clock);
    this.#opening = new Timer(options.clock);
    this.#heartbeat = new Timer(options.clock);
    this.#doubt = new Timer(options.clock);
  }

  get state() {
    return this.#state;
  }

  start() {
    if (this.#state.name !== 'idle' && this.#state.name !== 'stopped') return;
    this.#attempt = 0;
    this.#connect();
  }

  /** Ends the connection for good; `start` makes a new one. */
  stop() {
    this.#interrupted = null;
    this.#wait.clear();
    const lost = this.#state.name === 'open';
    this.#drop(CLOSED_BY_CLIENT.leaving, 'leaving');
    this.#enter({ name: 'idle' });
    if (lost) this.#options.onLost(CLOSED_BY_CLIENT.leaving);
  }

  /**
   * Somebody presses "Retry now", or the browser says that the network is back. The series of attempts goes on as if this
   * one had not been: when it fails, the wait that it interrupted goes on, and the next wait is not longer for it.
   */
  retry() {
    if (this.#state.name !== 'waiting') return;
    this.#interrupted = this.#state;
    this.#connect();
  }

  /** The network changed or the machine slept: what is open has to prove that it still is, and what waits goes on. */
  doubt() {
    this.retry();
    if (this.#state.name !== 'open' || !this.#framing.ping) return;
    this.#transmit(this.#framing.ping);
    this.#doubt.set(DOUBT_MS, () => this.#silent());
  }

  /** An answer is overdue: what is open is given up and made again. */
  overdue() {
    if (this.#state.name === 'open') this.#silent();
  }

  /** @returns {boolean} whether the frame was handed to an open connection (not: whether it arrived) */
  send(frame) {
    return this.#state.name === 'open' && this.#transmit(frame);
  }

  /** A socket that is closing tells so in an event of its own, later; till then it drops what is sent, and complains. */
  #transmit(frame) {
    if (this.#socket.readyState > OPEN) return false;
    this.#socket.send(this.#framing.encode(frame));
    return true;
  }

  #enter(state) {
    this.#state = state;
    this.#options.onState(state);
  }

  #connect() {
    this.#wait.clear();
    this.#floorMs = 0;
    this.#enter({ name: 'connecting', attempt: this.#attempt });
    if (this.#options.token) this.#connectWithToken(this.#state);
    else this.#dial([this.#framing.subprotocol]);
  }

  async #connectWithToken(state) {
    let token;
    try {
      token = await this.#options.token();
    } catch {
      // Not to know the token is like not to reach the server: there will be a next attempt.
      if (this.#state === state) this.#waitForNext(1006);
      return;
    }
    if (this.#state !== state) return;
    const { subprotocol } = this.#framing;
    this.#dial(token ? [subprotocol, `parley.bearer.${base64url(token)}`] : [subprotocol]);
  }

  #dial(protocols) {
    const socket = new this.#options.WebSocket(this.#options.url, protocols);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#opened = false;
    // A socket that was given up may still report: only the current one counts.
    const current = (f) => (event) => {
      if (this.#socket === socket) f(event);
    };
    socket.onopen = current(() => {
      this.#opened = true;
    });
    socket.onmessage = current(({ data }) => this.#received(data));
    socket.onclose = current(({ code, reason }) => this.#closed(code, reason));
    this.#opening.set(OPENING_MS, () => this.#silent());
  }

  #received(data) {
    this.#unanswered = 0;
    this.#doubt.clear();
    let frame;
    try {
      frame = this.#framing.decode(data);
    } catch {
      // What it would have said is lost, so the position cannot be trusted: resume on a new connection.
      this.#lost(CLOSED_BY_CLIENT.unreadable, 'unreadable frame');
      return;
    }
    if (frame === null) return;
    if (frame.type === 'welcome') this.#welcomed(frame);
    else if (frame.type === 'error' && frame.id === undefined) this.#warned(frame);
    else if (frame.type !== 'pong' && this.#state.name === 'open') this.#options.onFrame(frame);
  }

  #welcomed(welcome) {
    this.#opening.clear();
    this.#window = welcome.reconnect ?? DEFAULT_WINDOW;
    this.#heartbeatMs = welcome.heartbeatMs;
    this.#openSince = this.#options.clock.now();
    this.#unanswered = 0;
    this.#interrupted = null;
    this.#beat();
    this.#enter({ name: 'open', welcome });
  }

  #warned(error) {
    this.#floorMs = error.retryAfterMs ?? 0;
    if (this.#state.name === 'open') this.#options.onFrame(error);
  }

  #beat() {
    if (!this.#framing.ping) return;
    this.#heartbeat.set(this.#heartbeatMs, () => {
      if (this.#unanswered >= 2) {
        this.#silent();
        return;
      }
      this.#unanswered++;
      this.#transmit(this.#framing.ping);
      this.#beat();
    });
  }

  #silent() {
    this.#lost(CLOSED_BY_CLIENT.silent, 'no answer');
  }

  /** Gives a connection up from this side, without waiting for a peer that may no longer exist. */
  #lost(code, reason) {
    this.#drop(code, reason);
    this.#closed(code, reason);
  }

  #drop(code, reason) {
    const socket = this.#socket;
    this.#forget();
    socket?.close(code, reason);
  }

  #forget() {
    this.#socket = null;
    this.#opening.clear();
    this.#heartbeat.clear();
    this.#doubt.clear();
  }

  #closed(code, reason) {
    const wasOpen = this.#state.name === 'open';
    const handshakeFailed = !this.#opened;
    this.#forget();
    if (wasOpen && this.#options.clock.now() - this.#openSince >= STABLE_MS) this.#attempt = 0;
    if (code === REVOKED) this.#checkRevoked(reason);
    else if (!comesBack(code)) this.#refused(code, reason);
    else if (handshakeFailed || code === TOKEN_EXPIRED) this.#check(code);
    else this.#waitForNext(code);
    if (wasOpen) this.#options.onLost(code);
  }

  #refused(code, reason) {
    this.#enter({ name: 'stopped', why: code === 4501 ? 'signed-out' : 'refused', code, reason });
  }

  async #check(code) {
    const state = { name: 'checking', attempt: this.#attempt };
    this.#enter(state);
    const { answer, retryAfterMs, reason } = await this.#options.whoAmI();
    if (this.#state !== state) return;
    if (answer === 'nobody') this.#enter({ name: 'stopped', why: 'signed-out', code: 4501, reason: reason ?? '' });
    else if (answer === 'refused') this.#enter({ name: 'stopped', why: 'refused', code: 4503, reason: reason ?? '' });
    else {
      this.#floorMs = Math.max(this.#floorMs, retryAfterMs ?? 0);
      this.#waitForNext(code);
    }
  }

  /** Whatever the answer, there is no further attempt: the code says so. */
  async #checkRevoked(reason) {
    const state = { name: 'checking', attempt: this.#attempt };
    this.#enter(state);
    const { answer, reason: detail } = await this.#options.whoAmI();
    if (this.#state !== state) return;
    if (answer === 'nobody') this.#enter({ name: 'stopped', why: 'signed-out', code: REVOKED, reason: detail ?? '' });
    else this.#refused(REVOKED, reason);
  }

  #waitForNext(code) {
    const { clock, random } = this.#options;
    const interrupted = this.#interrupted;
    this.#interrupted = null;
    const floor = clock.now() + this.#floorMs;
    if (interrupted && interrupted.until > clock.now() && interrupted.until >= floor) {
      this.#wait.set(interrupted.until - clock.now(), () => this.#connect());
      this.#enter({ ...interrupted, code });
      return;
    }
    // After a planned restart all of a server's clients come at once: they spread over the whole announced window.
    const attempt = code === RESTARTING ? Infinity : this.#attempt;
    const ms = backoff(attempt, this.#window, random.fraction(), this.#floorMs);
    this.#attempt++;
    this.#wait.set(ms, () => this.#connect());
    this.#enter({ name: 'waiting', attempt: this.#attempt, until: clock.now() + ms, code });
  }
}

function base64url(text) {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
