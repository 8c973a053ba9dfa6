import { html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { repeat } from '../../lib/lit-html/directives/repeat.js';
import { dropped, pasted, picked } from '../page/chosen.js';
import { shortName, shownName } from '../store/said.js';
import { reason, t } from '../words/words.js';
import { filesStyles } from './files-styles.js';
import { sheet } from './icons.js';
import { quantity } from './quantity.js';
import { shared } from './styles.js';

/**
 * Files on their way: takes what is dropped, pasted or chosen, and shows how far each has come. Fires `warn` {message}.
 */
export class FilesView extends LitElement {
  static properties = {
    /** See `page/files.js`. */
    files: {},
    transfers: {},
    room: {},
    refused: {},
    over: { state: true },
    /** What is read out: that a file is there, or needs somebody. */
    news: { state: true },
  };

  static styles = [shared, filesStyles];

  #stop = new AbortController();
  /** The upload whose file is asked for; null when new ones are chosen. */
  #asking = null;
  #depth = 0;
  #cancelled = new Set();

  constructor() {
    super();
    this.transfers = [];
    this.over = false;
    this.news = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const on = (name, f) => globalThis.addEventListener(name, f, { signal });
    on('dragenter', (event) => this.#entered(event));
    on('dragover', (event) => this.#holdsFiles(event) && event.preventDefault());
    on('dragleave', (event) => this.#left(event));
    on('drop', (event) => this.#dropped(event));
    on('paste', (event) => this.#pasted(event));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  willUpdate(changed) {
    if (changed.has('transfers')) this.#listen(changed.get('transfers') ?? []);
  }

  #listen(before) {
    const now = new Map(this.transfers.map((each) => [each.id, each]));
    for (const { id, name, state } of before) {
      const each = now.get(id);
      if (!each && !this.#cancelled.delete(id)) this.news = t('files.sent', { name: shortName(name) });
      else if (each && each.state !== state && (each.state === 'failed' || each.state === 'absent')) {
        this.news = `${shortName(name)}: ${status(each)}`;
      }
    }
  }

  render() {
    return html`${this.over
        ? html`<div class="over"><p>${t(this.refused ? 'room.closed' : 'files.drop', { room: this.room })}</p></div>`
        : nothing}
      <input type="file" multiple tabindex="-1" aria-hidden="true" hidden @change=${this.#chosen} />
      <p class="visually-hidden" role="status">${this.news}</p>
      ${this.transfers.length === 0
        ? nothing
        : html`<ul aria-label=${t('files.queue')}>
            ${repeat(
              this.transfers,
              ({ id }) => id,
              (transfer) => this.#card(transfer),
            )}
          </ul>`}`;
  }

  #card(transfer) {
    const { id, name, room, size, state, done, thumbnail } = transfer;
    const [shown, short] = [shownName(name), shortName(name)];
    const button = (key, f) => html`<button class="link" aria-label="${t(key)}: ${short}" @click=${f}>${t(key)}</button>`;
    return html`<li class=${state}>
      ${thumbnail ? html`<img src=${thumbnail} alt="" width="40" height="40" />` : sheet}
      <div class="what">
        <p class="name">
          <bdi title=${shown}>${short}</bdi>
          ${room === this.room ? nothing : html`<span class="soft">${t('files.to', { room })}</span>`}
        </p>
        <progress
          max=${Math.max(1, size)}
          .value=${size === 0 ? 1 : done}
          aria-label=${t('files.progress', { name: short })}
          aria-valuetext=${status(transfer)}
        ></progress>
        <p class="status">${status(transfer)}</p>
      </div>
      <div class="row">
        ${state === 'paused' ? button('files.continue', () => this.files.resume(id)) : nothing}
        ${state === 'failed' ? button('files.retry', () => this.files.resume(id)) : nothing}
        ${state === 'absent' && transfer.permission ? button('files.continue', () => this.files.permit(id)) : nothing}
        ${state === 'absent' ? button('files.choose', () => this.choose(id)) : nothing}
        ${state === 'checking' || state === 'sending' || state === 'waiting' ? button('files.pause', () => this.files.pause(id)) : nothing}
        ${button('app.cancel', () => this.#cancel(id))}
      </div>
    </li>`;
  }

  /**
   * Fetches a file of a sealed room, opens it, and gives it to the browser as a download.
   *
   * @param {object} body of its message
   */
  async fetch(body) {
    this.news = t('files.fetching', { name: shortName(body.name) });
    try {
      save(await this.files.opened(body), typeof body.name === 'string' ? body.name : '');
    } catch (error) {
      if (error.name !== 'Unreadable' && error.name !== 'TransferError') throw error;
      this.#warn(error.name === 'Unreadable' ? t('files.unverified', { name: shortName(body.name) }) : reason(error.error));
    }
  }

  #cancel(id) {
    this.#cancelled.add(id);
    this.files.cancel(id);
  }

  /**
   * Asks for files.
   *
   * @param {string | null} [id] the upload whose file is asked for again
   */
  async choose(id = null) {
    const chosen = await picked(id === null);
    if (chosen !== null) {
      this.#take(chosen, id);
      return;
    }
    this.#asking = id;
    const input = this.renderRoot.querySelector('input');
    input.multiple = id === null;
    input.click();
  }

  #chosen({ target }) {
    const chosen = [...target.files].map((file) => ({ file, handle: null }));
    // The same file may be chosen again.
    target.value = '';
    this.#take(chosen, this.#asking);
    this.#asking = null;
  }

  #take(chosen, id = null) {
    if (chosen.length === 0) return;
    if (id !== null) this.files.give(id, chosen[0]);
    else if (this.refused) this.#warn(t('room.closed'));
    else this.files.send(this.room, chosen);
  }

  #warn(message) {
    this.dispatchEvent(new CustomEvent('warn', { detail: { message } }));
  }

  #holdsFiles({ dataTransfer }) {
    return dataTransfer?.types.includes('Files') ?? false;
  }

  /** Each element that the pointer crosses is entered and left. */
  #entered(event) {
    if (!this.#holdsFiles(event)) return;
    event.preventDefault();
    this.#depth++;
    this.over = true;
  }

  #left(event) {
    if (!this.#holdsFiles(event)) return;
    this.#depth = Math.max(0, this.#depth - 1);
    this.over = this.#depth > 0;
  }

  async #dropped(event) {
    if (!this.#holdsFiles(event)) return;
    event.preventDefault();
    this.#depth = 0;
    this.over = false;
    const { chosen, folders } = await dropped(event.dataTransfer);
    if (folders > 0) this.#warn(t('files.folders'));
    this.#take(chosen);
  }

  #pasted(event) {
    if (!event.clipboardData) return;
    const chosen = pasted(event.clipboardData);
    if (chosen.length === 0) return;
    event.preventDefault();
    this.#take(chosen);
  }
}

