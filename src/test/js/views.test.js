import { render } from '../lib/lit-html/lit-html.js';
import { messages } from './fakes.js';
import { assert, test } from './runner.js';
import { excerpt, markup, safeAddress } from '../js/views/markup.js';
import { MOST, RowWindow } from '../js/views/row-window.js';

/** What a text becomes, without Lit's markers. */
const shown = (text, mentions) => {
  const place = document.createElement('div');
  render(markup({ text, mentions }, 'me'), place);
  return place.innerHTML.replace(/<!--.*?-->/gs, '').replaceAll(/ dir="(auto|ltr)"/g, '');
};
const inline = (text) => /^<p>(.*)<\/p>$/s.exec(shown(text))?.[1];

test('bold, italic, strike and code', () => {
  assert.equal(inline('**a** _b_ ~~c~~ `d`'), '<strong>a</strong> <em>b</em> <del>c</del> <code>d</code>');
  assert.equal(inline('**a _b_**'), '<strong>a <em>b</em></strong>');
});

test('fenced code, quote and list', () => {
  assert.equal(shown('```js\na <b>\n```'), '<pre tabindex="0"><code>a &lt;b&gt;</code></pre>');
  assert.equal(shown('> a'), '<blockquote><p>a</p></blockquote>');
  assert.equal(shown('- a\n- b'), '<ul><li>a</li><li>b</li></ul>');
  assert.equal(shown('3. a\n4. b'), '<ol start="3"><li>a</li><li>b</li></ol>');
});

test('lines stay as they were written', () => {
  assert.equal(inline('one\ntwo'), 'one\ntwo');
});

test('everything else is text', () => {
  for (const text of ['# head', '| a | b |\n|---|---|\n| 1 | 2 |', '---', '<b>x</b>', '![x](https://a.example/x.png)', '    indented', '[x]: https://a.example']) {
    const place = document.createElement('div');
    render(markup({ text }, null), place);
    assert.equal(place.textContent.trim(), text.trim());
    assert.equal(place.querySelector('h1, table, hr, b, img, pre, a'), null);
  }
});

test('a link goes to http, https or mailto and tells nobody where it comes from', () => {
  const expected = (href, text) => `<a target="_blank" rel="noopener noreferrer nofollow" href="${href}">${text}</a>`;
  assert.equal(inline('https://a.example/x.'), `${expected('https://a.example/x', 'https://a.example/x')}.`);
  assert.equal(inline('[a](mailto:a@a.example)'), expected('mailto:a@a.example', 'a'));
  for (const bad of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc', '//a.example', '/x']) {
    assert.equal(safeAddress(bad), null);
    assert.ok(!shown(`[a](${bad})`).includes('<a'), bad);
  }
});

test('entities are shown and not resolved', () => {
  assert.equal(inline('&lt;b&gt; &amp;'), '&amp;lt;b&amp;gt; &amp;amp;');
});

test('a mention of a name with spaces stands out, one own more', () => {
  const mentions = [{ id: 'me', name: 'Ada' }, { id: 'u', name: 'Ada Byron (x)' }];
  assert.equal(shown('@Ada and @Ada Byron (x)!', mentions), '<p><span class="mention me">@Ada</span> and <span class="mention ">@Ada Byron (x)</span>!</p>');
  assert.equal(shown('`@Ada`', mentions), '<p><code>@Ada</code></p>');
  assert.equal(shown('@Ada', 'odd'), '<p>@Ada</p>');
});

test('a text that is made to be hard is shown as it is', () => {
  for (const text of ['>'.repeat(5000), '- '.repeat(4000), '*'.repeat(15_000), '[a]('.repeat(3000), '`'.repeat(15_000), '_a'.repeat(7000)]) {
    const began = performance.now();
    shown(text);
    // No measure of speed: what grows with the square of the length takes minutes.
    assert.ok(performance.now() - began < 20_000, `${text.slice(0, 5)}… took ${performance.now() - began} ms`);
  }
  assert.ok(shown('**x** '.repeat(5000)).includes('**x**'));
});

test('an excerpt is one line and cuts no letter', () => {
  assert.equal(excerpt('a\n b  c'), 'a b c');
  assert.equal(excerpt('🎉'.repeat(5), 3), '🎉🎉🎉…');
});

const items = (from, to) => messages(from, to).map((each) => ({ type: 'message', ...each }));
const seqs = (rows, list) => [list[rows.start]?.seq, list[rows.end - 1]?.seq];

test('of a long room only the end is there, and then what somebody goes to', () => {
  const rows = new RowWindow();
  const list = items(1, 100_000);
  rows.toEnd(list);
  assert.equal(seqs(rows, list), [99_921, 100_000]);
  for (let i = 0; i < 50; i++) {
    rows.up();
    assert.ok(rows.end - rows.start <= MOST);
  }
  assert.equal(rows.start, 99_920 - 50 * 60);
  rows.around(list, 10);
  assert.equal(seqs(rows, list), [1, 70]);
  while (rows.down(list)) assert.ok(rows.end - rows.start <= MOST);
  assert.equal(rows.end, 100_000);
});

test('the same rows stay when older ones come before them', () => {
  const rows = new RowWindow();
  const before = items(51, 100);
  rows.toEnd(before);
  rows.follow(before, items(1, 100), false);
  assert.equal(seqs(rows, items(1, 100)), [51, 100]);
});

test('whoever reads along has as many rows as fit, and no more than a page has', () => {
  const [before, after] = [items(1, 100), items(1, 700)];
  for (const [seen, expected] of [[36, [665, 700]], [1, [681, 700]], [5000, [561, 700]]]) {
    const rows = new RowWindow();
    rows.toEnd(before);
    rows.seenAtOnce(seen);
    rows.follow(before, after, true);
    assert.equal(seqs(rows, after), expected);
  }
});

test('whoever reads along sees the newest, whoever does not keeps their rows', () => {
  const before = items(1, 100);
  for (const [readsAlong, expected] of [[true, [621, 700]], [false, [21, 220]]]) {
    const rows = new RowWindow();
    rows.toEnd(before);
    rows.follow(before, items(1, 700), readsAlong);
    assert.equal(seqs(rows, items(1, 700)), expected);
  }
});
