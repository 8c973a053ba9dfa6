import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { listed, reason, t } from '../words/words.js';
import { file } from './file.js';
import { fullTime, initials, machineTime, shortTime, timeOfDay, tone } from './format.js';
import { clock, warning } from './icons.js';
import { markup } from './markup.js';

/** How one message looks, arrived or on its way. */
export const messageStyles = css`
  .message {
    position: relative;
    display: grid;
    grid-template-columns: 2.25rem minmax(0, 1fr);
    gap: 0 var(--space-3);
    padding: 0.125rem var(--space-4);
  }

  .message.first {
    margin-top: var(--space-3);
  }

  .message:hover,
  .message:focus-within {
    background: color-mix(in srgb, var(--sunken) 55%, transparent);
  }

  .message:focus-visible {
    outline-offset: -2px;
  }

  .message.mentioned {
    padding-inline-start: calc(var(--space-4) - 3px);
    border-inline-start: 3px solid var(--warn);
    background: var(--warn-soft);
  }

  .message.goal {
    animation: found 2s ease-out;
  }

  @keyframes found {
    from {
      background: var(--accent-soft);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .message.goal {
      animation: none;
      background: var(--accent-soft);
    }
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--space-2);
    line-height: 1.4;
  }

  .author {
    color: var(--tone);
    overflow-wrap: anywhere;
    font-weight: 650;
  }

  time {
    color: var(--ink-soft);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }

  .first .side {
    padding-top: 0.25rem;
  }

  .side {
    text-align: end;
    white-space: nowrap;
  }

  .side time {
    opacity: 0;
  }

  .message:hover .side time,
  .message:focus-within .side time {
    opacity: 1;
  }

  /* As wide as what it says: a text that reads the other way than the page stands beside its author too. */
  .text {
    width: fit-content;
    max-width: min(46rem, 100%);
    overflow-wrap: anywhere;
  }

  .text p {
    white-space: pre-wrap;
  }

  .text > * + * {
    margin-top: var(--space-1);
  }

  .text a {
    color: var(--accent);
    text-underline-offset: 0.15em;
  }

  .text code {
    padding: 0.0625rem 0.3125rem;
    border-radius: 0.3125rem;
    background: var(--sunken);
    font: 0.875em var(--mono);
  }

  .text pre {
    max-width: 100%;
    margin: var(--space-1) 0;
    padding: var(--space-2) var(--space-3);
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--sunken);
    line-height: 1.45;
    white-space: pre;
    overflow-wrap: normal;
  }

  .text pre code {
    padding: 0;
    background: none;
  }

  .text blockquote {
    margin: var(--space-1) 0;
    padding-inline-start: var(--space-3);
    border-inline-start: 3px solid var(--line-strong);
    color: var(--ink-soft);
  }

  .text ul,
  .text ol {
    padding-inline-start: 1.375rem;
    list-style: revert;
  }

  .mention {
    padding: 0 0.1875rem;
    border-radius: 0.25rem;
    background: var(--accent-soft);
    color: var(--accent);
    font-weight: 550;
  }

  .mention.me {
    background: var(--accent);
    color: var(--on-accent);
  }

  button.quote {
    display: flex;
    gap: var(--space-2);
    max-width: 46rem;
    width: fit-content;
    min-height: 1.5rem;
    padding: 0 var(--space-2);
    border: 0;
    border-inline-start: 3px solid var(--line-strong);
    border-radius: 0.25rem;
    background: none;
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 400;
    text-align: start;
  }

  button.quote > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .own .text,
  .leaving .text {
    padding: var(--space-1) var(--space-3);
    border: 1px solid var(--own-line);
    border-radius: var(--round-large);
    border-start-start-radius: 0.25rem;
    background: var(--own);
  }

  .own.rest .text,
  .leaving.rest .text {
    border-radius: var(--round-large);
  }

  .own .head {
    margin-bottom: 0.125rem;
  }

  .leaving .text {
    border-style: dashed;
  }

  .leaving.failed .text {
    border-color: var(--danger);
    background: var(--danger-soft);
    opacity: 1;
  }

  .fate {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--space-2);
    padding: 0.125rem 0;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  /* A message that is there in a moment is not worth a word. */
  .fate.sending {
    animation: appear 0s 300ms both;
  }

  @keyframes appear {
    from {
      visibility: hidden;
    }
  }

  .fate svg {
    width: 1rem;
    height: 1rem;
  }

  .fate.failed {
    color: var(--danger);
  }

  .fate button.link {
    font-size: inherit;
  }

  .deleted {
    color: var(--ink-soft);
    font-style: italic;
  }

  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    padding: var(--space-1) 0;
  }

  .reactions button {
    min-height: 1.625rem;
    padding: 0 var(--space-2);
    gap: var(--space-1);
    border-color: var(--line);
    border-radius: 1rem;
    background: var(--surface);
    font-size: var(--text-small);
    font-weight: 500;
  }

  .reactions button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
  }

  @media (max-width: 30rem) {
    .message {
      gap: 0 var(--space-2);
      padding-inline: var(--space-2);
    }

    .message.mentioned {
      padding-inline-start: calc(var(--space-2) - 3px);
    }
  }
`;

