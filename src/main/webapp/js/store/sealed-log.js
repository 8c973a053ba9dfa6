import { react } from './items.js';
import { Streams } from '../crypto/streams.js';

/** A page that stays open for weeks forgets the oldest: more than the rows that `bounded` keeps of a room. */
const KEPT = 20_000;
const EMOJI_LENGTH = 64;

/** What is about another message, which it names by seq, stream and counter: the server numbers, but does not choose. */
const ABOUT_OTHERS = {
  edit: (item, { time, body: { target, ...body } }) => ({ ...item, body, edited: time }),
  delete: (item, { time }) => ({ ...item, body: {}, deleted: time, reactions: [] }),
  react: (item, { from, body }) => ({ ...item, reactions: react(item.reactions ?? [], from, body) }),
};

/**
 * What was opened of a sealed room's log, and what each root message became: the folding that the server does elsewhere.
 * In a sealed room every entry is a root message for the server.
 */
export class SealedLog {
  #epoch = null;
  #entries = new Map();
  #changes = new Map();
  #streams = new Streams();

  /** The numbering that entries from now on belong to. */
  begin(epoch) {
    if (this.#epoch !== epoch) {
      this.#entries.clear();
      this.#changes.clear();
      this.#streams = new Streams();
    }
    this.#epoch = epoch;
  }

  /**
   * @param {import('../crypto/opener.js').Opener} opener
   * @param {string} place
   * @param {object} message as the server has it
   * @returns {Promise<object>} for `add`
   */
  async opened(opener, place, message) {
    const { seq, n, time, id, from, name, guest, kind, body } = message;
    const claims = { seq, n, time, id, from, name, guest };
    if (kind !== 'sealed') return { ...claims, unreadable: 'clear' };
    try {
      const content = await opener.open(place, from, body);
      return wellFormed(content) ? { ...claims, ...content } : { ...claims, unreadable: 'unverified' };
    } catch (error) {
      if (error.name !== 'Unreadable') throw error;
      return { ...claims, unreadable: error.why };
    }
  }

  /**
   * @param {object[]} entries that `opened` gave; those that are there already are left out
   * @returns {number[]} the seqs of other messages that look different now
   */
  add(entries) {
    const added = new Set();
    const touched = new Set();
    for (const entry of entries) {
      if (this.#entries.has(entry.seq)) continue;
      this.#entries.set(entry.seq, entry);
      added.add(entry.seq);
      if (!entry.unreadable) this.#streams.take({ sender: entry.from, stream: entry.stream, ctr: entry.ctr, seq: entry.seq });
      if (changes(entry)) this.#changed(entry);
    }
    for (const seq of [...this.#streams.settle(), ...added]) {
      touched.add(seq);
      const entry = this.#entries.get(seq);
      if (entry && changes(entry)) touched.add(entry.body.target.seq);
      for (const change of this.#changes.get(seq) ?? []) touched.add(change);
    }
    this.#forget();
    return [...touched].filter((seq) => !added.has(seq) && this.#entries.has(seq));
  }

  #changed({ seq, body }) {
    const known = this.#changes.get(body.target.seq) ?? [];
    this.#changes.set(body.target.seq, [...known, seq].sort((a, b) => a - b));
  }

  #forget() {
    if (this.#entries.size <= KEPT * 1.25) return;
    const oldest = [...this.#entries.keys()].sort((a, b) => a - b).slice(0, this.#entries.size - KEPT);
    for (const seq of oldest) this.#entries.delete(seq);
  }

  /** @returns {{seq: number, stream: string, ctr: number} | null} how another message names this one */
  reference(seq) {
    const entry = this.#entries.get(seq);
    return entry && !entry.unreadable ? { seq, stream: entry.stream, ctr: entry.ctr } : null;
  }

  /** @returns {number[]} seqs, newest first */
  get newestFirst() {
    return [...this.#entries.keys()].sort((a, b) => b - a);
  }

  /**
   * @param {number} seq of a known message
   * @returns {object} a folded message as the store takes it; `unreadable` says why there is nothing to show, `missing`
   *   how many of the same sender should stand before it
   */
  shown(seq) {
    const { stream, ctr, ...entry } = this.#entries.get(seq);
    if (entry.unreadable) return hidden(entry, entry.unreadable);
    const { accepted, previous, missing } = this.#verdict(seq);
    if (!accepted || this.#misplaced(entry)) return hidden(entry, 'unverified');
    // It changes another row and has none of its own.
    if (changes(entry)) return { ...entry, body: { target: 0 } };
    const folded = this.#folded(entry);
    return missing > 0 && this.#hasAll(previous, seq) ? { ...folded, missing } : folded;
  }

  #verdict(seq) {
    const { from, stream } = this.#entries.get(seq);
    return this.#streams.verdict({ sender: from, stream, seq });
  }

  /** Whether it names another message than stands there, or does what only the author may do. */
  #misplaced(entry) {
    if (!changes(entry)) return false;
    const target = this.#entries.get(entry.body.target.seq);
    return target !== undefined && !this.#applies(entry, target);
  }

  #applies({ kind, from, body: { target: named } }, target) {
    if (target.unreadable || changes(target) || !this.#verdict(target.seq).accepted) return false;
    return named.stream === target.stream && named.ctr === target.ctr && (kind === 'react' || from === target.from);
  }

  #folded(entry) {
    const target = this.#entries.get(entry.seq);
    let item = entry;
    for (const seq of this.#changes.get(entry.seq) ?? []) {
      const change = this.#entries.get(seq);
      if (!change || item.deleted || !this.#verdict(seq).accepted || !this.#applies(change, target)) continue;
      item = ABOUT_OTHERS[change.kind](item, change);
    }
    return item;
  }

  #hasAll(after, until) {
    for (let seq = until - 1; seq > after; seq--) if (!this.#entries.has(seq)) return false;
    return true;
  }
}

const changes = ({ kind }) => Object.hasOwn(ABOUT_OTHERS, kind ?? '');

const hidden = ({ seq, n, time, id, from, name, guest }, why) => ({
  ...{ seq, n, time, id, from, name, guest },
  kind: 'sealed',
  body: {},
  unreadable: why,
});

/** Whether a message about another one says so as it should. */
function wellFormed(content) {
  if (!changes(content)) return true;
  const { target, emoji } = content.body;
  const named = Number.isSafeInteger(target?.seq) && typeof target.stream === 'string' && Number.isInteger(target.ctr);
  return named && (content.kind !== 'react' || (typeof emoji === 'string' && emoji !== '' && emoji.length <= EMOJI_LENGTH));
}
