import { html, nothing } from '../../lib/lit-element/lit-element.js';
import { behind } from '../store/store.js';
import { t } from '../words/words.js';
import './banner.js';
import { close } from './icons.js';
import { transcript } from './orphans.js';

/**
 * What the page has to say above a room: how the connection is, what somebody else left unsent, what went wrong.
 *
 * @param {object} view the store's state
 * @param {{chat: import('../page/chat.js').Chat, copy: (text: string) => void, ask: (name: string, about: object) => void}} page
 */
export function notes(view, page) {
  return html`${connection(view, page)} ${orphans(view, page)} ${warning(view, page)}`;
}

function connection(view, { chat }) {
  return html`<parley-banner
    .connection=${view.connection}
    .lostAt=${view.lostAt}
    .online=${view.online}
    .met=${view.limits !== null}
    .waiting=${chat.waiting}
    .behind=${behind(view)}
    @retry=${() => chat.retryNow()}
    @reconnect=${() => chat.reconnect()}
  ></parley-banner>`;
}

function orphans({ orphans: authors, me }, { chat, copy, ask }) {
  if (authors.length === 0) return nothing;
  const discard = (author) => {
    const question = t('orphans.delete-question', { count: author.entries.length, name: author.name });
    ask('confirm', { question, action: t('orphans.delete'), confirmed: () => chat.discardOrphans(author) });
  };
  return html`<parley-orphans
    .authors=${authors}
    .me=${me}
    @adopt=${({ detail }) => chat.adopt(detail.author)}
    @copy=${({ detail }) => copy(transcript(detail.author))}
    @discard=${({ detail }) => discard(detail.author)}
  ></parley-orphans>`;
}

function warning({ warning: problem }, { chat }) {
  if (!problem) return nothing;
  return html`<div class="warning" role="alert">
    <p>${problem.message}</p>
    <button class="plain icon" aria-label=${t('app.close')} @click=${() => chat.warningRead()}>${close}</button>
  </div>`;
}
