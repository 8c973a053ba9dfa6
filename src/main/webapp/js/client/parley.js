import { Archive } from './archive.js';
import { systemClock, systemRandom } from './clock.js';
import { Connection } from './connection.js';
import { Room } from './room.js';
import { SignIn } from './session.js';
import { SharedOutbox } from './shared-outbox.js';

/** A request that the server refused, or that lost its connection before the answer. */
export class RequestError extends Error {
  /** @param {{name: string, message: string, retryable: boolean, retryAfterMs?: number}} error as in the protocol */
  constructor(error) {
    super(error.message);
    this.name = 'RequestError';
    this.error = error;
  }
}

const DISCONNECTED = { name: 'disconnected', message: 'The connection was lost.', retryable: true };

/**
 * A client of one Parley server: keeps a connection, the rooms that were joined and the messages that were published,
 * through disconnects and restarts, without holes and without doubles.
 *
 *     const parley = new Parley({ url: 'https://chat.example/' });
 *     parley.subscribe((event) => console.log(event));
 *     parley.connect();
 *     parley.join('lobby');
 *     parley.publish('lobby', 'text', { text: 'Hello' });
 *
 * What happens is told as plain objects to every subscriber, in order; `type` is one of
 *   - `connection` {state}: see `connection.js`
 *   - `user` {user, limits}: who the server says we are
 *   - `room` {room, state, error}: see `room.js`
 *   - `present` {room, class, count, users}, `presence` {room, count, joined, left}
 *   - `page` {room, epoch, messages, older, renewed}: begin with these; `renewed`: the numbering began anew
 *   - `messages` {room, epoch, messages}: entries that follow, in order, each once
 *   - `gap` {room, after}: what follows the message `after` is missing
 *   - `sending`, `restored`, `sent`, `delayed`, `resending`, `failed`, `discarded` {room, id, …}: the life of a publish;
 *     `restored` {error} comes instead of `sending` for those of an earlier life of the page
 *   - `signal` {room, from, name, kind, body}, `read` {room, seq}
 *   - `orphans` {authors}: all that others wrote in this browser and did not send; see `orphans.js`
 *   - `warning` {error}: an error that answers no request
 */
export class Parley {
  #connection;
  #outbox;
  #signIn;
  #archive;
  #rooms = new Map();
  #requests = new Map();
  #listeners = new Set();
  #parts;
  #lastRequest = 0;

