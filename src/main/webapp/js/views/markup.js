import { html } from '../../lib/lit-element/lit-element.js';
import { Lexer } from '../../lib/marked/marked.esm.js';

/** Beyond this a text is shown as it is: nobody formats that much by hand, and the lexer's time grows. */
const MAX_LENGTH = 16_000;
const MAX_DEPTH = 12;
const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

const cache = new WeakMap();

/**
 * The text of a message as a template: bold, italic, strike, code, fenced code, quote, list and link. Everything else is
 * text, HTML in particular. Lines stay as they were written.
 *
 * @param {{text: string, mentions?: {id: string, name: string}[]}} body
 * @param {string | null} me whose mentions stand out
 */
export function markup(body, me) {
  const known = cache.get(body);
  if (known?.me === me) return known.template;
  const template = render(body, me);
  cache.set(body, { me, template });
  return template;
}

function render({ text, mentions }, me) {
  if (text.length > MAX_LENGTH) return plain(text);
  let tokens;
  try {
    tokens = new Lexer({ gfm: true, breaks: true }).lex(text);
  } catch (error) {
    // The lexer recurses into quotes and lists; somebody may nest them deeper than the stack is.
    if (!(error instanceof RangeError)) throw error;
    return plain(text);
  }
  const named = Array.isArray(mentions) ? mentions.filter((each) => typeof each?.name === 'string') : [];
  return new Renderer(named, me).blocks(tokens, 0);
}

const plain = (text) => html`<p dir="auto">${text}</p>`;

/** @returns {string | null} the address, if a link may lead there */
export function safeAddress(href) {
  if (!URL.canParse(href)) return null;
  return SCHEMES.has(new URL(href).protocol) ? href : null;
}

class Renderer {
  #mentions;
  #me;

  constructor(mentions, me) {
    this.#mentions = new Map(mentions.map(({ id, name }) => [`@${name}`, id]));
    this.#me = me;
    const names = [...this.#mentions.keys()].sort((a, b) => b.length - a.length).map((name) => RegExp.escape?.(name) ?? escape(name));
    this.pattern = names.length > 0 ? new RegExp(`(${names.join('|')})`, 'u') : null;
  }

  blocks(tokens, depth) {
    return tokens.map((token) => this.#block(token, depth));
  }

  #block(token, depth) {
    if (depth > MAX_DEPTH) return plain(token.raw);
    switch (token.type) {
      case 'space':
        return '';
      case 'paragraph':
        return html`<p dir="auto">${this.#inlines(token.tokens, depth)}</p>`;
      case 'text':
        return token.tokens ? this.#inlines(token.tokens, depth) : this.#text(token.text);
      case 'code':
        return token.codeBlockStyle === 'indented' ? this.#raw(token) : html`<pre tabindex="0"><code>${token.text}</code></pre>`;
      case 'blockquote':
        return html`<blockquote>${this.blocks(token.tokens, depth + 1)}</blockquote>`;
      case 'list':
        return this.#list(token, depth);
      default:
        return this.#raw(token);
    }
  }

  #raw({ raw }) {
    return html`<p dir="auto">${this.#text(raw.replace(/\n+$/u, ''))}</p>`;
  }

  #list({ ordered, start, items }, depth) {
    const rows = items.map((item) => html`<li dir="auto">${item.task ? `[${item.checked ? 'x' : ' '}] ` : ''}${this.blocks(item.tokens, depth + 1)}</li>`);
    return ordered ? html`<ol start=${start || 1}>${rows}</ol>` : html`<ul>${rows}</ul>`;
  }

  #inlines(tokens, depth) {
    return tokens.map((token) => this.#inline(token, depth));
  }

  #inline(token, depth) {
    if (depth > MAX_DEPTH) return token.raw;
    const inner = () => this.#inlines(token.tokens, depth + 1);
    switch (token.type) {
      case 'strong':
        return html`<strong>${inner()}</strong>`;
      case 'em':
        return html`<em>${inner()}</em>`;
      case 'del':
        return html`<del>${inner()}</del>`;
      case 'codespan':
        return html`<code>${token.text}</code>`;
      case 'br':
        return '\n';
      case 'escape':
        return token.text;
      case 'link':
        return this.#link(token, inner);
      case 'text':
        return token.tokens ? inner() : this.#text(token.raw);
      default:
        return token.raw;
    }
  }

  #link({ href, raw }, inner) {
    const address = safeAddress(href);
    return address === null ? raw : html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow">${inner()}</a>`;
  }

  #text(text) {
    if (!this.pattern) return text;
    return text.split(this.pattern).map((part) => {
      const id = this.#mentions.get(part);
      return id === undefined ? part : html`<span class="mention ${id === this.#me ? 'me' : ''}">${part}</span>`;
    });
  }
}

const escape = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');

/** What a quote or a notification shows of a text: its first words. */
export function excerpt(text, length = 120) {
  const line = text.replace(/\s+/gu, ' ').trim();
  return [...line].length > length ? `${[...line].slice(0, length).join('')}…` : line;
}
