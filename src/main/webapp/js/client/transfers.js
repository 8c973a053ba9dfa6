import { BINARY_FRAMES } from './binary-frames.js';
import { systemClock, systemRandom, Timer } from './clock.js';
import { Connection } from './connection.js';
import { Download } from './download.js';
import { publishId } from './id.js';
import { FileSource } from './source.js';
import { Transfer } from './transfer.js';

/** So many files are sent at once; the others wait their turn. */
const TURNS = 3;
/** Without a word for so long, from somebody who owes one, a connection is given up. */
const OVERDUE_MS = 20_000;
/** The same when somebody doubts it: the network changed, the machine slept. */
const DOUBT_MS = 4_000;
/** A connection that nothing needs is kept for a moment: often the next file follows. */
const IDLE_MS = 10_000;
/** A file up to this size is itself in the journal, if it cannot be found again by a handle. */
const KEPT_BYTES = 16 << 20;

/**
 * The files on their way to and from one server, over one connection of `/files`. Uploads are kept in a journal, so that
 * a later page goes on with them; of all tabs one has each of them.
 *
 * Tells {type: 'transfers', transfers} whenever something about them changed: see `TransferView` of `transfer.js`.
 */
export class Transfers {
  #options;
  #connection;
  #journal;
  #tabs;
  #clock;
  #user = null;
  #limits = null;
  #uploads = new Map();
  /** Uploads that were cancelled while the server had not given them a name yet. */
  #unnamed = new Set();
  /** What the server calls uploads that nobody wants any more, until it has said that it knows. */
  #revoked = new Map();
  #downloads = new Set();
  #turns = new Map();
  #overdue;
  #idle;
  #parts;
  #lastRequest = 0;

