import { FileSource } from '../client/source.js';
import { FILE_ALG, FileKey, sealedSize } from '../crypto/file.js';
import { Unreadable } from '../crypto/unreadable.js';
import { isRaster } from '../store/picture.js';
import { SealedSink, SealedSource } from './sealed-source.js';

/** Whatever it is, it is for the disk: nothing that a page would run. */
const OPAQUE = 'application/octet-stream';

/** What is sent for a file: itself, or what its secret makes of it. */
export async function sourceOf(file, { secret }) {
  const plain = new FileSource(file);
  return secret === null ? plain : new SealedSource(plain, await FileKey.from(secret.key));
}

/**
 * A file for a sealed room: what the server is told of it, and what only its message will say.
 *
 * @param {string} room
 * @param {{name: string, type: string, size: number, image: object | null}} file
 */
export async function sealedOffer(room, { name, type, size, image }) {
  const { key } = await FileKey.fresh();
  return { begin: { room, size: sealedSize(size) }, secret: { alg: FILE_ALG, key, name, type, size, ...(image === null ? {} : { image }) } };
}

/**
 * Fetches a file of a sealed room and opens it.
 *
 * @param {import('../client/transfers.js').Transfers} transfers
 * @param {object} body of its message
 * @returns {Promise<Blob>}
 * @throws {Unreadable} it is not the file that its message speaks of
 * @throws {import('../client/transfers.js').TransferError}
 */
export async function opened(transfers, { file, alg, key, size, type }) {
  if (alg !== FILE_ALG) throw new Unreadable('newer');
  if (!Number.isSafeInteger(size) || size < 0) throw new Unreadable('unverified');
  const sink = new SealedSink(await FileKey.from(key), size);
  await transfers.fetch(file, (bytes) => sink.take(bytes));
  const blob = sink.blob(isRaster(type) ? type : OPAQUE);
  if (blob === null) throw new Unreadable('unverified');
  return blob;
}
