import { backoff } from './backoff.js';
import { Timer } from './clock.js';
import { sha256 } from './digest.js';
import { Rate } from './rate.js';
import { Upload } from './upload.js';

const WINDOW = Object.freeze({ minMs: 1000, maxMs: 30_000 });
const OTHER_FILE = Object.freeze({ name: 'other-file', message: 'This is another file.', retryable: false });
const UNREADABLE = Object.freeze({ name: 'file-unreadable', message: 'The file cannot be read.', retryable: false });

const TOO_LARGE = Object.freeze({ name: 'file-too-large', message: 'The file is larger than this server takes.', retryable: false });

/** States in which it has one of the few turns. */
const BUSY = new Set(['checking', 'sending', 'storing']);

/**
 * A file on its way to the server, from the moment somebody chose it: found (again), checked, sent, however often the
 * connection or the page ends in between.
 *
 *     waiting ──turn──► checking ──► sending ──► storing ──► gone
 *        ▲                  │           │           │
 *        └──────────────── paused, absent (the file is asked for), failed
 *
 * @typedef {{id: string, room: string, name: string, size: number, thumbnail: string | null, state: string, done: number, error: object | null,
 *   perSecond: number | null, leftMs: number | null, held: boolean, permission: boolean}} TransferView `done`: bytes of
 *   `size`; `held`: there is no connection, or it waits before it tries again; `permission`: the file is known and only the
 *   browser's leave is missing
 */
export class Transfer {
  #entry;
  #parts;
  #state;
  #source = null;
  #checked = false;
  #upload = null;
  #error = null;
  #done = 0;
  #attempts = 0;
  #permission = false;
  #rate;
  #again;
  #running = new AbortController();

  /**
   * @param {import('./transfer-journal.js').TransferEntry} entry
   * @param {object} parts
   * @param {import('./clock.js').Clock} parts.clock
   * @param {import('./clock.js').Random} parts.random
   * @param {() => string} parts.nextId
   * @param {(frame: object) => boolean} parts.send
   * @param {() => boolean} parts.online
   * @param {() => number} parts.fileBytes how large a file may be
   * @param {(file: Blob, entry: object) => Promise<import('./source.js').Source>} parts.sourceOf what is sent for a file
   * @param {(id: string, changes: object) => Promise<void>} parts.keep
   * @param {(transfer: Transfer) => void} parts.changed
   * @param {(transfer: Transfer, stored: {file: string, seq?: number}) => void} parts.stored
   * @param {(id: string, transfer: string) => void} parts.revoke tells the server that nobody wants this upload any more
   */
  constructor(entry, parts) {
    this.#entry = entry;
    this.#parts = parts;
    this.#rate = new Rate(parts.clock);
    this.#again = new Timer(parts.clock);
    this.#state = entry.paused ? 'paused' : 'waiting';
  }

  get entry() {
    return this.#entry;
  }

  get id() {
    return this.#entry.id;
  }