  /**
   * @param {object} options
   * @param {string | URL} options.url where the application is (its context path, with a slash at the end)
   * @param {import('./connection.js').Connection['whoAmI']} options.whoAmI as `connection.js` asks it
   * @param {(event: object) => void} options.emit
   * @param {import('./transfer-journal.js').TransferJournal | null} [options.journal]
   * @param {import('./tabs.js').Tabs | null} [options.tabs]
   * @param {(file: Blob, entry: object) => Promise<import('./source.js').Source>} [options.sourceOf] what is sent for a file
   * @param {(entry: object, stored: {file: string, message: string}) => Promise<boolean>} [options.onStored] to be done before it is
   *   forgotten; false: it could not be done now
   * @param {() => Promise<string | null>} [options.token]
   * @param {typeof WebSocket} [options.WebSocket]
   * @param {import('./clock.js').Clock} [options.clock]
   * @param {import('./clock.js').Random} [options.random]
   */
  constructor({ clock = systemClock, random = systemRandom, WebSocket = globalThis.WebSocket, journal = null, tabs = null, ...options }) {
    const url = new URL('files', options.url);
    url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss:' : 'ws:';
    this.#options = options;
    this.#journal = journal;
    this.#tabs = tabs;
    this.#clock = clock;
    this.#overdue = new Timer(clock);
    this.#idle = new Timer(clock);
    this.#connection = new Connection({
      url: url.href,
      framing: BINARY_FRAMES,
      WebSocket,
      clock,
      random,
      token: options.token,
      whoAmI: options.whoAmI,
      onState: (state) => this.#connectionIs(state),
      onFrame: (frame) => this.#receive(frame),
      onLost: () => this.#lost(),
    });
    this.#parts = {
      clock,
      random,
      nextId: () => String(++this.#lastRequest),
      send: (frame) => this.#connection.send(frame),
      online: () => this.#online,
      fileBytes: () => this.#limits?.fileBytes ?? Infinity,
      sourceOf: options.sourceOf ?? (async (file) => new FileSource(file)),
      keep: (id, changes) => this.#write((journal) => journal.change(id, changes)),
      changed: () => this.#changed(),
      stored: (transfer, stored) => this.#stored(transfer, stored),
      revoke: (id, name) => this.#revoke(id, name),
    };
  }

  get #online() {
    return this.#connection.state.name === 'open';
  }

  /**
   * Who is signed in. What this user has not finished goes on.
   *
   * @param {{id: string}} user
   */
  async begin(user) {
    if (this.#user === user.id) return;
    this.#user = user.id;
    for (const { id } of (await this.#read((journal) => journal.entries(user.id))) ?? []) this.#take(id, () => this.#restore(id));
  }

  async #restore(id) {
    const entry = await this.#read((journal) => journal.entry(id));
    if (!entry || this.#user !== entry.user) return;
    if (entry.cancelled) this.#revoke(id, entry.transfer);
    else this.#uploads.set(id, new Transfer(entry, this.#parts));
    this.#changed();
  }

  /**
   * @param {{room: string, file: File, handle?: FileSystemFileHandle | null, image?: object | null, begin: object, secret?: object}} upload see
   *   `TransferEntry`
   * @returns {Promise<string>} its id
   */
  async add({ room, file, handle = null, image = null, begin, secret = null }) {
    const { name, size } = file;
    const id = publishId(this.#clock, this.#parts.random);
    const kept = handle === null && size <= KEPT_BYTES ? file : null;
    const known = { id, user: this.#user, room, name, size, image, begin, secret, sha256: null, transfer: null, handle, paused: false, cancelled: false };
    this.#take(id, () => {});
    await this.#put({ ...known, file: kept });
    this.#uploads.set(id, new Transfer({ ...known, file }, this.#parts));
    this.#start();
    this.#changed();
    return id;
  }

  /** The file itself may be more than the browser lets us keep; then somebody has to choose it again after a reload. */
  async #put(entry) {
    try {
      await this.#journal?.put(entry);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      await this.#write((journal) => journal.put({ ...entry, file: null }));
    }
  }

  pause(id) {
    this.#uploads.get(id)?.pause();
  }

  /** Goes on after a pause, or tries again after a failure. */
  resume(id) {
    this.#uploads.get(id)?.resume();
    this.#start();
  }

  give(id, file, handle) {
    return this.#uploads.get(id)?.give(file, handle);
  }

  permit(id) {
    return this.#uploads.get(id)?.permit();
  }

  cancel(id) {
    const transfer = this.#uploads.get(id);
    if (!transfer) return;
    this.#uploads.delete(id);
    if (transfer.entry.transfer === null) {
      if (transfer.expects) this.#unnamed.add(transfer);
      this.#forget(id);
    }
    transfer.cancel();
    this.#changed();
  }

  /**
   * Fetches a file, whole and checked by whoever takes it.
   *
   * @param {string} file
   * @param {(bytes: Uint8Array, offset: number) => Promise<void> | void} take gets the bytes in order
   * @param {(have: number, size: number) => void} [onProgress]
   * @param {AbortSignal} [signal]
   * @returns {Promise<{size: number, sha256: string}>} what the server says of it
   * @throws {TransferError}
   */
  fetch(file, take, onProgress = () => {}, signal = undefined) {
    return new Promise((resolve, reject) => {
      let size = 0;
      const over = (settle, value) => {
        this.#downloads.delete(download);
        settle(value);
        this.#changed();
      };
      const told = {
        opened: (event) => ({ size } = event),
        have: ({ have }) => onProgress(have, size),
        sent: ({ sha256 }) => over(resolve, { size, sha256 }),
        refused: ({ error }) => over(reject, new TransferError(error)),
        failed: ({ error }) => over(reject, error),
      };
      const download = new Download({ file, take, send: this.#parts.send, nextId: this.#parts.nextId, tell: (event) => told[event.type](event) });
      signal?.addEventListener('abort', () => {
        download.cancel();
        over(reject, signal.reason);
      });
      this.#downloads.add(download);
      this.#start();
      if (this.#online) download.start();
    });
  }

  /** Somebody presses "Retry now", or the network or the machine is back. */
  wake() {
    this.#connection.retry();
    if (this.#online) this.#watch(DOUBT_MS);
  }

  /** Lets go of everything; the journal keeps it for the next time that this user is here. */
  end() {
    for (const transfer of this.#uploads.values()) transfer.leave();
    for (const release of this.#turns.values()) release();
    for (const known of [this.#uploads, this.#turns, this.#revoked, this.#unnamed, this.#downloads]) known.clear();
    this.#user = null;
    this.#connection.stop();
    this.#idle.clear();
    this.#overdue.clear();
  }

  /** Forgets all of this user's uploads; for whoever signs out. What the server has of them it sweeps. */
  async forget() {
    const user = this.#user;
    this.end();
    await this.#write((journal) => journal.clear(user));
  }

  #take(id, begins) {
    this.#turns.set(id, this.#tabs?.take(`transfer ${id}`, begins) ?? (begins(), () => {}));
  }

  #forget(id) {
    this.#write((journal) => journal.remove(id));
    this.#turns.get(id)?.();
    this.#turns.delete(id);
  }

  #revoke(id, name) {
    this.#revoked.set(name, id);
    this.#write((journal) => journal.change(id, { cancelled: true, transfer: name }));
    this.#parts.send({ type: 'cancel', transfer: name });
    this.#changed();
  }

  async #stored(transfer, stored) {
    if ((await this.#options.onStored?.(transfer.entry, stored)) === false) {
      transfer.refuse({ name: 'not-published', message: 'The file is stored, but its message could not be sent.' });
      return;
    }
    this.#uploads.delete(transfer.id);
    this.#forget(transfer.id);
    this.#changed();
  }

  #connectionIs(state) {
    if (state.name === 'open') {
      this.#limits = state.welcome.limits;
      for (const name of this.#revoked.keys()) this.#parts.send({ type: 'cancel', transfer: name });
      for (const each of this.#uploads.values()) each.connected();
      for (const each of this.#downloads) each.start();
      this.#watch(OVERDUE_MS);
    }
    if (state.name === 'stopped') this.#refused({ name: state.why === 'signed-out' ? 'unauthorized' : 'forbidden', message: state.reason });
    this.#changed();
  }

  #refused(error) {
    for (const each of this.#uploads.values()) each.refuse(error);
    for (const each of [...this.#downloads]) each.receive({ type: 'error', ...error });
  }

  #lost() {
    this.#overdue.clear();
    this.#unnamed.clear();
    for (const each of this.#uploads.values()) each.disconnected();
    for (const each of this.#downloads) each.stop();
  }

  #watch(ms) {
    this.#overdue.set(ms, () => {
      const owing = [...this.#uploads.values(), ...this.#unnamed].some(({ expects }) => expects) || [...this.#downloads].some(({ waits }) => waits);
      if (owing) this.#connection.overdue();
      else this.#watch(OVERDUE_MS);
    });
  }

  #receive(frame) {
    this.#watch(OVERDUE_MS);
    if (this.#revoked.has(frame.transfer)) {
      if (frame.type === 'cancelled' || frame.type === 'stored' || (frame.type === 'error' && !frame.retryable)) this.#known(frame.transfer);
      return;
    }
    const owner = [...this.#uploads.values(), ...this.#unnamed, ...this.#downloads].find((each) => each.owns(frame));
    owner?.receive(frame);
    if (this.#unnamed.has(owner)) this.#unnamed.delete(owner);
    this.#settle();
  }

  #known(name) {
    this.#forget(this.#revoked.get(name));
    this.#revoked.delete(name);
    this.#changed();
  }

  #changed() {
    this.#options.emit({ type: 'transfers', transfers: [...this.#uploads.values()].map(({ view }) => view) });
    this.#settle();
  }

  /** Gives the free turns away, and the connection up when nothing needs it. */
  #settle() {
    const all = [...this.#uploads.values()];
    const next = all.find(({ waiting }) => waiting);
    if (next && all.filter(({ busy }) => busy).length < Math.min(TURNS, this.#limits?.transfers ?? TURNS)) {
      next.run();
      return;
    }
    const needed = this.#downloads.size > 0 || this.#revoked.size > 0 || all.some(({ needsConnection }) => needsConnection);
    if (needed) this.#idle.clear();
    else if (!this.#idle.running && this.#connection.state.name !== 'idle') this.#idle.set(IDLE_MS, () => this.#connection.stop());
    if (needed && this.#connection.state.name === 'idle') this.#start();
  }

  #start() {
    this.#idle.clear();
    this.#connection.start();
  }

  async #read(f) {
    try {
      return await (this.#journal && f(this.#journal));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      console.warn('Uploads cannot be kept in this browser:', error.message);
      return null;
    }
  }

  #write(f) {
    return this.#read(f);
  }
}

/** A transfer that the server refused. */
export class TransferError extends Error {
  /** @param {{name: string, message: string}} error as in the protocol */
  constructor(error) {
    super(error.message);
    this.name = 'TransferError';
    this.error = error;
  }
}
