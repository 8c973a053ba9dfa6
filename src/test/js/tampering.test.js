import { concat, fromBase64url, toBase64url } from '../js/crypto/bytes.js';
import { Opener } from '../js/crypto/opener.js';
import { newSecret, RoomKey } from '../js/crypto/room-key.js';
import { Sealer } from '../js/crypto/sealer.js';
import { SealedLog } from '../js/store/sealed-log.js';
import { assert, test } from './runner.js';

const ROOM = 'sealed.x';
const ALL = 1000;

const secret = newSecret();
const [roomKey, sameSecretElsewhere] = await Promise.all([RoomKey.from(ROOM, secret), RoomKey.from('sealed.other', secret)]);
const sealer = () => new Sealer(roomKey, ROOM, 'guest:ada');
const [first, second] = [sealer(), sealer()];
const texts = ['a', 'b', 'c'.repeat(100), 'd'.repeat(300)];
const sealed = [];
for (const by of [first, second]) for (const text of texts) sealed.push(await by.seal({ kind: 'text', body: { text } }));

/** What the page shows of one message. */
async function shown(body, { place = ROOM, from = 'guest:ada', kind = 'sealed' } = {}) {
  const log = new SealedLog();
  const message = { seq: 1, n: 1, id: 'i', time: 1, from, name: 'Ada', kind, body };
  log.add([await log.opened(new Opener(roomKey), place, message)]);
  return log.shown(1);
}

/** One bit each, of every byte, or of some of a long text. */
function flips(text) {
  const bytes = fromBase64url(text);
  const step = Math.ceil(bytes.length / 100);
  return Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) => toBase64url(bytes.with(i * step, bytes[i * step] ^ (1 << i % 8))));
}

function* variants(envelope, i) {
  const ct = fromBase64url(envelope.ct);
  for (const each of flips(envelope.ct)) yield ['flip in ct', { ...envelope, ct: each }];
  for (const each of flips(envelope.stream)) yield ['flip in stream', { ...envelope, stream: each }];
  for (const each of flips(envelope.keyId)) yield ['flip in keyId', { ...envelope, keyId: each }];
  for (let cut = 1; cut < ct.length; cut += 7) yield ['truncated', { ...envelope, ct: toBase64url(ct.subarray(0, -cut)) }];
  for (let cut = 1; cut < ct.length; cut += 31) yield ['truncated in front', { ...envelope, ct: toBase64url(ct.subarray(cut)) }];
  for (const more of [1, 16, 64, 192]) yield ['longer', { ...envelope, ct: toBase64url(concat(ct, new Uint8Array(more))) }];
  const greatest = 2 ** 32 - 1;
  for (const ctr of [envelope.ctr + 1, envelope.ctr + 64, greatest, 2 ** 32, -1, 0.5, `${envelope.ctr}`, null]) yield ['counter', { ...envelope, ctr }];
  for (const alg of ['', 'none', 'LINK1-HKDF-SHA256-A128GCM', `${envelope.alg} `, null]) yield ['alg', { ...envelope, alg }];
  for (const keyId of ['', null, sameSecretElsewhere.keyId]) yield ['old keyId', { ...envelope, keyId }];
  for (const member of Object.keys(envelope)) yield ['missing', { ...envelope, [member]: undefined }];
  yield ['one member more', { ...envelope, text: 'a' }];
  yield ['no object', envelope.ct];
  yield ['other spelling', { ...envelope, ct: `${envelope.ct}=` }];
  const other = sealed[(i + texts.length) % sealed.length];
  yield ['swapped stream', { ...envelope, stream: other.stream }];
  yield ['swapped ct', { ...envelope, ct: other.ct }];
  yield ['ct of the next', { ...envelope, ct: sealed[(i + 1) % sealed.length].ct }];
}

test('what was sealed is read', async () => {
  for (const [i, envelope] of sealed.entries()) assert.equal((await shown(envelope)).body.text, texts[i % texts.length]);
});

test(`of more than ${ALL} altered messages none is read, and each says that it could not be verified`, async () => {
  const counts = {};
  for (const [i, envelope] of sealed.entries()) {
    for (const [name, altered] of variants(envelope, i)) {
      const item = await shown(altered);
      assert.ok(['unverified', 'other-key', 'newer'].includes(item.unreadable), `${name}: ${JSON.stringify(item)}`);
      assert.equal(item.body, {});
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  const sum = Object.values(counts).reduce((a, b) => a + b, 0);
  assert.ok(sum >= ALL, `only ${sum} variants`);
});

test('another room, another sender, another kind', async () => {
  for (const envelope of sealed) {
    for (const place of ['sealed.y', 'state.topic.sealed.x', 'sealed', '', 'sealed.x\0']) assert.equal((await shown(envelope, { place })).unreadable, 'unverified');
    for (const from of ['guest:bob', 'user:ada', 'guest:ad', 'guest:ada ', '', 'x'.repeat(70_000)]) assert.equal((await shown(envelope, { from })).unreadable, 'unverified');
    for (const kind of ['text', 'edit', 'file', 'x-note', '']) assert.equal((await shown(envelope, { kind })).unreadable, 'clear');
  }
  assert.equal((await shown({ text: 'not sealed' }, { kind: 'text' })).body, {});
});
