import { backoff } from './backoff.js';
import { Timer } from './clock.js';

const PAGE = 200;
const RETRY_WINDOW = Object.freeze({ minMs: 500, maxMs: 15_000 });

/**
 * One subscription: this client in one room, over as many connections as it takes.
 *
 *     waiting ──connected──► joining ──joined, more──► replaying ──no more──► live
 *        ▲                      └──joined────────────────────────────────────►┘│ hole
 *        └──disconnected── any            replaying ◄──────────────────────────┘
 *     joining ──error that no retry helps──► refused       any ──leave──► left
 *
 * Only messages that follow the position without a hole move it, so a resume from it never skips one. When the server
 * cannot go on from there it says `recovered: false`, and this says `gap`: a hole is never silent.
 *
 * @typedef {'waiting' | 'joining' | 'replaying' | 'live' | 'refused' | 'left'} RoomStateName
 */
export class Room {
  #name;
  #options;
  #state = 'waiting';
  #class = 'log';
  #position = null;
  #head = 0;
  #request = null;
  #pulledFrom = -1;
  #attempt = 0;
  #again;

  /**
   * @param {string} name
   * @param {object} options
   * @param {(frame: object) => boolean} options.send false when there is no open connection
   * @param {() => string} options.nextId ids of requests
   * @param {(event: object) => void} options.emit see `parley.js` for the events
   * @param {import('./clock.js').Clock} options.clock
   * @param {import('./clock.js').Random} options.random
   * @param {{epoch: string, seq: number}} [since] where an earlier life of this page got to
   */
  constructor(name, options, since = null) {
    this.#name = name;
    this.#options = options;
    this.#position = since;
    this.#again = new Timer(options.clock);
  }

  get name() {
    return this.#name;
  }

  get state() {
    return this.#state;
  }

  /** @returns {{epoch: string, seq: number} | null} */
  get position() {
    return this.#position;
  }

  /** Whether the server takes publishes of ours: it knows the subscription. */
  get joined() {
    return this.#state === 'live' || this.#state === 'replaying';
  }

