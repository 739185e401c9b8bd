package io.myrixen.conformance.kit;

/**
 * One promise of MX, and how it is tried.
 *
 * @param name unique, words joined by hyphens
 * @param section where in the facts about MX the promise stands, such as {@code MX API 1.8.4}
 * @param rule the promise, in a sentence
 * @param paths over which paths it is tried
 * @param threads whether several threads have to wait at once
 * @param body tries it
 */
public record ConformanceCase(
    String name, String section, String rule, Paths paths, boolean threads, Body body) {

  /** Tries the promise of a case. */
  @FunctionalInterface
  public interface Body {

    /** Returns if the promise was kept; throws a {@link CaseFailure} or whatever else if not. */
    void play(Scene scene) throws Exception;
  }

  /** A case that one thread plays. */
  public static ConformanceCase of(
      String name, String section, String rule, Paths paths, Body body) {
    return new ConformanceCase(name, section, rule, paths, false, body);
  }

  /** A case that takes several threads. */
  public static ConformanceCase ofThreads(
      String name, String section, String rule, Paths paths, Body body) {
    return new ConformanceCase(name, section, rule, paths, true, body);
  }

  @Override
  public String toString() {
    return name;
  }
}
