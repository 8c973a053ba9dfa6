import { hasSecret, readLink } from '../crypto/link.js';

/** @returns {string | null} the room that the address names after the `#` */
export function addressedRoom() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    // Not a name of ours: somebody shortened the address in the middle of an escaped letter.
    return null;
  }
}

/** Shows the open room in the address, for a reload or a bookmark. */
export function showRoom(room) {
  history.replaceState(null, '', room === null ? location.pathname : `#${encodeURIComponent(room)}`);
}

/**
 * Takes an invitation's secret out of the address, so that it is in no bookmark, screenshot or copied address.
 *
 * @returns {{room: string, secret: Uint8Array} | 'damaged' | null} null if there was none
 */
export function takeLink() {
  if (!hasSecret(location.hash)) return null;
  const link = readLink(location.hash);
  showRoom(link?.room ?? null);
  return link ?? 'damaged';
}
