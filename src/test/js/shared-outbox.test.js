import { IndexedDbJournal } from '../js/client/journal.js';
import { Tabs } from '../js/client/tabs.js';
import { FakeRandom, Harness, message } from './fakes.js';
import { assert, test } from './runner.js';

const ME = { id: 'guest:me', name: 'Me' };
const GRACE = { id: 'guest:grace', name: 'Grace' };

let last = 0;

/** A browser with tabs of one application, each with a server connection that is the test's. */
class Browser {
  #tabs = 0;
  name = `browser ${++last}`;
  journal = new IndexedDbJournal(indexedDB, this.name);

  async tab({ locks = navigator.locks, user = ME } = {}) {
    const tabs = new Tabs(this.name, { BroadcastChannel, locks });
    const harness = new Harness({ journal: this.journal, tabs, random: new FakeRandom(++this.#tabs) });
    await harness.parley.belongsTo(user);
    return harness;
  }

  async inLobby(options = {}) {
    const harness = (await this.tab(options)).open(options.user);
    harness.parley.join('lobby');
    return harness.joined();
  }

  async stored({ id } = ME) {
    return (await this.journal.entries(id)).map(({ body, error }) => (error ? `! ${body.text}` : body.text));
  }
}

const say = (harness, text, room = 'lobby') => harness.parley.publish(room, 'text', { text });
const texts = (harness) => harness.socket.of('publish').map(({ body }) => body.text);
const ack = (harness, id = harness.socket.last('publish').id) =>
  harness.socket.say({ type: 'ack', id, room: 'lobby', epoch: 'e1', seq: 1, time: 1, duplicate: false });
const refuse = (harness) =>
  harness.socket.say({ type: 'error', id: harness.socket.last('publish').id, name: 'forbidden', message: 'No.', retryable: false });

test('what is not sent outlives the page, in its order', async () => {
  const browser = new Browser();
  const before = await browser.tab();
  for (const text of ['one', 'two', 'three']) await say(before, text);
  before.parley.close();
  const after = await browser.inLobby();
  assert.equal(after.of('restored').map(({ body }) => body.text), ['one', 'two', 'three']);
  for (const expected of ['one', 'two', 'three']) {
    await after.until(() => texts(after).at(-1) === expected);
    ack(after);
  }
  assert.equal(texts(after), ['one', 'two', 'three']);
  await after.until(async () => true);
  assert.equal(after.of('sent').map(({ id }) => id), before.of('sending').map(({ id }) => id));
});

test('what has its ack is not there after a reload', async () => {
  const browser = new Browser();
  const tab = await browser.inLobby();
  await say(tab, 'one');
  await tab.until(() => texts(tab).length === 1);
  ack(tab);
  while ((await browser.stored()).length > 0);
  const again = await browser.tab();
  assert.equal(again.of('restored'), []);
});

test('what gets its ack while the journal is read does not come back', async () => {
  const browser = new Browser();
  const tab = await browser.inLobby();
  await say(tab, 'one');
  await tab.until(() => texts(tab).length === 1);
  const { journal } = browser;
  const [read, given] = [Promise.withResolvers(), Promise.withResolvers()];
  const entries = journal.entries.bind(journal);
  journal.entries = async (user) => {
    const all = await entries(user);
    read.resolve(all);
    await given.promise;
    return all;
  };
  tab.parley.join('other');
  tab.joined();
  assert.equal((await read.promise).length, 1);
  ack(tab);
  given.resolve();
  await say(tab, 'two', 'other');
  await tab.until(() => texts(tab).length > 1);
  assert.equal([texts(tab), tab.of('restored')], [['one', 'two'], []]);
});

test('a failed one is still failed after a reload, and can be sent or thrown away', async () => {
  const browser = new Browser();
  const tab = await browser.inLobby();
  for (const text of ['one', 'two']) {
    await say(tab, text);
    await tab.until(() => texts(tab).at(-1) === text);
    refuse(tab);
  }
  while ((await browser.stored()).join() !== '! one,! two');
  tab.parley.close();
  const again = await browser.inLobby();
  const [one, two] = again.of('restored');
  assert.equal([one.error.message, two.error.message], ['No.', 'No.']);
  assert.equal(texts(again), []);
  again.parley.discard(one.id);
  await again.parley.retry(two.id);
  await again.until(() => texts(again).length > 0);
  assert.equal([texts(again), again.socket.last('publish').id], [['two'], two.id]);
  while ((await browser.stored()).join() !== 'two');
});

test('two tabs show the same and one of them sends', async () => {
  const browser = new Browser();
  const [a, b] = [await browser.inLobby(), await browser.inLobby()];
  await say(b, 'from b');
  await a.until(() => texts(a).length === 1);
  await say(a, 'from a');
  await b.until(() => b.of('sending').length === 2);
  ack(a);
  await a.until(() => texts(a).length === 2);
  ack(a);
  await b.until(() => b.of('sent').length === 2);
  assert.equal([texts(a), texts(b)], [['from b', 'from a'], []]);
  while ((await browser.stored()).length > 0);
});

test('a tab that loses its connection leaves the sending to the other, with the same id', async () => {
  const browser = new Browser();
  const [a, b] = [await browser.inLobby(), await browser.inLobby()];
  const id = await say(a, 'one');
  await a.until(() => texts(a).length === 1);
  await say(a, 'two');
  a.socket.end(1006);
  await b.until(() => texts(b).length === 1);
  assert.equal(b.socket.last('publish').id, id);
  ack(b);
  await b.until(() => texts(b).length === 2);
  ack(b);
  await a.until(() => a.of('sent').length === 2);
  assert.equal(texts(b), ['one', 'two']);
});

test('without Web Locks both tabs may send, but never under two ids', async () => {
  const browser = new Browser();
  const [a, b] = [await browser.inLobby({ locks: null }), await browser.inLobby({ locks: null })];
  const id = await say(a, 'one');
  await b.until(() => texts(b).length === 1 && texts(a).length === 1);
  assert.equal([a.socket.last('publish').id, b.socket.last('publish').id], [id, id]);
});

test('what cannot be stored is not sent and says so', async () => {
  const full = { entries: async () => [], add: () => Promise.reject(new DOMException('Full.', 'QuotaExceededError')) };
  const harness = new Harness({ journal: full }).open();
  harness.parley.join('lobby');
  harness.joined();
  await assert.rejects(say(harness, 'one'), 'QuotaExceededError');
  assert.equal([texts(harness), harness.of('sending')], [[], []]);
});

test('who signs out leaves nothing behind, and others see nothing', async () => {
  const browser = new Browser();
  const tab = await browser.tab();
  await say(tab, 'mine');
  const other = new Harness({ journal: browser.journal });
  await other.parley.belongsTo(GRACE);
  assert.equal(other.of('restored'), []);
  await tab.parley.forget();
  assert.equal(await browser.stored(), []);
});

test('what was sent before its day is over is asked for first and not sent again by itself', async () => {
  const browser = new Browser();
  const before = await browser.tab();
  const id = await say(before, 'old');
  before.parley.close();
  const after = await browser.tab();
  after.clock.pass(86_400_000);
  after.open();
  after.parley.join('lobby');
  after.joined();
  await after.until(() => after.of('failed').length === 1);
  assert.equal([after.of('failed')[0].error.name, texts(after)], ['expired', []]);
  await after.parley.retry(id);
  await after.until(() => texts(after).length === 1);
  assert.ok(after.socket.last('publish').id !== id);
  while ((await browser.stored()).join() !== 'old');
});

test('an own message that another tab sent is out of the outbox here', async () => {
  const browser = new Browser();
  const [a, b] = [await browser.inLobby(), await browser.inLobby()];
  const id = await say(b, 'one');
  await a.until(() => texts(a).length === 1);
  ack(a);
  await b.until(() => b.of('sent').length === 1);
  b.push([message(1, { id, from: 'guest:me' })]);
  assert.equal(b.told, [1]);
});

test('what somebody did not send waits for whoever signs in next, with its author and in its order', async () => {
  const browser = new Browser();
  const mine = await browser.tab();
  assert.equal(mine.of('orphans').at(-1).authors, []);
  for (const text of ['one', 'two']) await say(mine, text);
  mine.parley.close();
  const graces = await browser.inLobby({ user: GRACE });
  const [author, ...others] = graces.of('orphans').at(-1).authors;
  assert.equal([author.user, author.name, author.entries.map(({ body }) => body.text)], ['guest:me', 'Me', ['one', 'two']]);
  assert.equal([others, texts(graces), graces.of('restored')], [[], [], []]);
});

test('what somebody left is sent in the name of who adopts it, once, in its order, under new ids', async () => {
  const browser = new Browser();
  const mine = await browser.tab();
  for (const text of ['one', 'two']) await say(mine, text);
  mine.parley.close();
  const graces = await browser.inLobby({ user: GRACE });
  await say(graces, 'own');
  await graces.until(() => texts(graces).length === 1);
  await graces.parley.adopt(ME.id);
  assert.equal(graces.of('orphans').at(-1).authors, []);
  assert.equal([await browser.stored(), await browser.stored(GRACE)], [[], ['one', 'two', 'own']]);
  for (const text of ['own', 'one', 'two']) {
    await graces.until(() => texts(graces).at(-1) === text);
    ack(graces);
  }
  assert.equal(texts(graces), ['own', 'one', 'two']);
  const ids = graces.socket.of('publish').map(({ id }) => id);
  assert.equal(mine.of('sending').filter(({ id }) => ids.includes(id)), []);
  while ((await browser.stored(GRACE)).length > 0);
});

test('what somebody left is adopted in all tabs, also in one where its author still is', async () => {
  const browser = new Browser();
  const mine = await browser.tab();
  await say(mine, 'one');
  const [a, b] = [await browser.tab({ user: GRACE }), await browser.tab({ user: GRACE })];
  await a.parley.adopt(ME.id);
  await b.until(() => b.of('restored').length === 1 && b.of('orphans').at(-1).authors.length === 0);
  await mine.until(() => mine.of('discarded').length === 1);
  mine.open().parley.join('lobby');
  mine.joined();
  await mine.until(() => mine.socket.of('join').length === 1);
  assert.equal(texts(mine), []);
});

test('what somebody left in an encrypted room stays theirs: in another name nobody could open it', async () => {
  const browser = new Browser();
  const mine = await browser.tab();
  await mine.parley.publish('lobby', 'sealed', { text: 'sealed' });
  await say(mine, 'clear');
  mine.parley.close();
  const graces = await browser.tab({ user: GRACE });
  assert.equal(graces.of('orphans').at(-1).authors.map(({ entries }) => entries.map(({ body }) => body.text)), [['clear']]);
  await graces.parley.adopt(ME.id);
  assert.equal([await browser.stored(), await browser.stored(GRACE)], [['sealed'], ['clear']]);
});

test('what somebody left can be thrown away', async () => {
  const browser = new Browser();
  const mine = await browser.tab();
  await say(mine, 'one');
  mine.parley.close();
  const [a, b] = [await browser.tab({ user: GRACE }), await browser.tab({ user: GRACE })];
  await say(a, 'own');
  await a.parley.discardOrphans(ME.id);
  await b.until(() => b.of('orphans').at(-1).authors.length === 0);
  assert.equal([await browser.stored(), await browser.stored(GRACE)], [[], ['own']]);
  const again = await browser.tab();
  assert.equal(again.of('restored'), []);
});

test('what is written before it is known who writes waits for that', async () => {
  const browser = new Browser();
  const harness = new Harness({ journal: browser.journal });
  harness.parley.join('lobby');
  const id = say(harness, 'early');
  assert.equal(await browser.stored(), []);
  harness.open();
  await id;
  assert.equal(await browser.stored(), ['early']);
  harness.joined();
  assert.equal(texts(harness), ['early']);
});
