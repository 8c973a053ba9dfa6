import { publishId } from '../js/client/id.js';
import { FakeClock, FakeRandom, golden, Harness, WELCOME } from './fakes.js';
import { assert, test } from './runner.js';

const lobby = () => {
  const harness = new Harness().open();
  harness.parley.join('lobby');
  return harness.joined();
};

const say = (harness, text, room = 'lobby') => harness.parley.publish(room, 'text', { text });
const texts = (harness) => harness.socket.of('publish').map(({ body }) => body.text);
const ack = (harness, id, extra = {}) =>
  harness.socket.say({ type: 'ack', id, room: 'lobby', epoch: 'e1', seq: 1, time: 1, duplicate: false, ...extra });
const error = (id, extra = {}) => ({ type: 'error', id, code: 200, name: 'unavailable', message: 'No log.', retryable: true, ...extra });

test('ids begin with the time and are all different', async () => {
  const [clock, random] = [new FakeClock(), new FakeRandom()];
  const ids = Array.from({ length: 15 }, () => publishId(clock, random));
  assert.equal(new Set(ids).size, 15);
  for (const id of ids) {
    assert.ok(/^[A-Za-z0-9_-]{1,64}$/.test(id), id);
    assert.equal(parseInt(id.slice(0, 12), 16), clock.now());
  }
});

test('a publish is as the golden one', async () => {
  const harness = lobby();
  const id = await say(harness, 'The build is green');
  assert.equal(harness.socket.last('publish'), { ...(await golden('client-publish')), id });
});

test('waits for the room and not only for the connection', async () => {
  const harness = new Harness().open();
  harness.parley.join('lobby');
  say(harness, 'early');
  assert.equal(texts(harness), []);
  harness.joined();
  assert.equal(texts(harness), ['early']);
});

test('one publish of a room is in flight, rooms do not wait for each other', async () => {
  const harness = lobby();
  harness.parley.join('other');
  harness.joined();
  const first = await say(harness, 'one');
  say(harness, 'two');
  say(harness, 'three', 'other');
  assert.equal(texts(harness), ['one', 'three']);
  ack(harness, first);
  assert.equal(texts(harness), ['one', 'three', 'two']);
  assert.equal(harness.of('sent').map(({ id, seq }) => [id, seq]), [[first, 1]]);
});

test('what was in doubt goes again first, with the same id, and after the join', async () => {
  const harness = lobby();
  const first = await say(harness, 'one');
  const second = await say(harness, 'two');
  harness.reconnect();
  assert.equal(texts(harness), []);
  harness.joined();
  assert.equal(harness.socket.of('publish').map(({ id }) => id), [first]);
  ack(harness, first, { duplicate: true });
  assert.equal(harness.socket.of('publish').map(({ id }) => id), [first, second]);
  assert.equal(harness.of('sent')[0].duplicate, true);
});

test('a socket that is closing but has not said so gets nothing', async () => {
  const harness = lobby();
  harness.socket.readyState = 2;
  const id = await say(harness, 'late');
  assert.equal(texts(harness), []);
  harness.reconnect().joined();
  assert.equal(harness.socket.of('publish').map((frame) => frame.id), [id]);
});

test('an answer that comes twice changes nothing', async () => {
  const harness = lobby();
  const first = await say(harness, 'one');
  say(harness, 'two');
  say(harness, 'three');
  ack(harness, first);
  ack(harness, first);
  assert.equal(texts(harness), ['one', 'two']);
});

test('a retryable error keeps the order and the id', async () => {
  const harness = lobby();
  const first = await say(harness, 'one');
  say(harness, 'two');
  harness.socket.say(error(first, { retryAfterMs: 3000 }));
  assert.equal(harness.of('delayed').map(({ id }) => id), [first]);
  harness.clock.pass(2999);
  assert.equal(texts(harness), ['one']);
  harness.clock.pass(1000);
  assert.equal(harness.socket.of('publish').map(({ id }) => id), [first, first]);
});

test('a connection lost during the wait of an error does not stop the room', async () => {
  const harness = lobby();
  const first = await say(harness, 'one');
  harness.socket.say(error(first));
  harness.reconnect().joined();
  assert.equal(harness.socket.of('publish').map(({ id }) => id), [first]);
});

test('another error fails the message, and the next one goes', async () => {
  const harness = lobby();
  const first = await say(harness, 'one');
  say(harness, 'two');
  harness.socket.say(error(first, { name: 'forbidden', retryable: false }));
  assert.equal(harness.of('failed').map(({ id, error: { name } }) => [id, name]), [[first, 'forbidden']]);
  assert.equal(texts(harness), ['one', 'two']);
  harness.parley.retry(first);
  assert.equal(harness.of('resending').map(({ id }) => id), [first]);
});

test('a message over the limit never leaves', async () => {
  const harness = lobby();
  say(harness, 'ü'.repeat(500));
  say(harness, 'short');
  assert.equal(harness.of('failed')[0].error.name, 'too-large');
  assert.equal(texts(harness), ['short']);
});

test('what made the server close is not sent again', async () => {
  for (const [code, sentAgain] of [[1009, []], [1007, []], [1003, []], [1006, ['one']], [1012, ['one']]]) {
    const harness = lobby();
    say(harness, 'one');
    harness.reconnect(code).joined();
    assert.equal(texts(harness), sentAgain);
  }
});

test('after the time in which the server knows doubles nothing is sent again by itself', async () => {
  const harness = lobby();
  const first = await say(harness, 'one');
  const second = await say(harness, 'two');
  harness.parley.disconnect();
  harness.clock.pass(86_400_000);
  harness.open().joined();
  assert.equal(harness.of('failed').map(({ id, error: { name } }) => [id, name]), [[first, 'expired']]);
  assert.equal(harness.socket.of('publish').map(({ id }) => id), [second], 'never sent, so nothing can be doubled');
  await harness.parley.retry(first);
  assert.equal(harness.of('discarded').map(({ id }) => id), [first]);
  ack(harness, second);
  assert.ok(![first, second].includes(harness.socket.last('publish').id), 'a new id');
  assert.equal(harness.socket.last('publish').body.text, 'one');
});

test('a failed message can be thrown away', async () => {
  const harness = lobby();
  const id = await say(harness, 'one');
  harness.socket.say(error(id, { retryable: false }));
  harness.parley.discard(id);
  harness.parley.retry(id);
  assert.equal(texts(harness), ['one']);
  assert.equal(harness.of('discarded').length, 1);
});

test('what one user wrote is not sent in the name of another', async () => {
  const harness = lobby();
  const ids = [await say(harness, 'one'), await say(harness, 'two')];
  harness.parley.disconnect();
  harness.parley.connect();
  harness.socket.accept({ ...WELCOME, user: { id: 'guest:other', name: 'Other', guest: true } });
  harness.joined();
  assert.equal(texts(harness), []);
  assert.equal(harness.of('failed').map(({ id }) => id), ids);
});
