import { IndexedDbJournal } from '../client/journal.js';
import { Parley } from '../client/parley.js';
import { Tabs } from '../client/tabs.js';
import { early } from '../first.js';

/**
 * What one application keeps in this browser has its path in the name and not only the origin: two applications of one
 * server are two.
 *
 * @param {URL} url of the application
 */
export const storageName = (url) => `parley ${url.pathname}`;

/** @returns {Tabs | null} null: this browser keeps its tabs apart */
export const tabsOf = (name) => (globalThis.BroadcastChannel ? new Tabs(name, { BroadcastChannel, locks: navigator.locks }) : null);

/** A client with what this browser has: what is not sent is kept, tabs know of each other, the first connection is begun. */
export function newClient(url) {
  const name = storageName(url);
  return new Parley({
    url,
    fetch: early.fetch,
    WebSocket: early.WebSocket,
    journal: globalThis.indexedDB ? new IndexedDbJournal(indexedDB, name) : null,
    tabs: tabsOf(name),
  });
}
