import { fromBase64url, toBase64url } from '../js/crypto/bytes.js';
import { open, seal } from '../js/crypto/envelope.js';
import { chunks, CHUNK_BYTES, FileKey, sealedSize } from '../js/crypto/file.js';
import { importKeys, sealKeys } from '../js/crypto/key-export.js';
import { KeyRing } from '../js/crypto/key-ring.js';
import { inviteLink, readLink } from '../js/crypto/link.js';
import { Opener } from '../js/crypto/opener.js';
import { MOST, pad, unpad } from '../js/crypto/padding.js';
import { newSecret, RoomKey } from '../js/crypto/room-key.js';
import { Sealer } from '../js/crypto/sealer.js';
import { hasSecret } from '../js/page/address.js';
import { assert, test } from './runner.js';

const vectors = await (await fetch(new URL('../doc/e2ee-vectors.json', import.meta.url))).json();
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const digest = async (bytes) => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
const pattern = (size) => Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255);
const text = (value) => ({ kind: 'text', body: { text: value } });

for (const { name, room, secret, place, sender, content, aad, padded, envelope } of vectors.messages) {
  test(`vector: ${name}`, async () => {
    const roomKey = await RoomKey.from(room, fromBase64url(secret));
    const header = { place, sender, stream: fromBase64url(envelope.stream) };
    const { stream, ctr, ...opened } = await new Opener(roomKey).open(place, sender, envelope);
    assert.equal(JSON.stringify(opened), content);
    assert.equal([stream, ctr], [envelope.stream, envelope.ctr]);
    assert.equal(hex(roomKey.associated(header, ctr)), aad);
    assert.equal(pad(new TextEncoder().encode(content)).length, padded);
    assert.equal(await seal(roomKey, await roomKey.messageKey(header, 'encrypt'), header, ctr, JSON.parse(content)), envelope);
  });
}

for (const { name, key, size, sealedSize: sealedBytes, sealedSha256 } of vectors.files) {
  test(`vector: ${name}`, async () => {
    const fileKey = await FileKey.from(key);
    const file = pattern(size);
    const sealed = new Uint8Array(sealedSize(size));
    let at = 0;
    for (const { index, last, start, end } of chunks(size)) {
      const chunk = await fileKey.seal(index, last, file.subarray(start, end));
      sealed.set(chunk, at);
      at += chunk.length;
    }
    assert.equal([at, sealed.length, await digest(sealed)], [sealedBytes, sealedBytes, sealedSha256]);
    for (const { index, last, start, end } of chunks(sealedBytes, true)) {
      const clear = await fileKey.open(index, last, sealed.subarray(start, end));
      assert.ok(clear.every((byte, i) => byte === file[index * CHUNK_BYTES + i]));
    }
  });
}

test('vector: exported keys', async () => {
  const { passphrase, keys, file } = vectors.export;
  const expected = keys.map(({ room, secret }) => ({ room, secret: fromBase64url(secret) }));
  assert.equal(await importKeys(JSON.stringify(file), passphrase), expected);
  assert.equal(JSON.parse(await sealKeys(expected, passphrase, fromBase64url(file.salt), fromBase64url(file.nonce))), file);
});

test('exported keys need their passphrase, whole, and enough rounds', async () => {
  const { passphrase, file } = vectors.export;
  const altered = (changes) => importKeys(JSON.stringify({ ...file, ...changes }), passphrase);
  await assert.rejects(importKeys(JSON.stringify(file), `${passphrase}.`), 'Unreadable');
  await assert.rejects(altered({ rounds: 600_001 }), 'Unreadable');
  await assert.rejects(altered({ ct: `A${file.ct.slice(1)}` }), 'Unreadable');
  for (const changes of [{ rounds: 599_999 }, { rounds: 1e9 }, { kdf: 'PBKDF2' }, { salt: 'AAAA' }, { format: 'x' }]) {
    await assert.rejects(altered(changes), 'Unreadable');
  }
  for (const file of ['', 'null', '[]', '{']) await assert.rejects(importKeys(file, passphrase), 'Unreadable');
});

test('a chunk opens only in its place, whole, and the last only as the last', async () => {
  const { fileKey, key } = await FileKey.fresh();
  const [first, second] = [await fileKey.seal(0, false, new Uint8Array(CHUNK_BYTES)), await fileKey.seal(1, true, new Uint8Array(5))];
  assert.equal((await (await FileKey.from(key)).open(1, true, second)).length, 5);
  await assert.rejects(fileKey.open(1, false, first), 'Unreadable');
  await assert.rejects(fileKey.open(0, true, first), 'Unreadable');
  await assert.rejects(fileKey.open(0, true, second), 'Unreadable');
  await assert.rejects(fileKey.open(1, false, second), 'Unreadable');
  await assert.rejects(fileKey.open(1, true, second.subarray(1)), 'Unreadable');
  await assert.rejects((await FileKey.fresh()).fileKey.open(1, true, second), 'Unreadable');
  await assert.rejects(fileKey.seal(0, false, new Uint8Array(5)), 'RangeError');
  await assert.rejects(FileKey.from(key.slice(1)), 'Unreadable');
});

test('bytes have one spelling', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let length = 0; length < 256; length++) assert.equal(fromBase64url(toBase64url(all.subarray(0, length))).length, length);
  assert.equal([fromBase64url('AB'), fromBase64url('A'), fromBase64url('AAB'), fromBase64url('AA=='), fromBase64url('+A'), fromBase64url(7)], Array(6).fill(null));
  assert.equal([...fromBase64url('AA')], [0]);
});

