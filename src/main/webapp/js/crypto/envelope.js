import { concat, fromBase64url, toBase64url, u64, utf8 } from './bytes.js';
import { pad, unpad } from './padding.js';
import { ALG, STREAM_BYTES } from './room-key.js';
import { Unreadable } from './unreadable.js';

/** One more than the greatest counter. A stream ends there: the key is old enough. */
export const COUNTERS = 2 ** 32;
const TAG_BYTES = 16;
const MEMBERS = 'alg,ct,ctr,keyId,stream';
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @typedef {{alg: string, keyId: string, stream: string, ctr: number, ct: string}} Envelope the body of a message of
 *   the kind `sealed`; bytes are base64url
 * @typedef {{kind: string, body: object}} Content
 */

/**
 * Seals one message. Whoever calls this twice with one key and one counter breaks both messages: see `Sealer`.
 *
 * @param {import('./room-key.js').RoomKey} roomKey
 * @param {CryptoKey} key `roomKey.messageKey(header, 'encrypt')`
 * @param {import('./room-key.js').Header} header
 * @param {number} ctr
 * @param {Content} content
 * @returns {Promise<Envelope>}
 * @throws {RangeError} the content is too large
 */
export async function seal(roomKey, key, header, ctr, content) {
  const plain = pad(utf8(JSON.stringify(content)));
  const ct = await crypto.subtle.encrypt(gcm(roomKey, header, ctr), key, plain);
  const { keyId } = roomKey;
  return { alg: ALG, keyId, stream: toBase64url(header.stream), ctr, ct: toBase64url(new Uint8Array(ct)) };
}

/**
 * Looks at an envelope before any key is derived.
 *
 * @param {unknown} body
 * @returns {{stream: Uint8Array, ctr: number, ct: Uint8Array}}
 * @throws {Unreadable}
 */
export function parse(roomKey, body) {
  if (typeof body?.alg === 'string' && body.alg !== ALG) throw new Unreadable('newer');
  if (typeof body?.keyId === 'string' && body.keyId !== roomKey.keyId) throw new Unreadable('other-key');
  const [stream, ct] = [fromBase64url(body?.stream), fromBase64url(body?.ct)];
  const { ctr } = body ?? {};
  const ours = body?.alg === ALG && body.keyId === roomKey.keyId && Object.keys(body).sort().join() === MEMBERS;
  const counts = Number.isInteger(ctr) && ctr >= 0 && ctr < COUNTERS;
  if (!ours || !counts || stream?.length !== STREAM_BYTES || !(ct?.length > TAG_BYTES)) throw new Unreadable('unverified');
  return { stream, ctr, ct };
}

/**
 * @param {import('./room-key.js').RoomKey} roomKey
 * @param {CryptoKey} key `roomKey.messageKey(header, 'decrypt')`
 * @returns {Promise<Content>}
 * @throws {Unreadable}
 */
export async function open(roomKey, key, header, ctr, ct) {
  let plain;
  try {
    plain = new Uint8Array(await crypto.subtle.decrypt(gcm(roomKey, header, ctr), key, ct));
  } catch (error) {
    if (error.name !== 'OperationError') throw error;
    throw new Unreadable('unverified');
  }
  return content(unpad(plain));
}

const gcm = (roomKey, header, ctr) => ({
  name: 'AES-GCM',
  iv: concat(new Uint8Array(4), u64(ctr)),
  additionalData: roomKey.associated(header, ctr),
});

function content(bytes) {
  let read;
  try {
    read = JSON.parse(decoder.decode(bytes));
  } catch {
    // Whoever has the link can seal what is no JSON.
    throw new Unreadable('unverified');
  }
  const isObject = typeof read?.body === 'object' && read.body !== null && !Array.isArray(read.body);
  if (typeof read?.kind !== 'string' || !isObject) throw new Unreadable('unverified');
  return { kind: read.kind, body: read.body };
}
