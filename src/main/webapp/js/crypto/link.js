import { fromBase64url, toBase64url } from './bytes.js';
import { SECRET_BYTES } from './room-key.js';

/**
 * The link that opens a room: its secret and its name stand in the fragment, which browsers send to no server.
 *
 * @param {string} application the page's address without a fragment
 * @param {Uint8Array} secret
 */
export const inviteLink = (application, room, secret) => `${application}#k=${toBase64url(secret)}&room=${encodeURIComponent(room)}`;

/**
 * @param {string} link or only its fragment
 * @returns {{room: string, secret: Uint8Array} | null} null if it is no such link, or a damaged one
 */
export function readLink(link) {
  const parts = new URLSearchParams(link.slice(link.indexOf('#') + 1));
  const [room, secret] = [parts.get('room'), fromBase64url(parts.get('k'))];
  return room && secret?.length === SECRET_BYTES ? { room, secret } : null;
}