  get busy() {
    return BUSY.has(this.#state);
  }

  /** Whether it would take a turn. */
  get waiting() {
    return this.#state === 'waiting' && !this.#again.running;
  }

  /** Whether it needs the connection, now or soon. */
  get needsConnection() {
    return this.busy || this.#state === 'waiting';
  }

  /** Whether something is expected of the server. */
  get expects() {
    return this.#upload?.waits ?? false;
  }

  /** @returns {TransferView} */
  get view() {
    const { id, room, name, size, begin, image } = this.#entry;
    const thumbnail = image?.thumbnail ?? null;
    const perSecond = this.#state === 'sending' ? this.#rate.perSecond : null;
    const leftMs = perSecond > 0 ? ((begin.size - this.#done) * 1000) / perSecond : null;
    const done = Math.min(size, this.#done);
    const held = this.#again.running || !this.#parts.online();
    return { id, room, name, size, thumbnail, state: this.#state, done, error: this.#error, perSecond, leftMs, held, permission: this.#permission };
  }

  /** It is its turn. */
  async run() {
    const { signal } = (this.#running = new AbortController());
    if (this.#upload !== null) {
      this.#enter('sending');
      this.#upload.resume();
      this.#connect();
      return;
    }
    this.#enter('checking');
    try {
      this.#source ??= await this.#find();
      if (signal.aborted) return;
      if (this.#entry.begin.size > this.#parts.fileBytes()) {
        this.refused({ error: TOO_LARGE });
        return;
      }
      if (this.#source === null) this.#enter('absent');
      else if (await this.#check(signal)) this.#begin();
      else this.#absent(OTHER_FILE);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DOMException)) throw error;
      this.#absent(UNREADABLE);
    }
  }

  /** @returns {Promise<import('./source.js').Source | null>} null: somebody has to say where it is */
  async #find() {
    const { file, handle } = this.#entry;
    if (file) return this.#parts.sourceOf(file, this.#entry);
    if (!handle) return null;
    this.#permission = (await handle.queryPermission({ mode: 'read' })) !== 'granted';
    if (this.#permission) return null;
    const found = await handle.getFile();
    if (found.size !== this.#entry.size) throw new DOMException('The file has another size now.', 'NotReadableError');
    return this.#parts.sourceOf(found, this.#entry);
  }

  /** @returns {Promise<boolean>} false: this is not the file that was begun with */
  async #check(signal) {
    if (this.#checked) return true;
    const digest = await sha256(this.#source, signal, (bytes) => this.#progress(bytes));
    if (signal.aborted) return false;
    if (this.#entry.sha256 !== null && this.#entry.sha256 !== digest) return false;
    this.#checked = true;
    this.#keep({ sha256: digest });
    return true;
  }

  #begin() {
    this.#done = 0;
    this.#upload = new Upload({
      entry: this.#entry,
      source: this.#source,
      send: this.#parts.send,
      nextId: this.#parts.nextId,
      tell: (event) => TOLD[event.type].call(this, event),
    });
    this.#enter('sending');
    this.#connect();
  }

  #connect() {
    this.#rate.restart();
    if (this.#parts.online()) this.#upload.start();
  }

  connected() {
    if (this.busy && this.#upload) this.#connect();
  }

  disconnected() {
    this.#upload?.stop();
    if (this.#state === 'storing') this.#enter('sending');
  }

  owns(frame) {
    return this.#upload?.owns(frame) ?? false;
  }

  receive(frame) {
    this.#upload?.receive(frame);
  }

  pause() {
    if (this.#state !== 'waiting' && !this.busy) return;
    this.#running.abort();
    this.#again.clear();
    this.#upload?.pause();
    this.#keep({ paused: true });
    this.#enter('paused');
  }

  /** After a pause or a failure. */
  resume() {
    if (this.#state !== 'paused' && this.#state !== 'failed') return;
    if (this.#state === 'failed') this.#upload = null;
    this.#error = null;
    this.#attempts = 0;
    this.#keep({ paused: false });
    this.#enter('waiting');
  }

  /**
   * Somebody showed where the file is.
   *
   * @param {File} file
   * @param {FileSystemFileHandle | null} handle
   */
  async give(file, handle = null) {
    if (this.#state !== 'absent') return;
    const { name, size } = this.#entry;
    if (file.name !== name || file.size !== size) {
      this.#absent(OTHER_FILE);
      return;
    }
    this.#error = null;
    this.#permission = false;
    this.#keep({ handle });
    this.#source = await this.#parts.sourceOf(file, this.#entry);
    this.#enter('waiting');
  }

  /** In the time of a click: the browser asks whether the page may read the file that it knows. */
  async permit() {
    if ((await this.#entry.handle.requestPermission({ mode: 'read' })) !== 'granted') return;
    this.#permission = false;
    this.#enter('waiting');
  }

  /** Ends it for good, whatever it is doing. */
  cancel() {
    this.#running.abort();
    this.#again.clear();
    this.#upload?.cancel();
    this.#state = 'gone';
    if (this.#entry.transfer !== null) this.#parts.revoke(this.id, this.#entry.transfer);
  }

  /** The page lets go of it; the journal still has it. */
  leave() {
    this.#running.abort();
    this.#again.clear();
    this.#upload?.stop();
  }

  /** What cannot succeed ends here. */
  refuse(error) {
    if (this.busy || this.#state === 'waiting') this.refused({ error: { ...error, retryable: false } });
  }

  ready({ transfer, have }) {
    this.#entry.transfer = transfer;
    this.#keep({ transfer });
    this.#attempts = 0;
    this.#progress(have);
  }

  have({ have }) {
    this.#progress(have);
  }

  #progress(bytes) {
    this.#done = bytes;
    this.#rate.add(bytes);
    this.#parts.changed(this);
  }

  ending() {
    this.#enter('storing');
  }

  stored(event) {
    this.#enter('storing');
    this.#parts.stored(this, event);
  }

  /** By somebody else, or the answer to a begin that nobody wants any more. */
  cancelled({ transfer }) {
    if (this.#state === 'gone') this.#parts.revoke(this.id, transfer);
    else this.#forgotten();
  }

  refused({ error }) {
    this.#upload = null;
    if (error.name === 'no-file' && this.#entry.transfer !== null) this.#forgotten();
    else if (error.retryable || error.name === 'limit') this.#tryAgain(error);
    else {
      // What was announced and what came differ: what is there is of no use.
      if (error.name === 'mismatch') this.#keep({ transfer: null });
      this.#error = error.name === 'too-large' ? TOO_LARGE : error;
      this.#enter('failed');
    }
  }

  /** The server knows nothing of it any more: from the beginning. */
  #forgotten() {
    this.#upload = null;
    this.#keep({ transfer: null });
    this.#enter('waiting');
  }

  #tryAgain(error) {
    const ms = backoff(this.#attempts++, WINDOW, this.#parts.random.fraction(), error.retryAfterMs ?? 0);
    this.#again.set(ms, () => this.#enter('waiting'));
    this.#error = error;
    this.#enter('waiting');
  }

  unreadable() {
    this.#absent(UNREADABLE);
  }

  #absent(error) {
    Object.assign(this.#entry, { file: null });
    this.#upload = null;
    this.#source = null;
    this.#checked = false;
    this.#error = error;
    this.#enter('absent');
  }

  #keep(changes) {
    Object.assign(this.#entry, changes);
    this.#parts.keep(this.id, changes);
  }

  #enter(state) {
    this.#state = state;
    if (state === 'sending' || state === 'checking') this.#error = null;
    this.#parts.changed(this);
  }
}

const { ready, have, ending, stored, cancelled, refused, unreadable } = Transfer.prototype;
const TOLD = { ready, have, ending, stored, cancelled, refused, unreadable };
