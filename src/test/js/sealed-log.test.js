import { Opener } from '../js/crypto/opener.js';
import { newSecret, RoomKey } from '../js/crypto/room-key.js';
import { Sealer } from '../js/crypto/sealer.js';
import { Streams } from '../js/crypto/streams.js';
import { SealedLog } from '../js/store/sealed-log.js';
import { assert, test } from './runner.js';

const ROOM = 'sealed.x';
const roomKey = await RoomKey.from(ROOM, newSecret());
const opener = new Opener(roomKey);

/** A room whose server is the test's. */
class Bench {
  log = new SealedLog();
  sealers = { ada: new Sealer(roomKey, ROOM, 'ada'), bob: new Sealer(roomKey, ROOM, 'bob') };

  async seal(from, kind, body) {
    return { from, body: await this.sealers[from].seal({ kind, body }) };
  }

  say = (from, text) => this.seal(from, 'text', { text });

  /** Ada's messages 0, 1, 2, … */
  many(count) {
    return Promise.all(Array.from({ length: count }, (_, i) => this.say('ada', `${i}`)));
  }

  /** Hands `list` over as what stands from `seq` on. */
  async hand(seq, ...list) {
    const messages = list.map(({ from, body }, i) => ({ seq: seq + i, n: seq + i, time: seq + i, id: `${seq + i}`, from, name: from, kind: 'sealed', body }));
    return this.log.add(await Promise.all(messages.map((message) => this.log.opened(opener, ROOM, message))));
  }

  look = (seq) => this.log.shown(seq);
  texts = (...seqs) => seqs.map((seq) => this.look(seq).unreadable ?? this.look(seq).body.text);
}

const target = (bench, seq) => bench.log.reference(seq);

test('a message that the server repeats counts once, whichever of the two is read first', async () => {
  const forwards = new Bench();
  const [a, b] = await forwards.many(2);
  await forwards.hand(1, a, b, a);
  assert.equal(forwards.texts(1, 2, 3), ['0', '1', 'unverified']);
  const backwards = new Bench();
  await backwards.hand(3, a);
  assert.equal(backwards.texts(3), ['0']);
  assert.equal(await backwards.hand(1, a, b), [3]);
  assert.equal(backwards.texts(1, 2, 3), ['0', '1', 'unverified']);
});

test('what comes again under its own number is the same message', async () => {
  const bench = new Bench();
  const [a, b] = await bench.many(2);
  await bench.hand(1, a);
  assert.equal(await bench.hand(1, a, b), []);
  assert.equal(bench.texts(1, 2), ['0', '1']);
});

test('a little out of order is read, 64 behind is not', async () => {
  const bench = new Bench();
  const all = await bench.many(70);
  await bench.hand(1, all[1], all[0], all[69], all[6], all[5], all[68]);
  assert.equal(bench.texts(1, 2, 3, 4, 5, 6), ['1', '0', '69', '6', 'unverified', '68']);
});

test('an old message put behind newer ones is refused even by who never read it', async () => {
  const bench = new Bench();
  const all = await bench.many(70);
  await bench.hand(500, all[69], all[3]);
  assert.equal(bench.texts(500, 501), ['69', 'unverified']);
});

test('streams know nothing of each other', async () => {
  const bench = new Bench();
  const [a, b] = [await bench.say('ada', 'a'), await bench.say('bob', 'b')];
  bench.sealers.ada = new Sealer(roomKey, ROOM, 'ada');
  await bench.hand(1, a, b, await bench.say('ada', 'from another tab'));
  assert.equal(bench.texts(1, 2, 3), ['a', 'b', 'from another tab']);
  assert.equal([1, 2, 3].map((seq) => bench.look(seq).missing), Array(3).fill(undefined));
});

test('a hole in a stream is told, until it is filled', async () => {
  const bench = new Bench();
  const all = await bench.many(5);
  const other = await bench.say('bob', 'b');
  await bench.hand(1, all[0], other, all[3], all[4]);
  assert.equal([1, 2, 3, 4].map((seq) => bench.look(seq).missing), [undefined, undefined, 2, undefined]);
  assert.equal(await bench.hand(5, all[1]), [1, 2, 3, 4].filter((seq) => seq !== 2));
  assert.equal(bench.look(3).missing, 1);
  await bench.hand(6, all[2]);
  assert.equal(bench.look(3).missing, undefined);
});

