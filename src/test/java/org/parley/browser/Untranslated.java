package org.parley.browser;

import com.microsoft.playwright.Page;

/** What a page in the pseudo-locale says in plain letters comes from no catalogue. */
final class Untranslated {

    /** What people, rooms and the protocol are called, and what they said, is in no language. */
    private static final String FIND =
            """
            () => {
              const names = /\\(Ctrl\\+K\\)|Parley|lobby|Ada|Grace Hopper/g;
              const own = 'style, noscript, .message .said, .name, strong, h1, time, .side, .badge, .day, code, pre, textarea, '
                + 'nav a, [dir=ltr], .fields span';
              const found = [];
              const walk = (node) => {
                for (const each of node.children ?? []) {
                  if (each.shadowRoot) walk(each.shadowRoot);
                  if (each.matches(own)) continue;
                  for (const part of each.childNodes) {
                    const text = part.nodeType === 3 ? part.textContent.trim() : '';
                    if (/[a-z]{3}/.test(text.replace(names, ''))) found.push(text);
                  }
                  for (const name of ['aria-label', 'title', 'placeholder']) {
                    const text = each.getAttribute(name) ?? '';
                    if (/[a-z]{3}/.test(text.replace(names, ''))) found.push(name + ': ' + text);
                  }
                  walk(each);
                }
              };
              walk(document.body);
              return found.join(' | ');
            }
            """;

    private Untranslated() {}

    static String in(Page page) {
        return (String) page.evaluate(FIND);
    }
}
