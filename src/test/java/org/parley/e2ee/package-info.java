/**
 * A second implementation of {@code src/doc/e2ee.md}, on the JDK's cryptography alone, that checks the document's test
 * vectors. It stands with the tests because the server never opens what is sealed; how the page does it is in {@code
 * js/crypto}.
 */
package org.parley.e2ee;
