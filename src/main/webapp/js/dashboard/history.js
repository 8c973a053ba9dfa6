/** Five minutes of a snapshot a second. */
export const SIZE = 300;

/**
 * The newest snapshots of one node, in a ring of fixed size: a page that is open for a day holds no more than one that
 * is open for five minutes.
 */
export class History {
  #ring;
  #next = 0;
  #length = 0;

  constructor(size = SIZE) {
    this.#ring = new Array(size);
  }

  /** Takes a snapshot; one that is no newer than the newest comes again after a reconnect and is left out. */
  add(snapshot) {
    if (this.newest !== undefined && snapshot.time <= this.newest.time) return;
    this.#ring[this.#next] = snapshot;
    this.#next = (this.#next + 1) % this.#ring.length;
    this.#length = Math.min(this.#length + 1, this.#ring.length);
  }

  get length() {
    return this.#length;
  }

  /** @returns the i-th of those there are, 0 the oldest */
  at(i) {
    return this.#ring[(this.#next - this.#length + i + this.#ring.length) % this.#ring.length];
  }

  get newest() {
    return this.#length === 0 ? undefined : this.at(this.#length - 1);
  }

  /** @returns {number[]} milliseconds since 1970, oldest first */
  times() {
    return this.#map((snapshot) => snapshot.time);
  }

  /** @returns {(number | null)[]} what each snapshot says, null where it says nothing */
  values(field) {
    return this.#map((snapshot) => snapshot[field] ?? null);
  }

  /** @returns {(number | null)[]} by how much a counter rose from snapshot to snapshot; null where the server began anew */
  increases(field) {
    return this.#map((snapshot, before) => (begins(snapshot, before) ? null : snapshot[field] - before[field]));
  }

  /** @returns {(number | null)[]} the same for each second */
  rates(field) {
    return this.#map((snapshot, before) =>
      begins(snapshot, before) ? null : ((snapshot[field] - before[field]) * 1000) / (snapshot.time - before.time),
    );
  }

  #map(f) {
    return Array.from({ length: this.#length }, (_, i) => f(this.at(i), i === 0 ? undefined : this.at(i - 1)));
  }
}

/** Counters start at nothing with the server. */
const begins = (snapshot, before) => before === undefined || snapshot.uptimeMs < before.uptimeMs;
