import { hasSecret, readLink } from '../crypto/link.js';

/** What the page's address has behind the `#`: the open room, or an invitation's secret. */
export const address = {
  /** @returns {string | null} */
  get room() {
    try {
      return decodeURIComponent(location.hash.slice(1)) || null;
    } catch {
      // Not a name of ours: somebody shortened the address in the middle of an escaped letter.
      return null;
    }
  },
  set room(name) {
    history.replaceState(null, '', name === null ? location.pathname : `#${encodeURIComponent(name)}`);
  },
};

/**
 * Takes an invitation's secret out of the address, so that it is in no bookmark, screenshot or copied address.
 *
 * @returns {{room: string, secret: Uint8Array} | 'damaged' | null} null if there was none
 */
export function takeLink() {
  if (!hasSecret(location.hash)) return null;
  const link = readLink(location.hash);
  address.room = link?.room ?? null;
  return link ?? 'damaged';
}