const when = (time, format) =>
  html`<time dir="auto" datetime=${machineTime(time)} title=${fullTime(time)}>${format(time)}</time>`;

const UNREADABLE = {
  unverified: 'sealed.unverified',
  'other-key': 'sealed.other-key',
  newer: 'sealed.newer',
  clear: 'sealed.clear',
};

function content({ kind, body, deleted, edited, unreadable, count }, { me, act }) {
  if (unreadable) return html`<p class="deleted">${t(UNREADABLE[unreadable], { count })}</p>`;
  if (deleted) return html`<p class="deleted">${t('message.deleted')}</p>`;
  if (kind === 'file' && typeof body.file === 'string') return file(body, act);
  if (typeof body.text !== 'string') return html`<p class="deleted">${t('message.unknown', { kind })}</p>`;
  return html`<div class="text">${markup(body, me?.id ?? null)}</div>
    ${edited ? html`<span class="soft edited">${t('message.edited')}</span>` : nothing}`;
}

function quote({ body }, goTo) {
  const reply = body?.reply;
  if (!Number.isInteger(reply?.seq) || typeof reply.name !== 'string') return nothing;
  return html`<button class="quote" @click=${() => goTo(reply.seq)}>
    <span class="visually-hidden">${t('message.reply-to', { name: '' })}</span>
    <strong dir="auto">${reply.name}</strong><span dir="auto">${reply.text}</span>
  </button>`;
}

function reactions({ reactions: list = [] }, { me, users, react }) {
  if (list.length === 0) return nothing;
  const names = new Map([...users.map(({ id, name }) => [id, name]), [me?.id, t('room.you')]]);
  return html`<ul class="reactions" aria-label=${t('message.reactions')}>
    ${list.map(({ emoji, from }) => {
      const label = t('message.reacted', { emoji, names: listed(from.map((id) => names.get(id) ?? '?')) });
      return html`<li>
        <button aria-pressed=${from.includes(me?.id)} aria-label="${label} (${from.length})" title=${label} @click=${() => react(emoji)}>
          <span>${emoji}</span>${from.length}
        </button>
      </li>`;
    })}
  </ul>`;
}

const face = (id, name) => html`<span class="avatar ${tone(id)}" aria-hidden="true">${initials(name)}</span>`;

const tag = (item, me) =>
  item.from === me?.id ? html`<span class="tag">${t('room.you')}</span>` : item.guest ? html`<span class="tag">${t('room.guest')}</span>` : nothing;

/**
 * @param {object} item of the store
 * @param {{first: boolean, me: object, users: object[], react: (emoji: string) => void, goTo: (seq: number) => void,
 *   act: (name: 'open' | 'fetch') => void}} look act: shows its picture, fetches its file; first: begins a group and has the name
 */
export function message(item, look) {
  const { first, me } = look;
  const head = html`<p class="head">
    <span class="author ${tone(item.from)}" dir="auto">${item.name}</span>
    ${tag(item, me)} ${when(item.time, timeOfDay)}
  </p>`;
  return html`<div class="side">${first ? face(item.from, item.name) : when(item.time, shortTime)}</div>
    <div class="said">
      ${item.missing ? html`<p class="deleted">${t('sealed.missing', { count: item.missing })}</p>` : nothing}
      ${first ? head : html`<span class="visually-hidden">${item.name}:</span>`}${quote(item, look.goTo)}${content(item, look)}${reactions(item, look)}
    </div>`;
}

/**
 * A message that has not arrived.
 *
 * @param {object} entry of the store's `outgoing`
 * @param {{first: boolean, me: object, retry: () => void, discard: () => void, revise: () => void, copy: () => void}} look
 */
export function leavingMessage(entry, look) {
  const { first, me } = look;
  const { id, name } = me ?? { id: '', name: '' };
  return html`<li class="message leaving ${entry.state} ${first ? 'first' : 'rest'}" data-key=${entry.id}>
    <div class="side">${first ? face(id, name) : nothing}</div>
    <div class="said">
      ${first ? html`<p class="head"><span class="author ${tone(id)}" dir="auto">${name}</span><span class="tag">${t('room.you')}</span></p>` : nothing}
      ${quote(entry, () => {})}${content(entry, look)} ${leavingMessage.fate(entry, look)}
    </div>
  </li>`;
}

leavingMessage.fate = ({ state, error, kind, body }, { retry, discard, revise, copy }) => {
  const failed = kind === 'text' ? 'message.failed' : 'message.failed-edit';
  const texts = {
    sending: () => html`${clock}<span>${t('message.sending')}</span>`,
    delayed: () => html`${clock}<span>${t('message.delayed', { reason: reason(error) })}</span>`,
    sent: () => nothing,
    failed: () => html`${warning}<span>${t(failed, { reason: reason(error) })}</span>
      <button class="link" @click=${retry}>${t('message.retry')}</button>
      ${typeof body.text === 'string'
        ? html`<button class="link" @click=${revise}>${t('message.edit')}</button>
            <button class="link" @click=${copy}>${t('message.copy')}</button>`
        : nothing}
      <button class="link" @click=${discard}>${t('message.delete')}</button>`,
  };
  return html`<div class="fate ${state}">${texts[state]()}</div>`;
};
