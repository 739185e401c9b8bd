/** What commands print: aligned tables for people, JSON objects for machines. */
@NullMarked
package io.myrixen.driver.report;

import org.jspecify.annotations.NullMarked;
