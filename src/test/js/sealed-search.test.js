import { isSealed, sealedName } from '../js/page/sealed-name.js';
import { keyRoom, topicRoom } from '../js/page/topics.js';
import { searchSealed } from '../js/page/sealed-search.js';
import { assert, test } from './runner.js';

const message = (seq, text, extra = {}) => ({ seq, kind: 'text', body: { text }, ...extra });

/** A room of which the newest `here` messages are in the page. */
function roomOf(messages, here) {
  let known = here;
  const asked = [];
  return {
    asked,
    shown: () => messages.slice(messages.length - known).reverse(),
    older: async (before, limit) => {
      asked.push(before);
      known = Math.min(messages.length, messages.length - before + 1 + limit);
      return known < messages.length;
    },
  };
}

const found = async (words, room) => (await searchSealed(words, room)).messages.map(({ seq }) => seq);

test('words are found by how they begin, without case and accents, all of them in one message', async () => {
  const room = roomOf([message(1, 'The Café is closed'), message(2, 'cafeteria, closing'), message(3, 'closed')], 3);
  assert.equal(await found('cafe', room), [1, 2]);
  assert.equal(await found('CLOS café', room), [1, 2]);
  assert.equal(await found('osed', room), []);
  assert.equal(await found('…', room), []);
});

test('what is deleted, unreadable or no text is not found', async () => {
  const room = roomOf([message(1, 'x', { deleted: 5 }), { seq: 2, kind: 'sealed', body: {}, unreadable: 'unverified' }, { seq: 3, kind: 'edit', body: { target: 0 } }], 3);
  assert.equal(await found('x', room), []);
});

test('the log is read back to its beginning, without a hole, and says when there is more', async () => {
  const all = Array.from({ length: 450 }, (_, i) => message(i + 1, i % 100 === 0 ? 'needle' : 'hay'));
  const room = roomOf(all, 50);
  const { messages, more } = await searchSealed('needle', room);
  assert.equal([messages.map(({ seq }) => seq), more, room.asked], [[1, 101, 201, 301, 401], false, [401, 201]]);
  const hay = await searchSealed('hay', roomOf(all, 50));
  assert.equal([hay.messages.length, hay.messages.at(-1).seq, hay.more], [30, 450, true]);
});

test('without a connection what is here is searched', async () => {
  const broken = async () => {
    throw Object.assign(new Error('gone'), { name: 'RequestError' });
  };
  assert.equal(await found('b', { ...roomOf([message(1, 'b'), message(2, 'b')], 1), older: broken }), [2]);
});

test('a room is sealed by its name, and its topic is in a sealed one', () => {
  assert.equal(['sealed.x', 'state.topic.sealed.x', 'team.sealed.x', 'sealed', 'x.sealed', 'unsealed.x', null].map(isSealed), [true, true, true, false, false, false, false]);
  assert.equal([topicRoom('sealed.x'), keyRoom('state.topic.sealed.x'), keyRoom('sealed.x')], ['state.topic.sealed.x', 'sealed.x', 'sealed.x']);
  assert.equal(topicRoom(`sealed.${'x'.repeat(46)}`), null);
  assert.equal([sealedName(' My plans'), sealedName('sealed.x'), sealedName('a/b'), sealedName('x'.repeat(58))], ['sealed.My-plans', 'sealed.x', null, null]);
});
