import { publishId } from './id.js';

/**
 * Publishes in the journal whose author is no longer signed in in this browser: the sign-in ran out, or was ended
 * elsewhere, before they were sent. They wait for whoever is signed in now, who sends them in their own name, copies or
 * throws them away; nobody's name is used without them. Sealed ones wait for their author: the ciphertext is bound to the
 * sender, so in another name nobody could open it.
 *
 * @typedef {{user: string, name: string, entries: import('./journal.js').Entry[]}} Author
 */
export class Orphans {
  #journal;
  #tabs;
  #clock;
  #random;

  /**
   * @param {object} options
   * @param {import('./journal.js').IndexedDbJournal} options.journal
   * @param {import('./tabs.js').Tabs | null} options.tabs
   * @param {import('./clock.js').Clock} options.clock
   * @param {import('./clock.js').Random} options.random
   */
  constructor({ journal, tabs, clock, random }) {
    this.#journal = journal;
    this.#tabs = tabs;
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * @param {string} user who is signed in
   * @returns {Promise<Author[]>} who else left something, whoever wrote first comes first
   */
  async of(user) {
    const authors = new Map();
    for (const entry of (await this.#journal.others(user)).filter(clear)) {
      const author = authors.get(entry.user) ?? { user: entry.user, name: entry.name, entries: [] };
      author.entries.push(entry);
      authors.set(entry.user, author);
    }
    return [...authors.values()];
  }

  /**
   * Makes everything of an author somebody else's, in its order. The server knows a publish by its sender and id, so
   * what is sent in another name is another message and gets another id.
   *
   * @param {string} author the id
   * @param {{id: string, name: string}} user
   */
  async give(author, user) {
    const change = (entry) => ({
      ...entry,
      user: user.id,
      name: user.name,
      id: publishId(this.#clock, this.#random),
      time: this.#clock.now(),
      error: null,
    });
    this.#gone(author, await this.#journal.replace(author, clear, change));
  }

  /** @param {string} author the id */
  async discard(author) {
    this.#gone(author, await this.#journal.clear(author, clear));
  }

  /** A tab in which the author is still signed in has them too. */
  #gone(user, entries) {
    for (const { id } of entries) this.#tabs?.tell({ type: 'happened', user, event: { type: 'discarded', id } });
  }
}

const clear = ({ kind }) => kind !== 'sealed';