/** How long the browser may take to begin with a download. */
const SAVE_MS = 60_000;

function save(blob, name) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVE_MS);
}

/** @param {import('../client/transfer.js').TransferView} transfer */
function status(transfer) {
  return STATUS[transfer.state](transfer);
}

const amount = ({ done, size }) => ({ done: quantity(done, 'bytes'), size: quantity(size, 'bytes') });

const STATUS = {
  waiting: ({ held, error }) => (error ? t('files.again', { reason: reason(error) }) : t(held ? 'files.held' : 'files.waiting')),
  checking: () => t('files.checking'),
  sending: (transfer) => (transfer.held ? t('files.held') : sending(transfer)),
  storing: () => t('files.storing'),
  paused: (transfer) => t('files.paused', amount(transfer)),
  absent: ({ permission, error }) => [error && reason(error), t(permission ? 'files.permission' : 'files.absent')].filter(Boolean).join(' '),
  failed: ({ error }) => t('files.failed', { reason: reason(error) }),
};

function sending(transfer) {
  const { perSecond, leftMs } = transfer;
  if (perSecond === null || leftMs === null) return t('files.sending', amount(transfer));
  return t('files.speed', { ...amount(transfer), speed: quantity(perSecond, 'bytes-rate'), left: left(leftMs) });
}

/** Roughly: nobody trusts a second of an hour. */
function left(ms) {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return t('files.left-seconds', { count: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return t('files.left-minutes', { count: minutes });
  return t('files.left-hours', { count: Math.round(minutes / 60) });
}

/** The files of the page, for the room that is open. */
export function filesOf(room, { view, chat, warn }) {
  return html`<parley-files
    .files=${chat.files}
    .transfers=${view.transfers}
    .room=${room.name}
    .refused=${room.state === 'refused' || room.lock !== null}
    @warn=${({ detail }) => warn(detail.message)}
  ></parley-files>`;
}

customElements.define('parley-files', FilesView);
