/**
 * Benchmarks of Parley as a whole, from outside: {@code mvn -Pbench verify}. What each figure means is in
 * {@code src/doc/performance.md}. Benchmarks of single classes (JMH) lie in the packages of those classes.
 */
package org.parley.bench;
