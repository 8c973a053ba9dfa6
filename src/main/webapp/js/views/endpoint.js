import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { repeat } from '../../lib/lit-html/directives/repeat.js';
import { asBytes, asHex, asText, content, isCookieValue, SHOWN_BYTES } from '../playground/content.js';
import { address } from '../playground/endpoints.js';
import { locale, t } from '../words/words.js';
import { endpointStyles } from './endpoint-styles.js';
import { shared } from './styles.js';

const APPLICATION = new URL('../../', import.meta.url);
/** Older frames are dropped from the list, so that an endpoint that talks all day does not fill the page. */
const KEPT = 200;
const MODES = ['text', 'json', 'hex', 'zlib', 'file'];

const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hour12: false });

/** One endpoint: where, connect, send, and every frame. */
export class EndpointView extends LitElement {
  static properties = {
    endpoint: {},
    status: { state: true },
    frames: { state: true },
    closed: { state: true },
    problem: { state: true },
    mode: { state: true },
    values: { state: true },
  };

  static styles = [shared, endpointStyles];

  #socket = null;
  #count = 0;

  constructor() {
    super();
    this.status = 'closed';
    this.frames = [];
    this.closed = null;
    this.problem = null;
    this.dropped = 0;
  }

  willUpdate(changed) {
    if (!changed.has('endpoint')) return;
    const { parameters = [], query = [], cookie } = this.endpoint;
    this.mode = this.endpoint.mode;
    this.values = Object.fromEntries([...parameters, ...query, ...(cookie ? [cookie] : [])].map(({ name, value }) => [name, value]));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#socket?.close(1000);
  }

  focus() {
    this.renderRoot.querySelector('h2').focus({ preventScroll: true });
  }

  render() {
    const { id, path } = this.endpoint;
    return html`<section aria-labelledby="path">
      <div class="title">
        <h2 id="path" tabindex="-1" dir="ltr">${path}</h2>
        <span class="status ${this.status}" role="status">${t(STATUS[this.status])}</span>
      </div>
      <p class="soft">${t(`playground.says-${id}`)}</p>
      ${this.#fields()} ${this.#connection()} ${this.#sending()} ${this.#list()}
    </section>`;
  }

