/** What is measured: one row of the table after the other. */
package org.parley.bench.scenario;