  connected() {
    if (this.#state === 'waiting') this.#join();
  }

  disconnected() {
    this.#again.clear();
    this.#request = null;
    if (this.#state === 'joining' || this.joined) this.#enter('waiting');
  }

  leave() {
    this.#again.clear();
    if (this.#state === 'left') return;
    const subscribed = this.#state === 'joining' || this.joined;
    this.#request = null;
    this.#enter('left');
    if (subscribed) this.#options.send({ type: 'leave', id: this.#options.nextId(), room: this.#name });
  }

  /** Somebody asks again for a room that refused us. */
  retry() {
    if (this.#state !== 'refused') return;
    this.#attempt = 0;
    this.#enter('waiting');
    this.#join();
  }

  /** @returns {boolean} whether the frame answers a request of this subscription */
  owns(frame) {
    return frame.id !== undefined && frame.id === this.#request;
  }

  receive(frame) {
    switch (frame.type) {
      case 'joined':
        return this.#joined(frame);
      case 'history':
        return this.#pulled(frame);
      case 'messages':
        return this.#pushed(frame);
      case 'presence':
        return this.#emit({ type: 'presence', count: frame.count, joined: frame.joined, left: frame.left });
      case 'left':
        return this.#putOut(frame);
      case 'error':
        return this.#failed(frame);
      default:
        return undefined;
    }
  }

  #emit(event) {
    this.#options.emit({ ...event, room: this.#name });
  }

  #enter(state, error = null) {
    if (this.#state === state) return;
    this.#state = state;
    this.#emit({ type: 'room', state, error });
  }

  #join() {
    this.#again.clear();
    const request = { type: 'join', id: this.#options.nextId(), room: this.#name };
    if (this.#position) request.since = this.#position;
    if (!this.#options.send(request)) return;
    this.#request = request.id;
    this.#enter('joining');
  }

  #joined(frame) {
    if (!this.owns(frame)) return;
    this.#request = null;
    this.#attempt = 0;
    this.#class = frame.class;
    this.#head = frame.seq ?? 0;
    this.#pulledFrom = -1;
    this.#emit({ type: 'present', class: frame.class, count: frame.present.count, users: frame.present.users });
    const goesOn = this.#position?.epoch === frame.epoch && frame.recovered && this.#class === 'log';
    if (goesOn) this.#accept(frame.messages);
    else this.#begin(frame);
    if (this.#class === 'log' && (frame.more || this.#behind)) this.#pull();
    else this.#enter('live');
  }

  /** The first page, or the newest one behind a hole; these are folded messages and not every entry. */
  #begin({ epoch, seq, older, messages }) {
    const before = this.#position;
    this.#position = this.#class === 'ephemeral' ? null : { epoch, seq };
    const log = this.#class === 'log';
    if (log && before?.epoch === epoch) {
      this.#emit({ type: 'gap', after: before.seq });
      this.#emit({ type: 'messages', epoch, messages });
    } else this.#emit({ type: 'page', epoch, messages, older, renewed: log && before !== null });
  }

  get #behind() {
    return this.#position.seq < this.#head;
  }

  #pull() {
    const after = this.#position.seq;
    const request = { type: 'history', id: this.#options.nextId(), room: this.#name, after, limit: PAGE };
    if (!this.#options.send(request)) return;
    this.#pulledFrom = after;
    this.#request = request.id;
    this.#enter('replaying');
  }

  #pulled(frame) {
    if (!this.owns(frame)) return;
    this.#request = null;
    this.#attempt = 0;
    if (frame.epoch !== this.#position.epoch) {
      this.#join();
      return;
    }
    const [first] = frame.messages;
    const follows = frame.recovered && (first === undefined || first.seq <= this.#position.seq + 1);
    if (follows) this.#accept(frame.messages);
    else this.#skip(frame);
    const stuck = this.#position.seq === this.#pulledFrom;
    if (!frame.more && (!this.#behind || stuck)) {
      // The server says that this is all: what a push announced beyond it comes with the next push.
      this.#head = this.#position.seq;
      this.#enter('live');
    } else if (stuck) this.#later(() => this.#pull());
    else this.#pull();
  }

  /** The log no longer has what follows the position: go on behind the hole and say so. */
  #skip({ epoch, seq, messages }) {
    const { seq: after } = this.#position;
    this.#position = { epoch, seq };
    this.#emit({ type: 'gap', after });
    this.#emit({ type: 'messages', epoch, messages });
  }

  #pushed(frame) {
    if (this.#class === 'ephemeral') {
      if (this.joined) this.#emit({ type: 'messages', epoch: frame.epoch, messages: frame.messages });
      return;
    }
    if (!this.joined) return;
    if (frame.epoch !== this.#position.epoch) {
      // The numbering began anew. The join will say `recovered: false`, and we will say `gap`.
      this.#join();
      return;
    }
    if (this.#class === 'latest') this.#replace(frame.messages);
    else this.#append(frame.messages);
  }

  #replace(messages) {
    const newest = messages.at(-1);
    if (!newest || newest.seq <= this.#position.seq) return;
    this.#position = { ...this.#position, seq: newest.seq };
    this.#emit({ type: 'messages', epoch: this.#position.epoch, messages: [newest] });
  }

  #append(messages) {
    this.#head = Math.max(this.#head, messages.at(-1)?.seq ?? 0);
    this.#accept(messages);
    if (this.#behind && this.#request === null) this.#pull();
  }

  /** Takes what follows the position without a hole; drops what was there already and what lies behind a hole. */
  #accept(messages) {
    const next = [];
    let seq = this.#position.seq;
    for (const message of messages) {
      if (message.seq === seq + 1) {
        next.push(message);
        seq++;
      } else if (message.seq > seq + 1) break;
    }
    if (next.length === 0) return;
    this.#position = { epoch: this.#position.epoch, seq };
    this.#emit({ type: 'messages', epoch: this.#position.epoch, messages: next });
  }

  #putOut(frame) {
    if (frame.id !== undefined || this.#state === 'left') return;
    this.#request = null;
    if (frame.rejoin) {
      this.#enter('waiting');
      this.#later(() => this.#join());
    } else this.#enter('refused', { code: frame.code, name: 'removed', message: 'You were removed from this room.' });
  }

  #failed(error) {
    if (!this.owns(error)) return;
    this.#request = null;
    const repeat = this.#state === 'replaying' ? () => this.#pull() : () => this.#join();
    if (error.retryable) this.#later(repeat, error.retryAfterMs);
    else this.#enter('refused', error);
  }

  #later(f, floorMs = 0) {
    this.#again.set(backoff(this.#attempt++, RETRY_WINDOW, this.#options.random.fraction(), floorMs), f);
  }
}