  #fields() {
    const { parameters = [], query = [], cookie } = this.endpoint;
    if (parameters.length + query.length + (cookie ? 1 : 0) === 0) return nothing;
    return html`<div class="fields">
      ${parameters.map((field) => this.#field(field, 'path'))} ${query.map((field) => this.#field(field, 'query'))}
      ${cookie ? this.#field(cookie, 'cookie') : nothing}
    </div>`;
  }

  #field({ name, integer }, where) {
    return html`<label>
      <span>${name} <span class="tag">${where}</span></span>
      <input
        .value=${this.values[name]}
        placeholder=${integer ? t('playground.integer') : ''}
        autocomplete="off"
        spellcheck="false"
        ?disabled=${this.status !== 'closed'}
        @input=${({ target }) => (this.values = { ...this.values, [name]: target.value })}
      />
    </label>`;
  }

  #connection() {
    return html`<form class="connection" @submit=${this.#connect}>
        <code aria-label=${t('playground.address')} dir="ltr">${this.#address().href}</code>
        ${this.status === 'closed'
          ? html`<button class="primary">${t('playground.connect')}</button>`
          : html`<button type="button" @click=${() => this.#socket.close(1000, 'done')}>${t('playground.disconnect')}</button>`}
      </form>
      ${this.status === 'open' ? this.#negotiated() : this.#end()}`;
  }

  #negotiated() {
    const { protocol, extensions } = this.#socket;
    return html`<dl>
      <div><dt>${t('playground.subprotocol')}</dt><dd>${protocol || t('playground.none')}</dd></div>
      <div><dt>${t('playground.extensions')}</dt><dd>${extensions || t('playground.none')}</dd></div>
    </dl>`;
  }

  #end() {
    if (!this.closed) return nothing;
    const { code, reason, wasClean } = this.closed;
    return html`<dl class="end">
      <div><dt>${t('playground.code')}</dt><dd>${code}</dd></div>
      <div><dt>${t('playground.reason')}</dt><dd dir="auto">${reason || t('playground.no-reason')}</dd></div>
      <div><dt>${t('playground.clean')}</dt><dd>${t(wasClean ? 'playground.yes' : 'playground.no')}</dd></div>
    </dl>`;
  }

  #sending() {
    return html`<form class="sending" @submit=${this.#send}>
      <label>
        <span>${t('playground.send-as')}</span>
        <select .value=${this.mode} @change=${({ target }) => (this.mode = target.value)}>
          ${MODES.map((mode) => html`<option value=${mode} ?selected=${mode === this.mode}>${t(`playground.mode-${mode}`)}</option>`)}
        </select>
      </label>
      <label class="content">
        <span>${t(this.mode === 'file' ? 'playground.file' : 'playground.content')}</span>
        ${this.mode === 'file'
          ? html`<input type="file" name="file" />`
          : html`<textarea name="text" rows="1" spellcheck="false" @keydown=${this.#key}>${this.endpoint.sample}</textarea>`}
      </label>
      <button ?disabled=${this.status !== 'open'}>${t('playground.send')}</button>
      ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
    </form>`;
  }

  #list() {
    if (this.frames.length === 0) return nothing;
    return html`<div class="frames-title">
        <h3 id="frames">${t('playground.frames')}</h3>
        ${this.dropped > 0 ? html`<span class="soft">${t('playground.dropped', { kept: KEPT, count: this.dropped })}</span>` : nothing}
        <button class="link" @click=${this.#clear}>${t('playground.clear')}</button>
      </div>
      <ol class="frames" aria-labelledby="frames" tabindex="0">
        ${repeat(
          this.frames,
          ({ id }) => id,
          (frame) => this.#frame(frame),
        )}
      </ol>`;
  }

  #frame({ id, out, at, data, hex }) {
    const length = asBytes(data).length;
    const binary = typeof data !== 'string';
    return html`<li class=${out ? 'out' : 'in'}>
      <p class="frame-head">
        <span class="direction">${t(out ? 'playground.sent' : 'playground.received')}</span>
        <time datetime=${at.toISOString()}>${time.format(at)}.${String(at.getMilliseconds()).padStart(3, '0')}</time>
        <span>${t(binary ? 'playground.binary' : 'playground.as-text')}</span>
        <span>${t('playground.bytes', { count: length })}</span>
        <button class="link" aria-pressed=${hex} @click=${() => this.#flip(id)}>${t(hex ? 'playground.show-text' : 'playground.show-hex')}</button>
      </p>
      <pre dir=${hex ? 'ltr' : 'auto'}>${hex ? asHex(data) : asText(data)}</pre>
      ${length > SHOWN_BYTES ? html`<p class="soft">${t('playground.first-bytes', { bytes: SHOWN_BYTES })}</p>` : nothing}
    </li>`;
  }

  updated(changed) {
    if (!changed.has('frames')) return;
    const list = this.renderRoot.querySelector('.frames');
    if (list && changed.get('frames')?.length !== this.frames.length) list.scrollTop = list.scrollHeight;
  }

  #address() {
    const { parameters = [], query = [] } = this.endpoint;
    const pick = (fields) => Object.fromEntries(fields.map(({ name }) => [name, this.values[name]]));
    return address(this.endpoint, pick(parameters), pick(query), APPLICATION);
  }

  #connect(event) {
    event.preventDefault();
    this.problem = null;
    const url = this.#address();
    if (!this.#setCookie(url)) return;
    this.closed = null;
    this.status = 'connecting';
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => (this.status = 'open');
    socket.onmessage = ({ data }) => this.#add(false, typeof data === 'string' ? data : new Uint8Array(data));
    socket.onclose = ({ code, reason, wasClean }) => {
      this.status = 'closed';
      this.closed = { code, reason, wasClean };
    };
    this.#socket = socket;
  }

  /** For this path only, so that no other endpoint gets it; an empty field takes the cookie away. */
  #setCookie({ pathname }) {
    const { cookie } = this.endpoint;
    if (!cookie) return true;
    const value = this.values[cookie.name];
    if (!isCookieValue(value)) {
      this.problem = t('playground.bad-cookie');
      return false;
    }
    document.cookie = `${cookie.name}=${value}; path=${pathname}; SameSite=Strict${value === '' ? '; Max-Age=0' : ''}`;
    return true;
  }

  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }

  async #send(event) {
    event.preventDefault();
    this.problem = null;
    const data = new FormData(event.target);
    const file = data.get('file');
    let frame;
    try {
      frame = await content(this.mode, data.get('text'), file?.name ? file : null);
    } catch (error) {
      if (error.name !== 'ContentError') throw error;
      this.problem = error.message;
      return;
    }
    if (this.status !== 'open') {
      this.problem = t('playground.connect-first');
      return;
    }
    this.#socket.send(frame);
    this.#add(true, frame);
  }

  #add(out, data) {
    const frame = { id: ++this.#count, out, at: new Date(), data, hex: typeof data !== 'string' };
    this.dropped += Math.max(0, this.frames.length + 1 - KEPT);
    this.frames = [...this.frames, frame].slice(-KEPT);
  }

  #flip(id) {
    this.frames = this.frames.map((frame) => (frame.id === id ? { ...frame, hex: !frame.hex } : frame));
  }

  #clear() {
    this.frames = [];
    this.dropped = 0;
  }
}

const STATUS = { closed: 'playground.closed', connecting: 'playground.connecting', open: 'playground.open' };

customElements.define('parley-endpoint', EndpointView);
