package io.myrixen.driver.xentest.debian;

/**
 * A package in one version.
 *
 * @param name the package's name
 * @param file the name of its file, which holds its version
 */
record DebFile(String name, String file) {}
