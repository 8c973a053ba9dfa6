import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { counted, fullTime, initials, machineTime, shortTime, timeOfDay, tone, withLinks } from './format.js';
import { clock, warning } from './icons.js';

/** How one message looks, arrived or on its way. */
export const messageStyles = css`
  .message {
    display: grid;
    grid-template-columns: 2.25rem minmax(0, 1fr);
    gap: 0 var(--space-3);
    padding: 0.125rem var(--space-4);
  }

  .message.first {
    margin-top: var(--space-3);
  }

  .message:hover {
    background: color-mix(in srgb, var(--sunken) 55%, transparent);
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

  .side {
    padding-top: 0.25rem;
    text-align: right;
    white-space: nowrap;
  }

  .side time {
    opacity: 0;
  }

  .message:hover .side time,
  .message:focus-within .side time {
    opacity: 1;
  }

  .text {
    max-width: 46rem;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .text a {
    color: var(--accent);
    text-underline-offset: 0.15em;
  }

  .own .text,
  .leaving .text {
    width: fit-content;
    padding: var(--space-1) var(--space-3);
    border: 1px solid var(--own-line);
    border-radius: 0.25rem var(--round-large) var(--round-large) var(--round-large);
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
    opacity: 0.72;
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

  .fate svg {
    width: 1rem;
    height: 1rem;
  }

  .failed .fate {
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

  .reactions li {
    padding: 0 var(--space-2);
    border: 1px solid var(--line);
    border-radius: 1rem;
    background: var(--surface);
    font-size: var(--text-small);
  }

  @media (max-width: 30rem) {
    .message {
      gap: 0 var(--space-2);
      padding-inline: var(--space-2);
    }
  }
`;

const when = (time, format) =>
  html`<time datetime=${machineTime(time)} title=${fullTime(time)}>${format(time)}</time>`;

const linked = (text) =>
  withLinks(text).map((part) =>
    typeof part === 'string' ? part : html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${part.href}</a>`,
  );

function content({ kind, body, deleted, edited }) {
  if (deleted) return html`<p class="deleted">This message was deleted.</p>`;
  if (typeof body.text !== 'string') return html`<p class="deleted">A message of the kind “${kind}”, which this page cannot show.</p>`;
  // No white space inside: it would be shown.
  return html`<p class="text" dir="auto">${linked(body.text)}${edited ? html` <span class="soft">(edited)</span>` : nothing}</p>`;
}

const reactions = (list) =>
  list?.length > 0
    ? html`<ul class="reactions" aria-label="Reactions">
        ${list.map(({ emoji, from }) => html`<li title=${counted(from.length, 'person', 'people')}>${emoji} ${from.length}</li>`)}
      </ul>`
    : nothing;

/**
 * @param {object} item of the store
 * @param {{first: boolean, own: boolean}} look first: begins a group and has the name
 */
export function message(item, { first, own }) {
  const face = html`<span class="avatar ${tone(item.from)}" aria-hidden="true">${initials(item.name)}</span>`;
  const head = html`<p class="head">
    <span class="author ${tone(item.from)}" dir="auto">${item.name}</span>
    ${own ? html`<span class="tag">you</span>` : item.guest ? html`<span class="tag">guest</span>` : nothing} ${when(item.time, timeOfDay)}
  </p>`;
  return html`<li class="message ${first ? 'first' : 'rest'} ${own ? 'own' : ''}">
    <div class="side">${first ? face : when(item.time, shortTime)}</div>
    <div>${first ? head : html`<span class="visually-hidden">${item.name}:</span>`}${content(item)}${reactions(item.reactions)}</div>
  </li>`;
}

/**
 * @param {object} entry of the store's `outgoing`
 * @param {{first: boolean, me: object, retry: () => void, discard: () => void}} look
 */
export function leaving(entry, { first, me, retry, discard }) {
  const { state, error } = entry;
  const fates = {
    sending: html`${clock}<span>Sending…</span>`,
    delayed: html`${clock}<span>Waiting. ${error?.message}</span>`,
    sent: nothing,
    failed: html`${warning}<span>Not sent. ${error?.message}</span>
      <button class="link" @click=${retry}>Send again</button>
      <button class="link" @click=${discard}>Discard</button>`,
  };
  const face = html`<span class="avatar ${tone(me.id)}" aria-hidden="true">${initials(me.name)}</span>`;
  return html`<li class="message leaving ${state} ${first ? 'first' : 'rest'}">
    <div class="side">${first ? face : nothing}</div>
    <div>
      ${first ? html`<p class="head"><span class="author ${tone(me.id)}" dir="auto">${me.name}</span><span class="tag">you</span></p>` : nothing}
      ${content(entry)}
      <div class="fate">${fates[state]}</div>
    </div>
  </li>`;
}
