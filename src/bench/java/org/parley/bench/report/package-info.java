/** Figures as a table and as JSON. */
package org.parley.bench.report;
