/**
 * One download over one connection after the other. The bytes go to `take` in order; when it has taken them, the server is
 * given credit for as many more, so no more than a window is ever here that nobody took. Credit goes out by the half window:
 * one for each chunk costs the server a good part of what the chunk itself does.
 */
export class Download {
  #file;
  #send;
  #nextId;
  #take;
  #tell;
  #request = null;
  #transfer = null;
  #opened = null;
  #have = 0;
  /** Credit is due when everything before this was taken. */
  #due = 0;
  #step = 0;
  #taken = Promise.resolve();
  #over = false;

  /**
   * @param {object} options
   * @param {string} options.file
   * @param {(frame: object) => boolean} options.send
   * @param {() => string} options.nextId
   * @param {(bytes: Uint8Array, offset: number) => Promise<void> | void} options.take
   * @param {(event: {type: 'opened', size: number, sha256: string} | {type: 'have', have: number}
   *   | {type: 'sent', sha256: string} | {type: 'refused', error: object} | {type: 'failed', error: Error}) => void} options.tell
   */
  constructor({ file, send, nextId, take, tell }) {
    this.#file = file;
    this.#send = send;
    this.#nextId = nextId;
    this.#take = take;
    this.#tell = tell;
  }

  get waits() {
    return this.#request !== null && !this.#over;
  }

  /** There is a connection: opens the file at what is still missing. */
  start() {
    if (this.#over || this.#request !== null) return;
    this.#request = this.#nextId();
    this.#send({ type: 'open', id: this.#request, file: this.#file, offset: this.#have });
  }

  stop() {
    this.#request = null;
    this.#transfer = null;
  }

  cancel() {
    this.#over = true;
    if (this.#transfer !== null) this.#send({ type: 'cancel', transfer: this.#transfer });
  }

  owns({ id, transfer }) {
    return (id !== undefined && id === this.#request) || (transfer !== undefined && transfer === this.#transfer);
  }

  receive(frame) {
    if (!this.#over) ANSWERS[frame.type]?.call(this, frame);
  }

  opened({ transfer, size, sha256, window }) {
    this.#transfer = transfer;
    this.#step = window / 2;
    this.#due = this.#have + this.#step;
    if (this.#opened === null) {
      this.#opened = { size, sha256 };
      this.#tell({ type: 'opened', size, sha256 });
    } else if (this.#opened.sha256 !== sha256) this.#fail(new RangeError('It is another file now.'));
  }

  chunk({ offset, payload, transfer }) {
    // Bytes come in order on one connection; after a resume they begin where we asked for.
    if (offset !== this.#have) {
      this.#fail(new RangeError(`Bytes at ${offset} instead of ${this.#have}.`));
      return;
    }
    this.#have += payload.length;
    const have = this.#have;
    this.#taken = this.#taken.then(async () => {
      if (this.#over) return;
      await this.#take(payload, offset);
      if (this.#over) return;
      this.#tell({ type: 'have', have });
      this.#credit(transfer, have);
    });
    this.#taken.catch((error) => this.#fail(error));
  }

  #credit(transfer, have) {
    if (transfer !== this.#transfer || have < this.#due) return;
    this.#due = have + this.#step;
    this.#send({ type: 'credit', transfer, have });
  }

  /** It is whole when everything was taken, and not before. */
  sent({ sha256 }) {
    this.#taken.then(
      () => {
        if (this.#over) return;
        if (this.#have !== this.#opened?.size) this.#fail(new RangeError(`${this.#have} bytes instead of ${this.#opened?.size}.`));
        else this.#end({ type: 'sent', sha256 });
      },
      () => {},
    );
  }

  error(error) {
    this.#end({ type: 'refused', error });
  }

  #fail(error) {
    if (this.#over) return;
    if (this.#transfer !== null) this.#send({ type: 'cancel', transfer: this.#transfer });
    this.#end({ type: 'failed', error });
  }

  #end(event) {
    this.#over = true;
    this.#tell(event);
  }
}

const { opened, chunk, sent, error } = Download.prototype;
const ANSWERS = { opened, chunk, sent, error };
