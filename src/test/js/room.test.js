import { golden, Harness, message, messages } from './fakes.js';
import { assert, test } from './runner.js';

const lobby = () => {
  const harness = new Harness().open();
  harness.parley.join('lobby');
  return harness;
};

const states = (harness) => harness.of('room').map(({ state }) => state);
const since = (harness) => harness.socket.last('join').since;

test('a first join asks without a position and takes the newest page', async () => {
  const harness = lobby();
  assert.equal(since(harness), undefined);
  const answer = await golden('server-joined');
  harness.joined({ ...answer, id: harness.socket.last('join').id });
  assert.equal(states(harness), ['joining', 'live']);
  const [page] = harness.of('page');
  assert.equal(page.messages.map(({ seq }) => seq), [41, 42]);
  assert.equal([page.older, page.renewed], [true, false]);
  assert.equal(harness.parley.position('lobby'), { epoch: answer.epoch, seq: 42 });
  assert.equal(harness.of('gap'), []);
});

test('frames are as the golden ones', async () => {
  const harness = lobby().joined({ seq: 40, epoch: 'b7c1d0f2a93e4d58861f0c4e7a2b9d35' }).reconnect();
  assert.equal({ ...harness.socket.last('join'), id: '1' }, await golden('client-join'));
  harness.joined({ epoch: 'b7c1d0f2a93e4d58861f0c4e7a2b9d35', seq: 42, more: true });
  const pull = await golden('client-history');
  assert.equal({ ...harness.socket.last('history'), id: '4' }, { ...pull, limit: 200 });
  harness.parley.leave('lobby');
  assert.equal({ ...harness.socket.last('leave'), id: '2' }, await golden('client-leave'));
});

test('a room joined before the connection is there is joined with it', () => {
  const harness = new Harness();
  harness.parley.join('lobby');
  harness.parley.join('lobby');
  harness.open();
  assert.equal(harness.socket.of('join').length, 1);
});

test('messages that follow are told once each', () => {
  const harness = lobby().joined({ seq: 2, messages: messages(1, 2) });
  harness.push(messages(3, 4)).push(messages(3, 5)).push([message(4)]);
  assert.equal(harness.told, [3, 4, 5]);
  assert.equal(harness.parley.position('lobby'), { epoch: 'e1', seq: 5 });
});

test('a resume goes on from the position', () => {
  const harness = lobby().joined({ seq: 2, messages: messages(1, 2) }).push([message(3)]);
  harness.reconnect();
  assert.equal(since(harness), { epoch: 'e1', seq: 3 });
  harness.joined({ seq: 5, messages: messages(4, 5) });
  assert.equal(harness.told, [3, 4, 5]);
  assert.equal(harness.of('gap'), []);
  assert.equal(harness.of('page').length, 1);
});