  /**
   * @param {object} options
   * @param {string | URL} options.url where the application is (its context path, with a slash at the end)
   * @param {() => Promise<string | null>} [options.token] for clients with a token; a page has its cookie
   * @param {import('./journal.js').IndexedDbJournal} [options.journal] keeps what is not sent when the page ends
   * @param {import('./tabs.js').Tabs} [options.tabs] the pages that share the journal
   * @param {typeof WebSocket} [options.WebSocket]
   * @param {typeof fetch} [options.fetch]
   * @param {import('./clock.js').Clock} [options.clock]
   * @param {import('./clock.js').Random} [options.random]
   */
  constructor({
    url,
    token,
    journal = null,
    tabs = null,
    WebSocket = globalThis.WebSocket,
    fetch = (...request) => globalThis.fetch(...request),
    clock = systemClock,
    random = systemRandom,
  }) {
    const hub = new URL('hub', url);
    hub.protocol = hub.protocol === 'https:' || hub.protocol === 'wss:' ? 'wss:' : 'ws:';
    this.#signIn = new SignIn(new URL('api/session', url), fetch);
    this.#archive = new Archive(new URL('api/rooms/', url), fetch);
    this.#parts = {
      send: (frame) => this.#connection.send(frame),
      emit: (event) => this.#emit(event),
      nextId: () => String(++this.#lastRequest),
      clock,
      random,
    };
    this.#outbox = new SharedOutbox({ ...this.#parts, journal, tabs });
    this.#connection = new Connection({
      url: hub.href,
      WebSocket,
      clock,
      random,
      token,
      whoAmI: () => this.#signIn.whoAmI(),
      onState: (state) => this.#connectionIs(state),
      onFrame: (frame) => this.#receive(frame),
      onLost: (code) => this.#lost(code),
    });
  }

  get signIn() {
    return this.#signIn;
  }

  /**
   * @param {(event: object) => void} listener
   * @returns {() => void} ends it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect() {
    this.#connection.start();
  }

  /** Ends the connection; rooms and unsent messages stay and go on with the next `connect`. */
  disconnect() {
    this.#connection.stop();
  }

  /**
   * Ends the sign-in, and the connection before it: else the server does, and the page asks why with what is just ending.
   *
   * @throws {import('./session.js').SignInError} it did not work, and the connection goes on
   */
  async signOut() {
    this.disconnect();
    try {
      await this.#signIn.signOut();
    } catch (error) {
      this.connect();
      throw error;
    }
  }

  retryNow() {
    this.#connection.retry();
  }

  /** The network or the machine came back: find out at once instead of at the next heartbeat. */
  wake() {
    this.#connection.doubt();
  }

  /** Joins a room, now and after each reconnect, until `leave`. Joining twice is joining once. */
  join(name) {
    const known = this.#rooms.get(name);
    if (known) {
      known.retry();
      return;
    }
    const room = new Room(name, { ...this.#parts, emit: (event) => this.#roomEmits(room, event) });
    this.#rooms.set(name, room);
    if (this.#connection.state.name === 'open') room.connected();
  }

  leave(name) {
    this.#rooms.get(name)?.leave();
    this.#rooms.delete(name);
  }

  /** @returns {{epoch: string, seq: number} | null} up to where every message of the room was told */
  position(name) {
    return this.#rooms.get(name)?.position ?? null;
  }

  /**
   * Who is signed in, before a connection can tell: what this user has not sent yet comes back at once.
   *
   * @param {{id: string, name: string}} user
   */
  belongsTo(user) {
    return this.#outbox.begin(user);
  }

  /** Forgets what is not sent; for whoever signs out. */
  forget() {
    return this.#outbox.clear();
  }

  /**
   * Sends in this user's name what an author of the event `orphans` left.
   *
   * @param {string} author the id
   */
  adopt(author) {
    return this.#outbox.adopt(author);
  }

  /** @param {string} author the id */
  discardOrphans(author) {
    return this.#outbox.discardOrphans(author);
  }

  /** Ends everything; a client that was closed is of no more use. */
  close() {
    this.disconnect();
    this.#outbox.end();
  }

  /**
   * Sends now or as soon as the room is joined again.
   *
   * @param {string} [id] of the message, if the server has said what it has to be; else a new one
   * @returns {Promise<string>} the id, for `retry` and `discard`; `sent` or `failed` will tell. With a journal it comes
   *   when the message can no longer be lost by closing the page
   * @throws {DOMException} the journal is full or forbidden; the message is not sent
   */
  publish(room, kind, body, expect, id) {
    return this.#outbox.publish(room, kind, body, expect, id);
  }

  retry(id) {
    return this.#outbox.retry(id);
  }

  discard(id) {
    this.#outbox.discard(id);
  }

  /** Droppable by design: nothing is sent while there is no connection. */
  signal(room, kind, body) {
    this.#connection.send({ type: 'signal', room, kind, body });
  }

  /** @returns {boolean} whether it was sent; without a connection it is not, and nothing repeats it */
  read(room, seq) {
    return this.#connection.send({ type: 'read', room, seq });
  }

  /**
   * @returns {Promise<{messages: object[], more: boolean, recovered: boolean}>} messages before the seq `before`, folded
   * @throws {RequestError}
   */
  older(room, before, limit = 50) {
    return this.#ask({ type: 'history', room, before, limit });
  }

  /** See `archive.js`; needs no connection and no subscription. */
  search(room, words) {
    return this.#archive.search(room, words);
  }

  /**
   * @returns {Promise<object[]>} the rooms that this user follows
   * @throws {RequestError}
   */
  async rooms() {
    return (await this.#ask({ type: 'rooms' })).rooms;
  }

  /** @throws {RequestError} */
  unfollow(room) {
    this.leave(room);
    return this.#ask({ type: 'unfollow', room });
  }

  #ask(request) {
    const id = this.#parts.nextId();
    return new Promise((resolve, reject) => {
      if (this.#connection.send({ type: request.type, id, ...request })) this.#requests.set(id, { resolve, reject });
      else reject(new RequestError(DISCONNECTED));
    });
  }

  #emit(event) {
    for (const listener of [...this.#listeners]) listener(event);
  }

  #roomEmits(room, event) {
    this.#emit(event);
    if (event.type !== 'room') return;
    if (room.joined) this.#outbox.open(room.name);
    else this.#outbox.close(room.name);
  }

  #connectionIs(state) {
    if (state.name === 'open') {
      const { user, limits } = state.welcome;
      this.#outbox.limits = limits;
      this.#outbox.begin(user);
      this.#emit({ type: 'user', user, limits });
    }
    this.#emit({ type: 'connection', state });
    if (state.name === 'open') for (const room of this.#rooms.values()) room.connected();
  }

  #lost(code) {
    // First the outbox: it must know that the answer in doubt was lost with the connection, and not with the room.
    this.#outbox.disconnected(code);
    for (const room of this.#rooms.values()) room.disconnected();
    for (const { reject } of this.#requests.values()) reject(new RequestError(DISCONNECTED));
    this.#requests.clear();
  }

  #receive(frame) {
    if (this.#outbox.owns(frame)) this.#outbox.receive(frame);
    else if (this.#requests.has(frame.id)) this.#answer(frame);
    else if (frame.type === 'signal' || frame.type === 'read') this.#emit(frame);
    else if (frame.type === 'error') this.#error(frame);
    else this.#rooms.get(frame.room)?.receive(frame);
  }

  #answer(frame) {
    const { resolve, reject } = this.#requests.get(frame.id);
    this.#requests.delete(frame.id);
    if (frame.type === 'error') reject(new RequestError(frame));
    else resolve(frame);
  }

  #error(frame) {
    const room = [...this.#rooms.values()].find((each) => each.owns(frame));
    if (room) room.receive(frame);
    else this.#emit({ type: 'warning', error: frame });
  }
}
