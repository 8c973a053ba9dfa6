import { backoff, CAP_MS } from '../js/client/backoff.js';
import { comesBack } from '../js/client/policy.js';
import { golden, Harness, WELCOME } from './fakes.js';
import { assert, test } from './runner.js';

const WINDOW = { minMs: 500, maxMs: 60_000 };

test('the wait is spread over a ceiling that doubles', () => {
  assert.equal([0, 1, 2, 3].map((attempt) => backoff(attempt, WINDOW, 0)), [500, 500, 500, 500]);
  assert.equal([0, 1, 2, 3].map((attempt) => backoff(attempt, WINDOW, 0.999999)), [1000, 2000, 4000, 8000]);
});

test('no wait is longer than the cap, whatever the server announces', () => {
  assert.equal(backoff(50, WINDOW, 0.999999), CAP_MS);
  assert.equal(backoff(2000, { minMs: 90_000, maxMs: 90_000 }, 0.5), CAP_MS);
});

test('a wait that the server asks for comes before the jitter', () => {
  assert.equal(backoff(0, WINDOW, 0.5, 5000), 5750);
});

test('codes from 4500 to 4999 do not come back, all others do', () => {
  assert.equal([4500, 4501, 4503, 4505, 4506, 4999].filter(comesBack), []);
  const others = [1000, 1001, 1002, 1003, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 3000, 4000, 4008, 4029, 4401, 4499];
  assert.equal(others.filter(comesBack), others);
});

test('asks for the subprotocol at the hub below the context path', () => {
  const { socket } = new Harness().open();
  assert.equal(socket.url, 'wss://chat.example/some/path/hub');
  assert.equal(socket.protocols, ['parley.v1']);
});

test('a token travels as a subprotocol in base64url', async () => {
  const harness = new Harness({ token: async () => 'ü?>' });
  harness.parley.connect();
  await harness.until(() => harness.socket);
  assert.equal(harness.socket.protocols, ['parley.v1', 'parley.bearer.w7w_Pg']);
});

test('is open only after the welcome', async () => {
  const harness = new Harness();
  harness.parley.connect();
  harness.socket.accept();
  assert.equal(harness.state.name, 'connecting');
  const welcome = await golden('server-welcome');
  harness.socket.say(welcome);
  assert.equal(harness.state, { name: 'open', welcome });
  assert.equal(harness.of('user')[0].user, welcome.user);
});

test('a handshake that hangs is given up', async () => {
  const harness = new Harness();
  harness.parley.connect();
  harness.clock.pass(15_000);
  await harness.decided();
  assert.equal(harness.state.name, 'waiting');
  assert.equal(harness.sockets[0].closedWith.code, 4000);
});

test('a lost connection waits and comes back', () => {
  const harness = new Harness().open();
  harness.socket.end(1006);
  assert.equal(harness.state, { name: 'waiting', attempt: 1, until: harness.clock.now() + 1500, code: 1006 });
  harness.clock.pass(1499);
  assert.equal(harness.sockets.length, 1);
  harness.clock.pass(1);
  assert.equal(harness.sockets.length, 2);
});

test('connections that are closed at once do not begin the series anew', () => {
  const harness = new Harness().open();
  const waits = [];
  for (let i = 0; i < 4; i++) {
    harness.socket.end(1011);
    waits.push(harness.state.until - harness.clock.now());
    harness.clock.pass(waits.at(-1));
    harness.socket.accept(WELCOME);
  }
  assert.equal(waits, [1500, 2500, 4500, 8500]);
  harness.clock.pass(10_000);
  harness.socket.end(1011);
  assert.equal(harness.state.until - harness.clock.now(), 1500);
});

test('after a planned restart the clients spread over the announced window', () => {
  for (const [fraction, expected] of [[0, 1000], [0.5, 8500], [0.999999, 16_000]]) {
    const harness = new Harness().open();
    harness.random.value = fraction;
    harness.socket.end(1012);
    assert.equal(harness.state.until - harness.clock.now(), expected);
  }
});

test('retry now and wake do not wait', () => {
  for (const act of ['retryNow', 'wake']) {
    const harness = new Harness().open();
    harness.socket.end(1006);
    harness.parley[act]();
    assert.equal(harness.sockets.length, 2);
    assert.equal(harness.clock.waiting, [15_000]);
  }
});

