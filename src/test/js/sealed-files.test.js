import { sha256 } from '../js/client/digest.js';
import { FileSource } from '../js/client/source.js';
import { CHUNK_BYTES, FileKey, sealedSize } from '../js/crypto/file.js';
import { sealedOffer, sourceOf } from '../js/page/sealed-files.js';
import { SealedSink, SealedSource } from '../js/page/sealed-source.js';
import { bytes } from './file-fakes.js';
import { assert, test } from './runner.js';

const never = new AbortController().signal;
const SIZES = [0, 1, 100, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7];
const fresh = async () => (await FileKey.fresh()).fileKey;

async function sealed(content, key) {
  const source = new SealedSource(new FileSource(new Blob([content])), key);
  return source.read(0, source.size);
}

test('what is sealed in any pieces opens in any pieces', async () => {
  for (const size of SIZES) {
    const key = await fresh();
    const content = bytes(size, size);
    const source = new SealedSource(new FileSource(new Blob([content])), key);
    assert.equal(source.size, sealedSize(size));
    const sink = new SealedSink(key, size);
    for (let at = 0; at < source.size; at += 50_000) await sink.take(await source.read(at, Math.min(source.size, at + 50_000)));
    const blob = sink.blob('image/png');
    assert.equal([blob.type, blob.size], ['image/png', size]);
    const opened = new Uint8Array(await blob.arrayBuffer());
    assert.ok(opened.every((byte, i) => byte === content[i]));
  }
});

test('what is read again is the same, and the digest is of what is sent', async () => {
  const content = bytes(2 * CHUNK_BYTES + 5);
  const { begin, secret } = await sealedOffer('sealed.plans', { name: 'a.png', type: 'image/png', size: content.length, image: null });
  assert.equal(begin, { room: 'sealed.plans', size: sealedSize(content.length) });
  const first = await sourceOf(new Blob([content]), { secret });
  const later = await sourceOf(new Blob([content]), { secret });
  assert.equal(await sha256(first, never), await sha256(later, never));
  const other = await sourceOf(new Blob([bytes(content.length, 1)]), { secret });
  assert.ok((await sha256(other, never)) !== (await sha256(first, never)));
});

test('a file that is altered, cut off, prolonged, reordered or another one does not open', async () => {
  const key = await fresh();
  const size = 2 * CHUNK_BYTES + 100;
  const whole = await sealed(bytes(size), key);
  const chunk = CHUNK_BYTES + 16;
  const swapped = new Uint8Array([...whole.subarray(chunk, 2 * chunk), ...whole.subarray(0, chunk), ...whole.subarray(2 * chunk)]);
  for (const at of [0, chunk - 1, chunk, 2 * chunk + 50, whole.length - 1]) {
    const flipped = whole.slice();
    flipped[at] ^= 1;
    await assert.rejects(new SealedSink(key, size).take(flipped), 'Unreadable');
  }
  await assert.rejects(new SealedSink(key, size).take(swapped), 'Unreadable');
  await assert.rejects(new SealedSink(await fresh(), size).take(whole), 'Unreadable');
  await assert.rejects(new SealedSink(key, 2 * CHUNK_BYTES).take(whole.subarray(0, 2 * chunk)), 'Unreadable');
  const short = new SealedSink(key, size);
  await short.take(whole.subarray(0, whole.length - 1));
  assert.equal(short.blob(''), null);
  const long = new SealedSink(key, size);
  await long.take(new Uint8Array([...whole, 0]));
  assert.equal(long.blob(''), null);
});
