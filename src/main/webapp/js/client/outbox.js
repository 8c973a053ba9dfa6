import { backoff } from './backoff.js';
import { Timer } from './clock.js';
import { publishId } from './id.js';
import { refusesPayload } from './policy.js';

const RETRY_WINDOW = Object.freeze({ minMs: 500, maxMs: 20_000 });
/** Until `welcome` has told. */
const DEFAULT_LIMITS = Object.freeze({ messageBytes: 256 * 1024, dedupeMs: 24 * 3600 * 1000 });
/** The server's clock and ours, and the way there: what is this close to the end of the time is not sent again. */
const MARGIN_MS = 60_000;

/**
 * Publishes that have no ack yet. Each has its id for life, so the server stores it once however often it is sent. A
 * room has one of them in flight, so what somebody wrote first comes first, even when a connection breaks in between.
 *
 *     queued ──room open──► in flight ──ack──► gone        in flight ──connection lost──► queued, same id
 *                              │──error, retryable──► queued, waits        ──error──► failed ──retry──► queued
 */
export class Outbox {
  #options;
  #limits = DEFAULT_LIMITS;
  #lanes = new Map();
  #failed = new Map();

  /**
   * @param {object} options
   * @param {(frame: object) => boolean} options.send
   * @param {(event: object) => void} options.emit
   * @param {import('./clock.js').Clock} options.clock
   * @param {import('./clock.js').Random} options.random
   */
  constructor(options) {
    this.#options = options;
  }

  /** @param {{messageBytes: number, dedupeMs: number}} limits of `welcome` */
  set limits(limits) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** How many publishes of a room have no answer yet. */
  waiting(room) {
    return this.#lanes.get(room)?.entries.length ?? 0;
  }

