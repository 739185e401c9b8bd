package io.myrixen.simulation.sabotage;

/**
 * A planted defect.
 *
 * @param name what a command calls it
 * @param what what goes wrong, in a few words
 * @param className the class that it is planted into
 * @param method the method, under each of its signatures
 * @param mutation what becomes of it
 */
public record Sabotage(
    String name, String what, String className, String method, Mutation mutation) {}