test('a forced try that fails leaves the series of attempts as it was', () => {
  const harness = new Harness().open();
  harness.socket.end(1011);
  harness.clock.pass(1500);
  harness.socket.accept();
  harness.socket.end(1011);
  const { until, attempt } = harness.state;
  harness.clock.pass(1000);
  for (let i = 0; i < 3; i++) {
    harness.parley.retryNow();
    harness.socket.accept();
    harness.socket.end(1011);
    assert.equal([harness.state.name, harness.state.until, harness.state.attempt], ['waiting', until, attempt]);
  }
  const before = harness.sockets.length;
  harness.clock.pass(until - harness.clock.now());
  assert.equal(harness.sockets.length, before + 1);
  harness.socket.accept();
  harness.socket.end(1011);
  assert.equal(harness.state.until - harness.clock.now(), 4500);
});

test('a code that says no stops it, and connect starts it again', () => {
  const harness = new Harness().open();
  harness.socket.end(4503, 'forbidden');
  assert.equal(harness.state, { name: 'stopped', why: 'refused', code: 4503, reason: 'forbidden' });
  assert.equal(harness.clock.waiting, []);
  harness.parley.wake();
  assert.equal(harness.sockets.length, 1);
  harness.parley.connect();
  assert.equal(harness.sockets.length, 2);
});

test('one who was signed out elsewhere is signed out here', async () => {
  const harness = new Harness().open();
  harness.session = { status: 200, content: { user: null }, headers: {} };
  harness.socket.end(4505, 'revoked');
  await harness.decided();
  assert.equal(harness.state, { name: 'stopped', why: 'signed-out', code: 4505, reason: '' });
  harness.clock.pass(600_000);
  assert.equal(harness.sockets.length, 1);
});

test('one who was put out but is still signed in does not come back by itself', async () => {
  const harness = new Harness().open();
  harness.socket.end(4505, 'revoked');
  await harness.decided();
  assert.equal(harness.state, { name: 'stopped', why: 'refused', code: 4505, reason: 'revoked' });
  harness.clock.pass(600_000);
  assert.equal(harness.sockets.length, 1);
  harness.parley.connect();
  assert.equal(harness.sockets.length, 2);
});

test('who signs out is not told why the connection ended', async () => {
  const harness = new Harness().open();
  const [socket] = harness.sockets;
  const signedOut = harness.parley.signOut();
  assert.equal(harness.state.name, 'idle');
  socket.end(4505, 'revoked');
  await signedOut;
  assert.equal(harness.asked, ['DELETE https://chat.example/some/path/api/session']);
});

test('who could not sign out is connected again', async () => {
  const harness = new Harness().open();
  harness.session = { status: 503 };
  const failure = await harness.parley.signOut().catch((error) => error);
  assert.equal([failure.status, harness.sockets.length], [503, 2]);
});

test('a failed handshake asks why: signed out', async () => {
  const harness = new Harness();
  harness.session = { status: 401, content: { detail: 'Sign in first.' } };
  harness.parley.connect();
  harness.socket.end(1006);
  assert.equal(harness.state.name, 'checking');
  await harness.decided();
  assert.equal(harness.asked, ['GET https://chat.example/some/path/api/session']);
  assert.equal(harness.state, { name: 'stopped', why: 'signed-out', code: 4501, reason: 'Sign in first.' });
});

test('a failed handshake asks why: foreign origin', async () => {
  const harness = new Harness();
  harness.session = { status: 403, content: { detail: 'Not from here.' } };
  harness.parley.connect();
  harness.socket.end(1006);
  await harness.decided();
  assert.equal(harness.state, { name: 'stopped', why: 'refused', code: 4503, reason: 'Not from here.' });
});

test('a failed handshake of a server that is away goes on trying', async () => {
  for (const session of [null, { status: 502 }, { status: 200, content: { user: WELCOME.user } }]) {
    const harness = new Harness();
    harness.session = session;
    harness.parley.connect();
    harness.socket.end(1006);
    await harness.decided();
    assert.equal(harness.state.name, 'waiting');
  }
});

test('a failed handshake waits as long as the server says', async () => {
  const harness = new Harness();
  harness.session = { status: 429, content: {}, headers: { 'Retry-After': '7' } };
  harness.parley.connect();
  harness.socket.end(1006);
  await harness.decided();
  assert.equal(harness.state.until - harness.clock.now(), 7750);
});

