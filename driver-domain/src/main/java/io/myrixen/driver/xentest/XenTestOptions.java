package io.myrixen.driver.xentest;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tested, and where it may write.
 *
 * @param plan the steps, in order
 * @param cache directory of what is kept between tests
 * @param logs directory for logs; null for a new one in the cache
 * @param contract directory with jars of the contract that substrates are held to; null if the plan
 *     does without
 * @param training a main class, and its arguments, that uses what commands in domains use
 */
public record XenTestOptions(
    List<Step> plan,
    Path cache,
    @Nullable Path logs,
    @Nullable Path contract,
    List<String> training) {}
