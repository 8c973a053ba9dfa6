import { Orphans } from './orphans.js';
import { Outbox } from './outbox.js';

/** Ids of what ended last, here or in another tab: more than end while the journal is read. */
const GONE_KEPT = 1000;

/**
 * An outbox that outlives the page and that all tabs share. Every tab has all entries; for each room one tab at a time
 * has the turn to send, and only while it is joined, so a tab without a connection stops nobody.
 *
 *     publish ──► journal ──► own lane ──► other tabs' lanes        turn of the room ──► send ──ack──► out of the journal
 *                                                                                                 └──► out of all lanes
 */
export class SharedOutbox {
  #outbox;
  #journal;
  #orphans;
  #tabs;
  #emit;
  #user = null;
  #userIsKnown;
  #userKnown = new Promise((resolve) => (this.#userIsKnown = resolve));
  #turns = new Map();
  #gone = new Set();

  /**
   * @param {object} options those of `Outbox`, and
   * @param {import('./journal.js').IndexedDbJournal | null} options.journal null: what is not sent ends with the page
   * @param {import('./tabs.js').Tabs | null} options.tabs
   */
  constructor({ journal, tabs, emit, ...options }) {
    this.#outbox = new Outbox({ ...options, emit: (event) => this.#happened(event) });
    this.#journal = journal;
    this.#orphans = journal && new Orphans({ journal, tabs, clock: options.clock, random: options.random });
    this.#tabs = tabs;
    this.#emit = emit;
    if (tabs) tabs.onMessage = (message) => this.#told(message);
  }

  set limits(limits) {
    this.#outbox.limits = limits;
  }

  /**
   * Whose publishes these are from now on. What this user wrote earlier and in other tabs comes back.
   *
   * @param {{id: string, name: string}} user
   */
  async begin(user) {
    const before = this.#user;
    this.#user = user;
    if (before?.id === user.id) return;
    this.#userIsKnown();
    if (before !== null) this.#outbox.disown();
    await this.#synchronise();
    await this.#findOrphans();
  }

  /**
   * @returns {Promise<string>} the id, once the entry outlives the page: not before it is known whose it is
   * @throws {DOMException} it could not be stored; nothing will be sent
   */
  async publish(room, kind, body, expect, id) {
    const entry = this.#outbox.compose(room, kind, body, expect, id);
    if (this.#journal) {
      await this.#userKnown;
      const { id: user, name } = this.#user;
      entry.order = await this.#journal.add({ ...entry, user, name });
      this.#tell({ type: 'added', entry });
    }
    this.#outbox.take(entry);
    return entry.id;
  }

  /** Sends again what failed. What may have been stored long ago gets a new id: the old one protects no longer. */
  async retry(id) {
    const late = this.#outbox.tooLate(id);
    if (!late) {
      this.#outbox.retry(id);
      return;
    }
    await this.publish(late.room, late.kind, late.body, late.expect);
    this.#outbox.discard(id);
  }

  discard(id) {
    this.#outbox.discard(id);
  }

  /** Whoever signs out takes what was not sent along. */
  async clear() {
    if (this.#user) await this.#journal?.clear(this.#user.id);
  }

  /** Sends what somebody else left here in the name of this user. */
  async adopt(author) {
    await this.#orphans.give(author, this.#user);
    await this.#journalChanged();
  }

  async discardOrphans(author) {
    await this.#orphans.discard(author);
    await this.#journalChanged();
  }

  /** Otherwise than by a publish, which is told by itself. */
  async #journalChanged() {
    this.#tell({ type: 'journal-changed' });
    await this.#synchronise();
    await this.#findOrphans();
  }

  async #findOrphans() {
    if (!this.#orphans) return;
    try {
      this.#emit({ type: 'orphans', authors: await this.#orphans.of(this.#user.id) });
    } catch (error) {
      this.#unstored(error);
    }
  }

  /** Gives everything back to the other tabs. */
  end() {
    for (const release of this.#turns.values()) release();
    this.#turns.clear();
    this.#tabs?.close();
  }

  open(room) {
    if (!this.#tabs) this.#outbox.open(room);
    else if (!this.#turns.has(room)) this.#turns.set(room, this.#tabs.take(room, () => this.#begins(room)));
  }

  close(room) {
    this.#turns.get(room)?.();
    this.#turns.delete(room);
    this.#outbox.close(room);
  }

  disconnected(code) {
    this.#outbox.disconnected(code);
    for (const room of [...this.#turns.keys()]) this.close(room);
  }

  owns(frame) {
    return this.#outbox.owns(frame);
  }

  receive(frame) {
    this.#outbox.receive(frame);
  }

  /** Our turn. A tab that was frozen has not heard what the others did meanwhile, so the journal comes first. */
  async #begins(room) {
    await this.#synchronise();
    if (this.#turns.has(room)) this.#outbox.open(room);
  }

  async #synchronise() {
    if (!this.#journal || this.#user === null) return;
    const known = this.#outbox.ids;
    let entries;
    try {
      entries = await this.#journal.entries(this.#user.id);
    } catch (error) {
      this.#unstored(error);
      return;
    }
    const stored = new Set(entries.map(({ id }) => id));
    for (const entry of entries) if (!this.#gone.has(entry.id)) this.#outbox.restore(entry);
    for (const id of known) if (!stored.has(id)) this.#applied({ type: 'discarded', id });
  }

  #unstored(error) {
    this.#emit({ type: 'warning', error: { name: 'storage', message: error.message } });
  }

  #happened(event) {
    this.#note(event);
    this.#record(event);
    if (event.type !== 'sending' && event.type !== 'restored') this.#tell({ type: 'happened', event });
    this.#emit(event);
  }

  /** An entry may come out of the journal after it is sent, by this tab or another: the reading began before. */
  #note({ type, id }) {
    if (type !== 'sent' && type !== 'discarded') return;
    this.#gone.add(id);
    if (this.#gone.size > GONE_KEPT) this.#gone.delete(this.#gone.values().next().value);
  }

  #record({ type, id, error }) {
    if (!this.#journal) return;
    const changes = {
      sent: () => this.#journal.remove(id),
      discarded: () => this.#journal.remove(id),
      failed: () => this.#journal.change(id, { error, user: this.#user.id, name: this.#user.name }),
      resending: () => this.#journal.change(id, { error: null }),
    };
    changes[type]?.().catch((reason) => this.#unstored(reason));
  }

  #tell(message) {
    this.#tabs?.tell({ ...message, user: this.#user?.id ?? null });
  }

  #told({ type, user, entry, event }) {
    if (user !== this.#user?.id) return;
    if (type === 'added') this.#outbox.take(entry);
    else if (type === 'journal-changed') this.#synchronise().then(() => this.#findOrphans());
    else {
      this.#note(event);
      this.#applied(event);
    }
  }

  #applied(event) {
    const entry = this.#outbox.apply(event);
    if (entry) this.#emit({ ...event, room: entry.room });
  }
}
