/**
 * What runs in a browser, tested in Chromium: the client's modules without a page, and the pages. Belongs here: starting
 * the browser, a file server for modules, the tests of {@code src/main/webapp}. Does not: tests that need no browser.
 */
package org.parley.browser;
