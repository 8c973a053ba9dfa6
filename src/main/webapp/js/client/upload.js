/**
 * One upload, over one connection after the other: what is sent when. It never looks at the clock and keeps nothing.
 *
 *     idle ──start──► beginning ──ready──► sending ◄──nack── ending ──stored──► over
 *       ▲                │                    │ └───all sent───►│
 *       └──────stop──────┴────────────────────┴─────────────────┘          any ──cancel, error──► over
 *
 * Bytes go out in order from `offset`, and never beyond `have + window`. `have` is what the server has stored, as its
 * `ack` says: a lost connection costs at most a window.
 */
export class Upload {
  #entry;
  #size;
  #source;
  #send;
  #tell;
  #nextId;
  #state = 'idle';
  #request = null;
  #paused = false;
  #have = 0;
  #offset = 0;
  #chunkBytes = 0;
  #window = 0;
  /** Where the last `nack` made us begin again, until the server has more than that. */
  #rewound = null;
  #inVain = 0;
  /** Another number when what is being read will not be what is sent next. */
  #course = 0;
  #pumping = null;

  /**
   * @param {object} options
   * @param {{transfer: string | null, sha256: string, begin: {room: string, name?: string, mime: string, size: number,
   *   image?: object, sealed?: boolean}}} options.entry `transfer`: what the server called it, if it was begun before
   * @param {import('./source.js').Source} options.source
   * @param {(frame: object) => boolean} options.send
   * @param {() => string} options.nextId
   * @param {(event: {type: 'ready', transfer: string, have: number} | {type: 'have', have: number} | {type: 'ending'}
   *   | {type: 'stored', file: string, message: string, seq?: number} | {type: 'cancelled', transfer: string}
   *   | {type: 'refused', error: object} | {type: 'unreadable', error: DOMException}) => void} options.tell
   */
  constructor({ entry, source, send, nextId, tell }) {
    this.#entry = { ...entry };
    this.#size = entry.begin.size;
    this.#source = source;
    this.#send = send;
    this.#nextId = nextId;
    this.#tell = tell;
  }

  /** Whether something is expected of the server. */
  get waits() {
    return this.#request !== null && this.#state !== 'over' && !(this.#state === 'sending' && this.#offset === this.#have);
  }

  /** There is a connection: begins, or goes on where the server says. */
  start() {
    if (this.#state !== 'idle') return;
    this.#state = 'beginning';
    this.#request = this.#nextId();
    const { transfer, sha256, begin } = this.#entry;
    this.#send({ type: 'begin', id: this.#request, ...(transfer === null ? { ...begin, sha256 } : { transfer }) });
  }

  /** The connection is gone: what was in flight is in doubt. */
  stop() {
    this.#request = null;
    this.#course++;
    if (this.#state !== 'over') this.#state = this.#state === 'cancelling' ? 'over' : 'idle';
  }

  pause() {
    this.#paused = true;
  }

  resume() {
    this.#paused = false;
    this.#pump();
  }

  /** Ends it here. A begin that is not answered yet is told as `cancelled` when the server has given it a name. */
  cancel() {
    this.#course++;
    const unnamed = this.#state === 'beginning' && this.#entry.transfer === null;
    this.#state = unnamed ? 'cancelling' : 'over';
  }

  owns({ id, transfer }) {
    return (id !== undefined && id === this.#request) || (transfer !== undefined && transfer === this.#entry.transfer);
  }

  receive(frame) {
    if (this.#state !== 'over' && this.#state !== 'idle') ANSWERS[frame.type]?.call(this, frame);
  }

  ready({ transfer, chunkBytes, window, have }) {
    if (this.#state === 'cancelling') this.#over({ type: 'cancelled', transfer });
    if (this.#state !== 'beginning') return;
    this.#entry.transfer = transfer;
    this.#chunkBytes = chunkBytes;
    this.#window = window;
    this.#have = have;
    this.#rewound = null;
    this.#inVain = 0;
    this.#state = 'sending';
    this.#moveTo(have);
    this.#tell({ type: 'ready', transfer, have });
    this.#pump();
  }

  ack({ have }) {
    // It may be repeated, and after a resume one from before it may still come.
    if (have <= this.#have || have > this.#size) return;
    this.#have = have;
    if (have > this.#rewound) this.#rewound = null;
    if (have > this.#offset) this.#moveTo(have);
    this.#tell({ type: 'have', have });
    this.#pump();
  }

  nack({ expected }) {
    // All that was in flight behind a refused chunk is refused too; only the first of these is news.
    if (expected === this.#rewound || expected > this.#size || this.#state === 'beginning') return;
    // The end that was sent already will be answered with how much is missing.
    if (this.#state === 'ending') this.#inVain++;
    this.#rewound = expected;
    this.#have = Math.min(this.#have, expected);
    this.#state = 'sending';
    this.#moveTo(expected);
    this.#pump();
  }

  #moveTo(offset) {
    this.#offset = offset;
    this.#course++;
  }

  stored({ file, message, seq }) {
    this.#over({ type: 'stored', file, message, seq });
  }

  cancelled() {
    this.#over({ type: 'cancelled', transfer: this.#entry.transfer });
  }

  error(error) {
    if (error.name === 'mismatch' && this.#inVain > 0) this.#inVain--;
    else this.#over({ type: 'refused', error });
  }

  #over(event) {
    this.#state = 'over';
    this.#course++;
    this.#tell(event);
  }

  /** One loop at a time; what changes the course ends it, and another one begins. */
  async #pump() {
    const course = this.#course;
    if (this.#pumping === course) return;
    this.#pumping = course;
    try {
      while (this.#goesOn(course) && this.#mayGo) await this.#chunk(course);
      if (this.#goesOn(course) && this.#offset === this.#size) this.#finish();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      if (course === this.#course) this.#over({ type: 'unreadable', error });
    } finally {
      if (this.#pumping === course) this.#pumping = null;
    }
  }

  #goesOn(course) {
    return course === this.#course && this.#state === 'sending' && !this.#paused;
  }

  /** Where the next chunk ends: all but the last have the same length. */
  get #end() {
    return Math.min(this.#size, this.#offset + this.#chunkBytes);
  }

  get #mayGo() {
    return this.#offset < this.#size && this.#end <= this.#have + this.#window;
  }

  async #chunk(course) {
    const [offset, end] = [this.#offset, this.#end];
    const payload = await this.#source.read(offset, end);
    if (!this.#goesOn(course)) return;
    this.#offset = end;
    this.#send({ type: 'chunk', transfer: this.#entry.transfer, offset, payload });
  }

  #finish() {
    const { transfer, sha256 } = this.#entry;
    this.#state = 'ending';
    this.#send({ type: 'end', transfer, sha256 });
    this.#tell({ type: 'ending' });
  }
}

const { ready, ack, nack, stored, cancelled, error } = Upload.prototype;
const ANSWERS = { ready, ack, nack, stored, cancelled, error };
