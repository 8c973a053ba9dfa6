import { Early } from '../js/client/early.js';
import { assert, test } from './runner.js';

const URL_OF_HUB = 'ws://h/app/hub';
const USER = { user: { id: 'guest:a', name: 'Ada' } };

/** A server of which a test says what it answers. */
function staged(content, status = 200) {
  const stage = { asked: [], sockets: [] };
  class Socket {
    constructor(url, protocols) {
      Object.assign(this, { url, protocols });
      stage.sockets.push(this);
    }
  }
  const fetch = async (url, request) => {
    stage.asked.push(`${request.method} ${url}`);
    if (content === null) throw new TypeError('no network');
    return new Response(JSON.stringify(content), { status });
  };
  stage.early = new Early({ url: 'http://h/app/', fetch, WebSocket: Socket });
  stage.ask = (method = 'GET') => stage.early.fetch(new URL('http://h/app/api/session'), { method });
  stage.dial = () => new stage.early.WebSocket(URL_OF_HUB, ['parley.v1']);
  return stage;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** @returns what was dialled, once the answer was read, which takes the browser some turns */
async function dialled(stage) {
  while (stage.sockets.length === 0) await settled();
  return stage.sockets[0];
}

/** As long as reading an answer takes. */
async function answered(stage) {
  await stage.ask().then(
    (answer) => answer.json(),
    () => null,
  );
  await settled();
}

test('the first question is the one that was asked already, the next is new', async () => {
  const stage = staged(USER);
  assert.equal(await (await stage.ask()).json(), USER);
  assert.equal(stage.asked.length, 1);
  assert.equal(await (await stage.ask()).json(), USER);
  assert.equal(stage.asked.length, 2);
});

test('whoever signs in or out first asks the server', async () => {
  const stage = staged(USER);
  await stage.ask('DELETE');
  await stage.ask();
  assert.equal(stage.asked, ['GET', 'DELETE', 'GET'].map((method) => `${method} http://h/app/api/session`));
});

test('what the socket heard before it was taken is told to whoever takes it, in order', async () => {
  const stage = staged(USER);
  const first = await dialled(stage);
  assert.equal([first.url, first.protocols], [URL_OF_HUB, ['parley.v1']]);
  first.onopen({});
  first.onmessage({ data: 'welcome' });
  const heard = [];
  const socket = stage.dial();
  socket.onopen = () => heard.push('open');
  socket.onmessage = ({ data }) => heard.push(data);
  socket.onclose = () => heard.push('close');
  await settled();
  first.onmessage({ data: 'more' });
  assert.ok(socket === first);
  assert.equal(heard, ['open', 'welcome', 'more']);
});

test('a socket that closed early tells so', async () => {
  const stage = staged(USER);
  (await dialled(stage)).onclose({ code: 1012 });
  const socket = stage.dial();
  let code = 0;
  socket.onclose = (event) => (code = event.code);
  await settled();
  assert.equal(code, 1012);
});

test('only the first connection was dialled early', async () => {
  const stage = staged(USER);
  await dialled(stage);
  stage.dial();
  stage.dial();
  assert.equal(stage.sockets.length, 2);
});

test('nobody who comes before the answer is given a second socket', async () => {
  const stage = staged(USER);
  stage.dial();
  await answered(stage);
  assert.equal(stage.sockets.length, 1);
});

test('nothing is dialled for nobody, for whoever is refused, and without a network', async () => {
  for (const stage of [staged({ user: null }), staged({ detail: 'no' }, 401), staged(null)]) {
    await answered(stage);
    assert.equal(stage.sockets.length, 0);
    stage.dial();
    assert.equal(stage.sockets.length, 1);
  }
});

test('a network that is away is away for whoever asks', async () => {
  const stage = staged(null);
  await settled();
  await assert.rejects(stage.ask(), 'TypeError');
});