test('a long resume pulls page after page and is live after the last', () => {
  const harness = lobby().joined({ seq: 1 }).reconnect();
  harness.joined({ seq: 9, more: true, messages: messages(2, 4) });
  assert.equal(harness.socket.last('history').after, 4);
  harness.history(messages(5, 7), { more: true });
  assert.equal(states(harness).at(-1), 'replaying');
  assert.equal(harness.socket.last('history').after, 7);
  harness.history(messages(8, 10));
  assert.equal(states(harness).at(-1), 'live');
  assert.equal(harness.told, [2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a hole in what is pushed is read from the log before anything goes on', () => {
  const harness = lobby().joined({ seq: 1 });
  harness.push([message(4)]);
  assert.equal(harness.told, []);
  assert.equal(harness.socket.last('history').after, 1);
  harness.push([message(5)]);
  harness.history(messages(2, 4));
  assert.equal(harness.told, [2, 3, 4]);
  assert.equal(harness.socket.last('history').after, 4);
  harness.history([message(5)]);
  assert.equal(harness.told, [2, 3, 4, 5]);
  assert.equal(states(harness).at(-1), 'live');
  assert.equal(harness.of('gap'), []);
});

test('a hole inside a frame keeps what comes before it', () => {
  const harness = lobby().joined({ seq: 1 }).push([message(2), message(5)]);
  assert.equal(harness.told, [2]);
  assert.equal(harness.socket.last('history').after, 2);
});

test('a connection lost in the middle of a replay goes on where it was', () => {
  const harness = lobby().joined({ seq: 1 }).reconnect();
  harness.joined({ seq: 9, more: true, messages: messages(2, 4) }).reconnect();
  assert.equal(since(harness), { epoch: 'e1', seq: 4 });
  harness.joined({ seq: 9, messages: messages(5, 9) });
  assert.equal(harness.told, [2, 3, 4, 5, 6, 7, 8, 9]);
});

test('recovered false in the same numbering is a gap and then the newest page', () => {
  const harness = lobby().joined({ seq: 3, messages: messages(1, 3) }).reconnect();
  harness.joined({ seq: 90, recovered: false, older: true, messages: messages(80, 90) });
  assert.equal(harness.of('gap').map(({ after }) => after), [3]);
  assert.equal(harness.told, [80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90]);
  const order = harness.events.map(({ type }) => type);
  assert.ok(order.indexOf('gap') < order.indexOf('messages'), 'the gap comes before what follows it');
  assert.equal(harness.parley.position('lobby').seq, 90);
});

test('recovered false of a new numbering begins anew and says so', () => {
  const harness = lobby().joined({ seq: 3, messages: messages(1, 3) }).reconnect();
  harness.joined({ epoch: 'e2', seq: 2, recovered: false, messages: messages(1, 2) });
  assert.equal(harness.of('page').map(({ renewed }) => renewed), [false, true]);
  assert.equal(harness.parley.position('lobby'), { epoch: 'e2', seq: 2 });
});

test('a pushed message of another numbering makes it join again', () => {
  const harness = lobby().joined({ seq: 3 }).push([message(1)], 'e2');
  assert.equal(harness.told, []);
  assert.equal(since(harness), { epoch: 'e1', seq: 3 });
});

test('recovered false in the middle of a replay is a gap too', () => {
  const harness = lobby().joined({ seq: 1 }).reconnect();
  harness.joined({ seq: 90, more: true, messages: messages(2, 3) });
  harness.history(messages(88, 90), { recovered: false });
  assert.equal(harness.of('gap').map(({ after }) => after), [3]);
  assert.equal(harness.told, [2, 3, 88, 89, 90]);
  assert.equal(states(harness).at(-1), 'live');
});

test('a numbering that began anew during a replay makes it join again', () => {
  const harness = lobby().joined({ seq: 1 }).push([message(9)]);
  harness.history([message(1)], { epoch: 'e2' });
  assert.equal(harness.told, []);
  assert.equal(since(harness), { epoch: 'e1', seq: 1 });
});

test('a page that does not follow is a gap even when the server does not say so', () => {
  const harness = lobby().joined({ seq: 1 }).push([message(9)]);
  harness.history(messages(8, 9));
  assert.equal(harness.of('gap').map(({ after }) => after), [1]);
  assert.equal(harness.told, [8, 9]);
});

test('an announced message that the log does not have does not make it ask for ever', () => {
  const harness = lobby().joined({ seq: 1 }).push([message(3)]);
  harness.history([]);
  assert.equal(harness.socket.of('history').length, 1);
  assert.equal(states(harness).at(-1), 'live');
  harness.push([message(2), message(3)]);
  assert.equal(harness.told, [2, 3]);
});

test('an ack does not move the position', async () => {
  const harness = lobby().joined({ seq: 1 });
  const id = harness.parley.publish('lobby', 'text', { text: 'hello' });
  harness.socket.say({ ...(await golden('server-ack')), id, epoch: 'e1', seq: 3 });
  assert.equal(harness.parley.position('lobby').seq, 1);
  harness.push(messages(2, 3));
  assert.equal(harness.told, [2, 3]);
});

test('a retryable error asks again after the wait, another one refuses', () => {
  const harness = lobby();
  const error = { type: 'error', code: 202, name: 'busy', message: 'Later.', retryable: true, retryAfterMs: 2000 };
  harness.socket.say({ ...error, id: harness.socket.last('join').id });
  harness.clock.pass(1999);
  assert.equal(harness.socket.of('join').length, 1);
  harness.clock.pass(1000);
  assert.equal(harness.socket.of('join').length, 2);
  harness.socket.say({ ...error, id: harness.socket.last('join').id, name: 'forbidden', retryable: false });
  assert.equal(harness.of('room').at(-1).state, 'refused');
  assert.equal(harness.of('room').at(-1).error.name, 'forbidden');
  harness.parley.join('lobby');
  assert.equal(harness.socket.of('join').length, 3);
});

test('put out of a room: comes back or stays out, as the server says', async () => {
  const out = await golden('server-left-pushed');
  const stays = lobby().joined();
  stays.socket.say(out);
  stays.clock.pass(15_000);
  assert.equal(states(stays).at(-1), 'refused');
  assert.equal(stays.socket.of('join').length, 1);
  const back = lobby().joined({ seq: 4 });
  back.socket.say({ ...out, code: 4008, rejoin: true });
  back.clock.pass(15_000);
  assert.equal(since(back), { epoch: 'e1', seq: 4 });
});

test('a room that was left takes nothing more and is not joined again', () => {
  const harness = lobby().joined();
  harness.parley.leave('lobby');
  harness.push([message(1)]).reconnect();
  assert.equal(harness.told, []);
  assert.equal(harness.socket.of('join'), []);
});

test('a latest room jumps, an ephemeral room has no numbers', () => {
  const harness = new Harness().open();
  harness.parley.join('state.x');
  harness.joined({ class: 'latest', seq: 3, messages: [message(3)] });
  harness.push([message(9)], 'e1', 'state.x').push([message(8)], 'e1', 'state.x');
  assert.equal(harness.told, [9]);
  harness.parley.join('live.x');
  harness.joined({ class: 'ephemeral', epoch: undefined, seq: undefined });
  const cursor = { id: 'a', from: 'guest:other', kind: 'x-cursor', body: {} };
  harness.push([cursor], 'e1', 'live.x').push([cursor], 'e1', 'live.x');
  assert.equal(harness.of('messages').length, 3);
  assert.equal(harness.socket.of('history'), []);
  harness.reconnect();
  assert.equal(harness.socket.of('join').map(({ room, since }) => [room, since?.seq]), [['state.x', 9], ['live.x', null]]);
});

test('presence and signals pass through', async () => {
  const harness = lobby().joined();
  harness.socket.say(await golden('server-presence'));
  harness.socket.say(await golden('server-signal'));
  assert.equal(harness.of('presence')[0].joined[0].name, 'Grace');
  assert.equal(harness.of('signal')[0].kind, 'typing');
});