test('what was not loaded is not called missing, what the room began without is', async () => {
  const bench = new Bench();
  const all = await bench.many(9);
  await bench.hand(8, all[7], all[8]);
  assert.equal([8, 9].map((seq) => bench.look(seq).missing), [undefined, undefined]);
  await bench.hand(3, all[2]);
  assert.equal(bench.look(8).missing, undefined);
  await bench.hand(4, all[3], all[4], all[5], all[6]);
  await bench.hand(1, await bench.say('bob', '1'), await bench.say('bob', '2'));
  assert.equal([3, 4, 8].map((seq) => bench.look(seq).missing), [2, undefined, undefined]);
});

test('edits, reactions and deletes change their target, whenever they are read', async () => {
  const bench = new Bench();
  await bench.hand(1, await bench.say('ada', 'first'), await bench.say('bob', 'other'));
  const edit = await bench.seal('ada', 'edit', { target: target(bench, 1), text: 'second' });
  const given = await bench.seal('bob', 'react', { target: target(bench, 1), emoji: '+' });
  const taken = await bench.seal('bob', 'react', { target: target(bench, 1), emoji: '+', remove: true });
  const removed = await bench.seal('bob', 'delete', { target: target(bench, 2) });
  assert.equal(await bench.hand(3, edit, given, removed), [1, 2]);
  assert.equal([bench.look(1).body, bench.look(1).edited, bench.look(1).reactions], [{ text: 'second' }, 3, [{ emoji: '+', from: ['bob'] }]]);
  assert.equal([bench.look(2).body, bench.look(2).deleted], [{}, 5]);
  await bench.hand(6, taken);
  assert.equal(bench.look(1).reactions, []);
  assert.equal(bench.look(3).body, { target: 0 });
});

test('an edit that is read before its target waits for it', async () => {
  const bench = new Bench();
  const first = await bench.say('ada', 'first');
  await bench.hand(1, first);
  const edits = [];
  for (const text of ['second', 'third']) edits.push(await bench.seal('ada', 'edit', { target: target(bench, 1), text }));
  const later = new Bench();
  await later.hand(3, edits[1]);
  await later.hand(2, edits[0]);
  await later.hand(1, first);
  assert.equal([later.look(1).body.text, later.look(1).edited], ['third', 3]);
});

test('nobody edits or deletes what another wrote, or what the server put in its place', async () => {
  const bench = new Bench();
  const [mine, also] = [await bench.say('ada', 'mine'), await bench.say('ada', 'also')];
  await bench.hand(1, mine, also);
  await bench.hand(3, await bench.seal('bob', 'edit', { target: target(bench, 1), text: 'x' }), await bench.seal('bob', 'delete', { target: target(bench, 1) }));
  await bench.hand(5, await bench.seal('ada', 'edit', { target: { ...target(bench, 2), seq: 1 }, text: 'x' }));
  assert.equal(bench.texts(1, 2, 3, 4, 5), ['mine', 'also', 'unverified', 'unverified', 'unverified']);
  await bench.hand(6, await bench.seal('ada', 'delete', { target: target(bench, 1) }), await bench.seal('ada', 'edit', { target: target(bench, 1), text: 'back' }));
  assert.equal([bench.look(1).body, bench.look(1).deleted], [{}, 6]);
});

test('what is about another message and does not say which is not read', async () => {
  const bench = new Bench();
  await bench.hand(1, await bench.say('ada', 'a'));
  const wrong = [{ target: 1, text: 'x' }, { text: 'x' }, { target: { seq: 1 } }];
  await bench.hand(2, ...(await Promise.all(wrong.map((body) => bench.seal('ada', 'edit', body)))));
  const emoji = [7, '', 'x'.repeat(65)];
  await bench.hand(5, ...(await Promise.all(emoji.map((each) => bench.seal('ada', 'react', { target: target(bench, 1), emoji: each })))));
  assert.equal(bench.texts(1, 2, 3, 4, 5, 6, 7), ['a', ...Array(6).fill('unverified')]);
});

test('another numbering begins with nothing', async () => {
  const bench = new Bench();
  const [a] = await bench.many(1);
  bench.log.begin('e1');
  await bench.hand(5, a);
  bench.log.begin('e1');
  assert.equal(bench.texts(5), ['0']);
  bench.log.begin('e2');
  assert.equal(bench.log.newestFirst, []);
  await bench.hand(2, a);
  assert.equal(bench.texts(2), ['0']);
});

test('what was forgotten and is read again is no repetition', () => {
  const streams = new Streams();
  const ada = (seq, ctr) => ({ sender: 'ada', stream: 's', ctr, seq });
  for (const [seq, ctr] of [[1, 0], [2, 1], [3, 2]]) streams.take(ada(seq, ctr));
  streams.settle();
  streams.take(ada(2, 1));
  streams.settle();
  assert.equal([1, 2, 3].map((seq) => streams.verdict(ada(seq)).accepted), [true, true, true]);
});