  /** Ids of all publishes, those that failed included. */
  get ids() {
    return [...this.#lanes.values()].flatMap(({ entries }) => entries.map(({ id }) => id)).concat(...this.#failed.keys());
  }

  /**
   * Makes a publish that `take` will queue.
   *
   * @param {string} room
   * @param {string} kind
   * @param {object} body
   * @param {number} [expect] in a `latest` room: the seq that the value must still have
   * @param {string} [given] the id, if somebody else made it
   * @returns {object} its `id` is that of the message to be
   */
  compose(room, kind, body, expect, given) {
    const { clock, random } = this.#options;
    return { id: given ?? publishId(clock, random), room, kind, body, expect, time: clock.now() };
  }

  /** Queues a publish, in the order of `order` if it has one. */
  take(entry) {
    if (this.#knows(entry.id)) return;
    const { room, id, kind, body, time } = entry;
    this.#options.emit({ type: 'sending', room, id, kind, body, time });
    this.#queue({ firstSent: null, attempt: 0, ...entry });
  }

  /** Takes a publish of an earlier life of this page or of another tab. Whether it was sent then is not known. */
  restore(entry) {
    if (this.#knows(entry.id)) return;
    const { room, id, kind, body, time, error } = entry;
    const restored = { ...entry, firstSent: time, attempt: 0 };
    this.#options.emit({ type: 'restored', room, id, kind, body, time, error });
    if (error) this.#failed.set(id, restored);
    else this.#queue(restored);
  }

  /**
   * Something happened to a publish in another tab.
   *
   * @returns {object | undefined} the publish, if it was known here
   */
  apply({ type, id, error }) {
    const entry = this.#failed.get(id) ?? this.#take(id);
    if (!entry) return undefined;
    this.#failed.delete(id);
    if (type === 'failed') this.#failed.set(id, { ...entry, error });
    else if (type !== 'sent' && type !== 'discarded') this.#queue(entry);
    return entry;
  }

  #knows(id) {
    return this.#failed.has(id) || [...this.#lanes.values()].some(({ entries }) => entries.some((each) => each.id === id));
  }

  /** Takes a publish out of its lane, whether it is in flight or not. */
  #take(id) {
    for (const lane of this.#lanes.values()) {
      const at = lane.entries.findIndex((each) => each.id === id);
      if (at < 0) continue;
      if (at === 0) lane.inFlight = false;
      return lane.entries.splice(at, 1)[0];
    }
    return undefined;
  }

  /** @returns {object | null} the failed publish, if it is too late to send it again with its id */
  tooLate(id) {
    const entry = this.#failed.get(id);
    return entry && this.#expired(entry) ? entry : null;
  }

  /** Sends again what failed. */
  retry(id) {
    const entry = this.#failed.get(id);
    if (!entry) return;
    this.#failed.delete(id);
    this.#options.emit({ type: 'resending', room: entry.room, id });
    this.#queue({ ...entry, attempt: 0 });
  }

  discard(id) {
    const entry = this.#failed.get(id);
    if (!entry) return;
    this.#failed.delete(id);
    this.#options.emit({ type: 'discarded', room: entry.room, id });
  }

  /** The subscription is there: what waits for this room may go. */
  open(room) {
    const lane = this.#lane(room);
    lane.open = true;
    this.#pump(lane);
  }

  /** No subscription for now. What was in flight is in doubt and goes again, first, with the same id. */
  close(room) {
    const lane = this.#lanes.get(room);
    if (!lane) return;
    lane.open = false;
    lane.inFlight = false;
    lane.waits = false;
    lane.timer.clear();
  }

  /** @param {number} code of the close: some say that what we sent can never be taken */
  disconnected(code) {
    for (const lane of this.#lanes.values()) {
      if (lane.inFlight && refusesPayload(code)) {
        this.#fail(lane, refusal('refused', 'The server cannot take this message.'));
      }
      this.close(lane.room);
    }
  }

  /** Somebody else is signed in now: what waits is not theirs to send, unless they say so. */
  disown() {
    for (const { room, id, error } of this.#failed.values()) this.#options.emit({ type: 'failed', room, id, error });
    for (const lane of this.#lanes.values()) {
      while (lane.entries.length > 0) this.#fail(lane, refusal('not-yours', 'Somebody else was signed in when it was written.'));
    }
  }

  /** @returns {boolean} whether the frame answers a publish */
  owns(frame) {
    return frame.id !== undefined && this.#laneOf(frame.id) !== undefined;
  }

  receive(frame) {
    const lane = this.#laneOf(frame.id);
    if (frame.type === 'ack') this.#acknowledged(lane, frame);
    else if (frame.retryable) this.#postpone(lane, frame);
    else this.#fail(lane, frame);
    this.#pump(lane);
  }

  #lane(room) {
    let lane = this.#lanes.get(room);
    if (!lane) {
      lane = { room, entries: [], open: false, inFlight: false, waits: false, timer: new Timer(this.#options.clock) };
      this.#lanes.set(room, lane);
    }
    return lane;
  }

  #laneOf(id) {
    for (const lane of this.#lanes.values()) if (lane.inFlight && lane.entries[0]?.id === id) return lane;
    return undefined;
  }

  #queue(entry) {
    const lane = this.#lane(entry.room);
    // What another tab wrote earlier may be told later; but nothing goes in front of what is on its way.
    const later = lane.entries.findIndex((each, i) => each.order > entry.order && !(i === 0 && lane.inFlight));
    lane.entries.splice(later < 0 ? lane.entries.length : later, 0, entry);
    this.#pump(lane);
  }

  #pump(lane) {
    while (lane.open && !lane.inFlight && !lane.waits && lane.entries.length > 0) {
      const [entry] = lane.entries;
      const frame = publishFrame(entry);
      if (this.#expired(entry)) {
        this.#fail(lane, refusal('expired', 'It is not known whether this message arrived, and it is too late to ask.'));
      } else if (byteLength(frame) > this.#limits.messageBytes) {
        this.#fail(lane, refusal('too-large', 'The message is too long.'));
      } else if (this.#options.send(frame)) {
        entry.firstSent ??= this.#options.clock.now();
        lane.inFlight = true;
      } else return;
    }
  }

  #expired(entry) {
    if (entry.firstSent === null) return false;
    return this.#options.clock.now() - entry.firstSent > this.#limits.dedupeMs - MARGIN_MS;
  }

  #acknowledged(lane, ack) {
    lane.inFlight = false;
    lane.entries.shift();
    const { id, epoch, seq, time, duplicate } = ack;
    this.#options.emit({ type: 'sent', room: lane.room, id, epoch, seq, time, duplicate });
  }

  #postpone(lane, error) {
    const [entry] = lane.entries;
    lane.inFlight = false;
    lane.waits = true;
    const ms = backoff(entry.attempt++, RETRY_WINDOW, this.#options.random.fraction(), error.retryAfterMs);
    lane.timer.set(ms, () => {
      lane.waits = false;
      this.#pump(lane);
    });
    this.#options.emit({ type: 'delayed', room: lane.room, id: entry.id, error });
  }

  #fail(lane, error) {
    const entry = lane.entries.shift();
    lane.inFlight = false;
    this.#failed.set(entry.id, { ...entry, error });
    this.#options.emit({ type: 'failed', room: lane.room, id: entry.id, error });
  }
}

function publishFrame({ id, room, kind, body, expect }) {
  const frame = { type: 'publish', id, room, kind, body };
  if (expect !== undefined) frame.expect = expect;
  return frame;
}

function byteLength(frame) {
  return new TextEncoder().encode(JSON.stringify(frame)).length;
}

function refusal(name, message) {
  return { type: 'error', name, message, retryable: false };
}
