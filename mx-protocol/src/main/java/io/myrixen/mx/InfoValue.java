package io.myrixen.mx;

import java.util.List;

/** An answer of {@link Mx#info}; {@link InfoKey} says of which kind. */
public sealed interface InfoValue {

  /** One number, not negative. */
  @SuppressWarnings("JavaLangClash") // Qualified wherever it is used.
  record Number(long value) implements InfoValue {}

  /** Several, in an order that the key gives. */
  record Numbers(List<Long> values) implements InfoValue {

    /** Copies the list. */
    public Numbers {
      values = List.copyOf(values);
    }
  }

  /** One text. */
  record Text(String value) implements InfoValue {}

  /** Several, in the order of the numbers that they explain. */
  record Texts(List<String> values) implements InfoValue {

    /** Copies the list. */
    public Texts {
      values = List.copyOf(values);
    }
  }
}