test('an expired token is looked into before coming back', async () => {
  const harness = new Harness().open();
  harness.session = { status: 401 };
  harness.socket.end(4401);
  await harness.decided();
  assert.equal(harness.state.why, 'signed-out');
});

test('the wait of a closing error is kept', () => {
  const harness = new Harness().open();
  harness.socket.say({ type: 'error', code: 203, name: 'rate-limited', message: '', retryable: true, retryAfterMs: 9000 });
  harness.socket.end(4029);
  assert.equal(harness.state.until - harness.clock.now(), 10_500);
});

test('two heartbeats without an answer end the connection', () => {
  const harness = new Harness().open();
  const { socket } = harness;
  harness.clock.pass(20_000);
  socket.say({ type: 'pong' });
  harness.clock.pass(40_000);
  assert.equal(socket.of('ping').length, 3);
  assert.equal(harness.state.name, 'open');
  harness.clock.pass(20_000);
  assert.equal(harness.state.name, 'waiting');
  assert.equal(socket.closedWith.code, 4000);
});

test('any frame is a sign of life', () => {
  const harness = new Harness().open();
  for (let i = 0; i < 10; i++) {
    harness.clock.pass(20_000);
    harness.socket.say({ type: 'read', room: 'lobby', seq: i });
  }
  assert.equal(harness.sockets.length, 1);
});

test('a connection that is doubted has four seconds', () => {
  const answering = new Harness().open();
  answering.parley.wake();
  answering.socket.say({ type: 'pong' });
  answering.clock.pass(5000);
  assert.equal(answering.state.name, 'open');
  const silent = new Harness().open();
  silent.parley.wake();
  silent.clock.pass(4000);
  assert.equal(silent.state.name, 'waiting');
});

test('what a given-up socket still says does not count', () => {
  const harness = new Harness().open();
  const [old] = harness.sockets;
  harness.parley.wake();
  harness.clock.pass(10_000);
  harness.socket.accept(WELCOME);
  const before = harness.events.length;
  old.end(4503);
  old.say({ type: 'read', room: 'lobby', seq: 1 });
  assert.equal(harness.events.length, before);
});

test('an unreadable frame is not skipped but resumed over', () => {
  const harness = new Harness().open();
  harness.socket.onmessage({ data: '{"type":' });
  assert.equal(harness.state.name, 'waiting');
  assert.equal(harness.sockets[0].closedWith.code, 4001);
});

test('disconnect leaves no timer behind', () => {
  const harness = new Harness().open();
  harness.parley.disconnect();
  assert.equal(harness.state.name, 'idle');
  assert.equal(harness.clock.waiting, []);
});

test('a request that loses its connection says so', async () => {
  const harness = new Harness().open();
  const rooms = harness.parley.rooms();
  harness.socket.end(1012);
  assert.equal((await assert.rejects(rooms, 'RequestError')).error.name, 'disconnected');
});

test('a request gets its own answer', async () => {
  const harness = new Harness().open();
  const rooms = harness.parley.rooms();
  const refused = assert.rejects(harness.parley.rooms(), 'RequestError');
  const [first, second] = harness.socket.of('rooms');
  harness.socket.say({ ...(await golden('server-error')), id: second.id });
  harness.socket.say({ ...(await golden('server-rooms')), id: first.id });
  assert.equal((await rooms).map(({ room }) => room), ['lobby', 'state.deploy']);
  assert.equal((await refused).error.name, 'rate-limited');
});

test('a search asks with the words as they are and says in words what went wrong', async () => {
  const harness = new Harness();
  harness.session = { status: 200, content: { messages: [], more: false } };
  assert.equal(await harness.parley.search('a b', 'x&y=ü'), { messages: [], more: false });
  assert.equal(harness.asked[0].split(' ')[1], 'https://chat.example/some/path/api/rooms/a%20b/search?q=x%26y%3D%C3%BC&limit=30');
  harness.session = { status: 403, content: { name: 'forbidden', detail: 'No.' } };
  assert.equal((await assert.rejects(harness.parley.search('a', 'x'), 'ArchiveError')).problem, { name: 'forbidden', message: 'No.' });
  harness.session = { status: 502 };
  assert.equal((await assert.rejects(harness.parley.search('a', 'x'), 'ArchiveError')).message, 'The server answered 502.');
  harness.session = null;
  await assert.rejects(harness.parley.search('a', 'x'), 'ArchiveError');
});
