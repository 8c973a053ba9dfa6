/**
 * The tutorials' servers as they are commonly written in Java, a WAR of its own: what Parley is compared with on the same
 * container. Nothing of Parley is in it.
 */
package org.parley.bench.naive;
