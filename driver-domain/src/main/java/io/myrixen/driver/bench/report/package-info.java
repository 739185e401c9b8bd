/** What a benchmark prints: tables for people, an object for machines, a page with plots. */
@NullMarked
package io.myrixen.driver.bench.report;

import org.jspecify.annotations.NullMarked;
