import { fields, fromBase64url, randomBytes, toBase64url, u32, utf8 } from './bytes.js';
import { SECRET_BYTES } from './room-key.js';
import { Unreadable } from './unreadable.js';

/** OWASP's number for PBKDF2 with HMAC-SHA-256 (Password Storage, 2023); the least that an import takes. */
export const ROUNDS = 600_000;
/** A file that asks for more is meant to keep the browser busy. */
const MOST_ROUNDS = 10_000_000;
export const SHORTEST_PASSPHRASE = 10;
const FORMAT = 'parley-room-keys-1';
const KDF = 'PBKDF2-HMAC-SHA-256';
const CIPHER = 'A256GCM';
const SALT_BYTES = 16;
const NONCE_BYTES = 12;

/**
 * Room secrets for another device, behind a passphrase. The parameters stand in the file and are authenticated.
 *
 * @param {{room: string, secret: Uint8Array}[]} keys
 * @param {string} passphrase its Unicode form NFKC counts
 * @returns {Promise<string>} JSON
 */
export async function exportKeys(keys, passphrase) {
  return sealKeys(keys, passphrase, randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES));
}

/** `exportKeys` with a salt and a nonce that are not chosen here; for test vectors. */
export async function sealKeys(keys, passphrase, salt, nonce) {
  const plain = utf8(JSON.stringify(keys.map(({ room, secret }) => ({ room, secret: toBase64url(secret) }))));
  const key = await stretched(passphrase, salt, ROUNDS, 'encrypt');
  const ct = await crypto.subtle.encrypt(gcm(salt, ROUNDS, nonce), key, plain);
  const parameters = { format: FORMAT, kdf: KDF, rounds: ROUNDS, salt: toBase64url(salt), cipher: CIPHER, nonce: toBase64url(nonce) };
  return JSON.stringify({ ...parameters, ct: toBase64url(new Uint8Array(ct)) }, null, 2);
}

/**
 * @param {string} file that `exportKeys` made
 * @returns {Promise<{room: string, secret: Uint8Array}[]>}
 * @throws {Unreadable} it is no such file, was altered, or the passphrase is another one
 */
export async function importKeys(file, passphrase) {
  const { salt, rounds, nonce, ct } = parse(file);
  const key = await stretched(passphrase, salt, rounds, 'decrypt');
  let plain;
  try {
    plain = await crypto.subtle.decrypt(gcm(salt, rounds, nonce), key, ct);
  } catch (error) {
    if (error.name !== 'OperationError') throw error;
    throw new Unreadable('unverified');
  }
  return listed(JSON.parse(new TextDecoder().decode(plain)));
}

function parse(file) {
  let read;
  try {
    read = JSON.parse(file);
  } catch {
    throw new Unreadable('unverified');
  }
  const [salt, nonce, ct] = [read?.salt, read?.nonce, read?.ct].map(fromBase64url);
  const { rounds } = read ?? {};
  const named = read?.format === FORMAT && read.kdf === KDF && read.cipher === CIPHER;
  const whole = salt?.length === SALT_BYTES && nonce?.length === NONCE_BYTES && ct !== null;
  if (!named || !whole || !Number.isInteger(rounds) || rounds < ROUNDS || rounds > MOST_ROUNDS) throw new Unreadable('unverified');
  return { salt, rounds, nonce, ct };
}

function listed(entries) {
  const keys = entries.map(({ room, secret }) => ({ room, secret: fromBase64url(secret) }));
  const whole = keys.every(({ room, secret }) => typeof room === 'string' && secret?.length === SECRET_BYTES);
  if (!whole) throw new Unreadable('unverified');
  return keys;
}

async function stretched(passphrase, salt, iterations, usage) {
  const material = await crypto.subtle.importKey('raw', utf8(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(pbkdf2, material, { name: 'AES-GCM', length: 256 }, false, [usage]);
}

const gcm = (salt, rounds, nonce) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: fields(FORMAT, KDF, u32(rounds), salt, CIPHER),
});