test('padding has five sizes more than the smallest, and one form', async () => {
  assert.equal([0, 60, 61, 252, 253, MOST].map((n) => pad(new Uint8Array(n)).length), [64, 64, 256, 256, 1024, 65_536]);
  for (const n of [0, 1, 60, 61, 5000]) assert.equal(unpad(pad(new Uint8Array(n).fill(7))).length, n);
  const fails = async (padded) => assert.rejects((async () => unpad(padded))(), 'Unreadable');
  const good = pad(new Uint8Array(3).fill(7));
  await fails(good.subarray(0, 63));
  await fails(new Uint8Array(256));
  await fails(good.with(63, 1));
  await fails(good.with(0, 255));
  await fails(good.with(3, 61));
  await fails(new Uint8Array(0));
  await assert.rejects((async () => pad(new Uint8Array(MOST + 1)))(), 'RangeError');
});

test('a link says which room and which secret, and damaged ones nothing', () => {
  const secret = newSecret();
  const link = inviteLink('https://chat.example/app/', 'sealed.a+b c&d', secret);
  assert.equal(readLink(link), { room: 'sealed.a+b c&d', secret });
  assert.ok(hasSecret(new URL(link).hash));
  assert.equal([readLink(link.slice(0, 60)), readLink(''), readLink('#lobby'), readLink('#k=AAAA&room=x')], Array(4).fill(null));
});

test('a sealer never uses a counter twice, nor another sealer its stream', async () => {
  const roomKey = await RoomKey.from('sealed.x', newSecret());
  const sealers = Array.from({ length: 20 }, () => new Sealer(roomKey, 'sealed.x', 'guest:me'));
  const sealed = await Promise.all(sealers.flatMap((sealer) => Array.from({ length: 50 }, (_, i) => sealer.seal(text(`${i}`)))));
  assert.equal(new Set(sealed.map(({ stream, ctr }) => `${stream} ${ctr}`)).size, 1000);
  assert.equal(new Set(sealed.map(({ stream }) => stream)).size, 20);
  assert.equal(Math.max(...sealed.map(({ ctr }) => ctr)), 49);
});

test('what one sealed another opens, and nobody without the secret', async () => {
  const secret = newSecret();
  const envelope = await new Sealer(await RoomKey.from('sealed.x', secret), 'sealed.x', 'guest:me').seal(text('hello'));
  const opened = await new Opener(await RoomKey.from('sealed.x', secret)).open('sealed.x', 'guest:me', envelope);
  assert.equal(opened.body, { text: 'hello' });
  const other = new Opener(await RoomKey.from('sealed.x', newSecret()));
  assert.equal((await assert.rejects(other.open('sealed.x', 'guest:me', envelope), 'Unreadable')).why, 'other-key');
  const forged = { ...envelope, keyId: (await RoomKey.from('sealed.x', newSecret())).keyId };
  await assert.rejects(new Opener(await RoomKey.from('sealed.x', secret)).open('sealed.x', 'guest:me', forged), 'Unreadable');
});

test('a member who seals nonsense is not read', async () => {
  const roomKey = await RoomKey.from('sealed.x', newSecret());
  const header = { place: 'sealed.x', sender: 'guest:me', stream: new Uint8Array(16) };
  const [encrypt, decrypt] = [await roomKey.messageKey(header, 'encrypt'), await roomKey.messageKey(header, 'decrypt')];
  const raw = async (plain) => {
    const iv = new Uint8Array(12);
    const ct = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: roomKey.associated(header, 0) }, encrypt, plain);
    return open(roomKey, decrypt, header, 0, new Uint8Array(ct));
  };
  const padded = (string) => pad(new TextEncoder().encode(string));
  assert.equal(await raw(padded('{"kind":"text","body":{}}')), { kind: 'text', body: {} });
  for (const content of ['', '[]', 'null', '{"kind":1,"body":{}}', '{"kind":"text","body":[]}', '{"kind":"text"}', '{']) {
    await assert.rejects(raw(padded(content)), 'Unreadable');
  }
  await assert.rejects(raw(pad(Uint8Array.of(0x22, 0xff, 0x22))), 'Unreadable');
  await assert.rejects(raw(new Uint8Array(65)), 'Unreadable');
});

test('a key ring gives keys that cannot be read, and the secret only when asked', async () => {
  const name = `ring ${Math.random()}`;
  const ring = new KeyRing(indexedDB, name);
  const secret = newSecret();
  await Promise.all([ring.put('sealed.x', secret), new KeyRing(indexedDB, name).put('sealed.y', secret)]);
  const again = new KeyRing(indexedDB, name);
  const kept = await again.get('sealed.x');
  assert.equal(kept.keyId, (await RoomKey.from('sealed.x', secret)).keyId);
  assert.ok(!kept.secret.extractable);
  await assert.rejects(crypto.subtle.exportKey('raw', kept.secret), 'NotSupportedError');
  assert.equal([await again.secret('sealed.x'), await again.secret('sealed.y')], [secret, secret]);
  assert.equal(await again.rooms(), ['sealed.x', 'sealed.y']);
  await again.clear();
  assert.equal([await ring.get('sealed.x'), await ring.rooms()], [null, []]);
});
